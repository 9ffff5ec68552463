"""Products, variants, stores and stock as JSON text, and back.

Used by the catalogue and by the sign-in of operators without a line.
"""

from console.local.errors import UnreadableRecord
from console.local.fields import Fields, amount_to_text, to_text
from console.ordering.catalogue import Option, Product, ProductType, Variant
from console.ordering.stores import Location, StockLevel, StockReport

Record = dict[str, object]


def product_to_text(product: Product) -> str:
    """A product without its variants, which are kept apart."""
    return to_text(
        {
            "product_id": product.product_id,
            "title": product.title,
            "sku": product.sku,
            "category_id": product.category_id,
            "category": product.category,
            "price": amount_to_text(product.price),
            "list_price": amount_to_text(product.list_price),
            "type": product.product_type.value,
            "has_variants": product.has_variants,
            "available": product.available,
            "stock": product.stock,
            "barcode": product.barcode,
            "description": product.description,
        }
    )


def product_from_text(text: str, variants: tuple[Variant, ...] | None) -> Product:
    """The product that ``product_to_text`` made a text of.

    Raises:
        UnreadableRecord: the text is damaged.
    """
    fields = Fields.of_text(text)
    letter = fields.text("type")
    try:
        product_type = ProductType(letter)
    except ValueError:
        raise UnreadableRecord(diagnostics=f"unknown product type {letter[:40]!r}") from None
    return Product(
        product_id=fields.whole("product_id"),
        title=fields.text("title"),
        sku=fields.text("sku"),
        category_id=fields.text("category_id"),
        category=fields.text("category"),
        price=fields.amount("price"),
        list_price=fields.amount("list_price"),
        product_type=product_type,
        has_variants=fields.flag("has_variants"),
        variants=variants,
        available=fields.flag("available"),
        stock=fields.whole_or_none("stock"),
        barcode=fields.text("barcode"),
        description=fields.text("description"),
    )


def variants_to_text(variants: tuple[Variant, ...]) -> str:
    """The variants of one product."""
    return to_text({"variants": variants_records(variants)})


def variants_from_text(text: str) -> tuple[Variant, ...]:
    """The variants that ``variants_to_text`` made a text of.

    Raises:
        UnreadableRecord: the text is damaged.
    """
    return variants(Fields.of_text(text))


def variants_records(variants: tuple[Variant, ...]) -> list[Record]:
    """Variants as a list of JSON objects."""
    return [_variant_record(variant) for variant in variants]


def variants(record: Fields) -> tuple[Variant, ...]:
    """The variants that ``variants_records`` made a list of, kept under ``variants``.

    Raises:
        UnreadableRecord: the list is damaged.
    """
    return tuple(
        Variant(
            variant_id=fields.whole("variant_id"),
            product_id=fields.whole("product_id"),
            sku=fields.text("sku"),
            options=tuple(
                Option(option.text("name"), option.text("value")) for option in fields.items("options")
            ),
            price=fields.amount("price"),
            list_price=fields.amount("list_price"),
            stock=fields.whole_or_none("stock"),
        )
        for fields in record.items("variants")
    )


def report_to_text(report: StockReport) -> str:
    """What every store has of one product or variant."""
    levels = [
        {
            "location": location_record(level.location),
            "quantity": level.quantity,
            "price": None if level.price is None else amount_to_text(level.price),
        }
        for level in report.levels
    ]
    return to_text(
        {
            "product_id": report.product_id,
            "variant_id": report.variant_id,
            "levels": levels,
            "seen_at": report.seen_at,
        }
    )


def report_from_text(text: str) -> StockReport:
    """The report that ``stock_report_to_text`` made a text of.

    Raises:
        UnreadableRecord: the text is damaged.
    """
    fields = Fields.of_text(text)
    return StockReport(
        product_id=fields.whole("product_id"),
        variant_id=fields.whole("variant_id"),
        levels=tuple(
            StockLevel(
                location=location(level.inner("location")),
                quantity=level.whole("quantity"),
                price=level.amount_or_none("price"),
            )
            for level in fields.items("levels")
        ),
        seen_at=fields.number("seen_at"),
    )


def location_record(place: Location) -> Record:
    """A store as a JSON object."""
    return {
        "location_id": place.location_id,
        "code": place.code,
        "name": place.name,
        "city": place.city,
        "area": place.area,
        "pin": place.pin,
        "phone": place.phone,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def location(fields: Fields) -> Location:
    """The store that ``location_record`` made an object of.

    Raises:
        UnreadableRecord: the object is damaged.
    """
    return Location(
        location_id=fields.whole("location_id"),
        code=fields.text("code"),
        name=fields.text("name"),
        city=fields.text("city"),
        area=fields.text("area"),
        pin=fields.text("pin"),
        phone=fields.text("phone"),
        latitude=fields.number("latitude"),
        longitude=fields.number("longitude"),
    )


def _variant_record(variant: Variant) -> Record:
    return {
        "variant_id": variant.variant_id,
        "product_id": variant.product_id,
        "sku": variant.sku,
        "options": [{"name": option.name, "value": option.value} for option in variant.options],
        "price": amount_to_text(variant.price),
        "list_price": amount_to_text(variant.list_price),
        "stock": variant.stock,
    }
