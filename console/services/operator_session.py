"""One operator's session at one store: the services that the screens talk to."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from console.ordering.customer import Operator
from console.ordering.money import Currency
from console.ordering.pricing.half_rule import HalfRule
from console.ordering.store_time import StoreTime
from console.ordering.stores import Location
from console.services.catalogue.quick_order import QuickOrderService
from console.services.catalogue.service import MenuService
from console.services.catalogue.suggestions import SuggestionService
from console.services.events import ConnectionState
from console.services.history.reorder import ReorderService
from console.services.history.service import HistoryService
from console.services.orders.checkout import CheckoutService
from console.services.orders.placement import PlacementService
from console.services.orders.service import OrderService
from console.services.people.customers import CustomerService
from console.services.session_context import SessionContext
from console.services.stores.order_availability import OrderAvailabilityService
from console.services.stores.product_stock import StockService
from console.services.stores.stock_adjustment import StockAdjustmentService
from console.services.stores.store_services import StoreRegistry
from console.services.tickets.service import TicketService


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OperatorSession:
    """One operator at one store. It holds no rule of its own."""

    context: SessionContext
    operator: Operator
    location: Location
    customers: CustomerService
    menu: MenuService
    suggestions: SuggestionService
    quick_order: QuickOrderService
    stock: StockService
    stock_adjustment: StockAdjustmentService
    order_availability: OrderAvailabilityService
    orders: OrderService
    placement: PlacementService
    checkout: CheckoutService
    history: HistoryService
    reorder: ReorderService
    tickets: TicketService
    stores: StoreRegistry
    on_signed_out: Callable[[], Awaitable[None]]
    """Called once the session has ended."""

    @property
    def currency(self) -> Currency:
        """The currency of the store."""
        return self.context.currency

    @property
    def store_time(self) -> StoreTime:
        """The clock of the store, which every screen shows."""
        return self.context.store_time

    @property
    def half_rule(self) -> HalfRule:
        """The estimate's rule for what half a topping costs."""
        return self.context.profile.pricing.half_rule

    @property
    def connection_state(self) -> ConnectionState:
        """The state of the connection to the platform."""
        return self.context.monitor.state

    @property
    def debounce_ms(self) -> int:
        """Milliseconds without a key before a search is sent."""
        return self.context.preferences().debounce_ms

    def at_store(self, location: Location) -> "OperatorSession":
        """Return this session as it is for an order at a store: with that store's menu and stock."""
        if location.location_id == self.location.location_id:
            return self
        store = self.stores.at(location)
        return replace(
            self,
            location=location,
            menu=store.menu,
            suggestions=store.suggestions,
            quick_order=store.quick_order,
            stock=store.stock,
            stock_adjustment=store.stock_adjustment,
            history=store.history,
            reorder=store.reorder,
        )

    async def begin(self) -> None:
        """Load the operator's open orders and the menu.

        Raises:
            ServiceError: this machine's files cannot be read.
        """
        await self.orders.begin()
        await self.menu.begin()

    async def sign_out(self) -> None:
        """End the session. Unsent orders stay on this machine, with this operator."""
        await self.stores.end()
        await self.orders.end()
        await self.on_signed_out()
