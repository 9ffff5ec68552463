"""The retry queue: when the platform fails for many orders at once, they are retried one at a time."""

from console.sync.retry.policy import LONGEST_PAUSE, SHORTEST_PAUSE

LONG_QUEUE_SECONDS = 2 * LONGEST_PAUSE
"""A queue longer than this is one of orders that wait for the platform to recover."""


class RetryQueue:
    """Schedules retries at least ``SHORTEST_PAUSE`` apart, across all orders. Times are monotonic."""

    def __init__(self) -> None:
        self._next_at = 0.0

    def delay(self, *, now: float, at_least: float) -> float:
        """Take a turn in the queue; the seconds until it comes."""
        turn = max(now + at_least, self._next_at)
        self._next_at = turn + SHORTEST_PAUSE
        return turn - now

    def reset_if_long(self, *, now: float) -> bool:
        """A request succeeded: return True if a long retry queue should be released now."""
        if self._next_at - now <= LONG_QUEUE_SECONDS:
            return False
        self._next_at = 0.0
        return True
