"""The application: the first paint, connecting the store profile, and what every screen shares.

Nothing heavy is imported here.
"""

import asyncio
import gc
import sys
import traceback
from collections.abc import Awaitable, Callable
from contextvars import copy_context
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import work
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
from screens.framework.work_once import work_once
from screens.sign_in import SignInScreen
from widgets.base_app import BaseApp
from widgets.lists.columns import Column, ListRow
from widgets.symbols import ASCII_CLASS
from widgets.window_too_small import SMALL_WINDOW_CLASS, is_too_small

if TYPE_CHECKING:
    from console.services.settings import SettingsService
    from console.services.startup import ConnectResult

DEFAULT_THEME = "ansi-dark"
"""The terminal's own colours, and fewest bytes."""

SETTINGS_MODULE = "screens.settings.screen"
PRELOADED_SCREEN_MODULES = ("screens.home.customer_search", SETTINGS_MODULE)
"""These import every other screen; loaded while the operator types a name."""

LINE_FEED = "ctrl+j"

ConnectProfile = Callable[[Callable[[Event], None], str], Awaitable["ConnectResult"]]
"""Connects a profile by name, with an empty name the one of the start; the first argument receives every
event of the services."""


class ConsoleApp(BaseApp, inherit_bindings=False):
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
        """``startup`` has the settings for the first paint; ``plain`` draws ASCII symbols only.

        ``save_crash_report`` saves a traceback and returns the message for the operator.
        """
        super().__init__(ansi_color=not startup.theme or startup.theme.startswith("ansi"))
        self._startup = startup
        self._connect = connect
        self._save_crash_report = save_crash_report
        self._connect_result: asyncio.Future[ConnectResult] | None = None
        self._own_context = copy_context()
        self._key_queue = KeyQueue(self, super().on_event)
        self.theme = startup.theme if startup.theme in self.available_themes else DEFAULT_THEME
        self.set_class(plain, ASCII_CLASS)

    @property
    def has_waiting_keys(self) -> bool:
        """Return True if keys wait behind the one that is being handled, as in a paste without brackets."""
        return self._key_queue.has_waiting

    @property
    def key_typed_at(self) -> float:
        """When the key that is being handled was typed."""
        return self._key_queue.typed_at

    def discard_waiting_keys(self) -> None:
        """Forget the keys that wait: they were typed for something that did not happen."""
        self._key_queue.clear()

    def on_mount(self) -> None:
        """Paint the sign-in, then connect."""
        self._own_context = copy_context()
        self._show_sign_in(self._startup)

    def _show_sign_in(self, startup: StartupSettings, profile: str = "") -> None:
        """Show the sign-in; ``profile`` is the one to connect, empty for that of the start."""
        result: asyncio.Future[ConnectResult] = asyncio.get_running_loop().create_future()
        self._connect_result = result
        self.push_screen(SignInScreen(startup, result))
        self.call_after_refresh(lambda: self._connect_and_preload(result, profile))

    @work
    async def _connect_and_preload(self, result: "asyncio.Future[ConnectResult]", profile: str) -> None:
        connected = await self._connect(self._publish, profile)
        self.show_standing_notice(connected.settings.notice)
        result.set_result(connected)
        for module in PRELOADED_SCREEN_MODULES:
            await asyncio.to_thread(import_module, module)
        # What is loaded by now stays: the collector need not visit it again.
        gc.collect()
        gc.freeze()
        gc.enable()

    def _publish(self, event: Event) -> None:
        # In the application's context: a task of a service has none of Textual's, which timers need, and a
        # screen's would live on in whatever begins here.
        self._own_context.copy().run(self._deliver, event)

    def _deliver(self, event: Event) -> None:
        covered = False
        for screen in reversed(self.screen_stack):
            if isinstance(screen, ConsoleScreen) and screen.is_mounted:
                screen.receive_event(event, covered=covered)
            elif isinstance(screen, DialogScreen) and screen.is_mounted:
                screen.handle_event(event)
            covered = covered or not screen.is_modal

    def on_resize(self, event: Resize) -> None:
        """Show only the size needed while the window is too small; its screens stay as they are."""
        self.set_class(is_too_small(event.size), SMALL_WINDOW_CLASS)

    async def on_event(self, event: TextualEvent) -> None:
        """Queue typed keys; handle everything else at once.

        While the window is too small nothing is shown, so the key to quit is the only one.
        """
        if is_too_small(self.size) and (
            isinstance(event, Paste) or (isinstance(event, Key) and event.key != QUIT.keys)
        ):
            return
        if isinstance(event, Key) and not event.is_forwarded:
            self._key_queue.put(self._as_typed(event))
        else:
            await super().on_event(event)

    def _as_typed(self, key: Key) -> Key:
        """Return an Enter for the line feed that a terminal makes of one typed before the program ran."""
        is_starting = self._connect_result is None or not self._connect_result.done()
        if key.key != LINE_FEED or not is_starting:
            return key
        enter = Key("enter", "\r")
        enter.time = key.time
        return enter

    @work_once("palette")
    async def action_palette(self) -> None:
        """Offer the commands of this screen by name, and run the chosen one."""
        screen = self.screen
        if not isinstance(screen, ConsoleScreen):
            return
        commands = {command.id: command for command in screen.palette_commands}
        rows = [ListRow(command.id, (command.help, command.key_names)) for command in commands.values()]
        columns = (Column("Command"), Column("Keys", 12))
        command_id = await screen.ask(SelectScreen("Commands", columns, rows))
        if command_id is not None:
            await screen.run_action(commands[command_id].action)

    async def action_settings(self) -> None:
        """Open the settings as soon as they are read; keys typed behind this one are for them."""
        if self._connect_result is not None and self._connect_result.done():
            await asyncio.to_thread(import_module, SETTINGS_MODULE)
        self._show_settings()

    @work_once("settings")
    async def _show_settings(self) -> None:
        if self._connect_result is None:
            return
        result = await asyncio.shield(self._connect_result)
        module = sys.modules.get(SETTINGS_MODULE) or await asyncio.to_thread(import_module, SETTINGS_MODULE)
        screen = module.SettingsScreen(result.settings, pending_work=self._pending_work)
        profile: str | None = await self.push_screen_wait(screen)
        if profile is not None:
            await self._switch_profile(profile, result.settings)

    async def close(self) -> None:
        """Finish what is being written, and close the store profile. Unsent orders stay saved."""
        if self._connect_result is not None and self._connect_result.done():
            connection, self._connect_result = self._connect_result.result().connection, None
            if connection is not None:
                await connection.close()

    async def _switch_profile(self, profile: str, settings: "SettingsService") -> None:
        """Sign out of this profile and show the sign-in of another."""
        active = settings.active_profile
        startup = StartupSettings(
            profile=profile, kind=active.kind if active else "", operator=settings.settings.operator
        )
        await self.close()
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        self._show_sign_in(startup, profile)

    def _fatal_error(self) -> None:
        # Instead of Textual's traceback: it does not help an operator, and it may show data.
        try:
            message = self._save_crash_report(traceback.format_exc())
        except Exception:  # noqa: BLE001 (the only way out of a fault: a second one would leave the screen dead)
            message = "The console stopped because of a program fault. Its details are lost."
        self.panic(Text(message))

    @property
    def _pending_work(self) -> PendingWork | None:
        """What the platform lacks of the signed-in operator's orders; None before the sign-in."""
        sessions = (screen.session for screen in self.screen_stack if isinstance(screen, OperatorScreen))
        return next((session.orders.pending_work for session in sessions), None)

    @work_once("leave")
    async def action_leave(self) -> None:
        """Quit; with unsent orders, confirm first if the window has room for the question."""
        pending_work = self._pending_work or PendingWork()
        if not pending_work.has_work or is_too_small(self.size):
            self.exit()
        elif not isinstance(self.screen, ConfirmScreen):
            question = ConfirmScreen("Quit?", *pending_work_text(pending_work))
            if await self.push_screen_wait(question):
                self.exit()
