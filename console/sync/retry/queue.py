"""Retries in turn: where the platform fails for many orders at once, it is asked again for one at a time.

Used by the engine for orders that are tried again by and by.
"""

from console.sync.retry.policy import LONGEST_PAUSE, SHORTEST_PAUSE

LONG_QUEUE_SECONDS = 2 * LONGEST_PAUSE
"""A queue of so many seconds is one of orders that wait for the platform, not for themselves."""


class RetryQueue:
    """Gives out moments at least ``SHORTEST_PAUSE`` apart. Times are the timer's count of seconds."""

    def __init__(self) -> None:
        self._next_at = 0.0

    def delay(self, *, now: float, at_least: float) -> float:
        """The seconds to an order's next try."""
        turn = max(now + at_least, self._next_at)
        self._next_at = turn + SHORTEST_PAUSE
        return turn - now

    def reset_if_long(self, *, now: float) -> bool:
        """Something was done: whether so many wait that they need wait for their turns no more."""
        if self._next_at - now <= LONG_QUEUE_SECONDS:
            return False
        self._next_at = 0.0
        return True
