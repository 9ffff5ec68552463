"""The line to the platform: whether it is there, noticed from the work itself and from one cheap probe.

Shared by the engine and the desk; while the line is down nobody else asks the platform anything unasked.
"""

import asyncio
from collections.abc import Awaitable, Callable
from enum import StrEnum

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

    ``probe`` returns once the platform answered and raises one of ``down`` where it did not.
    """

    def __init__(
        self,
        *,
        probe: Callable[[], Awaitable[object]],
        down: tuple[type[Exception], ...],
        timer: Timer,
        report: Callable[[Connection], None],
    ) -> None:
        self._probe = probe
        self._down = down
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
        if self._prober is None:
            self._prober = asyncio.create_task(self._keep_probing(), name="probe the platform")
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
        if state is Connection.ONLINE:
            self._up.set()
        else:
            self._up.clear()
        self._report(state)

    async def _keep_probing(self) -> None:
        try:
            while self._state is Connection.OFFLINE and self._waiting:
                await self._timer.sleep(PROBE_SECONDS)
                try:
                    await self._probe()
                except self._down:
                    continue
                self.worked()
        finally:
            self._prober = None
