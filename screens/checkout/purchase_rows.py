"""The rows of what was bought, for the screen after placing; pure."""

from console.ordering.configuration.bundle import Bundles
from console.ordering.money import Currency
from console.ordering.placed.purchase_descriptions import described_item, unreadable_texts
from console.ordering.placed.purchased_order import PurchasedOrder, TotalKind, line_amounts, total_rows
from widgets.text_rows import Span, Spans, Tone, justify

MAX_WIDTH = 48
"""Cells of a row: an amount is not far from its name."""


def purchase_rows(
    order: PurchasedOrder, bundles: Bundles, currency: Currency, *, width: int, height: int
) -> tuple[Spans, ...]:
    """Return a row for each line and charge, in at most ``height`` rows; one says what is left out."""
    width = min(width, MAX_WIDTH)
    lines: list[tuple[str, str]] = []
    for line, amount in zip(order.lines, line_amounts(order, currency), strict=True):
        item = described_item(line, bundles)
        name = " ".join(part for part in (item.options, item.title) if part)
        lines.append((f"{line.quantity} x {name}", currency.format_number(amount)))
    charges = [
        (row.label, currency.format_number(row.amount))
        for row in total_rows(order, currency)
        if row.kind is TotalKind.CHARGE
    ]
    notes = [(text, "") for text in unreadable_texts(order)]
    room = height - len(charges) - len(notes)
    if len(lines) > room:
        left_out = len(lines) - max(0, room - 1)
        lines = [*lines[: max(0, room - 1)], (f"and {left_out} more", "")]
    rows = [*lines, *notes, *charges][: max(0, height)]
    return tuple(
        justify((Span(name),), (Span(f" {amount}", Tone.DIM),) if amount else (), width)
        for name, amount in rows
    )
