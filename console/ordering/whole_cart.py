"""Which stores can give all of an order, and what the others lack.

Filled by the desk from every store's stock; shown by the screen of stores for the whole order.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from console.ordering.draft import Component, Draft
from console.ordering.store import Location

Key = tuple[int, int]
"""A product and its variant, by both ids."""


@dataclass(frozen=True, slots=True)
class Need:
    """How many of a product or variant the whole order takes, the parts of its bundles among them."""

    product_id: int
    variant_id: int
    quantity: int
    title: str

    @property
    def key(self) -> Key:
        """Product and variant."""
        return self.product_id, self.variant_id


@dataclass(frozen=True, slots=True)
class Lack:
    """What a store has too few of."""

    need: Need
    has: int

    @property
    def words(self) -> str:
        """As the operator reads it."""
        return f"{self.need.title}: {self.has or 'none'} of {self.need.quantity}"


@dataclass(frozen=True, slots=True)
class StoreOffer:
    """What a store can give of an order. ``distance_km`` is ``None`` where a place is not known.

    ``is_named`` says whether the platform, too, names it among those that have all of it.
    """

    location: Location
    distance_km: float | None
    lacks: tuple[Lack, ...]
    is_named: bool = True

    @property
    def has_all(self) -> bool:
        """Whether it can give all of it."""
        return self.is_named and not self.lacks


@dataclass(frozen=True, slots=True)
class StorePrice:
    """What a line costs for one, here and at another store."""

    line_id: str
    title: str
    here: Decimal
    there: Decimal


@dataclass(frozen=True, slots=True)
class StorePrices:
    """What an order costs at another store, by the platform's own word."""

    location: Location
    lines: tuple[StorePrice, ...]
    total: Decimal

    @property
    def changed(self) -> tuple[StorePrice, ...]:
        """The lines whose price is another one there."""
        return tuple(line for line in self.lines if line.here != line.there)


def needs(draft: Draft) -> tuple[Need, ...]:
    """What the order takes of each product and variant, in the order of its lines."""
    count: Counter[Key] = Counter()
    titles: dict[Key, str] = {}

    def take(product_id: int, variant_id: int, title: str, quantity: int) -> None:
        key = product_id, variant_id
        count[key] += quantity
        titles.setdefault(key, title)

    def take_parts(components: tuple[Component, ...], quantity: int) -> None:
        for component in components:
            many = component.quantity * quantity
            take(component.product_id, component.variant_id, component.title, many)
            take_parts(component.components, many)

    for line in draft.lines:
        item = line.item
        take(item.product_id, item.variant_id, f"{item.title} {item.options}".strip(), line.quantity)
        take_parts(item.components, line.quantity)
    return tuple(Need(*key, quantity, titles[key]) for key, quantity in count.items())


def offers(
    wanted: Iterable[Need],
    stock: Mapping[int, Mapping[Key, int]],
    stores: Iterable[Location],
    here: Location,
    named: Container[int] | None = None,
) -> tuple[StoreOffer, ...]:
    """Every store: those that have all of it first, this one before the others, then by distance.

    ``stock`` is by location id, ``named`` are the ids of the stores that the platform says have all of it,
    ``None`` where it does not say. What no store has a figure of is not kept in stock, such as a bundle
    that is made of its parts.
    """
    kept = {key for levels in stock.values() for key in levels}
    counted = [need for need in wanted if need.key in kept]
    found = [
        StoreOffer(
            store,
            here.distance_km(store),
            _lacks(counted, stock.get(store.location_id, {})),
            is_named=named is None or store.location_id in named,
        )
        for store in stores
    ]

    def key(offer: StoreOffer) -> tuple[bool, bool, bool, float, str]:
        elsewhere = offer.location.location_id != here.location_id
        distance = offer.distance_km
        return not offer.has_all, elsewhere, distance is None, distance or 0.0, offer.location.name

    return tuple(sorted(found, key=key))


def _lacks(counted: Iterable[Need], levels: Mapping[Key, int]) -> tuple[Lack, ...]:
    lacking = ((need, max(0, levels.get(need.key, 0))) for need in counted)
    return tuple(Lack(need, has) for need, has in lacking if has < need.quantity)
