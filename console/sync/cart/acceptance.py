"""Acceptance of what the platform has: edits that make the draft equal to the cart.

They are edits like any other, so undo takes them back.
"""

from dataclasses import replace

from console.ordering.draft import (
    DraftLine,
    Edit,
    RemoveLine,
    ReplaceItem,
    Resolution,
    ResolveUnexpected,
    SetQuantity,
)
from console.sync.cart.differences import LineComparison, LineStatus, UnexpectedLine
from console.sync.cart.observed_cart import Configuration


def acceptance_edits(line: DraftLine, comparison: LineComparison) -> tuple[Edit, ...]:
    """The edits that make a line equal to the cart's; none where they agree already."""
    if comparison.state not in (LineStatus.DIFFERS, LineStatus.REJECTED):
        return ()
    if comparison.quantity == 0 or comparison.item is None:
        return (RemoveLine(line.line_id),)
    edits: list[Edit] = []
    if comparison.quantity != line.quantity:
        edits.append(SetQuantity(line.line_id, comparison.quantity))
    item = comparison.item
    if Configuration.of(item) == Configuration.of(line.item) or not line.item.components:
        # Only the price differs: keep the line's own title and options.
        same = (item.product_id, item.variant_id) == (line.item.product_id, line.item.variant_id)
        item = replace(line.item, unit_price=item.unit_price) if same else item
    if item != line.item:
        edits.append(ReplaceItem(line.line_id, item))
    return tuple(edits)


def keep_edits(unexpected: UnexpectedLine) -> tuple[Edit, ...]:
    """The edit that keeps an unexpected line; none where it is already resolved."""
    return (ResolveUnexpected(unexpected.item, Resolution.KEEP),) if unexpected.needs_resolution else ()


def removal_edits(unexpected: UnexpectedLine) -> tuple[Edit, ...]:
    """The edit that removes an unexpected line; none for a free one, which goes with its promotion."""
    return () if unexpected.free else (ResolveUnexpected(unexpected.item, Resolution.REMOVE),)
