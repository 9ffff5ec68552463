"""Reconcile: compare the draft with the observed cart and say the one operation still to send.

Pure and level-triggered: a crash, a lost answer or a vanished cart is only another look. Used by the engine.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from console.ordering.checkout import DeliveryMode
from console.ordering.draft import Draft, OrderItem, Resolution
from console.sync.cart.ledger import CartLedger, QuantityRejection, update_ledger
from console.sync.cart.observed_cart import CartLine, Configuration, ObservedCart


@dataclass(frozen=True, slots=True)
class Observe:
    """Look at the cart again before anything is sent."""


@dataclass(frozen=True, slots=True)
class AddCartLine:
    """Put ``quantity`` of an item into the cart as a line of its own, for this way to the customer."""

    item: OrderItem
    configuration: Configuration
    quantity: int
    mode: DeliveryMode


@dataclass(frozen=True, slots=True)
class SetCartLineQuantity:
    """Give the cart line with this key ``quantity``, up or down from what was observed, never 0."""

    key: str
    configuration: Configuration
    quantity: int
    change: int


@dataclass(frozen=True, slots=True)
class RemoveCartLine:
    """Take all ``quantity`` of the cart line with this key out."""

    key: str
    configuration: Configuration
    quantity: int


@dataclass(frozen=True, slots=True)
class InSync:
    """Nothing is left to send: the cart equals the draft, or what differs was refused in words."""


Write = AddCartLine | SetCartLineQuantity | RemoveCartLine
Step = Observe | Write | InSync


def requested_quantities(draft: Draft) -> Counter[Configuration]:
    """How many of each configuration the draft wishes for, all its lines together."""
    counts: Counter[Configuration] = Counter()
    for line in draft.lines:
        counts[Configuration.of(line.item)] += line.quantity
    return counts


def next_step(draft: Draft, cart: ObservedCart | None, ledger: CartLedger) -> Step:
    """The one operation to send now, given a look at the cart that ``memory`` has already absorbed.

    What is too much goes first, so that stock is free for what is missing. No look, or an incomplete
    one, permits no write. Lines that nobody here added are never touched.
    """
    if cart is None or not cart.complete:
        return Observe()
    unrejected = _unrejected_quantities(draft, ledger)
    goal = target_quantities(draft, ledger)
    for target, owned in ledger.owned.items():
        excess = owned - goal[target] - unremovable_quantity(ledger, target, goal[target])
        if excess > 0:
            return _reduce(cart, target, excess)
    for line in draft.lines:
        configuration = Configuration.of(line.item)
        target = ledger.target(configuration)
        owned = ledger.owned.get(target, 0)
        missing = goal[target] - owned
        if missing > 0 and unrejected[configuration] > 0:
            # A line that only others put there is left alone: ours comes beside it.
            lines = cart.lines_of(target) if owned else ()
            return _increase(lines, AddCartLine(line.item, configuration, missing, draft.checkout.mode))
    return InSync()


def claim_removals(ledger: CartLedger, draft: Draft, cart: ObservedCart) -> CartLedger:
    """What the operator has taken out is ours to remove, whoever put it into the cart."""
    counts, owned = cart.counts(), dict(ledger.owned)
    for configuration, resolution in resolutions(draft).items():
        if resolution is Resolution.REMOVE and counts[configuration] and not ledger.pending_adds:
            owned[configuration] = counts[configuration]
    return replace(ledger, owned=owned) if owned != ledger.owned else ledger


def resolutions(draft: Draft) -> dict[Configuration, Resolution]:
    """The latest ruling on each configuration that somebody else put into the cart."""
    return {Configuration.of(rule.item): rule.resolution for rule in draft.resolutions}


def quantity_change(write: Write) -> int:
    """How many a write puts into the cart, negative for what it takes out."""
    match write:
        case AddCartLine(quantity=quantity):
            return quantity
        case SetCartLineQuantity(change=change):
            return change
        case RemoveCartLine(quantity=quantity):
            return -quantity


def record_pending(ledger: CartLedger, write: Write) -> CartLedger:
    """What must be kept durably before the write is sent: that it may land."""
    change = quantity_change(write)
    if isinstance(write, AddCartLine):
        ledger = ledger.with_delivery_mode(write.mode)
    return (
        ledger.with_pending_add(write.configuration, change)
        if change > 0
        else ledger.with_pending_removal(write.configuration, -change)
    )


def record_response(ledger: CartLedger, draft: Draft, write: Write, cart: ObservedCart) -> CartLedger:
    """After the platform answered a write and the cart was looked at: it landed, or it was refused."""
    after = update_ledger(ledger, cart)
    landed = _pending_quantity(ledger, write) - _pending_quantity(after, write)
    return _record_shortfall(
        after, draft, write, abs(quantity_change(write)) - landed, _rejection_reason(cart, write)
    )


def record_rejection(ledger: CartLedger, draft: Draft, write: Write, reason: str) -> CartLedger:
    """After the platform refused a write outright: it did not land and is not sent again as it is."""
    return _record_shortfall(ledger, draft, write, abs(quantity_change(write)), reason)


def _pending_quantity(ledger: CartLedger, write: Write) -> int:
    pending = ledger.pending_adds if quantity_change(write) > 0 else ledger.pending_removals
    return pending.get(write.configuration, 0)


def _record_shortfall(
    ledger: CartLedger, draft: Draft, write: Write, shortfall: int, reason: str
) -> CartLedger:
    if shortfall <= 0:
        return ledger
    if quantity_change(write) < 0:
        ledger = ledger.without_pending(write.configuration, removals=shortfall)
        return ledger.with_unremovable(
            write.configuration,
            QuantityRejection(target_quantities(draft, ledger)[write.configuration], shortfall, reason),
        )
    ledger = ledger.without_pending(write.configuration, adds=shortfall)
    total = requested_quantities(draft)[write.configuration]
    return ledger.with_rejection(write.configuration, QuantityRejection(total, min(shortfall, total), reason))


def _rejection_reason(cart: ObservedCart, write: Write) -> str:
    for product_id, reason in cart.rejected:
        if product_id == write.configuration.product_id:
            return reason
    return "The platform answered success, but the cart does not show it."


def _unrejected_quantities(draft: Draft, ledger: CartLedger) -> Counter[Configuration]:
    """The wishes less what was refused for exactly this quantity; a changed wish is tried again."""
    requested = requested_quantities(draft)
    for configuration, rejection in ledger.rejected.items():
        if requested[configuration] == rejection.requested:
            requested[configuration] -= rejection.shortfall
    return requested


def target_quantities(draft: Draft, ledger: CartLedger) -> Counter[Configuration]:
    """What should be in the cart for this draft, by what the cart calls it.

    The way to the customer is said with each line as it goes in: what went in for another comes out first.
    """
    goal: Counter[Configuration] = Counter()
    if ledger.has_other_mode(draft.checkout.mode):
        return goal
    for configuration, quantity in _unrejected_quantities(draft, ledger).items():
        goal[ledger.target(configuration)] += quantity
    return goal


def unremovable_quantity(ledger: CartLedger, target: Configuration, goal: int) -> int:
    """How many more than ``goal`` of a cart line's configuration the platform would not give back."""
    rejection = ledger.unremovable.get(target)
    return rejection.shortfall if rejection and rejection.requested == goal else 0


def _reduce(cart: ObservedCart, target: Configuration, excess: int) -> Step:
    for line in _smallest_first(cart.lines_of(target)):
        if line.quantity <= excess:
            return RemoveCartLine(line.key, target, line.quantity)
        return SetCartLineQuantity(line.key, target, line.quantity - excess, -excess)
    return Observe()


def _increase(lines: Iterable[CartLine], add: AddCartLine) -> Step:
    for line in _smallest_first(lines):
        return SetCartLineQuantity(line.key, add.configuration, line.quantity + add.quantity, add.quantity)
    return add


def _smallest_first(lines: Iterable[CartLine]) -> list[CartLine]:
    return sorted(lines, key=lambda line: (line.quantity, line.key))
