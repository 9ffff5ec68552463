"""What an order that stopped has otherwise than the customer was told, in one list: accepted, or put off.

Opened from the placed screen and from the outbox. Nothing is placed from here without a key and a second one.
"""

from collections.abc import Awaitable, Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from console.ordering.draft import EditError, NameOrder, RemoveLine, SetCheckout
from console.ordering.money import ZERO
from console.services.events import ServiceError
from console.services.views import Aspect, OrderView
from screens.cart_stock import CartStockScreen
from screens.commands import KEYS, Command, bindings, moving
from screens.confirm import ConfirmScreen
from screens.conflict_rows import (
    COLUMNS,
    ORDER,
    call_back,
    now,
    obstacle,
    open_strange,
    questions,
    refused_aspect,
    rows,
    told_and_now,
    without,
)
from screens.draft_screen import DraftScreen
from screens.moving import MovesMark
from screens.order_rows import totals
from screens.outbox_rows import OVER
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind
from widgets.text_rows import Span, Spans, TextRows, Tone, justify
from widgets.totals import breakdown_text

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    # Priority: while the list is empty it would take the key and do nothing.
    Command(
        "conflicts.place",
        "enter,f10,equals_sign",
        "place",
        "Place",
        "Accept all of it and place it at the new total",
        priority=True,
    ),
    Command("conflicts.accept", "a,exclamation_mark", "accept", "Accept", "Accept the marked difference"),
    Command("conflicts.remove", "x,f8,delete", "remove", "Out", "Take the marked line out"),
    Command("conflicts.open", "s,e", "open", "Other", "Open the order, to take something else instead"),
    Command("conflicts.move", "m", "move_store", "Move", "Which stores have all of it; move it to one"),
    Command("conflicts.call", "c", "call_back", "Call back", "Do not place it; park it to call the customer"),
    Command("conflicts.undo", "f7,u", "undo", "", "Take back the last change"),
    Command("conflicts.read_back", "quotation_mark", "read_back", "", "Read the order to the customer"),
    Command("conflicts.send", "f6", "send", "", "Try again now, as the customer was told"),
    *moving("conflicts"),
    *KEYS,
    Command("conflicts.back", "escape,f12", "back", "Back", "Go back; what is not accepted stays as it is"),
)
NOTHING_MARKED = "Nothing is marked."
NO_LINE_DIFFERS = "No line differs. Enter places the order at the total below."


class ConflictTotals(TextRows):
    """What the customer was told above what it comes to now, the difference, and what it is made of."""

    DEFAULT_CSS = "ConflictTotals { height: 4; }"

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[str, str, str] = ("", "", "")
        self._parts = ""

    def show(self, told: Decimal, view: OrderView) -> None:
        """Show both totals."""
        self._lines = told_and_now(told, view)
        self._parts = breakdown_text(totals(view)) if now(view).sure else ""
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """All at the right edge, what the platform's total is made of on the left."""
        told, is_now, more = self._lines
        width = self.size.width
        return (
            (),
            justify((), (Span(told), Span(" ")), width),
            justify((), (Span(is_now, Tone.STRONG), Span(" ")), width),
            justify((Span(f"  {self._parts}", Tone.DIM),), (Span(more, Tone.STRONG), Span(" ")), width),
        )


class ConflictsScreen(MovesMark, DraftScreen[str | None]):
    """Answers with the order's id where it is to be opened, ``None`` where it is placed or left as it is."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    COMMANDS_HERE = COMMANDS
    TITLE_HERE = "What differs"
    AUTO_FOCUS = "LineList"

    def __init__(self, desk: "OperatorSession", draft_id: str) -> None:
        super().__init__(desk, draft_id)
        self._told = self.view.placement.quoted_total or ZERO
        self._edits = len(self.view.draft.edits)
        self._list = LineList(*COLUMNS, leading=2, empty=NO_LINE_DIFFERS)
        self._totals = ConflictTotals()
        self._busy = False

    def body(self) -> Iterable[Widget]:
        """The list, the totals beneath."""
        yield self._list
        yield self._totals

    def on_mount(self) -> None:
        """Show what differs."""
        self.paint(self.view)
        what_helps = obstacle(self.view) or "Enter accepts all of it as it is now."
        self.say(f"It is not placed. {what_helps}", MessageKind.WARN)

    def paint(self, view: OrderView) -> None:
        """Show what differs by now."""
        self._list.set_rows(rows(view))
        self._totals.show(self._told, view)
        self.show_header()
        if view.placement.state in OVER:
            self.say("It is placed by now.")

    # All of it

    def action_place(self) -> None:
        """Say in one sentence what is placed; one key confirms it."""
        view = self.view
        if view.placement.state in OVER:
            self.say("It is placed by now.")
            return
        if why := obstacle(view):
            self.say(why, MessageKind.WARN)
            return
        total = now(view).amount

        def answered(yes: bool | None) -> None:
            if yes:
                self._behind(lambda: self._place(total, view))

        self.app.push_screen(ConfirmScreen(*questions(self._told, view)), answered)

    async def _place(self, total: Decimal, shown: OrderView) -> None:
        changes = [self._accepting(shown, row.key) for row in rows(shown) if row.key != ORDER]
        if changes:
            await self._loosen()
        for change in changes:
            change()
        await self.desk.orders.place(self.draft_id, total, shown)
        self.close()

    def action_call_back(self) -> None:
        """Take back the wish to place it and park it under a name that says what is to be done."""

        async def park() -> None:
            await self._loosen()
            name = call_back(self.view)
            if self.view.draft.name != name:
                self.desk.orders.change(self.draft_id, NameOrder(name))
            self.close()

        self._behind(park)

    def action_open(self) -> None:
        """Open the order, where something else can be taken in its place."""

        async def go() -> None:
            await self._loosen()
            self.close(self.draft_id)

        self._behind(go)

    def action_move_store(self) -> None:
        """Which stores have all of it; moved to one, it is opened there, at its prices."""

        def moved(draft_id: str | None) -> None:
            if draft_id is not None:
                self.close(draft_id)
            else:
                self.paint(self.view)

        self.app.push_screen(CartStockScreen(self.desk, self.draft_id), moved)

    # One of them

    def action_accept(self) -> None:
        """Have the marked one as the platform has it."""
        view, key = self.view, self._list.cursor_key
        if key is None:
            self.say(NOTHING_MARKED)
        elif key == ORDER:
            self.say("That cannot be accepted. s opens the order, c parks it to call back.")
        elif key.startswith("checkout") and refused_aspect(view, key) is None:
            self.say("That cannot be accepted here. s opens the order.")
        else:
            self._change(self._accepting(view, key), "Accepted as the platform has it.")

    def action_remove(self) -> None:
        """Take the marked line out, or have what nobody here added taken out of the cart."""
        view, key = self.view, self._list.cursor_key
        strange = open_strange(view).get(key or "")
        line = view.draft.line(key) if key is not None else None
        if strange is not None:
            self._change(lambda: self.desk.orders.remove_unexpected(self.draft_id, strange), "Taken out.")
        elif line is None:
            self.say("No line is marked.")
        else:
            edit = RemoveLine(line.line_id)
            self._change(lambda: bool(self.desk.orders.change(self.draft_id, edit)), "Taken out.")

    def action_undo(self) -> None:
        """Take back what was accepted or taken out here, the last first."""
        if len(self.view.draft.edits) > self._edits and self.view.placement.quoted_total is None:
            self.paint(self.desk.orders.undo(self.draft_id))
            self.say("The last change is taken back.", MessageKind.GOOD)
        else:
            self.say("Nothing was changed here.")

    def _accepting(self, view: OrderView, key: str) -> Callable[[], bool]:
        """What accepts a row; made before anything else is changed, which gives other rows other keys."""
        orders, draft_id = self.desk.orders, self.draft_id
        strange, aspect = open_strange(view).get(key), refused_aspect(view, key)
        if strange is not None:
            return lambda: orders.keep_unexpected(draft_id, strange)
        if aspect is not None:
            return lambda: self._go_without(aspect)
        if key.startswith("checkout"):
            return lambda: False
        return lambda: orders.accept_line(draft_id, key)

    def _go_without(self, aspect: Aspect) -> bool:
        checkout = without(self.view.draft.checkout, aspect)
        return bool(self.desk.orders.change(self.draft_id, SetCheckout(checkout)))

    def _change(self, change: Callable[[], bool], said: str) -> None:
        async def do() -> None:
            await self._loosen()
            change()
            self.paint(self.view)
            self.say(f"{said} F7 takes it back. Enter places the order.", MessageKind.GOOD)

        self._behind(do)

    async def _loosen(self) -> None:
        """An order that is to be placed takes no change: the wish is taken back; Enter makes it anew."""
        if self.view.placement.quoted_total is not None:
            await self.desk.orders.withdraw(self.draft_id)

    def _behind(self, work: Callable[[], Awaitable[None]]) -> None:
        if not self._busy:
            self._busy = True
            self.run_worker(self._do(work), name="what differs", group="conflicts")

    async def _do(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.WARN)
        except EditError as error:
            self.say(str(error), MessageKind.WARN)
        finally:
            self._busy = False
