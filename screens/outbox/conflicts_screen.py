"""The conflicts of a stopped order in one list: each is accepted, removed or left for a call-back.

Placing takes one key and one to confirm.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from console.ordering.draft import NameOrder, RemoveLine, SetCheckout
from console.ordering.money import ZERO
from console.services.views import OrderView
from screens.dialogs.confirm import ConfirmScreen
from screens.framework.commands import HELP_COMMANDS, Command, bindings, navigation_commands
from screens.framework.work_once import work_once
from screens.order_view.rows import totals
from screens.order_view.screen import OrderViewScreen
from screens.outbox.conflict_rows import (
    COLUMNS,
    CheckoutConflict,
    Conflict,
    LineConflict,
    OrderConflict,
    UnexpectedConflict,
    acceptance_blocker,
    call_back_name,
    conflicts,
    current_total,
    placement_questions,
    rows,
    total_texts,
    without_aspect,
)
from screens.outbox.rows import FINISHED_STATES
from screens.stock.order_availability import OrderAvailabilityScreen
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
        "Accept everything and place at the new total",
        priority=True,
    ),
    Command("conflicts.accept", "a,exclamation_mark", "accept", "Accept", "Accept the selected conflict"),
    Command("conflicts.remove", "x,f8,delete", "remove", "Remove", "Remove the selected line"),
    Command("conflicts.open", "s,e", "open", "Swap", "Open the order, to swap an item"),
    Command("conflicts.move", "m", "move_store", "Move", "Which stores have everything; move the order"),
    Command("conflicts.call", "c", "call_back", "Call back", "Park it for a call-back; nothing is placed"),
    Command("conflicts.undo", "f7,u", "undo", "", "Undo the last change"),
    Command("conflicts.read_back", "quotation_mark", "read_back", "", "Read the order to the customer"),
    Command("conflicts.send", "f6", "retry", "", "Retry as the customer was told"),
    *navigation_commands("conflicts"),
    *HELP_COMMANDS,
    Command("conflicts.back", "escape,f12", "back", "Back", "Go back; the rest stays as it is"),
)
CHANGES = "changes"
"""Group of the workers that change or place the order: one at a time."""
NOTHING_SELECTED = "Nothing is selected."
NO_LINE_CONFLICTS = "No line differs. Enter places the order at the total below."


class ConflictTotals(TextRows):
    """The quoted total, the current total, the difference and the breakdown."""

    DEFAULT_CSS = "ConflictTotals { height: 4; }"

    def __init__(self) -> None:
        super().__init__()
        self._total_texts: tuple[str, str, str] = ("", "", "")
        self._breakdown = ""

    def show(self, quoted_total: Decimal, quoted_delivery: Decimal | None, view: OrderView) -> None:
        """Show both totals."""
        self._total_texts = total_texts(quoted_total, view, quoted_delivery=quoted_delivery)
        self._breakdown = _breakdown(view)
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """Return the totals at the right edge, the breakdown at the left."""
        quoted_text, current_text, difference_text = self._total_texts
        width = self.size.width
        return (
            (),
            justify((), (Span(quoted_text), Span(" ")), width),
            justify((), (Span(current_text, Tone.STRONG), Span(" ")), width),
            justify(
                (Span(f"  {self._breakdown}", Tone.DIM),),
                (Span(difference_text, Tone.STRONG), Span(" ")),
                width,
            ),
        )


def _breakdown(view: OrderView) -> str:
    """The parts of the platform's total, also while the order waits for the operator."""
    if view.totals is None or not current_total(view).is_confirmed:
        return ""
    return breakdown_text(totals(view, confirmed=view.totals))


class ConflictsScreen(OrderViewScreen[str]):
    """Closes with the order's id if it is to be opened."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Conflicts"
    AUTO_FOCUS = "LineList"

    def __init__(self, session: "OperatorSession", draft_id: str) -> None:
        super().__init__(session, draft_id)
        self._quoted_total = self.view.placement.quoted_total or ZERO
        self._quoted_delivery = self.view.placement.quoted_delivery
        self._initial_edit_count = len(self.view.draft.edits)
        self._list = self.navigated_list = LineList(*COLUMNS, leading=2, empty=NO_LINE_CONFLICTS)
        self._totals = ConflictTotals()

    def body(self) -> Iterable[Widget]:
        """Return the list and the totals below."""
        yield self._list
        yield self._totals

    def on_mount(self) -> None:
        """Show the conflicts."""
        self.paint(self.view)
        advice = acceptance_blocker(self.view) or "Enter accepts everything as it is now."
        self.say(f"Not placed yet. {advice}", MessageKind.WARN)

    def paint(self, view: OrderView) -> None:
        """Show the conflicts as they are now."""
        self._list.set_rows(rows(view))
        self._totals.show(self._quoted_total, self._quoted_delivery, view)
        self.show_header()
        if view.placement.state in FINISHED_STATES:
            self.say("Already placed.")

    # The whole order

    @work_once(CHANGES)
    async def action_place(self) -> None:
        """Say in one sentence what is placed; one key confirms it."""
        view = self.view
        if view.placement.state in FINISHED_STATES:
            self.say("Already placed.")
            return
        if blocker := acceptance_blocker(view):
            self.say(blocker, MessageKind.WARN)
            return
        total = current_total(view).amount
        questions = placement_questions(self._quoted_total, view, quoted_delivery=self._quoted_delivery)
        if await self.ask(ConfirmScreen(*questions)):
            with self.attempt(MessageKind.WARN):
                await self._place(total, view)
                self.close()

    async def _place(self, total: Decimal, shown_view: OrderView) -> None:
        acceptable = [c for c in conflicts(shown_view).values() if not isinstance(c, OrderConflict)]
        if acceptable:
            await self._withdraw_placement()
        for conflict in acceptable:
            self._accept(conflict)
        await self.session.orders.place(self.draft_id, total, shown_view)

    @work_once(CHANGES)
    async def action_call_back(self) -> None:
        """Withdraw the order and park it under a name that says whom to call."""
        with self.attempt(MessageKind.WARN):
            await self._withdraw_placement()
            name = call_back_name(self.view)
            if self.view.draft.name != name:
                self.session.orders.change(self.draft_id, NameOrder(name))
            self.close()

    @work_once(CHANGES)
    async def action_open(self) -> None:
        """Withdraw the order and open it, to swap an item."""
        with self.attempt(MessageKind.WARN):
            await self._withdraw_placement()
            self.close(self.draft_id)

    @work_once(CHANGES)
    async def action_move_store(self) -> None:
        """Show which stores have everything; if the order is moved, open it there."""
        if (draft_id := await self.ask(OrderAvailabilityScreen(self.session, self.draft_id))) is not None:
            self.close(draft_id)
        else:
            self.paint(self.view)

    # One conflict

    def action_accept(self) -> None:
        """Accept the selected conflict as it is on the platform."""
        match self._selected_conflict():
            case None:
                self.say(NOTHING_SELECTED)
            case OrderConflict():
                self.say("Cannot be accepted. s opens the order, c parks it for a call-back.")
            case CheckoutConflict(removable_aspect=None):
                self.say("Cannot be accepted here. s opens the order.")
            case conflict:
                self._change(lambda: self._accept(conflict), "Accepted.")

    def action_remove(self) -> None:
        """Remove the selected line from the order, or an unexpected one from the cart."""
        orders, draft_id = self.session.orders, self.draft_id
        match self._selected_conflict():
            case UnexpectedConflict(unexpected):
                self._change(lambda: orders.remove_unexpected(draft_id, unexpected), "Removed.")
            case LineConflict(line):
                edit = RemoveLine(line.line_id)
                self._change(lambda: orders.change(draft_id, edit), "Removed.")
            case _:
                self.say("No line is selected.")

    def action_undo(self) -> None:
        """Undo the last acceptance or removal made here."""
        if len(self.view.draft.edits) > self._initial_edit_count and self.view.placement.quoted_total is None:
            self.paint(self.session.orders.undo(self.draft_id))
            self.say("Undone.", MessageKind.GOOD)
        else:
            self.say("Nothing to undo here.")

    def _selected_conflict(self) -> Conflict | None:
        return conflicts(self.view).get(self._list.cursor_key or "")

    def _accept(self, conflict: Conflict) -> None:
        """Accept a conflict, if it can be: the order becomes as the platform has it."""
        orders = self.session.orders
        match conflict:
            case LineConflict(line):
                orders.accept_line(self.draft_id, line.line_id)
            case UnexpectedConflict(unexpected):
                orders.keep_unexpected(self.draft_id, unexpected)
            case CheckoutConflict():
                if (aspect := conflict.removable_aspect) is not None:
                    checkout = without_aspect(self.view.draft.checkout, aspect)
                    orders.change(self.draft_id, SetCheckout(checkout))
            case OrderConflict():
                pass

    @work_once(CHANGES)
    async def _change(self, change: Callable[[], object], text: str) -> None:
        with self.attempt(MessageKind.WARN):
            await self._withdraw_placement()
            change()
            self.paint(self.view)
            self.say(f"{text} F7 undoes it. Enter places the order.", MessageKind.GOOD)

    async def _withdraw_placement(self) -> None:
        """Withdraw the order if it is queued for placing: it could not be changed. Enter queues it again."""
        if self.view.placement.quoted_total is not None:
            await self.session.placement.withdraw(self.draft_id)
