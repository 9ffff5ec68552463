"""An SQLite file with a thread of its own: opened, migrated, read and written."""

import asyncio
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep
from types import TracebackType
from typing import Literal, Self, TypeVar

from console.storage.corruption import copy_corrupt_log, is_intact, quarantine, storage_error
from console.storage.errors import NewerVersion, StorageError

T = TypeVar("T")

Migration = str | Callable[[sqlite3.Connection], None]
"""SQL statements or a function of the connection. Neither begins or ends a transaction."""

Synchronous = Literal["FULL", "NORMAL"]
"""``FULL`` survives a power cut; ``NORMAL`` may lose writes after the last checkpoint."""

BUSY_TIMEOUT = 5.0
"""Seconds to wait for another console's lock before giving up."""
BUSY_RETRY_INTERVAL = 0.02
"""Seconds between two attempts where SQLite does not wait by itself."""


class Database:
    """An open file, made with ``open``; an async context manager that closes it."""

    def __init__(
        self, path: Path, executor: ThreadPoolExecutor, connection: sqlite3.Connection, notice: str
    ) -> None:
        self._path = path
        self._executor = executor
        self._connection = connection
        self._closed = False
        self.notice = notice
        """A sentence for the operator about opening the file; usually empty."""

    @classmethod
    async def open(
        cls,
        path: Path,
        *,
        migrations: Sequence[Migration],
        synchronous: Synchronous,
        clock: Callable[[], float] = time.time,
    ) -> Self:
        """Open a file with mode 0600. The file and its folder are made if they do not exist.

        A damaged file is renamed after the time (Unix seconds from ``clock``), a new one replaces it and
        ``notice`` says so. ``migrations`` are counted in the file: each runs once, in a transaction.

        Raises:
            NewerVersion: the file has more migrations than are known here.
            StorageError: it cannot be opened or written.
        """
        # One worker: only one thread uses the connection, in the order of the calls.
        executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=path.stem)

        def prepare() -> tuple[sqlite3.Connection, str]:
            try:
                return _open_file(path, migrations, synchronous, clock)
            except (sqlite3.Error, OSError) as error:
                raise storage_error(error, path) from error

        try:
            connection, notice = await asyncio.get_running_loop().run_in_executor(executor, prepare)
        except BaseException:
            executor.shutdown(wait=False)
            raise
        return cls(path, executor, connection, notice)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run ``work`` on the file's own thread, outside of any transaction; return its result.

        A caller that is cancelled stops waiting, but the work is still done.

        Raises:
            StorageError: the file is closed, or cannot be read or written.
        """
        if self._closed:
            raise StorageError(f"{self._path.name} is closed.")

        def run_work() -> T:
            try:
                return work(self._connection)
            except (sqlite3.OperationalError, sqlite3.InternalError) as error:
                raise storage_error(error, self._path) from error
            except sqlite3.DatabaseError as error:
                # Its subclasses are errors of the program; the class itself is damage to the file.
                if type(error) is not sqlite3.DatabaseError:
                    raise
                raise storage_error(error, self._path) from error

        future = asyncio.get_running_loop().run_in_executor(self._executor, run_work)
        # Retrieve the exception: asyncio would log it if the caller was cancelled.
        future.add_done_callback(lambda done: done.cancelled() or done.exception())
        # Without the shield, a cancelled caller would cancel work that has not begun yet.
        return await asyncio.shield(future)

    async def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Like ``run``, on one snapshot of the file whatever other consoles write meanwhile.

        Raises:
            StorageError: as for ``run``.
        """

        def snapshot(connection: sqlite3.Connection) -> T:
            connection.execute("BEGIN")
            try:
                return work(connection)
            finally:
                # After a disk error SQLite has rolled back already.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

        return await self.run(snapshot)

    async def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Like ``run``, in one write transaction.

        Any exception of ``work`` rolls it back.

        Raises:
            StorageError: as for ``run``.
        """

        def transaction(connection: sqlite3.Connection) -> T:
            return _in_transaction(connection, lambda: work(connection))

        return await self.run(transaction)

    async def wipe(self, table: str) -> int:
        """Delete every row of a table, from the file and its log too; return how many.

        Raises:
            StorageError: as for ``run``, or another program keeps the log from being emptied.
        """

        def empty(connection: sqlite3.Connection) -> int:
            (known,) = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
            ).fetchone()
            if not known:
                raise ValueError(f"there is no table {table}")
            count = connection.execute(f'DELETE FROM "{table}"').rowcount  # noqa: S608 (the name of a table, as checked)
            (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise StorageError(
                    f"Deleted data is still in the log of {self._path.name}."
                    " Close all other consoles and try again."
                )
            return count

        return await self.run(empty)

    async def close(self) -> None:
        """Finish the work in progress and close the file. Closing twice is allowed."""
        if self._closed:
            return
        self._closed = True
        await asyncio.get_running_loop().run_in_executor(self._executor, self._connection.close)
        self._executor.shutdown()


def _open_file(
    path: Path, migrations: Sequence[Migration], synchronous: Synchronous, clock: Callable[[], float]
) -> tuple[sqlite3.Connection, str]:
    notice = ""
    log = copy_corrupt_log(path, clock())
    connection = _connect(path)
    try:
        if is_intact(connection):
            if log is not None:
                notice = (
                    f"The log of {path.name} was damaged and is saved as {log.name}."
                    " The last changes may be missing."
                )
        else:
            # Rename first: closing would delete the log and the writes that only the log holds.
            quarantined = quarantine(path, clock())
            connection.close()
            notice = f"{path.name} was damaged and is set aside as {quarantined.name}. A new one was made."
            connection = _connect(path)
        _enable_wal(connection)
        connection.execute(f"PRAGMA synchronous = {synchronous}")
        connection.execute("PRAGMA foreign_keys = ON")
        # Personal data: overwrite deleted rows with zeros.
        connection.execute("PRAGMA secure_delete = ON")
        _migrate(connection, path, migrations)
    except BaseException:
        connection.close()
        raise
    return connection, notice


def _enable_wal(connection: sqlite3.Connection) -> None:
    # SQLite's busy timeout does not cover this step, and two consoles may start at the same moment.
    for tries_left in reversed(range(int(BUSY_TIMEOUT / BUSY_RETRY_INTERVAL))):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if not tries_left or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            sleep(BUSY_RETRY_INTERVAL)
        else:
            return


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # SQLite would use the process's umask; the companion files take the mode of this one.
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.fchmod(handle, 0o600)
    finally:
        os.close(handle)
    return sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None)


def _migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    def step() -> bool:
        # Read inside the transaction: another console may have migrated it meanwhile.
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > len(migrations):
            raise NewerVersion(
                f"{path.name} was written by a newer version of the console. Use that version.",
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
        connection.execute(f"PRAGMA user_version = {version + 1}")
        return True

    while _in_transaction(connection, step):
        pass


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


def _in_transaction(connection: sqlite3.Connection, work: Callable[[], T]) -> T:
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
