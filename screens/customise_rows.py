"""From a bundle and its configuration to what the customise screen shows: rows, the pizza, words; pure.

Used by the customise screen after each key.
"""

from collections.abc import Iterator
from decimal import Decimal

from console.ordering.configuration import ConfigureError, put_topping, remove_topping, removed_defaults
from console.ordering.configuration.base import base_size
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem
from console.ordering.configuration.group_counts import count_units
from console.ordering.configuration.strength import comes_in_size, default_variant, topping_text
from console.ordering.draft import Component, Portion
from console.ordering.money import Currency
from screens.builder_rows import Components, Price, difference
from screens.customise_edits import lying, strength_of
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.lists.grouped_list import heading_row
from widgets.pizza import PizzaState
from widgets.symbols import Symbols
from widgets.text_cells import Align

COLUMNS = (Column("", 2), Column("Topping"), Column("+ -", 9), Column("Price", 7, Align.RIGHT))
UNPLACED = "?"
"""What the keys of items begin with that no group is known of."""
WHY_UNPLACED = "The menu does not say which group this belongs to, so it cannot be ordered."


def toppings(bundle: Bundle) -> Iterator[tuple[BundleGroup, BundleItem]]:
    """Everything that can be put on, group by group."""
    for group in bundle.groups:
        if not group.is_base:
            yield from ((group, item) for item in group.items)


def key_of(item: BundleItem) -> str:
    """The key of a topping's row."""
    return str(item.product_id)


def rows(
    bundle: Bundle, components: Components, price: Price, currency: Currency, marks: Symbols
) -> list[ListRow]:
    """Every group under its heading with its count, then what cannot be ordered."""
    costs = _Costs(bundle, components, price)
    shown: list[ListRow] = []
    for group in bundle.groups:
        if group.is_base or not group.items:
            continue
        shown.append(heading_row(str(group.group_id), f"{group.title}: {count(bundle, group, components)}"))
        for item in group.items:
            there = lying(components, item.product_id)
            shown.append(_row(item, there, costs.of(group, item), currency, marks))
    if bundle.unplaced:
        shown.append(heading_row("unplaced", "Not to be ordered: of no known group"))
        shown += [
            ListRow(f"{UNPLACED}{item.product_id}", ("", item.title, "", ""), RowStyle.DIM)
            for item in bundle.unplaced
        ]
    return shown


def count(bundle: Bundle, group: BundleGroup, components: Components) -> str:
    """How much of a group is on it, and how much more may be: ``2 of 8, 1 free left``."""
    taken = count_units(bundle, group, components)
    paid = sum(
        max((part.quantity for part in lying(components, item.product_id).values()), default=0)
        for item in group.items
        if item.included is None
    )
    parts = [str(taken) if group.maximum is None else f"{taken} of {group.maximum}"]
    if taken < group.minimum:
        parts.append(f"at least {group.minimum} needed")
    if group.free:
        parts.append(f"{max(0, group.free - paid)} free left")
    return ", ".join(parts)


def pizza(bundle: Bundle, components: Components) -> PizzaState:
    """What lies where, in words."""
    size = base_size(bundle, components)
    names: dict[Portion, list[str]] = {portion: [] for portion in Portion}
    for group, item in toppings(bundle):
        for part in components:
            if part.product_id == item.product_id and part.group_id in (0, group.group_id):
                names[part.portion].append(topping_text(item, part, size))
    gone = [f"no {title}" for title in removed_defaults(bundle, components)]
    return PizzaState((*names[Portion.WHOLE], *gone), tuple(names[Portion.LEFT]), tuple(names[Portion.RIGHT]))


def found(bundle: Bundle, typed: str) -> str | None:
    """The key of the first topping that begins like what was typed, else with a word that does."""
    wanted = typed.casefold()
    names = {key_of(item): item.title for _, item in toppings(bundle)}
    names |= {f"{UNPLACED}{item.product_id}": item.title for item in bundle.unplaced}
    for most in (1, None):
        for key, name in names.items():
            words = name.casefold().split()
            if any("".join(words[at:]).startswith(wanted) for at in range(len(words))[:most]):
                return key
    return None


class _Costs:
    """What toppings cost: what is on it each by itself, the others once for all alike."""

    def __init__(self, bundle: Bundle, components: Components, price: Price) -> None:
        self._bundle = bundle
        self._components = components
        self._price = price
        self._now = price(components)
        self._of_size = base_size(bundle, components)
        self._others: dict[tuple[object, ...], Decimal | None] = {}

    def of(self, group: BundleGroup, item: BundleItem) -> Decimal | None:
        """What it costs where it lies, or would on all of it; ``None`` where it cannot be put on."""
        if lying(self._components, item.product_id):
            return self._now - self._price(remove_topping(self._bundle, self._components, item.product_id))
        form = default_variant(item, self._of_size)
        own = form.price if form else item.price
        alike = (group.group_id, item.included, own, item.quantity, comes_in_size(item, self._of_size))
        if alike not in self._others:
            self._others[alike] = self._put_on(item)
        return self._others[alike]

    def _put_on(self, item: BundleItem) -> Decimal | None:
        try:
            return self._price(put_topping(self._bundle, self._components, item.product_id)) - self._now
        except ConfigureError:
            return None


def _row(
    item: BundleItem,
    there: dict[Portion, Component],
    cost: Decimal | None,
    currency: Currency,
    marks: Symbols,
) -> ListRow:
    signs = {
        Portion.WHOLE: marks.whole_portion,
        Portion.LEFT: marks.left_portion,
        Portion.RIGHT: marks.right_portion,
    }
    where = "".join(sign for portion, sign in signs.items() if portion in there)
    how = "/".join(dict.fromkeys(strength_of(item, there[portion]) for portion in signs if portion in there))
    if cost is None:
        figures = ""
    else:
        figures = currency.format_number(cost) if there else difference(cost, currency) or "free"
    return ListRow(key_of(item), (where, item.title, how, figures))
