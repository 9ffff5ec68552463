"""Which stores can give all of an order, and what the others lack.

Filled by the desk from every store's stock; shown by the screen of stores for the whole order.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from console.ordering.draft import Component, Draft
from console.ordering.stores import Location

StockKey = tuple[int, int]
"""A product and its variant, by both ids."""


@dataclass(frozen=True, slots=True)
class RequiredItem:
    """How many of a product or variant the whole order takes, the parts of its bundles among them."""

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
    """What a store has too few of."""

    required: RequiredItem
    in_stock: int

    @property
    def text(self) -> str:
        """As the operator reads it."""
        return f"{self.required.title}: {self.in_stock or 'none'} of {self.required.quantity}"


@dataclass(frozen=True, slots=True)
class StoreAvailability:
    """What a store can give of an order. ``distance_km`` is ``None`` where a place is not known.

    ``is_confirmed`` says whether the platform, too, names it among those that have all of it.
    """

    location: Location
    distance_km: float | None
    shortages: tuple[Shortage, ...]
    is_confirmed: bool = True

    @property
    def has_all(self) -> bool:
        """Whether it can give all of it."""
        return self.is_confirmed and not self.shortages


@dataclass(frozen=True, slots=True)
class StoreLinePrice:
    """What a line costs for one, here and at another store."""

    line_id: str
    title: str
    current_price: Decimal
    other_price: Decimal


@dataclass(frozen=True, slots=True)
class StorePrices:
    """What an order costs at another store, by the platform's own word."""

    location: Location
    lines: tuple[StoreLinePrice, ...]
    total: Decimal

    @property
    def changed_lines(self) -> tuple[StoreLinePrice, ...]:
        """The lines whose price is another one there."""
        return tuple(line for line in self.lines if line.current_price != line.other_price)


def required_items(draft: Draft) -> tuple[RequiredItem, ...]:
    """What the order takes of each product and variant, in the order of its lines."""
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
    """Every store: those that have all of it first, this one before the others, then by distance.

    ``stock`` is by location id, ``confirmed_ids`` are the stores that the platform says have all of it,
    ``None`` where it does not say. What no store has a figure of is not kept in stock, such as a bundle
    that is made of its parts.
    """
    stocked_keys = {sort_key for levels in stock.values() for sort_key in levels}
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
