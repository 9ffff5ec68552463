"""The stock service for a whole order: which stores can give all of it, and what it costs at one of them.

Called by the screen of stores for the whole order.
"""

from decimal import Decimal

from console.api.carts.checkout_requests import RequestedProduct
from console.api.carts.requests import WireDeliveryMode as WireMode
from console.api.client import ApiClient
from console.api.errors import CartRefused, InvalidInput
from console.api.products.models import LocationStock
from console.ordering.draft import DraftLine
from console.ordering.money import Currency
from console.ordering.order_availability import (
    RequiredItem,
    StockKey,
    StoreAvailability,
    StoreLinePrice,
    StorePrices,
    rank_stores,
    required_items,
)
from console.ordering.stores import Location
from console.services.error_mapping import platform_errors
from console.services.events import ServiceError
from console.services.limited_concurrency import for_each_limited
from console.services.stores.locations import LocationService
from console.services.views import OrderView
from console.sync.cart.mapping import item_request, map_cart
from console.sync.cart.observed_cart import Configuration, ObservedCart
from console.sync.clock import Clock
from console.sync.connection.monitor import ConnectionMonitor


class OrderAvailabilityService:
    """Stock and prices of a whole order, store by store."""

    def __init__(
        self,
        *,
        api: ApiClient,
        monitor: ConnectionMonitor,
        locations: LocationService,
        currency: Currency,
        clock: Clock,
    ) -> None:
        self._api = api
        self._monitor = monitor
        self._locations = locations
        self._currency = currency
        self._clock = clock

    async def availability_by_store(self, view: OrderView) -> tuple[StoreAvailability, ...]:
        """What every store can give of it, those that have all of it first, and of them the one it is at.

        Stock says which part is where; that a store has all of it counts only where the platform says so
        too (Get Common Stores for Cart Items).

        Raises:
            ServiceError: the platform is not there, or refused.
        """
        wanted = required_items(view.draft)
        rows: list[LocationStock] = []

        async def fetch_one(product_id: int) -> None:
            rows.extend(await self._api.products.stock_by_location(product_id=product_id))

        with platform_errors(self._monitor):
            await for_each_limited(dict.fromkeys(need.product_id for need in wanted), fetch_one)
        stock: dict[int, dict[StockKey, int]] = {}
        for row in rows:
            stock.setdefault(row.location_id, {})[row.product_id, row.variant_id] = row.inventory
        known_keys = {key for levels in stock.values() for key in levels}
        stores = await self._locations.all()
        # Its store has a place once all of them were read.
        order_store = self._locations.get(view.store.location_id)
        common_stores = await self._common_stores(
            [need for need in wanted if need.key in known_keys], order_store
        )
        return rank_stores(wanted, stock, stores, order_store, common_stores)

    async def prices_at(self, view: OrderView, location: Location) -> StorePrices:
        """What the order costs at a store: told by a cart of nobody's, which is left to run out.

        Raises:
            ServiceError: the platform is not there, or that store does not take all of it.
        """
        with platform_errors(self._monitor):
            token = (await self._api.customers.access_token()).access_token
            for line in view.draft.lines:
                await self._api.carts.add_items(
                    token=token,
                    items=[item_request(line.item, line.quantity, location.location_id)],
                    delivery_mode=WireMode(view.draft.checkout.mode),
                )
            cart = await self._api.carts.get(token=token)
        observed_cart = map_cart(cart, (), self._currency, self._clock.now())
        lines = tuple(
            StoreLinePrice(
                line.line_id,
                line.item.title,
                _current_price(view, line),
                self._observed_price(observed_cart, line),
            )
            for line in view.draft.lines
        )
        return StorePrices(location, lines, observed_cart.totals.total)

    async def _common_stores(self, wanted: list[RequiredItem], location: Location) -> set[int] | None:
        """The stores that the platform says have all of it, ``None`` where it does not say."""
        products = [RequestedProduct(n.product_id, n.variant_id, quantity=n.quantity) for n in wanted]
        if not products:
            return None
        place = (location.latitude, location.longitude)
        latitude, longitude = (Decimal(str(degrees)) for degrees in place) if any(place) else (None, None)
        try:
            with platform_errors(self._monitor):
                stores = await self._api.carts.common_stores(
                    products=products, latitude=latitude, longitude=longitude
                )
        except ServiceError as trouble:
            if isinstance(trouble.__cause__, CartRefused | InvalidInput):
                return None
            raise
        return {store.location_id for store in stores}

    def _observed_price(self, observed_cart: ObservedCart, line: DraftLine) -> Decimal:
        found = observed_cart.lines_of(Configuration.of(line.item)) or tuple(
            # Ordered as on the menu, it comes back with its parts.
            c
            for c in observed_cart.lines
            if c.configuration.product_id == line.item.product_id
        )
        return found[0].unit_price if found else self._currency.round(line.item.unit_price)


def _current_price(view: OrderView, line: DraftLine) -> Decimal:
    """What one costs here: the platform's word where there is one."""
    comparisons = zip(view.draft.lines, view.comparisons, strict=True)
    known = next((fact.unit_price for own, fact in comparisons if own.line_id == line.line_id), None)
    return known if known is not None else view.currency.round(line.item.unit_price)
