"""The screen of an order's tickets: shown as printed, sent to the print command, saved as a file."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from console.ordering.placed.ticket import Ticket, TicketCopy
from screens.framework.commands import BACK, HELP_COMMANDS, Command, bindings, navigation_commands
from screens.framework.console_screen import OperatorScreen
from screens.framework.work_once import work_once
from widgets.lists.columns import Column, ListRow
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command("ticket.print", "f6,p", "print", "Print", "Print this ticket"),
    Command("ticket.keep", "f7,s", "save", "Save", "Save this ticket as a file"),
    Command("ticket.turn", "f4,tab,space", "toggle_copy", "Other copy", "Customer's or kitchen's ticket"),
    *navigation_commands("ticket"),
    *HELP_COMMANDS,
    BACK,
)


class TicketScreen(OperatorScreen[None]):
    """The text of one copy of the ticket."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Ticket"
    AUTO_FOCUS = "LineList"
    DEFAULT_CSS = "TicketScreen > LineList { margin: 1 0 0 1; }"

    def __init__(
        self,
        session: "OperatorSession",
        ticket: Ticket,
        *,
        reprint: bool,
        copy: TicketCopy = TicketCopy.CUSTOMER,
    ) -> None:
        super().__init__(session)
        self._ticket = ticket
        self._reprint = reprint
        self._copy = copy
        self._list = self.navigated_list = LineList(Column(""), titles=False, leading=0)

    def customer_name(self) -> str:
        """The customer of the order."""
        return self._ticket.customer

    def body(self) -> Sequence[Widget]:
        """The text of the ticket."""
        return (self._list,)

    def on_mount(self) -> None:
        """Show the copy asked for."""
        self._show()

    def action_toggle_copy(self) -> None:
        """Show the other copy."""
        self._copy = TicketCopy.KITCHEN if self._copy is TicketCopy.CUSTOMER else TicketCopy.CUSTOMER
        self._show()

    @work_once("print")
    async def action_print(self) -> None:
        """Print the shown copy with the print command."""
        copy = self._copy
        self.say("Printing.")
        with self.attempt():
            await self.session.tickets.print(self._ticket, copy, reprint=self._is_reprint)
            self._show()
            self.say(f"The {copy}'s ticket is printed.", MessageKind.GOOD)

    async def action_save(self) -> None:
        """Save the shown copy as a file."""
        with self.attempt():
            path = await self.session.tickets.save(self._ticket, self._copy, reprint=self._is_reprint)
            self.say(f"Saved as {path}.", MessageKind.GOOD)

    @property
    def _is_reprint(self) -> bool:
        return self._reprint or self.session.tickets.was_printed(self._ticket, self._copy)

    def _show(self) -> None:
        text = self.session.tickets.render(self._ticket, self._copy, reprint=self._is_reprint)
        lines = text.rstrip("\n").split("\n")
        self._list.set_rows([ListRow(str(n), (line,)) for n, line in enumerate(lines)], home=True)
        self.say(f"The {self._copy}'s ticket{', a duplicate' if self._is_reprint else ''}.")
