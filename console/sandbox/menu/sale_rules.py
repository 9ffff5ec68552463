"""Rules of a product's sale that updates set: its days, its quantities, back orders and a hidden price."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import inf

from console.sandbox.responses import MERCHANT_TIME

NO_LIMIT = 10**9
"""Units that can be ordered beyond the stock, if the update names no number."""


@dataclass(frozen=True, slots=True)
class SaleRules:
    """The rules of one product or variant.

    It is sold from ``starts`` until ``ends``, in Unix seconds, and with ``pre_order`` before that as well.
    ``minimum`` and ``maximum`` are units in one order, 0 for no limit; ``lot`` divides them. ``back_order``
    is how many units can be ordered beyond the stock.
    """

    starts: float = -inf
    ends: float = inf
    minimum: int = 0
    maximum: int = 0
    lot: int = 1
    back_order: int = 0
    pre_order: bool = False
    hides_price: bool = False

    def is_on_sale(self, now: float) -> bool:
        """Return True if it can be ordered now, in Unix seconds."""
        return (self.pre_order or self.starts <= now) and now < self.ends

    def quantity_problem(self, quantity: int) -> str:
        """Return why no order can have this many units, empty if one can."""
        if quantity < self.minimum:
            return f"An order has at least {self.minimum}"
        if self.maximum and quantity > self.maximum:
            return f"An order has at most {self.maximum}"
        if quantity % self.lot:
            return f"It is sold in multiples of {self.lot}"
        return ""


NO_RULES = SaleRules()


def sale_rules(updates: Mapping[str, str]) -> SaleRules:
    """Return the rules of these updates, named by the documents' fields in lower case."""
    if not updates:
        return NO_RULES
    is_always_shown = updates.get("showexpired") == "Y"
    return SaleRules(
        starts=-inf if is_always_shown else _moment(updates, "start", -inf),
        ends=inf if is_always_shown else _moment(updates, "end", inf),
        minimum=int(updates.get("minimumorderquantity", "0")),
        maximum=int(updates.get("maximumorderquantity", "0")),
        lot=max(1, int(updates.get("pkgqty", "1"))),
        back_order=_back_order(updates.get("backorder", "N")),
        pre_order=updates.get("preorder") == "Y",
        hides_price=updates.get("hideprice") == "Y",
    )


def _moment(updates: Mapping[str, str], which: str, default: float) -> float:
    """Return the first or last moment of sale; a last day without a time counts to its end."""
    day = updates.get(f"{which}date")
    if day is None:
        return default
    text = updates.get(f"{which}time", "")
    midnight = datetime.combine(date.fromisoformat(day), time(), MERCHANT_TIME)
    if text:
        clock = time.fromisoformat(text)
        return datetime.combine(midnight.date(), clock, MERCHANT_TIME).timestamp()
    return (midnight + timedelta(days=which == "end")).timestamp()


def _back_order(text: str) -> int:
    """Return how many units: the documents' table has Y and N, their sample a number."""
    return int(text) if text.isdigit() else NO_LIMIT if text == "Y" else 0
