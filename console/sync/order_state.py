"""The state of one order: its draft, and what was last made durable and observed of it. Immutable."""

from dataclasses import dataclass, field, replace

from console.ordering.customer import Customer
from console.ordering.draft import Draft
from console.storage.drafts.draft_store import DraftHeader, StoredDraft
from console.storage.drafts.placement_request import PlacementRequest
from console.sync.cart.sync_state import SyncState, UnreadableStateError, state_from_text
from console.sync.placement.state import FINAL_STAGES, Placement, PlacementStage
from console.sync.placement.state_codec import UnreadablePlacementError, placement_from_text
from console.sync.problems import Problem, ProblemCode

_UNRESOLVED_STAGES = frozenset(
    {PlacementStage.SENT, PlacementStage.NEEDS_DECISION, PlacementStage.ACKNOWLEDGED}
)


@dataclass(frozen=True, slots=True)
class OrderState:
    """An order as it stands. ``sync`` and ``placement`` are durable; ``draft`` may be newer than its file.

    ``placement_request`` is the operator's request to place it, ``None`` without one. ``corruption`` says
    why the order may not be sent, ``None`` while it may.
    """

    header: DraftHeader
    draft: Draft
    sync: SyncState = field(default_factory=SyncState)
    placement: Placement | None = None
    placement_request: PlacementRequest | None = None
    corruption: Problem | None = None

    @classmethod
    def from_stored(cls, stored: StoredDraft) -> "OrderState":
        """Read the state from a stored draft; a damaged one has its ``corruption`` set."""
        return cls(stored.header, stored.draft).reloaded(stored)

    def reloaded(self, stored: StoredDraft) -> "OrderState":
        """Take everything from storage but the draft, which may be newer in memory."""
        loaded = replace(
            self,
            header=stored.header,
            placement_request=stored.placement_request,
            corruption=_corruption(stored),
        )
        try:
            return replace(
                loaded,
                sync=state_from_text(stored.sync_text),
                placement=placement_from_text(stored.placement_text),
            )
        except (UnreadableStateError, UnreadablePlacementError):
            return replace(loaded, corruption=_corruption(stored) or Problem(ProblemCode.STATE_CORRUPTED))

    @property
    def draft_id(self) -> str:
        """The draft's id."""
        return self.header.draft_id

    @property
    def stage(self) -> PlacementStage:
        """How far placing has come."""
        return self.placement.stage if self.placement else PlacementStage.READY

    @property
    def is_final(self) -> bool:
        """Return True if the order is placed or abandoned: nothing is sent for it any more."""
        return self.stage in FINAL_STAGES

    @property
    def unresolved_placement(self) -> Placement | None:
        """The placement that may have been sent and is not proved, authorised or decided yet."""
        return self.placement if self.stage in _UNRESOLVED_STAGES else None

    @property
    def customer_without_account(self) -> Customer | None:
        """The customer, where they were entered offline and have no account yet."""
        customer = self.header.customer
        return customer if customer is not None and not customer.has_account else None


def _corruption(stored: StoredDraft) -> Problem | None:
    return Problem(ProblemCode.LOCAL_ERROR, message=stored.corruption) if stored.corruption else None
