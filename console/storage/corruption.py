"""Database files that can no longer be read: telling that they are, and setting them aside.

Used by ``console.storage.database`` when it opens a file; nothing damaged is ever deleted.
"""

import shutil
import sqlite3
import struct
import time
from datetime import UTC, datetime
from pathlib import Path

from console.storage.errors import StorageError

COMPANION_SUFFIXES = ("", "-wal", "-shm")
"""What SQLite appends to the names of the files that belong together."""

_WAL_HEADER = struct.Struct(">I20xII")
"""The head of a log, as SQLite's file format has it: a magic number first, two checksums last."""
_WAL_MAGIC = {0x377F0682, 0x377F0683}
_CORRUPTION_CODES = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def is_corruption(error: sqlite3.Error) -> bool:
    """Whether the error says that the file itself is no good, and not the disk or a rival."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _CORRUPTION_CODES


def is_intact(connection: sqlite3.Connection) -> bool:
    """Whether the file is a database and every page of it fits the others.

    Raises:
        sqlite3.Error: it cannot be asked, for another reason than damage.
    """
    try:
        return connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError as error:
        if is_corruption(error):
            return False
        raise


def quarantine(path: Path, now: float) -> Path:
    """Rename a database and its companions to ``<name>.damaged-<when>``; returns the new name.

    Raises:
        OSError: the folder does not allow it.
    """
    target = _quarantine_name(path, now)
    for companion in COMPANION_SUFFIXES:
        file = path.with_name(path.name + companion)
        if file.exists():
            file.rename(target.with_name(target.name + companion))
    return target


def copy_corrupt_log(path: Path, now: float) -> Path | None:
    """Copy the database's log where its head is damaged; the copy's name, or ``None`` where all is well.

    SQLite would take such a log for an empty one, and what was saved last would be gone without a word.

    Raises:
        OSError: the folder does not allow it.
    """
    log = path.with_name(f"{path.name}-wal")
    # Looked at twice: another console may be writing a new head at this moment.
    if not _has_corrupt_header(log):
        return None
    time.sleep(0.05)
    if not _has_corrupt_header(log):
        return None
    copy = _quarantine_name(log, now)
    shutil.copyfile(log, copy)
    copy.chmod(0o600)
    return copy


def _has_corrupt_header(log: Path) -> bool:
    try:
        with log.open("rb") as file:
            head = file.read(_WAL_HEADER.size)
            is_longer = bool(file.read(1))
    except FileNotFoundError:
        return False
    if not is_longer:
        return False  # nothing was ever saved behind it
    magic, first, second = _WAL_HEADER.unpack(head)
    if magic not in _WAL_MAGIC:
        return True
    order = ">" if magic & 1 else "<"
    words = struct.unpack(f"{order}6I", head[:24])
    one = two = 0
    for even, odd in zip(words[::2], words[1::2], strict=True):
        one = (one + even + two) & 0xFFFFFFFF
        two = (two + odd + one) & 0xFFFFFFFF
    return (one, two) != (first, second)


def _quarantine_name(path: Path, now: float) -> Path:
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%S")
    candidate = path.with_name(f"{path.name}.damaged-{stamp}")
    number = 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.name}.damaged-{stamp}-{number}")
    return candidate


def storage_error(error: sqlite3.Error | OSError, path: Path) -> StorageError:
    """The error as an operator should read it."""
    if isinstance(error, OSError):
        return StorageError(f"{path} cannot be used: {error.strerror or error}.", diagnostics=repr(error))
    name: str = getattr(error, "sqlite_errorname", type(error).__name__)
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            message = f"The disk is full: nothing more can be kept in {path.name}. Make room and try again."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            message = f"{path} cannot be written: check who owns it and its folder."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            message = f"Another program holds {path.name}: close it and try again."
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            message = f"{path.name} is damaged: start the console again, and it is set aside."
        case sqlite3.SQLITE_IOERR:
            message = (
                f"The disk did not take or give what {path.name} needs: see whether it is full or failing."
            )
        case _:
            message = f"{path} cannot be read or written."
    return StorageError(message, diagnostics=name)
