"""What screens show of orders: plain values, made by the desk's services.

What is told while an operator works is in ``changes``.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from console.ordering.customer import Customer
from console.ordering.draft import Draft, DraftLine, OrderItem
from console.ordering.money import Currency
from console.ordering.stores import Location
from console.services.orders.problem_texts import checkout_rejection_text, problem_text
from console.sync.cart.differences import LineComparison, LineStatus, SuggestedDeal, UnexpectedLine
from console.sync.cart.observed_cart import CartTotals
from console.sync.placement.rejection import RejectionSubject
from console.sync.placement.state import Abandon, Candidate, ConfirmOrder, Decision, Retry
from console.sync.problems import Aspect, CheckoutRejection, Problem, ProblemCode, Rejection, RejectionCode
from console.sync.status import Activity, PlacementStatus, PlacementView

__all__ = [
    "Activity",
    "Aspect",
    "Candidate",
    "CartTotals",
    "DealSuggestion",
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
    "Problem",
    "ProblemCode",
    "Rejection",
    "RejectionCode",
    "CheckoutRejection",
    "RejectionSubject",
    "UnexpectedLine",
    "SuggestedDeal",
    "AdoptableOrder",
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

    ``store`` is where it is ordered. ``comparisons`` has one entry for each of the draft's lines, in their
    order; ``pending_lines`` is how many of them the platform does not have yet. ``is_saved`` is true once every edit is
    durable on this machine. ``problem`` is a sentence, empty while all is well. ``rejected`` is what the
    platform does not take of the checkout: address, slot, voucher. ``suggested_deals`` are deals that it would put
    in the place of lines.
    """

    draft_id: str
    store: Location
    customer: Customer | None
    created_at: float
    draft: Draft
    currency: Currency
    estimate: Decimal
    comparisons: tuple[LineComparison, ...]
    unexpected: tuple[UnexpectedLine, ...]
    totals: CartTotals | None
    pending_lines: int
    differences: int
    activity: Activity
    problem: str
    is_saved: bool
    rejected: tuple[CheckoutRejection, ...] = ()
    placement: PlacementView = field(default_factory=PlacementView)
    suggested_deals: tuple[SuggestedDeal, ...] = ()

    @property
    def rejection_messages(self) -> tuple[str, ...]:
        """The rejected parts of the checkout, a sentence each."""
        return tuple(checkout_rejection_text(rejected) for rejected in self.rejected)

    @property
    def placement_message(self) -> str:
        """The sentence for the problem of placing it, empty while all is well."""
        return problem_text(self.placement.problem, self.currency)

    @property
    def unexpected_voucher(self) -> str:
        """The code of a voucher that another session applied, empty for none."""
        codes = (rejected.unexpected_voucher for rejected in self.rejected)
        return next((code for code in codes if code), "")

    @property
    def customer_name(self) -> str:
        """Whom the order is for."""
        return self.customer.name if self.customer else "Walk-in"

    @property
    def is_pending(self) -> bool:
        """Whether the platform's cart is not yet known to equal the draft."""
        return self.pending_lines > 0 or not self.is_saved or self.activity is not Activity.IDLE

    @property
    def is_confirmed(self) -> bool:
        """Whether the platform gave the total of the order as it is now."""
        return self.totals is not None and not self.is_pending

    @property
    def total(self) -> Decimal:
        """The platform's total; until that is there what the customer was told, else the estimate.

        While an order is on its way, and after its answer was lost, no cart says what it costs.
        """
        if self.totals is not None and self.is_confirmed:
            return self.totals.total
        return self.estimate if self.placement.quoted_total is None else self.placement.quoted_total


@dataclass(frozen=True, slots=True)
class DealSuggestion:
    """A deal that the platform suggests: ``item`` is the deal as on the menu, in the place of ``line``."""

    line: DraftLine
    item: OrderItem


@dataclass(frozen=True, slots=True)
class AdoptableOrder:
    """Another operator's order on this machine that is not placed yet, and may be adopted."""

    draft_id: str
    operator: str
    customer_name: str
    created_at: float
    lines: int
    total: Decimal
