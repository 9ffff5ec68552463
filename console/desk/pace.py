"""How fast a long piece of work goes, and how long the rest of it takes at that.

Used while a menu is fetched; it has no clock of its own.
"""

from collections import deque

WINDOW = 15.0
"""Seconds that the pace is measured over: a slow beginning must not be believed for long."""
ENOUGH = 0.5
"""Seconds before which nothing is said of a pace."""


class Pace:
    """Told how much is done at what time; times are seconds of any clock, even of one that jumps."""

    def __init__(self) -> None:
        self._told: deque[tuple[float, int]] = deque()

    def at(self, now: float, done: int) -> float:
        """Pieces a second of late, 0 where that is not known yet."""
        if self._told and (now < self._told[-1][0] or done < self._told[-1][1]):
            self._told.clear()
        self._told.append((now, done))
        while now - self._told[0][0] > WINDOW and len(self._told) > 2:
            self._told.popleft()
        since, begun = self._told[0]
        return (done - begun) / (now - since) if now - since >= ENOUGH else 0.0


def seconds_left(rate: float, left: int) -> int | None:
    """Whole seconds that the rest takes, ``None`` where nobody knows."""
    return round(left / rate) if rate > 0 else None
