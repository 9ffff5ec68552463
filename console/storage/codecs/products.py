"""Products, variants, stores and stock as JSON text, and back.

Used by the catalogue and by the sign-in of operators without a line.
"""

from console.ordering.catalogue import Option, Product, ProductType, Variant
from console.ordering.stores import Location, StockLevel, StockReport
from console.storage.codecs.json_reader import JsonReader, decimal_to_text, to_json
from console.storage.errors import UnreadableRecord

Record = dict[str, object]


def product_to_text(product: Product) -> str:
    """A product without its variants, which are kept apart."""
    return to_json(
        {
            "product_id": product.product_id,
            "title": product.title,
            "sku": product.sku,
            "category_id": product.category_id,
            "category": product.category,
            "price": decimal_to_text(product.price),
            "list_price": decimal_to_text(product.list_price),
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
    reader = JsonReader.parse(text)
    letter = reader.get_text("type")
    try:
        product_type = ProductType(letter)
    except ValueError:
        raise UnreadableRecord(diagnostics=f"unknown product type {letter[:40]!r}") from None
    return Product(
        product_id=reader.get_int("product_id"),
        title=reader.get_text("title"),
        sku=reader.get_text("sku"),
        category_id=reader.get_text("category_id"),
        category=reader.get_text("category"),
        price=reader.get_decimal("price"),
        list_price=reader.get_decimal("list_price"),
        product_type=product_type,
        has_variants=reader.get_bool("has_variants"),
        variants=variants,
        available=reader.get_bool("available"),
        stock=reader.get_int_or_none("stock"),
        barcode=reader.get_text("barcode"),
        description=reader.get_text("description"),
    )


def variants_to_text(variants: tuple[Variant, ...]) -> str:
    """The variants of one product."""
    return to_json({"variants": variants_records(variants)})


def variants_from_text(text: str) -> tuple[Variant, ...]:
    """The variants that ``variants_to_text`` made a text of.

    Raises:
        UnreadableRecord: the text is damaged.
    """
    return read_variants(JsonReader.parse(text))


def variants_records(variants: tuple[Variant, ...]) -> list[Record]:
    """Variants as a list of JSON objects."""
    return [_variant_record(variant) for variant in variants]


def read_variants(reader: JsonReader) -> tuple[Variant, ...]:
    """The variants that ``variants_records`` made a list of, kept under ``variants``.

    Raises:
        UnreadableRecord: the list is damaged.
    """
    return tuple(
        Variant(
            variant_id=fields.get_int("variant_id"),
            product_id=fields.get_int("product_id"),
            sku=fields.get_text("sku"),
            options=tuple(
                Option(option.get_text("name"), option.get_text("value"))
                for option in fields.get_objects("options")
            ),
            price=fields.get_decimal("price"),
            list_price=fields.get_decimal("list_price"),
            stock=fields.get_int_or_none("stock"),
        )
        for fields in reader.get_objects("variants")
    )


def stock_report_to_text(report: StockReport) -> str:
    """What every store has of one product or variant."""
    levels = [
        {
            "location": location_record(level.location),
            "quantity": level.quantity,
            "price": None if level.price is None else decimal_to_text(level.price),
        }
        for level in report.levels
    ]
    return to_json(
        {
            "product_id": report.product_id,
            "variant_id": report.variant_id,
            "levels": levels,
            "seen_at": report.seen_at,
        }
    )


def stock_report_from_text(text: str) -> StockReport:
    """The report that ``stock_report_to_text`` made a text of.

    Raises:
        UnreadableRecord: the text is damaged.
    """
    reader = JsonReader.parse(text)
    return StockReport(
        product_id=reader.get_int("product_id"),
        variant_id=reader.get_int("variant_id"),
        levels=tuple(
            StockLevel(
                location=read_location(level.get_object("location")),
                quantity=level.get_int("quantity"),
                price=level.get_decimal_or_none("price"),
            )
            for level in reader.get_objects("levels")
        ),
        seen_at=reader.get_float("seen_at"),
    )


def location_record(store: Location) -> Record:
    """A store as a JSON object."""
    return {
        "location_id": store.location_id,
        "code": store.code,
        "name": store.name,
        "city": store.city,
        "area": store.area,
        "pin": store.pin,
        "phone": store.phone,
        "latitude": store.latitude,
        "longitude": store.longitude,
    }


def read_location(reader: JsonReader) -> Location:
    """The store that ``location_record`` made an object of.

    Raises:
        UnreadableRecord: the object is damaged.
    """
    return Location(
        location_id=reader.get_int("location_id"),
        code=reader.get_text("code"),
        name=reader.get_text("name"),
        city=reader.get_text("city"),
        area=reader.get_text("area"),
        pin=reader.get_text("pin"),
        phone=reader.get_text("phone"),
        latitude=reader.get_float("latitude"),
        longitude=reader.get_float("longitude"),
    )


def _variant_record(variant: Variant) -> Record:
    return {
        "variant_id": variant.variant_id,
        "product_id": variant.product_id,
        "sku": variant.sku,
        "options": [{"name": option.name, "value": option.value} for option in variant.options],
        "price": decimal_to_text(variant.price),
        "list_price": decimal_to_text(variant.list_price),
        "stock": variant.stock,
    }
