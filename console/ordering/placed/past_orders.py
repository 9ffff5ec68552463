"""Placed orders as the platform reports them, with the parts of each line under it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from console.ordering.catalogue import Variant
from console.ordering.checkout import DeliveryMode
from console.ordering.configuration.bundle import CRUST, STRENGTH, option_value
from console.ordering.draft import Portion
from console.ordering.money import ZERO
from console.ordering.placed.order_states import CANCELLED, OrderState

VariantLookup = Callable[[int, int], Variant | None]
"""Finds a variant by product and variant id, if today's menu knows it."""

REGULAR_STRENGTHS = ("", "single", "normal", "regular")
"""Strengths that are not mentioned."""


@dataclass(frozen=True, slots=True)
class PastLine:
    """A line of an order as the platform has it, or a part of one.

    ``quantity`` is for one unit of the line or part around it. ``price`` is its own, without its parts,
    exact, in the store's currency. ``is_base`` marks the part whose variant is a bundle's crust and size.
    ``options`` and ``strength`` are empty if nobody names the variant. ``is_free`` marks a gift.
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
    is_free: bool = False

    @property
    def unit_price(self) -> Decimal:
        """Price of one unit with all its parts, exact."""
        return self.price + sum((part.unit_price * part.quantity for part in self.parts), ZERO)

    @property
    def total(self) -> Decimal:
        """Price of the whole quantity, exact."""
        return self.unit_price * self.quantity


@dataclass(frozen=True, slots=True)
class PastOrder:
    """A placed order. ``ordered_at`` is in the store's local time, ``None`` if the platform does not say.

    ``lines`` is ``None`` until they were read; ``unreadable_lines`` are missing among them. ``total`` is the
    price, ``payable`` what is left of it after cancellations. ``delivery`` is ``None`` where the platform
    does not say it. ``discount`` is by promotions and vouchers.
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
    delivery: Decimal | None = None
    discount: Decimal = ZERO
    tax: Decimal = ZERO
    payment: str = ""
    notes: str = ""
    lines: tuple[PastLine, ...] | None = None
    voucher_discount: Decimal = ZERO
    """The part of ``discount`` that is by vouchers."""
    voucher: str = ""
    unreadable_lines: int = 0

    def with_state(self, state: OrderState) -> "PastOrder":
        """Return the order in this state; one without a line left is cancelled, whatever it is called."""
        nothing_left = not self.unreadable_lines and is_all_cancelled(self.lines or ())
        return replace(self, state=CANCELLED if nothing_left and not state.is_void else state)


def is_all_cancelled(lines: Sequence[PastLine]) -> bool:
    """Return True if nothing is left of any line; platforms keep the state of such an order."""
    return bool(lines) and all(line.cancelled_quantity >= line.quantity for line in lines)


def with_variant_names(line: PastLine, find_variant: VariantLookup) -> PastLine:
    """Name the variants of a line and its parts that the platform left unnamed.

    A topping's size is its pizza's and need not be shown.
    """
    variant = find_variant(line.product_id, line.variant_id) if line.variant_id else None
    strength = line.strength or option_value(variant, STRENGTH)
    return replace(
        line,
        options="" if strength else line.options or (variant.label if variant else ""),
        strength=strength,
        is_base=line.is_base or bool(option_value(variant, CRUST)),
        parts=tuple(with_variant_names(part, find_variant) for part in line.parts),
    )


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
