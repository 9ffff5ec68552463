"""What is known of placing one draft, from before the request to the order's number; light, for the screens.

Kept by the engine beside the draft under its lease; changed by ``placing`` only.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from console.ordering.checkout import DeliveryMode
from console.ordering.draft import Portion


class PlacementStage(StrEnum):
    """How far placing has come."""

    READY = "ready"
    """Nothing is under way (any more)."""
    SENT = "sent"
    """Marked: the request may have been sent, and its outcome is not known."""
    NEEDS_DECISION = "asking"
    """The outcome cannot be proved; the operator decides."""
    ACKNOWLEDGED = "answered"
    """It is an order of a known number, still to be authorised."""
    PLACED = "placed"
    ABANDONED = "left"
    """The operator put it away without knowing what became of it."""


FINAL_STAGES = frozenset({PlacementStage.PLACED, PlacementStage.ABANDONED})
"""Nothing is done for it any more."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order on the platform that may be the one that was placed. ``placed_at`` is the platform's text."""

    order_id: int
    total: Decimal
    placed_at: str = ""
    customer_name: str = ""
    matches: bool = False


@dataclass(frozen=True, slots=True, order=True)
class PurchasedLine:
    """So many of a product and variant, with what is in each, on this portion of what it is a part of."""

    product_id: int
    variant_id: int
    quantity: int
    portion: Portion = Portion.WHOLE
    parts: tuple["PurchasedLine", ...] = ()


@dataclass(frozen=True, slots=True)
class FulfilmentTerms:
    """How an order reaches its customer and is paid. ``None``, empty and 0 are what is not told."""

    mode: DeliveryMode | None = None
    street: str = ""
    pin: str = ""
    slot_id: int = 0
    cash_on_delivery: bool | None = None


def merge_equal(lines: Iterable[PurchasedLine]) -> tuple[PurchasedLine, ...]:
    """The lines in one order, those that are alike counted as one, to be compared."""
    counts: Counter[PurchasedLine] = Counter()
    for line in lines:
        counts[replace(line, quantity=0)] += line.quantity
    return tuple(sorted(replace(line, quantity=quantity) for line, quantity in counts.items()))


@dataclass(frozen=True, slots=True)
class Placement:
    """``reference`` is ours and goes with every try; ``total``, ``lines`` and ``terms`` are the cart's.

    ``user_id`` is whose order it will be, a walk-in's token's own; ``marked_at`` is in Unix seconds
    by the platform's clock.
    ``before`` are numbers of orders that were there before the first request and so are not this one.
    ``said`` is what the platform answered in words where no document says whether that places an order.
    """

    stage: PlacementStage
    reference: str
    quoted_total: Decimal
    total: Decimal = Decimal(0)
    lines: tuple[PurchasedLine, ...] = ()
    user_id: str = ""
    sent_at: float = 0.0
    prior_order_ids: tuple[int, ...] = ()
    payment_kind: str = ""
    order_id: int = 0
    candidates: tuple[Candidate, ...] = ()
    question: str = ""
    platform_message: str = ""
    terms: FulfilmentTerms = FulfilmentTerms()


@dataclass(frozen=True, slots=True)
class ConfirmOrder:
    """The operator knows: it is the order of this number."""

    order_id: int


@dataclass(frozen=True, slots=True)
class Retry:
    """The operator knows: it was not placed. It is to be placed again."""


@dataclass(frozen=True, slots=True)
class Abandon:
    """Put the draft away without knowing. Nothing is sent for it any more."""


Decision = ConfirmOrder | Retry | Abandon
