"""Maps a bundle and its configuration to rows, pizza drawing and texts of its screen; pure."""

from collections.abc import Iterator
from decimal import Decimal

from console.ordering.configuration import ConfigureError, put_topping, remove_topping, removed_defaults
from console.ordering.configuration.base import base_size
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem
from console.ordering.configuration.group_counts import count_units
from console.ordering.configuration.strength import comes_in_size, default_variant, topping_text
from console.ordering.draft import Component, Portion
from console.ordering.money import Currency
from screens.configurator.bundle_edits import positions_of, strength_of
from screens.configurator.common import Components, PriceFunction, signed_amount
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.lists.grouped_list import heading_row
from widgets.pizza import PizzaState
from widgets.symbols import Symbols
from widgets.text_cells import Align

COLUMNS = (Column("", 2), Column("Topping"), Column("+ -", 9), Column("Price", 7, Align.RIGHT))
UNPLACED = "?"
"""Prefix of the keys of items without a known group."""
UNPLACED_TEXT = "The menu names no group for this, so it cannot be ordered."


def toppings(bundle: Bundle) -> Iterator[tuple[BundleGroup, BundleItem]]:
    """All toppings, group by group."""
    for group in bundle.groups:
        if not group.is_base:
            yield from ((group, item) for item in group.items)


def key_of(item: BundleItem) -> str:
    """The key of a topping's row."""
    return str(item.product_id)


def rows(
    bundle: Bundle, components: Components, price: PriceFunction, currency: Currency, symbols: Symbols
) -> list[ListRow]:
    """The rows: each group with its count and toppings, then the items that cannot be ordered."""
    prices = _ToppingPrices(bundle, components, price)
    shown: list[ListRow] = []
    for group in bundle.groups:
        if group.is_base or not group.items:
            continue
        shown.append(
            heading_row(str(group.group_id), f"{group.title}: {group_count_text(bundle, group, components)}")
        )
        for item in group.items:
            positions = positions_of(components, item.product_id)
            shown.append(_row(item, positions, prices.price_of(group, item), currency, symbols))
    if bundle.unplaced:
        shown.append(heading_row("unplaced", "Not available: group unknown"))
        shown += [
            ListRow(f"{UNPLACED}{item.product_id}", ("", item.title, "", ""), RowStyle.DIM)
            for item in bundle.unplaced
        ]
    return shown


def group_count_text(bundle: Bundle, group: BundleGroup, components: Components) -> str:
    """The count and limits of a group: ``2 of 8, 1 free left``."""
    unit_count = count_units(bundle, group, components)
    paid = sum(
        max((part.quantity for part in positions_of(components, item.product_id).values()), default=0)
        for item in group.items
        if item.included is None
    )
    parts = [str(unit_count) if group.maximum is None else f"{unit_count} of {group.maximum}"]
    if unit_count < group.minimum:
        parts.append(f"at least {group.minimum} needed")
    if group.free:
        parts.append(f"{max(0, group.free - paid)} free left")
    return ", ".join(parts)


def pizza_state(bundle: Bundle, components: Components) -> PizzaState:
    """The toppings of each portion, in words."""
    size = base_size(bundle, components)
    names: dict[Portion, list[str]] = {portion: [] for portion in Portion}
    for group, item in toppings(bundle):
        for part in components:
            if part.product_id == item.product_id and part.group_id in (0, group.group_id):
                names[part.portion].append(topping_text(item, part, size))
    removed_texts = [f"no {title}" for title in removed_defaults(bundle, components)]
    return PizzaState(
        (*names[Portion.WHOLE], *removed_texts), tuple(names[Portion.LEFT]), tuple(names[Portion.RIGHT])
    )


def find_topping(bundle: Bundle, text: str) -> str | None:
    """The key of the first topping whose name, or else a word of it, begins with the text."""
    prefix = text.casefold()
    names = {key_of(item): item.title for _, item in toppings(bundle)}
    names |= {f"{UNPLACED}{item.product_id}": item.title for item in bundle.unplaced}
    for word_limit in (1, None):
        for key, name in names.items():
            words = name.casefold().split()
            if any("".join(words[start:]).startswith(prefix) for start in range(len(words))[:word_limit]):
                return key
    return None


class _ToppingPrices:
    """The prices of toppings; absent toppings with equal terms are priced once."""

    def __init__(self, bundle: Bundle, components: Components, price: PriceFunction) -> None:
        self._bundle = bundle
        self._components = components
        self._price = price
        self._current_price = price(components)
        self._base_size = base_size(bundle, components)
        self._prices_of_absent: dict[tuple[object, ...], Decimal | None] = {}

    def price_of(self, group: BundleGroup, item: BundleItem) -> Decimal | None:
        """The price where it is, or on the whole if absent; ``None`` if it cannot be added."""
        if positions_of(self._components, item.product_id):
            return self._current_price - self._price(
                remove_topping(self._bundle, self._components, item.product_id)
            )
        variant = default_variant(item, self._base_size)
        variant_price = variant.price if variant else item.price
        price_key = (
            group.group_id,
            item.included,
            variant_price,
            item.quantity,
            comes_in_size(item, self._base_size),
        )
        if price_key not in self._prices_of_absent:
            self._prices_of_absent[price_key] = self._price_if_added(item)
        return self._prices_of_absent[price_key]

    def _price_if_added(self, item: BundleItem) -> Decimal | None:
        try:
            return (
                self._price(put_topping(self._bundle, self._components, item.product_id))
                - self._current_price
            )
        except ConfigureError:
            return None


def _row(
    item: BundleItem,
    positions: dict[Portion, Component],
    price: Decimal | None,
    currency: Currency,
    symbols: Symbols,
) -> ListRow:
    signs = {
        Portion.WHOLE: symbols.whole_portion,
        Portion.LEFT: symbols.left_portion,
        Portion.RIGHT: symbols.right_portion,
    }
    position_text = "".join(sign for portion, sign in signs.items() if portion in positions)
    strengths = "/".join(
        dict.fromkeys(strength_of(item, positions[portion]) for portion in signs if portion in positions)
    )
    if price is None:
        figures = ""
    else:
        figures = currency.format_number(price) if positions else signed_amount(price, currency) or "free"
    return ListRow(key_of(item), (position_text, item.title, strengths, figures))
