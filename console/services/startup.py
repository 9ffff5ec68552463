"""Starts a console behind the first paint: reads the settings, then connects the profile.

Importing this module is slow, so the application does it on a thread.
"""

from collections.abc import Callable
from dataclasses import dataclass

from console.config.paths import Paths
from console.services.error_mapping import local_errors
from console.services.events import Event, ServiceError
from console.services.profile_connection import OpenSandbox, ProfileConnection
from console.services.settings import SettingsService


@dataclass(frozen=True, slots=True)
class ConnectResult:
    """The settings, and the connection; without one, ``problem`` says why."""

    settings: SettingsService
    connection: ProfileConnection | None
    problem: str = ""


async def connect(
    *, paths: Paths, profile: str, open_sandbox: OpenSandbox, publish: Callable[[Event], None]
) -> ConnectResult:
    """Read the settings and connect the named profile, or with an empty name the active one."""
    settings = await SettingsService.open(paths)
    try:
        with local_errors():
            connection = await ProfileConnection.open(
                settings, settings.find_profile(profile), open_sandbox=open_sandbox, publish=publish
            )
    except ServiceError as error:
        return ConnectResult(settings, None, error.message)
    return ConnectResult(settings, connection)
