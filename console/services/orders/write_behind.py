"""Makes the edits of open orders durable behind the screens, then lets sync have what they make.

Used by the orders' service, which holds the open orders.
"""

import asyncio
from collections import deque
from collections.abc import Callable

from console.ordering.draft import Edit
from console.services.events import Event, Notification, OrderChanged
from console.services.orders.open_order import OpenOrder
from console.storage.drafts.draft_store import DraftStore
from console.storage.errors import DraftError, LocalError, StorageError
from console.sync.background_task import spawn
from console.sync.clock import Clock
from console.sync.engine import Engine

RETRY_SECONDS = 2.0
"""Between two tries to write what this machine would not take."""
INTERNAL_FAULT = "a fault of this program. Try again to go on."


class WriteBehind:
    """Writes one order's edits in their order, each until this machine takes it."""

    def __init__(
        self, *, drafts: DraftStore, engine: Engine, clock: Clock, publish: Callable[[Event], None]
    ) -> None:
        self._drafts = drafts
        self._engine = engine
        self._clock = clock
        self._publish = publish

    def write(self, order: OpenOrder, edit: Edit | None) -> None:
        """Write an edit of this order, or with ``None`` that the last one was taken back."""
        order.unsaved_edits.append(edit)
        self.resume(order)

    def resume(self, order: OpenOrder) -> None:
        """Write what waits, unless that is under way."""
        if order.unsaved_edits and (order.writer is None or order.writer.done()):
            name = f"save order {order.header.draft_id}"
            order.writer = spawn(
                self._write(order), name=name, on_failure=lambda: self._report_unsaved(order, INTERNAL_FAULT)
            )

    async def reload(self, order: OpenOrder, reason: str) -> None:
        """Another console changed or closed the order: show it as it is kept, without what came too late."""
        try:
            stored = await self._drafts.load(order.header.draft_id)
        except LocalError as error:
            order.corruption = error.message
        else:
            order.draft, order.corruption = stored.draft, stored.corruption
        order.unsaved_edits.clear()
        self._publish(Notification(reason, is_error=True))

    async def _write(self, order: OpenOrder) -> None:
        """Make the edits durable one after the other, then let sync have the draft they make."""
        draft_id = order.header.draft_id
        while order.unsaved_edits:
            edits = len(order.draft.edits) - _edit_count_change(order.unsaved_edits)
            try:
                if (edit := order.unsaved_edits[0]) is None:
                    await self._drafts.remove_last_edit(draft_id, edits - 1)
                else:
                    await self._drafts.append(draft_id, edits, edit)
            except StorageError as error:
                self._report_unsaved(order, error.message)
                await self._clock.sleep(RETRY_SECONDS)
                continue
            except DraftError as error:
                await self.reload(order, error.message)
                break
            order.unsaved_edits.popleft()
            order.save_error = ""
        self._engine.update_draft(draft_id, order.draft)
        self._publish(OrderChanged(draft_id))

    def _report_unsaved(self, order: OpenOrder, reason: str) -> None:
        order.save_error = f"Not saved yet: {reason}"
        self._publish(Notification(order.save_error, is_error=True))


async def drain_writers(writers: list[asyncio.Task[None]]) -> None:
    """Let them write what is not written yet; what this machine still refuses is given up."""
    if writers:
        await asyncio.wait(writers, timeout=RETRY_SECONDS)
    for writer in writers:
        writer.cancel()
    await asyncio.gather(*writers, return_exceptions=True)


def _edit_count_change(unsaved_edits: deque[Edit | None]) -> int:
    """How many edits longer the draft is than what is written."""
    return sum(-1 if edit is None else 1 for edit in unsaved_edits)
