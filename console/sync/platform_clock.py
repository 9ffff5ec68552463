"""The platform's clock, asked for now and then: what is looked for there is looked for in its time.

Used by ``placing``. A machine's clock may be days off, and on the wrong days no order is found again.
"""

import asyncio
from dataclasses import dataclass

from console.api.client import ApiClient
from console.api.errors import PlatformError
from console.sync.timer import Timer

FRESH_SECONDS = 600.0
"""For so long a reading is gone on from."""
JUMP = 60.0
"""So many seconds that this machine's clock and its count of them part by: it was set, or asleep."""
DEADLINE = 2.0
PLAUSIBLE = range(1_400_000_000, 4_100_000_000)
"""Unix seconds that a clock of today can show."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the platform's clock showed, with this machine's, and its count of seconds, at that moment."""

    there: float
    here: float
    elapsed: float


class PlatformClock:
    """Tells the platform's time, or this machine's where the platform does not tell."""

    def __init__(self, api: ApiClient, timer: Timer) -> None:
        self._api = api
        self._timer = timer
        self._read: _Reading | None = None

    async def now(self) -> float:
        """Unix time in seconds."""
        read = self._read
        if read is None or not self._is_fresh(read):
            read = self._read = await self._reading()
        if read is None:
            return self._timer.now()
        return read.there + self._timer.elapsed() - read.elapsed

    def _is_fresh(self, read: _Reading) -> bool:
        counted = self._timer.elapsed() - read.elapsed
        return counted < FRESH_SECONDS and abs(self._timer.now() - read.here - counted) < JUMP

    async def _reading(self) -> _Reading | None:
        try:
            async with asyncio.timeout(DEADLINE):
                there = (await self._api.oauth.timestamp(single_attempt=True)).seconds
        except (PlatformError, TimeoutError):
            return None
        return _Reading(there, self._timer.now(), self._timer.elapsed()) if there in PLAUSIBLE else None
