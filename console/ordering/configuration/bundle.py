"""What a bundle or a deal may be made of: groups, what goes into each, and at which price.

Filled by the desk from the platform, a menu supplement or an echo; configured by ``pizza``, priced by
``pricing``, written as one line by ``quick_order``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from console.ordering.catalogue import ProductType, Variant
from console.ordering.money import ZERO

SIZE = "Size"
CRUST = "Crust"
STRENGTH = "Strength"
"""What variants differ by, as the documents name it."""


class BundleSource(StrEnum):
    """Where the groups of a bundle are known from."""

    PLATFORM = "platform"
    """The platform sent them with the bundle's items."""
    SUPPLEMENT = "supplement"
    """The profile's menu supplement."""
    ECHO = "echo"
    """Learnt from the echo of the default bundle: what is not in it has no known group."""


@dataclass(frozen=True, slots=True)
class BundleItem:
    """A product that may go into a group.

    ``variants`` are its forms: crust and size for a base, size and strength for a topping; empty where it
    has none. ``quantity`` is how many the menu puts in unasked, ``variant_id`` which form of it then.
    ``included`` is what the usual strength costs where it comes with the bundle, ``None`` where it costs its
    own price. ``price`` is its own price where it has no variants. In a deal, ``base_prices`` is what the
    base of a bundle costs in this slot, by size: the first size is in it unasked unless ``variant_id`` names
    a base, and one not named may not be taken (empty: any size at its own price); ``extra`` is what choosing
    it costs on top of the deal. ``is_bundle`` says that it has groups of its own, found by its product id.
    Amounts are in the store's currency.
    """

    product_id: int
    title: str
    variants: tuple[Variant, ...] = ()
    quantity: int = 0
    variant_id: int = 0
    included: Decimal | None = None
    price: Decimal = ZERO
    base_prices: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])
    extra: Decimal = ZERO
    is_bundle: bool = False
    whole_only: bool = False

    def variant(self, variant_id: int) -> Variant | None:
        """The variant with this id, where it is one of its own."""
        return next((v for v in self.variants if v.variant_id == variant_id), None)


@dataclass(frozen=True, slots=True)
class BundleGroup:
    """A group of a bundle, or a slot of a deal.

    At least ``minimum`` and at most ``maximum`` units of its items, ``None`` for no limit; a topping counts
    one wherever it lies. Of what has no included price, the ``free`` units put on first cost nothing.
    ``is_base`` marks the group of the one item whose variant is the bundle's crust and size.
    """

    group_id: int
    title: str
    items: tuple[BundleItem, ...]
    minimum: int = 0
    maximum: int | None = None
    free: int = 0
    is_base: bool = False

    @property
    def is_exclusive(self) -> bool:
        """Whether choosing one item of it takes out the other: one crust, one sauce."""
        return self.maximum == 1

    def item(self, product_id: int) -> BundleItem | None:
        """The item of this product, ``None`` where it does not go in here."""
        for item in self.items:  # a loop: asked for at every key, of hundreds of items
            if item.product_id == product_id:
                return item
        return None


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle or a deal as the menu has it.

    ``price`` is what it costs before anything that is in it (a deal's own price, 0 for a pizza), ``floor``
    the least it ever costs. ``unplaced`` are items of unknown group: shown, and not orderable.
    """

    product_id: int
    title: str
    groups: tuple[BundleGroup, ...]
    product_type: ProductType = ProductType.BUNDLE
    price: Decimal = ZERO
    floor: Decimal = ZERO
    source: BundleSource = BundleSource.PLATFORM
    unplaced: tuple[BundleItem, ...] = ()

    @property
    def is_deal(self) -> bool:
        """Whether its groups are slots that hold products and bundles, and it has no base of its own."""
        return self.product_type is ProductType.DEAL

    @property
    def base(self) -> BundleItem | None:
        """The item whose variant is crust and size, ``None`` for a deal."""
        return next((group.items[0] for group in self.groups if group.is_base and group.items), None)

    def group(self, group_id: int) -> BundleGroup | None:
        """The group with this id."""
        return next((group for group in self.groups if group.group_id == group_id), None)

    def group_of(self, product_id: int) -> BundleGroup | None:
        """The first group that this product goes into."""
        return next((group for group in self.groups if group.item(product_id)), None)


Bundles = Mapping[int, Bundle]
"""Every bundle and deal whose groups are known, by product id."""


def option_value(variant: Variant | None, name: str) -> str:
    """The value of one of a variant's options, empty where it has none of that name."""
    folded_name = name.casefold()
    for candidate in variant.options if variant else ():
        if candidate.name.casefold() == folded_name:
            return candidate.value
    return ""
