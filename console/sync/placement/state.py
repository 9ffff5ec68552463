"""The placement of one draft: what is known of it, from before Place Order to the order's number."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from console.ordering.checkout import DeliveryMode
from console.ordering.draft import Portion
from console.ordering.placed.purchased_order import PurchasedOrder
from console.sync.problems import Problem


class PlacementStage(StrEnum):
    """How far placing has come."""

    READY = "ready"
    """Nothing is under way, or not any more."""
    SENT = "sent"
    """Place Order may have been sent, and its outcome is not known."""
    NEEDS_DECISION = "needs-decision"
    """The outcome cannot be proved; the operator decides."""
    ACKNOWLEDGED = "acknowledged"
    """The order has a number; its payment is still to be authorised."""
    PLACED = "placed"
    ABANDONED = "abandoned"
    """The operator gave it up without knowing what became of it."""


FINAL_STAGES = frozenset({PlacementStage.PLACED, PlacementStage.ABANDONED})
"""Nothing is sent for an order in these stages."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order on the platform that may be this one. ``placed_at`` is the platform's text.

    ``purchased`` is what it bought, ``None`` where it was not read.
    """

    order_id: int
    total: Decimal
    placed_at: str = ""
    customer_name: str = ""
    matches: bool = False
    purchased: PurchasedOrder | None = None


@dataclass(frozen=True, slots=True, order=True)
class PurchasedLine:
    """A quantity of a product and variant with its parts; ``portion`` is of the line it is a part of."""

    product_id: int
    variant_id: int
    quantity: int
    portion: Portion = Portion.WHOLE
    parts: tuple["PurchasedLine", ...] = ()


@dataclass(frozen=True, slots=True)
class FulfilmentTerms:
    """How an order reaches its customer and is paid. ``None``, empty and 0 mean unknown."""

    mode: DeliveryMode | None = None
    street: str = ""
    pin: str = ""
    slot_id: int = 0
    cash_on_delivery: bool | None = None


def merge_equal(lines: Iterable[PurchasedLine]) -> tuple[PurchasedLine, ...]:
    """Sort lines and add up equal ones, so that two lists can be compared."""
    counts: Counter[PurchasedLine] = Counter()
    for line in lines:
        counts[replace(line, quantity=0)] += line.quantity
    return tuple(sorted(replace(line, quantity=quantity) for line, quantity in counts.items()))


@dataclass(frozen=True, slots=True)
class Placement:
    """What is known of placing an order. ``total``, ``lines`` and ``terms`` are the cart's when it was sent.

    ``reference`` is ours and the same for every try. ``user_id`` is the account that the order will belong
    to, a walk-in's being that of the token. ``sent_at`` is in Unix seconds by the platform's clock.
    ``prior_order_ids`` were there before the first request, so none of them is this order. ``problem`` asks
    for the operator's decision. ``platform_message`` is a response that no document says to place an order
    or not. With ``owner_proved`` the platform said that the cart was of ``user_id``, so the order must be in
    that account's history. ``purchased`` is what was bought: the cart when it was sent, later the order
    found for it.
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
    problem: Problem | None = None
    platform_message: str = ""
    terms: FulfilmentTerms = FulfilmentTerms()
    owner_proved: bool = False
    purchased: PurchasedOrder | None = None

    def found_as(self, order_id: int, candidates: Iterable[Candidate]) -> "Placement":
        """Take over what an order bought that was found on the platform."""
        found = (order.purchased for order in candidates if order.order_id == order_id)
        return replace(self, purchased=next(found, None) or self.purchased)


@dataclass(frozen=True, slots=True)
class ConfirmOrder:
    """The operator knows that it is the order of this number."""

    order_id: int


@dataclass(frozen=True, slots=True)
class Retry:
    """The operator knows that it was not placed: place it again."""


@dataclass(frozen=True, slots=True)
class Abandon:
    """Give the order up without knowing what became of it."""


Decision = ConfirmOrder | Retry | Abandon
