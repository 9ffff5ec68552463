"""A console driven by keys, and what it shows as text: what tests of screens are written with."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen

from console.app import ConsoleApp
from console.sandbox.switches import Fault, FaultKind, Switches
from console.services.operator_session import OperatorSession
from tests.consoles import ConsoleBackend
from widgets.lists.line_list import LineList

S = TypeVar("S", bound=Screen[Any])

LOW, HIGH = (80, 24), (120, 36)
SETTINGS = 'debounce_ms = 0\n\n[[profiles]]\nname = "Sandbox store"\nkind = "sandbox"\n'
MAX_LOOP_TURNS = 400
"""Turns of the event loop after which what is waited for does not come any more."""

OFFLINE = Switches(faults=(Fault("*", FaultKind.DROP_BEFORE),))


def create_backend(home: Path, settings: str | None = SETTINGS) -> ConsoleBackend:
    """A sandbox store and a console that searches at each letter; ``None`` leaves its settings alone."""
    backend = ConsoleBackend(home)
    backend.paths.settings_file.parent.mkdir(parents=True, exist_ok=True)
    if settings is not None:
        backend.paths.settings_file.write_text(settings)
    return backend


def screen_text(app: ConsoleApp) -> str:
    """What the terminal shows, a line a row."""
    strips = app.screen._compositor.render_strips(app.size)  # the only way to a screen's text
    return "\n".join(strip.text for strip in strips)


@dataclass
class ConsolePilot:
    """Somebody at the keys."""

    pilot: Pilot[None]
    app: ConsoleApp
    backend: ConsoleBackend

    @property
    def screen(self) -> str:
        """What the terminal shows."""
        return screen_text(self.app)

    @property
    def rows(self) -> list[str]:
        """The same, row by row."""
        return [line.rstrip() for line in self.screen.splitlines()]

    def screen_of(self, kind: type[S]) -> S:
        """The screen on top, which is of this kind."""
        screen = self.app.screen
        assert isinstance(screen, kind), screen
        return screen

    @property
    def session(self) -> OperatorSession:
        """The signed-in operator's session, as the topmost screen that has one knows it."""
        sessions = (getattr(screen, "session", None) for screen in reversed(self.app.screen_stack))
        return next(session for session in sessions if isinstance(session, OperatorSession))

    def select_row(self, key: str) -> None:
        """Select a row of the list on top by its key."""
        assert self.app.screen.query_one(LineList).move_to_key(key)

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Let the console work until the condition holds."""
        for _ in range(MAX_LOOP_TURNS):
            if condition():
                return
            await self.pilot.pause()
        raise AssertionError(f"{what} did not come about; the screen shows:\n{self.screen}")

    async def see(self, *texts: str) -> None:
        """Wait until all of these are on the screen."""
        await self.until(lambda: all(text in self.screen for text in texts), f"{texts}")

    async def see_gone(self, text: str) -> None:
        """Wait until this is no longer on the screen."""
        await self.until(lambda: text not in self.screen, f"the end of {text!r}")

    async def keys(self, *keys: str) -> None:
        """Press keys one after the other, each once the console has nothing left to do for the last."""
        await self.pilot.press(*keys)

    async def type(self, text: str, *then: str) -> None:
        """Type a text, and keys behind it, all in one burst: faster than anything can respond."""
        for key in (*text, *then):
            character = key if len(key) == 1 else None
            self.app.post_message(Key(_character_to_key(key) if character else key, character))
        await self.pilot.pause()

    async def sign_in(self) -> None:
        """As the sandbox's demo operator, who works at one store."""
        await self.see("F2 fills in")
        await self.keys("f2", "enter")
        await self.see("Customer ", "F3 New")

    async def start_walk_in(self) -> None:
        """Sign in and start an order without a customer, with the menu there."""
        await self.sign_in()
        await self.keys("f2")
        await self.see("for Walk-in", "Chicken Supreme")
        await self.see_gone(" of 68")

    async def add(self, text: str) -> None:
        """Add what is found by a text."""
        await self.type(text, "enter")
        await self.see("Added ")

    async def wait_until_sent(self) -> None:
        """Wait until the platform has all of the order."""
        await self.see("✓")
        await self.until(lambda: "unsent" not in self.screen and "Sending" not in self.screen, "sending")


@asynccontextmanager
async def run_console(
    home: Path, *, size: tuple[int, int] = LOW, settings: str | None = SETTINGS, plain: bool = False
) -> AsyncIterator[ConsolePilot]:
    """A console on a store of its own, closed at the end."""
    backend = create_backend(home, settings)
    app = backend.console(plain=plain)
    try:
        async with app.run_test(size=size) as pilot:
            yield ConsolePilot(pilot, app, backend)
    finally:
        await app.close()
        backend.store.close()
