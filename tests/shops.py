"""A sandbox store in this process and a console's access to it: everything but the screens."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from console.api.transport.auth import OAuth1
from console.api.transport.endpoint import Endpoint, Timeouts
from console.config.paths import Paths
from console.config.profiles import Profile
from console.sandbox.app import create_app
from console.sandbox.menu.supplement import supplement_text
from console.sandbox.switches import Fault, FaultKind, Switches
from console.services.endpoint_factory import ResolvedEndpoint
from console.services.events import DemoCredentials, Event
from console.services.profile_connection import ProfileConnection
from console.services.settings import SettingsService
from console.services.startup import ConnectResult, connect
from console.sync.clock import Clock
from tests.seeded_store import open_seeded_store

LAYLA, LAYLAS_PASSWORD = "layla@sandbox.example", "counter-1"
LAYLAS_ID = "00abbff7-50be-487e-a5f3-319eef982f2b"
LOCATION_ID = 27299


class SandboxBackend:
    """A sandbox store in memory, and the folder of the consoles that work on it.

    ``supplement`` is the text that its own profile's menu supplement has, empty for none; ``clock`` and
    ``sleep`` are the store's own.
    """

    def __init__(
        self,
        home: Path,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.paths = Paths.under(home)
        self.store = open_seeded_store(clock=clock)
        self.app = create_app(self.store, sleep=sleep)
        self.supplement = supplement_text(self.store.menu)

    def switch(self, switches: Switches) -> None:
        """Have the platform behave like this from now on."""
        self.app.state.switches.current = switches

    def go_offline(self) -> None:
        """Let every request be lost."""
        self.switch(Switches(faults=(Fault("*", FaultKind.DROP_BEFORE),)))

    def go_online(self) -> None:
        """Behave as at the beginning."""
        self.switch(Switches())

    def endpoint(self, *, language: str = "en", timeouts: Timeouts | None = None) -> Endpoint:
        """How the store is called."""
        demo = self.store.demo_access()
        return Endpoint(
            base_url="http://sandbox.localhost",
            merchant_id=demo.merchant_id,
            auth=OAuth1(demo.consumer_key, demo.consumer_secret),
            language=language,
            timeouts=timeouts or Timeouts(),
            app=self.app,
        )

    def open_sandbox(self, profile: Profile) -> ResolvedEndpoint:
        """What the command line does for the sandbox inside the program."""
        return ResolvedEndpoint(
            self.endpoint(language=profile.language),
            DemoCredentials(LAYLA, LAYLAS_PASSWORD),
            supplement=self.supplement,
        )

    async def connect_by(self, clock: Clock, publish: Callable[[Event], None]) -> ProfileConnection:
        """Open the active profile on another clock than the machine's."""
        settings = await SettingsService.open(self.paths)
        return await ProfileConnection.open(
            settings, settings.find_profile(""), open_sandbox=self.open_sandbox, publish=publish, clock=clock
        )

    async def connect(self, publish: Callable[[Event], None], *, profile: str = "") -> ConnectResult:
        """Open a profile, as the application does behind the first paint."""
        return await connect(
            paths=self.paths, profile=profile, open_sandbox=self.open_sandbox, publish=publish
        )
