"""Bundles and deals of the menu: groups, the items of each group, and their prices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from console.ordering.catalogue import ProductType, Variant
from console.ordering.money import ZERO
from console.ordering.property_names import CRUST, SIZE, STRENGTH

__all__ = [
    "CRUST",
    "SIZE",
    "STRENGTH",
    "Bundle",
    "BundleGroup",
    "BundleItem",
    "BundleSource",
    "Bundles",
    "option_value",
]


class BundleSource(StrEnum):
    """Source of a bundle's groups."""

    PLATFORM = "platform"
    """Sent by the platform with the bundle's items."""
    SUPPLEMENT = "supplement"
    """Written in the profile's menu supplement."""
    ECHO = "echo"
    """Learnt from the cart's echo of the default bundle; other items have no known group."""


@dataclass(frozen=True, slots=True)
class BundleItem:
    """A product that can be in a group.

    ``variants`` differ by crust and size for a base, by size and strength for a topping. ``quantity`` is how
    many the menu puts in by default, ``variant_id`` the variant of these. ``included`` is the price of the
    default strength if it comes with the bundle, ``None`` if it costs its own price. ``price`` is its own
    price if it has no variants. In a deal, ``base_prices`` are the prices of a bundle's base in this slot, by
    size: the first size is the default unless ``variant_id`` names a base, and a size that is not listed
    cannot be taken (if empty: any size at its own price). ``extra`` is the price of choosing it on top of
    the deal. ``is_bundle`` means that it has groups of its own, found by its product id. Amounts are in the
    store's currency.
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
        """The variant with this id, ``None`` if it is not one of its own."""
        return next((v for v in self.variants if v.variant_id == variant_id), None)


@dataclass(frozen=True, slots=True)
class BundleGroup:
    """A group of a bundle, or a slot of a deal.

    It takes at least ``minimum`` and at most ``maximum`` units of its items, ``None`` for no limit; a topping
    counts once, on a half or on the whole. Of items without an included price, the first ``free`` units
    cost nothing. ``is_base`` marks the group of the one item whose variant is the bundle's crust and size.
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
        """Return True if choosing one item removes the other: one crust, one sauce."""
        return self.maximum == 1

    def item(self, product_id: int) -> BundleItem | None:
        """The item of this product, ``None`` if it is not in this group."""
        for item in self.items:  # a loop, for speed: called at every key, with hundreds of items
            if item.product_id == product_id:
                return item
        return None


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle or a deal of the menu.

    ``price`` is its own price, without its parts (0 for a pizza); ``floor`` is the least it ever costs.
    ``unplaced`` are items of unknown group: they are shown, but cannot be ordered.
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
        """Return True if its groups are slots for products and bundles; a deal has no base."""
        return self.product_type is ProductType.DEAL

    @property
    def base(self) -> BundleItem | None:
        """The item whose variant is crust and size, ``None`` for a deal."""
        return next((group.items[0] for group in self.groups if group.is_base and group.items), None)

    def group(self, group_id: int) -> BundleGroup | None:
        """The group with this id."""
        return next((group for group in self.groups if group.group_id == group_id), None)

    def group_of(self, product_id: int) -> BundleGroup | None:
        """The first group that has this product."""
        return next((group for group in self.groups if group.item(product_id)), None)


Bundles = Mapping[int, Bundle]
"""The bundles and deals whose groups are known, by product id."""


def option_value(variant: Variant | None, name: str) -> str:
    """The value of one of a variant's options, empty if it has no such option."""
    folded_name = name.casefold()
    for candidate in variant.options if variant else ():
        if candidate.name.casefold() == folded_name:
            return candidate.value
    return ""
