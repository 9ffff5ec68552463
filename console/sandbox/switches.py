"""What the sandbox does differently on request: the platform's quirks, and faults of the line.

Set by tests, by the control endpoint and by ``sandbox serve``; read at every request.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum, auto

from console.sandbox.menu.half_rule import SandboxHalfRule


class SandboxCartOwner(StrEnum):
    """Whose cart it is; the documents do not say."""

    TOKEN = auto()
    """A new access token has an empty cart."""
    CUSTOMER = auto()
    """A customer finds the same cart in every session; a walk-in's is the token's."""


class FaultKind(StrEnum):
    """What goes wrong with a request."""

    LATENCY = "latency"
    """The answer comes late, by ``seconds``."""
    DROP_BEFORE = "drop-before"
    """The connection dies before the work is done."""
    DROP_AFTER = "drop-after"
    """The connection dies after the work is done: the answer is lost."""
    DROP_LATE = "drop-late"
    """The connection dies at once and the work is done all the same, ``seconds`` later."""
    STATUS_500 = "status-500"
    """The platform fails; the work is not done."""
    STATUS_429 = "status-429"
    """Too many requests, with ``Retry-After``; the work is not done."""
    SESSION_EXPIRED = "session-expired"
    """The session is said to have expired (440); the work is not done."""
    TRUNCATED = "truncated"
    """The work is done and half of the answer arrives."""
    CODE = "code"
    """The answer is the message code ``code``, whatever was asked; the work is not done."""
    NOT_JSON = "not-json"
    """The work is done and a proxy's page arrives instead of the answer."""
    SLOW_DRIP = "slow-drip"
    """The work is done and its answer comes in small pieces, over ``seconds``."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of the operations whose name matches ``pattern`` (as file names do: ``carts.*``).

    ``times`` is how often it strikes, ``None`` for always; ``probability`` is for each request, by the
    store's seed.
    """

    pattern: str
    kind: FaultKind
    times: int | None = None
    probability: float = 1.0
    seconds: float = 0.0
    code: int = 1000


def parse_fault(text: str) -> Fault:
    """A fault written as ``PATTERN:KIND[:PROBABILITY[:SECONDS]]``, such as ``carts.*:drop-after:0.1``.

    Raises:
        ValueError: it is not written so, or there is no such kind.
    """
    pattern, kind, *rest = text.split(":")
    numbers = [float(figure) for figure in rest]
    if not pattern or len(numbers) > 2 or not all(figure >= 0 for figure in numbers):
        raise ValueError(f"{text} is not PATTERN:KIND[:PROBABILITY[:SECONDS]]")
    probability, seconds = (*numbers, *(1.0, 0.0)[len(numbers) :])
    return Fault(pattern, FaultKind(kind), probability=probability, seconds=seconds)


@dataclass(frozen=True, slots=True)
class Switches:
    """The platform's quirks and the faults in force. Replaced as a whole, never changed."""

    new_keys: bool = True
    """A line's CartReferenceKey changes at every edit, as the documents' echoes show."""
    merge_lines: bool = True
    """A line like one already there is added to it."""
    split_lines: bool = False
    """A line of several comes as two lines, one of a single unit."""
    substitute: Mapping[int, int] = field(default_factory=dict[int, int])
    """Product ids, and which product is put into the cart in their place."""
    children_apart: bool = False
    """Get Cart Items answers a bundle's children as items of their own."""
    drop_children: bool = False
    """With ``children_apart``: a bundle's own item is missing, so that its children are orphans."""
    price_changes: Mapping[int, Decimal] = field(default_factory=dict[int, Decimal])
    """Prices that differ from the menu, by product or variant id."""
    stock_changes: Mapping[int, int] = field(default_factory=dict[int, int])
    """How many are left everywhere, whatever the store says, by product or variant id."""
    location_stock: Mapping[int, Mapping[int, int]] = field(default_factory=dict[int, Mapping[int, int]])
    """How many are left at one location, by its id, then as ``stock_changes``, which it goes before."""
    delisted: frozenset[int] = frozenset()
    """Products that are not on the menu any more."""
    full_slots: frozenset[int] = frozenset()
    """Delivery slots that are full, by id."""
    convert_deals: Mapping[int, int] = field(default_factory=dict[int, int])
    """Product ids, and which deal a cart shows in their place, named under ``ConvertedDeals``."""
    combo_suggestions: Mapping[int, int] = field(default_factory=dict[int, int])
    """Product ids, and which deal a cart suggests in their place, under ``ComboSuggestion``."""
    expired_vouchers: frozenset[str] = frozenset()
    """Codes of vouchers that have expired, whatever their dates say, in lower case."""
    closed_locations: frozenset[int] = frozenset()
    """Locations that are closed: nothing is added for them, and no order placed."""
    half_rule: SandboxHalfRule | None = None
    """Another rule for what a topping on one half costs than the merchant's."""
    order_attributes: frozenset[str] = frozenset()
    """Attributes of an order that are configured for the merchant, besides those of its data."""
    group_data: bool = False
    """Get Bundle Items names groups, with keys of our own: the documents name none."""
    cart_owner: SandboxCartOwner = SandboxCartOwner.TOKEN
    """Whose cart it is."""
    refuse: frozenset[int] = frozenset()
    """Products that are refused through ``FailedItems`` while the rest of the request is done."""
    faults: tuple[Fault, ...] = ()
    """The faults in force; of those that strike a request, the first and every latency count."""


@dataclass(slots=True)
class SwitchBoard:
    """Holds the switches in force, so that a running sandbox can be told otherwise.

    ``fault_counts`` counts how often a fault of each kind has struck since the sandbox began.
    """

    current: Switches
    fault_counts: Counter[FaultKind] = field(default_factory=Counter[FaultKind])
