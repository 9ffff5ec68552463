"""What sync remembers of one cart between two looks at it, so that a lost answer is just another look.

Pure values; kept beside the draft by the engine, changed by ``reconcile`` only through these functions.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from console.ordering.checkout import DeliveryMode
from console.sync.cart.observed_cart import Configuration, ObservedCart

Counts = Mapping[Configuration, int]


@dataclass(frozen=True, slots=True)
class QuantityRejection:
    """The platform did not do ``short`` of what a wish for ``wished`` asked of it, and why, in words.

    It holds for exactly that wish: once the operator wishes another quantity, it is tried again.
    """

    requested: int
    shortfall: int
    reason: str


@dataclass(frozen=True, slots=True)
class CartLedger:
    """Whose the cart's lines are, and which writes are not proved yet.

    ``ours`` is how many of each configuration in the cart were put there for this draft; whatever the
    cart holds beyond that was added by somebody else. ``became`` is what the platform made of a wished
    configuration: a default bundle with its children, or another product in its place. ``added`` and
    ``removed`` are quantities sent whose effect has not been seen, the latest last: they may still land.
    ``refused`` is what the platform would not take in, by wish; ``kept`` what it would not give back, by
    cart line. ``modes`` are the ways to the customer that what is ours, or may still land, went in with.
    """

    observed: Counts = field(default_factory=dict[Configuration, int])
    owned: Counts = field(default_factory=dict[Configuration, int])
    substitutions: Mapping[Configuration, Configuration] = field(
        default_factory=dict[Configuration, Configuration]
    )
    pending_adds: Counts = field(default_factory=dict[Configuration, int])
    pending_removals: Counts = field(default_factory=dict[Configuration, int])
    rejected: Mapping[Configuration, QuantityRejection] = field(
        default_factory=dict[Configuration, QuantityRejection]
    )
    unremovable: Mapping[Configuration, QuantityRejection] = field(
        default_factory=dict[Configuration, QuantityRejection]
    )
    delivery_modes: frozenset[DeliveryMode] = frozenset()

    def target(self, requested: Configuration) -> Configuration:
        """What a wished configuration is called in the cart."""
        return self.substitutions.get(requested, requested)

    def with_pending_add(self, configuration: Configuration, quantity: int) -> "CartLedger":
        """Before a write that puts ``quantity`` more of it into the cart."""
        earlier = {c: n for c, n in self.pending_adds.items() if c != configuration}
        return replace(
            self, pending_adds={**earlier, configuration: self.pending_adds.get(configuration, 0) + quantity}
        )

    def with_delivery_mode(self, mode: DeliveryMode) -> "CartLedger":
        """Before a write that says which way to the customer the whole line goes."""
        earlier = self.delivery_modes if self.owned or self.pending_adds else frozenset[DeliveryMode]()
        return replace(self, delivery_modes=earlier | {mode})

    def has_other_mode(self, mode: DeliveryMode) -> bool:
        """Whether something of ours went in, or may still land, by another way to the customer."""
        return bool((self.owned or self.pending_adds) and self.delivery_modes - {mode})

    def with_pending_removal(self, configuration: Configuration, quantity: int) -> "CartLedger":
        """Before a write that takes ``quantity`` of it out of the cart."""
        return replace(self, pending_removals=_plus(self.pending_removals, configuration, quantity))

    def for_new_cart(self) -> "CartLedger":
        """A new token has a new, empty cart: nothing of ours is in it and nothing can land there."""
        return CartLedger(substitutions=self.substitutions)

    def without_pending(
        self, configuration: Configuration, *, adds: int = 0, removals: int = 0
    ) -> "CartLedger":
        """Of what is under way for this configuration, so much is known not to land."""
        return replace(
            self,
            pending_adds=_positive(_plus(self.pending_adds, configuration, -adds)),
            pending_removals=_positive(_plus(self.pending_removals, configuration, -removals)),
        )

    def without_any_pending(self) -> "CartLedger":
        """So long after the last lost answer that nothing of it can land any more."""
        return replace(self, pending_adds={}, pending_removals={})

    def with_rejection(self, requested: Configuration, rejection: QuantityRejection) -> "CartLedger":
        """The platform would not take it in."""
        return replace(self, rejected={**self.rejected, requested: rejection})

    def with_unremovable(self, target: Configuration, rejection: QuantityRejection) -> "CartLedger":
        """The platform would not give it back."""
        return replace(self, unremovable={**self.unremovable, target: rejection})


def update_ledger(ledger: CartLedger, cart: ObservedCart) -> CartLedger:
    """Take a look at the cart into account: who put in what is new, and which writes are proved.

    What grew is ours as far as an unproved write explains it: first by the very configuration that was
    sent; then, the latest first, by what the platform makes of it, by the same product (a bundle gets its
    children), and the latest alone by another product (put in its place). What shrank is ours as far as
    we asked for it, and beyond that what others added first.
    """
    now = cart.counts()
    gained = Counter(now)
    gained.subtract(ledger.observed)
    owned, pending_adds, pending_removals = (
        Counter(ledger.owned),
        Counter(ledger.pending_adds),
        Counter(ledger.pending_removals),
    )
    substitutions = dict(ledger.substitutions)
    for single, deal in cart.converted_deals:
        _convert_deal(single, deal, gained, owned, substitutions)

    latest = next(reversed(pending_adds), None)
    for requested in reversed(list(pending_adds)):
        # What is there just as it was sent is that, and not what something sent later was made of.
        _attribute(requested, requested, gained, owned, pending_adds)
    for requested in reversed(list(pending_adds)):
        _attribute(requested, substitutions.get(requested, requested), gained, owned, pending_adds)
        for other in sorted(gained, key=lambda c: (c.product_id != requested.product_id, c)):
            explained = requested == latest or other.product_id == requested.product_id
            if explained and pending_adds[requested] > 0 and gained[other] > 0:
                substitutions[requested] = other
                _attribute(requested, other, gained, owned, pending_adds)

    for configuration, change in gained.items():
        if change < 0:
            removed = min(-change, pending_removals[configuration])
            pending_removals[configuration] -= removed
            owned[configuration] -= removed
    return replace(
        ledger,
        observed=dict(now),
        owned=_positive({c: min(n, now[c]) for c, n in owned.items()}),
        substitutions=substitutions,
        pending_adds=_positive(pending_adds),
        pending_removals=_positive(pending_removals),
    )


def _attribute(
    requested: Configuration,
    target: Configuration,
    gained: Counter[Configuration],
    owned: Counter[Configuration],
    pending_adds: Counter[Configuration],
) -> None:
    taken = min(pending_adds[requested], max(gained[target], 0))
    owned[target] += taken
    gained[target] -= taken
    pending_adds[requested] -= taken


def _convert_deal(
    single: int,
    deal: int,
    gained: Counter[Configuration],
    owned: Counter[Configuration],
    substitutions: dict[Configuration, Configuration],
) -> None:
    """The platform says that it made this deal of what was in the cart: what was ours still is."""
    shrunk = [c for c in owned if c.product_id == single and owned[c] > 0 and gained[c] < 0]
    for old in shrunk:
        for new in [c for c in gained if c.product_id == deal and gained[c] > 0]:
            moved = min(owned[old], -gained[old], gained[new])
            if moved <= 0:
                continue
            owned[old], owned[new] = owned[old] - moved, owned[new] + moved
            gained[old], gained[new] = gained[old] + moved, gained[new] - moved
            requested = next((original for original, target in substitutions.items() if target == old), old)
            substitutions[requested] = new


def _plus(counts: Counts, configuration: Configuration, quantity: int) -> Counts:
    return {**counts, configuration: counts.get(configuration, 0) + quantity}


def _positive(counts: Counts) -> Counts:
    return {configuration: n for configuration, n in counts.items() if n > 0}
