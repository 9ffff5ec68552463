"""Descriptions of an order for people: its lines, their configuration, and the read-back."""

import re
from decimal import Decimal

from console.ordering.configuration import default_configuration, default_variant, removed_defaults
from console.ordering.configuration.base import Components, base_size, base_text, base_variant
from console.ordering.configuration.bundle import Bundle, Bundles
from console.ordering.configuration.defaults import bundles_without, component_parts, item_parts
from console.ordering.configuration.group_counts import placement_of
from console.ordering.configuration.strength import topping_text
from console.ordering.draft import Component, Draft, OrderItem, Portion
from console.ordering.money import ZERO, Currency
from console.ordering.pricing.delivery_fee import money_text
from console.ordering.pricing.estimate import estimate_bundle
from console.ordering.pricing.half_rule import HalfRule

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def options_text(bundle: Bundle, components: Components) -> str:
    """Name the base: ``Large Pan``; empty if there is none."""
    return base_text(base_variant(bundle, components))


def details_text(bundle: Bundle, components: Components, bundles: Bundles) -> str:
    """Describe how a configuration differs from the menu; empty if it does not.

    ``extra Cheese, left: Olives, right: Corn and Ham, no Onions``. For a deal, the content of its places:
    ``1: Large Pan Margherita, no Onions; 2: Medium Pepperoni; 2 x Pepsi``.
    """
    if components == default_configuration(bundle, bundles):
        return ""
    if bundle.is_deal:
        return _deal_text(bundle, components, bundles)
    size = base_size(bundle, components)
    parts_by_portion: dict[Portion, list[str]] = {portion: [] for portion in Portion}
    for component in components:
        place = placement_of(bundle, component)
        if place is None or place[0].is_base:
            continue
        item = place[1]
        inner = bundles.get(item.product_id) if item.is_bundle else None
        if inner and inner is not bundle:
            parts_by_portion[Portion.WHOLE].append(_part_text(inner, component, bundle, bundles))
        elif component.portion is not Portion.WHOLE or not _is_default(bundle, component, size):
            parts_by_portion[component.portion].append(topping_text(item, component, size))
    words = parts_by_portion[Portion.WHOLE]
    words += (
        [f"left: {_join_words(parts_by_portion[Portion.LEFT])}"] if parts_by_portion[Portion.LEFT] else []
    )
    words += (
        [f"right: {_join_words(parts_by_portion[Portion.RIGHT])}"] if parts_by_portion[Portion.RIGHT] else []
    )
    words += [f"no {title}" for title in removed_defaults(bundle, components)]
    return ", ".join(words)


def build_order_item(
    bundle: Bundle,
    components: Components,
    *,
    bundles: Bundles,
    currency: Currency,
    half_rule: HalfRule,
) -> OrderItem:
    """Make the item of an order line from a configuration, with its description and estimate."""
    estimate = estimate_bundle(bundle, components, bundles=bundles, currency=currency, half_rule=half_rule)
    return OrderItem(
        bundle.product_id,
        0,
        bundle.title,
        options_text(bundle, components),
        estimate.exact_total,
        components,
        details_text(bundle, components, bundles),
    )


def item_details(item: OrderItem, bundles: Bundles) -> str:
    """Describe an item beyond its name: its details, and of any deal its content."""
    deal = bundles.get(item.product_id)
    if item.details or deal is None or not deal.is_deal:
        return item.details
    return _deal_text(deal, item_parts(item, bundles), bundles)


def read_back(
    draft: Draft,
    currency: Currency,
    total: Decimal,
    promised_time: str,
    bundles: Bundles,
    *,
    delivery: Decimal | None = ZERO,
) -> tuple[str, ...]:
    """The whole order as sentences to read to the customer, the total and the time last.

    ``promised_time`` ends the last sentence, such as ``ready at 18:40``; it may be empty. ``bundles`` are
    those of the menu. ``delivery`` is the fee in the total, ``None`` if nobody knows it yet.
    """
    if draft.is_empty:
        return ("Nothing ordered yet.",)
    time = f", {promised_time}" if promised_time else ""
    lines = (
        line_sentence(line.quantity, line.item, item_details(line.item, bundles)) for line in draft.lines
    )
    return (*lines, f"Together {money_text(total, delivery, currency)}{time}.")


def line_sentence(quantity: int, item: OrderItem, details: str) -> str:
    """A line as a sentence: ``Two Large Pan Margherita, without Onions.``"""
    words = _NUMBERS[quantity] if quantity < len(_NUMBERS) else str(quantity)
    name = " ".join(part for part in (words.capitalize(), item.options, item.title) if part)
    return f"{name}, {_spoken_details(details)}." if details else f"{name}."


def _spoken_details(details: str) -> str:
    """Spell out the details for reading aloud."""
    details = re.sub(r"(^|[,;:(] )(\d+) x ", lambda found: f"{found[1]}{_number_word(found[2])} ", details)
    details = re.sub(r"(^|[,;:(] )(left|right): ", r"\1\2 half ", details)
    details = re.sub(r"(^|[,;:(] )no ", r"\1without ", details)
    return re.sub(r"(^|; )(\d+): ", lambda found: f"{found[1]}number {_number_word(found[2])}, ", details)


def _number_word(digits: str) -> str:
    number = int(digits)
    return _NUMBERS[number] if number < len(_NUMBERS) else digits


def _deal_text(deal: Bundle, components: Components, bundles: Bundles) -> str:
    words: dict[str, int] = {}  # text to quantity, so that four wings are one entry
    number = 0
    for component in components:
        place = placement_of(deal, component)
        item = place[1] if place else None
        inner = bundles.get(component.product_id) if item and item.is_bundle else None
        if inner and inner is not deal:
            number += 1
            words[f"{number}: {_part_text(inner, component, deal, bundles)}"] = component.quantity
        else:
            variant = item.variant(component.variant_id) if item else None
            text = f"{component.title} {variant.label}" if variant else component.title
            words[text] = words.get(text, 0) + component.quantity
    return "; ".join(f"{count} x {text}" if count > 1 else text for text, count in words.items())


def _part_text(inner: Bundle, component: Component, outer: Bundle, bundles: Bundles) -> str:
    """Describe a bundle that is a part of another one."""
    inner_bundles = bundles_without(outer, bundles)
    place = placement_of(outer, component)
    parts = component_parts(component, place[1], inner, inner_bundles) if place else component.components
    name = " ".join(part for part in (options_text(inner, parts), inner.title) if part)
    details = details_text(inner, parts, inner_bundles)
    if not details:
        return name
    return f"{name} ({details})" if inner.is_deal else f"{name}, {details}"


def _is_default(bundle: Bundle, component: Component, size: str) -> bool:
    """Return True if the component is a default of the menu, unchanged."""
    place = placement_of(bundle, component)
    item = place[1] if place else None
    if item is None or not item.quantity or component.quantity != item.quantity:
        return False
    variant = default_variant(item, size)
    return component.variant_id == (variant.variant_id if variant else 0)


def _join_words(words: list[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
