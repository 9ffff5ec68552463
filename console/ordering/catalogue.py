"""Products, variants and categories as the console needs them, whatever shape the wire gave them.

Filled by the desk from the platform or from what this machine remembers; shown by the menu and stock widgets.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class ProductType(StrEnum):
    """What kind of product it is, by the documents' letters (Get Products by Type & Page Number)."""

    NORMAL = "P"
    ADD_ON = "A"
    BUNDLE = "B"
    DEAL = "D"


@dataclass(frozen=True, slots=True)
class Option:
    """One property of a variant: ``Option("Size", "Large")``."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One sellable form of a product. ``price`` and ``list_price`` are in the store's currency."""

    variant_id: int
    product_id: int
    sku: str
    options: tuple[Option, ...]
    price: Decimal
    list_price: Decimal
    stock: int | None = None

    @property
    def label(self) -> str:
        """The options' values as people say them: ``Large Pan``."""
        return " ".join(option.value for option in self.options)


@dataclass(frozen=True, slots=True)
class Product:
    """One product of the menu.

    ``variants`` is ``None`` until they have been fetched and empty where the product has none.
    ``stock`` is the quantity at the operator's location, ``None`` where it is not known.
    """

    product_id: int
    title: str
    sku: str
    category_id: str
    category: str
    price: Decimal
    list_price: Decimal
    product_type: ProductType = ProductType.NORMAL
    has_variants: bool = False
    variants: tuple[Variant, ...] | None = None
    available: bool = True
    stock: int | None = None
    barcode: str = ""
    description: str = ""

    def variant(self, variant_id: int) -> Variant | None:
        """The variant with this id, where it is known."""
        return next((v for v in self.variants or () if v.variant_id == variant_id), None)


@dataclass(frozen=True, slots=True)
class Category:
    """A category of the menu, with how many sellable products it has."""

    category_id: str
    name: str
    product_count: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The menu of one location as last seen. ``seen_at`` is Unix time in seconds."""

    location_id: int
    products: tuple[Product, ...]
    seen_at: float

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories that have something to sell, in the menu's own order."""
        counts: dict[tuple[str, str], int] = {}
        for product in self.products:
            key = (product.category_id, product.category)
            counts[key] = counts.get(key, 0) + 1
        return tuple(Category(category_id, name, count) for (category_id, name), count in counts.items())
