"""Migrations: each runs once, in a transaction, and is counted in the file."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import TypeVar

from console.storage.errors import NewerVersion
from console.storage.safeguard.row_checksums import define_checksums, renew_checksums

T = TypeVar("T")

Migration = str | Callable[[sqlite3.Connection], None]
"""SQL statements or a function of the connection. Neither begins or ends a transaction."""


def migrate(connection: sqlite3.Connection, name: str, migrations: Sequence[Migration]) -> bool:
    """Run the migrations that the file lacks; return False if it lacks none.

    Raises:
        NewerVersion: the file has more migrations than are known here.
    """

    def step() -> bool:
        # Read inside the transaction: another console may have migrated it meanwhile.
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(migrations):
            raise NewerVersion(
                f"{name} was written by a newer version of the console. Use that version.",
                diagnostics=f"version {version}, known {len(migrations)}",
            )
        if version == len(migrations):
            return False
        migration = migrations[version]
        if callable(migration):
            migration(connection)
        else:
            for statement in _split_statements(migration):
                connection.execute(statement)
        if version + 1 == len(migrations):
            # A new column has changed what the checksums are of.
            renew_checksums(connection)
        connection.execute(f"PRAGMA user_version = {version + 1}")
        return True

    is_changed = False
    while in_transaction(connection, step):
        is_changed = True
    return is_changed


def empty_database(migrations: Sequence[Migration]) -> sqlite3.Connection:
    """A database in memory without rows."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    define_checksums(connection)
    migrate(connection, "memory", migrations)
    return connection


def in_transaction(connection: sqlite3.Connection, work: Callable[[], T]) -> T:
    """Run ``work`` in a write transaction, which any exception rolls back."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = work()
        connection.execute("COMMIT")
    except BaseException:
        # On a full disk SQLite has rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return result


def _split_statements(script: str) -> list[str]:
    # executescript() would commit first, but a migration is all or nothing.
    statements: list[str] = []
    pending = ""
    for chunk in script.split(";"):
        pending += f"{chunk};"
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return [statement for statement in statements if statement.strip(" \n;")]
