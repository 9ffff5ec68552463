"""A virtual clock: sleeping takes no time."""

import asyncio
import heapq

NOON = 1_700_000_000.0
LOOP_TURNS = 20
"""More than any of the code under test takes to get from one waiting to the next without a thread."""


class VirtualClock:
    """Time that jumps to the end of every sleep, or, with ``flowing`` off, stands still until ``advance``."""

    def __init__(self, *, auto_advance: bool = True) -> None:
        self.auto_advance = auto_advance
        self._now = NOON
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0
        self._offset = 0.0

    def now(self) -> float:
        return self._now + self._offset

    def set_wall_clock(self, offset: float) -> None:
        """Set the wall clock by so many seconds; no time passes."""
        self._offset = offset

    def pass_over(self, seconds: float) -> None:
        """Let so much time pass at once, without waking anybody on the way."""
        self._now += seconds

    def monotonic(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        due = self._now + seconds
        if self.auto_advance:
            await asyncio.sleep(0)
            self._now = max(self._now, due)
            return
        done = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(self._sleepers, (due, self._count, done))
        await done

    async def advance(self, seconds: float) -> None:
        """Let so much time pass, waking each sleeper at its own moment."""
        until = self._now + seconds
        await run_ready_tasks()
        while self._sleepers and self._sleepers[0][0] <= until:
            due, _, done = heapq.heappop(self._sleepers)
            self._now = max(self._now, due)
            if not done.done():
                done.set_result(None)
            await run_ready_tasks()
        self._now = until


async def run_ready_tasks() -> None:
    """Let everything run that waits for nothing but its turn."""
    for _ in range(LOOP_TURNS):
        await asyncio.sleep(0)
