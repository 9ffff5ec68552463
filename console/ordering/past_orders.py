"""An order that was placed, as the platform tells of it: its lines with their parts under them again.

Made by the desk; shown by the orders screen, printed on tickets, ordered again by ``repeating``.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from console.ordering.checkout import DeliveryMode
from console.ordering.draft import Portion
from console.ordering.money import ZERO

REGULAR_STRENGTHS = ("", "single", "normal", "regular")
"""Strengths that go without saying."""


class OrderState(StrEnum):
    """How far an order has come, in words."""

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
        """Whether nothing more becomes of it."""
        return self in (OrderState.DELIVERED, OrderState.COLLECTED, OrderState.CANCELLED)

    @property
    def can_be_cancelled(self) -> bool:
        """Whether the platform may still cancel it: not once it has left, or is over."""
        return not self.is_final and self not in (OrderState.OUT_FOR_DELIVERY, OrderState.READY)


@dataclass(frozen=True, slots=True)
class PastLine:
    """A line of a past order, or a part of one.

    ``quantity`` is for one unit of what it is a part of, ``price`` is its own, without its parts, in the
    store's currency. ``is_base`` marks the part whose variant is a bundle's crust and size. ``options``
    and ``strength`` are empty where the menu of today does not know the variant.
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

    @property
    def unit_price(self) -> Decimal:
        """What one cost with all its parts."""
        return self.price + sum((part.unit_price * part.quantity for part in self.parts), ZERO)

    @property
    def total(self) -> Decimal:
        """What all of it cost."""
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class PastOrder:
    """An order. ``ordered_at`` is in the store's own time, ``None`` where the platform does not say.

    ``lines`` is ``None`` until they were read. ``total`` is what it cost, ``payable`` what is left of that
    after what was cancelled.
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
        """What the lines cost together."""
        return sum((line.total for line in self.lines or ()), ZERO)

    @property
    def delivery_charge(self) -> Decimal:
        """What was paid beside the goods: the platform names delivery in no answer about a past order."""
        return max(ZERO, self.total - self.goods_total + self.discount - self.tax)


def line_details(line: PastLine) -> str:
    """What is on or in a line, in words; its crust and size are its options."""
    return ", ".join(_part_description(part) for part in line.parts if not part.is_base)


def line_options(line: PastLine) -> str:
    """The variant of a line, or of its base where it has one."""
    return next((part.options for part in line.parts if part.is_base), line.options)


def _part_description(part: PastLine) -> str:
    side = {Portion.LEFT: "left: ", Portion.RIGHT: "right: "}.get(part.portion, "")
    strength = "" if part.strength.casefold() in REGULAR_STRENGTHS else part.strength.lower()
    times = f"{part.quantity} x" if part.quantity > 1 else ""
    inside = line_details(part)
    words = (times, strength, part.title, line_options(part), f"({inside})" if inside else "")
    return side + " ".join(word for word in words if word)
