"""A past order once more: every line with what changed since, before any of it is added.

Opened from the order screen and from a past order. Enter adds what is not left out.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from console.ordering.draft import AddLine, DraftLine, EditError
from console.ordering.money import ZERO, Currency
from console.ordering.past_orders import PastOrder, line_details, line_options
from console.ordering.reorder import ReorderLine
from console.services.events import ServiceError
from screens.base import DeskScreen
from screens.commands import BACK, KEYS, Command, bindings, moving
from screens.moving import MovesMark
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
    Command("repeat.add", "enter", "add", "Add all", "Add every line that is not left out", priority=True),
    Command("repeat.leave_out", "space,f8,delete", "leave_out", "Leave out", "Leave the marked line out"),
    *moving("repeat"),
    *KEYS,
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
NEW = "A new customer has no past orders."
WALK_IN = "A walk-in has no past orders."


def open_repeat(
    screen: DeskScreen[str | None] | DeskScreen[PastOrder],
    draft_id: str,
    added: Callable[[], None],
    order: PastOrder | None = None,
) -> None:
    """Offer a past order, or the customer's last one, to be added to a draft; ``added`` once it was."""
    customer = screen.desk.orders.view(draft_id).customer
    if order is None and (customer is None or not customer.has_account):
        screen.say(NEW if customer else WALK_IN)
        return

    def came_back(lines: int | None) -> None:
        if lines:
            added()
            screen.say(f"Added {lines} line{'s' if lines > 1 else ''} of the past order.", MessageKind.GOOD)

    screen.app.push_screen(RepeatScreen(screen.desk, draft_id, order), came_back)


class RepeatFacts(TextRows):
    """Which order it is, and both totals."""

    DEFAULT_CSS = "RepeatFacts { height: 2; margin: 1 1 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._which = self._sums = ""

    def show(self, which: str, sums: str) -> None:
        """Show both."""
        self._which, self._sums = which, sums
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """One row and a blank one."""
        return (justify((Span(self._which, Tone.STRONG),), (Span(self._sums),), self.size.width), ())


class RepeatScreen(MovesMark, DeskScreen[int]):
    """The answer is how many lines were added."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    COMMANDS_HERE = COMMANDS
    TITLE_HERE = "Repeat an order"
    AUTO_FOCUS = "LineList"

    def __init__(self, desk: "OperatorSession", draft_id: str, order: PastOrder | None) -> None:
        super().__init__(desk)
        self._draft_id = draft_id
        self._order = order
        self._repeat: ReorderPreview | None = None
        self._left_out: set[int] = set()
        self._add_when_read = False
        self._facts = RepeatFacts()
        self._list = LineList(*COLUMNS, leading=3, empty="Reading the past order.")

    def customer_name(self) -> str:
        """Whose order is under way."""
        return self.desk.orders.view(self._draft_id).customer_name

    def body(self) -> Sequence[Widget]:
        """Which order, and its lines."""
        return self._facts, self._list

    def on_mount(self) -> None:
        """Read the past order."""
        self.run_worker(self._read, name="repeat")

    def action_add(self) -> None:
        """Add what is not left out; before it is read, as soon as it is, if nothing changed."""
        if self._repeat is None:
            self._add_when_read = True
            return
        wanted = [line for place, line in enumerate(self._repeat.lines) if place not in self._left_out]
        try:
            added = sum(self._add(line) for line in wanted)
        except EditError as error:
            self.say(str(error), MessageKind.WARN)
            return
        if added:
            self.close(added)
        else:
            self.say("Nothing of it can be ordered.", MessageKind.WARN)

    def action_leave_out(self) -> None:
        """Leave the marked line out, or take it in again."""
        if self._repeat is not None and self._repeat.lines:
            self._left_out ^= {self._list.cursor}
            self._show(self._repeat)

    def _add(self, line: ReorderLine) -> bool:
        if line.item is None:
            return False
        orders = self.desk.orders
        orders.change(self._draft_id, AddLine(DraftLine(orders.new_line_id(), line.item, line.quantity)))
        return True

    async def _read(self) -> None:
        customer = self.desk.orders.view(self._draft_id).customer
        try:
            if self._order is not None:
                repeat = await self.desk.reorder.preview(self._order)
            elif customer is not None:
                repeat = await self.desk.reorder.preview_last(customer)
            else:
                return
        except ServiceError as trouble:
            self._list.empty = "Nothing to repeat."
            self.say(trouble.message, MessageKind.WARN)
            return
        self._repeat = repeat
        self._show(repeat)
        if not repeat.is_unchanged:
            self.say("Something changed since: look it over, then Enter adds it.", MessageKind.WARN)
        elif self._add_when_read:
            self.action_add()
        else:
            self.say("Nothing changed since.")

    def _show(self, repeat: "ReorderPreview") -> None:
        order, currency = repeat.order, self.desk.currency
        at = f" of {order.ordered_at:%d %b %Y %H:%M}" if order.ordered_at else ""
        wanted = [line for place, line in enumerate(repeat.lines) if place not in self._left_out]
        was = sum((line.past_total for line in wanted), ZERO)
        now = sum((line.current_total for line in wanted), ZERO)
        sums = f"was {currency.format_number(was)}, is now ~ {currency.format_money(now)}"
        self._facts.show(f"Order {order.number}{at}", sums)
        self._list.set_rows(
            [
                _row(place, line, currency, left_out=place in self._left_out, width=self.app.size.width)
                for place, line in enumerate(repeat.lines)
            ]
        )


def _row(place: int, line: ReorderLine, currency: Currency, *, left_out: bool, width: int) -> ListRow:
    mark = "out" if left_out else "no" if line.item is None else "+"
    past = line.past_line
    name = " ".join(part for part in (past.title, line_options(past)) if part)
    now = currency.format_number(line.current_total) if line.item else "-"
    cells = (mark, str(line.quantity), name, currency.format_number(line.past_total), now)
    said = (line.item.details if line.item else "") or line_details(past)
    notes = [f"           {row}" for row in wrap(said, max(20, width - 14), NOTE_ROWS)]
    notes += [
        f"         ! {row}" for change in line.changes for row in wrap(change, max(20, width - 14), NOTE_ROWS)
    ]
    style = RowStyle.DIM if left_out else RowStyle.WARN if line.changes else RowStyle.NORMAL
    return ListRow(str(place), cells, style, tuple(notes))
