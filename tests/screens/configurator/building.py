"""The configurator on a menu written by hand, without a store."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from textual.app import App
from textual.events import Event, Key
from textual.keys import _character_to_key
from textual.pilot import Pilot

from console.app import ConsoleApp
from console.ordering.configuration import default_configuration
from console.ordering.configuration.bundle import Bundles
from console.ordering.customer import Operator
from console.ordering.draft import Component, OrderItem
from console.ordering.money import Currency
from console.ordering.pricing.half_rule import HalfRule
from console.ordering.stores import Location
from console.services.events import ConnectionState, PendingWork
from console.terminal.key_queue import KeyQueue
from screens.configurator.open import create_configurator
from screens.configurator.screen import ConfiguratorRequest, ConfiguratorScreen
from tests.ordering.menus import menu
from tests.screens.driving import LOW, screen_text
from widgets.symbols import ASCII_CLASS

KWD = Currency("KWD")


@dataclass
class FakeSession:
    """The parts of a session that the configurator uses."""

    half_rule: HalfRule = HalfRule.HALF
    currency: Currency = KWD
    connection_state: ConnectionState = ConnectionState.ONLINE
    operator: Operator = field(default_factory=lambda: Operator("1", "layla", "Layla"))
    location: Location = field(default_factory=lambda: Location(1, "S1", "Salmiya"))
    orders: Any = field(default_factory=lambda: SimpleNamespace(pending_work=PendingWork()))


class ConfiguratorApp(App[None], inherit_bindings=False):
    """An application with the configurator alone; keeps its results and queues keys as the console does."""

    CSS = ConsoleApp.CSS

    def __init__(self, first: ConfiguratorScreen, *, plain: bool = False) -> None:
        super().__init__(ansi_color=True)
        self.first = first
        self.results: list[OrderItem | None] = []
        self.key_queue = KeyQueue(self, super().on_event)
        self.set_class(plain, ASCII_CLASS)

    def on_mount(self) -> None:
        self.theme = "ansi-dark" if "ansi-dark" in self.available_themes else self.theme
        self.push_screen(self.first, self.results.append)

    async def on_event(self, event: Event) -> None:
        if isinstance(event, Key) and not event.is_forwarded:
            self.key_queue.put(event)
        else:
            await super().on_event(event)


@dataclass
class ConfiguratorPilot:
    """Presses keys on the configurator, and reads what it shows."""

    pilot: Pilot[None]
    app: ConfiguratorApp
    first: ConfiguratorScreen
    saved: list[tuple[Component, ...]]

    async def keys(self, *keys: str) -> None:
        """Press keys one after the other."""
        await self.pilot.press(*keys)

    async def type(self, text: str, *then: str) -> None:
        """Type a text, and keys behind it."""
        await self.pilot.press(*text, *then)

    async def burst(self, keys: Sequence[str]) -> None:
        """Press keys faster than anything can respond."""
        for key in keys:
            character = key if len(key) == 1 else None
            self.app.post_message(Key(_character_to_key(key) if character else key, character))
        await self.pilot.pause()
        while not self.app.key_queue.is_idle:
            await self.pilot.pause()

    @property
    def top(self) -> Any:
        """The screen on top."""
        return self.app.screen

    @property
    def screen(self) -> str:
        """The text on the terminal."""
        return screen_text(self.app)  # type: ignore[arg-type]

    @property
    def rows(self) -> list[str]:
        """The rows of that text."""
        return [line.rstrip() for line in self.screen.splitlines()]

    @property
    def message(self) -> str:
        """The text of the message line."""
        return self.top.message

    def positions_of(self, product_id: int) -> list[tuple[str, int]]:
        """The portions and variants of a topping on the first screen."""
        return [(c.portion.value, c.variant_id) for c in self.first.components if c.product_id == product_id]


def configurator_app(
    product_id: int,
    bundles: Bundles | None = None,
    *,
    plain: bool = False,
    components: tuple[Component, ...] | None = None,
    unfinished: tuple[Component, ...] | None = None,
) -> tuple[ConfiguratorApp, list[tuple[Component, ...]]]:
    """An application with a bundle or a deal, and the unfinished configurations it reports."""
    bundles = menu() if bundles is None else bundles
    bundle = bundles[product_id]
    saved: list[tuple[Component, ...]] = []
    initial = default_configuration(bundle, bundles) if components is None else components
    work = ConfiguratorRequest(bundle, bundles, initial, unfinished=unfinished, on_leave=saved.append)
    return ConfiguratorApp(create_configurator(FakeSession(), work), plain=plain), saved  # type: ignore[arg-type]


@asynccontextmanager
async def run_configurator(
    product_id: int, bundles: Bundles | None = None, *, size: tuple[int, int] = LOW, **options: Any
) -> AsyncIterator[ConfiguratorPilot]:
    """Open the configurator on a bundle or a deal; ``options`` as for ``configurator_app``."""
    app, saved = configurator_app(product_id, bundles, **options)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield ConfiguratorPilot(pilot, app, app.first, saved)
