"""What screens show of orders: plain values, made by the desk's services.

What is told while an operator works is in ``changes``.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from console.ordering.customer import Customer
from console.ordering.draft import Draft, DraftLine, OrderItem
from console.ordering.money import Currency
from console.ordering.stores import Location
from console.sync.cart.checkout import Aspect, CheckoutRejection
from console.sync.cart.differences import LineComparison, LineStatus, SuggestedDeal, UnexpectedLine
from console.sync.cart.observed_cart import CartTotals
from console.sync.placement.rejection import RejectionSubject
from console.sync.placement.state import Abandon, Candidate, ConfirmOrder, Decision, Retry
from console.sync.status import Activity, PlacementStatus, PlacementView

__all__ = [
    "Activity",
    "Aspect",
    "Candidate",
    "CartTotals",
    "DealOffer",
    "Decision",
    "ConfirmOrder",
    "Abandon",
    "LineComparison",
    "LineStatus",
    "NewCustomer",
    "OrderView",
    "Retry",
    "PlacementStatus",
    "PlacementView",
    "CheckoutRejection",
    "RejectionSubject",
    "UnexpectedLine",
    "SuggestedDeal",
    "WaitingOrder",
]


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """A customer to be created, as typed."""

    first_name: str
    last_name: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as a screen shows it: the wish, the estimate, and what the platform has.

    ``store`` is where it is ordered. ``facts`` has one entry for each of the draft's lines, in their
    order; ``unsent`` is how many of them the platform does not have yet. ``saved`` is true once every edit is
    durable on this machine. ``problem`` is a sentence, empty while all is well. ``refused`` is what the
    platform does not take of the checkout: address, slot, voucher. ``suggested`` are deals that it would put
    in the place of lines.
    """

    draft_id: str
    store: Location
    customer: Customer | None
    created_at: float
    draft: Draft
    currency: Currency
    estimate: Decimal
    facts: tuple[LineComparison, ...]
    strange: tuple[UnexpectedLine, ...]
    totals: CartTotals | None
    unsent: int
    differences: int
    activity: Activity
    problem: str
    saved: bool
    refused: tuple[CheckoutRejection, ...] = ()
    placement: PlacementView = field(default_factory=PlacementView)
    suggested: tuple[SuggestedDeal, ...] = ()

    @property
    def refusals(self) -> tuple[str, ...]:
        """What is refused of the checkout, a sentence each."""
        return tuple(refused.message for refused in self.refused)

    @property
    def strange_voucher(self) -> str:
        """The code of a voucher that counts for it and that nobody here applied; empty for none."""
        return next((refused.voucher for refused in self.refused if refused.voucher), "")

    @property
    def who(self) -> str:
        """Whom the order is for."""
        return self.customer.name if self.customer else "Walk-in"

    @property
    def pending(self) -> bool:
        """Whether the platform's cart is not yet known to equal the draft."""
        return self.unsent > 0 or not self.saved or self.activity is not Activity.IDLE

    @property
    def is_confirmed(self) -> bool:
        """Whether the platform gave the total of the order as it is now."""
        return self.totals is not None and not self.pending

    @property
    def total(self) -> Decimal:
        """The platform's total; until that is there what the customer was told, else the estimate.

        While an order is on its way, and after its answer was lost, no cart says what it costs.
        """
        if self.totals is not None and self.is_confirmed:
            return self.totals.total
        return self.estimate if self.placement.quoted_total is None else self.placement.quoted_total


@dataclass(frozen=True, slots=True)
class DealOffer:
    """A deal that the platform suggests: ``item`` is the deal as on the menu, in the place of ``line``."""

    line: DraftLine
    item: OrderItem


@dataclass(frozen=True, slots=True)
class WaitingOrder:
    """Another operator's order on this machine that is not placed yet, and may be adopted."""

    draft_id: str
    operator: str
    who: str
    created_at: float
    lines: int
    total: Decimal
