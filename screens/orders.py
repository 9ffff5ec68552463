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
from screens.base import DeskScreen
from screens.commands import KEYS, Command, bindings, moving
from screens.moving import MovesMark
from screens.past_order import PastOrderScreen
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind
from widgets.text_cells import Align
from widgets.text_field import FieldNote, TextField

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command("orders.open", "enter", "open", "Open", "Show the marked order"),
    Command("orders.turn", "f4", "turn", "Day/Customer", "Between this store's day and the customer"),
    Command("orders.refresh", "f5", "refresh", "Refresh", "Ask the platform again"),
    *moving("orders"),
    *KEYS,
    Command("orders.back", "escape,f12", "back", "Back", "Clear what is typed; then back"),
)
COLUMNS = (
    Column("Order", 9),
    Column("Ordered", 12),
    Column("Customer"),
    Column("State", 16),
    Column("Total", 10, Align.RIGHT),
)
NOT_KEPT = "Past orders are not kept on this machine."


class OrdersScreen(MovesMark, DeskScreen[None]):
    """A field and the orders found; with nothing typed, the customer's or the day's."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    COMMANDS_HERE = COMMANDS
    TITLE_HERE = "Orders"
    DEFAULT_CSS = """
    OrdersScreen {
        & #find { height: 1; margin: 1 1 0 1; &> FieldNote { width: 10; } }
        &> #which { margin: 0 1; height: 1; }
    }
    """

    def __init__(
        self,
        desk: "OperatorSession",
        customer: Customer | None = None,
        draft_id: str | None = None,
        *,
        typed: str = "",
    ) -> None:
        """``typed`` is searched for at once."""
        super().__init__(desk)
        self._draft_id = draft_id
        self._customer = customer
        self._of_day = customer is None
        self._field = TextField(typed, placeholder="order number, phone or name")
        self._which = FieldNote()
        self._which.id = "which"
        self._list = LineList(*COLUMNS, can_focus=False)
        self._orders: dict[str, PastOrder] = {}
        self._debounce: Timer | None = None

    def customer_name(self) -> str:
        """The customer whose orders these are."""
        return self._customer.name if self._customer else ""

    def body(self) -> Sequence[Widget]:
        """Field, which orders are shown, the orders."""
        return Horizontal(FieldNote("Order"), self._field, id="find"), self._which, self._list

    def on_mount(self) -> None:
        """Ask for the customer's orders, or the day's."""
        self._ask()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Ask once nothing was typed for a moment."""
        event.stop()
        if self._debounce is not None:
            self._debounce.stop()
        if self.desk.debounce_ms:
            self._debounce = self.set_timer(self.desk.debounce_ms / 1000, self._ask)
        else:
            self._ask()

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
            self.app.push_screen(PastOrderScreen(self.desk, order, self._draft_id), self._came_back)

    def action_turn(self) -> None:
        """Between this store's day and the customer's orders."""
        if self._customer is None:
            self.say("No customer is being served: this store's day is shown.")
        else:
            self._of_day = not self._of_day
            self._field.value = ""
            self._ask()

    def action_refresh(self) -> None:
        """Ask again."""
        self._ask()

    async def action_back(self) -> None:
        """Clear the field; with nothing typed, go back."""
        if self._field.value:
            self._field.value = ""
        else:
            self.close()

    def _came_back(self, order: PastOrder | None) -> None:
        """The order as it was last shown."""
        if order is not None and str(order.number) in self._orders:
            self._orders[str(order.number)] = order
            self._paint()

    def _ask(self) -> None:
        ask = partial(self._find, self._field.value.strip())
        self.run_worker(ask, name="past orders", group="past orders", exclusive=True)

    async def _find(self, text: str) -> None:
        """Show what fits; only the last question's answer is shown."""
        history, customer = self.desk.history, self._customer
        self._which.text = "Asking the platform."
        try:
            if text:
                what, found = f"Found for {text}", await history.search(text)
            elif customer is not None and not self._of_day:
                what, found = f"Orders of {customer.name}", await history.of_customer(customer)
            else:
                what, found = f"Today at {self.desk.location.name}", await history.of_today()
        except ServiceError as trouble:
            self._which.text = ""
            self.say(
                f"{trouble.message} {NOT_KEPT}" if trouble.offline else trouble.message, MessageKind.WARN
            )
            return
        self.say("")
        self._which.text = f"{what}: {len(found)}"
        self._orders = {str(order.number): order for order in found}
        self._list.empty = "No order fits." if text else "No orders yet."
        self._paint(home=True)

    def _paint(self, *, home: bool = False) -> None:
        orders = self._orders.values()
        self._list.set_rows([_row(order, self.desk.currency) for order in orders], home=home)


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
