"""The cart ledger: knowledge of one cart between two reads. A lost response needs no code of its own.

Immutable; stored beside the draft.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from console.ordering.checkout import DeliveryMode
from console.sync.cart.attribution import Attribution, Counts
from console.sync.cart.observed_cart import Configuration, ObservedCart
from console.sync.problems import Rejection


@dataclass(frozen=True, slots=True)
class QuantityRejection:
    """A rejection of ``shortfall`` out of ``requested``.

    It holds for exactly that quantity: once the operator asks for another, it is sent again.
    """

    requested: int
    shortfall: int
    reason: Rejection


@dataclass(frozen=True, slots=True)
class CartLedger:
    """Ownership of the cart's lines, and the writes that are not confirmed yet. Counts by configuration.

    ``owned`` is the part of the cart that was added for this draft; everything beyond is unexpected.
    ``substitutions`` map a requested configuration to what the platform stored for it: a bundle with its
    default children, or another product. ``pending_adds`` and ``pending_removals`` were sent, the latest
    last, and their effect has not been observed: they may still land. ``rejected`` is by requested
    configuration, ``unremovable`` by cart line. ``delivery_modes`` are those that owned and pending
    quantities were sent with.
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
        """The configuration that the cart has for a requested one."""
        return self.substitutions.get(requested, requested)

    def with_pending_add(self, configuration: Configuration, quantity: int) -> "CartLedger":
        """Before a write that adds ``quantity`` of it."""
        earlier = {c: n for c, n in self.pending_adds.items() if c != configuration}
        return replace(
            self, pending_adds={**earlier, configuration: self.pending_adds.get(configuration, 0) + quantity}
        )

    def with_delivery_mode(self, mode: DeliveryMode) -> "CartLedger":
        """Before a write that sets the delivery mode of the line it adds."""
        earlier = self.delivery_modes if self.owned or self.pending_adds else frozenset[DeliveryMode]()
        return replace(self, delivery_modes=earlier | {mode})

    def has_other_mode(self, mode: DeliveryMode) -> bool:
        """Return True if an owned or pending quantity was sent with another delivery mode."""
        return bool((self.owned or self.pending_adds) and self.delivery_modes - {mode})

    def with_pending_removal(self, configuration: Configuration, quantity: int) -> "CartLedger":
        """Before a write that removes ``quantity`` of it."""
        return replace(self, pending_removals=_plus(self.pending_removals, configuration, quantity))

    def for_new_cart(self) -> "CartLedger":
        """A new token has a new, empty cart: nothing is owned and nothing can land in it."""
        return CartLedger(substitutions=self.substitutions)

    def without_pending(
        self, configuration: Configuration, *, adds: int = 0, removals: int = 0
    ) -> "CartLedger":
        """Drop pending quantities of a configuration that are known not to land."""
        return replace(
            self,
            pending_adds=_positive(_plus(self.pending_adds, configuration, -adds)),
            pending_removals=_positive(_plus(self.pending_removals, configuration, -removals)),
        )

    def without_any_pending(self) -> "CartLedger":
        """The settle time has passed: drop all pending writes."""
        return replace(self, pending_adds={}, pending_removals={})

    def with_rejection(self, requested: Configuration, rejection: QuantityRejection) -> "CartLedger":
        """The platform rejected an add."""
        return replace(self, rejected={**self.rejected, requested: rejection})

    def with_unremovable(self, target: Configuration, rejection: QuantityRejection) -> "CartLedger":
        """The platform rejected a removal."""
        return replace(self, unremovable={**self.unremovable, target: rejection})


def update_ledger(ledger: CartLedger, cart: ObservedCart) -> CartLedger:
    """Update the ledger from an observed cart: attribute new quantities and confirm pending writes."""
    now = cart.counts()
    gained = Counter(now)
    gained.subtract(ledger.observed)
    changes = (
        Attribution(
            gained=gained,
            owned=ledger.owned,
            pending_adds=ledger.pending_adds,
            pending_removals=ledger.pending_removals,
            substitutions=ledger.substitutions,
        )
        .with_deals(cart.converted_deals)
        .with_exact_adds()
        .with_substituted_adds()
        .with_removals()
    )
    return replace(
        ledger,
        observed=dict(now),
        owned=_positive({c: min(n, now[c]) for c, n in changes.owned.items()}),
        substitutions=dict(changes.substitutions),
        pending_adds=_positive(changes.pending_adds),
        pending_removals=_positive(changes.pending_removals),
    )


def _plus(counts: Counts, configuration: Configuration, quantity: int) -> Counts:
    return {**counts, configuration: counts.get(configuration, 0) + quantity}


def _positive(counts: Counts) -> Counts:
    return {configuration: n for configuration, n in counts.items() if n > 0}
