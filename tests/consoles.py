"""A whole console on a sandbox store of its own, for tests of screens, session and sync.

Nothing is pretended: the same door, engine, files and sandbox as in use, in a folder of the test's own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from console.api.transport.auth import OAuth1
from console.api.transport.endpoint import Endpoint
from console.app import ConsoleApp
from console.config.paths import Paths
from console.config.profiles import Profile
from console.config.startup_settings import read_startup_settings
from console.sandbox.app import Sandbox, create_app
from console.sandbox.menu.supplement import supplement_text
from console.sandbox.store import Store
from console.sandbox.switches import Switches
from console.services.endpoint_factory import ResolvedEndpoint
from console.services.events import DemoCredentials, Event
from console.services.startup import ConnectResult, connect
from tests.seeded_store import open_seeded_store

NAME, PASSWORD = "layla@sandbox.example", "counter-1"


@dataclass
class ConsoleBackend:
    """A sandbox store in a file, and the folder of the console that works on it."""

    home: Path
    seed: int = 1
    store: Store = field(init=False)
    app: Sandbox = field(init=False)

    def __post_init__(self) -> None:
        self.paths = Paths.under(self.home)
        self.store = open_seeded_store(seed=self.seed)
        self.app = create_app(self.store)

    def switch(self, switches: Switches) -> None:
        """Have the platform behave like this from now on."""
        self.app.state.switches.current = switches

    def open_sandbox(self, profile: Profile) -> ResolvedEndpoint:
        """What the command line does for the sandbox inside the program."""
        demo = self.store.demo_access()
        endpoint = Endpoint(
            base_url="http://sandbox.localhost",
            merchant_id=demo.merchant_id,
            auth=OAuth1(demo.consumer_key, demo.consumer_secret),
            language=profile.language,
            app=self.app,
        )
        return ResolvedEndpoint(
            endpoint, DemoCredentials(NAME, PASSWORD), supplement=supplement_text(self.store.menu)
        )

    async def connect(self, publish: Callable[[Event], None], profile: str = "") -> ConnectResult:
        """Open a profile, the active one for "", as the application does behind the first paint."""
        return await connect(
            paths=self.paths, profile=profile, open_sandbox=self.open_sandbox, publish=publish
        )

    def console(self, *, plain: bool = False) -> ConsoleApp:
        """The application on this store; ``plain`` in ASCII signs."""
        startup = read_startup_settings(self.paths.settings_file)
        return ConsoleApp(startup, self.connect, save_crash_report=lambda account: account, plain=plain)
