"""The amounts of an order's lines: the platform's prices where it has them, else the menu's; rounded once."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from console.ordering.draft import Draft, DraftLine, Resolution
from console.ordering.money import ZERO, Currency
from console.sync.cart.differences import LineComparison, UnexpectedLine


@dataclass(frozen=True, slots=True)
class OrderAmounts:
    """The rounded amount of each line of the draft, and of each unexpected line, in their order."""

    lines: tuple[Decimal, ...]
    unexpected: tuple[Decimal, ...]


def is_priced_by_platform(line: DraftLine, comparison: LineComparison) -> bool:
    """Return True if the cart has the whole line, so that its price counts and not the menu's."""
    return comparison.unit_price is not None and comparison.quantity == line.quantity


def unit_price(line: DraftLine, comparison: LineComparison) -> Decimal:
    """The exact price of one: the platform's where it has the whole line."""
    price = comparison.unit_price if is_priced_by_platform(line, comparison) else None
    return line.item.unit_price if price is None else price


def estimate_goods(
    draft: Draft,
    comparisons: Sequence[LineComparison],
    unexpected: Sequence[UnexpectedLine],
    currency: Currency,
) -> Decimal:
    """The lines together, rounded once. What the cart holds besides is bought too, unless it is removed."""
    remaining = [line for line in unexpected if line.resolution is not Resolution.REMOVE]
    exact = (*_exact_lines(draft, comparisons), *map(_exact_unexpected, remaining))
    return currency.round(sum(exact, ZERO))


def order_amounts(
    draft: Draft,
    comparisons: Sequence[LineComparison],
    unexpected: Sequence[UnexpectedLine],
    currency: Currency,
    goods: Decimal | None,
) -> OrderAmounts:
    """Round the amounts so that they add up to the platform's ``goods``, or ``None`` for their own sum."""
    exact = (*_exact_lines(draft, comparisons), *map(_exact_unexpected, unexpected))
    rounded = currency.round_column(exact, goods)
    return OrderAmounts(rounded[: len(draft.lines)], rounded[len(draft.lines) :])


def _exact_lines(draft: Draft, comparisons: Sequence[LineComparison]) -> list[Decimal]:
    pairs = zip(draft.lines, comparisons, strict=True)
    return [unit_price(line, comparison) * line.quantity for line, comparison in pairs]


def _exact_unexpected(line: UnexpectedLine) -> Decimal:
    return line.unit_price * line.quantity
