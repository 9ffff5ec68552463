"""What every screen of the console has: header, body, message line and key bar, and its commands.

Screens are given the desk and call nothing below it; what changes at the desk arrives in ``desk_changed``.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.app import ComposeResult, SystemCommand
from textual.widget import Widget
from textual.widgets import Input

from console.desk.values import Change, Connection, ConnectionChange, Notice, OrderChange
from screens.commands import Command, hints
from screens.keys import KeysScreen
from widgets.header import Connection as Shown
from widgets.header import HeaderBar, HeaderState
from widgets.key_bar import KeyBar
from widgets.message_line import MessageKind, MessageLine
from widgets.quiet import QuietScreen

if TYPE_CHECKING:
    from textual.app import App

    from console.desk.desk import Desk

Result = TypeVar("Result")

SHOWN = {
    Connection.ONLINE: Shown.ONLINE,
    Connection.OFFLINE: Shown.OFFLINE,
    Connection.UNKNOWN: Shown.CHECKING,
}


class ConsoleScreen(QuietScreen[Result], Generic[Result]):
    """A screen with the console's frame around its body."""

    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = ()
    TITLE_HERE: ClassVar[str] = ""
    AUTO_FOCUS = "SearchField"

    DEFAULT_CSS = """
    ConsoleScreen {
        layout: vertical;
        &> .body { height: 1fr; }
        &> MessageLine { dock: bottom; margin-bottom: 1; }
        &> KeyBar { dock: bottom; }
    }
    """

    if TYPE_CHECKING:
        # Textual leaves open what its applications return; ours returns nothing.
        @property
        def app(self) -> "App[None]": ...

    def compose(self) -> ComposeResult:
        """The frame, with the body in the middle."""
        yield HeaderBar(self.header())
        yield from self.body()
        yield MessageLine()
        yield KeyBar(hints(self.COMMANDS_HERE))

    def body(self) -> Iterable[Widget]:
        """The widgets between header and message line."""
        return ()

    def header(self) -> HeaderState:
        """What the header says."""
        return HeaderState()

    @property
    def unsent(self) -> int:
        """How many lines the platform does not have yet; quitting says so."""
        return 0

    def say(self, text: str, kind: MessageKind = MessageKind.INFO) -> None:
        """Put a sentence on the message line; an empty one clears it."""
        line = self.query_one(MessageLine)
        if text:
            line.show(kind, text)
        else:
            line.clear_message()

    def desk_changed(self, change: Change) -> None:
        """Something is different at the desk; screens show what concerns them."""
        if isinstance(change, Notice):
            self.say(change.sentence, MessageKind.BAD if change.bad else MessageKind.INFO)
        if isinstance(change, ConnectionChange | OrderChange):
            self.query_one(HeaderBar).state = self.header()

    def action_keys(self) -> None:
        """Show the keys of this screen."""
        self.app.push_screen(KeysScreen(self.TITLE_HERE, self.COMMANDS_HERE))

    def action_back(self) -> None:
        """Leave this screen; what it shows is kept elsewhere."""
        self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A letter that is also a command stays a letter where a text is being typed."""
        if action == "keys" and isinstance(self.focused, Input):
            return not self.focused.value and not self.focused.password
        return super().check_action(action, parameters)

    def palette(self) -> Iterable[SystemCommand]:
        """This screen's commands for the command palette."""
        for command in self.COMMANDS_HERE:
            keys = " or ".join(command.key_names)
            yield SystemCommand(command.help, keys, lambda action=command.action: self._do(action))

    async def _do(self, action: str) -> None:
        await self.run_action(action)


class DeskScreen(ConsoleScreen[Result]):
    """A screen of a signed-in operator."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self.desk = desk

    def header(self) -> HeaderState:
        """Where, who, how the line is, and what waits for it."""
        return HeaderState(
            store=self.desk.location.name,
            operator=self.desk.operator.name,
            customer=self.customer_name(),
            connection=SHOWN[self.desk.connection],
            unsent=self.desk.orders.unsent,
        )

    def customer_name(self) -> str:
        """The customer whose session this screen is in, empty outside one."""
        return ""
