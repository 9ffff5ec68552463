"""The outbox: every unfinished order and the last ones placed, with state and latest message."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.widget import Widget

from console.ordering.store_time import StoreTime
from console.services.events import Event, OrderChanged
from console.services.views import OrderView, PlacementStatus
from screens.checkout.review import review_conflicts
from screens.dialogs.select import SelectScreen
from screens.framework.commands import BACK, HELP_COMMANDS, Command, bindings, navigation_commands
from screens.framework.console_screen import OperatorScreen
from screens.framework.work_once import work_once
from screens.history.ticket import TicketScreen
from screens.outbox.conflict_rows import is_blocked_by_conflicts
from screens.outbox.overdue_dialog import ask_overdue
from screens.outbox.resolve_dialog import ResolveScreen, decisions
from screens.outbox.rows import COLUMNS, FINISHED_STATES, outbox_row
from widgets.lists.columns import Column, ListRow
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind
from widgets.text_cells import Align

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession
    from console.services.orders.placement import AdoptableOrder

COMMANDS = (
    Command("outbox.edit", "enter,e", "edit", "Open", "Open the order, or review what stopped it"),
    Command("outbox.decide", "f4,d", "resolve", "Resolve", "Decide what became of an order"),
    Command("outbox.send", "f6,r", "retry", "Retry", "Retry every order now"),
    Command("outbox.print", "f7,p", "ticket", "Ticket", "Show and print the ticket"),
    Command("outbox.adopt", "f8,a", "adopt", "Take over", "Take over another operator's order"),
    *navigation_commands("outbox"),
    *HELP_COMMANDS,
    BACK,
)
ADOPT_COLUMNS = (
    Column("For"),
    Column("Operator", 22),
    Column("Since", 12),
    Column("Lines", 5, Align.RIGHT),
)
NO_ORDER_SELECTED = "No order is selected."


class OutboxScreen(OperatorScreen[str]):
    """Closes with the id of an order to open."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Outbox"
    AUTO_FOCUS = "LineList"

    def __init__(self, session: "OperatorSession") -> None:
        super().__init__(session)
        self._list = self.navigated_list = LineList(*COLUMNS, empty="No unfinished orders.")

    def body(self) -> Iterable[Widget]:
        """Return the list."""
        return (self._list,)

    def on_mount(self) -> None:
        """Select the first order that needs the operator."""
        self._paint()
        first = next(
            (v for v in self.session.orders.outbox if v.placement.state is PlacementStatus.NEEDS_ATTENTION),
            None,
        )
        if first is not None:
            self._list.move_to_key(first.draft_id)

    def handle_event(self, event: Event) -> None:
        """Show the new state of an order."""
        if isinstance(event, OrderChanged):
            self._paint()
        super().handle_event(event)

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        """Open the order on Enter."""
        event.stop()
        self.action_edit()

    def action_edit(self) -> None:
        """Open the selected order: its decision, its conflicts, or the order as a draft."""
        view = self._selected_order()
        if view is None:
            self.say(NO_ORDER_SELECTED)
        elif view.placement.needs_decision:
            self.action_resolve()
        elif view.placement.state in FINISHED_STATES:
            self.say("Already placed. F7 shows the ticket; the past orders show its status.")
        elif view.placement.quoted_total is None:
            self.close(view.draft_id)
        elif is_blocked_by_conflicts(view):
            self._review_conflicts(view.draft_id)
        elif view.is_overdue:
            self._ask_overdue(view.draft_id)
        else:
            self._withdraw(view)

    @work(exclusive=True, group="ask")
    async def _review_conflicts(self, draft_id: str) -> None:
        if (next_id := await review_conflicts(self, draft_id)) is not None:
            self.close(next_id)
        else:
            self._paint()

    @work(exclusive=True, group="ask")
    async def _ask_overdue(self, draft_id: str) -> None:
        await ask_overdue(self, draft_id)
        self._paint()

    @work_once("withdraw")
    async def _withdraw(self, view: OrderView) -> None:
        with self.attempt(MessageKind.WARN):
            await self.session.placement.withdraw(view.draft_id)
            self.close(view.draft_id)

    @work(exclusive=True, group="ask")
    async def action_resolve(self) -> None:
        """Decide what became of an order whose outcome is not proved."""
        view = self._selected_order()
        if view is None or not view.placement.needs_decision:
            self.say("This order needs no decision.")
            return
        key = await self.ask(ResolveScreen(view))
        if key is not None:
            with self.attempt(MessageKind.WARN):
                self.session.placement.decide(view.draft_id, decisions(view)[key])
            self._paint()

    def action_ticket(self) -> None:
        """Show the ticket of the selected order, with its number if it has one."""
        view = self._selected_order()
        if view is None:
            self.say(NO_ORDER_SELECTED)
            return
        ticket = self.session.tickets.ticket_of_order(view)
        self.app.push_screen(TicketScreen(self.session, ticket, reprint=view.is_earlier))

    @work(exclusive=True, group="ask")
    async def action_adopt(self) -> None:
        """Take over an order of another operator."""
        if not self.session.placement.may_adopt:
            self.say("This role may not take over orders of other operators.", MessageKind.WARN)
            return
        with self.attempt():
            found = await self.session.placement.adoptable_orders()
            if not found:
                self.say("No other operator left an order on this machine.")
                return
            rows = [_adoptable_row(order, self.session.store_time) for order in found]
            draft_id = await self.ask(SelectScreen("Orders of other operators", ADOPT_COLUMNS, rows))
            if draft_id is not None:
                with self.hold_keys():
                    view = await self.session.orders.adopt(draft_id)
                self._paint()
                text = f"You took over the order for {view.customer_name}; that is recorded."
                self.say(text, MessageKind.GOOD)

    def _selected_order(self) -> OrderView | None:
        key = self._list.cursor_key
        return next((view for view in self.session.orders.outbox if view.draft_id == key), None)

    def _paint(self) -> None:
        self._list.set_rows([outbox_row(view) for view in self.session.orders.outbox])
        self.show_header()


def _adoptable_row(order: "AdoptableOrder", store_time: StoreTime) -> ListRow:
    since = store_time.at(order.created_at)
    cells = (order.customer_name, order.operator, f"{since:%d %b %H:%M}", str(order.lines))
    return ListRow(order.draft_id, cells)
