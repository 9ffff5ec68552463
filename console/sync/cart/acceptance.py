"""Decisions about differences: each is one edit of the draft, so one undo takes it back."""

from dataclasses import replace

from console.ordering.draft import (
    DecideLine,
    DraftLine,
    Edit,
    Resolution,
    ResolveUnexpected,
)
from console.sync.cart.differences import LineComparison, LineStatus
from console.sync.cart.observed_cart import Configuration
from console.sync.cart.unexpected import UnexpectedLine


def acceptance_edits(line: DraftLine, comparison: LineComparison) -> tuple[Edit, ...]:
    """The edit that makes a line equal to the cart's; none where they agree already."""
    if comparison.state not in (LineStatus.DIFFERS, LineStatus.REJECTED):
        return ()
    if comparison.quantity == 0 or comparison.item is None:
        return (DecideLine(line.line_id, 0, line.item),)
    item = comparison.item
    if Configuration.of(item) == Configuration.of(line.item) or not line.item.components:
        # Only the price differs: keep the line's own title and options.
        same = (item.product_id, item.variant_id) == (line.item.product_id, line.item.variant_id)
        item = replace(line.item, unit_price=item.unit_price) if same else item
    return (DecideLine(line.line_id, comparison.quantity, item),)


def line_removal_edits(line: DraftLine, comparison: LineComparison) -> tuple[Edit, ...]:
    """The edit that removes a line because it differs; none where it agrees."""
    if comparison.state not in (LineStatus.DIFFERS, LineStatus.REJECTED):
        return ()
    return (DecideLine(line.line_id, 0, line.item),)


def keep_edits(unexpected: UnexpectedLine) -> tuple[Edit, ...]:
    """The edit that takes an unexpected line as it is in the cart; none where that is decided already.

    What cannot be ordered any more has none either.
    """
    if unexpected.resolution is Resolution.KEEP or unexpected.unavailability is not None:
        return ()
    resolution = Resolution.KEEP if unexpected.quantity else Resolution.REMOVE
    return (_resolve(unexpected, resolution),)


def removal_edits(unexpected: UnexpectedLine) -> tuple[Edit, ...]:
    """The edit that removes an unexpected line; none for a gift, which goes with its promotion.

    What the platform does not remove has none either.
    """
    is_there = unexpected.quantity > 0
    if unexpected.resolution is Resolution.REMOVE or (
        is_there and (unexpected.free or unexpected.rejection is not None)
    ):
        return ()
    return (_resolve(unexpected, Resolution.REMOVE),)


def _resolve(unexpected: UnexpectedLine, resolution: Resolution) -> ResolveUnexpected:
    return ResolveUnexpected(unexpected.item, resolution, unexpected.quantity, unexpected.free)
