"""Opening of a file: examined, rebuilt from what is left if it is damaged, and brought up to date."""

import os
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from uuid import uuid4

from console.storage.connecting import (
    BUSY_TIMEOUT,
    Synchronous,
    connect,
    copy_into,
    folder_lock,
    make_durable,
)
from console.storage.corruption import copy_corrupt_log, is_intact, quarantine
from console.storage.errors import NewerVersion
from console.storage.migrations import Migration, empty_database, in_transaction, migrate
from console.storage.safeguard.examination import file_id, is_protected, is_sound
from console.storage.safeguard.page_reader import read_rows
from console.storage.safeguard.row_checksums import (
    CHECKSUM,
    checked_tables,
    maintain_checksums,
    row_checksum,
)
from console.storage.safeguard.safeguard import Remains, Rows, Safeguard
from console.storage.safeguard.tally import (
    TALLY_SUFFIX,
    Tally,
    TallyContent,
    TallyHead,
    read_tally,
    tally_path,
)
from console.storage.sql_names import real_columns

SALVAGED_SUFFIX = ".salvaged"
"""Suffix of the new file before it takes the place of the damaged one."""


@dataclass(frozen=True, slots=True)
class FileForm:
    """How a file is opened. With a ``safeguard``, its content exists nowhere else."""

    path: Path
    migrations: Sequence[Migration]
    synchronous: Synchronous
    clock: Callable[[], float]
    safeguard: Safeguard | None = None
    busy_timeout: float = BUSY_TIMEOUT
    in_memory: str = ""
    """A sentence that says what is kept in memory where the file fails; empty where it must not fail."""

    @property
    def tally_file(self) -> Path:
        """The tally, beside the path that was asked for."""
        return tally_path(self.path)

    @property
    def database_file(self) -> Path:
        """The file itself: SQLite keeps the log beside it, not beside a link to it."""
        return Path(os.path.realpath(self.path))

    @property
    def log_only_grows(self) -> bool:
        """Return True if no console empties the log of this file, as ``Database.wipe`` does."""
        return self.synchronous == "FULL"


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """An open file; ``notice`` is a sentence for the operator, usually empty."""

    connection: sqlite3.Connection
    tally: Tally | None
    notice: str
    failure: str = ""
    """Why the content is in memory only, as a sentence; empty for a file."""


def open_file(form: FileForm) -> OpenedFile:
    """Open a file and bring it up to date; a damaged one is set aside and rebuilt.

    Raises:
        NewerVersion: the file has more migrations than are known here.
        OSError, sqlite3.Error, StorageError: it cannot be opened or written.
    """
    for file in (form.path, form.database_file):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with folder_lock(form.path.parent, form.busy_timeout):
        return open_locked(form)


def open_locked(form: FileForm) -> OpenedFile:
    """``open_file`` for a caller that has the folder's lock."""
    if form.safeguard is None:
        return _open_unprotected(form)
    return _open_protected(form, form.safeguard)


def open_in_memory(form: FileForm, reason: str, file: OpenedFile | None = None) -> OpenedFile:
    """Go on in memory, with what can still be read of a file that fails for this reason."""
    memory = empty_database(form.migrations)
    if file is not None:
        try:
            copy_into(file.connection, memory, form.busy_timeout)
        except (sqlite3.Error, TimeoutError):
            memory.close()
            memory = empty_database(form.migrations)
    maintain_checksums(memory)
    return OpenedFile(memory, None, f"{reason} {form.in_memory}", failure=reason)


def _open_unprotected(form: FileForm) -> OpenedFile:
    path = form.database_file
    notice = ""
    if _is_lost(path) and _log(path).exists() and _log(path).stat().st_size:
        notice = _set_aside_notice(form, quarantine(path, form.clock()), "A new one was made.")
    log = copy_corrupt_log(path, form.clock())
    connection = connect(path, form.busy_timeout)
    try:
        if not is_intact(connection):
            # Rename first: closing would delete the log and the writes that only the log holds.
            aside = quarantine(path, form.clock())
            connection.close()
            notice = _set_aside_notice(form, aside, "A new one was made.")
            connection = connect(path, form.busy_timeout)
        elif log is not None:
            notice = (
                f"The log of {path.name} was damaged and is saved as {log.name}."
                " The last changes may be missing."
            )
        _bring_up_to_date(connection, form)
    except BaseException:
        connection.close()
        raise
    return OpenedFile(connection, None, notice)


def _open_protected(form: FileForm, safeguard: Safeguard) -> OpenedFile:
    path = form.database_file
    content = read_tally(form.tally_file)
    notice = _finish_salvage(form)
    is_new = not notice and _is_lost(path) and not _log(path).exists() and _counts_nothing(content)
    if not notice and not is_new:
        notice = _examine(form, safeguard, content)
        content = read_tally(form.tally_file)
    connection = connect(path, form.busy_timeout)
    try:
        _bring_up_to_date(connection, form)
        tally = Tally(form.tally_file)
        try:
            _update_tally(connection, form, safeguard, tally, content)
        except BaseException:
            tally.close()
            raise
    except BaseException:
        connection.close()
        raise
    return OpenedFile(connection, tally, notice)


def _bring_up_to_date(connection: sqlite3.Connection, form: FileForm) -> None:
    make_durable(connection, form.synchronous)
    migrate(connection, form.path.name, form.migrations)
    maintain_checksums(connection)


def _examine(form: FileForm, safeguard: Safeguard, content: TallyContent | None) -> str:
    """Examine the file and rebuild it if it is damaged; return a sentence for the operator."""
    path = form.database_file
    if path.is_dir() or _is_lost(path):
        return _rebuild(form, safeguard, content)
    if copy_corrupt_log(path, form.clock()) is not None:
        return _rebuild(form, safeguard, content)
    connection = connect(path, form.busy_timeout)
    try:
        _check_version(connection, form, content)
        if is_sound(
            connection,
            lambda version: empty_database(form.migrations[:version]),
            safeguard,
            partial(read_tally, form.tally_file),
        ):
            return _tally_notice(connection, form, content)
        # Before the connection is closed: that would delete the log and what only the log holds.
        return _rebuild(form, safeguard, read_tally(form.tally_file))
    finally:
        connection.close()


def _check_version(connection: sqlite3.Connection, form: FileForm, content: TallyContent | None) -> None:
    """Refuse a file of a newer version, where the tally does not say that the number is damaged."""
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError:
        return  # damage, which the examination tells from a lock
    known = len(form.migrations)
    counted = content.head.version if content is not None and content.head is not None else version
    if version > known and counted > known:
        raise NewerVersion(
            f"{form.path.name} was written by a newer version of the console. Use that version.",
            diagnostics=f"version {version}, known {known}",
        )


def _tally_notice(connection: sqlite3.Connection, form: FileForm, content: TallyContent | None) -> str:
    if not is_protected(connection) or not file_id(connection):
        return ""  # of an earlier version, or killed while it was made
    if content is not None and not content.is_damaged:
        return ""
    state = "is missing" if content is None else "was damaged"
    return f"{form.tally_file.name} {state}: it cannot be told whether {form.path.name} lacks something."


def _rebuild(form: FileForm, safeguard: Safeguard, content: TallyContent | None) -> str:
    """Save what is left in a new file, set the old one aside, and return a sentence about it."""
    path = form.database_file
    was_there = path.exists()
    salvaged, salvaging = salvaged_path(path), path.with_name(f"{path.name}.salvaging")
    for leftover in (salvaged, salvaging):
        leftover.unlink(missing_ok=True)
    head = None if content is None else content.head
    commits = 0 if head is None else head.committed
    connection = connect(salvaging, form.busy_timeout)
    try:
        migrate(connection, form.path.name, form.migrations)
        maintain_checksums(connection)
        remains = _remains(connection, form, content)
        is_foreign = _is_foreign(remains)
        if is_foreign:
            # Its owner still has these orders: taken over, they would be placed twice.
            remains = replace(remains, rows={}, suspect_rows={})
        outcome = in_transaction(connection, lambda: safeguard.rebuild(connection, remains))
        if is_foreign:
            outcome = f"It is another console's. {outcome}"
        commits = max(commits, safeguard.last_commit(connection)) + 1
        connection.execute("DELETE FROM file_state")
        connection.execute("INSERT INTO file_state (file_id, commits) VALUES (?, ?)", (uuid4().hex, commits))
    finally:
        connection.close()
    salvaging.rename(salvaged)
    aside = quarantine(path, form.clock())
    put_in_place(form, aside)
    if was_there:
        return _set_aside_notice(form, aside, outcome)
    return f"{form.path.name} was missing. {outcome}"


def _remains(connection: sqlite3.Connection, form: FileForm, content: TallyContent | None) -> Remains:
    columns = checked_tables(connection)
    reals = {table: real_columns(connection, table) for table in columns}
    rows: Rows = {table: [] for table in columns}
    suspects: Rows = {table: [] for table in columns}
    for row in read_rows(form.database_file):
        for table, names in columns.items():
            if len(row) != len(names):
                continue
            # SQLite stores 1.0 as 1.
            values = tuple(
                float(value) if isinstance(value, int) and name in reals[table] else value
                for name, value in zip(names, row, strict=True)
            )
            place = names.index(CHECKSUM)
            is_whole = row[place] == row_checksum(table, *values[:place], *values[place + 1 :])
            (rows if is_whole else suspects)[table].append(values)
    return Remains(rows, suspects, content, dict(columns))


def _is_foreign(remains: Remains) -> bool:
    """Return True if the rows are of a file that this tally does not count."""
    head = None if remains.tally is None else remains.tally.head
    place = list(remains.columns["file_state"]).index("file_id")
    found = {row[place] for row in remains.rows["file_state"]}
    return head is not None and bool(found) and head.file_id not in found


def put_in_place(form: FileForm, aside: Path) -> None:
    """Put the salvaged file in the place of the one set aside, and the tally beside that."""
    path = form.database_file
    if form.tally_file.exists():
        # Before the new file is there, which this tally does not count.
        form.tally_file.rename(aside.with_name(f"{aside.name}{TALLY_SUFFIX}"))
    salvaged_path(path).rename(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _finish_salvage(form: FileForm) -> str:
    """Finish what a console was killed at, after it had set the damaged file aside."""
    path = form.database_file
    if not salvaged_path(path).exists() or path.exists():
        return ""
    put_in_place(form, quarantine(path, form.clock()))
    return f"{form.path.name} was damaged: what could be read is saved in a new file, the rest is set aside."


def _update_tally(
    connection: sqlite3.Connection,
    form: FileForm,
    safeguard: Safeguard,
    tally: Tally,
    content: TallyContent | None,
) -> None:
    """Make the tally say what the file holds; no other console commits meanwhile."""

    def update() -> None:
        saved_id = file_id(connection)
        if not saved_id:
            head = None if content is None else content.head
            saved_id = uuid4().hex if head is None else head.file_id
            connection.execute("INSERT INTO file_state (file_id, commits) VALUES (?, 0)", (saved_id,))
        commits = safeguard.last_commit(connection)
        tally.start(TallyHead(saved_id, len(form.migrations), commits), safeguard.entries(connection))

    in_transaction(connection, update)


def _counts_nothing(content: TallyContent | None) -> bool:
    if content is None:
        return True
    return (
        not content.is_damaged
        and not content.entries
        and (content.head is None or not content.head.committed)
    )


def _is_lost(path: Path) -> bool:
    """Return True if there is no file, or an empty one."""
    return not path.exists() or (path.is_file() and path.stat().st_size == 0)


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def salvaged_path(path: Path) -> Path:
    """The new file before it takes the place of the old one."""
    return path.with_name(path.name + SALVAGED_SUFFIX)


def _set_aside_notice(form: FileForm, aside: Path, outcome: str) -> str:
    return f"{form.path.name} was damaged and is set aside as {aside.name}. {outcome}"
