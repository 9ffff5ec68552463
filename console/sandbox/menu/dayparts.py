"""Dayparts: hours in which a deal may be ordered, in the merchant's time."""

from dataclasses import dataclass
from datetime import time

from console.sandbox.responses import merchant_datetime


@dataclass(frozen=True, slots=True)
class Daypart:
    """Hours of every day, from ``starts`` until just before ``ends``; over midnight if that is earlier."""

    starts: time
    ends: time

    def contains(self, now: float) -> bool:
        """Return True if this moment, in Unix seconds, is within these hours."""
        clock = merchant_datetime(now).time()
        if self.starts <= self.ends:
            return self.starts <= clock < self.ends
        return clock >= self.starts or clock < self.ends

    def __str__(self) -> str:
        return f"{self.starts:%H:%M} to {self.ends:%H:%M}"


def parse_daypart(text: str) -> Daypart:
    """Parse hours written as ``11:00-15:00``.

    Raises:
        ValueError: they are not written so.
    """
    starts, _, ends = text.partition("-")
    return Daypart(time.fromisoformat(starts), time.fromisoformat(ends))
