"""Differences between a printed ticket and the platform's own record of the order: there must be none.

The code of the console that maps an order to its ticket is not used to compare them, so that the check does
not share its errors.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from benchmarks.faults.order_record import Json, amount, menu, total
from benchmarks.faults.saved_drafts import SavedDraft
from console.ordering.catalogue import Option, Variant
from console.ordering.money import Currency
from console.ordering.placed.past_orders import with_variant_names
from console.ordering.placed.purchased_order import TotalKind
from console.ordering.placed.ticket import Ticket, TicketLine, TicketPart
from console.sandbox.menu.menu import SIZE, STRENGTH
from console.services.tickets.mapping import TicketHead, ticket_of_purchase

CURRENCY = Currency("KWD")
UNNAMED_STRENGTHS = ("", "regular", "single", "normal")


@dataclass(frozen=True, slots=True, order=True)
class PrintedItem:
    """A line or a part as people read it; ``options`` are the words of its variant, sorted."""

    title: str
    options: tuple[str, ...] = ()
    portion: str = "W"
    strength: str = ""
    parts: tuple[tuple["PrintedItem", int], ...] = ()


def printed_differences(ticket: Ticket, order: Json) -> tuple[str, ...]:
    """Return how a ticket differs from an order of the platform's record, a sentence each."""
    found: list[str] = []
    if ticket.number != str(order["order_id"]):
        found.append(f"is numbered {ticket.number!r}, not {order['order_id']}")
    bought = _add_up(_item_of_line(line) for line in cast("list[Json]", order["lines"]))
    printed = _add_up(_item_of_ticket(line) for line in ticket.lines)
    for item in sorted({*bought, *printed}):
        (quantity, cost), (printed_quantity, printed_cost) = (
            side.get(item, (0, Decimal(0))) for side in (bought, printed)
        )
        if quantity != printed_quantity:
            found.append(f"prints {printed_quantity}, not {quantity} of {item}")
        elif cost != printed_cost:
            found.append(f"prints {printed_cost}, not {cost} for {quantity} of {item}")
    totals = [row.amount for row in ticket.totals if row.kind is TotalKind.TOTAL]
    if totals != [amount(order, "total")]:
        found.append(f"prints the total {totals}, not {order['total']}")
    if ticket.balance:
        found.append(f"has lines that differ from its total by {ticket.balance}")
    if any(row.label.startswith("Other") for row in ticket.totals) and total(order) == amount(order, "total"):
        found.append("has an unexplained row, and the platform's figures add up")
    if ticket.mode.value != order["mode"]:
        found.append(f"is for {ticket.mode}, not {order['mode']}")
    if ticket.is_estimate:
        found.append("is marked as an estimate")
    return tuple(found)


def record_differences_of(draft: SavedDraft, order: Json) -> tuple[str, ...]:
    """Return how the ticket of a saved record would differ from the order; nothing else may be printed."""
    purchased = draft.placement.purchased if draft.placement is not None else None
    if purchased is None:
        return ("has no record of what was bought",)
    lines = tuple(with_variant_names(line, _find_variant) for line in purchased.lines)
    head = TicketHead(store="", number=str(draft.order_id), customer=draft.customer)
    ticket = ticket_of_purchase(head, replace(purchased, lines=lines), currency=CURRENCY, bundles={})
    return printed_differences(ticket, order)


def _find_variant(product_id: int, variant_id: int) -> Variant | None:
    """Find a variant on the store's menu, as a console that has the whole menu does."""
    variant = menu().by_variant.get(variant_id)
    if variant is None or variant.product_id != product_id:
        return None
    options = tuple(Option(name, value) for name, value in variant.options)
    return Variant(variant_id, product_id, variant.sku, options, variant.price, variant.list_price)


def _add_up(
    items: Iterable[tuple[PrintedItem, int, Decimal]],
) -> dict[PrintedItem, tuple[int, Decimal]]:
    """Add up equal lines: the platform may split or merge them."""
    sums: dict[PrintedItem, tuple[int, Decimal]] = {}
    for item, quantity, cost in items:
        earlier_quantity, earlier_cost = sums.get(item, (0, Decimal(0)))
        sums[item] = earlier_quantity + quantity, earlier_cost + cost
    return sums


def _item_of_line(row: Json) -> tuple[PrintedItem, int, Decimal]:
    quantity = int(cast("int", row["quantity"]))
    return _bought_item(row), quantity, amount(row, "unit_price") * quantity


def _bought_item(row: Json) -> PrintedItem:
    product = menu().products[int(cast("int", row["product_id"]))]
    bundle = menu().bundles.get(product.product_id)
    parts = cast("list[Json]", row["parts"])
    base_id = bundle.base_id if bundle is not None else 0
    bases = [part for part in parts if int(cast("int", part["product_id"])) == base_id]
    # The crust and size of a pizza are those of its base.
    named = bases[0] if bases else row
    variant = (
        menu().products[int(cast("int", named["product_id"]))].variant(int(cast("int", named["variant_id"])))
    )
    options = dict(variant.options) if variant is not None else {}
    strength = options.pop(STRENGTH, "").casefold()
    if strength:
        options.pop(SIZE, None)
    inner: Counter[PrintedItem] = Counter()
    for part in parts:
        if part not in bases:
            inner[_bought_item(part)] += int(cast("int", part["quantity"]))
    return PrintedItem(
        product.title,
        _words(*options.values()),
        str(row.get("portion", "W")) or "W",
        "" if strength in UNNAMED_STRENGTHS else strength,
        tuple(sorted(inner.items())),
    )


def _item_of_ticket(line: TicketLine) -> tuple[PrintedItem, int, Decimal]:
    parts = _printed_parts(line.parts)
    return PrintedItem(line.title, _words(line.options), parts=parts), line.quantity, line.amount


def _printed_parts(parts: Iterable[TicketPart]) -> tuple[tuple[PrintedItem, int], ...]:
    counts: Counter[PrintedItem] = Counter()
    for part in parts:
        strength = part.strength.casefold()
        item = PrintedItem(
            part.title,
            _words(part.options),
            part.portion.value,
            "" if strength in UNNAMED_STRENGTHS else strength,
            _printed_parts(part.parts),
        )
        counts[item] += part.quantity
    return tuple(sorted(counts.items()))


def _words(*texts: str) -> tuple[str, ...]:
    return tuple(sorted(" ".join(texts).split()))
