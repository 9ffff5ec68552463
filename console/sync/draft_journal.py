"""Makes durable what becomes of placing one draft, under the lease that the engine holds on it.

Made by the engine for ``placing``; ``keep`` is given each record once it is durable.
"""

from collections.abc import Callable

from console.storage.drafts.draft_store import DraftHeader, Lease
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import PLACED, OtherDraft, PlacementStore
from console.sync.placing_state import Placing, Stage
from console.sync.placing_text import placing_to_text

LEFT = "left undecided"
"""What a draft is closed for that the operator put away without knowing what became of it."""


class DraftJournal:
    """The records of one draft."""

    def __init__(
        self, outbox: PlacementStore, header: DraftHeader, lease: Lease, *, keep: Callable[[Placing], None]
    ) -> None:
        self._outbox = outbox
        self._header = header
        self._lease = lease
        self._keep = keep

    async def mark(self, wish: PlacementRequest, placing: Placing) -> None:
        """It may have been sent from now on."""
        text = placing_to_text(placing)
        await self._outbox.mark_in_flight(self._header.draft_id, self._lease.fence, wish, text)
        self._keep(placing)

    async def save(self, placing: Placing, *, marked: bool) -> None:
        """What is known by now."""
        await self._outbox.save(
            self._header.draft_id,
            self._lease.fence,
            placing_to_text(placing),
            in_flight=marked,
            order_id=placing.order_id,
        )
        self._keep(placing)

    async def close(self, placing: Placing) -> None:
        """It is placed, or put away."""
        await self._outbox.close(
            self._header.draft_id,
            self._lease.fence,
            placing_to_text(placing),
            order_id=placing.order_id,
            reason=PLACED if placing.stage is Stage.PLACED else LEFT,
        )
        self._keep(placing)

    async def others(self) -> list[OtherDraft]:
        """What the other drafts of this machine became, or may be becoming."""
        return await self._outbox.other_drafts(self._header.profile, self._header.draft_id)
