"""The desk: what a signed-in operator's screens talk to, wired from ordering, local, sync and api.

Made by the door when an operator takes a store; it holds no rule of its own.
"""

from collections.abc import Awaitable, Callable

from console.config.settings import Settings
from console.ordering.customer import Operator
from console.ordering.money import Currency
from console.ordering.pricing.half_rule import HalfRule
from console.ordering.stores import Location
from console.services.catalogue.quick_order import QuickOrderService
from console.services.catalogue.service import MenuService
from console.services.catalogue.suggestions import SuggestionService
from console.services.events import ConnectionState
from console.services.history.reorder import ReorderService
from console.services.history.service import HistoryService
from console.services.orders.checkout import CheckoutService
from console.services.orders.service import OrderService
from console.services.people.customers import CustomerService
from console.services.stores.order_availability import OrderAvailabilityService
from console.services.stores.product_stock import StockService
from console.services.stores.stock_adjustment import StockAdjustmentService
from console.services.tickets.service import TicketService
from console.sync.connection.monitor import ConnectionMonitor


class OperatorSession:
    """One operator at one store."""

    def __init__(
        self,
        *,
        operator: Operator,
        location: Location,
        currency: Currency,
        customers: CustomerService,
        menu: MenuService,
        suggestions: SuggestionService,
        stock: StockService,
        stock_adjustment: StockAdjustmentService,
        order_availability: OrderAvailabilityService,
        orders: OrderService,
        checkout: CheckoutService,
        history: HistoryService,
        reorder: ReorderService,
        tickets: TicketService,
        monitor: ConnectionMonitor,
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
        self.stock_adjustment = stock_adjustment
        self.order_availability = order_availability
        self.orders = orders
        self.checkout = checkout
        self.history = history
        self.reorder = reorder
        self.tickets = tickets
        self.half_rule = half_rule
        """What half a topping costs in the estimate."""
        self.quick_order = QuickOrderService(menu=menu, currency=currency, half_rule=half_rule)
        self._preferences = preferences
        self._monitor = monitor
        self._sign_out = sign_out

    @property
    def connection_state(self) -> ConnectionState:
        """The line as last seen."""
        return self._monitor.state

    @property
    def debounce_ms(self) -> int:
        """Milliseconds without a key before a search is sent."""
        return self._preferences().debounce_ms

    async def begin(self) -> None:
        """Take up the operator's orders and the menu.

        Raises:
            ServiceError: what this machine remembers cannot be read.
        """
        await self.orders.begin()
        await self.menu.begin()

    async def sign_out(self) -> None:
        """End this operator's work here. Orders that are not sent stay on this machine, bound to them."""
        await self.menu.end()
        await self.orders.end()
        await self._sign_out()
