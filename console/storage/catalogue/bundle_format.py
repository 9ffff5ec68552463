"""Bundles as JSON text and back.

Every pizza has the same toppings, so the variants are written once and shared by the items.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from console.ordering.catalogue import Variant
from console.ordering.configuration.bundle import Bundle, BundleItem
from console.storage.errors import UnreadableRecord
from console.storage.record_format import RecordFormat, Stored


@dataclass(frozen=True, slots=True)
class _BundlesRecord:
    """Bundles whose items have no variants. ``item_sets`` has the index of each item's variants."""

    bundles: tuple[Bundle, ...]
    variant_sets: tuple[tuple[Variant, ...], ...]
    item_sets: tuple[int, ...]


_FORMAT = RecordFormat(Stored[_BundlesRecord])


def bundles_to_text(bundles: Iterable[Bundle]) -> str:
    """Bundles and deals as one line of JSON."""
    variant_sets: dict[tuple[Variant, ...], int] = {}
    item_sets: list[int] = []

    def without_variants(item: BundleItem) -> BundleItem:
        item_sets.append(variant_sets.setdefault(item.variants, len(variant_sets)))
        return replace(item, variants=())

    stripped = tuple(_with_items(bundle, without_variants) for bundle in bundles)
    return _FORMAT.dump(_BundlesRecord(stripped, tuple(variant_sets), tuple(item_sets)))


def bundles_from_text(text: str) -> tuple[Bundle, ...]:
    """The bundles that ``bundles_to_text`` wrote.

    Raises:
        UnreadableRecord: the text is damaged or of another version.
    """
    record = _FORMAT.load(text)
    if sum(1 for _ in _items(record.bundles)) != len(record.item_sets) or not all(
        0 <= number < len(record.variant_sets) for number in record.item_sets
    ):
        raise UnreadableRecord(diagnostics="the variants of an item are missing")
    item_sets = iter(record.item_sets)

    def with_variants(item: BundleItem) -> BundleItem:
        return replace(item, variants=record.variant_sets[next(item_sets)])

    return tuple(_with_items(bundle, with_variants) for bundle in record.bundles)


def _items(bundles: Iterable[Bundle]) -> Iterator[BundleItem]:
    for bundle in bundles:
        for group in bundle.groups:
            yield from group.items
        yield from bundle.unplaced


def _with_items(bundle: Bundle, change: Callable[[BundleItem], BundleItem]) -> Bundle:
    """The bundle with each item changed, in the order of ``_items``."""
    return replace(
        bundle,
        groups=tuple(replace(group, items=tuple(map(change, group.items))) for group in bundle.groups),
        unplaced=tuple(map(change, bundle.unplaced)),
    )
