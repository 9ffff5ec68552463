"""Makes durable what becomes of placing one draft, under the lease that the engine holds on it.

Made by the engine for ``placing``; ``keep`` is given each record once it is durable.
"""

from collections.abc import Callable

from console.storage.drafts.draft_store import DraftHeader, Lease
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import PLACED, OtherDraft, PlacementStore
from console.sync.placement.state import Placement, PlacementStage
from console.sync.placement.state_codec import placement_to_text

ABANDONED = "left undecided"
"""What a draft is closed for that the operator put away without knowing what became of it."""


class DraftJournal:
    """The records of one draft."""

    def __init__(
        self,
        placement_store: PlacementStore,
        header: DraftHeader,
        lease: Lease,
        *,
        on_saved: Callable[[Placement], None],
    ) -> None:
        self._placement_store = placement_store
        self._header = header
        self._lease = lease
        self._on_saved = on_saved

    async def mark_in_flight(self, placement_request: PlacementRequest, placement: Placement) -> None:
        """It may have been sent from now on."""
        text = placement_to_text(placement)
        await self._placement_store.mark_in_flight(
            self._header.draft_id, self._lease.fence, placement_request, text
        )
        self._on_saved(placement)

    async def save(self, placement: Placement, *, in_flight: bool) -> None:
        """What is known by now."""
        await self._placement_store.save(
            self._header.draft_id,
            self._lease.fence,
            placement_to_text(placement),
            in_flight=in_flight,
            order_id=placement.order_id,
        )
        self._on_saved(placement)

    async def close(self, placement: Placement) -> None:
        """It is placed, or put away."""
        await self._placement_store.close(
            self._header.draft_id,
            self._lease.fence,
            placement_to_text(placement),
            order_id=placement.order_id,
            reason=PLACED if placement.stage is PlacementStage.PLACED else ABANDONED,
        )
        self._on_saved(placement)

    async def other_drafts(self) -> list[OtherDraft]:
        """What the other drafts of this machine became, or may be becoming."""
        return await self._placement_store.other_drafts(self._header.profile, self._header.draft_id)
