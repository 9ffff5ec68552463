"""The line to the platform: whether it is there, noticed from the work itself and from one cheap probe.

Shared by the engine and the desk; while the line is down nobody else asks the platform anything unasked.
"""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from enum import StrEnum

from console.sync.background import background
from console.sync.timer import Timer

PROBE_SECONDS = 2.0
"""The platform is asked at most this often, and only while something waits."""
SILENT_SECONDS = 1.0
"""For so long a request may be without an answer before the platform is probed beside it.

With the probe's own deadline of 2 s, a line that swallows everything is noticed within 3 s.
"""


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
        self._asked: list[float] = []
        self._began = 0.0
        self._probed: float | None = None
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
        self._start()
        try:
            await self._up.wait()
        finally:
            self._waiting -= 1

    @contextmanager
    def asked(self) -> Generator[None]:
        """Around a request: if it stays without an answer, the platform is probed beside it.

        The request itself is left to its own deadline, whatever the probe says.
        """
        since = self._timer.elapsed()
        self._asked.append(since)
        self._start()
        try:
            yield
        finally:
            self._asked.remove(since)

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

    def _start(self) -> None:
        if self._prober is None or self._prober.done():
            self._began = self._timer.elapsed()
            self._prober = background(
                self._keep_probing(), name="probe the platform", broken=self._probe_broke
            )

    async def _keep_probing(self) -> None:
        while (due := self._due()) is not None:
            if (pause := due - self._timer.elapsed()) > 0:
                await self._timer.sleep(pause)
                continue
            self._probed = self._timer.elapsed()
            if await self._probe():
                self.worked()
            elif self._waiting or self._asked:
                self.failed()

    def _due(self) -> float | None:
        """When to probe next, as the timer counts; ``None`` while nobody needs to know."""
        dues: list[float] = []
        last = self._began if self._probed is None else max(self._began, self._probed)
        if self._waiting and self._state is Connection.OFFLINE:
            dues.append(last + PROBE_SECONDS)
        if self._asked:
            silent = self._asked[0] + SILENT_SECONDS
            dues.append(silent if self._probed is None else max(silent, self._probed + PROBE_SECONDS))
        return min(dues, default=None)
