"""The files of the tickets that were kept: how they are called, and forgetting them with the people on them.

Used by the tickets' service, by the door when it opens and by whoever forgets people.
"""

import re
from pathlib import Path

from console.ordering.ticket import TicketCopy

SECONDS_PER_DAY = 86_400
_NOT_PLACED = "not-placed"
_FILE_NAME = rf"(?:[^\W_]+|{_NOT_PLACED})-(?:{'|'.join(TicketCopy)})(?:-duplicate)?\.txt"
# What was left of one that was being written has a point before its name and letters behind it.
_TICKET_FILE = re.compile(rf"{_FILE_NAME}|\.{_FILE_NAME}\.\w+")


def ticket_file_name(number: str, copy: TicketCopy, *, reprint: bool) -> str:
    """How the file of an order's ticket is called."""
    number = number if number.isalnum() else _NOT_PLACED
    return f"{number}-{copy}-duplicate.txt" if reprint else f"{number}-{copy}.txt"


def delete_tickets(folder: Path) -> int:
    """Delete every ticket that was kept in this folder; how many.

    Only files that the console made are deleted: what has another name, a link, and a folder that is one
    are somebody's own.

    Raises:
        OSError: one cannot be deleted.
    """
    return _delete(_ticket_files(folder))


def delete_old_tickets(folder: Path, *, now: float, days: int) -> int:
    """Delete the tickets that were kept more than ``days`` ago (``now`` in Unix seconds); how many.

    Raises:
        OSError: one cannot be deleted.
    """
    # Both ways, as with customers: what a clock that was wrong dated far ahead must not stay for years.
    max_age = days * SECONDS_PER_DAY
    return _delete([file for file in _ticket_files(folder) if abs(now - _modified_at(file, now)) >= max_age])


def _ticket_files(folder: Path) -> list[Path]:
    if folder.is_symlink() or not folder.is_dir():
        return []
    return [
        file
        for file in folder.iterdir()
        if _TICKET_FILE.fullmatch(file.name) and not file.is_symlink() and file.is_file()
    ]


def _modified_at(file: Path, now: float) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        # Another console has just deleted it.
        return now


def _delete(files: list[Path]) -> int:
    for file in files:
        file.unlink(missing_ok=True)
    return len(files)
