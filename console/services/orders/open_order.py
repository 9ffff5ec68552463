"""An order that is open at the desk, with what is still to be written of it.

Held by the orders' service only.
"""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from console.ordering.draft import Draft, Edit
from console.storage.drafts.draft_store import DraftHeader
from console.sync.status import OrderStatus, PlacementStatus

FINISHED_STATES = frozenset({PlacementStatus.PLACED, PlacementStatus.ABANDONED})


@dataclass(slots=True)
class OpenOrder:
    """An order under way here. ``unsaved`` are the edits still to be written, ``None`` for an undo.

    ``damage`` is why it can be shown, but not changed.
    """

    header: DraftHeader
    draft: Draft
    status: OrderStatus
    unsaved_edits: deque[Edit | None] = field(default_factory=deque[Edit | None])
    writer: asyncio.Task[None] | None = None
    save_error: str = ""
    corruption: str = ""

    @property
    def is_finished(self) -> bool:
        """Whether it is placed, or put away for good."""
        return self.status.placement.state in FINISHED_STATES

    @property
    def waits_for_account(self) -> bool:
        """Whether its customer was made without a line, and the platform does not have them yet."""
        return self.header.customer is not None and not self.header.customer.has_account

    @property
    def locked_reason(self) -> str:
        """Why it cannot be changed, as a sentence; empty while it can."""
        if self.corruption:
            return self.corruption
        if self.is_finished:
            return "That order is placed: begin another."
        if self.status.placement.quoted_total is not None:
            return "That order is to be placed as it is: take that back to change it."
        return ""
