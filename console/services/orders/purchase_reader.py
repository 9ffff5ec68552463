"""Reads each placed order back from the platform, once, behind the screen."""

import asyncio
from collections.abc import Callable

from console.services.events import Event, OrderChanged, ServiceError
from console.services.history.service import HistoryService
from console.sync.background_task import spawn


class PurchaseReader:
    """Reads placed orders by number. An order that could not be read is tried again with the next one."""

    def __init__(self, history: HistoryService, publish: Callable[[Event], None]) -> None:
        self._history = history
        self._publish = publish
        self._unread: dict[str, int] = {}
        self._task: asyncio.Task[None] | None = None

    def read(self, draft_id: str, number: int) -> None:
        """Read an order that was placed; nobody waits for it."""
        self._unread[draft_id] = number
        self.resume()

    def resume(self) -> None:
        """Read what is not read yet, one after the other."""
        if self._unread and (self._task is None or self._task.done()):
            self._task = spawn(self._read_all(), name="read placed orders", on_failure=lambda: None)
            # A task that is kept keeps all that its context holds.
            self._task.add_done_callback(self._release)

    def forget(self, draft_id: str) -> None:
        """Do not read an order that is shown no more."""
        self._unread.pop(draft_id, None)

    async def close(self) -> None:
        """Stop reading."""
        self._unread.clear()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _release(self, ended: asyncio.Task[None]) -> None:
        if self._task is ended:
            self._task = None

    async def _read_all(self) -> None:
        while self._unread:
            draft_id, number = next(iter(self._unread.items()))
            try:
                await self._history.order(number)
            except ServiceError:
                # Until the next order is placed, what was sent stands for it.
                return
            if self._unread.get(draft_id) == number:
                del self._unread[draft_id]
            self._publish(OrderChanged(draft_id))
