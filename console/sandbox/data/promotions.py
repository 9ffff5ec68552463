"""The merchant's promotions and vouchers, as in the data file."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache

from console.sandbox.data.data_loader import DataError, TomlTable, load_data_file
from console.sandbox.responses import MERCHANT_TIME

NO_LIMIT = -1
_ZERO = Decimal(0)


class PromotionKind(StrEnum):
    """Scope of a promotion."""

    CART = "cart"
    """The whole cart."""
    CATALOGUE = "catalogue"
    """The lines of its categories."""
    FREE = "free"
    """No discount: a product may be added for free."""


@dataclass(frozen=True, slots=True)
class SandboxPromotion:
    """A promotion; one with a ``voucher`` applies once its code is applied.

    ``percent`` and ``amount`` are the discount; ``minimum`` is the minimum price of the products. ``starts``
    and ``ends`` are Unix seconds. ``per_user`` and ``total_uses`` limit its use, ``NO_LIMIT`` for none.
    ``is_gift`` is for a gift voucher. ``channels`` are the types of channel it is listed for, empty for every
    one.
    """

    rule_id: int
    title: str
    description: str
    kind: PromotionKind
    voucher: str
    percent: Decimal
    amount: Decimal
    minimum: Decimal
    starts: float
    ends: float
    per_user: int
    total_uses: int
    locations: tuple[int, ...]
    modes: tuple[str, ...]
    groups: tuple[int, ...]
    categories: tuple[str, ...]
    products: tuple[int, ...]
    quantity: int
    is_gift: bool
    channels: tuple[str, ...] = ()


@cache
def load_promotions() -> tuple[SandboxPromotion, ...]:
    """Load the promotions of the data file.

    Raises:
        DataError: the file is not TOML, lacks a key, or has an invalid day.
    """
    return tuple(_promotion(row) for row in load_data_file("promotions.toml").tables("promotion"))


def _promotion(row: TomlTable) -> SandboxPromotion:
    return SandboxPromotion(
        rule_id=row.integer("id"),
        title=row.text("title"),
        description=row.text("description", ""),
        kind=PromotionKind(row.text("kind", PromotionKind.CART)),
        voucher=row.text("voucher", ""),
        percent=row.amount("percent", _ZERO),
        amount=row.amount("amount", _ZERO),
        minimum=row.amount("minimum", _ZERO),
        starts=_midnight(row.text("starts")),
        ends=_midnight(row.text("ends"), days=1),
        per_user=row.integer("per_user", NO_LIMIT),
        total_uses=row.integer("total", NO_LIMIT),
        locations=row.integers("locations", ()),
        modes=row.texts("modes", ()),
        groups=row.integers("groups", ()),
        categories=row.texts("categories", ()),
        products=row.integers("products", ()),
        quantity=row.integer("quantity", 0),
        is_gift=row.flag("gift", default=False),
        channels=tuple(channel.casefold() for channel in row.texts("channels", ())),
    )


def _midnight(day: str, *, days: int = 0) -> float:
    try:
        date = datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=MERCHANT_TIME).date()
    except ValueError as error:
        raise DataError(f"promotions.toml: {day} is not a day such as 2027-01-31") from error
    return datetime.combine(date + timedelta(days=days), time(), MERCHANT_TIME).timestamp()
