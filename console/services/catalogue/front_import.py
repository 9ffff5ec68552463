"""Makes a menu supplement from the groups that the platform's Front API sends. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import cast

from pydantic import ValidationError

from console.api.products.front_models import FrontBundle, FrontGroup, FrontItem, FrontVariant
from console.config.menu_supplement import MAX_UNITS, BundleEntry, Supplement
from console.ordering.property_names import SIZE, PartProperties, PropertyNames

GROUPS_KEY = "bundleProductGroups"
DEAL_CODE = "D"
RADIO_BUTTON = "radio"
MAX_TITLE = 200
_ZERO = Decimal(0)
_MILLS = Decimal("0.001")
_HIGHEST = Decimal(10**9)

_Table = dict[str, object]
"""A table of the supplement, as its file has it."""


@dataclass(frozen=True, slots=True)
class FrontImport:
    """A supplement, and sentences about what could not be taken from the answer."""

    supplement: Supplement
    notes: tuple[str, ...] = ()


def import_front_groups(answer: object, properties: PropertyNames) -> FrontImport:
    """Make the supplement of every bundle and deal in an answer, wherever in it they are.

    A product that comes twice, such as in two languages, is taken once. ``properties`` learns the names that
    the bundles use.
    """
    notes: list[str] = []
    bundles: dict[int, FrontBundle] = {}
    unread = 0
    for record in _products_with_groups(answer):
        try:
            bundle = FrontBundle.model_validate(record)
        except ValidationError:
            unread += 1
        else:
            bundles.setdefault(bundle.product_id, bundle)
    if unread:
        notes.append(f"{_count(unread, 'product')} could not be read.")
    for bundle in bundles.values():
        _learn(bundle, properties)
    readers = [_BundleReader(bundle, properties, notes) for bundle in bundles.values()]
    entries = tuple(entry for reader in readers if (entry := reader.read()) is not None)
    return FrontImport(Supplement.model_validate({"version": 1, "bundle": entries}), tuple(notes))


def _products_with_groups(value: object) -> Iterator[dict[str, object]]:
    """Yield every product of an answer that has groups."""
    if isinstance(value, list):
        for entry in cast("list[object]", value):
            yield from _products_with_groups(entry)
    elif isinstance(value, dict):
        record = cast("dict[str, object]", value)
        if record.get(GROUPS_KEY):
            yield record
        else:
            for entry in record.values():
                yield from _products_with_groups(entry)


def _learn(bundle: FrontBundle, properties: PropertyNames) -> None:
    if not _is_deal(bundle):
        properties.learn(
            [
                PartProperties(_property_names(item), group.is_primary)
                for group in bundle.groups
                for item in group.items
            ]
        )


def _is_deal(bundle: FrontBundle) -> bool:
    """Return True for a deal: by its letter, or because items of it are bundles themselves."""
    items = [item for group in bundle.groups for item in group.items]
    return bundle.catalog_code.upper() == DEAL_CODE or any(map(_is_bundle, items))


def _is_bundle(item: FrontItem) -> bool:
    return item.base_id not in (0, item.product_id)


def _property_names(item: FrontItem) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.name for variant in item.variants for one in variant.properties))


class _BundleReader:
    """Reads one bundle, and notes what is left out of it."""

    def __init__(self, bundle: FrontBundle, properties: PropertyNames, notes: list[str]) -> None:
        self._bundle = bundle
        self._properties = properties
        self._notes = notes
        self._is_deal = _is_deal(bundle)

    def read(self) -> BundleEntry | None:
        bundle = self._bundle
        groups = sorted(bundle.groups, key=lambda group: group.position)
        unread = bundle.groups.unreadable
        if unread:
            self._note(f"{_count(unread, 'group')} could not be read.")
        base = None if self._is_deal else self._base_group(groups)
        entries: dict[int, _Table] = {}
        for group in groups:
            entry = self._group(group, is_base=group is base)
            if entry is None or group.group_id <= 0 or group.group_id in entries:
                self._note(f"the group {group.title or group.group_id} is left out.")
            else:
                entries[group.group_id] = entry
        has_base = any(entry.get("base") for entry in entries.values())
        if not entries or bundle.product_id <= 0:
            self._note("it has no group that can be read, and is left out.")
            return None
        if not (self._is_deal or has_base):
            self._note("no group of crust and size: its groups are taken as slots.")
        table: _Table = {
            "product": bundle.product_id,
            "title": bundle.title[:MAX_TITLE],
            "deal": not has_base,
            "price": _amount(bundle.web_price),
            "group": list(entries.values()),
        }
        try:
            return BundleEntry.model_validate(table)
        except ValidationError:
            self._note("an id or a number in it is not possible, and it is left out.")
            return None

    def _base_group(self, groups: Sequence[FrontGroup]) -> FrontGroup | None:
        """Return the group of crust and size: as the platform flags it, else by its properties."""
        flagged = next((group for group in groups if group.is_primary and group.items), None)
        with_crust = (
            group
            for group in groups
            for item in group.items
            if any(map(self._properties.is_crust, _property_names(item)))
        )
        return flagged or next(with_crust, None)

    def _group(self, group: FrontGroup, *, is_base: bool) -> _Table | None:
        items = self._items(group, is_base=is_base)
        if not items:
            return None
        takes_one = is_base or _is_radio(group)
        maximum = 1 if takes_one else min(group.maximum or 0, MAX_UNITS) or None
        minimum = max(group.minimum or 0, int(group.is_required or is_base), 0)
        units = sum(cast("int", item["quantity"]) for item in items)
        if maximum is not None and units > maximum and not takes_one:
            # The default is what the platform puts in: the limit does not hold for it.
            maximum = units
        return {
            "id": group.group_id,
            "title": group.title[:MAX_TITLE] or f"Group {group.group_id}",
            "minimum": min(minimum, MAX_UNITS if maximum is None else maximum),
            "maximum": maximum,
            "base": is_base,
            "item": items,
        }

    def _items(self, group: FrontGroup, *, is_base: bool) -> list[_Table]:
        unread = group.items.unreadable
        unread += sum(item.variants.unreadable for item in group.items)
        if unread:
            self._note(f"{_count(unread, 'entry', 'entries')} of {group.title} could not be read.")
        items = {item.product_id: item for item in reversed(group.items) if item.product_id > 0}
        found = [item for item in group.items if items.get(item.product_id) is item]
        defaults = [item for item in found if item.is_default]
        takes_one = is_base or _is_radio(group)
        if is_base:
            found = defaults = (defaults or found)[:1]
            if len(items) > 1:
                self._note(f"of {group.title}, only {found[0].title} is taken: a bundle has one base.")
        elif takes_one:
            defaults = defaults[:1]
        quantities = [_default_quantity(item, defaults, takes_one=takes_one) for item in found]
        return [
            self._item(group, item, quantity=quantity, is_base=is_base)
            for item, quantity in zip(found, quantities, strict=True)
        ]

    def _item(self, group: FrontGroup, item: FrontItem, *, quantity: int, is_base: bool) -> _Table:
        default = next((variant for variant in item.variants if variant.is_default), None)
        variant = default.variant_id if default is not None and default.variant_id > 0 else None
        if self._is_deal:
            is_bundle = _is_bundle(item)
            return {
                "product": item.product_id,
                "quantity": quantity,
                "variant": variant,
                "base_prices": self._base_prices(group, item) if is_bundle else {},
                "extra": "0" if is_bundle else self._extra(item, default),
                "bundle": is_bundle,
            }
        table: _Table = {
            "product": item.product_id,
            "quantity": quantity,
            "variant": variant if quantity else None,
        }
        included = None if is_base else self._included(item, default)
        return table if included is None else table | {"included": included}

    def _included(self, item: FrontItem, default: FrontVariant | None) -> str | None:
        """Return the price of the default strength in this bundle, None where it is the item's own."""
        if item.own_price is not None:
            return _amount(item.own_price)
        is_included = default.is_included if default is not None else item.is_included
        return _amount(_ZERO) if is_included else None

    def _extra(self, item: FrontItem, default: FrontVariant | None) -> str:
        """Return what choosing a product costs on top of the deal."""
        included = self._included(item, default)
        own = default.web_price if default is not None else item.web_price
        return _amount(own) if included is None else included

    def _base_prices(self, group: FrontGroup, item: FrontItem) -> dict[str, str]:
        """Return what each size of a bundle costs in a deal, that of the default variant first.

        A variant that the deal includes costs nothing. What another costs on top is not sent: the difference
        to the dearest included one of the slot is taken, of its size where there is one.
        """
        included = [(self._size(v), v.web_price) for i in group.items for v in i.variants if v.is_included]
        prices: dict[str, Decimal] = {}
        for variant in sorted(item.variants, key=lambda variant: not variant.is_default):
            size = self._size(variant)
            if size:
                of_size = [price for other, price in included if other == size]
                reference = max(of_size or [price for _, price in included] or [_ZERO])
                price = _ZERO if variant.is_included else max(variant.web_price - reference, _ZERO)
                prices[size] = min(prices.get(size, price), price)
        if prices and not all(variant.is_included for variant in item.variants):
            self._note(f"what {item.title} costs here is estimated in part; the cart decides.")
        return {size: _amount(price) for size, price in prices.items()}

    def _size(self, variant: FrontVariant) -> str:
        names = self._properties
        return next((one.value for one in variant.properties if names.internal_name(one.name) == SIZE), "")

    def _note(self, text: str) -> None:
        note = f"{self._bundle.title or self._bundle.product_id}: {text}"
        if note not in self._notes:
            self._notes.append(note)


def _is_radio(group: FrontGroup) -> bool:
    return RADIO_BUTTON in group.input_type.casefold()


def _default_quantity(item: FrontItem, defaults: Sequence[FrontItem], *, takes_one: bool) -> int:
    if not any(item is default for default in defaults):
        return 0
    return 1 if takes_one else min(max(item.quantity, 1), MAX_UNITS)


def _amount(value: Decimal) -> str:
    """Return an amount as a supplement writes it: three digits, none below zero."""
    return f"{min(max(value, _ZERO), _HIGHEST - 1).quantize(_MILLS, ROUND_HALF_UP):f}"


def _count(number: int, singular: str, plural: str = "") -> str:
    return f"{number} {singular if number == 1 else plural or singular + 's'}"
