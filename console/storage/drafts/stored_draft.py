"""A draft as stored, and how it is read from its rows."""

import sqlite3
from dataclasses import dataclass

from console.ordering.customer import Customer
from console.ordering.draft import Draft
from console.ordering.edit_error import EditError
from console.storage.drafts.edit_format import edit_from_text
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.rebuild import MAY_BE_PLACED, PARTS_LOST
from console.storage.errors import UnreadableRecord
from console.storage.formats import CUSTOMER, PLACEMENT_REQUEST

DraftRow = tuple[str, str, str, str, int, str | None, float, str, str, float, str, str, int, str]

SELECT_DRAFT = (
    "SELECT draft_id, profile, operator_id, operator_name, location_id, customer, created_at, name, sync,"
    " updated_at, placement_request, placement, order_id, damage FROM draft"
)
_DAMAGE_TEXTS = {
    MAY_BE_PLACED: "Its last record is lost: it may have been placed. Look at the past orders.",
    PARTS_LOST: "Parts of this order are damaged. Enter it again as a new one.",
}


@dataclass(frozen=True, slots=True)
class DraftHeader:
    """A draft without its edits. ``customer`` is ``None`` for a walk-in; times are Unix seconds."""

    draft_id: str
    profile: str
    operator_id: str
    operator_name: str
    location_id: int
    customer: Customer | None
    created_at: float
    name: str


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A stored draft. ``sync_text`` is the engine's own record, empty before it has sent anything.

    ``placement_request`` asks to place it, ``placement_text`` is the engine's own record about that,
    ``order_id`` the platform's number once it is known, 0 before. ``corruption`` is empty, or says that
    ``draft`` ends before an edit that cannot be read: such a draft may be shown, but must not be sent.
    """

    header: DraftHeader
    draft: Draft
    sync_text: str
    updated_at: float
    corruption: str = ""
    placement_request: PlacementRequest | None = None
    placement_text: str = ""
    order_id: int = 0


def select_row(connection: sqlite3.Connection, draft_id: str) -> DraftRow | None:
    """The row of a draft."""
    return connection.execute(f"{SELECT_DRAFT} WHERE draft_id = ?", (draft_id,)).fetchone()


def read_draft(connection: sqlite3.Connection, row: DraftRow) -> StoredDraft:
    """A draft with its edits, as far as they can be read."""
    (
        draft_id,
        profile,
        operator_id,
        operator_name,
        location_id,
        customer,
        created_at,
        name,
        sync,
        updated_at,
        request_text,
        placement_text,
        order_id,
        damage,
    ) = row
    texts: list[tuple[str]] = connection.execute(
        "SELECT edit FROM edit WHERE draft_id = ? ORDER BY seq", (draft_id,)
    ).fetchall()
    draft, corruption = _replay([text for (text,) in texts])
    corruption = _DAMAGE_TEXTS.get(damage, corruption)
    saved_customer: Customer | None = None
    try:
        saved_customer = None if customer is None else CUSTOMER.load(customer)
    except UnreadableRecord as error:
        corruption = corruption or error.message
    placement_request: PlacementRequest | None = None
    try:
        placement_request = PLACEMENT_REQUEST.load(request_text) if request_text else None
    except UnreadableRecord as error:
        corruption = corruption or error.message
    header = DraftHeader(
        draft_id, profile, operator_id, operator_name, location_id, saved_customer, created_at, name
    )
    return StoredDraft(
        header, draft, sync, updated_at, corruption, placement_request, placement_text, order_id
    )


def _replay(texts: list[str]) -> tuple[Draft, str]:
    draft = Draft()
    for text in texts:
        try:
            draft = draft.apply(edit_from_text(text))
        except UnreadableRecord as error:
            return draft, error.message
        except EditError as error:
            return draft, f"A saved change does not fit the order: {error}"
    return draft, ""
