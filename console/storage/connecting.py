"""Connections to a file, and the settings that make its commits durable."""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Literal

from console.storage.errors import StorageError
from console.storage.safeguard.row_checksums import define_checksums

Synchronous = Literal["FULL", "NORMAL"]
"""``FULL`` survives a power cut; ``NORMAL`` may lose writes after the last checkpoint."""

BUSY_TIMEOUT = 5.0
"""Seconds to wait for another console's lock before giving up."""
BUSY_RETRY_INTERVAL = 0.02
"""Seconds between two attempts where SQLite does not wait by itself."""


def connect(path: Path, busy_timeout: float) -> sqlite3.Connection:
    """Connect to a file with mode 0600, which is made if it does not exist.

    Raises:
        OSError, sqlite3.Error: it cannot be opened or written.
    """
    # SQLite would use the process's umask; the companion files take the mode of this one.
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.fchmod(handle, 0o600)
    finally:
        os.close(handle)
    connection = sqlite3.connect(path, timeout=busy_timeout, isolation_level=None, check_same_thread=False)
    define_checksums(connection)
    return connection


def make_durable(connection: sqlite3.Connection, synchronous: Synchronous) -> None:
    """Set how the file is written.

    Raises:
        sqlite3.Error: the file cannot be written.
    """
    _enable_wal(connection)
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    # macOS: fsync() does not empty the cache of the disk, F_FULLFSYNC does. Elsewhere they are one.
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA checkpoint_fullfsync = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    # Personal data: overwrite deleted rows with zeros.
    connection.execute("PRAGMA secure_delete = ON")
    # The triggers for the checksums must work on a full disk.
    connection.execute("PRAGMA temp_store = MEMORY")


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


def copy_into(source: sqlite3.Connection, target: sqlite3.Connection, seconds: float) -> None:
    """Copy a whole database.

    Raises:
        sqlite3.Error: it cannot be read or written.
        TimeoutError: another program has a lock on it for longer than ``seconds``.
    """
    deadline = monotonic() + seconds

    def check_time(_status: int, _remaining: int, _total: int) -> None:
        # SQLite would wait for a lock without end.
        if monotonic() > deadline:
            raise TimeoutError

    source.backup(target, pages=1000, progress=check_time, sleep=BUSY_RETRY_INTERVAL)


@contextmanager
def folder_lock(folder: Path, seconds: float, *, wait: Callable[[float], None] = sleep) -> Generator[None]:
    """Keep other consoles from opening, recovering or replacing a file of this folder meanwhile.

    Raises:
        OSError: the folder cannot be opened.
        StorageError: another program has the lock for longer than ``seconds``.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        deadline = monotonic() + seconds
        while not _lock(handle):
            if monotonic() > deadline:
                raise StorageError(f"Another program is using {folder}. Close it and try again.")
            wait(BUSY_RETRY_INTERVAL)
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    """Return False if another process has the lock."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # A file system without locks, as for the process registry: go on without.
        return True
    return True
