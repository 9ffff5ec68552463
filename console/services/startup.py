"""What happens behind the first paint: settings are read in full, then the active profile's door opens.

Called by the application; importing this module is what costs, so it is imported on a thread.
"""

from collections.abc import Callable
from dataclasses import dataclass

from console.config.paths import Paths
from console.services.events import Event, ServiceError
from console.services.profile_connection import OpenSandbox, ProfileConnection
from console.services.settings import SettingsService


@dataclass(frozen=True, slots=True)
class ConnectResult:
    """The settings' service, and the door; or, in ``problem``, the sentence why it does not open."""

    settings: SettingsService
    connection: ProfileConnection | None
    problem: str = ""


async def connect(
    *, paths: Paths, profile: str, open_sandbox: OpenSandbox, publish: Callable[[Event], None]
) -> ConnectResult:
    """Open the profile that was named on the command line, or with an empty name the active one."""
    settings = await SettingsService.open(paths)
    try:
        connection = await ProfileConnection.open(
            paths=paths,
            settings=settings.with_profile(profile),
            preferences=lambda: settings.settings,
            secrets=settings.secrets,
            open_sandbox=open_sandbox,
            remember_name=settings.remember_operator,
            publish=publish,
        )
    except ServiceError as trouble:
        return ConnectResult(settings, None, trouble.message)
    return ConnectResult(settings, connection)
