"""Choice of the faults that strike a request, by the store's seed."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from console.sandbox.seeded_random import SeededRandom
from console.sandbox.switches import Fault, FaultKind, PlacingRefusal, SwitchBoard

ONLY_OPERATIONS = {FaultKind.INVALID_ORDER: "orders.place", FaultKind.EXTRA_LINE: "carts.add_items"}
"""The kinds that strike one operation alone."""


class DroppedConnectionError(ConnectionError):
    """The sandbox dropped the connection on request: the client gets no response, whether or not it acted."""


@dataclass(frozen=True, slots=True)
class FaultEffect:
    """The effect of faults on one request: its delay in seconds, and the fault, if any.

    ``duration`` is the fault's own time, ``code`` its message code and ``refusal`` that of an invalid order,
    for kinds that have one.
    """

    delay: float = 0.0
    kind: FaultKind | None = None
    duration: float = 0.0
    code: int = 0
    refusal: PlacingRefusal | None = None


class FaultPlan:
    """The faults in force: counts how often each has struck, and draws those with a probability."""

    def __init__(self, board: SwitchBoard, *, seed: int) -> None:
        self._board = board
        self._random = SeededRandom(f"{seed}:faults")
        self._faults: tuple[Fault, ...] = ()
        self._remaining: list[int | None] = []

    def next_effect(self, operation: str) -> FaultEffect:
        """Return the effect on this request. Setting other faults in the switches restarts the counts."""
        faults = self._board.current.faults
        if faults is not self._faults:
            self._faults, self._remaining = faults, [fault.times for fault in faults]
        delay, active = 0.0, None
        for index, fault in enumerate(faults):
            may_apply = fault.kind is FaultKind.LATENCY or active is None
            if may_apply and self._triggers(index, fault, operation):
                if fault.kind is FaultKind.LATENCY:
                    delay += fault.seconds
                else:
                    active = fault
        if active is None:
            return FaultEffect(delay)
        refusal = active.refusal
        if active.kind is FaultKind.INVALID_ORDER and refusal is None:
            refusal = self._random.choice(tuple(PlacingRefusal))
        return FaultEffect(delay, active.kind, active.seconds, active.code, refusal)

    def _triggers(self, index: int, fault: Fault, operation: str) -> bool:
        remaining = self._remaining[index]
        if remaining == 0 or not fnmatchcase(operation, fault.pattern):
            return False
        if operation != ONLY_OPERATIONS.get(fault.kind, operation):
            return False
        if not self._random.chance(fault.probability):
            return False
        if remaining is not None:
            self._remaining[index] = remaining - 1
        self._board.fault_counts[fault.kind] += 1
        return True
