"""The local estimate of an order, with an explanation of every amount.

Shown until the platform's echo replaces it; never sent as a price that counts.
"""

from dataclasses import dataclass
from decimal import Decimal

from console.ordering.draft import Draft, Line
from console.ordering.money import ZERO, Currency


@dataclass(frozen=True, slots=True)
class Amount:
    """One line of an explanation: what it is for, and how much, in the estimate's currency."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the order should cost by the menu on this machine. ``amounts`` sum to ``total`` exactly."""

    currency: Currency
    amounts: tuple[Amount, ...]

    @property
    def total(self) -> Decimal:
        """The sum of the lines, before what only the platform knows: delivery, tax, promotions."""
        return sum((amount.amount for amount in self.amounts), ZERO)


def line_total(line: Line, currency: Currency) -> Decimal:
    """What a line should cost: the rounded price of one, times the quantity."""
    return currency.round(line.item.unit_price) * line.quantity


def estimate(draft: Draft, currency: Currency) -> Estimate:
    """Price a draft by the menu prices its lines were added at."""
    return Estimate(
        currency,
        tuple(
            Amount(f"{line.quantity} x {line.item.title}", line_total(line, currency)) for line in draft.lines
        ),
    )
