"""The connection to the platform: its state, noticed from requests and from one cheap probe.

While it is offline, the probe is the only request that is sent without an operator asking for one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from enum import StrEnum

from console.sync.background_task import spawn
from console.sync.clock import Clock

PROBE_SECONDS = 2.0
"""Shortest time between two probes, which are sent only while something waits."""
SILENT_SECONDS = 1.0
"""How long a request may be without a response before the platform is probed beside it.

With the probe's own deadline of 2 s, a connection that swallows everything is noticed within 3 s.
"""


class ConnectionState(StrEnum):
    """The known state of the connection."""

    UNKNOWN = "unknown"
    ONLINE = "online"
    OFFLINE = "offline"


class ConnectionMonitor:
    """Keeps the state of the connection and lets work wait for it.

    ``probe`` returns True if the platform answers at all; ``report`` takes every change of state.
    """

    def __init__(
        self,
        *,
        probe: Callable[[], Awaitable[bool]],
        clock: Clock,
        report: Callable[[ConnectionState], None],
    ) -> None:
        self._probe = probe
        self._clock = clock
        self._report = report
        self._online = asyncio.Event()
        self._waiting = 0
        self._in_flight: list[float] = []
        self._probing_since = 0.0
        self._last_probe_at: float | None = None
        self._probe_task: asyncio.Task[None] | None = None
        self._state = ConnectionState.UNKNOWN

    @property
    def state(self) -> ConnectionState:
        """The latest known state."""
        return self._state

    def succeeded(self) -> None:
        """A request got a response."""
        self._set_state(ConnectionState.ONLINE)

    def failed(self) -> None:
        """A request did not reach the platform."""
        self._set_state(ConnectionState.OFFLINE)

    async def wait_online(self) -> None:
        """Wait until the connection is back; all that wait share one probe."""
        if self._state is not ConnectionState.OFFLINE:
            return
        self._waiting += 1
        self._start_probing()
        try:
            await self._online.wait()
        finally:
            self._waiting -= 1

    @contextmanager
    def track(self) -> Generator[None]:
        """Track a request in flight: if it gets no response, the platform is probed beside it.

        The request keeps its own deadline, whatever the probe finds.
        """
        since = self._clock.monotonic()
        self._in_flight.append(since)
        self._start_probing()
        try:
            yield
        finally:
            self._in_flight.remove(since)

    async def close(self) -> None:
        """Stop probing."""
        if self._probe_task is not None:
            self._probe_task.cancel()
            await asyncio.gather(self._probe_task, return_exceptions=True)

    def _set_state(self, state: ConnectionState) -> None:
        if state is self._state:
            return
        self._state = state
        if state is ConnectionState.OFFLINE:
            self._online.clear()
        else:
            self._online.set()
        self._report(state)

    def _probe_failed(self) -> None:
        # Without a probe, those that wait have to find out by their own requests.
        self._set_state(ConnectionState.UNKNOWN)

    def _start_probing(self) -> None:
        if self._probe_task is None or self._probe_task.done():
            self._probing_since = self._clock.monotonic()
            self._probe_task = spawn(
                self._keep_probing(), name="probe the platform", on_failure=self._probe_failed
            )

    async def _keep_probing(self) -> None:
        while (due := self._next_probe_at()) is not None:
            if (pause := due - self._clock.monotonic()) > 0:
                await self._clock.sleep(pause)
                continue
            self._last_probe_at = self._clock.monotonic()
            if await self._probe():
                self.succeeded()
            elif self._waiting or self._in_flight:
                self.failed()

    def _next_probe_at(self) -> float | None:
        """When to probe next, by the monotonic clock; ``None`` while nothing waits."""
        dues: list[float] = []
        last = (
            self._probing_since
            if self._last_probe_at is None
            else max(self._probing_since, self._last_probe_at)
        )
        if self._waiting and self._state is ConnectionState.OFFLINE:
            dues.append(last + PROBE_SECONDS)
        if self._in_flight:
            silent = self._in_flight[0] + SILENT_SECONDS
            dues.append(
                silent if self._last_probe_at is None else max(silent, self._last_probe_at + PROBE_SECONDS)
            )
        return min(dues, default=None)
