"""Reconcile: compare the draft with the observed cart and say the one operation still to send.

Pure and level-triggered: a crash, a lost answer or a vanished cart is only another look. Used by the engine.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from console.ordering.checkout import DeliveryMode
from console.ordering.draft import Draft, OrderItem, Resolution
from console.sync.cart import CartLine, Configuration, ObservedCart
from console.sync.memory import Memory, Refusal, absorb


@dataclass(frozen=True, slots=True)
class Observe:
    """Look at the cart again before anything is sent."""


@dataclass(frozen=True, slots=True)
class Add:
    """Put ``quantity`` of an item into the cart as a line of its own, for this way to the customer."""

    item: OrderItem
    wished: Configuration
    quantity: int
    mode: DeliveryMode


@dataclass(frozen=True, slots=True)
class SetLineQuantity:
    """Give the cart line with this key ``quantity``, up or down from what was observed, never 0."""

    key: str
    wished: Configuration
    quantity: int
    change: int


@dataclass(frozen=True, slots=True)
class RemoveLine:
    """Take all ``quantity`` of the cart line with this key out."""

    key: str
    wished: Configuration
    quantity: int


@dataclass(frozen=True, slots=True)
class Settled:
    """Nothing is left to send: the cart equals the draft, or what differs was refused in words."""


Write = Add | SetLineQuantity | RemoveLine
Step = Observe | Write | Settled


def wishes(draft: Draft) -> Counter[Configuration]:
    """How many of each configuration the draft wishes for, all its lines together."""
    counts: Counter[Configuration] = Counter()
    for line in draft.lines:
        counts[Configuration.of(line.item)] += line.quantity
    return counts


def next_step(draft: Draft, cart: ObservedCart | None, memory: Memory) -> Step:
    """The one operation to send now, given a look at the cart that ``memory`` has already absorbed.

    What is too much goes first, so that stock is free for what is missing. No look, or an incomplete
    one, permits no write. Lines that nobody here added are never touched.
    """
    if cart is None or not cart.complete:
        return Observe()
    wished = _still_wished(draft, memory)
    goal = wanted(draft, memory)
    for target, ours in memory.ours.items():
        excess = ours - goal[target] - kept(memory, target, goal[target])
        if excess > 0:
            return _less(cart, target, excess)
    for line in draft.lines:
        configuration = Configuration.of(line.item)
        target = memory.target(configuration)
        ours = memory.ours.get(target, 0)
        missing = goal[target] - ours
        if missing > 0 and wished[configuration] > 0:
            # A line that only others put there is left alone: ours comes beside it.
            lines = cart.of(target) if ours else ()
            return _more(lines, Add(line.item, configuration, missing, draft.checkout.mode))
    return Settled()


def claimed(memory: Memory, draft: Draft, cart: ObservedCart) -> Memory:
    """What the operator has taken out is ours to remove, whoever put it into the cart."""
    counts, ours = cart.counts(), dict(memory.ours)
    for configuration, ruling in rulings(draft).items():
        if ruling is Resolution.REMOVE and counts[configuration] and not memory.added:
            ours[configuration] = counts[configuration]
    return replace(memory, ours=ours) if ours != memory.ours else memory


def rulings(draft: Draft) -> dict[Configuration, Resolution]:
    """The latest ruling on each configuration that somebody else put into the cart."""
    return {Configuration.of(rule.item): rule.resolution for rule in draft.resolutions}


def change_of(write: Write) -> int:
    """How many a write puts into the cart, negative for what it takes out."""
    match write:
        case Add(quantity=quantity):
            return quantity
        case SetLineQuantity(change=change):
            return change
        case RemoveLine(quantity=quantity):
            return -quantity


def before(memory: Memory, write: Write) -> Memory:
    """What must be kept durably before the write is sent: that it may land."""
    change = change_of(write)
    if isinstance(write, Add):
        memory = memory.by_way_of(write.mode)
    return memory.adding(write.wished, change) if change > 0 else memory.removing(write.wished, -change)


def answered(memory: Memory, draft: Draft, write: Write, cart: ObservedCart) -> Memory:
    """After the platform answered a write and the cart was looked at: it landed, or it was refused."""
    after = absorb(memory, cart)
    landed = _under_way(memory, write) - _under_way(after, write)
    return _refused(after, draft, write, abs(change_of(write)) - landed, _reason(cart, write))


def declined(memory: Memory, draft: Draft, write: Write, reason: str) -> Memory:
    """After the platform refused a write outright: it did not land and is not sent again as it is."""
    return _refused(memory, draft, write, abs(change_of(write)), reason)


def _under_way(memory: Memory, write: Write) -> int:
    under_way = memory.added if change_of(write) > 0 else memory.removed
    return under_way.get(write.wished, 0)


def _refused(memory: Memory, draft: Draft, write: Write, short: int, reason: str) -> Memory:
    if short <= 0:
        return memory
    if change_of(write) < 0:
        memory = memory.without(write.wished, removed=short)
        return memory.keeping(write.wished, Refusal(wanted(draft, memory)[write.wished], short, reason))
    memory = memory.without(write.wished, added=short)
    total = wishes(draft)[write.wished]
    return memory.refusing(write.wished, Refusal(total, min(short, total), reason))


def _reason(cart: ObservedCart, write: Write) -> str:
    for product_id, reason in cart.refused:
        if product_id == write.wished.product_id:
            return reason
    return "The platform answered success, but the cart does not show it."


def _still_wished(draft: Draft, memory: Memory) -> Counter[Configuration]:
    """The wishes less what was refused for exactly this quantity; a changed wish is tried again."""
    wished = wishes(draft)
    for configuration, refusal in memory.refused.items():
        if wished[configuration] == refusal.wished:
            wished[configuration] -= refusal.short
    return wished


def wanted(draft: Draft, memory: Memory) -> Counter[Configuration]:
    """What should be in the cart for this draft, by what the cart calls it.

    The way to the customer is said with each line as it goes in: what went in for another comes out first.
    """
    goal: Counter[Configuration] = Counter()
    if memory.went_otherwise(draft.checkout.mode):
        return goal
    for configuration, quantity in _still_wished(draft, memory).items():
        goal[memory.target(configuration)] += quantity
    return goal


def kept(memory: Memory, target: Configuration, goal: int) -> int:
    """How many more than ``goal`` of a cart line's configuration the platform would not give back."""
    refusal = memory.kept.get(target)
    return refusal.short if refusal and refusal.wished == goal else 0


def _less(cart: ObservedCart, target: Configuration, excess: int) -> Step:
    for line in _smallest_first(cart.of(target)):
        if line.quantity <= excess:
            return RemoveLine(line.key, target, line.quantity)
        return SetLineQuantity(line.key, target, line.quantity - excess, -excess)
    return Observe()


def _more(lines: Iterable[CartLine], add: Add) -> Step:
    for line in _smallest_first(lines):
        return SetLineQuantity(line.key, add.wished, line.quantity + add.quantity, add.quantity)
    return add


def _smallest_first(lines: Iterable[CartLine]) -> list[CartLine]:
    return sorted(lines, key=lambda line: (line.quantity, line.key))
