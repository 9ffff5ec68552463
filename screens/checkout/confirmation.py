"""After placing: the order's number, large, once it has one; until then its state and what is safe.

Leaving it changes nothing; the outbox shows the same.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from console.ordering.configuration.bundle import Bundles
from console.ordering.placed.ticket import TicketCopy, large_digits
from console.ordering.pricing.delivery_fee import money_text
from console.services.events import Event, OrderChanged
from console.services.views import OrderView, PlacementStatus
from screens.checkout.purchase_rows import purchase_rows
from screens.checkout.review import review_conflicts
from screens.checkout.rows import change_due
from screens.framework.commands import HELP_COMMANDS, Command, bindings, hints
from screens.framework.console_screen import OperatorScreen
from screens.history.ticket import TicketScreen
from screens.outbox.conflict_rows import is_blocked_by_conflicts
from screens.outbox.overdue_dialog import ask_overdue
from screens.outbox.rows import state_text
from screens.outbox.screen import OutboxScreen
from widgets.key_bar import KeyBar
from widgets.text_cells import wrap
from widgets.text_rows import Span, Spans, TextRows, Tone

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command("placed.next", "enter", "next", "Next customer", "To the next customer, or review the conflicts"),
    Command("placed.customer", "f7,t", "ticket('customer')", "Ticket", "The customer's ticket"),
    Command("placed.kitchen", "f8,k", "ticket('kitchen')", "Kitchen", "The kitchen's ticket"),
    Command("placed.outbox", "f4,o", "outbox", "Outbox", "All unfinished orders"),
    Command("placed.send", "f6", "retry", "", "Retry sending now"),
    *HELP_COMMANDS,
    Command("placed.back", "escape,f12", "back", "", "To the next customer; the order is saved"),
)
OVERDUE_TEXT = "Not placed: it waited too long. Enter places it now or takes it back."
REFUSED_TEXT = "Not placed: the platform refused it. Press Enter to review."
CONFLICTS_TEXT = "Not placed yet: the order changed. Press Enter to review."
PLACING_STATE_TEXTS = {
    PlacementStatus.SENDING: "Saved here; being placed.",
    PlacementStatus.WAITING: "Offline: saved here, will be placed automatically.",
    PlacementStatus.OUTCOME_UNKNOWN: "Response lost: looking for the order. Nothing is sent twice.",
    PlacementStatus.NEEDS_ATTENTION: "Not placed yet: it needs a decision. F4 opens the outbox.",
    PlacementStatus.ABANDONED: "Abandoned: nothing is sent.",
    PlacementStatus.LEASED_ELSEWHERE: "Another console on this machine has this order.",
    PlacementStatus.NOT_SIGNED_IN: "Saved here until its operator signs in.",
    PlacementStatus.PLACED: "Order sent to the store.",
    PlacementStatus.DRAFT: "Not placed: it is a draft again. F4 opens the outbox.",
}


class PlacementSummary(TextRows):
    """The order number and the state of the order."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-rows--good", "text-rows--warn"}
    DEFAULT_CSS = "PlacementSummary { height: 1fr; margin: 1 4; }"

    def __init__(self) -> None:
        super().__init__()
        self._view: OrderView | None = None
        self._bundles: Bundles = {}

    def show(self, view: OrderView, bundles: Bundles) -> None:
        """Show the state of this order; ``bundles`` are those of the menu."""
        self._view, self._bundles = view, bundles
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """Return number, state, what is safe, what was bought, total and change."""
        if (view := self._view) is None:
            return ()
        placing = view.placement
        width = max(20, self.size.width)
        number = large_digits(str(placing.order_id)) if placing.state is PlacementStatus.PLACED else []
        tone = Tone.WARN if placing.state is PlacementStatus.NEEDS_ATTENTION else Tone.STRONG
        quoted_total = placing.quoted_total
        if quoted_total is not None and (is_blocked_by_conflicts(view) or not view.is_confirmed):
            quoted_text = money_text(quoted_total, placing.quoted_delivery, view.currency)
            money = f"Customer was told  {quoted_text}"
        else:
            money = f"{'Total' if view.is_confirmed else 'Estimate'}  {view.total_text}"
        due = change_due(view)
        # Offline, the problem would only repeat the state.
        is_waiting = placing.state is PlacementStatus.WAITING
        texts = (
            _state_sentence(view),
            "" if is_waiting else view.placement_message,
        )
        sentences = [line for text in texts if text for line in wrap(text, width, 3)]
        notes = [line for text in view.record_notes for line in wrap(f"! {text}", width, 3)]
        above = (
            *((Span(row, Tone.GOOD),) for row in number),
            (),
            *((Span(row, tone),) for row in wrap(f"{view.customer_name}: {state_text(view)}", width, 3)),
            (),
            *((Span(line),) for line in sentences),
            *((Span(line, Tone.WARN),) for line in notes),
            (),
        )
        below = (
            (Span(money, Tone.STRONG),),
            *(((Span(f"Change  {view.currency.format_money(due)}", Tone.STRONG),),) if due else ()),
        )
        return (*above, *self._bought(view, len(above) + len(below)), *below)

    def _bought(self, view: OrderView, other_rows: int) -> tuple[Spans, ...]:
        """What was bought, in the rows that are left; before Place Order nothing was."""
        if view.record is None or not view.is_sent:
            return ()
        height = self.size.height - other_rows
        return purchase_rows(view.record, self._bundles, view.currency, width=self.size.width, height=height)


def _state_sentence(view: OrderView) -> str:
    """Return what became of the order, and the key that goes on."""
    placing = view.placement
    if is_blocked_by_conflicts(view):
        return REFUSED_TEXT if view.refusals else CONFLICTS_TEXT
    if view.is_overdue:
        return OVERDUE_TEXT
    if placing.state is PlacementStatus.WAITING and placing.asks_from:
        return f"{PLACING_STATE_TEXTS[placing.state]} After {view.asks_from_text} it asks first."
    return PLACING_STATE_TEXTS[placing.state]


class PlacementScreen(OperatorScreen[str | None]):
    """Closes with the id of an order to open, if the outbox gave one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Placed"
    AUTO_FOCUS = ""

    def __init__(self, session: "OperatorSession", draft_id: str) -> None:
        super().__init__(session)
        self._draft_id = draft_id
        self._summary = PlacementSummary()

    def body(self) -> Iterable[Widget]:
        """Return the summary."""
        return (self._summary,)

    def customer_name(self) -> str:
        """The customer of the order."""
        return self._view.customer_name

    @property
    def _view(self) -> OrderView:
        return self.session.orders.view(self._draft_id)

    def on_mount(self) -> None:
        """Show the state."""
        self._show()

    def handle_event(self, event: Event) -> None:
        """Show the new state of this order."""
        if isinstance(event, OrderChanged) and event.draft_id == self._draft_id:
            self._show()
        super().handle_event(event)

    def _show(self) -> None:
        view = self._view
        self._summary.show(view, self.session.menu.bundles)
        first, *others = COMMANDS
        needs_enter = is_blocked_by_conflicts(view) or view.is_overdue
        label = "Review" if needs_enter else first.label
        # No bar while the screen is being taken down; an event may still come.
        for bar in self.query(KeyBar):
            bar.hints = hints((replace(first, label=label), *others))

    def action_ticket(self, copy: str) -> None:
        """Show a ticket, to print or save it."""
        ticket = self.session.tickets.ticket_of_order(self._view)
        self.app.push_screen(TicketScreen(self.session, ticket, reprint=False, copy=TicketCopy(copy)))

    async def action_next(self) -> None:
        """Review the conflicts of a stopped order, ask about an overdue one, or go to the next customer."""
        if is_blocked_by_conflicts(self._view):
            self._review_conflicts()
        elif self._view.is_overdue:
            self._ask_overdue()
        else:
            await self.action_back()

    @work(exclusive=True, group="ask")
    async def _review_conflicts(self) -> None:
        if (draft_id := await review_conflicts(self, self._draft_id)) is not None:
            self.close(draft_id)
        else:
            self._show()

    @work(exclusive=True, group="ask")
    async def _ask_overdue(self) -> None:
        await ask_overdue(self, self._draft_id)
        self._show()

    @work(exclusive=True, group="ask")
    async def action_outbox(self) -> None:
        """Show all unfinished orders; one of them may be opened."""
        if (draft_id := await self.ask(OutboxScreen(self.session))) is not None:
            self.close(draft_id)
