"""The conflicts of an order in one list: each is accepted, removed or left for a call-back, one by one.

Nothing is placed while one is left; then placing takes one key and one to confirm.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from console.ordering.draft import NameOrder
from console.ordering.money import ZERO
from console.ordering.pricing.estimate import estimate_draft
from console.services.events import always
from console.services.orders.refusal_texts import FixedAt, refusal_sentence, way_out
from console.services.views import CheckoutRejection, OrderView, PlacementStatus
from screens.dialogs.confirm import ConfirmScreen
from screens.framework.commands import HELP_COMMANDS, Command, bindings, hints, navigation_commands
from screens.framework.work_once import work_once
from screens.order_view.rows import totals
from screens.order_view.screen import OrderViewScreen
from screens.outbox.conflict_rows import (
    ORDERED,
    TOLD,
    CheckoutConflict,
    Conflict,
    LineConflict,
    OrderConflict,
    UnexpectedConflict,
    acceptance_blocker,
    call_back_name,
    columns,
    conflicts,
    current_total,
    first_refusal,
    placement_questions,
    rows,
    total_texts,
)
from screens.outbox.rows import FINISHED_STATES
from screens.stock.order_availability import OrderAvailabilityScreen
from widgets.key_bar import KeyBar
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
        "Once all is decided: place at the new total",
        priority=True,
    ),
    Command("conflicts.accept", "a,exclamation_mark", "accept", "Accept", "Accept the selected conflict"),
    Command("conflicts.remove", "x,f8,delete", "remove", "Remove", "Remove the selected line"),
    Command("conflicts.checkout", "k", "checkout", "", "Open the checkout, to fix what was refused"),
    Command("conflicts.open", "s,e", "open", "Swap", "Open the order, to swap an item"),
    Command("conflicts.move", "m", "move_store", "Move", "Which stores have everything; move the order"),
    Command("conflicts.call", "c", "call_back", "Call back", "Park it for a call-back; nothing is placed"),
    Command("conflicts.undo", "f7,u", "undo", "", "Undo the last change"),
    Command("conflicts.read_back", "colon", "read_back", "", "Read the order to the customer"),
    Command("conflicts.send", "f6", "retry", "", "Retry as the customer was told"),
    *navigation_commands("conflicts"),
    *HELP_COMMANDS,
    Command("conflicts.back", "escape,f12", "back", "Back", "Go back; the rest stays as it is"),
)
CHANGES = "changes"
"""Group of the workers that change or place the order: one at a time."""
NOTHING_SELECTED = "Nothing is selected."
NO_LINE_CONFLICTS = "No line differs. Enter places the order at the total below."
ALL_DECIDED = "No line differs. Enter goes on."
GO_ON = "Go on"
CHECKOUT_COMMAND, CHECKOUT_LABEL = "conflicts.checkout", "Checkout"
CHANGED_MEANWHILE = "It changed meanwhile. Look at it again."
GIFT_STAYS = "Free from the platform: it goes when its item goes."


class ConflictTotals(TextRows):
    """The quoted total, the current total, the difference and the breakdown."""

    DEFAULT_CSS = "ConflictTotals { height: 4; }"

    def __init__(self, basis: str) -> None:
        super().__init__()
        self._basis = basis
        self._total_texts: tuple[str, str, str] = ("", "", "")
        self._breakdown = ""

    def show(self, quoted_total: Decimal, quoted_delivery: Decimal | None, view: OrderView) -> None:
        """Show both totals."""
        self._total_texts = total_texts(quoted_total, view, self._basis, quoted_delivery=quoted_delivery)
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


@dataclass(frozen=True, slots=True)
class AtCheckout:
    """The order is to be opened at checkout: ``field`` is the letter to begin with, ``message`` says why."""

    field: str = ""
    message: str = ""


class ConflictsScreen(OrderViewScreen[str | AtCheckout]):
    """Closes with the order's id if it is to be opened, or with ``AtCheckout``.

    ``before_placing`` is for an order that nobody asked to place yet: Enter goes back to the checkout, which
    asks. ``is_decided`` is True once it did.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Conflicts"
    AUTO_FOCUS = "LineList"

    def __init__(self, session: "OperatorSession", draft_id: str, *, before_placing: bool = False) -> None:
        super().__init__(session, draft_id)
        view = self.view
        self.is_decided = False
        self._before_placing = before_placing
        self._quoted_total = ordered_total(view) if before_placing else view.placement.quoted_total or ZERO
        self._quoted_delivery = view.estimated_delivery if before_placing else view.placement.quoted_delivery
        self._overdue_text = view.placement_message if view.is_overdue else ""
        self._initial_edit_count = len(view.draft.edits)
        self._shown: dict[str, Conflict] = {}
        self._advice = ""
        basis = ORDERED if before_placing else TOLD
        empty = ALL_DECIDED if before_placing else NO_LINE_CONFLICTS
        self._list = self.navigated_list = LineList(*columns(basis), leading=2, empty=empty)
        self._totals = ConflictTotals(basis)

    def body(self) -> Iterable[Widget]:
        """Return the list and the totals below."""
        yield self._list
        yield self._totals

    def on_mount(self) -> None:
        """Show the conflicts."""
        self.query_one(KeyBar).hints = hints(self._labelled_commands())
        self.paint(self.view)
        sentences = (
            "Not placed yet.",
            self._overdue_text,
            acceptance_blocker(self.view) or self._next_key_text(),
        )
        self.say(" ".join(text for text in sentences if text), MessageKind.WARN)

    def _labelled_commands(self) -> Iterable[Command]:
        """Return the commands by the names that fit: the checkout has one where an order was refused."""
        first, *others = COMMANDS
        yield replace(first, label=GO_ON) if self._before_placing else first
        for command in others:
            is_named = command.id == CHECKOUT_COMMAND and bool(self.view.refusals)
            yield replace(command, label=CHECKOUT_LABEL) if is_named else command

    def paint(self, view: OrderView) -> None:
        """Show the conflicts as they are now."""
        self._shown = conflicts(view)
        self._list.set_rows(rows(view))
        self._totals.show(self._quoted_total, self._quoted_delivery, view)
        self.show_header()
        if view.placement.state in FINISHED_STATES:
            self._list.empty = _finished_text(view)
            self.say("")
        elif self._advice and self.message.endswith(self._advice) and self._advice != self._next_key_text():
            # Another difference has come, or one has gone, since that was said.
            self.say(self._next_key_text(), MessageKind.WARN)

    # The whole order

    @work_once(CHANGES)
    async def action_place(self) -> None:
        """Say in one sentence what is placed; one key confirms it."""
        view = self.view
        if view.placement.state in FINISHED_STATES:
            self.say(_finished_text(view))
            return
        if blocker := acceptance_blocker(view):
            self.say(blocker, MessageKind.WARN)
            return
        if self._undecided_count(view):
            self.say(self._next_key_text(), MessageKind.WARN)
            return
        if self._before_placing:
            self.is_decided = True
            self.close()
            return
        total = current_total(view).amount
        questions = placement_questions(self._quoted_total, view, quoted_delivery=self._quoted_delivery)
        overdue = (self._overdue_text,) if self._overdue_text else ()
        if await self.ask(ConfirmScreen(*questions, *overdue)):
            with self.attempt(MessageKind.WARN):
                await self.session.orders.place(self.draft_id, total, view)
                self.close()

    @staticmethod
    def _undecided_count(view: OrderView) -> int:
        # A refusal of the whole order is no difference: placing it again is the only way to find out.
        return sum(not isinstance(conflict, OrderConflict) for conflict in conflicts(view).values())

    def _next_key_text(self) -> str:
        """Return which key comes next."""
        count = self._undecided_count(self.view)
        refusal = first_refusal(self.view)
        if not count and refusal is not None:
            is_at_checkout = way_out(refusal).fixed_at is FixedAt.CHECKOUT
            return "k opens the checkout, to fix it." if is_at_checkout else "s opens the order, to fix it."
        if not count:
            return "Enter goes on." if self._before_placing else "Enter places the order."
        return f"{count} to decide: a accepts, x removes." if count > 1 else "a accepts it, x removes it."

    def say(
        self,
        text: str,
        kind: MessageKind = MessageKind.INFO,
        *,
        is_current: Callable[[], bool] = always,
    ) -> None:
        """Show a message, and remember which key it named, so that it does not stay when that is wrong."""
        next_key = self._next_key_text()
        self._advice = next_key if text.endswith(next_key) else ""
        super().say(text, kind, is_current=is_current)

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
    async def action_checkout(self) -> None:
        """Withdraw the order and open its checkout, at the field that a refusal is about."""
        if self._before_placing:
            self.close()
            return
        # Withdrawn, the order does not say any more why it was refused.
        selected = self._selected_conflict()
        refusal = selected.refusal if isinstance(selected, OrderConflict) else None
        refusal = refusal or next(iter(self.view.refusals), None)
        answer = AtCheckout()
        if refusal is not None:
            way = way_out(refusal)
            answer = AtCheckout(way.field, f"{refusal_sentence(refusal)} {way.advice if way.field else ''}")
        with self.attempt(MessageKind.WARN):
            await self._withdraw_placement()
            self.close(answer)

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
            case OrderConflict(refusal=refusal) if refusal is not None:
                self.say(f"Cannot be accepted. {self._next_key_text()}")
            case OrderConflict():
                self.say("Cannot be accepted. s opens the order, c parks it for a call-back.")
            case UnexpectedConflict(unexpected) if unexpected.unavailability is not None:
                self.say("It is not available. x removes it.")
            case CheckoutConflict(rejection) if rejection.accepted(self.view.draft.checkout) is None:
                self.say("Cannot be accepted here. s opens the order.")
            case conflict:
                self._change(lambda: self._accept(conflict), "Accepted.")

    def action_remove(self) -> None:
        """Remove the selected line from the order, or an unexpected one from the cart."""
        orders, draft_id = self.session.orders, self.draft_id
        match self._selected_conflict():
            case UnexpectedConflict(unexpected) if unexpected.free and unexpected.quantity:
                self.say(GIFT_STAYS)
            case UnexpectedConflict(unexpected) if unexpected.rejection is not None:
                self.say("The platform does not remove it. a keeps it, s opens the order.")
            case UnexpectedConflict(unexpected):
                self._change(lambda: orders.remove_unexpected(draft_id, unexpected), "Removed.")
            case LineConflict(_, comparison):
                self._change(lambda: orders.remove_line(draft_id, comparison), "Removed.")
            case CheckoutConflict(rejection) if rejection.unexpected_voucher:
                self._change(lambda: self._remove_voucher(rejection), "Removed.")
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
        """Return the selected conflict as it was shown: a decision is about nothing else."""
        return self._shown.get(self._list.cursor_key or "")

    def _accept(self, conflict: Conflict) -> bool:
        """Accept a conflict, if it can be: the order becomes as the platform has it."""
        orders = self.session.orders
        match conflict:
            case LineConflict(_, comparison):
                return orders.accept_line(self.draft_id, comparison)
            case UnexpectedConflict(unexpected):
                return orders.keep_unexpected(self.draft_id, unexpected)
            case CheckoutConflict(rejection):
                accepted = rejection.accepted(self.view.draft.checkout)
                return accepted is not None and orders.decide_checkout(self.draft_id, accepted, rejection)
            case OrderConflict():
                return False

    def _remove_voucher(self, rejection: CheckoutRejection) -> bool:
        """Remove a voucher that was not applied here: sync removes one that the order had at some time."""
        orders, checkout = self.session.orders, self.view.draft.checkout
        taken_over = replace(checkout, voucher=rejection.unexpected_voucher)
        return orders.decide_checkout(self.draft_id, taken_over, rejection) and orders.decide_checkout(
            self.draft_id, checkout, rejection
        )

    @work_once(CHANGES)
    async def _change(self, change: Callable[[], bool], text: str) -> None:
        with self.attempt(MessageKind.WARN):
            await self._withdraw_placement()
            changed = change()
            self.paint(self.view)
            if changed:
                self.say(f"{text} F7 undoes it. {self._next_key_text()}", MessageKind.GOOD)
            else:
                self.say(CHANGED_MEANWHILE, MessageKind.WARN)

    async def _withdraw_placement(self) -> None:
        """Withdraw the order if it is queued for placing: it could not be changed. Enter queues it again."""
        if self.view.placement.quoted_total is not None:
            await self.session.placement.withdraw(self.draft_id)


def ordered_total(view: OrderView) -> Decimal:
    """Return what the order costs by the prices at which its lines were added, with the delivery if known."""
    return estimate_draft(view.draft, view.currency).total + (view.estimated_delivery or ZERO)


def _finished_text(view: OrderView) -> str:
    """Return what became of an order that was placed or given up while it was shown."""
    if view.placement.state is PlacementStatus.PLACED:
        return f"Placed as order {view.placement.order_id}. Esc goes back."
    return "Given up. Esc goes back."
