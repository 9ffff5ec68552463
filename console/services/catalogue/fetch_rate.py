"""Rate of a long task, and the time that the rest of it takes."""

from collections import deque

WINDOW_SECONDS = 15.0
"""Seconds that the rate is measured over, so that a slow start does not count for long."""
MIN_SECONDS = 0.5
"""Seconds before which no rate is given."""


class RateEstimator:
    """Estimates a rate from updates; times are seconds of any clock, even one that jumps."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, int]] = deque()

    def update(self, now: float, done: int) -> float:
        """Add a sample and return items per second, 0 while unknown."""
        if self._samples and (now < self._samples[-1][0] or done < self._samples[-1][1]):
            self._samples.clear()
        self._samples.append((now, done))
        while now - self._samples[0][0] > WINDOW_SECONDS and len(self._samples) > 2:
            self._samples.popleft()
        since, done_before = self._samples[0]
        return (done - done_before) / (now - since) if now - since >= MIN_SECONDS else 0.0


def seconds_left(rate: float, remaining: int) -> int | None:
    """Return the whole seconds that the rest takes, None while unknown."""
    return round(remaining / rate) if rate > 0 else None
