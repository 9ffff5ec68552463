"""The screen of one past order: its lines and its state, which it follows; cancel, print, reorder."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from console.ordering.checkout import DeliveryMode
from console.ordering.placed.past_orders import PastLine, PastOrder, line_details, line_options
from console.ordering.placed.purchase_descriptions import unreadable_texts
from console.ordering.placed.purchased_order import TotalKind, line_amounts, purchased_from_past, total_rows
from screens.dialogs.confirm import ConfirmScreen
from screens.dialogs.select import SelectScreen
from screens.framework.commands import BACK, HELP_COMMANDS, Command, bindings, navigation_commands
from screens.framework.console_screen import OperatorScreen
from screens.framework.work_once import work_once
from screens.history.reorder import reorder
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


class PastOrderScreen(OperatorScreen[PastOrder]):
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
        self._list = self.navigated_list = LineList(*COLUMNS, leading=2, empty="Reading the order.")

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
        self._read()

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

    @work(exclusive=True, group="ask")
    async def action_reorder(self) -> None:
        """Offer its lines to the current order."""
        if self._draft_id is None:
            self.say("No current order. Start one, then press ^O there.")
        else:
            await reorder(self, self._draft_id, self._order)

    @work_once("cancel")
    async def action_cancel(self) -> None:
        """Cancel the whole order, after a reason and a confirmation."""
        if not self._order.state.can_be_cancelled:
            self.say(f"The order is {self._order.state}: it cannot be cancelled.", MessageKind.WARN)
            return
        number = self._order.number
        reasons = {reason.code: reason for reason in self.session.history.cancel_reasons}
        rows = [ListRow(code, (reason.text, code)) for code, reason in reasons.items()]
        columns = (Column("Reason"), Column("Code", 5))
        code = await self.ask(SelectScreen(f"Why cancel order {number}?", columns, rows))
        if code is None or not await self.ask(ConfirmScreen(f"Cancel order {number}? {reasons[code].text}.")):
            return
        self.say("Cancelling.")
        with self.attempt():
            self._show(await self.session.history.cancel(self._order, reasons[code]))
            self.say(f"Order {number} is cancelled.", MessageKind.GOOD)

    async def action_back(self) -> None:
        """Go back; the list shows the order as last seen."""
        self.close(self._order)

    @work(exclusive=True, group="read")
    async def _read(self) -> None:
        """Read the order, and follow its state until it is final."""
        with self.attempt(MessageKind.WARN) as reading:
            self._show(await self.session.history.order(self._order.number))
        if reading.failed:
            self._list.empty = "Past orders are not stored on this machine."
            return
        while not self._order.state.is_final:
            self._show(await self.session.history.wait_for_change(self._order))

    def _show(self, order: PastOrder) -> None:
        self._order = order
        currency = self.session.currency
        total = currency.format_money(order.total)
        if order.payable != order.total:
            total = f"{total}, left to pay {currency.format_money(order.payable)}"
        else:
            charges = [
                f"{row.label[:1].lower()}{row.label[1:]} {currency.format_number(row.amount)}"
                for row in total_rows(purchased_from_past(order), currency)
                if order.lines is not None and row.kind is TotalKind.CHARGE
            ]
            total = f"{total}, with {', '.join(charges)}" if charges else total
        self._summary.show(total, order)
        if order.unreadable_lines:
            self.say(" ".join(unreadable_texts(purchased_from_past(order))), MessageKind.WARN)
        amounts = line_amounts(purchased_from_past(order), self.session.currency)
        lines = zip(order.lines or (), amounts, strict=True)
        self._list.set_rows([self._row(line, amount) for line, amount in lines])

    def _row(self, line: PastLine, amount: Decimal) -> ListRow:
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
            currency.format_number(amount),
        )
        return ListRow(str(line.line_id), cells, style, notes)
