"""The frame of every screen: header, body, message line, key bar, and its commands.

Screens call the services and nothing below them; events of the services arrive in ``handle_event``.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from console.services.events import (
    ConnectionChanged,
    ConnectionState,
    Event,
    Notification,
    OrderChanged,
    always,
)
from screens.framework.attempt import Attempt
from screens.framework.commands import GLOBAL_COMMANDS, Command, hints
from screens.framework.help_screen import HelpScreen
from widgets.base_app import BaseApp
from widgets.base_screen import BaseScreen
from widgets.header import ConnectionIndicator as Shown
from widgets.header import HeaderBar, HeaderState
from widgets.key_bar import KeyBar
from widgets.message_line import MessageKind, MessageLine
from widgets.text_field import TextField
from widgets.window_too_small import WindowTooSmall

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

Result = TypeVar("Result")

HEADER_CONNECTIONS = {
    ConnectionState.ONLINE: Shown.ONLINE,
    ConnectionState.SLOW: Shown.SLOW,
    ConnectionState.OFFLINE: Shown.OFFLINE,
    ConnectionState.UNKNOWN: Shown.CHECKING,
}


class ConsoleScreen(BaseScreen[Result], Generic[Result]):
    """A screen with the console's frame around its body."""

    SCREEN_COMMANDS: ClassVar[tuple[Command, ...]] = ()
    """The commands of the screen; those with labels are in the key bar."""
    LETTER_COMMANDS: ClassVar[tuple[Command, ...]] = ()
    """Letters and digits that work while no text field has the focus; only on the keys page."""
    SCREEN_TITLE: ClassVar[str] = ""
    AUTO_FOCUS = "TextField"

    DEFAULT_CSS = """
    ConsoleScreen {
        layout: vertical;
        &> .body { height: 1fr; }
        &> MessageLine { dock: bottom; height: 2; margin-bottom: 1; }
        &> KeyBar { dock: bottom; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._deferred_events: dict[Event, None] = {}
        self._deferred = Notification("")
        self._is_message_current: Callable[[], bool] = always

    def compose(self) -> ComposeResult:
        """Return the frame with the body."""
        yield HeaderBar(self.header())
        yield from self.body()
        yield MessageLine(standing=self.app.standing_notice if isinstance(self.app, BaseApp) else "")
        yield KeyBar(hints(self.SCREEN_COMMANDS))
        yield WindowTooSmall()

    def body(self) -> Iterable[Widget]:
        """Return the widgets between header and message line."""
        return ()

    def header(self) -> HeaderState:
        """Return the content of the header."""
        return HeaderState()

    def say(
        self,
        text: str,
        kind: MessageKind = MessageKind.INFO,
        *,
        is_current: Callable[[], bool] = always,
    ) -> None:
        """Show a message; an empty text clears it and shows a deferred notification.

        A message about something that may end has ``is_current``, which tells whether it lasts: it is asked
        after every event, and the message is taken away once it does not.
        """
        if not text:
            deferred, self._deferred = self._deferred, Notification("")
            text, is_current = (deferred.message if deferred.is_current() else ""), deferred.is_current
        self._is_message_current = is_current
        # No message line while the screen is being taken down; a response may still come.
        for message_line in self.query(MessageLine):
            if text:
                message_line.show(kind, text)
            else:
                message_line.clear_message()

    def attempt(self, kind: MessageKind = MessageKind.BAD, *, progress: str = "") -> Attempt:
        """Run a block that a service may refuse; its error ends the block and is shown here.

        ``progress`` is shown while the block runs.
        """
        return Attempt(self, kind, progress)

    def on_text_field_full(self, event: TextField.Full) -> None:
        """Say that a text was cut."""
        event.stop()
        self.say(event.sentence, MessageKind.WARN)

    @property
    def message(self) -> str:
        """The text on the message line; empty while the screen is being taken down."""
        return next((line.text for line in self.query(MessageLine)), "")

    def receive_event(self, event: Event, *, covered: bool) -> None:
        """Handle an event; a covered screen handles it once it is on top again."""
        if not covered:
            self.handle_event(event)
            self._clear_outdated_message()
        elif not isinstance(event, Notification):
            self._deferred_events.pop(event, None)
            self._deferred_events[event] = None

    def on_screen_resume(self) -> None:
        """Handle the events that came while the screen was covered."""
        deferred, self._deferred_events = self._deferred_events, {}
        for event in deferred:
            self.handle_event(event)
        self._clear_outdated_message()

    def handle_event(self, event: Event) -> None:
        """Handle an event of the services; screens override it for what they show."""
        match event:
            case Notification(message, is_error=True):
                self.say(message, MessageKind.BAD, is_current=event.is_current)
            case Notification(message) if not self.message:
                self.say(message, is_current=event.is_current)
            case Notification():
                # The response to a key stays; good news can wait.
                self._deferred = event
            case _:
                pass
        if isinstance(event, ConnectionChanged | OrderChanged):
            self.show_header()

    def _clear_outdated_message(self) -> None:
        if self.message and not self._is_message_current():
            self.say("")

    def show_header(self) -> None:
        """Refresh the header."""
        # No header while the screen is being taken down; an event may still come.
        for bar in self.query(HeaderBar):
            bar.state = self.header()

    def action_keys(self) -> None:
        """Show the keys of this screen."""
        self.app.push_screen(
            HelpScreen(self.SCREEN_TITLE, self.SCREEN_COMMANDS, self.LETTER_COMMANDS, GLOBAL_COMMANDS)
        )

    def action_question(self) -> None:
        """Show the keys of this screen."""
        self.action_keys()

    async def action_back(self) -> None:
        """Close this screen; what it shows is saved elsewhere."""
        self.close()

    @property
    def is_typing(self) -> bool:
        """Return True if a character typed now belongs to a text."""
        return isinstance(self.focused, Input) and (bool(self.focused.value) or self.focused.password)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a character that is also a command be a character while a text is typed."""
        if action == "question":
            return not self.is_typing
        return super().check_action(action, parameters)

    @property
    def palette_commands(self) -> tuple[Command, ...]:
        """The commands offered by name on this screen."""
        commands = {c.id: c for c in (*self.SCREEN_COMMANDS, *self.LETTER_COMMANDS, *GLOBAL_COMMANDS)}
        return tuple(c for c in commands.values() if c.help and c.in_palette)


class OperatorScreen(ConsoleScreen[Result]):
    """A screen of a signed-in operator."""

    def __init__(self, session: "OperatorSession") -> None:
        super().__init__()
        self.session = session

    def header(self) -> HeaderState:
        """Return store, operator, customer, connection and pending work."""
        pending_work = self.session.orders.pending_work
        return HeaderState(
            store=self.session.location.name,
            operator=self.session.operator.name,
            customer=self.customer_name(),
            connection=HEADER_CONNECTIONS[self.session.connection_state],
            pending_changes=pending_work.lines,
            orders_to_place=pending_work.orders,
            needs_attention=pending_work.needs_attention,
        )

    def customer_name(self) -> str:
        """Return the customer of the order on this screen; empty without one."""
        return ""

    def action_retry(self) -> None:
        """Retry sending now."""
        self.session.orders.retry_now()
        self.say("Retrying.", is_current=lambda: self.session.orders.pending_work.has_work)

    def is_offline(self) -> bool:
        """Return True unless the platform responds."""
        return self.session.connection_state is not ConnectionState.ONLINE
