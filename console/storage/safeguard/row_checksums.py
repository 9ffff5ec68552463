"""A checksum in each row of a table that has a column for one, so that a changed byte is noticed.

SQLite checks how its pages hang together, not what is in them. The checksum is made by triggers of the
connection, so no statement can forget it, and a new column is covered without a word about it.
"""

import sqlite3
import zlib
from collections.abc import Iterable

from console.storage.sql_names import column_names, table_names

CHECKSUM = "checksum"
"""Name of the column."""

SqlValue = str | bytes | int | float | None


def row_checksum(table: str, *values: SqlValue) -> int:
    """A number of 32 bits for the values of a row as SQLite returns them, without that of the column itself.

    Any change within four bytes gives another number.
    """
    return zlib.crc32(repr(values).encode(), zlib.crc32(table.encode()))


def define_checksums(connection: sqlite3.Connection) -> None:
    """Define the SQL function ``row_checksum(table, values...)``."""
    connection.create_function("row_checksum", -1, row_checksum, deterministic=True)


def checked_tables(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """The tables that have checksums, each with all its columns in their order."""
    columns = {table: column_names(connection, table) for table in table_names(connection)}
    return {table: names for table, names in columns.items() if CHECKSUM in names}


def maintain_checksums(connection: sqlite3.Connection) -> None:
    """Keep every checksum right from now on, for all that this connection writes."""
    for table, columns in checked_tables(connection).items():
        new_row = _call(table, (f"NEW.{column}" for column in columns if column != CHECKSUM))
        # A statement that sets the checksum itself is faster: it must only be right.
        for event, is_unset in (("INSERT", "= 0"), ("UPDATE", f"= OLD.{CHECKSUM}")):
            connection.execute(
                f"CREATE TEMP TRIGGER {table}_{event} AFTER {event} ON main.{table}"  # noqa: S608 (names of the schema)
                f" WHEN NEW.{CHECKSUM} {is_unset} BEGIN"
                f" UPDATE {table} SET {CHECKSUM} = {new_row} WHERE {_key(connection, table)}; END"
            )


def renew_checksums(connection: sqlite3.Connection) -> None:
    """Compute every checksum anew: a migration has changed the columns."""
    for table, columns in checked_tables(connection).items():
        connection.execute(f"UPDATE {table} SET {CHECKSUM} = {_row(table, columns)}")  # noqa: S608 (names of the schema)


def has_wrong_checksum(connection: sqlite3.Connection) -> bool:
    """Return True if a row is not as it was written."""
    return any(
        connection.execute(
            f"SELECT 1 FROM {table} WHERE {CHECKSUM} IS NOT {_row(table, columns)} LIMIT 1"  # noqa: S608 (names of the schema)
        ).fetchone()
        for table, columns in checked_tables(connection).items()
    )


def _row(table: str, columns: tuple[str, ...]) -> str:
    return _call(table, (column for column in columns if column != CHECKSUM))


def _call(table: str, values: Iterable[str]) -> str:
    return f"row_checksum('{table}', {', '.join(values)})"


def _key(connection: sqlite3.Connection, table: str) -> str:
    keys = connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0", (table,)).fetchall()
    return " AND ".join(f"{name} = NEW.{name}" for (name,) in keys)
