"""The outbox: every order that is not over, where it stands, the last word about it, and what helps.

Opened from the customers, an order and after placing; what was placed since the sign-in stays in sight.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from console.services.events import Event, OrderChanged, ServiceError
from console.services.views import OrderView, PlacementStatus
from screens.dialogs.select import SelectScreen
from screens.framework.commands import BACK, HELP_COMMANDS, Command, bindings, navigation_commands
from screens.framework.console_screen import OperatorScreen
from screens.framework.list_navigation import ListNavigation
from screens.history.ticket import TicketScreen
from screens.outbox.conflict_rows import is_blocked_by_conflicts
from screens.outbox.conflicts_screen import ConflictsScreen
from screens.outbox.resolve_dialog import ResolveScreen, resolve_placement
from screens.outbox.rows import COLUMNS, FINISHED_STATES, outbox_row
from widgets.lists.columns import Column, ListRow
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind
from widgets.text_cells import Align

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command("outbox.edit", "enter,e", "edit", "Open", "Open the order, or what differs where it was stopped"),
    Command("outbox.decide", "f4,d", "resolve", "Decide", "Say what became of an order that needs you"),
    Command("outbox.send", "f6,r", "retry", "Retry", "Try every order again now"),
    Command("outbox.print", "f7,p", "ticket", "Ticket", "Show and print the ticket"),
    Command("outbox.adopt", "f8,a", "adopt", "Adopt", "Go on with another operator's order"),
    *navigation_commands("outbox"),
    *HELP_COMMANDS,
    BACK,
)
NO_ORDER_SELECTED = "No order is marked."


class OutboxScreen(ListNavigation, OperatorScreen[str | None]):
    """Answers with the id of an order to open."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Outbox"
    AUTO_FOCUS = "LineList"

    def __init__(self, session: "OperatorSession") -> None:
        super().__init__(session)
        self._list = LineList(*COLUMNS, empty="Nothing waits: every order is placed or was left empty.")

    def body(self) -> Iterable[Widget]:
        """The orders."""
        return (self._list,)

    def on_mount(self) -> None:
        """Show them, with the mark on the first that needs the operator."""
        self._paint()
        first = next(
            (v for v in self.session.orders.outbox if v.placement.state is PlacementStatus.NEEDS_ATTENTION),
            None,
        )
        if first is not None:
            self._list.move_to_key(first.draft_id)

    def handle_event(self, event: Event) -> None:
        """An order went on."""
        if isinstance(event, OrderChanged):
            self._paint()
        super().handle_event(event)

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        """Enter on an order."""
        event.stop()
        self.action_edit()

    def action_edit(self) -> None:
        """Open the marked order: what differs, or the order itself, which is a draft again."""
        view = self._selected_order()
        if view is None:
            self.say(NO_ORDER_SELECTED)
        elif view.placement.needs_decision:
            self.action_resolve()
        elif view.placement.state in FINISHED_STATES:
            self.say("It is placed. F7 shows its ticket; the orders screen shows what became of it.")
        elif view.placement.quoted_total is None:
            self.close(view.draft_id)
        elif is_blocked_by_conflicts(view):
            self.app.push_screen(ConflictsScreen(self.session, view.draft_id), self._after_conflicts)
        else:
            self.run_worker(partial(self._withdraw, view), name="take back an order", group="withdraw")

    def _after_conflicts(self, draft_id: str | None) -> None:
        if draft_id is not None:
            self.close(draft_id)
        else:
            self._paint()

    async def _withdraw(self, view: OrderView) -> None:
        try:
            await self.session.placement.withdraw(view.draft_id)
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.WARN)
        else:
            self.close(view.draft_id)

    def action_resolve(self) -> None:
        """Say what became of an order that nobody could prove."""
        view = self._selected_order()
        if view is None or not view.placement.needs_decision:
            self.say("This order asks for no decision.")
            return

        draft_id = view.draft_id

        def after_answer(answer: str | None) -> None:
            if answer is None:
                return
            try:
                resolve_placement(self.session, draft_id, answer)
            except ServiceError as trouble:
                self.say(trouble.message, MessageKind.WARN)
            self._paint()

        self.app.push_screen(ResolveScreen(view), after_answer)

    def action_ticket(self) -> None:
        """The ticket of the marked order, with its number once it has one."""
        view = self._selected_order()
        if view is None:
            self.say(NO_ORDER_SELECTED)
            return
        number = str(view.placement.order_id) if view.placement.order_id else ""
        ticket = self.session.tickets.ticket_from_draft(view, number=number)
        self.app.push_screen(TicketScreen(self.session, ticket, reprint=False))

    def action_adopt(self) -> None:
        """Go on with an order of another operator."""
        if self.session.placement.may_adopt:
            self.run_worker(self._adopt, name="orders of others", group="adopt", exclusive=True)
        else:
            self.say("This operator's role may not go on with another's orders.", MessageKind.WARN)

    async def _adopt(self) -> None:
        try:
            found = await self.session.placement.adoptable_orders()
        except ServiceError as trouble:
            self.say(trouble.message, MessageKind.BAD)
            return
        if not found:
            self.say("No other operator left an order on this machine.")
            return
        columns = (
            Column("For"),
            Column("Operator", 22),
            Column("Since", 12),
            Column("Lines", 5, Align.RIGHT),
        )
        rows = [
            ListRow(
                waiting.draft_id,
                (
                    waiting.customer_name,
                    waiting.operator,
                    f"{datetime.fromtimestamp(waiting.created_at).astimezone():%d %b %H:%M}",
                    str(waiting.lines),
                ),
            )
            for waiting in found
        ]

        async def chosen(draft_id: str | None) -> None:
            if draft_id is None:
                return
            try:
                view = await self.session.orders.adopt(draft_id)
            except ServiceError as trouble:
                self.say(trouble.message, MessageKind.BAD)
                return
            self._paint()
            self.say(f"The order for {view.customer_name} is yours now; that is on record.", MessageKind.GOOD)

        if self.is_active:
            self.app.push_screen(SelectScreen("Orders of other operators", columns, rows), chosen)

    def _selected_order(self) -> OrderView | None:
        key = self._list.cursor_key
        return next((view for view in self.session.orders.outbox if view.draft_id == key), None)

    def _paint(self) -> None:
        self._list.set_rows([outbox_row(view) for view in self.session.orders.outbox])
        self.show_header()
