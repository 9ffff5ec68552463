"""The line to the platform: whether it is there, noticed from the work itself and from one cheap probe.

Shared by the engine and the desk; while the line is down nobody else asks the platform anything unasked.
"""

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum

from console.sync.background import background
from console.sync.timer import Timer

PROBE_SECONDS = 2.0
"""The platform is asked at most this often, and only while something waits."""


class Connection(StrEnum):
    """What is known of the line."""

    UNKNOWN = "unknown"
    ONLINE = "online"
    OFFLINE = "offline"


class Link:
    """Knows the state of the line and lets work wait for it.

    ``probe`` says whether the platform answers at all; ``report`` takes every change of state.
    """

    def __init__(
        self,
        *,
        probe: Callable[[], Awaitable[bool]],
        timer: Timer,
        report: Callable[[Connection], None],
    ) -> None:
        self._probe = probe
        self._timer = timer
        self._report = report
        self._up = asyncio.Event()
        self._waiting = 0
        self._prober: asyncio.Task[None] | None = None
        self._state = Connection.UNKNOWN

    @property
    def state(self) -> Connection:
        """The line as last seen."""
        return self._state

    def worked(self) -> None:
        """A call was answered."""
        self._become(Connection.ONLINE)

    def failed(self) -> None:
        """A call found no platform."""
        self._become(Connection.OFFLINE)

    async def online(self) -> None:
        """Wait until the line is there, with everybody else who waits sharing one probe."""
        if self._state is not Connection.OFFLINE:
            return
        self._waiting += 1
        if self._prober is None or self._prober.done():
            self._prober = background(
                self._keep_probing(), name="probe the platform", broken=self._probe_broke
            )
        try:
            await self._up.wait()
        finally:
            self._waiting -= 1

    async def close(self) -> None:
        """Stop probing."""
        if self._prober is not None:
            self._prober.cancel()
            await asyncio.gather(self._prober, return_exceptions=True)

    def _become(self, state: Connection) -> None:
        if state is self._state:
            return
        self._state = state
        if state is Connection.OFFLINE:
            self._up.clear()
        else:
            self._up.set()
        self._report(state)

    def _probe_broke(self) -> None:
        # Without a probe, those who wait find out by their own work whether the line is there.
        self._become(Connection.UNKNOWN)

    async def _keep_probing(self) -> None:
        while self._waiting:
            await self._timer.sleep(PROBE_SECONDS)
            if self._state is not Connection.OFFLINE or not self._waiting:
                return
            if await self._probe():
                self.worked()
                return
