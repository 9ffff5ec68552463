"""Makes the edits of open orders durable behind the screens, then lets sync have what they make.

Used by the orders' service, which holds the open orders.
"""

import asyncio
from collections import deque
from collections.abc import Callable

from console.desk.changes import Change, Notice, OrderChange
from console.desk.open_order import OpenOrder
from console.ordering.draft import Edit
from console.storage.drafts.draft_store import DraftStore
from console.storage.errors import DraftError, LocalError, StorageError
from console.sync.background_task import spawn
from console.sync.clock import Clock
from console.sync.engine import Engine

RETRY_SECONDS = 2.0
"""Between two tries to write what this machine would not take."""
BROKEN = "a fault of this program. Try again to go on."


class WriteBehind:
    """Writes one order's edits in their order, each until this machine takes it."""

    def __init__(
        self, *, drafts: DraftStore, engine: Engine, timer: Clock, tell: Callable[[Change], None]
    ) -> None:
        self._drafts = drafts
        self._engine = engine
        self._timer = timer
        self._tell = tell

    def write(self, order: OpenOrder, edit: Edit | None) -> None:
        """Write an edit of this order, or with ``None`` that the last one was taken back."""
        order.unsaved.append(edit)
        self.go_on(order)

    def go_on(self, order: OpenOrder) -> None:
        """Write what waits, unless that is under way."""
        if order.unsaved and (order.writer is None or order.writer.done()):
            name = f"save order {order.header.draft_id}"
            order.writer = spawn(
                self._write(order), name=name, on_failure=lambda: self._not_saved(order, BROKEN)
            )

    async def begin_again(self, order: OpenOrder, why: str) -> None:
        """Another console changed or closed the order: show it as it is kept, without what came too late."""
        try:
            kept = await self._drafts.load(order.header.draft_id)
        except LocalError as error:
            order.damage = error.message
        else:
            order.draft, order.damage = kept.draft, kept.corruption
        order.unsaved.clear()
        self._tell(Notice(why, bad=True))

    async def _write(self, order: OpenOrder) -> None:
        """Make the edits durable one after the other, then let sync have the draft they make."""
        draft_id = order.header.draft_id
        while order.unsaved:
            edits = len(order.draft.edits) - _growth(order.unsaved)
            try:
                if (edit := order.unsaved[0]) is None:
                    await self._drafts.remove_last_edit(draft_id, edits - 1)
                else:
                    await self._drafts.append(draft_id, edits, edit)
            except StorageError as error:
                self._not_saved(order, error.message)
                await self._timer.sleep(RETRY_SECONDS)
                continue
            except DraftError as error:
                await self.begin_again(order, error.message)
                break
            order.unsaved.popleft()
            order.trouble = ""
        self._engine.update_draft(draft_id, order.draft)
        self._tell(OrderChange(draft_id))

    def _not_saved(self, order: OpenOrder, why: str) -> None:
        order.trouble = f"Not saved yet: {why}"
        self._tell(Notice(order.trouble, bad=True))


async def finish(writers: list[asyncio.Task[None]]) -> None:
    """Let them write what is not written yet; what this machine still refuses is given up."""
    if writers:
        await asyncio.wait(writers, timeout=RETRY_SECONDS)
    for writer in writers:
        writer.cancel()
    await asyncio.gather(*writers, return_exceptions=True)


def _growth(unsaved: deque[Edit | None]) -> int:
    """How many edits longer the draft is than what is written."""
    return sum(-1 if edit is None else 1 for edit in unsaved)
