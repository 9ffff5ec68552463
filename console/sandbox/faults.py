"""Decides which faults strike a request, by the store's seed.

Used by the application around every operation; the faults themselves are described in ``switches``.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from console.sandbox.draws import Draws
from console.sandbox.switches import Fault, FaultKind, SwitchBoard


class DroppedConnectionError(ConnectionError):
    """The sandbox dropped the connection on request: there is no answer, whatever was done."""


@dataclass(frozen=True, slots=True)
class Strike:
    """What befalls one request: how late it is, in seconds, and what goes wrong, if anything.

    ``over`` is the fault's own time and ``code`` its message code, for those that have one.
    """

    seconds: float = 0.0
    kind: FaultKind | None = None
    over: float = 0.0
    code: int = 0


class FaultPlan:
    """Counts how often each fault has struck, and draws those that come by chance."""

    def __init__(self, board: SwitchBoard, *, seed: int) -> None:
        self._board = board
        self._draws = Draws(f"{seed}:faults")
        self._faults: tuple[Fault, ...] = ()
        self._left: list[int | None] = []

    def strike(self, operation: str) -> Strike:
        """What befalls this request. Setting the switches to other faults begins the counting anew."""
        faults = self._board.current.faults
        if faults is not self._faults:
            self._faults, self._left = faults, [fault.times for fault in faults]
        seconds, struck = 0.0, None
        for place, fault in enumerate(faults):
            wanted = fault.kind is FaultKind.LATENCY or struck is None
            if wanted and self._strikes(place, fault, operation):
                if fault.kind is FaultKind.LATENCY:
                    seconds += fault.seconds
                else:
                    struck = fault
        if struck is None:
            return Strike(seconds)
        return Strike(seconds, struck.kind, struck.seconds, struck.code)

    def _strikes(self, place: int, fault: Fault, operation: str) -> bool:
        left = self._left[place]
        if left == 0 or not fnmatchcase(operation, fault.pattern):
            return False
        if not self._draws.chance(fault.probability):
            return False
        if left is not None:
            self._left[place] = left - 1
        self._board.struck[fault.kind] += 1
        return True
