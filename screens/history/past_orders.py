"""The screen of past orders: of a customer, of this store today, or by number, phone or name."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from console.ordering.customer import Customer
from console.ordering.money import Currency
from console.ordering.placed.past_orders import PastOrder
from console.services.events import ServiceError
from console.services.unreadable_text import unreadable_text
from screens.framework.commands import HELP_COMMANDS, Command, bindings, navigation_commands
from screens.framework.console_screen import OperatorScreen
from screens.history.past_order import PastOrderScreen
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind
from widgets.text_cells import Align
from widgets.text_field import FieldNote, TextField

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command("orders.open", "enter", "open", "Open", "Show the selected order"),
    Command(
        "orders.turn", "f4", "toggle_scope", "Day/Customer", "This store's orders of today, or the customer's"
    ),
    Command("orders.refresh", "f5", "refresh", "Refresh", "Search again"),
    *navigation_commands("orders"),
    *HELP_COMMANDS,
    Command("orders.back", "escape,f12", "back", "Back", "Clear the text, then go back"),
)
COLUMNS = (
    Column("Order", 9),
    Column("Ordered", 12),
    Column("Customer"),
    Column("State", 16),
    Column("Total", 10, Align.RIGHT),
)
NOT_STORED = "Past orders are not stored on this machine."


class PastOrdersScreen(OperatorScreen[None]):
    """A search field and the orders found; without a text, those of the customer or of today."""

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
        """``initial_text`` is searched for at once."""
        super().__init__(session)
        self._draft_id = draft_id
        self._customer = customer
        self._shows_store_day = customer is None
        self._field = TextField(initial_text, placeholder="order number, phone or name")
        self._heading = FieldNote()
        self._heading.id = "which"
        self._list = self.navigated_list = LineList(*COLUMNS, can_focus=False)
        self._orders: dict[str, PastOrder] = {}
        self._debounce: Timer | None = None

    def customer_name(self) -> str:
        """The customer of the orders, empty for those of the store."""
        return self._customer.name if self._customer else ""

    def body(self) -> Sequence[Widget]:
        """Search field, heading and orders."""
        return Horizontal(FieldNote("Order"), self._field, id="find"), self._heading, self._list

    def on_mount(self) -> None:
        """Search for the initial text, or list the orders of the customer or of today."""
        self._start_search()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search once typing pauses."""
        event.stop()
        if self._debounce is not None:
            self._debounce.stop()
        if self.session.debounce_ms:
            self._debounce = self.set_timer(self.session.debounce_ms / 1000, self._start_search)
        else:
            self._start_search()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Show the selected order."""
        event.stop()
        self.action_open()

    @work(exclusive=True, group="ask")
    async def action_open(self) -> None:
        """Show the selected order."""
        order = self._orders.get(self._list.cursor_key or "")
        if order is None:
            self.say("No order is selected.")
        else:
            self._update_order(await self.ask(PastOrderScreen(self.session, order, self._draft_id)))

    def action_toggle_scope(self) -> None:
        """Switch between the store's orders of today and the customer's orders."""
        if self._customer is None:
            self.say("No customer is selected: these are this store's orders of today.")
        else:
            self._shows_store_day = not self._shows_store_day
            self._field.value = ""
            self._start_search()

    def action_refresh(self) -> None:
        """Search again."""
        self._start_search()

    async def action_back(self) -> None:
        """Clear the field; if it is empty, go back."""
        if self._field.value:
            self._field.value = ""
        else:
            self.close()

    def _update_order(self, order: PastOrder | None) -> None:
        """Show an order as its screen saw it last."""
        if order is not None and str(order.number) in self._orders:
            self._orders[str(order.number)] = order
            self._paint()

    def _start_search(self) -> None:
        self._run_search(self._field.value.strip())

    @work(exclusive=True, group="search")
    async def _run_search(self, text: str) -> None:
        """Search and show the orders; a later search cancels this one."""
        history, customer = self.session.history, self._customer
        self._heading.text = "Searching."
        try:
            if text:
                heading, orders = f"Results for {text}", await history.search(text)
            elif customer is not None and not self._shows_store_day:
                heading, orders = f"Orders of {customer.name}", await history.of_customer(customer)
            else:
                heading, orders = f"Today at {self.session.location.name}", await history.of_today()
        except ServiceError as error:
            self._heading.text = ""
            if error.offline:
                self.say(f"{error.message} {NOT_STORED}", MessageKind.WARN, is_current=self.is_offline)
            else:
                self.say(error.message, MessageKind.WARN)
            return
        self.say(unreadable_text(orders, "order"), MessageKind.WARN)
        self._heading.text = f"{heading}: {len(orders)}"
        self._orders = {str(order.number): order for order in orders}
        self._list.empty = "No order matches." if text else "No orders yet."
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
        order.state.text,
        currency.format_number(order.total),
    )
    style = RowStyle.DIM if order.state.is_void else RowStyle.NORMAL
    return ListRow(str(order.number), cells, style)
