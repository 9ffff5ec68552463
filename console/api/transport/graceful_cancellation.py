"""Cancellation that comes a moment later than asked for, so that a connection pool keeps its connections.

httpcore loses the connection of a request that is cancelled while it is being sent; eight lost ones were
the end of all requests of a process.
"""

import asyncio
from collections.abc import Coroutine
from contextvars import Context
from typing import Any, TypeVar

GRACE_SECONDS = 1.0
"""Seconds for which work goes on after its caller gave up."""

_T = TypeVar("_T")


class GracefulCancellation:
    """Runs work in tasks of its own. The caller's cancellation ends its wait at once, the work later."""

    def __init__(self) -> None:
        self._abandoned: set[asyncio.Task[Any]] = set()

    async def run(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Await work; if the wait is cancelled, the work may still end well within the grace."""
        # A context of its own: a connection that is kept alive would keep its caller's screen alive too.
        task = asyncio.create_task(work, context=Context())
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            self._abandon(task)
            raise

    def _abandon(self, task: asyncio.Task[Any]) -> None:
        if task.done():
            return
        self._abandoned.add(task)
        timer = asyncio.get_running_loop().call_later(GRACE_SECONDS, task.cancel)

        def forget(ended: asyncio.Task[Any]) -> None:
            timer.cancel()
            self._abandoned.discard(ended)
            # Errors after the caller gave up have no reader; if not retrieved, asyncio would print them.
            _ = ended.cancelled() or ended.exception()

        task.add_done_callback(forget)

    async def aclose(self) -> None:
        """End the work whose callers gave up."""
        for task in self._abandoned:
            task.cancel()
        await asyncio.gather(*self._abandoned, return_exceptions=True)
