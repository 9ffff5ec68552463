"""The stored form of a draft's sync state: written before and after every write, read at the next start."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from console.ordering.checkout import DeliveryMode
from console.sync.cart.checkout import CheckoutLedger
from console.sync.cart.ledger import CartLedger, QuantityRejection
from console.sync.cart.observed_cart import Configuration, ObservedCart

VERSION = 3

Value = TypeVar("Value")
Pairs = tuple[tuple[Configuration, Value], ...]


class UnreadableStateError(Exception):
    """The stored sync state cannot be read."""


@dataclass(frozen=True, slots=True)
class SyncState:
    """What is known of one cart.

    ``uncertain_write_at`` is the last write without a response, in Unix seconds.
    """

    ledger: CartLedger = field(default_factory=CartLedger)
    cart: ObservedCart | None = None
    uncertain_write_at: float | None = None
    checkout_ledger: CheckoutLedger = field(default_factory=CheckoutLedger)

    def without_pending(self) -> "SyncState":
        """The settle time has passed: nothing that was sent without a response can land any more."""
        return replace(
            self,
            ledger=self.ledger.without_any_pending(),
            uncertain_write_at=None,
            checkout_ledger=replace(self.checkout_ledger, pending=()),
        )

    def without_rejections(self) -> "SyncState":
        """Forget every rejection, so that all of it is sent once more."""
        ledger = replace(self.ledger, rejected={}, unremovable={})
        return replace(self, ledger=ledger, checkout_ledger=replace(self.checkout_ledger, rejected={}))


@dataclass(frozen=True, slots=True)
class _StateRecord:
    """The state with pairs for mappings: JSON has no configuration as a key."""

    version: int
    observed: tuple[tuple[Configuration, int], ...]
    owned: tuple[tuple[Configuration, int], ...]
    substitutions: tuple[tuple[Configuration, Configuration], ...]
    pending_adds: tuple[tuple[Configuration, int], ...]
    pending_removals: tuple[tuple[Configuration, int], ...]
    rejected: tuple[tuple[Configuration, QuantityRejection], ...]
    unremovable: tuple[tuple[Configuration, QuantityRejection], ...]
    cart: ObservedCart | None
    uncertain_write_at: float | None
    delivery_modes: tuple[DeliveryMode, ...] = ()
    checkout_ledger: CheckoutLedger = field(default_factory=CheckoutLedger)


_RECORD_ADAPTER = TypeAdapter(_StateRecord)


def state_to_text(state: SyncState) -> str:
    """Write a state as one line of JSON; amounts travel as strings, so no digit is lost."""
    ledger = state.ledger
    record = _StateRecord(
        version=VERSION,
        observed=_pairs(ledger.observed),
        owned=_pairs(ledger.owned),
        substitutions=_pairs(ledger.substitutions),
        pending_adds=_pairs(ledger.pending_adds),
        pending_removals=_pairs(ledger.pending_removals),
        rejected=_pairs(ledger.rejected),
        unremovable=_pairs(ledger.unremovable),
        cart=state.cart,
        uncertain_write_at=state.uncertain_write_at,
        delivery_modes=tuple(sorted(ledger.delivery_modes)),
        checkout_ledger=state.checkout_ledger,
    )
    return _RECORD_ADAPTER.dump_json(record).decode()


def state_from_text(text: str) -> SyncState:
    """Read what ``state_to_text`` wrote; the empty text is a draft that nothing was ever sent for.

    Raises:
        UnreadableStateError: the text is corrupted or of another version. Sending without it could add
            lines twice.
    """
    if not text:
        return SyncState()
    try:
        record = _RECORD_ADAPTER.validate_json(text)
    except ValidationError as error:
        raise UnreadableStateError from error
    if record.version != VERSION:
        raise UnreadableStateError
    ledger = CartLedger(
        observed=dict(record.observed),
        owned=dict(record.owned),
        substitutions=dict(record.substitutions),
        pending_adds=dict(record.pending_adds),
        pending_removals=dict(record.pending_removals),
        rejected=dict(record.rejected),
        unremovable=dict(record.unremovable),
        delivery_modes=frozenset(record.delivery_modes),
    )
    return SyncState(ledger, record.cart, record.uncertain_write_at, record.checkout_ledger)


def _pairs(mapping: Mapping[Configuration, Value]) -> Pairs[Value]:
    return tuple(mapping.items())
