"""Delivery fees as the platform's carts showed them, and what they say of a later order.

The platform does not say why a fee is what it is: it may depend on the goods, and be nothing from some
amount on. Only observed amounts count here; no threshold is guessed.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from console.ordering.checkout import Checkout, DeliveryMode
from console.ordering.money import ZERO, Currency

MAX_AREA_LENGTH = 100


@dataclass(frozen=True, slots=True)
class FeeArea:
    """A store, a delivery area and a mode: what a fee is remembered by. ``area`` is empty for pickup."""

    location_id: int
    area: str
    mode: DeliveryMode


@dataclass(frozen=True, slots=True)
class ObservedFee:
    """The fee as last seen. ``goods`` is the largest amount of goods that was seen with it, or the smallest
    where the fee is nothing; ``seen_at`` is Unix time in seconds.

    ``free_from`` is the smallest amount of goods that was seen delivered for nothing, where the fee is not
    nothing itself.
    """

    fee: Decimal
    goods: Decimal
    seen_at: float
    free_from: Decimal | None = None


def fee_area(location_id: int, checkout: Checkout) -> FeeArea | None:
    """The area of an order; ``None`` for a delivery whose address names none yet."""
    if checkout.mode is DeliveryMode.PICKUP:
        return FeeArea(location_id, "", checkout.mode)
    address = checkout.address
    named = (address.area or address.pin or address.city) if address else ""
    area = " ".join(named.casefold().split())[:MAX_AREA_LENGTH]
    return FeeArea(location_id, area, checkout.mode) if area else None


def learn_fee(known: ObservedFee | None, *, fee: Decimal, goods: Decimal, seen_at: float) -> ObservedFee:
    """Add one observation.

    A fee replaces the one before. Nothing to pay does so only for no more goods than the fee was seen with:
    for more, the delivery may be free because of the amount, and the fee stays for smaller orders.
    """
    if fee:
        free_from = known.free_from if known else None
        if known is not None and not known.fee:
            free_from = known.goods
        # Seen with a fee where it was free before: the limit has moved.
        is_refuted = free_from is not None and goods >= free_from
        is_same = known is not None and known.fee == fee
        most = max(known.goods, goods) if known is not None and is_same else goods
        return ObservedFee(fee, most, seen_at, None if is_refuted else free_from)
    if known is None:
        return ObservedFee(ZERO, goods, seen_at)
    if not known.fee:
        return replace(known, goods=min(known.goods, goods), seen_at=seen_at)
    if goods <= known.goods:
        return ObservedFee(ZERO, goods, seen_at)
    free_from = goods if known.free_from is None else min(known.free_from, goods)
    return replace(known, free_from=free_from, seen_at=seen_at)


def expected_fee(known: ObservedFee | None, goods: Decimal) -> Decimal | None:
    """The fee for goods of this amount by what was observed; ``None`` where nothing says it."""
    if known is None:
        return None
    if not known.fee:
        # Free then, perhaps because it was enough.
        return ZERO if goods >= known.goods else None
    return ZERO if known.free_from is not None and goods >= known.free_from else known.fee


def money_text(total: Decimal, delivery: Decimal | None, currency: Currency) -> str:
    """A total, with the words "plus delivery" where it has no fee because none is known."""
    return currency.format_money(total) + ("" if delivery is not None else " plus delivery")
