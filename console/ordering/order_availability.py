"""Availability of a whole order at each store."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from console.ordering.draft import Component, Draft
from console.ordering.money import ZERO
from console.ordering.stores import Location

StockKey = tuple[int, int]
"""Product id and variant id."""


@dataclass(frozen=True, slots=True)
class RequiredItem:
    """The quantity of a product or variant in the whole order, the parts of bundles included."""

    product_id: int
    variant_id: int
    quantity: int
    title: str

    @property
    def key(self) -> StockKey:
        """Product and variant."""
        return self.product_id, self.variant_id


@dataclass(frozen=True, slots=True)
class Shortage:
    """An item that a store does not have enough of."""

    required: RequiredItem
    in_stock: int

    @property
    def text(self) -> str:
        """The shortage for the operator."""
        return f"{self.required.title}: {self.in_stock or 'none'} of {self.required.quantity}"


@dataclass(frozen=True, slots=True)
class StoreAvailability:
    """The stock of a store for an order. ``distance_km`` is ``None`` if a location is unknown.

    ``is_confirmed`` is False if the platform does not list the store among those that have all of it.
    """

    location: Location
    distance_km: float | None
    shortages: tuple[Shortage, ...]
    is_confirmed: bool = True

    @property
    def has_all(self) -> bool:
        """Return True if the store has all of the order."""
        return self.is_confirmed and not self.shortages


@dataclass(frozen=True, slots=True)
class StoreLinePrice:
    """The unit price of a line, here and at another store, which takes ``quantity`` of ``requested``.

    Prices are exact, to be rounded where they are shown. What the store does not take has no price there:
    ``other_price`` is the current one.
    """

    line_id: str
    title: str
    current_price: Decimal
    other_price: Decimal
    quantity: int
    requested: int


@dataclass(frozen=True, slots=True)
class StorePrices:
    """The price of an order at another store, as the platform says, without delivery and discounts.

    Both totals are of the same lines in the same quantities: those that the other store takes.
    """

    location: Location
    lines: tuple[StoreLinePrice, ...]

    @property
    def total(self) -> Decimal:
        """The price of those lines there."""
        return sum((line.other_price * line.quantity for line in self.lines), ZERO)

    @property
    def current_total(self) -> Decimal:
        """The price of the same lines at the order's own store."""
        return sum((line.current_price * line.quantity for line in self.lines), ZERO)

    @property
    def changed_lines(self) -> tuple[StoreLinePrice, ...]:
        """The lines with another price there."""
        return tuple(line for line in self.lines if line.quantity and line.current_price != line.other_price)

    @property
    def lacking_lines(self) -> tuple[StoreLinePrice, ...]:
        """The lines that the store does not take, or not in their whole quantity."""
        return tuple(line for line in self.lines if line.quantity < line.requested)


def required_items(draft: Draft) -> tuple[RequiredItem, ...]:
    """The quantity of each product and variant, in the order of the lines."""
    count: Counter[StockKey] = Counter()
    titles: dict[StockKey, str] = {}

    def add(product_id: int, variant_id: int, title: str, quantity: int) -> None:
        key = product_id, variant_id
        count[key] += quantity
        titles.setdefault(key, title)

    def add_parts(components: tuple[Component, ...], quantity: int) -> None:
        for component in components:
            total_quantity = component.quantity * quantity
            add(component.product_id, component.variant_id, component.title, total_quantity)
            add_parts(component.components, total_quantity)

    for line in draft.lines:
        item = line.item
        add(item.product_id, item.variant_id, f"{item.title} {item.options}".strip(), line.quantity)
        add_parts(item.components, line.quantity)
    return tuple(RequiredItem(*key, quantity, titles[key]) for key, quantity in count.items())


def rank_stores(
    required: Iterable[RequiredItem],
    stock: Mapping[int, Mapping[StockKey, int]],
    stores: Iterable[Location],
    current_store: Location,
    confirmed_ids: Container[int] | None = None,
) -> tuple[StoreAvailability, ...]:
    """Sort the stores: those that have all of it first, this one before the others, then by distance.

    ``stock`` is by location id. ``confirmed_ids`` are the stores that have all of it according to the
    platform, ``None`` if it does not say. An item that no store reports is not tracked in stock, such as
    a bundle that is made of its parts.
    """
    stocked_keys = {stock_key for levels in stock.values() for stock_key in levels}
    tracked = [need for need in required if need.key in stocked_keys]
    availabilities = [
        StoreAvailability(
            store,
            current_store.distance_km(store),
            _shortages(tracked, stock.get(store.location_id, {})),
            is_confirmed=confirmed_ids is None or store.location_id in confirmed_ids,
        )
        for store in stores
    ]

    def key(availability: StoreAvailability) -> tuple[bool, bool, bool, float, str]:
        is_other_store = availability.location.location_id != current_store.location_id
        distance = availability.distance_km
        return (
            not availability.has_all,
            is_other_store,
            distance is None,
            distance or 0.0,
            availability.location.name,
        )

    return tuple(sorted(availabilities, key=key))


def _shortages(required: Iterable[RequiredItem], levels: Mapping[StockKey, int]) -> tuple[Shortage, ...]:
    stock_of_required = ((need, max(0, levels.get(need.key, 0))) for need in required)
    return tuple(Shortage(need, has) for need, has in stock_of_required if has < need.quantity)
