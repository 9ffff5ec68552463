"""An order that is open in this session, with its edits that are not written yet."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from console.ordering.draft import Draft, Edit
from console.storage.drafts.draft_store import DraftHeader
from console.sync.placement.purchase import draft_digest
from console.sync.status import OrderStatus, PlacementStatus

FINISHED_STATES = frozenset({PlacementStatus.PLACED, PlacementStatus.ABANDONED})


@dataclass(slots=True)
class OpenOrder:
    """An order in progress: its stored header, its draft and its state on the platform."""

    header: DraftHeader
    draft: Draft
    status: OrderStatus
    unsaved_edits: deque[Edit | None] = field(default_factory=deque[Edit | None])
    """Edits still to be written, None for an undo."""
    writer: asyncio.Task[None] | None = None
    save_error: str = ""
    corruption: str = ""
    """Why the order can be shown but not changed, as a sentence."""
    is_earlier: bool = False
    """True if it was placed before this session began: its tickets may be printed already."""
    finished_at: float = 0.0
    """When it was finished in this session, by the monotonic clock."""

    _digested: tuple[Draft, str] | None = None

    @property
    def draft_digest(self) -> str:
        """Digest of what would be ordered, computed once for each draft."""
        if self._digested is None or self._digested[0] is not self.draft:
            self._digested = (self.draft, draft_digest(self.draft))
        return self._digested[1]

    @property
    def is_finished(self) -> bool:
        """Return True if the order is placed or abandoned."""
        return self.status.placement.state in FINISHED_STATES

    @property
    def is_queued(self) -> bool:
        """Return True if the order is queued for placing, or in flight."""
        return self.status.placement.quoted_total is not None

    @property
    def waits_for_account(self) -> bool:
        """Return True if its customer was created offline and has no account yet."""
        return self.header.customer is not None and not self.header.customer.has_account

    @property
    def locked_reason(self) -> str:
        """Why the order cannot be changed, as a sentence; empty while it can."""
        if self.corruption:
            return self.corruption
        if self.is_finished:
            return "This order is placed. Start a new one."
        if self.is_queued:
            return "This order is queued for placing. Withdraw it to make changes."
        return ""
