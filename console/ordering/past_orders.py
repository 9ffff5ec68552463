"""Placed orders as the platform reports them, with the parts of each line under it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from console.ordering.checkout import DeliveryMode
from console.ordering.draft import Portion
from console.ordering.money import ZERO

REGULAR_STRENGTHS = ("", "single", "normal", "regular")
"""Strengths that are not mentioned."""


class OrderState(StrEnum):
    """Progress of a placed order, in words."""

    PENDING = "not paid yet"
    ACCEPTED = "accepted"
    IN_KITCHEN = "in the kitchen"
    OUT_FOR_DELIVERY = "on its way"
    READY = "ready to collect"
    DELIVERED = "delivered"
    COLLECTED = "collected"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"

    @property
    def is_final(self) -> bool:
        """Return True if the state will not change any more."""
        return self in (OrderState.DELIVERED, OrderState.COLLECTED, OrderState.CANCELLED)

    @property
    def can_be_cancelled(self) -> bool:
        """Return True if the platform may still cancel it: before it is ready or has left."""
        return not self.is_final and self not in (OrderState.OUT_FOR_DELIVERY, OrderState.READY)


@dataclass(frozen=True, slots=True)
class PastLine:
    """A line of a past order, or a part of one.

    ``quantity`` is for one unit of the line or part around it. ``price`` is its own, without its parts,
    exact, in the store's currency. ``amount`` is the rounded price of a whole line, ``None`` for a part.
    ``is_base`` marks the part whose variant is a bundle's crust and size.
    ``options`` and ``strength`` are empty if today's menu does not have the variant.
    """

    line_id: int
    product_id: int
    variant_id: int
    title: str
    quantity: int
    price: Decimal
    options: str = ""
    strength: str = ""
    cancelled_quantity: int = 0
    portion: Portion = Portion.WHOLE
    is_base: bool = False
    parts: tuple["PastLine", ...] = ()
    amount: Decimal | None = None

    @property
    def unit_price(self) -> Decimal:
        """Price of one unit with all its parts, exact."""
        return self.price + sum((part.unit_price * part.quantity for part in self.parts), ZERO)

    @property
    def total(self) -> Decimal:
        """Price of the whole quantity: rounded for a line, exact for a part."""
        return self.unit_price * self.quantity if self.amount is None else self.amount


@dataclass(frozen=True, slots=True)
class PastOrder:
    """A placed order. ``ordered_at`` is in the store's local time, ``None`` if the platform does not say.

    ``lines`` is ``None`` until they were read. ``total`` is the price, ``payable`` what is left of it after
    cancellations.
    """

    number: int
    state: OrderState
    ordered_at: datetime | None
    total: Decimal
    user_id: str = ""
    customer: str = ""
    mobile: str = ""
    mode: DeliveryMode = DeliveryMode.PICKUP
    address: str = ""
    wanted_time: str = ""
    location_id: int = 0
    payable: Decimal = ZERO
    discount: Decimal = ZERO
    tax: Decimal = ZERO
    payment: str = ""
    notes: str = ""
    lines: tuple[PastLine, ...] | None = None

    @property
    def goods_total(self) -> Decimal:
        """Sum of the lines."""
        return sum((line.total for line in self.lines or ()), ZERO)

    @property
    def delivery_charge(self) -> Decimal:
        """The rest of the total: the platform does not report delivery for a past order."""
        return max(ZERO, self.total - self.goods_total + self.discount - self.tax)


def line_details(line: PastLine) -> str:
    """Describe the parts of a line, without its base."""
    return ", ".join(_part_description(part) for part in line.parts if not part.is_base)


def line_options(line: PastLine) -> str:
    """The variant of a line, or of its base if it has one."""
    return next((part.options for part in line.parts if part.is_base), line.options)


def _part_description(part: PastLine) -> str:
    side = {Portion.LEFT: "left: ", Portion.RIGHT: "right: "}.get(part.portion, "")
    strength = "" if part.strength.casefold() in REGULAR_STRENGTHS else part.strength.lower()
    times = f"{part.quantity} x" if part.quantity > 1 else ""
    inside = line_details(part)
    words = (times, strength, part.title, line_options(part), f"({inside})" if inside else "")
    return side + " ".join(word for word in words if word)
