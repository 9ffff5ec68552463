"""Examination of a file before it is used: pages, schema, rows, and what the tally says must be there."""

import sqlite3
from collections.abc import Callable

from console.storage.corruption import is_corruption, is_intact
from console.storage.safeguard.row_checksums import has_wrong_checksum
from console.storage.safeguard.safeguard import Safeguard
from console.storage.safeguard.tally import TallyContent

_NOT_DAMAGE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_AUTH,
}


def is_sound(
    connection: sqlite3.Connection,
    reference: Callable[[int], sqlite3.Connection],
    safeguard: Safeguard,
    tally: Callable[[], TallyContent | None],
) -> bool:
    """Return True if the file is as it was written and holds all that the tally counts.

    ``reference`` makes an empty file of a version, ``tally`` reads the tally. Other consoles may save
    meanwhile: what seems to be damage is examined once more while they wait, as an order that was begun after
    the tally was read is not in it.

    Raises:
        sqlite3.Error: it cannot be examined for another reason than damage.
    """
    try:
        if _is_as_written(connection, reference, safeguard, tally()):
            return True
        connection.execute("BEGIN IMMEDIATE")
        try:
            return _is_as_written(connection, reference, safeguard, tally())
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        # A changed byte in the schema or a text makes errors of many kinds: no such table, no UTF-8.
        if not is_corruption(error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _NOT_DAMAGE:
            raise
        return False
    except UnicodeDecodeError:
        return False


def _is_as_written(
    connection: sqlite3.Connection,
    reference: Callable[[int], sqlite3.Connection],
    safeguard: Safeguard,
    tally: TallyContent | None,
) -> bool:
    return (
        is_intact(connection)
        and _has_schema(connection, reference)
        and not has_wrong_checksum(connection)
        and _agrees(connection, safeguard, tally)
    )


def is_protected(connection: sqlite3.Connection) -> bool:
    """Return True if the file is of a version that has a tally."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'file_state'").fetchone() is not None


def file_id(connection: sqlite3.Connection) -> str:
    """The file's identity, empty before it has one."""
    row = connection.execute("SELECT file_id FROM file_state").fetchone()
    return row[0] if row else ""


def _has_schema(connection: sqlite3.Connection, reference: Callable[[int], sqlite3.Connection]) -> bool:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    expected = reference(version)
    try:
        return _schema(connection) == _schema(expected)
    finally:
        expected.close()


def _schema(connection: sqlite3.Connection) -> list[tuple[str, str, str | None]]:
    return connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()


def _agrees(connection: sqlite3.Connection, safeguard: Safeguard, tally: TallyContent | None) -> bool:
    head = None if tally is None else tally.head
    if not is_protected(connection):
        # A file that was just begun, unless more was counted in it.
        return head is None or not head.committed
    entries = () if tally is None or tally.is_damaged else tally.entries
    if head is not None:
        saved_id = file_id(connection)
        if saved_id != head.file_id and (saved_id or head.committed):
            return False
        if safeguard.last_commit(connection) < head.committed:
            return False
    if tally is None or tally.is_damaged:
        entries = safeguard.entries(connection)
    return safeguard.is_complete(connection, entries)
