"""Switches of the sandbox: the platform's quirks, and faults of the connection.

Set by tests, by the control API and by ``sandbox serve``; read at every request.
"""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import time
from decimal import Decimal
from enum import StrEnum, auto

from console.sandbox.menu.half_rule import SandboxHalfRule


class SandboxCartOwner(StrEnum):
    """Owner of a cart; the documents do not say."""

    TOKEN = auto()
    """A new access token has an empty cart."""
    CUSTOMER = auto()
    """A customer finds the same cart in every session; a walk-in's belongs to the token."""


class FaultKind(StrEnum):
    """Kind of fault of a request."""

    LATENCY = "latency"
    """The response comes late, by ``seconds``."""
    DROP_BEFORE = "drop-before"
    """The connection dies before the work is done."""
    DROP_AFTER = "drop-after"
    """The connection dies after the work is done: the response is lost."""
    DROP_LATE = "drop-late"
    """The connection dies at once, but the work is done ``seconds`` later."""
    STATUS_500 = "status-500"
    """The platform fails; the work is not done."""
    STATUS_429 = "status-429"
    """Too many requests, with ``Retry-After``; the work is not done."""
    SESSION_EXPIRED = "session-expired"
    """The session has expired (440); the work is not done."""
    TRUNCATED = "truncated"
    """The work is done and half of the response arrives."""
    CODE = "code"
    """The response is the message code ``code``, for any request; the work is not done."""
    NOT_JSON = "not-json"
    """The work is done and a proxy's page arrives instead of the response."""
    REPEATED = "repeated"
    """The work is done and its response arrives twice on the connection, the second one ``seconds`` later.

    In process there is no connection, and it arrives once."""
    INVALID_ORDER = "invalid-order"
    """Place Order is refused as documented, by OrderID 0 with a ValidationResponse; the work is not done."""
    EXTRA_LINE = "extra-line"
    """The work is done, and somebody else adds a unit of product ``code`` to the cart; for Add Items only."""
    SLOW_DRIP = "slow-drip"
    """The work is done and its response comes in small pieces, over ``seconds``."""


class PlacingRefusal(StrEnum):
    """Refusal of Place Order that the documents print, in their order."""

    MOBILE_NUMBER = "mobile-number"
    DELIVERY_AREA = "delivery-area"
    DELIVERY_MODE = "delivery-mode"
    DISCOUNT_VOUCHER = "discount-voucher"
    GIFT_VOUCHER = "gift-voucher"
    TRANSACTION = "transaction"
    AMOUNT = "amount"
    PAYMENT_INPUT = "payment-input"
    SEVERAL_PAYMENTS = "several-payments"
    PAYMENT_COUNTRY = "payment-country"
    PIN_CODE = "pin-code"
    SHIPPING_MODE = "shipping-mode"
    ADDRESS = "address"
    SHIPPING = "shipping"
    QUANTITY = "quantity"
    STOCK = "stock"
    STORE_HOURS = "store-hours"


@dataclass(frozen=True, slots=True)
class HoursOfDay:
    """Hours of a day at the store, in minutes from midnight, both ends included."""

    opens: int
    closes: int

    @classmethod
    def parse(cls, opens: str, closes: str) -> "HoursOfDay":
        """Read two times of day such as ``10:00`` or ``23:59:00``.

        Raises:
            ValueError: one of them is none.
        """
        return cls(_minutes_of_day(opens), _minutes_of_day(closes))

    def contains(self, minutes: int) -> bool:
        """Return True for a time of day within the hours."""
        return self.opens <= minutes <= self.closes


def _minutes_of_day(text: str) -> int:
    moment = time.fromisoformat(text.strip())
    return moment.hour * 60 + moment.minute


MAX_FAULT_SECONDS = 3600.0
"""Seconds of the longest delay."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the operations whose name matches ``pattern`` (a glob: ``carts.*``).

    ``times`` is how often it strikes, ``None`` for always; ``probability`` is for each request, by the
    store's seed. ``refusal`` is the one of an invalid order, ``None`` for any, by the seed too.
    """

    pattern: str
    kind: FaultKind
    times: int | None = None
    probability: float = 1.0
    seconds: float = 0.0
    code: int = 1000
    refusal: PlacingRefusal | None = None


def parse_fault(text: str) -> Fault:
    """Parse a fault written as ``PATTERN:KIND[:PROBABILITY[:SECONDS]]``, such as ``carts.*:drop-after:0.1``.

    Raises:
        ValueError: it is not written so, or there is no such kind.
    """
    pattern, kind, *rest = text.split(":")
    numbers = [float(number) for number in rest]
    limits = (1.0, MAX_FAULT_SECONDS)[: len(numbers)]
    is_fault = pattern and len(numbers) <= len(limits)
    if not is_fault or not all(0 <= number <= limit for number, limit in zip(numbers, limits, strict=True)):
        raise ValueError(f"{text} is not PATTERN:KIND[:PROBABILITY[:SECONDS]]")
    probability, seconds = (*numbers, *(1.0, 0.0)[len(numbers) :])
    return Fault(pattern, FaultKind(kind), probability=probability, seconds=seconds)


@dataclass(frozen=True, slots=True)
class Switches:
    """The platform's quirks and the faults in force. Replaced as a whole, never changed."""

    new_keys: bool = True
    """A line's CartReferenceKey changes at every edit, as the documents' echoes show."""
    merge_lines: bool = True
    """A new line equal to an existing one is merged into it."""
    split_lines: bool = False
    """A line of several units comes as two lines, one of a single unit."""
    substitute: Mapping[int, int] = field(default_factory=dict[int, int])
    """Product ids, each with the product that is added to the cart instead."""
    children_apart: bool = False
    """Get Cart Items returns a bundle's children as separate items."""
    drop_children: bool = False
    """With ``children_apart``: a bundle's own item is missing, so that its children are orphans."""
    price_changes: Mapping[int, Decimal] = field(default_factory=dict[int, Decimal])
    """Prices that differ from the menu, by product or variant id."""
    delivery_fees: Mapping[int, Decimal] = field(default_factory=dict[int, Decimal])
    """Delivery charges of home deliveries from a location, by its id, instead of the merchant's."""
    stock_changes: Mapping[int, int] = field(default_factory=dict[int, int])
    """Stock at every location, whatever the store says, by product or variant id."""
    location_stock: Mapping[int, Mapping[int, int]] = field(default_factory=dict[int, Mapping[int, int]])
    """Stock at one location, by its id, then as ``stock_changes``, over which it takes precedence."""
    delisted: frozenset[int] = frozenset()
    """Products that are no longer on the menu."""
    full_slots: frozenset[int] = frozenset()
    """Delivery slots that are full, by id."""
    convert_deals: Mapping[int, int] = field(default_factory=dict[int, int])
    """Product ids, each with the deal that a cart shows instead, listed under ``ConvertedDeals``."""
    combo_suggestions: Mapping[int, int] = field(default_factory=dict[int, int])
    """Product ids, each with the deal that a cart suggests instead, under ``ComboSuggestion``."""
    expired_vouchers: frozenset[str] = frozenset()
    """Codes of vouchers that have expired, whatever their dates say, in lower case."""
    closed_locations: frozenset[int] = frozenset()
    """Closed locations: no product is added for them, and no order placed."""
    half_rule: SandboxHalfRule | None = None
    """A price rule for toppings on one half, instead of the merchant's."""
    order_states: Mapping[int, str] = field(default_factory=dict[int, str])
    """Order numbers, each with the status and sub-status it has instead of its own: ``A/RJ``."""
    order_attributes: frozenset[str] = frozenset()
    """Order attributes that are configured for the merchant, besides those of its data."""
    reference_attribute: str = ""
    """The order attribute whose value is also the order's reference number; empty for none."""
    group_data: bool = False
    """Get Bundle Items names groups, with keys of our own: the documents name none."""
    cart_owner: SandboxCartOwner = SandboxCartOwner.TOKEN
    """Owner of a cart."""
    refuse_orders: frozenset[PlacingRefusal] = frozenset()
    """Refusals of every Place Order, by name; the work is not done."""
    minimum_order: Decimal | None = None
    """The least total of an order, instead of the merchant's."""
    maximum_order: Decimal | None = None
    """The greatest total of an order, instead of the merchant's."""
    order_quantities: Mapping[int, int] = field(default_factory=dict[int, int])
    """The greatest quantity of a product in one order, by its id; placing more is refused."""
    store_hours: Mapping[int, HoursOfDay] = field(default_factory=dict[int, HoursOfDay])
    """Hours of a location, by its id, instead of its own: outside them no order is placed for that time."""
    refuse: frozenset[int] = frozenset()
    """Products that are refused through ``FailedItems`` while the rest of the request is done."""
    faults: tuple[Fault, ...] = ()
    """The faults in force; of those that strike a request, the first and every latency count."""


SWITCH_NAMES = tuple(each.name for each in fields(Switches))


@dataclass(frozen=True, slots=True)
class PlacingAttempt:
    """One Place Order as it came in. ``at`` is in Unix seconds; ``user_id`` is empty for an unknown token.

    ``refusals`` are the validators of the response if it was refused by them and arrived, empty if not.
    """

    at: float
    user_id: str
    refusals: tuple[str, ...] = ()


MAX_ATTEMPTS = 20_000
"""Requests to place an order that are remembered, the latest ones."""


@dataclass(slots=True)
class SwitchBoard:
    """The switches in force, replaceable while a sandbox runs.

    ``fault_counts`` counts how often a fault of each kind has struck since the sandbox began, and
    ``placing_attempts`` are the requests to place an order, the oldest first.
    """

    current: Switches
    fault_counts: Counter[FaultKind] = field(default_factory=Counter[FaultKind])
    placing_attempts: deque[PlacingAttempt] = field(
        default_factory=lambda: deque[PlacingAttempt](maxlen=MAX_ATTEMPTS)
    )
    _first: Switches = field(init=False)

    def __post_init__(self) -> None:
        self._first = self.current

    def reset(self) -> None:
        """Put the switches back as they were at the start, with no fault or attempt counted."""
        self.current = self._first
        self.fault_counts.clear()
        self.placing_attempts.clear()
