"""An order in words: what a line is, how it was configured, and the whole of it to read to the customer.

Shown on the order screen, printed on the ticket, read out before an order is placed.
"""

import re
from decimal import Decimal

from console.ordering.bundle import Bundle, Bundles
from console.ordering.draft import Component, Draft, Item, Line, Portion
from console.ordering.half_rule import HalfRule
from console.ordering.money import Currency
from console.ordering.pizza import as_on_menu, removed, usual
from console.ordering.pizza.base import Components, base_size, base_text, base_variant
from console.ordering.pizza.counts import belongs
from console.ordering.pizza.on_menu import below, parts_in, parts_of
from console.ordering.pizza.strength import said
from console.ordering.pricing import explain

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def options_text(bundle: Bundle, components: Components) -> str:
    """The base as people say it: ``Large Pan``; empty where there is none."""
    return base_text(base_variant(bundle, components))


def details_text(bundle: Bundle, components: Components, bundles: Bundles) -> str:
    """How it differs from the menu: ``extra Cheese, left: Olives, right: Corn and Ham, no Onions``.

    Of a deal, what fills its places: ``1: Large Pan Margherita, no Onions; 2: Medium Pepperoni; 2 x Pepsi``.
    Empty where it is as on the menu.
    """
    if components == as_on_menu(bundle, bundles):
        return ""
    if bundle.is_deal:
        return _deal_text(bundle, components, bundles)
    size = base_size(bundle, components)
    lying: dict[Portion, list[str]] = {portion: [] for portion in Portion}
    for component in components:
        place = belongs(bundle, component)
        if place is None or place[0].is_base:
            continue
        item = place[1]
        inner = bundles.get(item.product_id) if item.is_bundle else None
        if inner and inner is not bundle:
            lying[Portion.WHOLE].append(_part_text(inner, component, bundle, bundles))
        elif component.portion is not Portion.WHOLE or not _is_usual(bundle, component, size):
            lying[component.portion].append(said(item, component, size))
    words = lying[Portion.WHOLE]
    words += [f"left: {_and(lying[Portion.LEFT])}"] if lying[Portion.LEFT] else []
    words += [f"right: {_and(lying[Portion.RIGHT])}"] if lying[Portion.RIGHT] else []
    words += [f"no {title}" for title in removed(bundle, components)]
    return ", ".join(words)


def item_of(
    bundle: Bundle,
    components: Components,
    *,
    bundles: Bundles,
    currency: Currency,
    half_rule: HalfRule,
) -> Item:
    """What a line is of when this configuration is ordered, with its words and its estimate for one."""
    priced = explain(bundle, components, bundles=bundles, currency=currency, half_rule=half_rule)
    return Item(
        bundle.product_id,
        0,
        bundle.title,
        options_text(bundle, components),
        priced.total,
        components,
        details_text(bundle, components, bundles),
    )


def told(item: Item, bundles: Bundles) -> str:
    """What a customer is told of an item besides its name: its details, and of any deal what is in it."""
    deal = bundles.get(item.product_id)
    if item.details or deal is None or not deal.is_deal:
        return item.details
    return _deal_text(deal, parts_in(item, bundles), bundles)


def read_back(
    draft: Draft, currency: Currency, total: Decimal, when: str, bundles: Bundles
) -> tuple[str, ...]:
    """The whole order as sentences to read to the customer, the total and the time last.

    ``when`` ends the last sentence, such as ``ready at 18:40``; empty for no word of it. ``bundles`` are
    those of the menu.
    """
    if draft.is_empty:
        return ("Nothing is ordered yet.",)
    time = f", {when}" if when else ""
    lines = (_sentence(line, bundles) for line in draft.lines)
    return (*lines, f"Together {currency.text(total)}{time}.")


def _sentence(line: Line, bundles: Bundles) -> str:
    words = _NUMBERS[line.quantity] if line.quantity < len(_NUMBERS) else str(line.quantity)
    name = " ".join(part for part in (words.capitalize(), line.item.options, line.item.title) if part)
    details = told(line.item, bundles)
    return f"{name}, {_spoken(details)}." if details else f"{name}."


def _spoken(details: str) -> str:
    """The words of a line as they are read out."""
    details = re.sub(r"(^|[,;:(] )(\d+) x ", lambda found: f"{found[1]}{_number(found[2])} ", details)
    details = re.sub(r"(^|[,;:(] )(left|right): ", r"\1\2 half ", details)
    details = re.sub(r"(^|[,;:(] )no ", r"\1without ", details)
    return re.sub(r"(^|; )(\d+): ", lambda found: f"{found[1]}number {_number(found[2])}, ", details)


def _number(figures: str) -> str:
    number = int(figures)
    return _NUMBERS[number] if number < len(_NUMBERS) else figures


def _deal_text(deal: Bundle, components: Components, bundles: Bundles) -> str:
    words: dict[str, int] = {}  # how many of each: four wings are said once
    number = 0
    for component in components:
        place = belongs(deal, component)
        item = place[1] if place else None
        inner = bundles.get(component.product_id) if item and item.is_bundle else None
        if inner and inner is not deal:
            number += 1
            words[f"{number}: {_part_text(inner, component, deal, bundles)}"] = component.quantity
        else:
            form = item.variant(component.variant_id) if item else None
            text = f"{component.title} {form.label}" if form else component.title
            words[text] = words.get(text, 0) + component.quantity
    return "; ".join(f"{count} x {text}" if count > 1 else text for text, count in words.items())


def _part_text(inner: Bundle, component: Component, outer: Bundle, bundles: Bundles) -> str:
    """A bundle that is a part of another, with what was changed in it."""
    inside = below(outer, bundles)
    place = belongs(outer, component)
    parts = parts_of(component, place[1], inner, inside) if place else component.components
    name = " ".join(part for part in (options_text(inner, parts), inner.title) if part)
    details = details_text(inner, parts, inside)
    if not details:
        return name
    return f"{name} ({details})" if inner.is_deal else f"{name}, {details}"


def _is_usual(bundle: Bundle, component: Component, size: str) -> bool:
    """Whether a component is a default as the menu puts it on."""
    place = belongs(bundle, component)
    item = place[1] if place else None
    if item is None or not item.quantity or component.quantity != item.quantity:
        return False
    form = usual(item, size)
    return component.variant_id == (form.variant_id if form else 0)


def _and(words: list[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
