"""The currencies of ISO 4217 and their digits, from the list that the package ``iso4217`` carries."""

from collections.abc import Mapping
from functools import cache


@cache
def minor_units() -> Mapping[str, int | None]:
    """Digits after the point by code; ``None`` for what has no smallest coin, such as gold (XAU).

    The first call takes about 10 ms.
    """
    import iso4217  # noqa: PLC0415 (it reads its table when it is imported, and the first paint needs none)

    return {currency.code: currency.exponent for currency in iso4217.Currency}


def currency_problem(code: str) -> str:
    """Why a code does not name the currency of a store's prices, as a sentence; empty if it does."""
    units = minor_units()
    if code not in units:
        return f"{code} is not a currency of ISO 4217."
    return f"{code} has no coins: it is not a currency to sell in." if units[code] is None else ""
