"""The people file rebuilt from the rows that are left."""

import sqlite3

from console.storage.safeguard.row_checksums import SqlValue
from console.storage.safeguard.safeguard import Remains
from console.storage.safeguard.tally import TallyEntry


class PeopleSafeguard:
    """Protection of the people file: its tally counts commits and lists nobody."""

    def is_complete(self, connection: sqlite3.Connection, entries: tuple[TallyEntry, ...]) -> bool:
        """Return True: the rows and the number of commits say it all."""
        del connection, entries
        return True

    def entries(self, connection: sqlite3.Connection) -> tuple[TallyEntry, ...]:
        """Nothing: people are not listed outside of their file."""
        del connection
        return ()

    def last_commit(self, connection: sqlite3.Connection) -> int:
        """Number of the last commit."""
        row = connection.execute("SELECT commits FROM file_state").fetchone()
        return row[0] if row else 0

    def rebuild(self, connection: sqlite3.Connection, remains: Remains) -> str:
        """Save the people that are left, each as last written.

        A version from before the last failed attempts must not give them back: sign-ins are not taken over
        from a file that lacks its last commits.
        """
        customers = _insert_latest(connection, remains, "customer", "served_at")
        operators = 0
        if not _may_be_old(remains):
            operators = _insert_latest(connection, remains, "operator", "signed_in_at", "failed_attempts")
        return (
            f"{_count(customers, 'recent customer')} and {_count(operators, 'offline sign-in')}"
            " could be read; others may be missing."
        )


def _may_be_old(remains: Remains) -> bool:
    head = None if remains.tally is None else remains.tally.head
    states = remains.rows.get("file_state", [])
    place = list(remains.columns["file_state"]).index("commits")
    commits = [number for row in states if isinstance(number := row[place], int)]
    return head is None or max(commits, default=-1) < head.committed


def _insert_latest(connection: sqlite3.Connection, remains: Remains, table: str, *order: str) -> int:
    names = tuple(remains.columns[table])
    places = [names.index(name) for name in order]
    rows = sorted(remains.rows.get(table, []), key=lambda row: [_number(row[place]) for place in places])
    connection.executemany(
        f"INSERT OR REPLACE INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",  # noqa: S608 (names of the schema)
        rows,
    )
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 (the same)
    return count


def _number(value: SqlValue) -> float:
    return value if isinstance(value, int | float) else 0.0


def _count(count: int, noun: str) -> str:
    return f"1 {noun}" if count == 1 else f"{count} {noun}s"
