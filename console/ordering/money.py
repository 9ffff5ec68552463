"""Amounts of money: exact decimals, rounded once to the digits of their currency.

A price stays exact until an amount is shown or compared: the amount of a line is quantity times exact price,
and the sum of several amounts is rounded once, as the platform rounds its own total.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

from console.ordering.currency_codes import minor_units

ZERO = Decimal(0)
DEFAULT_DIGITS = 2
"""Digits of a currency that ISO 4217 does not list, or lists without a smallest coin."""
MAX_PRICE_DIGITS = 9
"""Digits after the point of a price that was meant; a longer fraction is the noise of a float."""
_RELIABLE_DIGITS = Context(prec=15, rounding=ROUND_HALF_EVEN)
"""A float holds fifteen digits: what comes after them was never entered by anybody."""


def without_noise(amount: Decimal) -> Decimal:
    """Remove the noise of a float, as in 5.650000000000001; any other amount stays as it is."""
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= -MAX_PRICE_DIGITS:
        return amount
    return _RELIABLE_DIGITS.plus(amount)


def _places(amount: Decimal) -> int:
    """Digits after the point."""
    exponent = amount.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency by its ISO 4217 code, with the digits of its smallest coin (KWD has three)."""

    code: str

    @property
    def digits(self) -> int:
        """Digits after the decimal point."""
        digits = minor_units().get(self.code)
        return DEFAULT_DIGITS if digits is None else digits

    def round(self, amount: Decimal) -> Decimal:
        """Round half up to this currency's digits."""
        return without_noise(amount).quantize(Decimal(1).scaleb(-self.digits), rounding=ROUND_HALF_UP)

    def round_column(self, amounts: Sequence[Decimal], total: Decimal | None = None) -> tuple[Decimal, ...]:
        """Round amounts that stand above their total, so that they add up to it.

        ``total`` is the rounded total, by default that of the exact amounts. Each amount is rounded half up.
        Where their sum misses the total by coins, the amounts nearest to the other side take one coin each:
        0.3335 and 0.3335 are 0.334 and 0.333, because together they are 0.667. A total that rounding does not
        explain changes nothing.
        """
        rounded = [self.round(amount) for amount in amounts]
        goal = self.round(sum(amounts, ZERO)) if total is None else total
        coin = Decimal(1).scaleb(-self.digits)
        missing = int((goal - sum(rounded, ZERO)) / coin)
        if not missing:
            return tuple(rounded)
        sign = 1 if missing > 0 else -1
        cut_off = [(exact - shown) * sign for exact, shown in zip(amounts, rounded, strict=True)]
        nearest = sorted(range(len(amounts)), key=lambda place: cut_off[place], reverse=True)
        chosen = [place for place in nearest[: abs(missing)] if cut_off[place] > 0]
        if len(chosen) < abs(missing):
            return tuple(rounded)
        for place in chosen:
            rounded[place] += coin * sign
        return tuple(rounded)

    def is_same_price(self, was: Decimal, now: Decimal, quantity: int) -> bool:
        """Return True if two prices of one are the same to a coin, for one and for the whole quantity."""
        counts = (1, quantity)
        return all(self.round(was * count) == self.round(now * count) for count in counts)

    def format_prices(self, *prices: Decimal) -> tuple[str, ...]:
        """Format prices of one beside each other, with fractions of a coin if only these distinguish them."""
        if len(set(prices)) > len({self.round(price) for price in prices}):
            return tuple(f"{max(price.normalize(), self.round(price), key=_places):,f}" for price in prices)
        return tuple(map(self.format_number, prices))

    def format_number(self, amount: Decimal) -> str:
        """Format the amount alone, for columns: ``1,234.500``."""
        return f"{self.round(amount):,.{self.digits}f}"

    def format_money(self, amount: Decimal) -> str:
        """Format the amount with its currency: ``KWD 1,234.500``."""
        return f"{self.code} {self.format_number(amount)}"
