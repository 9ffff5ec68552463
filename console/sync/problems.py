"""Problems as data: a code, its subject, and the platform's own message where it sent one.

``console.services.orders.problem_texts`` words them; nothing here is a sentence for an operator.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from console.api.orders.refusals import OrderRefusal
from console.ordering.checkout import Checkout, DeliveryMode
from console.ordering.money import ZERO


class RejectionCode(StrEnum):
    """Why the platform's cart is not as requested."""

    REFUSED = "refused"
    """The platform said no; ``message`` has its reason, empty where it gave none."""
    NOT_SHOWN = "not-shown"
    """The platform reported success, and the cart does not show it."""
    STORED_DIFFERENTLY = "stored-differently"
    """The cart has ``subject`` in its place."""
    NO_DISCOUNT = "no-discount"
    """The voucher takes nothing off this order."""
    UNEXPECTED_VOUCHER = "unexpected-voucher"
    """The voucher ``subject`` was applied by another session."""
    MODE_NOT_CHANGED = "mode-not-changed"
    """Items that were added for pickup cannot be removed to add them for delivery, or the reverse."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """One rejection. ``message`` is the platform's own; the codes say what ``subject`` is."""

    code: RejectionCode
    message: str = ""
    subject: str = ""


class ProblemCode(StrEnum):
    """Why an order does not go on."""

    OFFLINE = "offline"
    SEARCH_POSTPONED = "search-postponed"
    """Offline while it is unknown whether the order was placed."""
    SYNC_FAULT = "sync-fault"
    """A defect of this program ended the work on the order."""
    STATE_CORRUPTED = "state-corrupted"
    """The stored sync state cannot be read."""
    LEASED_ELSEWHERE = "leased-elsewhere"
    RESPONSE_LOST = "response-lost"
    CART_INCOMPLETE = "cart-incomplete"
    """The platform's cart comes without a bundle's parts."""
    LOCAL_ERROR = "local-error"
    """A file on this machine; ``message`` says what."""
    PLATFORM_ERROR = "platform-error"
    """The platform refused or failed; ``message`` says what."""

    ACCOUNT_REFUSED = "account-refused"
    """The platform creates no account for ``subject``; ``message`` says why."""
    ACCOUNT_AMBIGUOUS = "account-ambiguous"
    """``counts[0]`` customers have the number ``subject``."""
    ACCOUNT_TAKEN = "account-taken"
    """The number or e-mail ``subject`` has the account of ``message``, who is another person."""

    EMPTY_ORDER = "empty-order"
    NO_PAYMENT = "no-payment"
    NO_ADDRESS = "no-address"
    NO_AREA = "no-area"
    """The address has neither an area nor a PIN code, so nobody knows whether the store delivers there."""
    DRAFT_CHANGED = "draft-changed"
    """The draft has other edits than the placement request is for."""
    NOT_IN_SYNC = "not-in-sync"
    CHECKOUT_REJECTED = "checkout-rejected"
    """``checkout`` says what of it, and why."""
    ADDRESS_REJECTED = "address-rejected"
    """As ``CHECKOUT_REJECTED``, and nothing else can be accepted in its place."""
    UNDECIDED_DIFFERENCES = "undecided-differences"
    """``difference`` is the first of ``counts[0]`` differences that the operator has not decided."""
    TOTAL_CHANGED = "total-changed"
    """The quoted total was ``was``, the cart's is ``now``; ``delivery_was`` and ``delivery_now`` are the
    fees in them, ``delivery_was`` is ``None`` if none was quoted."""
    ORDER_REFUSED = "order-refused"
    """Place Order was refused for ``refusals``, so nothing was ordered."""
    REQUEST_OVERDUE = "request-overdue"
    """The order was to be placed ``at`` a time that is too long ago, or still to come."""

    DUPLICATE_REFERENCE = "duplicate-reference"
    """Two orders on the platform carry this order's reference."""
    SEARCH_REFUSED = "search-refused"
    """The platform does not show orders; ``message`` says why."""
    SEARCH_INCOMPLETE = "search-incomplete"
    """The platform has more orders than it shows."""
    SEVERAL_MATCHES = "several-matches"
    """``counts[0]`` orders could be this one."""
    ONE_MATCH = "one-match"
    """One order could be this one, or another one just like it."""
    SHARED_MATCH = "shared-match"
    """Order ``subject`` could be this one, or another console's: placed at ``message`` (the platform's text),
    for the total ``now``."""
    OWNER_UNPROVED = "owner-unproved"
    """No order was found for the customer, but it is not proved that the cart was theirs."""
    RESPONSE_MISMATCHED = "response-mismatched"
    """The platform's response was of another request, or its session of another customer."""
    NO_MATCH = "no-match"
    """No order was found ``counts[0]`` seconds after the response was lost."""
    UNPAID = "unpaid"
    """Order ``subject`` is on the platform without its payment; ``message`` says why."""


@dataclass(frozen=True, slots=True)
class StatedRefusal:
    """A refusal of Place Order. ``words`` are the platform's own, empty where it gave none.

    ``validator`` is its name for a refusal that no document prints, empty for the others.
    """

    refusal: OrderRefusal
    words: str = ""
    validator: str = ""


class Aspect(StrEnum):
    """A part of the checkout that is sent on its own."""

    ADDRESS = "address"
    DELIVERY_SLOT = "slot"
    VOUCHER = "voucher"
    VOUCHER_REMOVAL = "no voucher"


@dataclass(frozen=True, slots=True)
class CheckoutRejection:
    """A part of the checkout that is not as requested and stays so.

    ``aspect`` is ``None`` where no part of the order's own checkout is concerned. ``subject`` is what the
    cart has in its place: a voucher's code, or a delivery mode; empty where the reason says it.
    """

    aspect: Aspect | None
    rejection: Rejection
    subject: str = ""

    @property
    def can_be_accepted(self) -> bool:
        """Return True if the order may be placed with it although no checkout expresses it."""
        return self.aspect is Aspect.VOUCHER_REMOVAL

    def accepted(self, checkout: Checkout) -> Checkout | None:
        """Return the checkout once it is as the platform has it; ``None`` where it cannot be."""
        if self.aspect is Aspect.DELIVERY_SLOT:
            return replace(checkout, delivery_slot=None)
        if self.aspect is Aspect.VOUCHER:
            return replace(checkout, voucher="")
        if self.can_be_accepted:
            return checkout
        if self.unexpected_voucher:
            return replace(checkout, voucher=self.unexpected_voucher)
        if self.rejection.code is RejectionCode.MODE_NOT_CHANGED and self.subject:
            return replace(checkout, mode=DeliveryMode(self.subject))
        return None

    @property
    def identity(self) -> str:
        """A text that no other difference of a checkout has."""
        return f"{self.aspect}|{self.subject}|{self.rejection.code}"

    @property
    def unexpected_voucher(self) -> str:
        """The code of a voucher that another session applied, empty for any other rejection."""
        is_unexpected = self.rejection.code is RejectionCode.UNEXPECTED_VOUCHER
        return self.rejection.subject if is_unexpected else ""


class DifferenceCode(StrEnum):
    """How the cart differs from the order."""

    MISSING = "missing"
    """None of the line is in the cart, or what is there cannot be ordered any more."""
    FEWER = "fewer"
    """``in_cart`` of ``requested`` are in the cart."""
    OTHER_PRODUCT = "other-product"
    """``instead`` is in the line's place."""
    MADE_DEAL = "made-deal"
    """The platform made the deal ``instead`` of the line."""
    OTHER_PARTS = "other-parts"
    OTHER_PRICE = "other-price"
    """One was ``was`` and is ``now``."""
    UNEXPECTED = "unexpected"
    """``in_cart`` of it were not added here."""
    GIFT = "gift"
    """The platform gives ``in_cart`` of it for nothing."""
    KEPT_GONE = "kept-gone"
    """``requested`` of it were kept, and the cart has none any more."""


@dataclass(frozen=True, slots=True)
class UndecidedDifference:
    """A difference of one line that the operator has not decided. ``subject`` is the line's title."""

    code: DifferenceCode
    subject: str
    requested: int = 0
    in_cart: int = 0
    instead: str = ""
    was: Decimal = ZERO
    now: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of an order. Each code says which of the other fields it fills.

    ``at`` is Unix time in seconds. ``reply`` is what the platform answered to Place Order, where that did not
    say whether it was placed.
    """

    code: ProblemCode
    message: str = ""
    subject: str = ""
    counts: tuple[int, ...] = ()
    was: Decimal = ZERO
    now: Decimal = ZERO
    checkout: CheckoutRejection | None = None
    difference: UndecidedDifference | None = None
    at: float = 0.0
    reply: str = ""
    delivery_was: Decimal | None = ZERO
    delivery_now: Decimal = ZERO
    refusals: tuple[StatedRefusal, ...] = ()


class NeedsAttentionError(Exception):
    """The operator has to do something before the order goes on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code.value)
        self.problem = problem
