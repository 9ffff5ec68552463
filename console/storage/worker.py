"""A thread of its own for a file, with a limit on how long its work is waited for."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

CHECK_SECONDS = 0.25
"""Seconds between two looks at work that takes long."""


class WorkerStuck(Exception):
    """The work takes too long: it is done later or never, and nobody waits for it any more."""


class Worker:
    """One thread: it does one piece of work after the other, in the order of the calls."""

    def __init__(self, name: str) -> None:
        # One worker: only one thread uses the connection, in the order of the calls.
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self._is_stuck = False

    async def run(self, work: Callable[[], T], *, seconds: float | None = None) -> T:
        """Run ``work`` on the thread; return its result.

        A caller that is cancelled stops waiting, but the work is still done.

        Raises:
            WorkerStuck: it takes longer than ``seconds`` from its beginning, or the work before it does.
        """
        began_at: list[float] = []

        def job() -> T:
            began_at.append(monotonic())
            return work()

        future = asyncio.get_running_loop().run_in_executor(self._executor, job)
        # Retrieve the exception: asyncio would log it if the caller was cancelled.
        future.add_done_callback(lambda done: done.cancelled() or done.exception())
        while seconds is not None and not future.done():
            await asyncio.wait((future,), timeout=CHECK_SECONDS)
            self._is_stuck |= bool(began_at) and not future.done() and monotonic() - began_at[0] > seconds
            if self._is_stuck and not future.done():
                raise WorkerStuck
        # Without the shield, a cancelled caller would cancel work that has not begun yet.
        return await asyncio.shield(future)

    def submit(self, work: Callable[[], None]) -> None:
        """Run ``work`` on the thread; nobody waits for it."""
        self._executor.submit(work)

    def stop_after(self, work: Callable[[], None]) -> None:
        """End the thread after ``work``, whenever it gets that far; nobody waits for it."""
        self._executor.submit(work)
        self._executor.shutdown(wait=False)

    def stop(self, *, wait: bool = True) -> None:
        """End the thread after the work that is waiting."""
        self._executor.shutdown(wait=wait)
