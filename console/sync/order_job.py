"""An order under way in the engine: its latest wish, what was last made durable, and what is to be done.

Held by ``engine``, which lends it to ``sending`` and ``new_customers``.
"""

import asyncio
from dataclasses import dataclass, field

from console.ordering.customer import Customer
from console.ordering.draft import Draft
from console.ordering.money import Currency
from console.storage.drafts.draft_store import DraftHeader, Lease, StoredDraft
from console.storage.drafts.placement_request import PlacementRequest
from console.sync.cart.differences import CartComparison, compare
from console.sync.cart.sync_state import SyncState, UnreadableStateError, state_from_text
from console.sync.placement.state import Decision, Placement, PlacementStage
from console.sync.placement.state_codec import UnreadablePlacementError, placement_from_text
from console.sync.status import Activity

CORRUPTED = "What was kept about sending this order is damaged. It is shown, and not sent any further."


@dataclass(slots=True)
class OrderJob:
    """An order under way. ``wish`` is its latest draft, ``state`` and ``placing`` what was last made durable.

    ``told`` is the wish to place it. ``damage`` is why it may not be sent; ``not_before`` is when it may be
    tried again, in Unix seconds. ``lost_since`` is the last moment, by the timer's count of seconds, at
    which something can have been sent that was not answered. ``activity`` and ``problem`` are what was
    last told; ``shown`` are the latest facts, with what they were worked out from. ``no_account`` is why the
    platform has no account for a customer who was made offline, empty while that is not known.
    """

    header: DraftHeader
    draft: Draft
    state: SyncState = field(default_factory=SyncState)
    placement_request: PlacementRequest | None = None
    placement: Placement | None = None
    corruption: str = ""
    lease: Lease | None = None
    failures: int = 0
    expired_sessions: int = 0
    not_before: float = 0.0
    last_uncertain_write: float = 0.0
    activity: Activity = Activity.IDLE
    problem: str = ""
    decision: Decision | None = None
    retries_rejected: bool = False
    account_error: str = ""
    last_comparison: tuple[Draft, SyncState, CartComparison] | None = None
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None

    @classmethod
    def from_stored(cls, stored: StoredDraft, *, now: float) -> "OrderJob":
        """The job of a draft as it was kept. What was sent before it may still be under way ``now``."""
        job = cls(stored.header, stored.draft, last_uncertain_write=now)
        job.reload(stored)
        return job

    def reload(self, stored: StoredDraft) -> None:
        """Go on from what is kept, but for the draft itself, which may be newer here."""
        self.header, self.placement_request, self.corruption = (
            stored.header,
            stored.placement_request,
            stored.corruption,
        )
        self.account_error = ""
        try:
            self.state = state_from_text(stored.sync_text)
            self.placement = placement_from_text(stored.placement_text)
        except (UnreadableStateError, UnreadablePlacementError):
            self.corruption = stored.corruption or CORRUPTED

    @property
    def customer_without_account(self) -> Customer | None:
        """The customer, where they were made without a line and have no account yet."""
        customer = self.header.customer
        return customer if customer is not None and not customer.has_account else None

    @property
    def stage(self) -> PlacementStage:
        """How far placing has come."""
        return self.placement.stage if self.placement else PlacementStage.READY

    def compare(self, draft: Draft, currency: Currency) -> CartComparison:
        """What the platform has of a draft of this order.

        Worked out once for a draft and a state, both immutable: every header counts all orders' lines.
        """
        if (
            self.last_comparison is None
            or self.last_comparison[0] is not draft
            or self.last_comparison[1] is not self.state
        ):
            state = self.state
            comparison = compare(draft, state.cart, state.ledger, currency, state.checkout_ledger)
            self.last_comparison = (draft, self.state, comparison)
        return self.last_comparison[2]
