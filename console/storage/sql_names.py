"""Names of the tables and columns of an open file."""

import sqlite3


def table_names(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The tables that the schema makes, without those that SQLite makes for itself."""
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    ).fetchall()
    return tuple(name for (name,) in rows)


def column_names(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns of a table in their order."""
    rows = connection.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
    return tuple(name for (name,) in rows)


def real_columns(connection: sqlite3.Connection, table: str) -> frozenset[str]:
    """The columns of a table that hold floating-point numbers."""
    rows = connection.execute(
        "SELECT name FROM pragma_table_info(?) WHERE type = 'REAL'", (table,)
    ).fetchall()
    return frozenset(name for (name,) in rows)
