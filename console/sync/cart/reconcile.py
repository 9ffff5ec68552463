"""Reconcile: compare the draft with the observed cart and pick the one operation still to send.

Pure and level-triggered: a crash, a lost response or a vanished cart is only another observation.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from console.ordering.checkout import DeliveryMode
from console.ordering.draft import Draft, OrderItem, Resolution, ResolveUnexpected
from console.sync.cart.ledger import CartLedger, QuantityRejection, update_ledger
from console.sync.cart.observed_cart import CartLine, Configuration, ObservedCart
from console.sync.problems import Rejection, RejectionCode


@dataclass(frozen=True, slots=True)
class Observe:
    """Read the cart again before anything is sent."""


@dataclass(frozen=True, slots=True)
class AddCartLine:
    """Add ``quantity`` of an item as a cart line of its own, for this delivery mode."""

    item: OrderItem
    configuration: Configuration
    quantity: int
    mode: DeliveryMode


@dataclass(frozen=True, slots=True)
class SetCartLineQuantity:
    """Set the cart line with this key to ``quantity``, more or less than observed, never 0."""

    key: str
    configuration: Configuration
    quantity: int
    change: int


@dataclass(frozen=True, slots=True)
class RemoveCartLine:
    """Remove the cart line with this key, with all its ``quantity``."""

    key: str
    configuration: Configuration
    quantity: int


@dataclass(frozen=True, slots=True)
class InSync:
    """Nothing is left to send: the cart equals the draft, or every difference was rejected."""


Write = AddCartLine | SetCartLineQuantity | RemoveCartLine
Step = Observe | Write | InSync


def requested_quantities(draft: Draft) -> Counter[Configuration]:
    """The quantity of each configuration in the draft, over all its lines."""
    counts: Counter[Configuration] = Counter()
    for line in draft.lines:
        counts[Configuration.of(line.item)] += line.quantity
    return counts


def next_step(draft: Draft, cart: ObservedCart | None, ledger: CartLedger) -> Step:
    """The one operation to send now, for a cart that the ledger was already updated from.

    Excess is removed first, so that its stock is free for what is missing. An incomplete observation, or
    none, permits no write. Unexpected lines are never touched.
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
            # A line that only another session added is left alone: ours comes beside it.
            lines = cart.lines_of(target) if owned else ()
            return _increase(lines, AddCartLine(line.item, configuration, missing, draft.checkout.mode))
    return InSync()


def claim_removals(ledger: CartLedger, draft: Draft, cart: ObservedCart) -> CartLedger:
    """Take over ownership of unexpected lines that the operator decided to remove, in that quantity."""
    counts, owned = cart.counts(), dict(ledger.owned)
    for (configuration, free), decision in unexpected_decisions(draft).items():
        unexpected = counts[configuration] - owned.get(configuration, 0)
        is_removal = decision.resolution is Resolution.REMOVE and not free
        if is_removal and unexpected > 0 and unexpected == decision.quantity and not ledger.pending_adds:
            owned[configuration] = counts[configuration]
    return replace(ledger, owned=owned) if owned != ledger.owned else ledger


def unexpected_decisions(draft: Draft) -> dict[tuple[Configuration, bool], ResolveUnexpected]:
    """The latest decision about each unexpected configuration, and of gifts apart from what is paid for."""
    return {(Configuration.of(one.item), one.free): one for one in draft.resolutions}


def quantity_change(write: Write) -> int:
    """The change of quantity that a write makes, negative for a removal."""
    match write:
        case AddCartLine(quantity=quantity):
            return quantity
        case SetCartLineQuantity(change=change):
            return change
        case RemoveCartLine(quantity=quantity):
            return -quantity


def record_pending(ledger: CartLedger, write: Write) -> CartLedger:
    """Before a write is sent: record that it may land."""
    change = quantity_change(write)
    if isinstance(write, AddCartLine):
        ledger = ledger.with_delivery_mode(write.mode)
    return (
        ledger.with_pending_add(write.configuration, change)
        if change > 0
        else ledger.with_pending_removal(write.configuration, -change)
    )


def shows_write(echo: ObservedCart, before: ObservedCart | None, write: Write) -> bool:
    """Return True if an echo is the cart of before with the write; else the cart has to be read."""
    if not echo.complete or before is None:
        return False
    counts, earlier = echo.counts(), before.counts()
    match write:
        case AddCartLine(quantity=quantity):
            # The platform may show an addition in another shape; what was there before must still be.
            return earlier <= counts and counts.total() == earlier.total() + quantity
        case SetCartLineQuantity(configuration=configuration, change=change):
            earlier[configuration] += change
            return counts == earlier
        case RemoveCartLine():
            return False


def record_response(
    ledger: CartLedger, draft: Draft, write: Write, cart: ObservedCart, echo: ObservedCart | None = None
) -> CartLedger:
    """After the response to a write: it landed, or the platform ignored it, which is a rejection.

    ``cart`` is what proves it: the ``echo`` of the write or, where that was not believed, the cart as read
    after it. The reason of a rejection is the echo's then: a cart that is read names none.
    """
    after = update_ledger(ledger, cart)
    landed = _pending_quantity(ledger, write) - _pending_quantity(after, write)
    return _record_shortfall(
        after,
        draft,
        write,
        abs(quantity_change(write)) - landed,
        _rejection_reason(cart, echo or cart, write),
    )


def record_rejection(ledger: CartLedger, draft: Draft, write: Write, reason: Rejection) -> CartLedger:
    """After a rejection: the write did not land, and the same request is not sent again."""
    return _record_shortfall(ledger, draft, write, abs(quantity_change(write)), reason)


def _pending_quantity(ledger: CartLedger, write: Write) -> int:
    pending = ledger.pending_adds if quantity_change(write) > 0 else ledger.pending_removals
    return pending.get(write.configuration, 0)


def _record_shortfall(
    ledger: CartLedger, draft: Draft, write: Write, shortfall: int, reason: Rejection
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


def _rejection_reason(cart: ObservedCart, echo: ObservedCart, write: Write) -> Rejection:
    """Why a write did not land although the platform reported success."""
    rejections = dict(reversed((*cart.rejected, *echo.rejected)))
    return rejections.get(write.configuration.product_id, Rejection(RejectionCode.NOT_SHOWN))


def _unrejected_quantities(draft: Draft, ledger: CartLedger) -> Counter[Configuration]:
    """The requested quantities without those rejected; a rejection holds for exactly its quantity."""
    requested = requested_quantities(draft)
    for configuration, rejection in ledger.rejected.items():
        if requested[configuration] == rejection.requested:
            requested[configuration] -= rejection.shortfall
    return requested


def target_quantities(draft: Draft, ledger: CartLedger) -> Counter[Configuration]:
    """What should be in the cart for this draft, by the configurations that the cart has for it.

    Each line is added with its delivery mode: lines of another mode are removed first.
    """
    goal: Counter[Configuration] = Counter()
    if ledger.has_other_mode(draft.checkout.mode):
        return goal
    for configuration, quantity in _unrejected_quantities(draft, ledger).items():
        goal[ledger.target(configuration)] += quantity
    return goal


def unremovable_quantity(ledger: CartLedger, target: Configuration, goal: int) -> int:
    """The quantity beyond ``goal`` that the platform would not remove."""
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
