"""An order that is open at the desk, with what is still to be written of it.

Held by the orders' service only.
"""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from console.ordering.draft import Draft, Edit
from console.storage.drafts.draft_store import DraftHeader
from console.sync.status import OrderStatus, PlacementStatus

OVER = frozenset({PlacementStatus.PLACED, PlacementStatus.ABANDONED})


@dataclass(slots=True)
class OpenOrder:
    """An order under way here. ``unsaved`` are the edits still to be written, ``None`` for an undo.

    ``damage`` is why it can be shown, but not changed.
    """

    header: DraftHeader
    draft: Draft
    status: OrderStatus
    unsaved: deque[Edit | None] = field(default_factory=deque[Edit | None])
    writer: asyncio.Task[None] | None = None
    trouble: str = ""
    damage: str = ""

    @property
    def is_over(self) -> bool:
        """Whether it is placed, or put away for good."""
        return self.status.placement.state in OVER

    @property
    def waits_for_account(self) -> bool:
        """Whether its customer was made without a line, and the platform does not have them yet."""
        return self.header.customer is not None and not self.header.customer.has_account

    @property
    def fixed(self) -> str:
        """Why it cannot be changed, as a sentence; empty while it can."""
        if self.damage:
            return self.damage
        if self.is_over:
            return "That order is placed: begin another."
        if self.status.placement.quoted_total is not None:
            return "That order is to be placed as it is: take that back to change it."
        return ""
