"""An SQLite file with a thread of its own: opened, read, written, and put back if it is removed."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from console.storage.connecting import BUSY_TIMEOUT, Synchronous
from console.storage.corruption import storage_error
from console.storage.errors import FileRebuilt, StorageError
from console.storage.file_place import FilePlace
from console.storage.migrations import Migration, in_transaction
from console.storage.opening import FileForm, OpenedFile, open_file, open_in_memory
from console.storage.replacement import put_back
from console.storage.safeguard.safeguard import Safeguard, Stamp, StampWrite, stamp_file
from console.storage.worker import Worker, WorkerStuck

__all__ = ["Database", "Migration", "Synchronous"]

T = TypeVar("T")

OPTIONAL_BUSY_TIMEOUT = 1.0
"""Seconds to wait for another console's lock on a file that is not needed."""
COUNT_SECONDS = 0.05
"""Seconds after which the tally counts an edit, which is durable already."""
SLOW_SECONDS = 5.0
"""Seconds that work on a file that is not needed may take."""


class Database:
    """An open file, made with ``open``; an async context manager that closes it."""

    def __init__(self, form: FileForm, worker: Worker, file: OpenedFile) -> None:
        self._form = form
        self._worker = worker
        self._file = file
        self._place = FilePlace.of(form)
        self._closed = False
        self._number = 0
        """Number of the last commit; a failed one may have had it too."""
        self._data_version = -1
        self._uncounted: list[tuple[int, Stamp]] = []
        """Commits that the tally does not count yet."""
        self._is_counting = False
        self._notices: list[str] = []
        self._fallback = asyncio.Lock()
        self.notice = file.notice
        """A sentence for the operator about opening the file; usually empty."""
        self.on_notice: Callable[[str], None] = lambda _sentence: None
        """Called in the event loop with each sentence for the operator after the file was opened."""
        self.on_rebuilt: Callable[[], None] = lambda: None
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
        in_memory: str = "",
        clock: Callable[[], float] = time.time,
    ) -> Self:
        """Open a file with mode 0600. The file and its folder are made if they do not exist.

        A damaged file is renamed after the time (Unix seconds from ``clock``), a new one replaces it and
        ``notice`` says so. With a ``safeguard``, a tally beside the file says what it must hold, and the new
        file holds what could be read. With ``in_memory``, a sentence that says what is kept there, work goes
        on in memory where the file fails or is slow. ``migrations`` are counted in the file: each runs once,
        in a transaction.

        Raises:
            NewerVersion: the file has more migrations than are known here.
            StorageError: it cannot be opened or written.
        """
        busy_timeout = OPTIONAL_BUSY_TIMEOUT if in_memory else BUSY_TIMEOUT
        form = FileForm(path, migrations, synchronous, clock, safeguard, busy_timeout, in_memory)
        worker = Worker(path.stem)

        def prepare() -> OpenedFile:
            try:
                return open_file(form)
            except (sqlite3.Error, OSError) as error:
                raise storage_error(error, path) from error

        try:
            file = await worker.run(prepare, seconds=SLOW_SECONDS if in_memory else None)
        except (StorageError, WorkerStuck) as error:
            worker.stop(wait=False)
            if not in_memory:
                raise
            worker = Worker(path.stem)
            reason = _reason(error, path)
            file = await worker.run(lambda: open_in_memory(form, reason))
        except BaseException:
            worker.stop(wait=False)
            raise
        return cls(form, worker, file)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def run(
        self,
        work: Callable[[sqlite3.Connection], T],
        *,
        must_last: bool = False,
        seconds: float = SLOW_SECONDS,
    ) -> T:
        """Run ``work`` on the file's own thread, outside of any transaction; return its result.

        A caller that is cancelled stops waiting, but the work is still done. ``must_last`` is for work that
        is of no use in memory; ``seconds`` is the limit for a file that is not needed.

        Raises:
            StorageError: the file is closed, or cannot be read or written.
        """
        return await self._run(lambda file: work(file.connection), must_last=must_last, seconds=seconds)

    async def _run(self, work: Callable[[OpenedFile], T], *, must_last: bool, seconds: float) -> T:
        if self._closed:
            raise StorageError(f"{self._form.path.name} is closed.")
        if self._file.failure and must_last:
            raise StorageError(self._file.failure)
        if self._file.failure or not self._form.in_memory:
            return await self._run_on_worker(work, None)
        file = self._file
        try:
            return await self._run_on_worker(work, seconds)
        except (StorageError, WorkerStuck) as error:
            await self._go_on_in_memory(file, error)
        return await self._run(work, must_last=must_last, seconds=seconds)

    async def _run_on_worker(self, work: Callable[[OpenedFile], T], seconds: float | None) -> T:
        worker = self._worker

        def run_work() -> T:
            file = self._file
            if self._worker is not worker:
                # Left behind on a slow disk: its caller has run it in memory, whose thread this is not.
                raise WorkerStuck
            try:
                return work(file)
            except (sqlite3.OperationalError, sqlite3.InternalError, OSError) as error:
                raise storage_error(error, self._form.path) from error
            except sqlite3.DatabaseError as error:
                # Its subclasses are errors of the program; the class itself is damage to the file.
                if type(error) is not sqlite3.DatabaseError:
                    raise
                raise storage_error(error, self._form.path) from error

        try:
            return await worker.run(run_work, seconds=seconds)
        finally:
            self._report()

    async def _go_on_in_memory(self, file: OpenedFile, error: StorageError | WorkerStuck) -> None:
        """Replace a file that fails by one in memory, once, and tell the operator."""
        async with self._fallback:
            if self._file is not file:
                return
            readable = None if isinstance(error, WorkerStuck) else file
            worker = Worker(self._form.path.stem)
            reason = _reason(error, self._form.path)
            memory = await worker.run(lambda: open_in_memory(self._form, reason, readable))
            failed, self._worker, self._file = self._worker, worker, memory
            failed.stop_after(partial(_close, file))
            self._notices.append(memory.notice)
            self._report()

    def _report(self) -> None:
        self._count_soon()
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

    async def write(
        self,
        work: Callable[[sqlite3.Connection], T],
        *,
        stamp: StampWrite = stamp_file,
        must_last: bool = False,
        seconds: float = SLOW_SECONDS,
    ) -> T:
        """Like ``run``, in one write transaction; ``stamp`` numbers it for the tally, if there is one.

        Any exception of ``work`` rolls it back. A file that another program has removed or replaced is put
        back first, from what this console has of it.

        Raises:
            StorageError: as for ``run``, or the file cannot be put back.
        """

        def transaction(file: OpenedFile) -> T:
            return self._write(self._ensure_in_place(file), work, stamp)

        return await self._run(transaction, must_last=must_last, seconds=seconds)

    def _write(self, file: OpenedFile, work: Callable[[sqlite3.Connection], T], stamp: StampWrite) -> T:
        connection, tally, safeguard = file.connection, file.tally, self._form.safeguard
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
        self._uncounted.append((number, stamped))
        if not stamped.may_be_late:
            self._count()
        return result

    def _count(self) -> None:
        """Let the tally count the commits since the last time."""
        uncounted, self._uncounted = self._uncounted, []
        if (tally := self._file.tally) is not None:
            with suppress(OSError):  # the writes are durable; a tally that is behind is no loss
                for number, stamped in uncounted:
                    tally.count(number, stamped.entry, closed_id=stamped.closed_id)

    def _count_soon(self) -> None:
        """Let the tally count a little later: nobody waits for it."""
        if self._uncounted and not self._is_counting:
            self._is_counting = True
            asyncio.get_running_loop().call_later(COUNT_SECONDS, self._start_counting)

    def _start_counting(self) -> None:
        self._is_counting = False
        if not self._closed:
            self._worker.submit(self._count)

    def _next_number(self, connection: sqlite3.Connection, safeguard: Safeguard) -> int:
        """The number of the commit that this transaction will make."""
        (data_version,) = connection.execute("PRAGMA data_version").fetchone()
        if data_version != self._data_version:
            # Another console has committed since.
            self._data_version, self._number = data_version, safeguard.last_commit(connection)
        self._number += 1
        return self._number

    def _ensure_in_place(self, file: OpenedFile) -> OpenedFile:
        """Put the file back if it is not where it was opened; return it as it is open then."""
        safeguard = self._form.safeguard
        if safeguard is None or file.failure or self._place.is_held():
            return file
        self._count()
        opened, is_whole = put_back(
            self._form, safeguard, file, may_be_back=self._place.may_have_been_put_back()
        )
        if self._file is not file:
            # It took so long that work goes on in memory.
            _close(opened)
            raise WorkerStuck
        self._file = opened
        self._place = FilePlace.of(self._form)
        self._data_version = -1
        if self._file.notice:
            self._notices.append(self._file.notice)
        if not is_whole:
            self._is_rebuilt = True
            raise FileRebuilt(f"Another program has changed {self._form.path.name}.")
        return opened

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

        return await self.run(empty, must_last=True)

    async def close(self) -> None:
        """Finish the work in progress and close the file. Closing twice is allowed."""
        if self._closed:
            return
        self._closed = True
        await self._worker.run(self._count)
        await self._worker.run(partial(_close, self._file))
        self._worker.stop()


def _close(file: OpenedFile) -> None:
    file.connection.close()
    if file.tally is not None:
        with suppress(OSError):  # nothing is left to write
            file.tally.close()


def _reason(error: StorageError | WorkerStuck, path: Path) -> str:
    return error.message if isinstance(error, StorageError) else f"The disk is too slow for {path.name}."


def _stamped(
    work: Callable[[sqlite3.Connection], T], stamp: StampWrite, connection: sqlite3.Connection
) -> tuple[T, Stamp]:
    result = work(connection)
    return result, stamp(connection, 0)
