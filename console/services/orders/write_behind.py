"""Writes the edits of open orders behind the screens, then hands the drafts to sync."""

import asyncio
from collections import deque

from console.ordering.draft import Edit
from console.services.events import Notification, OrderChanged
from console.services.orders.open_order import OpenOrder
from console.services.session_context import SessionContext
from console.storage.errors import DraftError, LocalError, StorageError
from console.sync.background_task import spawn
from console.sync.engine import Engine

RETRY_SECONDS = 2.0
"""Seconds between two attempts to write what this machine refused."""
INTERNAL_FAULT = "a fault of this program. Try again to go on."


class WriteBehind:
    """Writes each order's edits in their order, retrying until this machine takes them."""

    def __init__(self, context: SessionContext, engine: Engine) -> None:
        self._drafts = context.storage.drafts
        self._clock = context.clock
        self._publish = context.publish
        self._engine = engine

    def write(self, order: OpenOrder, edit: Edit | None) -> None:
        """Queue an edit of this order, or None to undo the last one, and write."""
        order.unsaved_edits.append(edit)
        self.resume(order)

    def resume(self, order: OpenOrder) -> None:
        """Write what is queued, unless a writer is running."""
        if order.unsaved_edits and (order.writer is None or order.writer.done()):
            name = f"save order {order.header.draft_id}"
            order.writer = spawn(
                self._write(order), name=name, on_failure=lambda: self._report_unsaved(order, INTERNAL_FAULT)
            )

    async def reload(self, order: OpenOrder, reason: str) -> None:
        """Show an order as another console has saved it, dropping edits that came too late."""
        try:
            stored = await self._drafts.load(order.header.draft_id)
        except LocalError as error:
            order.corruption = error.message
        else:
            order.draft, order.corruption = stored.draft, stored.corruption
        order.unsaved_edits.clear()
        order.save_error = ""
        self._publish(Notification(reason, is_error=True))

    async def _write(self, order: OpenOrder) -> None:
        """Write the edits one after the other, then hand the draft to sync."""
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
        order.save_error = message = f"Not saved yet: {reason}"
        self._publish(Notification(message, is_error=True, is_current=lambda: order.save_error == message))


async def drain_writers(writers: list[asyncio.Task[None]]) -> None:
    """Give the writers RETRY_SECONDS to finish, then cancel those that are still refused."""
    if writers:
        await asyncio.wait(writers, timeout=RETRY_SECONDS)
    for writer in writers:
        writer.cancel()
    await asyncio.gather(*writers, return_exceptions=True)


def _edit_count_change(unsaved_edits: deque[Edit | None]) -> int:
    """Return by how many edits the draft is longer than what is written."""
    return sum(-1 if edit is None else 1 for edit in unsaved_edits)
