"""Products, variants and categories, independent of the wire format."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from console.ordering.quantity_limits import QuantityLimits


class ProductType(StrEnum):
    """Types of products, by the documents' letters (Get Products by Type & Page Number)."""

    NORMAL = "P"
    ADD_ON = "A"
    BUNDLE = "B"
    DEAL = "D"


@dataclass(frozen=True, slots=True)
class Option:
    """One property of a variant: ``Option("Size", "Large")``.

    ``name`` of a size, crust or strength is the documented one; ``printed_name`` is the platform's where it
    differs.
    """

    name: str
    value: str
    printed_name: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """A variant of a product. ``price`` and ``list_price`` are in the store's currency."""

    variant_id: int
    product_id: int
    sku: str
    options: tuple[Option, ...]
    price: Decimal
    list_price: Decimal
    stock: int | None = None

    @property
    def label(self) -> str:
        """The values of its options: ``Large Pan``."""
        return " ".join(option.value for option in self.options)


@dataclass(frozen=True, slots=True)
class Product:
    """One product of the menu.

    ``variants`` is ``None`` until they are fetched and empty if the product has none. ``stock`` is the
    quantity at the operator's location, ``None`` if unknown. ``limits`` is ``None`` without any.
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
    limits: QuantityLimits | None = None

    def variant(self, variant_id: int) -> Variant | None:
        """The variant with this id, ``None`` if unknown."""
        return next((v for v in self.variants or () if v.variant_id == variant_id), None)


@dataclass(frozen=True, slots=True)
class Category:
    """A category of the menu, with the number of its products."""

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
        """The categories that have products, in the menu's own order."""
        counts: dict[tuple[str, str], int] = {}
        for product in self.products:
            key = (product.category_id, product.category)
            counts[key] = counts.get(key, 0) + 1
        return tuple(Category(category_id, name, count) for (category_id, name), count in counts.items())


@dataclass(frozen=True, slots=True)
class MenuMatches:
    """Products that match a text, the best first. ``is_guess`` if a typing error had to be assumed."""

    products: tuple[Product, ...] = ()
    is_guess: bool = False
