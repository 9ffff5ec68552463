"""Virtual time for a whole simulation: an event loop that never waits, and threads run in place.

For simulations over the real files and the real sandbox: one thread, no waiting, the same every time.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import Any, TypeVar

from tests.sync.virtual_time import NOON

T = TypeVar("T")


class StuckError(Exception):
    """Nothing is under way, and nothing is waited for."""


class _JumpingSelector(selectors.DefaultSelector):  # type: ignore[misc, valid-type]
    """Instead of waiting, says how long the waiting would have been."""

    def __init__(self, jump: Callable[[float], None]) -> None:
        super().__init__()
        self._jump = jump

    def select(self, timeout: float | None = None) -> Any:
        if timeout is None:
            raise StuckError
        if timeout > 0:
            self._jump(timeout)
        return super().select(0)


class SimulatedLoop(asyncio.SelectorEventLoop):
    """An event loop whose time jumps to whatever comes next."""

    def __init__(self) -> None:
        self._seconds = 0.0
        super().__init__(_JumpingSelector(self._advance))

    def time(self) -> float:
        return self._seconds

    def _advance(self, seconds: float) -> None:
        self._seconds += seconds

    def run_in_executor(self, executor: Executor | None, func: Callable[..., Any], *args: Any) -> Any:
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:  # noqa: BLE001
            done.set_exception(error)
        return done


class SimulatedClock:
    """The loop's time as a machine's clock shows it; ``jump`` sets that clock, ``true`` is never set."""

    def __init__(self, loop: SimulatedLoop) -> None:
        self._loop = loop
        self._offset = 0.0

    def true_now(self) -> float:
        return NOON + self._loop.time()

    def now(self) -> float:
        return self.true_now() + self._offset

    def monotonic(self) -> float:
        return self._loop.time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def set_offset(self, offset: float) -> None:
        self._offset = offset


def run_simulated(scenario: Callable[[SimulatedClock], Coroutine[None, None, T]]) -> T:
    """Run a story to its end in virtual time."""
    loop = SimulatedLoop()
    try:
        asyncio.set_event_loop(loop)
        return loop.run_until_complete(scenario(SimulatedClock(loop)))
    finally:
        remaining = asyncio.all_tasks(loop)
        for task in remaining:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*remaining, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        asyncio.set_event_loop(None)
        loop.close()
