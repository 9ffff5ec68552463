"""The number of the last commit in each draft, so that a lost one is noticed."""

import sqlite3
from functools import partial

from console.storage.safeguard.row_checksums import CHECKSUM, SqlValue, row_checksum
from console.storage.safeguard.safeguard import Stamp, StampWrite
from console.storage.safeguard.tally import TallyEntry


def stamp_draft(draft_id: str, *, updated_at: float | None = None) -> StampWrite:
    """Number a change of one draft, count its edits, and say what the tally must list.

    ``updated_at``, in Unix seconds, is of an edit.
    """
    return partial(_stamp, draft_id, updated_at)


def _stamp(draft_id: str, updated_at: float | None, connection: sqlite3.Connection, number: int) -> Stamp:
    cursor = connection.execute(
        "SELECT *, (SELECT count(*) FROM edit WHERE edit.draft_id = draft.draft_id) AS edits"
        " FROM draft WHERE draft_id = ?",
        (draft_id,),
    )
    row = cursor.fetchone()
    if row is None:
        return Stamp()
    record: dict[str, SqlValue] = {
        name: value for (name, *_), value in zip(cursor.description, row, strict=True)
    }
    edit_count: int = row[-1]
    last_revision = record["revision"]
    del record["edits"], record[CHECKSUM]
    record |= {"revision": number, "edit_count": edit_count}
    if updated_at is not None:
        record["updated_at"] = updated_at
    connection.execute(
        "UPDATE draft SET revision = ?, edit_count = ?, updated_at = ?, checksum = ? WHERE draft_id = ?",
        (number, edit_count, record["updated_at"], row_checksum("draft", *record.values()), draft_id),
    )
    if record["closed_at"] is not None:
        return Stamp(closed_id=draft_id)
    entry = TallyEntry(draft_id, _time(record["created_at"]), number, edit_count, bool(record["in_flight"]))
    return Stamp(entry, is_new=not last_revision, may_be_late=updated_at is not None)


def _time(value: SqlValue) -> float:
    return value if isinstance(value, float) else 0.0
