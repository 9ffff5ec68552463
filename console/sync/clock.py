"""The clock of sync, a parameter so that tests run in virtual time."""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Wall clock, monotonic clock and sleeping."""

    def now(self) -> float:
        """Unix time in seconds."""
        ...

    def monotonic(self) -> float:
        """Seconds from an arbitrary moment; never affected by a change of the wall clock."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Sleep for this many seconds."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> float:
        """Unix time in seconds."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds from an arbitrary moment; never affected by a change of the wall clock."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Sleep for this many seconds."""
        await asyncio.sleep(seconds)
