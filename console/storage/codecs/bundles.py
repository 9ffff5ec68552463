"""Bundles and deals with their groups as JSON text, and back.

Used by the store of bundles. The same toppings are in every pizza: their variants are written once.
"""

from collections.abc import Iterable

from console.ordering.catalogue import ProductType, Variant
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem, BundleSource
from console.storage.codecs.json_reader import JsonReader, decimal_to_text, to_json
from console.storage.codecs.products import Record, read_variants, variants_records
from console.storage.errors import UnreadableRecord

_VariantSets = dict[tuple[Variant, ...], int]


def bundles_to_text(bundles: Iterable[Bundle]) -> str:
    """Bundles and deals as one text."""
    variant_sets: _VariantSets = {}
    records = [_bundle_record(bundle, variant_sets) for bundle in bundles]
    return to_json(
        {"variant_sets": [{"variants": variants_records(form)} for form in variant_sets], "bundles": records}
    )


def bundles_from_text(text: str) -> tuple[Bundle, ...]:
    """The bundles that ``bundles_to_text`` made a text of.

    Raises:
        UnreadableRecord: the text is damaged.
    """
    reader = JsonReader.parse(text)
    variant_sets = [read_variants(form) for form in reader.get_objects("variant_sets")]
    return tuple(_read_bundle(record, variant_sets) for record in reader.get_objects("bundles"))


def _bundle_record(bundle: Bundle, variant_sets: _VariantSets) -> Record:
    return {
        "product_id": bundle.product_id,
        "title": bundle.title,
        "type": bundle.product_type.value,
        "price": decimal_to_text(bundle.price),
        "floor": decimal_to_text(bundle.floor),
        "source": bundle.source.value,
        "groups": [_group_record(group, variant_sets) for group in bundle.groups],
        "unplaced": [_item_record(item, variant_sets) for item in bundle.unplaced],
    }


def _read_bundle(reader: JsonReader, variant_sets: list[tuple[Variant, ...]]) -> Bundle:
    letter, source = reader.get_text("type"), reader.get_text("source")
    try:
        product_type, known_from = ProductType(letter), BundleSource(source)
    except ValueError:
        raise UnreadableRecord(diagnostics=f"unknown bundle {letter[:40]!r}, {source[:40]!r}") from None
    return Bundle(
        product_id=reader.get_int("product_id"),
        title=reader.get_text("title"),
        groups=tuple(_read_group(group, variant_sets) for group in reader.get_objects("groups")),
        product_type=product_type,
        price=reader.get_decimal("price"),
        floor=reader.get_decimal("floor"),
        source=known_from,
        unplaced=tuple(_read_item(item, variant_sets) for item in reader.get_objects("unplaced")),
    )


def _group_record(group: BundleGroup, variant_sets: _VariantSets) -> Record:
    return {
        "group_id": group.group_id,
        "title": group.title,
        "items": [_item_record(item, variant_sets) for item in group.items],
        "minimum": group.minimum,
        "maximum": group.maximum,
        "free": group.free,
        "is_base": group.is_base,
    }


def _read_group(reader: JsonReader, variant_sets: list[tuple[Variant, ...]]) -> BundleGroup:
    return BundleGroup(
        group_id=reader.get_int("group_id"),
        title=reader.get_text("title"),
        items=tuple(_read_item(item, variant_sets) for item in reader.get_objects("items")),
        minimum=reader.get_int("minimum"),
        maximum=reader.get_int_or_none("maximum"),
        free=reader.get_int("free"),
        is_base=reader.get_bool("is_base"),
    )


def _item_record(item: BundleItem, variant_sets: _VariantSets) -> Record:
    return {
        "product_id": item.product_id,
        "title": item.title,
        "variant_set": variant_sets.setdefault(item.variants, len(variant_sets)),
        "quantity": item.quantity,
        "variant_id": item.variant_id,
        "included": None if item.included is None else decimal_to_text(item.included),
        "price": decimal_to_text(item.price),
        "base_prices": [
            {"size": size, "price": decimal_to_text(price)} for size, price in item.base_prices.items()
        ],
        "extra": decimal_to_text(item.extra),
        "is_bundle": item.is_bundle,
        "whole_only": item.whole_only,
    }


def _read_item(reader: JsonReader, variant_sets: list[tuple[Variant, ...]]) -> BundleItem:
    index = reader.get_int("variant_set")
    if not 0 <= index < len(variant_sets):
        raise UnreadableRecord(diagnostics="an item's variants are missing")
    return BundleItem(
        product_id=reader.get_int("product_id"),
        title=reader.get_text("title"),
        variants=variant_sets[index],
        quantity=reader.get_int("quantity"),
        variant_id=reader.get_int("variant_id"),
        included=reader.get_decimal_or_none("included"),
        price=reader.get_decimal("price"),
        base_prices={
            record.get_text("size"): record.get_decimal("price")
            for record in reader.get_objects("base_prices")
        },
        extra=reader.get_decimal("extra"),
        is_bundle=reader.get_bool("is_bundle"),
        whole_only=reader.get_bool("whole_only"),
    )
