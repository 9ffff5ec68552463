"""An SQLite file with a thread of its own: opened, read, written, and put back if it is removed."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from console.storage.connecting import Synchronous
from console.storage.corruption import storage_error
from console.storage.errors import FileRebuilt, StorageError
from console.storage.file_place import FilePlace
from console.storage.migrations import Migration, in_transaction
from console.storage.opening import FileForm, OpenedFile, open_file
from console.storage.replacement import put_back
from console.storage.safeguard.safeguard import Safeguard, Stamp, StampWrite, stamp_file
from console.storage.safeguard.tally import Tally

__all__ = ["Database", "Migration", "Synchronous"]

T = TypeVar("T")


class Database:
    """An open file, made with ``open``; an async context manager that closes it."""

    def __init__(self, form: FileForm, executor: ThreadPoolExecutor, file: OpenedFile) -> None:
        self._form = form
        self._executor = executor
        self._file = file
        self._place = FilePlace.of(form)
        self._closed = False
        self._number = 0
        """Number of the last commit; a failed one may have had it too."""
        self._data_version = -1
        self._notices: list[str] = []
        self._afterwards: Callable[[], None] = _nothing
        """Work to do once the result is on its way to its caller."""
        self.notice = file.notice
        """A sentence for the operator about opening the file; usually empty."""
        self.on_notice: Callable[[str], None] = lambda _sentence: None
        """Called in the event loop with each sentence for the operator after the file was opened."""
        self.on_rebuilt: Callable[[], None] = _nothing
        """Called in the event loop once a file that was destroyed meanwhile has been rebuilt."""
        self._is_rebuilt = False

    @classmethod
    async def open(
        cls,
        path: Path,
        *,
        migrations: Sequence[Migration],
        synchronous: Synchronous,
        safeguard: Safeguard | None = None,
        clock: Callable[[], float] = time.time,
    ) -> Self:
        """Open a file with mode 0600. The file and its folder are made if they do not exist.

        A damaged file is renamed after the time (Unix seconds from ``clock``), a new one replaces it and
        ``notice`` says so. With a ``safeguard``, a tally beside the file says what it must hold, and the new
        file holds what could be read. ``migrations`` are counted in the file: each runs once, in a
        transaction.

        Raises:
            NewerVersion: the file has more migrations than are known here.
            StorageError: it cannot be opened or written.
        """
        form = FileForm(path, migrations, synchronous, clock, safeguard)
        # One worker: only one thread uses the connection, in the order of the calls.
        executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=path.stem)

        def prepare() -> OpenedFile:
            try:
                return open_file(form)
            except (sqlite3.Error, OSError) as error:
                raise storage_error(error, path) from error

        try:
            file = await asyncio.get_running_loop().run_in_executor(executor, prepare)
        except BaseException:
            executor.shutdown(wait=False)
            raise
        return cls(form, executor, file)

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
            raise StorageError(f"{self._form.path.name} is closed.")

        def run_work() -> T:
            try:
                return work(self._file.connection)
            except (sqlite3.OperationalError, sqlite3.InternalError, OSError) as error:
                raise storage_error(error, self._form.path) from error
            except sqlite3.DatabaseError as error:
                # Its subclasses are errors of the program; the class itself is damage to the file.
                if type(error) is not sqlite3.DatabaseError:
                    raise
                raise storage_error(error, self._form.path) from error

        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        # Retrieve the exception: asyncio would log it if the caller was cancelled.
        future.add_done_callback(lambda done: done.cancelled() or done.exception())

        def job() -> None:
            try:
                deliver = partial(_set_result, future, run_work())
            except Exception as error:  # noqa: BLE001 (whatever it is, it is the caller's)
                deliver = partial(_set_exception, future, error)
            loop.call_soon_threadsafe(deliver)
            afterwards, self._afterwards = self._afterwards, _nothing
            afterwards()

        self._executor.submit(job)
        try:
            # Without the shield, a cancelled caller would cancel work that has not begun yet.
            return await asyncio.shield(future)
        finally:
            self._report()

    def _report(self) -> None:
        while self._notices:
            self.on_notice(self._notices.pop(0))
        if self._is_rebuilt:
            self._is_rebuilt = False
            self.on_rebuilt()

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

    async def write(self, work: Callable[[sqlite3.Connection], T], *, stamp: StampWrite = stamp_file) -> T:
        """Like ``run``, in one write transaction; ``stamp`` numbers it for the tally, if there is one.

        Any exception of ``work`` rolls it back. A file that another program has removed or replaced is put
        back first, from what this console has of it.

        Raises:
            StorageError: as for ``run``, or the file cannot be put back.
        """

        def transaction(_: sqlite3.Connection) -> T:
            self._ensure_in_place()
            return self._write(work, stamp)

        return await self.run(transaction)

    def _write(self, work: Callable[[sqlite3.Connection], T], stamp: StampWrite) -> T:
        connection, tally, safeguard = self._file.connection, self._file.tally, self._form.safeguard
        if tally is None or safeguard is None:
            if stamp is not stamp_file:
                return in_transaction(connection, lambda: _stamped(work, stamp, connection)[0])
            return in_transaction(connection, lambda: work(connection))

        def counted() -> tuple[T, Stamp, int]:
            number = self._next_number(connection, safeguard)
            result, stamped = _stamped(work, lambda c, _: stamp(c, number), connection)
            if stamped.is_new and stamped.entry is not None:
                tally.add(replace(stamped.entry, revision=0))
            return result, stamped, number

        result, stamped, number = in_transaction(connection, counted)
        self._place.note_sizes()
        count = partial(_count, tally, number, stamped)
        if stamped.may_be_late:
            self._afterwards = count
        else:
            count()
        return result

    def _next_number(self, connection: sqlite3.Connection, safeguard: Safeguard) -> int:
        """The number of the commit that this transaction will make."""
        (data_version,) = connection.execute("PRAGMA data_version").fetchone()
        if data_version != self._data_version:
            # Another console has committed since.
            self._data_version, self._number = data_version, safeguard.last_commit(connection)
        self._number += 1
        return self._number

    def _ensure_in_place(self) -> None:
        safeguard = self._form.safeguard
        if safeguard is None or self._place.is_held():
            return
        self._file, is_whole = put_back(
            self._form, safeguard, self._file, may_be_back=self._place.may_have_been_put_back()
        )
        self._place = FilePlace.of(self._form)
        self._data_version = -1
        if self._file.notice:
            self._notices.append(self._file.notice)
        if not is_whole:
            self._is_rebuilt = True
            raise FileRebuilt(f"Another program has changed {self._form.path.name}.")

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
                    f"Deleted data is still in the log of {self._form.path.name}."
                    " Close all other consoles and try again."
                )
            return count

        return await self.run(empty)

    async def close(self) -> None:
        """Finish the work in progress and close the file. Closing twice is allowed."""
        if self._closed:
            return
        self._closed = True
        await asyncio.get_running_loop().run_in_executor(self._executor, self._close_file)
        self._executor.shutdown()

    def _close_file(self) -> None:
        self._file.connection.close()
        if self._file.tally is not None:
            with suppress(OSError):  # nothing is left to write
                self._file.tally.close()


def _nothing() -> None:
    pass


def _set_result(future: asyncio.Future[T], result: T) -> None:
    if not future.done():
        future.set_result(result)


def _set_exception(future: asyncio.Future[T], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)


def _count(tally: Tally, number: int, stamped: Stamp) -> None:
    with suppress(OSError):  # the write is durable; a tally that is behind is no loss
        tally.count(number, stamped.entry, closed_id=stamped.closed_id)


def _stamped(
    work: Callable[[sqlite3.Connection], T], stamp: StampWrite, connection: sqlite3.Connection
) -> tuple[T, Stamp]:
    result = work(connection)
    return result, stamp(connection, 0)
