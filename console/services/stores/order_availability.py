"""Availability and prices of a whole order at every store."""

from decimal import Decimal

from console.api.carts.checkout_requests import RequestedProduct
from console.api.carts.requests import WireDeliveryMode as WireMode
from console.api.errors import CartRefused, InvalidInput
from console.api.products.models import LocationStock
from console.api.transport.records import Records
from console.ordering.draft import DraftLine
from console.ordering.money import ZERO
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
from console.services.catalogue.product_mapping import STOCK_FAULT
from console.services.error_mapping import platform_errors
from console.services.events import ServiceError
from console.services.limited_concurrency import for_each_limited
from console.services.session_context import SessionContext
from console.services.views import OrderView
from console.sync.cart.mapping import item_request, map_cart
from console.sync.cart.observed_cart import CartLine, Configuration, ObservedCart


class OrderAvailabilityService:
    """Stock and prices of a whole order, store by store."""

    def __init__(self, context: SessionContext) -> None:
        self._api = context.api
        self._monitor = context.monitor
        self._locations = context.locations
        self._currency = context.currency
        self._properties = context.vocabulary.properties
        self._clock = context.clock

    async def availability_by_store(self, view: OrderView) -> Records[StoreAvailability]:
        """Return what each store has of an order; complete stores first, the order's own before others.

        Stock rows say which part is where; a store counts as complete only if the platform agrees (Get Common
        Stores for Cart Items).

        Raises:
            ServiceError: the platform is unreachable, or refused.
        """
        required = required_items(view.draft)
        rows: list[LocationStock] = []
        faults: list[str] = []

        async def fetch_one(product_id: int) -> None:
            found = await self._api.products.stock_by_location(product_id=product_id)
            rows.extend(found)
            faults.extend(found.faults)

        with platform_errors(self._monitor):
            await for_each_limited(dict.fromkeys(item.product_id for item in required), fetch_one)
        stock: dict[int, dict[StockKey, int]] = {}
        for row in rows:
            if row.inventory is None:
                faults.append(STOCK_FAULT)
            else:
                stock.setdefault(row.location_id, {})[row.product_id, row.variant_id] = row.inventory
        known_keys = {key for levels in stock.values() for key in levels}
        stores = await self._locations.all()
        # The stores have coordinates once all of them were read.
        order_store = self._locations.get(view.store.location_id)
        common_stores = await self._common_stores(
            [item for item in required if item.key in known_keys], order_store
        )
        ranked = rank_stores(required, stock, stores, order_store, common_stores)
        return Records(ranked, (*stores.faults, *faults))

    async def prices_at(self, view: OrderView, location: Location) -> StorePrices:
        """Price the order at another store, in an anonymous cart that is left to expire.

        What the platform leaves out although it reports success has no price there.

        Raises:
            ServiceError: the platform is unreachable, or the store refuses a line or takes nothing.
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
        observed = map_cart(cart, (), self._currency, self._clock.now(), self._properties)
        lines = _line_prices(view, observed)
        if not any(line.quantity for line in lines):
            raise ServiceError(f"{location.name} takes nothing of this order.")
        return StorePrices(location, lines)

    async def _common_stores(self, required: list[RequiredItem], location: Location) -> set[int] | None:
        """Return the ids of the stores that the platform says have everything, None if it does not say."""
        products = [RequestedProduct(n.product_id, n.variant_id, quantity=n.quantity) for n in required]
        if not products:
            return None
        place = (location.latitude, location.longitude)
        latitude, longitude = (Decimal(str(degrees)) for degrees in place) if any(place) else (None, None)
        try:
            with platform_errors(self._monitor):
                stores = await self._api.carts.common_stores(
                    products=products, latitude=latitude, longitude=longitude
                )
        except ServiceError as error:
            if isinstance(error.__cause__, CartRefused | InvalidInput):
                return None
            raise
        return {store.location_id for store in stores}


def _line_prices(view: OrderView, cart: ObservedCart) -> tuple[StoreLinePrice, ...]:
    """Share what the cart took among the order's lines, each with its price there."""
    remaining = {
        number: line.quantity
        for number, line in enumerate(cart.lines)
        if not line.free and cart.unavailability(line.configuration) is None
    }
    prices: list[StoreLinePrice] = []
    for line in view.draft.lines:
        taken: list[tuple[CartLine, int]] = []
        missing = line.quantity
        for number, cart_line in enumerate(cart.lines):
            quantity = min(missing, remaining.get(number, 0)) if _is_for(line, cart_line) else 0
            if quantity:
                taken.append((cart_line, quantity))
                remaining[number] -= quantity
                missing -= quantity
        current = _current_price(view, line)
        count = sum(quantity for _, quantity in taken)
        total = sum((cart_line.unit_price * quantity for cart_line, quantity in taken), ZERO)
        price = total / count if count else current
        prices.append(StoreLinePrice(line.line_id, line.item.title, current, price, count, line.quantity))
    return tuple(prices)


def _is_for(line: DraftLine, cart_line: CartLine) -> bool:
    """Return True if the cart line is what a line asked for; ordered unchanged, it comes with its parts."""
    item, configuration = line.item, cart_line.configuration
    if item.components:
        return configuration == Configuration.of(item)
    return (configuration.product_id, configuration.variant_id) == (item.product_id, item.variant_id)


def _current_price(view: OrderView, line: DraftLine) -> Decimal:
    """Return the exact unit price at the order's own store, the platform's where it is known."""
    comparisons = zip(view.draft.lines, view.comparisons, strict=True)
    known = next((fact.unit_price for own, fact in comparisons if own.line_id == line.line_id), None)
    return known if known is not None else line.item.unit_price
