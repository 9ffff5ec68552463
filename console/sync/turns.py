"""Retries in turn: where the platform fails for many orders at once, it is asked again for one at a time.

Used by the engine for orders that are tried again by and by.
"""

from console.sync.setbacks import LONGEST_PAUSE, SHORTEST_PAUSE

LONG = 2 * LONGEST_PAUSE
"""A queue of so many seconds is one of orders that wait for the platform, not for themselves."""


class Turns:
    """Gives out moments at least ``SHORTEST_PAUSE`` apart. Times are the timer's count of seconds."""

    def __init__(self) -> None:
        self._next = 0.0

    def pause(self, *, now: float, at_least: float) -> float:
        """The seconds to an order's next try."""
        turn = max(now + at_least, self._next)
        self._next = turn + SHORTEST_PAUSE
        return turn - now

    def over(self, *, now: float) -> bool:
        """Something was done: whether so many wait that they need wait for their turns no more."""
        if self._next - now <= LONG:
            return False
        self._next = 0.0
        return True
