"""States of placed orders: one table from letters to what is shown, cancelled, watched and printed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from console.ordering.checkout import DeliveryMode


class OrderPhase(StrEnum):
    """What may still become of an order, whatever its state is called."""

    OPEN = "open"
    """Placed: the platform may still cancel it."""
    UNDER_WAY = "under-way"
    """Ready or on its way: too late to cancel."""
    DONE = "done"
    REJECTED = "rejected"
    """Nothing of it is to be made here, but the platform may still give it to another store."""
    CANCELLED = "cancelled"
    """Nothing of it is to be made."""


@dataclass(frozen=True, slots=True)
class OrderState:
    """State of a placed order, in words, and what follows from it."""

    text: str
    phase: OrderPhase = OrderPhase.OPEN

    @property
    def is_final(self) -> bool:
        """Return True if the state will not change any more."""
        return self.phase in (OrderPhase.DONE, OrderPhase.CANCELLED)

    @property
    def can_be_cancelled(self) -> bool:
        """Return True if the platform may still cancel the order."""
        return self.phase in (OrderPhase.OPEN, OrderPhase.REJECTED)

    @property
    def is_void(self) -> bool:
        """Return True if nothing of the order is to be made; a ticket then says its state."""
        return self.phase in (OrderPhase.REJECTED, OrderPhase.CANCELLED)

    def __str__(self) -> str:
        """The words."""
        return self.text


PENDING = OrderState("not paid yet")
ACCEPTED = OrderState("accepted")
IN_KITCHEN = OrderState("in the kitchen")
OUT_FOR_DELIVERY = OrderState("on its way", OrderPhase.UNDER_WAY)
READY = OrderState("ready to collect", OrderPhase.UNDER_WAY)
DELIVERED = OrderState("delivered", OrderPhase.DONE)
COLLECTED = OrderState("collected", OrderPhase.DONE)
REJECTED = OrderState("rejected", OrderPhase.REJECTED)
CANCELLED = OrderState("cancelled", OrderPhase.CANCELLED)
FAILED = OrderState("failed", OrderPhase.CANCELLED)
UNKNOWN = OrderState("unknown")

STATUSES: Mapping[str, OrderState] = {
    "P": PENDING,
    "A": ACCEPTED,
    "S": OUT_FOR_DELIVERY,
    "W": OrderState("waiting for collection", OrderPhase.UNDER_WAY),
    "D": DELIVERED,
    "C": CANCELLED,
    "F": FAILED,
}
"""The documented statuses of an order, with W of its lines."""

PICKUP_STATUSES: Mapping[str, OrderState] = {"S": READY, "W": READY, "D": COLLECTED}
"""Statuses that mean something else for an order that is collected."""

HISTORY_STATUSES: Mapping[str, OrderState] = {"F": CANCELLED}
"""Statuses that Get Order History documents in another way."""

SUB_STATUSES: Mapping[str, OrderState] = {
    "RJ": REJECTED,
    "EX": OrderState("expired", OrderPhase.REJECTED),
    "FE": OrderState("not received by the store"),
    "SE": OrderState("received by the store"),
    "IP": OrderState("in progress"),
    "IK": IN_KITCHEN,
}
"""The documented sub-statuses, with IK of a sample. They tell more of an order that is still open."""

CANCELLED_LINES = ("IC", "ICI", "ICC", "F")
"""The documented statuses of a line that is cancelled or failed as a whole."""


class OrderStates:
    """The table of one platform: the documented letters, with those of its profile ahead of them."""

    def __init__(
        self,
        statuses: Mapping[str, OrderState] | None = None,
        sub_statuses: Mapping[str, OrderState] | None = None,
        cancelled_lines: Iterable[str] = (),
    ) -> None:
        """``cancelled_lines`` are further letters of a line that is cancelled."""
        self._own_statuses = _folded(statuses or {})
        self._sub_statuses = {**SUB_STATUSES, **_folded(sub_statuses or {})}
        self._cancelled_lines = {*CANCELLED_LINES, *map(_fold, cancelled_lines)}

    def state(
        self, status: str, sub_status: str, mode: DeliveryMode, *, in_history: bool = False
    ) -> OrderState:
        """Return the state of these letters; letters that nobody explains are shown as they are.

        ``in_history`` is true for the letters of Get Order History.
        """
        found = self._status(_fold(status), mode, in_history=in_history)
        shown_letters = " ".join(each for each in (status.strip(), sub_status.strip()) if each)
        if found is None:
            return replace(UNKNOWN, text=shown_letters or UNKNOWN.text)
        detail = self._sub_statuses.get(_fold(sub_status))
        if detail is not None:
            return detail if found.phase is OrderPhase.OPEN else found
        if not sub_status.strip() or found.is_void:
            return found
        return replace(found, text=f"{found.text} ({sub_status.strip()})")

    def is_cancelled_line(self, *letters: str) -> bool:
        """Return True if one of a line's letters says that all of it is cancelled."""
        return any(_fold(each) in self._cancelled_lines for each in letters)

    def _status(self, letter: str, mode: DeliveryMode, *, in_history: bool) -> OrderState | None:
        tables: list[Mapping[str, OrderState]] = [
            self._own_statuses,
            HISTORY_STATUSES if in_history else {},
            PICKUP_STATUSES if mode is DeliveryMode.PICKUP else {},
            STATUSES,
        ]
        return next((table[letter] for table in tables if letter in table), None)


def _folded(table: Mapping[str, OrderState]) -> dict[str, OrderState]:
    return {_fold(letters): state for letters, state in table.items()}


def _fold(letters: str) -> str:
    return letters.strip().upper()
