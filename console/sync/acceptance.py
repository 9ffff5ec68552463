"""Accepting what the platform has in place of what was wished: edits that make the draft equal to the fact.

Pure; used by the desk. They are edits like any other, so undo takes them back.
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
from console.sync.cart import Configuration
from console.sync.differences import LineFact, LineState, StrangeLine


def accepting(line: DraftLine, fact: LineFact) -> tuple[Edit, ...]:
    """The edits after which the line wishes for what the cart has; none where they agree already."""
    if fact.state not in (LineState.DIFFERS, LineState.REFUSED):
        return ()
    if fact.quantity == 0 or fact.item is None:
        return (RemoveLine(line.line_id),)
    edits: list[Edit] = []
    if fact.quantity != line.quantity:
        edits.append(SetQuantity(line.line_id, fact.quantity))
    item = fact.item
    if Configuration.of(item) == Configuration.of(line.item) or not line.item.components:
        # Only the price is another: the line keeps its own words.
        same = (item.product_id, item.variant_id) == (line.item.product_id, line.item.variant_id)
        item = replace(line.item, unit_price=item.unit_price) if same else item
    if item != line.item:
        edits.append(ReplaceItem(line.line_id, item))
    return tuple(edits)


def keeping(strange: StrangeLine) -> tuple[Edit, ...]:
    """The edit that keeps what somebody else put into the cart; none where that is settled."""
    return (ResolveUnexpected(strange.item, Resolution.KEEP),) if strange.is_open else ()


def taking_out(strange: StrangeLine) -> tuple[Edit, ...]:
    """The edit that has it taken out; none for what the platform gives free, which goes with its cause."""
    return () if strange.free else (ResolveUnexpected(strange.item, Resolution.REMOVE),)
