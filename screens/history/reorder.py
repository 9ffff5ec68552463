"""The screen to reorder a past order: each line with what changed since, before it is added."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from console.ordering.draft import AddLine, DraftLine
from console.ordering.money import ZERO, Currency
from console.ordering.placed.past_orders import PastOrder, line_details, line_options
from console.ordering.placed.purchase_descriptions import unreadable_texts
from console.ordering.placed.purchased_order import purchased_from_past
from console.ordering.placed.reorder import ReorderLine
from screens.framework.commands import BACK, HELP_COMMANDS, Command, bindings, navigation_commands
from screens.framework.console_screen import OperatorScreen
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind
from widgets.text_cells import Align, wrap
from widgets.text_rows import Span, Spans, TextRows, Tone, justify

if TYPE_CHECKING:
    from console.services.history.reorder import ReorderPreview
    from console.services.operator_session import OperatorSession

COMMANDS = (
    # Priority: while the list is empty it would take the key and do nothing.
    Command("repeat.add", "enter", "add", "Add all", "Add all lines that are not left out", priority=True),
    Command(
        "repeat.leave_out", "space,f8,delete", "toggle_excluded", "Leave out", "Leave the selected line out"
    ),
    *navigation_commands("repeat"),
    *HELP_COMMANDS,
    BACK,
)
COLUMNS = (
    Column("", 3),
    Column("Qty", 4, Align.RIGHT),
    Column("Item"),
    Column("Was", 10, Align.RIGHT),
    Column("Now", 10, Align.RIGHT),
)
NOTE_ROWS = 2
NEW_CUSTOMER = "A new customer has no past orders."
WALK_IN = "A walk-in has no past orders."


async def reorder(
    screen: OperatorScreen[str | None] | OperatorScreen[PastOrder],
    draft_id: str,
    order: PastOrder | None = None,
) -> bool:
    """Offer a past order, or else the customer's last one, for a draft; only in a worker.

    Returns True if lines were added, which is said on ``screen``.
    """
    customer = screen.session.orders.view(draft_id).customer
    if order is None and (customer is None or not customer.has_account):
        screen.say(NEW_CUSTOMER if customer else WALK_IN)
        return False
    count = await screen.ask(ReorderScreen(screen.session, draft_id, order))
    if count:
        screen.say(f"Added {count} line{'s' if count > 1 else ''} of the past order.", MessageKind.GOOD)
    return bool(count)


class ReorderSummary(TextRows):
    """The past order, and its past and current total."""

    DEFAULT_CSS = "ReorderSummary { height: 2; margin: 1 1 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._order_text = self._totals_text = ""

    def show(self, order_text: str, totals_text: str) -> None:
        """Show both texts."""
        self._order_text, self._totals_text = order_text, totals_text
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """One row, and a blank one below."""
        return (
            justify((Span(self._order_text, Tone.STRONG),), (Span(self._totals_text),), self.size.width),
            (),
        )


class ReorderScreen(OperatorScreen[int]):
    """The result is the number of added lines."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Repeat an order"
    AUTO_FOCUS = "LineList"

    def __init__(self, session: "OperatorSession", draft_id: str, order: PastOrder | None) -> None:
        super().__init__(session)
        self._draft_id = draft_id
        self._order = order
        self._reorder: ReorderPreview | None = None
        self._excluded: set[int] = set()
        self._add_when_read = False
        self._summary = ReorderSummary()
        self._list = self.navigated_list = LineList(*COLUMNS, leading=3, empty="Reading the past order.")

    def customer_name(self) -> str:
        """The customer of the current order."""
        return self.session.orders.view(self._draft_id).customer_name

    def body(self) -> Sequence[Widget]:
        """The summary, and the lines."""
        return self._summary, self._list

    def on_mount(self) -> None:
        """Read the past order."""
        self._read()

    def action_add(self) -> None:
        """Add all lines that are not left out.

        While the order is still being read, add them as soon as it is, unless something changed.
        """
        if self._reorder is None:
            self._add_when_read = True
            return
        included = [line for index, line in enumerate(self._reorder.lines) if index not in self._excluded]
        with self.attempt():
            if added := sum(self._add(line) for line in included):
                self.close(added)
            else:
                self.say("None of its lines can be ordered.", MessageKind.WARN)

    def action_toggle_excluded(self) -> None:
        """Leave the selected line out, or include it again."""
        if self._reorder is not None and self._reorder.lines:
            self._excluded ^= {self._list.cursor}
            self._show(self._reorder)

    def _add(self, line: ReorderLine) -> bool:
        if line.item is None:
            return False
        orders = self.session.orders
        orders.change(self._draft_id, AddLine(DraftLine(orders.new_line_id(), line.item, line.quantity)))
        return True

    @work(exclusive=True, group="read")
    async def _read(self) -> None:
        customer = self.session.orders.view(self._draft_id).customer
        with self.attempt(MessageKind.WARN) as reading:
            if self._order is not None:
                self._reorder = await self.session.reorder.preview(self._order)
            elif customer is not None:
                self._reorder = await self.session.reorder.preview_last(customer)
        if reading.failed:
            self._list.empty = "Nothing to repeat."
        if self._reorder is None:
            return
        self._show(self._reorder)
        unreadable = unreadable_texts(purchased_from_past(self._reorder.order))
        if unreadable:
            self.say(f"{unreadable[0]} Review the others, then Enter adds them.", MessageKind.WARN)
        elif not self._reorder.is_unchanged:
            self.say("Something changed since. Review it, then Enter adds it.", MessageKind.WARN)
        elif self._add_when_read:
            self.action_add()
        else:
            self.say("Nothing changed since.")

    def _show(self, preview: "ReorderPreview") -> None:
        order, currency = preview.order, self.session.currency
        ordered_at = f" of {order.ordered_at:%d %b %Y %H:%M}" if order.ordered_at else ""
        included = {index: line for index, line in enumerate(preview.lines) if index not in self._excluded}
        old_total = sum((line.past_total for line in included.values()), ZERO)
        amounts = currency.round_column([line.current_total for line in included.values()])
        new_total = sum(amounts, ZERO)
        amount_by_index = dict(zip(included, amounts, strict=True))
        totals_text = f"was {currency.format_number(old_total)}, is now ~ {currency.format_money(new_total)}"
        self._summary.show(f"Order {order.number}{ordered_at}", totals_text)
        self._list.set_rows(
            [
                _row(index, line, amount_by_index.get(index), currency, width=self.app.size.width)
                for index, line in enumerate(preview.lines)
            ]
        )


def _row(index: int, line: ReorderLine, amount: Decimal | None, currency: Currency, *, width: int) -> ListRow:
    """The row of a line; its amount is None if it is left out."""
    sign = "out" if amount is None else "no" if line.item is None else "+"
    past_line = line.past_line
    name = " ".join(part for part in (past_line.title, line_options(past_line)) if part)
    current_total = line.current_total if amount is None else amount
    price_text = currency.format_number(current_total) if line.item else "-"
    cells = (sign, str(line.quantity), name, currency.format_number(line.past_total), price_text)
    details_text = (line.item.details if line.item else "") or line_details(past_line)
    notes = [f"           {row}" for row in wrap(details_text, max(20, width - 14), NOTE_ROWS)]
    notes += [
        f"         ! {row}" for change in line.changes for row in wrap(change, max(20, width - 14), NOTE_ROWS)
    ]
    style = RowStyle.DIM if amount is None else RowStyle.WARN if line.changes else RowStyle.NORMAL
    return ListRow(str(index), cells, style, tuple(notes))
