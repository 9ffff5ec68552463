"""The application: the first paint, the door behind it, and what is the same on every screen.

Started by the command line, which hands in how the door is opened; nothing heavy is imported here.
"""

import asyncio
import gc
import traceback
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import BindingType
from textual.events import Event as TextualEvent
from textual.events import Key, Paste, Resize

from console.config.startup_settings import StartupSettings
from console.services.events import Event, PendingWork
from console.terminal.key_queue import KeyQueue
from screens.dialogs.confirm import ConfirmScreen, pending_work_text
from screens.dialogs.select import SelectScreen
from screens.framework.commands import GLOBAL_COMMANDS, QUIT, bindings
from screens.framework.console_screen import ConsoleScreen, OperatorScreen
from screens.framework.modal_screen import DialogScreen
from screens.sign_in import SignInScreen
from widgets.lists.columns import Column, ListRow
from widgets.symbols import ASCII_CLASS
from widgets.window_too_small import SMALL_WINDOW_CLASS, is_too_small

if TYPE_CHECKING:
    from console.services.startup import ConnectResult

DEFAULT_THEME = "ansi-dark"
"""The terminal's own colours, and fewest bytes."""

PRELOADED_SCREEN_MODULES = ("screens.home.customer_search", "screens.settings.screen")
"""These bring every other screen with them; loaded while somebody types a name."""

ConnectProfile = Callable[[Callable[[Event], None]], Awaitable["ConnectResult"]]
"""Opens the active profile; its argument takes every change at the desk."""


class ConsoleApp(App[None], inherit_bindings=False):
    """One console in one terminal."""

    TITLE = "Store Console"
    ENABLE_COMMAND_PALETTE = False
    """The palette is a list of the screen's own commands, as every other list is."""
    CSS = f"""
    .{SMALL_WINDOW_CLASS} WindowTooSmall {{ display: block; }}
    .{ASCII_CLASS} DialogScreen > .box {{ border: ascii $foreground; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(GLOBAL_COMMANDS)

    def __init__(
        self,
        startup: StartupSettings,
        connect: ConnectProfile,
        *,
        save_crash_report: Callable[[str], str],
        plain: bool = False,
    ) -> None:
        """``startup`` is what the first paint needs of the settings; ``plain`` draws ASCII symbols only.

        ``save_crash_report`` saves a traceback and returns what the operator is told.
        """
        super().__init__(ansi_color=not startup.theme or startup.theme.startswith("ansi"))
        self._startup = startup
        self._connect = connect
        self._save_crash_report = save_crash_report
        self._connect_result: asyncio.Future[ConnectResult] | None = None
        self._key_queue = KeyQueue(self, super().on_event)
        self.theme = startup.theme if startup.theme in self.available_themes else DEFAULT_THEME
        self.set_class(plain, ASCII_CLASS)

    def on_mount(self) -> None:
        """Paint the sign-in; open the door once it is there."""
        self._show_sign_in(self._startup)

    def _show_sign_in(self, startup: StartupSettings) -> None:
        result: asyncio.Future[ConnectResult] = asyncio.get_running_loop().create_future()
        self._connect_result = result
        self.push_screen(SignInScreen(startup, result))
        self.call_after_refresh(
            lambda: self.run_worker(self._connect_and_preload(result), name="open the door")
        )

    async def _connect_and_preload(self, result: "asyncio.Future[ConnectResult]") -> None:
        result.set_result(await self._connect(self._publish))
        for module in PRELOADED_SCREEN_MODULES:
            await asyncio.to_thread(import_module, module)
        # What is there by now stays: the collector need not look at it again.
        gc.collect()
        gc.freeze()
        gc.enable()

    def _publish(self, event: Event) -> None:
        covered = False
        for screen in reversed(self.screen_stack):
            if isinstance(screen, ConsoleScreen) and screen.is_mounted:
                screen.receive_event(event, covered=covered)
            elif isinstance(screen, DialogScreen) and screen.is_mounted:
                screen.handle_event(event)
            covered = covered or not screen.is_modal

    def on_resize(self, event: Resize) -> None:
        """A window that is too small shows nothing but how large it must be; its screens stay as they are."""
        self.set_class(is_too_small(event.size), SMALL_WINDOW_CLASS)

    async def on_event(self, event: TextualEvent) -> None:
        """Typed keys go through the queue; everything else is handled at once.

        Nobody types blindly: while the window is too small, the key to quit is the only one.
        """
        if is_too_small(self.size) and (
            isinstance(event, Paste) or (isinstance(event, Key) and event.key != QUIT.keys)
        ):
            return
        if isinstance(event, Key) and not event.is_forwarded:
            self._key_queue.put(event)
        else:
            await super().on_event(event)

    def action_palette(self) -> None:
        """Offer the commands of this screen by name, and run the chosen one."""
        screen = self.screen
        if not isinstance(screen, ConsoleScreen):
            return
        commands = {command.id: command for command in screen.palette_commands}

        async def run_command(command_id: str | None) -> None:
            if command_id is not None:
                await screen.run_action(commands[command_id].action)

        rows = [ListRow(command.id, (command.help, command.key_names)) for command in commands.values()]
        self.push_screen(SelectScreen("Commands", (Column("Command"), Column("Keys", 12)), rows), run_command)

    async def action_settings(self) -> None:
        """Settings and store profiles, as soon as they are read: what is typed behind the key is for them."""
        if self._connect_result is not None and self._connect_result.done():
            await self._show_settings()
        else:
            self.run_worker(self._show_settings, name="settings", exclusive=True, group="settings")

    async def _show_settings(self) -> None:
        if self._connect_result is not None:
            result = await asyncio.shield(self._connect_result)
            module = await asyncio.to_thread(import_module, "screens.settings.screen")
            if not any(isinstance(screen, module.SettingsScreen) for screen in self.screen_stack):
                self.push_screen(
                    module.SettingsScreen(result.settings, pending_work=self._pending_work),
                    self._switch_profile,
                )

    async def close(self) -> None:
        """Finish what is being written, and let go of the store. What is not sent is kept."""
        if self._connect_result is not None and self._connect_result.done():
            connection, self._connect_result = self._connect_result.result().connection, None
            if connection is not None:
                await connection.close()

    def _switch_profile(self, profile: str | None) -> None:
        """Another profile: sign out of this one and begin again with that one's sign-in."""

        async def switch() -> None:
            startup = StartupSettings(
                profile=profile or "",
                kind=settings.settings.active_profile.kind,
                operator=settings.settings.operator,
            )
            await self.close()
            while len(self.screen_stack) > 1:
                await self.pop_screen()
            self._show_sign_in(startup)

        if profile is not None and self._connect_result is not None:
            settings = self._connect_result.result().settings
            self.run_worker(switch, name="change the profile")

    def _fatal_error(self) -> None:
        # In place of Textual's traceback: an operator can do nothing with one, and it may show data.
        self.panic(Text(self._save_crash_report(traceback.format_exc())))

    @property
    def _pending_work(self) -> PendingWork | None:
        """What the platform does not have of who is signed in; ``None`` while nobody is."""
        sessions = (screen.session for screen in self.screen_stack if isinstance(screen, OperatorScreen))
        return next((desk.orders.pending_work for desk in sessions), None)

    def action_leave(self) -> None:
        """Quit; orders that are not sent are kept, and that is said where there is room to say it."""
        pending_work = self._pending_work or PendingWork()
        if not pending_work.has_work or is_too_small(self.size):
            self.exit()
            return

        def exit_if_confirmed(confirmed: bool | None) -> None:
            if confirmed:
                self.exit()

        if not isinstance(self.screen, ConfirmScreen):
            self.push_screen(ConfirmScreen("Quit?", *pending_work_text(pending_work)), exit_if_confirmed)
