"""What sync keeps of a draft on this machine, as text: its memory and the last look at the cart.

Written by the engine before and after every write; read when a console starts again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from console.ordering.checkout import DeliveryMode
from console.sync.cart import Configuration, ObservedCart
from console.sync.checkout import CheckoutMemory
from console.sync.memory import Memory, Refusal

VERSION = 1

Value = TypeVar("Value")
Pairs = tuple[tuple[Configuration, Value], ...]


class UnreadableJournalError(Exception):
    """What was kept about sending an order cannot be read."""


@dataclass(frozen=True, slots=True)
class SyncState:
    """Everything the engine needs to go on where it was. ``lost_at`` is when an answer was last lost."""

    memory: Memory = field(default_factory=Memory)
    cart: ObservedCart | None = None
    lost_at: float | None = None
    checkout: CheckoutMemory = field(default_factory=CheckoutMemory)

    def without_refusals(self) -> "SyncState":
        """The same, with nothing known to be refused: all of it is asked for once more."""
        memory = replace(self.memory, refused={}, kept={})
        return replace(self, memory=memory, checkout=replace(self.checkout, declined={}))


@dataclass(frozen=True, slots=True)
class _Kept:
    """The same, with pairs where JSON could not have a configuration as a key."""

    version: int
    seen: tuple[tuple[Configuration, int], ...]
    ours: tuple[tuple[Configuration, int], ...]
    became: tuple[tuple[Configuration, Configuration], ...]
    added: tuple[tuple[Configuration, int], ...]
    removed: tuple[tuple[Configuration, int], ...]
    refused: tuple[tuple[Configuration, Refusal], ...]
    kept: tuple[tuple[Configuration, Refusal], ...]
    cart: ObservedCart | None
    lost_at: float | None
    modes: tuple[DeliveryMode, ...] = ()
    checkout: CheckoutMemory = field(default_factory=CheckoutMemory)


_KEPT = TypeAdapter(_Kept)


def to_text(state: SyncState) -> str:
    """The state as one line of JSON; amounts travel as strings, so no digit is lost."""
    memory = state.memory
    kept = _Kept(
        version=VERSION,
        seen=_pairs(memory.seen),
        ours=_pairs(memory.ours),
        became=_pairs(memory.became),
        added=_pairs(memory.added),
        removed=_pairs(memory.removed),
        refused=_pairs(memory.refused),
        kept=_pairs(memory.kept),
        cart=state.cart,
        lost_at=state.lost_at,
        modes=tuple(sorted(memory.modes)),
        checkout=state.checkout,
    )
    return _KEPT.dump_json(kept).decode()


def from_text(text: str) -> SyncState:
    """The state that ``to_text`` kept; empty text is a draft that nothing was ever sent for.

    Raises:
        UnreadableJournalError: the text is damaged or of another version. Sending on without it could
            double lines, so nobody does.
    """
    if not text:
        return SyncState()
    try:
        kept = _KEPT.validate_json(text)
    except ValidationError as error:
        raise UnreadableJournalError from error
    if kept.version != VERSION:
        raise UnreadableJournalError
    memory = Memory(
        seen=dict(kept.seen),
        ours=dict(kept.ours),
        became=dict(kept.became),
        added=dict(kept.added),
        removed=dict(kept.removed),
        refused=dict(kept.refused),
        kept=dict(kept.kept),
        modes=frozenset(kept.modes),
    )
    return SyncState(memory, kept.cart, kept.lost_at, kept.checkout)


def _pairs(mapping: Mapping[Configuration, Value]) -> Pairs[Value]:
    return tuple(mapping.items())
