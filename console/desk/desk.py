"""The desk: what a signed-in operator's screens talk to, wired from ordering, local, sync and api.

Made by the door when an operator takes a store; it holds no rule of its own.
"""

from collections.abc import Awaitable, Callable

from console.config.settings import Settings
from console.desk.cart_stock import CartStockDesk
from console.desk.changes import ConnectionState
from console.desk.checkout import CheckoutDesk
from console.desk.customers import CustomersDesk
from console.desk.history import HistoryDesk
from console.desk.menu import MenuDesk
from console.desk.orders import OrdersDesk
from console.desk.quick import QuickDesk
from console.desk.repeating import RepeatDesk
from console.desk.shelf import ShelfDesk
from console.desk.stock import StockDesk
from console.desk.suggestions import SuggestionsDesk
from console.desk.tickets import TicketsDesk
from console.ordering.customer import Operator
from console.ordering.money import Currency
from console.ordering.pricing.half_rule import HalfRule
from console.ordering.stores import Location
from console.sync.connection.monitor import ConnectionMonitor


class Desk:
    """One operator at one store."""

    def __init__(
        self,
        *,
        operator: Operator,
        location: Location,
        currency: Currency,
        customers: CustomersDesk,
        menu: MenuDesk,
        suggestions: SuggestionsDesk,
        stock: StockDesk,
        shelf: ShelfDesk,
        cart_stock: CartStockDesk,
        orders: OrdersDesk,
        checkout: CheckoutDesk,
        history: HistoryDesk,
        repeating: RepeatDesk,
        tickets: TicketsDesk,
        link: ConnectionMonitor,
        half_rule: HalfRule,
        preferences: Callable[[], Settings],
        sign_out: Callable[[], Awaitable[None]],
    ) -> None:
        self.operator = operator
        self.location = location
        self.currency = currency
        self.customers = customers
        self.menu = menu
        self.suggestions = suggestions
        self.stock = stock
        self.shelf = shelf
        self.cart_stock = cart_stock
        self.orders = orders
        self.checkout = checkout
        self.history = history
        self.repeating = repeating
        self.tickets = tickets
        self.half_rule = half_rule
        """What half a topping costs in the estimate."""
        self.quick = QuickDesk(menu=menu, currency=currency, half_rule=half_rule)
        self._preferences = preferences
        self._link = link
        self._sign_out = sign_out

    @property
    def connection(self) -> ConnectionState:
        """The line as last seen."""
        return self._link.state

    @property
    def debounce_ms(self) -> int:
        """Milliseconds without a key before a search is sent."""
        return self._preferences().debounce_ms

    async def begin(self) -> None:
        """Take up the operator's orders and the menu.

        Raises:
            Trouble: what this machine remembers cannot be read.
        """
        await self.orders.begin()
        await self.menu.begin()

    async def sign_out(self) -> None:
        """End this operator's work here. Orders that are not sent stay on this machine, bound to them."""
        await self.menu.end()
        await self.orders.end()
        await self._sign_out()
