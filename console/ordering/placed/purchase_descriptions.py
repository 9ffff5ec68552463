"""Descriptions of what was bought, for people: its lines in the menu's words, and the read-back."""

from collections import Counter
from collections.abc import Iterable, Sequence

from console.ordering.configuration.bundle import Bundles
from console.ordering.descriptions import details_text, item_details, line_sentence, options_text
from console.ordering.draft import Component, OrderItem, Portion
from console.ordering.money import Currency
from console.ordering.placed.past_orders import PastLine, line_details, line_options
from console.ordering.placed.purchased_order import PurchasedOrder
from console.ordering.placed.reorder import rebuild_components

_Content = frozenset[tuple[object, int]]


def described_item(line: PastLine, bundles: Bundles) -> OrderItem:
    """A bought line as an item, described as the menu describes it: ``left: Olives, no Onions``.

    Where the menu does not know all of its parts, the platform's own names are listed.
    """
    components = menu_components(line, bundles)
    if components is None:
        options, details = line_options(line), line_details(line)
        return OrderItem(line.product_id, line.variant_id, line.title, options, line.unit_price, (), details)
    bundle = bundles[line.product_id]
    return OrderItem(
        line.product_id,
        line.variant_id,
        line.title,
        options_text(bundle, components) or line_options(line),
        line.unit_price,
        components,
        details_text(bundle, components, bundles),
    )


def menu_components(line: PastLine, bundles: Bundles) -> tuple[Component, ...] | None:
    """The parts of a line in the groups of the menu; ``None`` unless the menu knows exactly these parts."""
    bundle = bundles.get(line.product_id)
    if bundle is None or not line.parts:
        return None
    components = rebuild_components(bundle, line.parts, bundles).components
    return components if _content_of_components(components) == _content_of_lines(line.parts) else None


def read_back_purchase(
    order: PurchasedOrder, currency: Currency, promised_time: str, bundles: Bundles
) -> tuple[str, ...]:
    """What was bought as sentences to read to the customer, the total and the time last.

    ``promised_time`` ends the last sentence; it may be empty. ``bundles`` are those of the menu.
    """
    if not order.lines and not order.unreadable_lines:
        return ("Nothing ordered yet.",)
    time = f", {promised_time}" if promised_time else ""
    total = f"Together {currency.format_money(order.total)}{time}."
    return (*(_sentence(line, bundles) for line in order.lines), *unreadable_texts(order), total)


def unreadable_texts(order: PurchasedOrder) -> tuple[str, ...]:
    """A sentence about the lines that were bought and cannot be read; none where there are none."""
    count = order.unreadable_lines
    if not count:
        return ()
    return ("One entry cannot be read.",) if count == 1 else (f"{count} entries cannot be read.",)


def _sentence(line: PastLine, bundles: Bundles) -> str:
    item = described_item(line, bundles)
    # A deal is read with its content, also where that is as on the menu.
    details = item_details(item, bundles)
    left = line.quantity - line.cancelled_quantity
    if left <= 0:
        return line_sentence(line.quantity, item, f"{details}, cancelled" if details else "cancelled")
    if line.is_free:
        details = f"{details}, free" if details else "free"
    return line_sentence(left, item, details)


def _content_of_components(components: Iterable[Component]) -> _Content:
    return _content(
        (c.product_id, c.variant_id, c.portion, c.quantity, _content_of_components(c.components))
        for c in components
    )


def _content_of_lines(parts: Sequence[PastLine]) -> _Content:
    return _content(
        (p.product_id, p.variant_id, p.portion, p.quantity, _content_of_lines(p.parts)) for p in parts
    )


def _content(parts: Iterable[tuple[int, int, Portion, int, _Content]]) -> _Content:
    """What parts are together, however they are split: two of one are one of two."""
    counts: Counter[object] = Counter()
    for product_id, variant_id, portion, quantity, inner in parts:
        counts[product_id, variant_id, portion, inner] += quantity
    return frozenset(counts.items())
