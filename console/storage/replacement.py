"""A file that another program removed or replaced, put back from what the open connection still holds."""

import sqlite3
from dataclasses import replace
from pathlib import Path

from console.storage.connecting import connect, copy_into, folder_lock
from console.storage.corruption import is_intact, quarantine
from console.storage.opening import FileForm, OpenedFile, open_locked, salvaged_path
from console.storage.safeguard.examination import file_id
from console.storage.safeguard.row_checksums import has_wrong_checksum
from console.storage.safeguard.safeguard import Safeguard


def put_back(
    form: FileForm, safeguard: Safeguard, file: OpenedFile, *, may_be_back: bool
) -> tuple[OpenedFile, bool]:
    """Write the file again where it was, and open it; what is in its place is set aside.

    Return False with it if something that was saved is not in it. ``may_be_back`` says that another console
    may have been faster.

    Raises:
        OSError, sqlite3.Error, StorageError: it cannot be written.
    """
    path = form.database_file
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with folder_lock(path.parent, form.busy_timeout):
        is_copied = _copy(file.connection, path, form, safeguard)
        if may_be_back and _was_put_back(path, form, safeguard, file.connection):
            salvaged_path(path).unlink(missing_ok=True)
            opened, notice, is_whole = open_locked(form), "", True
        elif is_copied:
            aside = quarantine(path, form.clock())
            kept = f" What took its place is set aside as {aside.name}." if aside.exists() else ""
            salvaged_path(path).rename(path)
            opened, is_whole = open_locked(form), True
            notice = (
                f"Another program removed or replaced {form.path.name}. It was written again, nothing is"
                f" missing.{kept}"
            )
        else:
            opened = open_locked(form)
            notice = opened.notice or f"Another program has changed {form.path.name}. It was opened again."
            is_whole = False
        # Only now: SQLite deletes a log when it closes the last connection, unless the file was moved.
        file.connection.close()
        if file.tally is not None:
            file.tally.close()
    return replace(opened, notice=notice), is_whole


def _was_put_back(path: Path, form: FileForm, safeguard: Safeguard, old: sqlite3.Connection) -> bool:
    """Return True if another console was faster."""
    if not path.is_file() or not path.stat().st_size:
        return False
    connection = connect(path, form.busy_timeout)
    try:
        return (
            is_intact(connection)
            and file_id(connection) == file_id(old)
            and safeguard.last_commit(connection) >= safeguard.last_commit(old)
        )
    except sqlite3.Error:
        return False
    finally:
        connection.close()


def _copy(old: sqlite3.Connection, path: Path, form: FileForm, safeguard: Safeguard) -> bool:
    """Copy all that the connection has; return False if that is not sound."""
    salvaging = path.with_name(f"{path.name}.salvaging")
    for leftover in (salvaging, salvaged_path(path)):
        leftover.unlink(missing_ok=True)
    copy = connect(salvaging, form.busy_timeout)
    try:
        copy_into(old, copy, form.busy_timeout)
        is_sound = (
            is_intact(copy)
            and not has_wrong_checksum(copy)
            and safeguard.last_commit(copy) >= safeguard.last_commit(old)
        )
    except TimeoutError:
        is_sound = False
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
            raise
        is_sound = False
    finally:
        copy.close()
    if is_sound:
        salvaging.rename(salvaged_path(path))
    else:
        salvaging.unlink()
    return is_sound
