"""The platform's clock, asked for now and then: what is looked for there is looked for in its time.

Used by ``placing``. A machine's clock may be days off, and on the wrong days no order is found again.
"""

import asyncio
from dataclasses import dataclass

from console.api.client import ApiClient
from console.api.errors import PlatformError
from console.sync.clock import Clock

FRESH_SECONDS = 600.0
"""For so long a reading is gone on from."""
CLOCK_JUMP = 60.0
"""So many seconds that this machine's clock and its count of them part by: it was set, or asleep."""
DEADLINE = 2.0
PLAUSIBLE = range(1_400_000_000, 4_100_000_000)
"""Unix seconds that a clock of today can show."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the platform's clock showed, with this machine's, and its count of seconds, at that moment."""

    platform_time: float
    machine_time: float
    monotonic: float


class PlatformClock:
    """Tells the platform's time, or this machine's where the platform does not tell."""

    def __init__(self, api: ApiClient, clock: Clock) -> None:
        self._api = api
        self._clock = clock
        self._last_reading: _Reading | None = None

    async def now(self) -> float:
        """Unix time in seconds."""
        reading = self._last_reading
        if reading is None or not self._is_fresh(reading):
            reading = self._last_reading = await self._fetch_reading()
        if reading is None:
            return self._clock.now()
        return reading.platform_time + self._clock.monotonic() - reading.monotonic

    def _is_fresh(self, reading: _Reading) -> bool:
        elapsed = self._clock.monotonic() - reading.monotonic
        return (
            elapsed < FRESH_SECONDS and abs(self._clock.now() - reading.machine_time - elapsed) < CLOCK_JUMP
        )

    async def _fetch_reading(self) -> _Reading | None:
        try:
            async with asyncio.timeout(DEADLINE):
                platform_time = (await self._api.oauth.timestamp(single_attempt=True)).seconds
        except (PlatformError, TimeoutError):
            return None
        return (
            _Reading(platform_time, self._clock.now(), self._clock.monotonic())
            if platform_time in PLAUSIBLE
            else None
        )
