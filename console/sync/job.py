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
from console.sync.differences import CartFacts, facts
from console.sync.journal import SyncState, UnreadableJournalError, from_text
from console.sync.placing_state import Decision, Placing, Stage
from console.sync.placing_text import UnreadablePlacingError, placing_from_text
from console.sync.status import Activity

DAMAGED = "What was kept about sending this order is damaged. It is shown, and not sent any further."


@dataclass(slots=True)
class Job:
    """An order under way. ``wish`` is its latest draft, ``state`` and ``placing`` what was last made durable.

    ``told`` is the wish to place it. ``damage`` is why it may not be sent; ``not_before`` is when it may be
    tried again, in Unix seconds. ``lost_since`` is the last moment, by the timer's count of seconds, at
    which something can have been sent that was not answered. ``activity`` and ``problem`` are what was
    last told; ``shown`` are the latest facts, with what they were worked out from. ``no_account`` is why the
    platform has no account for a customer who was made offline, empty while that is not known.
    """

    header: DraftHeader
    wish: Draft
    state: SyncState = field(default_factory=SyncState)
    told: PlacementRequest | None = None
    placing: Placing | None = None
    damage: str = ""
    lease: Lease | None = None
    failures: int = 0
    expired: int = 0
    not_before: float = 0.0
    lost_since: float = 0.0
    activity: Activity = Activity.IDLE
    problem: str = ""
    decision: Decision | None = None
    asks_anew: bool = False
    no_account: str = ""
    shown: tuple[Draft, SyncState, CartFacts] | None = None
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None

    @classmethod
    def of(cls, stored: StoredDraft, *, now: float) -> "Job":
        """The job of a draft as it was kept. What was sent before it may still be under way ``now``."""
        job = cls(stored.header, stored.draft, lost_since=now)
        job.read(stored)
        return job

    def read(self, stored: StoredDraft) -> None:
        """Go on from what is kept, but for the draft itself, which may be newer here."""
        self.header, self.told, self.damage = stored.header, stored.placement_request, stored.corruption
        self.no_account = ""
        try:
            self.state = from_text(stored.sync_text)
            self.placing = placing_from_text(stored.placement_text)
        except (UnreadableJournalError, UnreadablePlacingError):
            self.damage = stored.corruption or DAMAGED

    @property
    def newcomer(self) -> Customer | None:
        """The customer, where they were made without a line and have no account yet."""
        customer = self.header.customer
        return customer if customer is not None and not customer.has_account else None

    @property
    def stage(self) -> Stage:
        """How far placing has come."""
        return self.placing.stage if self.placing else Stage.READY

    def facts(self, draft: Draft, currency: Currency) -> CartFacts:
        """What the platform has of a draft of this order.

        Worked out once for a draft and a state, both immutable: every header counts all orders' lines.
        """
        if self.shown is None or self.shown[0] is not draft or self.shown[1] is not self.state:
            state = self.state
            shown = facts(draft, state.cart, state.memory, currency, state.checkout)
            self.shown = (draft, self.state, shown)
        return self.shown[2]
