"""Maps the wire's products and variants to the menu's, with this store's price and stock."""

from collections.abc import Sequence
from decimal import Decimal

from console.api.products.models import LocationStock
from console.api.products.models import WireProduct as ProductRecord
from console.api.products.models import WireVariant as VariantRecord
from console.ordering.catalogue import Option, ProductType, Variant
from console.ordering.money import without_noise
from console.ordering.quantity_limits import QuantityLimits

STORE_PRICE_FAULT = "Webprice: odd"
"""The fault of a product or variant whose price at the store cannot be read."""


STOCK_FAULT = "Inventory: odd"
"""The fault of a store's stock that cannot be read."""


def to_variant(record: VariantRecord, stock: LocationStock | None) -> Variant:
    """Map a variant to what this store sells; ``stock`` is the store's row, None without one."""
    return Variant(
        variant_id=record.variant_id,
        product_id=record.product_id,
        sku=record.sku,
        options=options_of(record),
        price=price_at_store(record.web_price, stock),
        list_price=without_noise(record.mrp),
        stock=stock.inventory if stock else record.inventory,
    )


def has_readable_price(stock: LocationStock | None) -> bool:
    """Return False if the store has a price of its own that cannot be read: the menu's would be wrong."""
    return stock is None or stock.web_price is not None


def price_at_store(menu_price: Decimal, stock: LocationStock | None) -> Decimal:
    """Return the store's own price where it has one, else the menu's: exact, for it is multiplied."""
    return without_noise(stock.web_price if stock and stock.web_price else menu_price)


def to_limits(record: ProductRecord) -> QuantityLimits | None:
    """Return the quantities that an order can have of a product, None if it has every one."""
    limits = QuantityLimits(
        max(0, record.minimum_quantity), max(0, record.maximum_quantity), max(1, record.package_quantity)
    )
    return None if limits == QuantityLimits() else limits


def to_product_type(letter: str) -> ProductType:
    """Map a documented letter to a product type; any other letter means a normal product."""
    try:
        return ProductType(letter)
    except ValueError:
        return ProductType.NORMAL


def options_of(record: VariantRecord) -> tuple[Option, ...]:
    """Return a variant's options, in the platform's order."""
    values: Sequence[tuple[int, Option]] = [(v.rank, Option(v.name, v.value)) for v in record.values]
    return tuple(option for _, option in sorted(values, key=lambda pair: pair[0]))
