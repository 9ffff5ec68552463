"""The clock that sync runs by, handed in so that tests run it in virtual time.

Used by the engine and the link; the desk hands in the machine's own.
"""

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Wall clock, waiting, and how long it took."""

    def now(self) -> float:
        """Unix time in seconds."""
        ...

    def monotonic(self) -> float:
        """Seconds from some moment on that no clock's jump changes."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait so many seconds."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> float:
        """Unix time in seconds."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds from some moment on that no clock's jump changes."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait so many seconds."""
        await asyncio.sleep(seconds)
