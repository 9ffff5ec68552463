"""What the rows of the customise and the deal screen have in common.

Used by both and by the way into them.
"""

from collections.abc import Callable
from decimal import Decimal

from console.ordering.draft import Component
from console.ordering.money import Currency

Components = tuple[Component, ...]
"""A configuration."""
PriceFunction = Callable[[Components], Decimal]
"""What a configuration costs."""


def signed_amount(amount: Decimal, currency: Currency) -> str:
    """An amount more or less: ``+0.650``; empty where it is none."""
    figures = currency.format_number(amount)
    return "" if not amount else figures if amount < 0 else f"+{figures}"
