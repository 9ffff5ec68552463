"""Read the saved drafts of a machine after a run, each with the state of its placement."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from benchmarks.faults.order_record import (
    Contents,
    OrderTerms,
    Part,
    draft_contents,
    draft_terms,
    kept_contents,
    without_product,
)
from console.ordering.money import ZERO
from console.storage import schema
from console.storage.database import Database
from console.storage.drafts.draft_store import DraftStore, StoredDraft
from console.sync.placement.state import Placement, PlacementStage
from console.sync.placement.state_codec import placement_from_text

Kind = tuple[str, Decimal, OrderTerms, Contents]
"""Customer, total, terms and contents: orders of the same kind cannot be told apart."""


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A saved draft and the state of its placement."""

    stored: StoredDraft
    placement: Placement | None

    @property
    def draft_id(self) -> str:
        """Id of the draft."""
        return self.stored.header.draft_id

    @property
    def order_id(self) -> int:
        """Order number of the platform, 0 if there is none yet."""
        return self.stored.order_id

    @property
    def stage(self) -> PlacementStage:
        """Stage of the placement."""
        return self.placement.stage if self.placement else PlacementStage.READY

    @property
    def is_placed(self) -> bool:
        """Return True if the machine has it as placed."""
        return self.stage is PlacementStage.PLACED

    @property
    def is_requested(self) -> bool:
        """Return True if placement was requested."""
        return self.stored.placement_request is not None or self.stage is not PlacementStage.READY

    @property
    def contents(self) -> Contents:
        """Contents of the draft."""
        return draft_contents(self.stored.draft)

    @property
    def kept(self) -> frozenset[Part]:
        """Lines that somebody else added and the operator kept, without their quantities."""
        return frozenset(kept_contents(self.stored.draft))

    @property
    def terms(self) -> OrderTerms:
        """Terms of the draft."""
        return draft_terms(self.stored.draft.checkout)

    @property
    def customer(self) -> str:
        """User name of the customer, empty for a walk-in."""
        customer = self.stored.header.customer
        return customer.user_name if customer else ""

    @property
    def user_id(self) -> str:
        """User id of the order on the platform; empty for a walk-in that was not sent yet."""
        customer = self.stored.header.customer
        if customer is not None:
            return customer.user_id.casefold()
        return self.placement.user_id.casefold() if self.placement else ""

    def kind(self, extra: int) -> Kind:
        """Return the kind of the order; ``extra`` is the product that somebody else adds to carts."""
        quoted_total = self.placement.quoted_total if self.placement else ZERO
        return self.user_id, quoted_total, self.terms, without_product(self.contents, extra)


async def load_saved_drafts(path: Path) -> list[SavedDraft]:
    """Read every draft of a machine."""
    async with await Database.open(path, migrations=schema.DRAFTS, synchronous="FULL") as database:
        rows = await database.read(lambda c: c.execute("SELECT draft_id FROM draft").fetchall())
        store = DraftStore(database)
        stored = [await store.load(draft_id) for (draft_id,) in rows]
    return [SavedDraft(draft, placement_from_text(draft.placement_text)) for draft in stored]
