"""From the wire's products and variants to those of the menu, with this store's own price and stock.

Used by the menu's service and by that of bundles.
"""

from collections.abc import Sequence
from decimal import Decimal

from console.api.products.models import LocationStock
from console.api.products.models import WireVariant as VariantRecord
from console.ordering.catalogue import Option, ProductType, Variant
from console.ordering.money import Currency


def to_variant(record: VariantRecord, stock: LocationStock | None, currency: Currency) -> Variant:
    """A variant as it is sold here; ``stock`` is what the store says of it, ``None`` where it says nothing."""
    return Variant(
        variant_id=record.variant_id,
        product_id=record.product_id,
        sku=record.sku,
        options=options_of(record),
        price=price_at_store(record.web_price, stock, currency),
        list_price=currency.round(record.mrp),
        stock=stock.inventory if stock else record.inventory,
    )


def price_at_store(menu_price: Decimal, stock: LocationStock | None, currency: Currency) -> Decimal:
    """The store's own price where it has one."""
    return currency.round(stock.web_price if stock and stock.web_price else menu_price)


def to_product_type(letter: str) -> ProductType:
    """What kind of product a letter of the documents means; one that they do not name is a normal one."""
    try:
        return ProductType(letter)
    except ValueError:
        return ProductType.NORMAL


def options_of(record: VariantRecord) -> tuple[Option, ...]:
    """What a variant differs by, in the platform's own order."""
    values: Sequence[tuple[int, Option]] = [(v.rank, Option(v.name, v.value)) for v in record.values]
    return tuple(option for _, option in sorted(values, key=lambda pair: pair[0]))
