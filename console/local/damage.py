"""Database files that can no longer be read: telling that they are, and setting them aside.

Used by ``console.local.database`` when it opens a file; nothing damaged is ever deleted.
"""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from console.local.errors import StorageError

COMPANIONS = ("", "-wal", "-shm")
"""What SQLite appends to the names of the files that belong together."""

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the error says that the file itself is no good, and not the disk or a rival."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether the file is a database and every page of it fits the others.

    Raises:
        sqlite3.Error: it cannot be asked, for another reason than damage.
    """
    try:
        return connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return False
        raise


def set_aside(path: Path, now: float) -> Path:
    """Rename a database and its companions to ``<name>.damaged-<when>``; returns the new name.

    Raises:
        OSError: the folder does not allow it.
    """
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%dT%H%M%S")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{stamp}-{number}")
    for companion in COMPANIONS:
        file = path.with_name(path.name + companion)
        if file.exists():
            file.rename(aside.with_name(aside.name + companion))
    return aside


def sentence_for(error: sqlite3.Error | OSError, path: Path) -> StorageError:
    """The error as an operator should read it."""
    if isinstance(error, OSError):
        return StorageError(f"{path} cannot be used: {error.strerror or error}.", diagnostics=repr(error))
    name: str = getattr(error, "sqlite_errorname", type(error).__name__)
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL:
            says = f"The disk is full: nothing more can be kept in {path.name}. Make room and try again."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            says = f"{path} cannot be written: check who owns it and its folder."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            says = f"Another program holds {path.name}: close it and try again."
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            says = f"{path.name} is damaged: start the console again, and it is set aside."
        case _:
            says = f"{path} cannot be read or written."
    return StorageError(says, diagnostics=name)
