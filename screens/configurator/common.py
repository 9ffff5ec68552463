"""Types and texts shared by the bundle screen and the deal screen."""

from collections.abc import Callable
from decimal import Decimal

from console.ordering.draft import Component
from console.ordering.money import Currency

Components = tuple[Component, ...]
"""A configuration of a bundle or a deal."""
PriceFunction = Callable[[Components], Decimal]
"""Returns the price of a configuration."""


def signed_amount(amount: Decimal, currency: Currency) -> str:
    """An amount with its sign: ``+0.650``; empty for zero."""
    figures = currency.format_number(amount)
    return "" if not amount else figures if amount < 0 else f"+{figures}"
