"""What sync remembers of one cart between two looks at it, so that a lost answer is just another look.

Pure values; kept beside the draft by the engine, changed by ``reconcile`` only through these functions.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from console.ordering.checkout import DeliveryMode
from console.sync.cart import Configuration, ObservedCart

Counts = Mapping[Configuration, int]


@dataclass(frozen=True, slots=True)
class Refusal:
    """The platform did not do ``short`` of what a wish for ``wished`` asked of it, and why, in words.

    It holds for exactly that wish: once the operator wishes another quantity, it is tried again.
    """

    wished: int
    short: int
    reason: str


@dataclass(frozen=True, slots=True)
class Memory:
    """Whose the cart's lines are, and which writes are not proved yet.

    ``ours`` is how many of each configuration in the cart were put there for this draft; whatever the
    cart holds beyond that was added by somebody else. ``became`` is what the platform made of a wished
    configuration: a default bundle with its children, or another product in its place. ``added`` and
    ``removed`` are quantities sent whose effect has not been seen, the latest last: they may still land.
    ``refused`` is what the platform would not take in, by wish; ``kept`` what it would not give back, by
    cart line. ``modes`` are the ways to the customer that what is ours, or may still land, went in with.
    """

    seen: Counts = field(default_factory=dict[Configuration, int])
    ours: Counts = field(default_factory=dict[Configuration, int])
    became: Mapping[Configuration, Configuration] = field(default_factory=dict[Configuration, Configuration])
    added: Counts = field(default_factory=dict[Configuration, int])
    removed: Counts = field(default_factory=dict[Configuration, int])
    refused: Mapping[Configuration, Refusal] = field(default_factory=dict[Configuration, Refusal])
    kept: Mapping[Configuration, Refusal] = field(default_factory=dict[Configuration, Refusal])
    modes: frozenset[DeliveryMode] = frozenset()

    def target(self, wished: Configuration) -> Configuration:
        """What a wished configuration is called in the cart."""
        return self.became.get(wished, wished)

    def adding(self, configuration: Configuration, quantity: int) -> "Memory":
        """Before a write that puts ``quantity`` more of it into the cart."""
        earlier = {c: n for c, n in self.added.items() if c != configuration}
        return replace(self, added={**earlier, configuration: self.added.get(configuration, 0) + quantity})

    def by_way_of(self, mode: DeliveryMode) -> "Memory":
        """Before a write that says which way to the customer the whole line goes."""
        earlier = self.modes if self.ours or self.added else frozenset[DeliveryMode]()
        return replace(self, modes=earlier | {mode})

    def went_otherwise(self, mode: DeliveryMode) -> bool:
        """Whether something of ours went in, or may still land, by another way to the customer."""
        return bool((self.ours or self.added) and self.modes - {mode})

    def removing(self, configuration: Configuration, quantity: int) -> "Memory":
        """Before a write that takes ``quantity`` of it out of the cart."""
        return replace(self, removed=_plus(self.removed, configuration, quantity))

    def for_new_cart(self) -> "Memory":
        """A new token has a new, empty cart: nothing of ours is in it and nothing can land there."""
        return Memory(became=self.became)

    def without(self, configuration: Configuration, *, added: int = 0, removed: int = 0) -> "Memory":
        """Of what is under way for this configuration, so much is known not to land."""
        return replace(
            self,
            added=_positive(_plus(self.added, configuration, -added)),
            removed=_positive(_plus(self.removed, configuration, -removed)),
        )

    def with_nothing_under_way(self) -> "Memory":
        """So long after the last lost answer that nothing of it can land any more."""
        return replace(self, added={}, removed={})

    def refusing(self, wished: Configuration, refusal: Refusal) -> "Memory":
        """The platform would not take it in."""
        return replace(self, refused={**self.refused, wished: refusal})

    def keeping(self, target: Configuration, refusal: Refusal) -> "Memory":
        """The platform would not give it back."""
        return replace(self, kept={**self.kept, target: refusal})


def absorb(memory: Memory, cart: ObservedCart) -> Memory:
    """Take a look at the cart into account: who put in what is new, and which writes are proved.

    What grew is ours as far as an unproved write explains it: first by the very configuration that was
    sent; then, the latest first, by what the platform makes of it, by the same product (a bundle gets its
    children), and the latest alone by another product (put in its place). What shrank is ours as far as
    we asked for it, and beyond that what others added first.
    """
    now = cart.counts()
    gained = Counter(now)
    gained.subtract(memory.seen)
    ours, added, removed = Counter(memory.ours), Counter(memory.added), Counter(memory.removed)
    became = dict(memory.became)
    for single, deal in cart.deals:
        _convert(single, deal, gained, ours, became)

    latest = next(reversed(added), None)
    for wished in reversed(list(added)):
        # What is there just as it was sent is that, and not what something sent later was made of.
        _take(wished, wished, gained, ours, added)
    for wished in reversed(list(added)):
        _take(wished, became.get(wished, wished), gained, ours, added)
        for other in sorted(gained, key=lambda c: (c.product_id != wished.product_id, c)):
            explained = wished == latest or other.product_id == wished.product_id
            if explained and added[wished] > 0 and gained[other] > 0:
                became[wished] = other
                _take(wished, other, gained, ours, added)

    for configuration, change in gained.items():
        if change < 0:
            asked = min(-change, removed[configuration])
            removed[configuration] -= asked
            ours[configuration] -= asked
    return replace(
        memory,
        seen=dict(now),
        ours=_positive({c: min(n, now[c]) for c, n in ours.items()}),
        became=became,
        added=_positive(added),
        removed=_positive(removed),
    )


def _take(
    wished: Configuration,
    target: Configuration,
    gained: Counter[Configuration],
    ours: Counter[Configuration],
    added: Counter[Configuration],
) -> None:
    taken = min(added[wished], max(gained[target], 0))
    ours[target] += taken
    gained[target] -= taken
    added[wished] -= taken


def _convert(
    single: int,
    deal: int,
    gained: Counter[Configuration],
    ours: Counter[Configuration],
    became: dict[Configuration, Configuration],
) -> None:
    """The platform says that it made this deal of what was in the cart: what was ours still is."""
    lost = [c for c in ours if c.product_id == single and ours[c] > 0 and gained[c] < 0]
    for old in lost:
        for new in [c for c in gained if c.product_id == deal and gained[c] > 0]:
            moved = min(ours[old], -gained[old], gained[new])
            if moved <= 0:
                continue
            ours[old], ours[new] = ours[old] - moved, ours[new] + moved
            gained[old], gained[new] = gained[old] + moved, gained[new] - moved
            wished = next((wish for wish, target in became.items() if target == old), old)
            became[wished] = new


def _plus(counts: Counts, configuration: Configuration, quantity: int) -> Counts:
    return {**counts, configuration: counts.get(configuration, 0) + quantity}


def _positive(counts: Counts) -> Counts:
    return {configuration: n for configuration, n in counts.items() if n > 0}
