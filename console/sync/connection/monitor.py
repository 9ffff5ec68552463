"""The connection to the platform: its state, noticed from requests and from one cheap probe.

While it is offline, the probe is the only request that is sent without an operator asking for one. A slow
platform is not offline: nothing stops or waits for it but the request itself.
"""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from enum import StrEnum

from console.sync.background_task import spawn
from console.sync.clock import Clock
from console.sync.connection.speed import Speed

PROBE_SECONDS = 2.0
"""Shortest time between two probes, which are sent only while something waits."""
SILENT_SECONDS = 1.0
"""How long a request may be without a response before the platform is probed beside it.

A probe that finds no connection makes the state offline, so that is noticed within 3 s.
"""
QUICK_PROBE, PATIENT_PROBE = 2.0, 10.0
"""Seconds that a probe waits: patient once offline, or a slow platform would stay offline."""
OFFLINE_AFTER = 20.0
"""Seconds without any response, while requests wait for one, after which a platform counts as offline."""


class ConnectionState(StrEnum):
    """The known state of the connection."""

    UNKNOWN = "unknown"
    ONLINE = "online"
    SLOW = "slow"
    """The platform answers in seconds. Everything works as online."""
    OFFLINE = "offline"


REACHABLE = frozenset({ConnectionState.ONLINE, ConnectionState.SLOW})
"""The states in which the platform is known to answer."""


class ProbeResult(StrEnum):
    """What a probe found."""

    RESPONDED = "responded"
    """A response, be it a refusal."""
    SILENT = "silent"
    """A connection, and no response in time."""
    UNREACHABLE = "unreachable"
    """No connection."""


class ConnectionMonitor:
    """Keeps the state of the connection and lets work wait for it.

    ``probe`` asks the platform for the cheapest response and waits so many seconds; ``report`` takes every
    change of state.
    """

    def __init__(
        self,
        *,
        probe: Callable[[float], Awaitable[ProbeResult]],
        clock: Clock,
        report: Callable[[ConnectionState], None],
    ) -> None:
        self._probe = probe
        self._clock = clock
        self._report = report
        self._online = asyncio.Event()
        self._waiting = 0
        self._in_flight: list[float] = []
        self._silent_since: float | None = None
        self._probing_since = 0.0
        self._last_probe_at: float | None = None
        self._probe_task: asyncio.Task[None] | None = None
        self._state = ConnectionState.UNKNOWN
        self._speed = Speed()

    @property
    def state(self) -> ConnectionState:
        """The latest known state."""
        return self._state

    def succeeded(self) -> None:
        """A request got a response."""
        self._silent_since = None
        self._set_state(ConnectionState.SLOW if self._speed.is_slow else ConnectionState.ONLINE)

    def failed(self) -> None:
        """A request did not reach the platform."""
        self._set_state(ConnectionState.OFFLINE)

    def timed_out(self) -> None:
        """A request was sent and got no response in time: slow, or offline once all has been silent long."""
        if self._state is ConnectionState.OFFLINE:
            return
        since = self._silent_since
        if since is not None and self._clock.monotonic() - since >= OFFLINE_AFTER:
            self.failed()
        else:
            self._speed = self._speed.with_silence()
            self._set_state(ConnectionState.SLOW)

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
        if not self._in_flight and self._state is not ConnectionState.SLOW:
            # Time in which nothing was asked is no silence.
            self._silent_since = None
        self._silent_since = since if self._silent_since is None else self._silent_since
        self._in_flight.append(since)
        self._start_probing()
        try:
            yield
            self._speed = self._speed.with_response(self._clock.monotonic() - since)
            self.succeeded()
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
            patience = PATIENT_PROBE if self._state is ConnectionState.OFFLINE else QUICK_PROBE
            self._take_result(await self._probe(patience))

    def _take_result(self, result: ProbeResult) -> None:
        if result is ProbeResult.RESPONDED:
            self.succeeded()
        elif not self._waiting and not self._in_flight:
            return
        elif result is ProbeResult.UNREACHABLE:
            self.failed()
        else:
            self.timed_out()

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
