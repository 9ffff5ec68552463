"""Protection of a file whose content exists nowhere else: how it is checked, and rebuilt."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from console.storage.safeguard.page_reader import Row
from console.storage.safeguard.tally import TallyContent, TallyEntry

Rows = dict[str, list[Row]]
"""Rows by table, each as its checksum says it was written. A row may come in several versions."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Outcome of a write for the tally: the order that it changed, created or closed, if any."""

    entry: TallyEntry | None = None
    is_new: bool = False
    closed_id: str = ""
    may_be_late: bool = False
    """Whether the caller need not wait until the tally counts it."""


StampWrite = Callable[[sqlite3.Connection, int], Stamp]
"""Writes the commit's number into what was changed, inside of the transaction."""


@dataclass(frozen=True, slots=True)
class Remains:
    """All that is left of a damaged file."""

    rows: Rows
    suspect_rows: Rows
    """Rows of a table's shape that are not as they were written."""
    tally: TallyContent | None
    columns: dict[str, Sequence[str]]
    """Columns of each table."""


class Safeguard(Protocol):
    """Knowledge of one file's tables."""

    def is_complete(self, connection: sqlite3.Connection, entries: tuple[TallyEntry, ...]) -> bool:
        """Return True if every order of the tally is there as last saved, and no other is open."""
        ...

    def entries(self, connection: sqlite3.Connection) -> tuple[TallyEntry, ...]:
        """The open orders that the file holds."""
        ...

    def last_commit(self, connection: sqlite3.Connection) -> int:
        """Number of the last commit in the file."""
        ...

    def rebuild(self, connection: sqlite3.Connection, remains: Remains) -> str:
        """Save what is left in a new file; return a sentence on what was saved and what is missing."""
        ...


def stamp_file(connection: sqlite3.Connection, number: int) -> Stamp:
    """Write the commit's number into the file itself."""
    connection.execute("UPDATE file_state SET commits = max(commits, ?)", (number,))
    return Stamp()
