"""Values of the sandbox's menu: products, variants, pizzas (bundles) and deals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from console.sandbox.menu.dayparts import Daypart

CRUST = "Crust"
SIZE = "Size"
STRENGTH = "Strength"
REGULAR_STRENGTH = "Regular"
ZERO = Decimal(0)


class MenuProductKind(StrEnum):
    """Kind of a product, by the documents' letters (Get Products by Type & Page Number)."""

    NORMAL = "P"
    ADD_ON = "A"
    BUNDLE = "B"
    DEAL = "D"


@dataclass(frozen=True, slots=True)
class MenuCategory:
    """A category. One that is not ``is_listed`` holds only parts of other products."""

    category_id: str
    name: str
    is_listed: bool


@dataclass(frozen=True, slots=True)
class MenuVariant:
    """One variant of a product. ``price`` and ``list_price`` are in the merchant's currency.

    ``updates`` are values set by updates of it or of its product, by the documents' fields in lower case.
    """

    variant_id: int
    product_id: int
    sku: str
    options: tuple[tuple[str, str], ...]
    price: Decimal
    list_price: Decimal
    barcode: str = ""
    active: bool = True
    updates: Mapping[str, str] = field(default_factory=dict[str, str])

    def option(self, name: str) -> str:
        """The value of one option, empty if the variant has no such option."""
        return next((value for option, value in self.options if option == name), "")


@dataclass(frozen=True, slots=True)
class MenuProduct:
    """One product. ``staple`` is never out of stock; ``modes`` are the delivery modes it allows.

    ``updates`` are values set by updates, by the documents' fields in lower case.
    """

    product_id: int
    title: str
    sku: str
    kind: MenuProductKind
    category_id: str
    price: Decimal
    list_price: Decimal
    description: str = ""
    tags: tuple[str, ...] = ()
    barcode: str = ""
    active: bool = True
    staple: bool = False
    modes: tuple[str, ...] = ("H", "S")
    variants: tuple[MenuVariant, ...] = ()
    updates: Mapping[str, str] = field(default_factory=dict[str, str])

    def variant(self, variant_id: int) -> MenuVariant | None:
        """The variant with this id, ``None`` if the product has no such variant."""
        return next((v for v in self.variants if v.variant_id == variant_id), None)


@dataclass(frozen=True, slots=True)
class MenuBundleItem:
    """A topping of one pizza.

    ``is_default``: on the pizza unless removed; ``included_price`` is the price of the regular strength
    there, ``None`` for the topping's own price. ``whole_only`` forbids it on a half.
    """

    product_id: int
    group_id: int
    is_default: bool
    included_price: Decimal | None
    whole_only: bool = False


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """A group of a bundle, with the minimum and maximum number of items, ``None`` for no limit.

    The first ``free_count`` items without an included price cost nothing.
    """

    group_id: int
    name: str
    minimum: int = 0
    maximum: int | None = None
    free_count: int = 0


@dataclass(frozen=True, slots=True)
class MenuBundle:
    """A pizza: the base, whose variant is crust and size, and its possible toppings.

    ``groups`` are those of base and toppings, the base's first.
    """

    product_id: int
    base_id: int
    base_group: int
    default_base: int
    items: Mapping[int, MenuBundleItem]
    groups: Mapping[int, MenuGroup]


@dataclass(frozen=True, slots=True)
class MenuDealSlot:
    """A slot of a deal. ``default`` is product and quantity; ``base_prices`` is by pizza size."""

    group_id: int
    title: str
    default: tuple[tuple[int, int], ...]
    choices: tuple[int, ...]
    base_prices: Mapping[str, Decimal]
    extra_prices: Mapping[int, Decimal]

    @property
    def quantity(self) -> int:
        """Number of units that fill the slot."""
        return sum(quantity for _, quantity in self.default)


@dataclass(frozen=True, slots=True)
class MenuDeal:
    """A deal with its slots, in the order of the menu. ``price`` is the deal's own price, without its slots.

    A deal never costs less than ``minimum_price``. ``hours`` are when it may be ordered, ``None`` for always.
    """

    product_id: int
    price: Decimal
    slots: tuple[MenuDealSlot, ...]
    minimum_price: Decimal = ZERO
    hours: Daypart | None = None


@dataclass(frozen=True, slots=True)
class Menu:
    """The whole menu, with the look-ups that handlers need."""

    categories: Mapping[str, MenuCategory]
    products: Mapping[int, MenuProduct]
    bundles: Mapping[int, MenuBundle]
    deals: Mapping[int, MenuDeal]
    by_variant: Mapping[int, MenuVariant]
    by_sku: Mapping[str, int]
    properties: Mapping[str, tuple[str, ...]]
    """The properties of variants with their values, in the order of the menu."""

    def find_product(self, sku: str) -> MenuProduct | None:
        """The product of this SKU, in any case."""
        return self.products.get(self.by_sku.get(sku.casefold(), 0))

    def find_variant(self, sku: str) -> MenuVariant | None:
        """The variant of this SKU, in any case."""
        folded = sku.casefold()
        return next((v for v in self.by_variant.values() if v.sku.casefold() == folded), None)

    def is_sellable(self, product: MenuProduct) -> bool:
        """Return True if it can be ordered by itself: active, and not only a part of something else."""
        return product.active and product.kind is not MenuProductKind.ADD_ON

    def category_name(self, product: MenuProduct) -> str | None:
        """The name of the product's category, ``None`` if it is not listed."""
        category = self.categories[product.category_id]
        return category.name if category.is_listed else None


def regular_strength_variant(topping: MenuProduct, size: str) -> MenuVariant:
    """Return the variant of a topping in the regular strength for this size of pizza.

    Raises:
        KeyError: the topping does not come in this size.
    """
    for variant in topping.variants:
        if variant.option(SIZE) == size and variant.option(STRENGTH) == REGULAR_STRENGTH:
            return variant
    raise KeyError(size)
