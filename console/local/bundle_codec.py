"""Bundles and deals with their groups as JSON text, and back.

Used by the store of bundles. The same toppings are in every pizza: their variants are written once.
"""

from collections.abc import Iterable

from console.local.errors import UnreadableRecord
from console.local.fields import Fields, amount_to_text, to_text
from console.local.menu_codec import Record, variants, variants_records
from console.ordering.catalogue import ProductType, Variant
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem, BundleSource

_Forms = dict[tuple[Variant, ...], int]


def bundles_to_text(bundles: Iterable[Bundle]) -> str:
    """Bundles and deals as one text."""
    forms: _Forms = {}
    records = [_bundle_record(bundle, forms) for bundle in bundles]
    return to_text(
        {"variant_sets": [{"variants": variants_records(form)} for form in forms], "bundles": records}
    )


def bundles_from_text(text: str) -> tuple[Bundle, ...]:
    """The bundles that ``bundles_to_text`` made a text of.

    Raises:
        UnreadableRecord: the text is damaged.
    """
    fields = Fields.of_text(text)
    forms = [variants(form) for form in fields.items("variant_sets")]
    return tuple(_bundle(record, forms) for record in fields.items("bundles"))


def _bundle_record(bundle: Bundle, forms: _Forms) -> Record:
    return {
        "product_id": bundle.product_id,
        "title": bundle.title,
        "type": bundle.product_type.value,
        "price": amount_to_text(bundle.price),
        "floor": amount_to_text(bundle.floor),
        "source": bundle.source.value,
        "groups": [_group_record(group, forms) for group in bundle.groups],
        "unplaced": [_item_record(item, forms) for item in bundle.unplaced],
    }


def _bundle(fields: Fields, forms: list[tuple[Variant, ...]]) -> Bundle:
    letter, source = fields.text("type"), fields.text("source")
    try:
        product_type, known_from = ProductType(letter), BundleSource(source)
    except ValueError:
        raise UnreadableRecord(diagnostics=f"unknown bundle {letter[:40]!r}, {source[:40]!r}") from None
    return Bundle(
        product_id=fields.whole("product_id"),
        title=fields.text("title"),
        groups=tuple(_group(group, forms) for group in fields.items("groups")),
        product_type=product_type,
        price=fields.amount("price"),
        floor=fields.amount("floor"),
        source=known_from,
        unplaced=tuple(_item(item, forms) for item in fields.items("unplaced")),
    )


def _group_record(group: BundleGroup, forms: _Forms) -> Record:
    return {
        "group_id": group.group_id,
        "title": group.title,
        "items": [_item_record(item, forms) for item in group.items],
        "minimum": group.minimum,
        "maximum": group.maximum,
        "free": group.free,
        "is_base": group.is_base,
    }


def _group(fields: Fields, forms: list[tuple[Variant, ...]]) -> BundleGroup:
    return BundleGroup(
        group_id=fields.whole("group_id"),
        title=fields.text("title"),
        items=tuple(_item(item, forms) for item in fields.items("items")),
        minimum=fields.whole("minimum"),
        maximum=fields.whole_or_none("maximum"),
        free=fields.whole("free"),
        is_base=fields.flag("is_base"),
    )


def _item_record(item: BundleItem, forms: _Forms) -> Record:
    return {
        "product_id": item.product_id,
        "title": item.title,
        "variant_set": forms.setdefault(item.variants, len(forms)),
        "quantity": item.quantity,
        "variant_id": item.variant_id,
        "included": None if item.included is None else amount_to_text(item.included),
        "price": amount_to_text(item.price),
        "base_prices": [
            {"size": size, "price": amount_to_text(price)} for size, price in item.base_prices.items()
        ],
        "extra": amount_to_text(item.extra),
        "is_bundle": item.is_bundle,
        "whole_only": item.whole_only,
    }


def _item(fields: Fields, forms: list[tuple[Variant, ...]]) -> BundleItem:
    form = fields.whole("variant_set")
    if not 0 <= form < len(forms):
        raise UnreadableRecord(diagnostics="an item's variants are missing")
    return BundleItem(
        product_id=fields.whole("product_id"),
        title=fields.text("title"),
        variants=forms[form],
        quantity=fields.whole("quantity"),
        variant_id=fields.whole("variant_id"),
        included=fields.amount_or_none("included"),
        price=fields.amount("price"),
        base_prices={record.text("size"): record.amount("price") for record in fields.items("base_prices")},
        extra=fields.amount("extra"),
        is_bundle=fields.flag("is_bundle"),
        whole_only=fields.flag("whole_only"),
    )
