"""What happens behind the first paint: settings are read in full, then the active profile's door opens.

Called by the application; importing this module is what costs, so it is imported on a thread.
"""

from collections.abc import Callable
from dataclasses import dataclass

from console.config.paths import Paths
from console.desk.changes import Change, Trouble
from console.desk.door import Door, OpenBox
from console.desk.settings import SettingsDesk


@dataclass(frozen=True, slots=True)
class Opened:
    """The settings' service, and the door; or, in ``problem``, the sentence why it does not open."""

    settings: SettingsDesk
    door: Door | None
    problem: str = ""


async def open_door(
    *, paths: Paths, profile: str, open_box: OpenBox, tell: Callable[[Change], None]
) -> Opened:
    """Open the profile that was named on the command line, or with an empty name the active one."""
    settings = await SettingsDesk.open(paths)
    try:
        door = await Door.open(
            paths=paths,
            settings=settings.chosen(profile),
            preferences=lambda: settings.settings,
            secrets=settings.secrets,
            open_box=open_box,
            remember_name=settings.remember_operator,
            tell=tell,
        )
    except Trouble as trouble:
        return Opened(settings, None, trouble.sentence)
    return Opened(settings, door)
