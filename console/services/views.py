"""Orders as the screens show them: plain values. Events are in ``events``."""

from dataclasses import dataclass, field
from decimal import Decimal

from console.ordering.customer import Customer
from console.ordering.draft import Draft, DraftLine, OrderItem
from console.ordering.money import ZERO, Currency
from console.ordering.placed.purchased_order import PurchasedOrder
from console.ordering.pricing.delivery_fee import money_text
from console.ordering.store_time import MACHINE_TIME, StoreTime
from console.ordering.stores import Location
from console.services.orders.amounts import OrderAmounts, order_amounts
from console.services.orders.local_time import local_moment
from console.services.orders.problem_texts import checkout_rejection_text, problem_text
from console.sync.cart.differences import LineComparison, LineStatus, SuggestedDeal
from console.sync.cart.observed_cart import CartTotals
from console.sync.cart.unexpected import UnexpectedLine
from console.sync.placement.rejection import RejectionSubject, refusal_subject
from console.sync.placement.state import Abandon, Candidate, ConfirmOrder, Decision, Retry
from console.sync.problems import (
    Aspect,
    CheckoutRejection,
    Problem,
    ProblemCode,
    Rejection,
    RejectionCode,
    StatedRefusal,
)
from console.sync.status import Activity, PlacementStatus, PlacementView

__all__ = [
    "Abandon",
    "Activity",
    "AdoptableOrder",
    "Aspect",
    "Candidate",
    "CartTotals",
    "CheckoutRejection",
    "ConfirmOrder",
    "DealSuggestion",
    "Decision",
    "LineComparison",
    "LineStatus",
    "NewCustomer",
    "OrderView",
    "PlacementStatus",
    "PlacementView",
    "Problem",
    "ProblemCode",
    "Rejection",
    "RejectionCode",
    "RejectionSubject",
    "Retry",
    "StatedRefusal",
    "SuggestedDeal",
    "UnexpectedLine",
    "refusal_subject",
]


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """A customer to create, as typed."""

    first_name: str
    last_name: str = ""
    mobile: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as a screen shows it: the draft, the estimate, and what the platform has."""

    draft_id: str
    store: Location
    """Where it is ordered."""
    customer: Customer | None
    created_at: float
    draft: Draft
    currency: Currency
    estimate: Decimal
    comparisons: tuple[LineComparison, ...]
    """One entry for each of the draft's lines, in their order."""
    unexpected: tuple[UnexpectedLine, ...]
    totals: CartTotals | None
    pending_lines: int
    """Lines that the platform does not have yet."""
    differences: int
    activity: Activity
    problem: str
    """A sentence, empty while all is well."""
    is_saved: bool
    """True once every edit is durable on this machine."""
    rejected: tuple[CheckoutRejection, ...] = ()
    """Parts of the checkout that the platform rejected: address, slot, voucher."""
    placement: PlacementView = field(default_factory=PlacementView)
    suggested_deals: tuple[SuggestedDeal, ...] = ()
    """Deals that the platform suggests in place of lines."""
    estimated_delivery: Decimal | None = ZERO
    """The delivery fee in the estimate; ``None`` if none was observed, so that it is "plus delivery"."""
    record: PurchasedOrder | None = None
    """The order as the platform has it: what was bought, or before that its cart while it is in sync."""
    record_notes: tuple[str, ...] = ()
    """What the operator has to know about the record, a sentence each."""
    is_earlier: bool = False
    """True if it was placed before this session began: its tickets may be printed already."""
    store_time: StoreTime = MACHINE_TIME
    """The clock that times are shown by."""
    shown_at: float = 0.0
    """When this view was made, in Unix seconds: for words such as yesterday."""

    @property
    def rejection_messages(self) -> tuple[str, ...]:
        """The rejected parts of the checkout, a sentence each."""
        return tuple(checkout_rejection_text(rejected) for rejected in self.rejected)

    @property
    def placement_message(self) -> str:
        """The sentence for the problem of placing it, empty while all is well."""
        return problem_text(
            self.placement.problem, self.currency, now=self.shown_at, store_time=self.store_time
        )

    @property
    def asks_from_text(self) -> str:
        """The time from which on a waiting order asks before it is placed, such as ``22:10``."""
        moment = local_moment(self.placement.asks_from, self.shown_at, self.store_time)
        return moment.removeprefix("at ").removeprefix("on ")

    @property
    def has_undecided(self) -> bool:
        """Return True if the operator has to decide a difference between the order and its cart."""
        return self.differences > 0 or bool(self.rejected)

    @property
    def is_overdue(self) -> bool:
        """Return True if the order waits because it was to be placed too long ago."""
        problem = self.placement.problem
        return problem is not None and problem.code is ProblemCode.REQUEST_OVERDUE

    @property
    def refusals(self) -> tuple[StatedRefusal, ...]:
        """What Place Order was refused for, empty if it was not: nothing was ordered."""
        problem = self.placement.problem
        return problem.refusals if problem is not None else ()

    @property
    def unexpected_voucher(self) -> str:
        """The code of a voucher that another session applied, empty for none."""
        codes = (rejected.unexpected_voucher for rejected in self.rejected)
        return next((code for code in codes if code), "")

    @property
    def customer_name(self) -> str:
        """The customer's name, or Walk-in."""
        return self.customer.name if self.customer else "Walk-in"

    @property
    def is_sent(self) -> bool:
        """Return True from Place Order on: what was bought is on record, whatever the draft says."""
        return self.placement.purchased is not None

    @property
    def line_count(self) -> int:
        """The number of lines that were bought, else of the draft's."""
        return len(self.record.lines if self.record is not None and self.is_sent else self.draft.lines)

    @property
    def is_pending(self) -> bool:
        """Return True while the cart is not known to equal the draft."""
        return self.pending_lines > 0 or not self.is_saved or self.activity is not Activity.IDLE

    @property
    def is_confirmed(self) -> bool:
        """Return True if the platform's total is for the order as it is now."""
        is_placed = self.is_sent and self.placement.state is PlacementStatus.PLACED
        return is_placed or (self.totals is not None and not self.is_pending)

    @property
    def total(self) -> Decimal:
        """The total of what was bought, else of the platform's cart, else as quoted, else as estimated."""
        if self.record is not None and self.is_sent:
            return self.record.total
        if self.totals is not None and self.is_confirmed:
            return self.totals.total
        return self.estimate if self.placement.quoted_total is None else self.placement.quoted_total

    @property
    def delivery_fee(self) -> Decimal | None:
        """The delivery fee in the total, ``None`` if the total is "plus delivery"."""
        if self.record is not None and self.is_sent:
            return self.record.delivery or ZERO
        if self.totals is not None and self.is_confirmed:
            return self.totals.shipping
        is_quoted = self.placement.quoted_total is not None
        return self.placement.quoted_delivery if is_quoted else self.estimated_delivery

    @property
    def total_text(self) -> str:
        """The total in words and figures: ``KWD 2.850``, or ``KWD 2.350 plus delivery``."""
        return money_text(self.total, self.delivery_fee, self.currency)

    @property
    def amounts(self) -> OrderAmounts:
        """The amounts of the lines, which add up to the total without delivery, tax and discount."""
        goods = self.totals.products if self.totals is not None and self.is_confirmed else None
        return order_amounts(self.draft, self.comparisons, self.unexpected, self.currency, goods)


@dataclass(frozen=True, slots=True)
class DealSuggestion:
    """A suggested deal: ``item`` is the menu's deal that would replace ``line``."""

    line: DraftLine
    item: OrderItem


@dataclass(frozen=True, slots=True)
class AdoptableOrder:
    """Another operator's unplaced order on this machine that may be taken over."""

    draft_id: str
    operator: str
    customer_name: str
    created_at: float
    lines: int
    total: Decimal
