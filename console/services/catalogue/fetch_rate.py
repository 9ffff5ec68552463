"""How fast a long piece of work goes, and how long the rest of it takes at that.

Used while a menu is fetched; it has no clock of its own.
"""

from collections import deque

WINDOW_SECONDS = 15.0
"""Seconds that the pace is measured over: a slow beginning must not be believed for long."""
MIN_SECONDS = 0.5
"""Seconds before which nothing is said of a pace."""


class RateEstimator:
    """Told how much is done at what time; times are seconds of any clock, even of one that jumps."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, int]] = deque()

    def update(self, now: float, done: int) -> float:
        """Pieces a second of late, 0 where that is not known yet."""
        if self._samples and (now < self._samples[-1][0] or done < self._samples[-1][1]):
            self._samples.clear()
        self._samples.append((now, done))
        while now - self._samples[0][0] > WINDOW_SECONDS and len(self._samples) > 2:
            self._samples.popleft()
        since, done_before = self._samples[0]
        return (done - done_before) / (now - since) if now - since >= MIN_SECONDS else 0.0


def seconds_left(rate: float, remaining: int) -> int | None:
    """Whole seconds that the rest takes, ``None`` where nobody knows."""
    return round(remaining / rate) if rate > 0 else None
