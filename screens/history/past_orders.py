"""Past orders: one customer's, this store's day, or those found by number, phone or name.

Opened from the customers and from an order under way; Enter shows one of them.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from console.ordering.customer import Customer
from console.ordering.money import Currency
from console.ordering.past_orders import OrderState, PastOrder
from console.services.events import ServiceError
from screens.framework.commands import HELP_COMMANDS, Command, bindings, navigation_commands
from screens.framework.console_screen import OperatorScreen
from screens.framework.list_navigation import ListNavigation
from screens.history.past_order import PastOrderScreen
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind
from widgets.text_cells import Align
from widgets.text_field import FieldNote, TextField

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command("orders.open", "enter", "open", "Open", "Show the marked order"),
    Command("orders.turn", "f4", "toggle_scope", "Day/Customer", "Between this store's day and the customer"),
    Command("orders.refresh", "f5", "refresh", "Refresh", "Ask the platform again"),
    *navigation_commands("orders"),
    *HELP_COMMANDS,
    Command("orders.back", "escape,f12", "back", "Back", "Clear what is typed; then back"),
)
COLUMNS = (
    Column("Order", 9),
    Column("Ordered", 12),
    Column("Customer"),
    Column("State", 16),
    Column("Total", 10, Align.RIGHT),
)
NOT_STORED = "Past orders are not kept on this machine."


class PastOrdersScreen(ListNavigation, OperatorScreen[None]):
    """A field and the orders found; with nothing typed, the customer's or the day's."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    SCREEN_TITLE = "Orders"
    DEFAULT_CSS = """
    PastOrdersScreen {
        & #find { height: 1; margin: 1 1 0 1; &> FieldNote { width: 10; } }
        &> #which { margin: 0 1; height: 1; }
    }
    """

    def __init__(
        self,
        session: "OperatorSession",
        customer: Customer | None = None,
        draft_id: str | None = None,
        *,
        initial_text: str = "",
    ) -> None:
        """``typed`` is searched for at once."""
        super().__init__(session)
        self._draft_id = draft_id
        self._customer = customer
        self._shows_store_day = customer is None
        self._field = TextField(initial_text, placeholder="order number, phone or name")
        self._heading = FieldNote()
        self._heading.id = "which"
        self._list = LineList(*COLUMNS, can_focus=False)
        self._orders: dict[str, PastOrder] = {}
        self._debounce: Timer | None = None

    def customer_name(self) -> str:
        """The customer whose orders these are."""
        return self._customer.name if self._customer else ""

    def body(self) -> Sequence[Widget]:
        """Field, which orders are shown, the orders."""
        return Horizontal(FieldNote("Order"), self._field, id="find"), self._heading, self._list

    def on_mount(self) -> None:
        """Ask for the customer's orders, or the day's."""
        self._start_search()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Ask once nothing was typed for a moment."""
        event.stop()
        if self._debounce is not None:
            self._debounce.stop()
        if self.session.debounce_ms:
            self._debounce = self.set_timer(self.session.debounce_ms / 1000, self._start_search)
        else:
            self._start_search()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field opens the marked order."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Show the marked order."""
        order = self._orders.get(self._list.cursor_key or "")
        if order is None:
            self.say("No order is marked.")
        else:
            self.app.push_screen(PastOrderScreen(self.session, order, self._draft_id), self._update_order)

    def action_toggle_scope(self) -> None:
        """Between this store's day and the customer's orders."""
        if self._customer is None:
            self.say("No customer is being served: this store's day is shown.")
        else:
            self._shows_store_day = not self._shows_store_day
            self._field.value = ""
            self._start_search()

    def action_refresh(self) -> None:
        """Ask again."""
        self._start_search()

    async def action_back(self) -> None:
        """Clear the field; with nothing typed, go back."""
        if self._field.value:
            self._field.value = ""
        else:
            self.close()

    def _update_order(self, order: PastOrder | None) -> None:
        """The order as it was last shown."""
        if order is not None and str(order.number) in self._orders:
            self._orders[str(order.number)] = order
            self._paint()

    def _start_search(self) -> None:
        run_search = partial(self._run_search, self._field.value.strip())
        self.run_worker(run_search, name="past orders", group="past orders", exclusive=True)

    async def _run_search(self, text: str) -> None:
        """Show what fits; only the last question's answer is shown."""
        history, customer = self.session.history, self._customer
        self._heading.text = "Asking the platform."
        try:
            if text:
                heading, orders = f"Found for {text}", await history.search(text)
            elif customer is not None and not self._shows_store_day:
                heading, orders = f"Orders of {customer.name}", await history.of_customer(customer)
            else:
                heading, orders = f"Today at {self.session.location.name}", await history.of_today()
        except ServiceError as trouble:
            self._heading.text = ""
            self.say(
                f"{trouble.message} {NOT_STORED}" if trouble.offline else trouble.message, MessageKind.WARN
            )
            return
        self.say("")
        self._heading.text = f"{heading}: {len(orders)}"
        self._orders = {str(order.number): order for order in orders}
        self._list.empty = "No order fits." if text else "No orders yet."
        self._paint(home=True)

    def _paint(self, *, home: bool = False) -> None:
        orders = self._orders.values()
        self._list.set_rows([_row(order, self.session.currency) for order in orders], home=home)


def _row(order: PastOrder, currency: Currency) -> ListRow:
    ordered = f"{order.ordered_at:%d %b %H:%M}" if order.ordered_at else ""
    cells = (
        str(order.number),
        ordered,
        order.customer or "Walk-in",
        order.state,
        currency.format_number(order.total),
    )
    style = RowStyle.DIM if order.state is OrderState.CANCELLED else RowStyle.NORMAL
    return ListRow(str(order.number), cells, style)
