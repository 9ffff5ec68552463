"""The application: the first paint, the door behind it, and what is the same on every screen.

Started by the command line, which hands in how the door is opened; nothing heavy is imported here.
"""

import asyncio
import gc
import traceback
from collections.abc import Awaitable, Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.events import Event, Key, Resize
from textual.screen import Screen

from console.boot import FirstPaint
from console.desk.values import Change
from console.key_queue import KeyQueue
from screens.base import ConsoleScreen
from screens.confirm import ConfirmScreen
from screens.sign_in import SignInScreen
from screens.small import SmallScreen
from widgets.marks import PLAIN_CLASS
from widgets.too_small import is_too_small

if TYPE_CHECKING:
    from console.desk.opening import Opened

OpenDoor = Callable[[Callable[[Change], None]], Awaitable["Opened"]]
"""Opens the active profile; its argument takes every change at the desk."""


class ConsoleApp(App[None]):
    """One console in one terminal."""

    TITLE = "Store Console"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        first: FirstPaint,
        open_door: OpenDoor,
        *,
        keep_fault: Callable[[str], str],
        plain: bool = False,
    ) -> None:
        """``first`` is what the first paint needs of the settings; ``plain`` draws ASCII signs only.

        ``keep_fault`` keeps the account of a fault of this program and says where, for the operator.
        """
        super().__init__(ansi_color=True)
        self._first = first
        self._open_door = open_door
        self._keep_fault = keep_fault
        self._opened: asyncio.Future[Opened] | None = None
        self._keys = KeyQueue(self, super().on_event)
        self.theme = "ansi-dark"
        self.set_class(plain, PLAIN_CLASS)

    def on_mount(self) -> None:
        """Paint the sign-in; open the door once it is there."""
        self._begin(self._first)

    def _begin(self, first: FirstPaint) -> None:
        opened: asyncio.Future[Opened] = asyncio.get_running_loop().create_future()
        self._opened = opened
        self.push_screen(SignInScreen(first, opened))
        self.call_after_refresh(lambda: self.run_worker(self._open(opened), name="open the door"))

    async def _open(self, opened: "asyncio.Future[Opened]") -> None:
        opened.set_result(await self._open_door(self._tell))
        # What is there by now stays: the collector need not look at it again.
        gc.collect()
        gc.freeze()
        gc.enable()

    def _tell(self, change: Change) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, ConsoleScreen) and screen.is_mounted:
                screen.desk_changed(change)

    def on_resize(self, event: Resize) -> None:
        """A window that is too small shows nothing but how large it must be."""
        small = is_too_small(event.size)
        if small and not isinstance(self.screen, SmallScreen):
            self.push_screen(SmallScreen())
        elif not small and isinstance(self.screen, SmallScreen):
            self.pop_screen()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The command palette offers what this screen can do, and no more."""
        if isinstance(screen, ConsoleScreen):
            yield from screen.palette()

    def action_settings(self) -> None:
        """Settings and store profiles; the screen is loaded when it is first asked for."""
        self.run_worker(self._show_settings(), name="settings", exclusive=True, group="settings")

    async def _show_settings(self) -> None:
        if self._opened is not None:
            opened = await asyncio.shield(self._opened)
            module = await asyncio.to_thread(import_module, "screens.settings")
            await self.push_screen(module.SettingsScreen(opened.settings), self._use)

    async def on_event(self, event: Event) -> None:
        """Typed keys go through the queue; everything else is handled at once."""
        if isinstance(event, Key) and not event.is_forwarded:
            self._keys.put(event)
        else:
            await super().on_event(event)

    async def close(self) -> None:
        """Finish what is being written, and let go of the store. What is not sent is kept."""
        if self._opened is not None and self._opened.done():
            door, self._opened = self._opened.result().door, None
            if door is not None:
                await door.close()

    def _use(self, profile: str | None) -> None:
        """Another profile: sign out of this one and begin again with that one's sign-in."""

        async def change() -> None:
            first = FirstPaint(profile=profile or "", kind=settings.kind, operator=settings.operator)
            await self.close()
            while len(self.screen_stack) > 1:
                await self.pop_screen()
            self._begin(first)

        if profile is not None and self._opened is not None:
            settings = self._opened.result().settings
            self.run_worker(change(), name="change the profile")

    def _fatal_error(self) -> None:
        # In place of Textual's traceback: an operator can do nothing with one, and it may show data.
        self.panic(self._keep_fault(traceback.format_exc()))

    def action_leave(self) -> None:
        """Quit; orders that are not sent are kept, and that is said."""
        unsent = sum(screen.unsent for screen in self.screen_stack if isinstance(screen, ConsoleScreen))
        if not unsent:
            self.exit()
            return

        def leave(sure: bool | None) -> None:
            if sure:
                self.exit()

        kept = "They stay on this machine and are sent when you sign in again."
        self.push_screen(ConfirmScreen(f"{unsent} lines are not on the platform yet. Quit?", kept), leave)
