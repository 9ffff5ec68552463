"""Journals of one order: each record is durable, under the order's lease, before its state changes."""

from collections.abc import Callable

from console.storage.drafts.draft_store import DraftStore, Lease
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import PLACED, OtherDraft, PlacementStore
from console.sync.cart.sync_state import SyncState, state_to_text
from console.sync.clock import Clock
from console.sync.order_task import OrderTask
from console.sync.placement.state import Placement, PlacementStage
from console.sync.placement.state_codec import placement_to_text

ABANDONED = "left undecided"
"""The reason that closes an abandoned draft."""


class OrderCartJournal:
    """Records what is known of one order's cart. ``on_saved`` is called after each record."""

    def __init__(
        self,
        drafts: DraftStore,
        order: OrderTask,
        lease: Lease,
        *,
        clock: Clock,
        on_saved: Callable[[], None],
    ) -> None:
        self._drafts = drafts
        self._order = order
        self._lease = lease
        self._clock = clock
        self._on_saved = on_saved

    async def save(self, state: SyncState) -> None:
        """Make a state durable.

        Raises:
            LeaseLost: another console has taken the order over; nothing was written.
        """
        await self._drafts.save_sync(self._order.draft_id, self._lease.fence, state_to_text(state))
        if state.uncertain_write_at != self._order.state.sync.uncertain_write_at:
            self._order.last_uncertain_write = self._clock.monotonic()
        self._order.set_sync(state)
        self._on_saved()

    def seconds_since_uncertain_write(self) -> float:
        """Seconds since the last write whose response was lost (monotonic, this process only)."""
        return self._clock.monotonic() - self._order.last_uncertain_write


class OrderPlacementJournal:
    """Records what becomes of placing one order. ``on_saved`` is called after each record."""

    def __init__(
        self,
        placements: PlacementStore,
        order: OrderTask,
        lease: Lease,
        *,
        clock: Clock,
        on_saved: Callable[[], None],
    ) -> None:
        self._placements = placements
        self._order = order
        self._lease = lease
        self._clock = clock
        self._on_saved = on_saved

    async def mark_in_flight(self, placement_request: PlacementRequest, placement: Placement) -> None:
        """Record that Place Order may be sent from now on."""
        text = placement_to_text(placement)
        await self._placements.mark_in_flight(
            self._order.draft_id, self._lease.fence, placement_request, text
        )
        self._take(placement)

    async def save(self, placement: Placement, *, in_flight: bool) -> None:
        """Record what is known so far."""
        await self._placements.save(
            self._order.draft_id,
            self._lease.fence,
            placement_to_text(placement),
            in_flight=in_flight,
            order_id=placement.order_id,
        )
        self._take(placement)

    async def close(self, placement: Placement) -> None:
        """Record that the order is placed or abandoned, and close its draft."""
        await self._placements.close(
            self._order.draft_id,
            self._lease.fence,
            placement_to_text(placement),
            order_id=placement.order_id,
            reason=PLACED if placement.stage is PlacementStage.PLACED else ABANDONED,
        )
        self._take(placement)

    async def other_drafts(self) -> list[OtherDraft]:
        """Read what the other drafts on this machine became, or may be becoming."""
        return await self._placements.other_drafts(self._order.state.header.profile, self._order.draft_id)

    def _take(self, placement: Placement) -> None:
        if placement.stage is PlacementStage.SENT:
            self._order.last_uncertain_write = self._clock.monotonic()
        self._order.set_placement(placement)
        self._on_saved()
