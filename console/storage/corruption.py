"""Detection and quarantine of damaged database files. Nothing damaged is deleted."""

import shutil
import sqlite3
import struct
import time
from datetime import UTC, datetime
from pathlib import Path

from console.storage.errors import StorageError

COMPANION_SUFFIXES = ("", "-wal", "-shm")
"""Suffixes of a database and the files that SQLite keeps beside it."""

_WAL_HEADER = struct.Struct(">I20xII")
"""Header of a write-ahead log (SQLite file format 4.1): a magic number first, two checksums last."""
_WAL_MAGIC = {0x377F0682, 0x377F0683}
_CORRUPTION_CODES = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def is_corruption(error: sqlite3.Error) -> bool:
    """Return True if the error means a damaged file, not a full disk or a lock."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _CORRUPTION_CODES


def is_intact(connection: sqlite3.Connection) -> bool:
    """Return True if the file is a database and all its pages are consistent.

    Raises:
        sqlite3.Error: the check failed for another reason than damage.
    """
    try:
        return connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError as error:
        if is_corruption(error):
            return False
        raise


def quarantine(path: Path, now: float) -> Path:
    """Rename a database and its companions to ``<name>.damaged-<when>``; return the new name.

    Raises:
        OSError: the folder cannot be written.
    """
    target = _quarantine_name(path, now)
    for companion in COMPANION_SUFFIXES:
        file = path.with_name(path.name + companion)
        if file.exists():
            file.rename(target.with_name(target.name + companion))
    return target


def copy_corrupt_log(path: Path, now: float) -> Path | None:
    """Copy the database's log if its header is damaged; return the copy's path, else ``None``.

    SQLite would treat such a log as empty, and the last writes would be lost without notice.

    Raises:
        OSError: the folder cannot be written.
    """
    log = path.with_name(f"{path.name}-wal")
    # Checked twice: another console may be writing a new header at this moment.
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
        return False  # no frame was ever written
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
    """Turn an error of SQLite or the file system into one for the operator."""
    if isinstance(error, OSError):
        return StorageError(f"{path} cannot be used: {error.strerror or error}.", diagnostics=repr(error))
    name: str = getattr(error, "sqlite_errorname", type(error).__name__)
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            message = f"The disk is full: {path.name} cannot grow. Free some space and try again."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            message = f"{path} cannot be written: check the owner of the file and its folder."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            message = f"Another program is using {path.name}. Close it and try again."
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            message = f"{path.name} is damaged. Restart the console to set it aside."
        case sqlite3.SQLITE_IOERR:
            message = f"Disk error on {path.name}: check whether the disk is full or failing."
        case _:
            message = f"{path} cannot be read or written."
    return StorageError(message, diagnostics=name)
