"""The drafts file rebuilt from the rows that are left, and a sentence on what is missing."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from console.storage.safeguard.page_reader import Row
from console.storage.safeguard.row_checksums import CHECKSUM, SqlValue
from console.storage.safeguard.safeguard import Remains
from console.storage.safeguard.tally import TallyEntry

Record = dict[str, SqlValue]

CHANGES_LOST = "changes lost"
"""Damage of an order whose last changes are missing."""
MAY_BE_PLACED = "may be placed"
"""Damage of an order that was being placed, by a record that is lost."""
PARTS_LOST = "parts lost"
"""Damage of an order whose record was changed."""


class DraftsSafeguard:
    """Protection of the drafts file."""

    def is_complete(self, connection: sqlite3.Connection, entries: tuple[TallyEntry, ...]) -> bool:
        """Return True if every open order is there as last saved, with all its edits."""
        expected = {entry.draft_id: entry for entry in entries}
        found: set[str] = set()
        rows = connection.execute(
            "SELECT draft_id, closed_at IS NULL, revision, edit_count,"
            " (SELECT count(*) FROM edit WHERE edit.draft_id = draft.draft_id),"
            " (SELECT coalesce(max(seq), -1) + 1 FROM edit WHERE edit.draft_id = draft.draft_id) FROM draft"
        )
        for draft_id, is_open, revision, edit_count, edits, places in rows:
            entry = expected.get(draft_id)
            if edits != edit_count or places != edit_count or (is_open and entry is None):
                return False
            if entry is not None and revision < entry.revision:
                return False
            found.add(draft_id)
        # An order that was announced and not saved has no revision.
        return all(entry.draft_id in found or not entry.revision for entry in entries)

    def entries(self, connection: sqlite3.Connection) -> tuple[TallyEntry, ...]:
        """The open orders of the file."""
        rows = connection.execute(
            "SELECT draft_id, created_at, revision, edit_count, in_flight FROM draft"
            " WHERE closed_at IS NULL ORDER BY draft_id"
        )
        return tuple(
            TallyEntry(draft_id, created_at, revision, edit_count, bool(in_flight))
            for draft_id, created_at, revision, edit_count, in_flight in rows
        )

    def last_commit(self, connection: sqlite3.Connection) -> int:
        """Number of the last commit: that of a draft, or that of the file for what concerns no draft."""
        (number,) = connection.execute(
            "SELECT max(coalesce((SELECT max(revision) FROM draft), 0),"
            " coalesce((SELECT commits FROM file_state), 0))"
        ).fetchone()
        return number

    def rebuild(self, connection: sqlite3.Connection, remains: Remains) -> str:
        """Save the drafts that are left; those that the tally says are finished stay finished."""
        salvage = _Salvage(remains)
        for record in salvage.drafts():
            edits = salvage.edits_of(record)
            _insert(connection, "draft", record | {"edit_count": len(edits)})
            for edit in edits:
                _insert(connection, "edit", edit)
        return salvage.sentence()


@dataclass(slots=True)
class _Tallied:
    whole: int = 0
    incomplete: int = 0


class _Salvage:
    """The best version of each draft, with what it lacks."""

    def __init__(self, remains: Remains) -> None:
        self._columns = remains.columns
        tally = remains.tally
        self._tally_is_whole = tally is not None and not tally.is_damaged
        self._entries = {entry.draft_id: entry for entry in (tally.entries if tally else ())}
        self._drafts = _latest(self._records("draft", remains.rows), "draft_id")
        suspects = _latest(self._records("draft", remains.suspect_rows), "draft_id")
        self._suspects = {
            draft_id: record
            for draft_id, record in suspects.items()
            if draft_id in self._entries and draft_id not in self._drafts
        }
        self._edits: dict[SqlValue, dict[SqlValue, Record]] = {}
        # Of two edits in one place, the first was undone.
        for edit in sorted(self._records("edit", remains.rows), key=lambda edit: _number(edit["revision"])):
            self._edits.setdefault(edit["draft_id"], {})[edit["seq"]] = edit
        self._counts = _Tallied()

    def drafts(self) -> list[Record]:
        """The drafts to save, each with its damage."""
        result = [self._judge(record) for record in self._drafts.values() if self._is_known(record)]
        result += [self._suspect(record) for record in self._suspects.values()]
        return result

    def edits_of(self, record: Record) -> list[Record]:
        """The draft's edits up to the first that is missing."""
        edits = self._edits.get(record["draft_id"], {})
        count = record["edit_count"]
        result: list[Record] = []
        while isinstance(count, int) and len(result) < count and (edit := edits.get(len(result))):
            result.append(edit)
        return result

    def sentence(self) -> str:
        """A sentence on what was saved and what is missing."""
        counts = self._counts
        missing = sum(
            1
            for entry in self._entries.values()
            if entry.revision and entry.draft_id not in self._drafts and entry.draft_id not in self._suspects
        )
        parts = [f"{_orders(counts.whole + counts.incomplete)} could be read"]
        if counts.incomplete:
            parts.append(f"{counts.incomplete} without the last changes")
        if missing:
            least = "" if self._tally_is_whole else "at least "
            parts.append(f"{least}{missing} {'is' if missing == 1 else 'are'} missing")
        elif not self._tally_is_whole:
            parts.append("more may be missing")
        return ", ".join(parts) + "."

    def _records(self, table: str, rows: dict[str, list[Row]]) -> list[Record]:
        names = self._columns[table]
        return [dict(zip(names, row, strict=True)) for row in rows.get(table, [])]

    def _is_known(self, record: Record) -> bool:
        """Return False for an order that was finished later than this version of it."""
        is_open = record["closed_at"] is None
        return not is_open or not self._tally_is_whole or record["draft_id"] in self._entries

    def _judge(self, record: Record) -> Record:
        if record["closed_at"] is not None:
            return record
        entry = self._entries.get(str(record["draft_id"]))
        is_old = entry is not None and _number(record["revision"]) < entry.revision
        edits = len(self.edits_of(record))
        if not is_old and edits == record["edit_count"]:
            self._counts.whole += 1
            return record
        self._counts.incomplete += 1
        if record["in_flight"] or (entry is not None and entry.is_in_flight):
            return record | {"damage": MAY_BE_PLACED}
        # A request to place may have been withdrawn by a change that is lost.
        return record | {"damage": CHANGES_LOST, "placement_request": ""}

    def _suspect(self, record: Record) -> Record:
        self._counts.incomplete += 1
        entry = self._entries[str(record["draft_id"])]
        return record | {"damage": MAY_BE_PLACED if entry.is_in_flight else PARTS_LOST}


def _latest(records: Iterable[Record], key: str) -> dict[str, Record]:
    result: dict[str, Record] = {}
    for record in records:
        name = str(record[key])
        if name not in result or _number(record["revision"]) > _number(result[name]["revision"]):
            result[name] = record
    return result


def _number(value: SqlValue) -> int:
    return value if isinstance(value, int) else 0


def _orders(count: int) -> str:
    return f"{count or 'No'} order{'' if count < 2 else 's'}"


def _insert(connection: sqlite3.Connection, table: str, record: Record) -> None:
    record = {name: value for name, value in record.items() if name != CHECKSUM}
    names = ", ".join(record)
    marks = ", ".join("?" * len(record))
    connection.execute(
        f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 (names of the schema)
        tuple(record.values()),
    )
