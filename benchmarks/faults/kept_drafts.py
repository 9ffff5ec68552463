"""The drafts as a machine keeps them after a run, each with what is known of placing it.

Used by ``fault_check.py``, which holds them against the platform's record.
"""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from benchmarks.faults.order_record import Contents, OrderTerms, draft_contents, draft_terms
from console.ordering.money import ZERO
from console.storage import schema
from console.storage.database import Database
from console.storage.drafts.draft_store import DraftStore, StoredDraft
from console.sync.placement.state import Placement, PlacementStage
from console.sync.placement.state_codec import placement_from_text

Kind = tuple[str, Decimal, OrderTerms, Contents]
"""What orders have in common that nobody could tell apart: customer, total, terms, contents."""


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft as the machine keeps it, and what is known of placing it."""

    stored: StoredDraft
    placing: Placement | None

    @property
    def draft_id(self) -> str:
        """Ours."""
        return self.stored.header.draft_id

    @property
    def order_id(self) -> int:
        """The platform's number, 0 while it has none."""
        return self.stored.order_id

    @property
    def stage(self) -> PlacementStage:
        """How far placing has come."""
        return self.placing.stage if self.placing else PlacementStage.READY

    @property
    def is_placed(self) -> bool:
        """Whether the machine says that it is an order."""
        return self.stage is PlacementStage.PLACED

    @property
    def is_requested(self) -> bool:
        """Whether it is to be placed, or was."""
        return self.stored.placement_request is not None or self.stage is not PlacementStage.READY

    @property
    def contents(self) -> Contents:
        """What its operator wished for."""
        return draft_contents(self.stored.draft)

    @property
    def terms(self) -> OrderTerms:
        """How its operator wished it."""
        return draft_terms(self.stored.draft.checkout)

    @property
    def customer(self) -> str:
        """The customer's user name, empty for a walk-in."""
        customer = self.stored.header.customer
        return customer.user_name if customer else ""

    @property
    def user_id(self) -> str:
        """Whose order it is on the platform: the customer's, a walk-in's once it was sent, else empty."""
        customer = self.stored.header.customer
        if customer is not None:
            return customer.user_id.casefold()
        return self.placing.user_id.casefold() if self.placing else ""

    @property
    def kind(self) -> Kind:
        """What it has in common with those that nobody could tell from it."""
        quoted_total = self.placing.quoted_total if self.placing else ZERO
        return self.user_id, quoted_total, self.terms, self.contents


async def load_saved_drafts(path: Path) -> list[SavedDraft]:
    """Every draft of a machine."""
    async with await Database.open(path, migrations=schema.DRAFTS, synchronous="FULL") as database:
        rows = await database.read(lambda c: c.execute("SELECT draft_id FROM draft").fetchall())
        store = DraftStore(database)
        stored = [await store.load(draft_id) for (draft_id,) in rows]
    return [SavedDraft(draft, placement_from_text(draft.placement_text)) for draft in stored]
