"""The screen of one past order: its lines and its state, which it follows; cancel, print, reorder."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from console.ordering.checkout import DeliveryMode
from console.ordering.past_orders import PastLine, PastOrder, line_details, line_options
from console.services.events import ServiceError
from screens.dialogs.confirm import ConfirmScreen
from screens.dialogs.select import SelectScreen
from screens.framework.commands import BACK, HELP_COMMANDS, Command, bindings, navigation_commands
from screens.framework.console_screen import OperatorScreen
from screens.framework.list_navigation import ListNavigation
from screens.history.reorder import open_reorder
from screens.history.ticket import TicketScreen
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind
from widgets.text_cells import Align, wrap
from widgets.text_rows import Span, Spans, TextRows, Tone, justify

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command("past_order.refresh", "f5,r", "refresh", "Refresh", "Read the order again"),
    Command("past_order.ticket", "f6,p", "ticket", "Ticket", "Show or print its ticket, as a DUPLICATE"),
    Command("past_order.repeat", "f7,a", "reorder", "Repeat", "Add it to the current order, after a review"),
    Command("past_order.cancel", "f8,delete", "cancel", "Cancel order", "Cancel the order, with a reason"),
    *navigation_commands("past_order"),
    *HELP_COMMANDS,
    BACK,
)
COLUMNS = (
    Column("Qty", 4, Align.RIGHT),
    Column("Item"),
    Column("Each", 10, Align.RIGHT, 72),
    Column("Total", 10, Align.RIGHT),
)
NOTE_ROWS = 3


class PastOrderSummary(TextRows):
    """Number and state, customer, delivery and total."""

    DEFAULT_CSS = "PastOrderSummary { height: 5; margin: 1 1 0 1; }"

    def __init__(self, total: str, order: PastOrder) -> None:
        super().__init__()
        self._total = total
        self._order = order

    def show(self, total: str, order: PastOrder) -> None:
        """Show the current order."""
        self._total, self._order = total, order
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """Four rows, and a blank one below."""
        order = self._order
        mode_text = "Delivery" if order.mode is DeliveryMode.DELIVERY else "Pickup"
        address = order.address if order.mode is DeliveryMode.DELIVERY else ""
        ordered_text = f"ordered {order.ordered_at:%d %b %Y %H:%M}" if order.ordered_at else ""
        delivery_text = ", ".join(part for part in (mode_text, address, order.wanted_time) if part)
        payment_text = f"{order.payment} " if order.payment else ""
        title = (Span(f"Order {order.number}", Tone.STRONG), Span(f"  {order.state}", Tone.STRONG))
        return (
            justify(title, (Span(ordered_text),), self.size.width),
            justify((Span(order.customer or "Walk-in"),), (Span(f" {order.mobile}"),), self.size.width),
            (Span(delivery_text),),
            (Span(f"{payment_text}{self._total}"),),
        )


class PastOrderScreen(ListNavigation, OperatorScreen[PastOrder]):
    """The result is the order as last seen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Past order"
    AUTO_FOCUS = "LineList"

    def __init__(self, session: "OperatorSession", order: PastOrder, draft_id: str | None = None) -> None:
        super().__init__(session)
        self._order = order
        self._draft_id = draft_id
        self._summary = PastOrderSummary(session.currency.format_money(order.total), order)
        self._list = LineList(*COLUMNS, leading=2, empty="Reading the order.")
        self._busy = False

    def customer_name(self) -> str:
        """The customer of the order."""
        return self._order.customer

    def body(self) -> Sequence[Widget]:
        """Summary above, lines below."""
        return self._summary, self._list

    def on_mount(self) -> None:
        """Read the order, then follow its state."""
        self.action_refresh()

    def action_refresh(self) -> None:
        """Read the order again."""
        self.run_worker(self._read, name="past order", group="past order", exclusive=True)

    def action_ticket(self) -> None:
        """Show its ticket, marked as a duplicate: the original was printed when it was placed."""
        if self._order.lines is None:
            self.say("The order is still being read.")
        else:
            self.app.push_screen(
                TicketScreen(
                    self.session, self.session.tickets.ticket_from_past_order(self._order), reprint=True
                )
            )

    def action_reorder(self) -> None:
        """Offer its lines to the current order."""
        if self._draft_id is None:
            self.say("No current order. Start one, then press ^O there.")
        else:
            open_reorder(self, self._draft_id, lambda: None, self._order)

    def action_cancel(self) -> None:
        """Cancel the whole order, after a reason and a confirmation."""
        if not self._order.state.can_be_cancelled:
            self.say(f"The order is {self._order.state}: it cannot be cancelled.", MessageKind.WARN)
            return
        reasons = {reason.code: reason for reason in self.session.history.cancel_reasons}

        def chosen(code: str | None) -> None:
            if code is None:
                return
            question = f"Cancel order {self._order.number}? {reasons[code].text}."
            self.app.push_screen(ConfirmScreen(question), partial(self._cancel_if_confirmed, code))

        rows = [ListRow(code, (reason.text, code)) for code, reason in reasons.items()]
        columns = (Column("Reason"), Column("Code", 5))
        self.app.push_screen(SelectScreen(f"Why cancel order {self._order.number}?", columns, rows), chosen)

    async def action_back(self) -> None:
        """Go back; the list shows the order as last seen."""
        self.close(self._order)

    def _cancel_if_confirmed(self, code: str, confirmed: bool | None) -> None:
        if confirmed and not self._busy:
            self._busy = True
            self.run_worker(self._cancel(code), name="cancel an order")

    async def _cancel(self, code: str) -> None:
        reason = next(reason for reason in self.session.history.cancel_reasons if reason.code == code)
        self.say("Cancelling.")
        try:
            self._show(await self.session.history.cancel(self._order, reason))
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.BAD)
        else:
            self.say(f"Order {self._order.number} is cancelled.", MessageKind.GOOD)
        finally:
            self._busy = False

    async def _read(self) -> None:
        try:
            self._show(await self.session.history.order(self._order.number))
        except ServiceError as trouble:
            self._list.empty = "Past orders are not stored on this machine."
            self.say(trouble.message, MessageKind.WARN)
            return
        while not self._order.state.is_final:
            self._show(await self.session.history.wait_for_change(self._order))

    def _show(self, order: PastOrder) -> None:
        self._order = order
        currency = self.session.currency
        total = currency.format_money(order.total)
        if order.payable != order.total:
            total = f"{total}, left to pay {currency.format_money(order.payable)}"
        elif order.delivery_charge:
            total = f"{total}, includes delivery {currency.format_number(order.delivery_charge)}"
        self._summary.show(total, order)
        self._list.set_rows([self._row(line) for line in order.lines or ()])

    def _row(self, line: PastLine) -> ListRow:
        currency = self.session.currency
        name = " ".join(part for part in (line.title, line_options(line)) if part)
        cancelled_notes = (f"cancelled: {line.cancelled_quantity}",) if line.cancelled_quantity else ()
        room = max(20, self.app.size.width - 12)
        notes = tuple(
            f"      {row}"
            for text in (line_details(line), *cancelled_notes)
            for row in wrap(text, room, NOTE_ROWS)
        )
        style = RowStyle.DIM if line.cancelled_quantity >= line.quantity else RowStyle.NORMAL
        cells = (
            str(line.quantity),
            name,
            currency.format_number(line.unit_price),
            currency.format_number(line.total),
        )
        return ListRow(str(line.line_id), cells, style, notes)
