"""Amounts of money: exact decimals in the digits of their currency."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)

# ISO 4217: every currency not named here has two digits.
_DIGITS = {
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
    "CLP": 0, "ISK": 0, "JPY": 0, "KRW": 0, "PYG": 0, "UGX": 0, "VND": 0, "XAF": 0, "XOF": 0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency by its ISO 4217 code, with the digits of its smallest coin (KWD has three)."""

    code: str

    @property
    def digits(self) -> int:
        """Digits after the decimal point."""
        return _DIGITS.get(self.code, 2)

    def round(self, amount: Decimal) -> Decimal:
        """Round half up to this currency's digits."""
        return amount.quantize(Decimal(1).scaleb(-self.digits), rounding=ROUND_HALF_UP)

    def format_number(self, amount: Decimal) -> str:
        """Format the amount alone, for columns: ``1,234.500``."""
        return f"{self.round(amount):,.{self.digits}f}"

    def format_money(self, amount: Decimal) -> str:
        """Format the amount with its currency: ``KWD 1,234.500``."""
        return f"{self.code} {self.format_number(amount)}"
