"""The differences between an order and its cart that the operator has not decided yet; pure.

A decision is an edit of the draft, so what is decided is no difference any more.
"""

from console.ordering.draft import Draft, DraftLine
from console.sync.cart.bundle_differences import PartDifference
from console.sync.cart.differences import (
    CartComparison,
    LineComparison,
    LineStatus,
    MadeIntoDeal,
    PriceChanged,
    Substituted,
)
from console.sync.cart.unexpected import UnexpectedLine
from console.sync.problems import DifferenceCode, UndecidedDifference


def undecided_differences(draft: Draft, comparison: CartComparison) -> tuple[UndecidedDifference, ...]:
    """One for each line that differs, in the order of the lines, then one for each unexpected line."""
    pairs = zip(draft.lines, comparison.lines, strict=True)
    lines = [
        _line_difference(line, fact)
        for line, fact in pairs
        if fact.state in (LineStatus.DIFFERS, LineStatus.REJECTED)
    ]
    unexpected = (line for line in comparison.unexpected if line.needs_resolution)
    return (*lines, *(_unexpected_difference(line) for line in unexpected))


def _line_difference(line: DraftLine, fact: LineComparison) -> UndecidedDifference:
    """The gravest difference of a line: what is bought comes before what it costs."""
    title, requested = line.item.title, line.quantity
    if fact.state is LineStatus.REJECTED:
        code = DifferenceCode.FEWER if fact.quantity else DifferenceCode.MISSING
        return UndecidedDifference(code, title, requested, fact.quantity)
    first = fact.differences[0]
    match first:
        case MadeIntoDeal(instead):
            return UndecidedDifference(
                DifferenceCode.MADE_DEAL, title, requested, fact.quantity, instead=instead
            )
        case Substituted(instead, options):
            name = f"{instead} {options}".rstrip()
            return UndecidedDifference(
                DifferenceCode.OTHER_PRODUCT, title, requested, fact.quantity, instead=name
            )
        case PartDifference():
            return UndecidedDifference(DifferenceCode.OTHER_PARTS, title, requested, fact.quantity)
        case PriceChanged(was, now):
            return UndecidedDifference(
                DifferenceCode.OTHER_PRICE, title, requested, fact.quantity, was=was, now=now
            )


def _unexpected_difference(line: UnexpectedLine) -> UndecidedDifference:
    if not line.quantity:
        return UndecidedDifference(DifferenceCode.KEPT_GONE, line.title, requested=line.kept)
    code = DifferenceCode.GIFT if line.free else DifferenceCode.UNEXPECTED
    return UndecidedDifference(code, line.title, requested=line.kept, in_cart=line.quantity)
