"""The platform's clock, read at intervals: orders are searched for by its time.

A machine's clock may be days off, and on the wrong days no order is found again.
"""

import asyncio
from dataclasses import dataclass

from console.api.client import ApiClient
from console.api.errors import PlatformError
from console.sync.clock import Clock

FRESH_SECONDS = 600.0
"""How long a reading is used."""
CLOCK_JUMP = 60.0
"""A difference between wall clock and monotonic clock that means a clock change, or a suspended machine."""
DEADLINE = 2.0
PLAUSIBLE = range(1_400_000_000, 4_100_000_000)
"""Unix seconds that a working clock can show."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The platform's time, with this machine's wall and monotonic clocks at that moment."""

    platform_time: float
    machine_time: float
    monotonic: float


class PlatformClock:
    """The platform's time, or this machine's where the platform's cannot be read."""

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
