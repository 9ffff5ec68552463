"""Files of saved tickets: their names, and deleting them with the people on them."""

import re
from pathlib import Path

from console.ordering.placed.ticket import TicketCopy

SECONDS_PER_DAY = 86_400
_NOT_PLACED = "not-placed"
_FILE_NAME = rf"(?:[^\W_]+|{_NOT_PLACED})-(?:{'|'.join(TicketCopy)})(?:-duplicate)?\.txt"
# A leftover of an interrupted write has a dot before its name and letters after it.
_TICKET_FILE = re.compile(rf"{_FILE_NAME}|\.{_FILE_NAME}\.\w+")


def ticket_file_name(number: str, copy: TicketCopy, *, reprint: bool) -> str:
    """Return the file name of an order's ticket."""
    number = number if number.isalnum() else _NOT_PLACED
    return f"{number}-{copy}-duplicate.txt" if reprint else f"{number}-{copy}.txt"


def delete_tickets(folder: Path) -> int:
    """Delete every saved ticket in a folder and return their number.

    Only the console's own files are deleted: other names, links, and a folder that is a link stay.

    Raises:
        OSError: a ticket cannot be deleted.
    """
    return _delete(_ticket_files(folder))


def delete_old_tickets(folder: Path, *, now: float, days: int) -> int:
    """Delete tickets saved more than ``days`` ago (``now`` in Unix seconds); return their number.

    Raises:
        OSError: a ticket cannot be deleted.
    """
    # In both directions, as for customers: a file dated far ahead by a wrong clock must not stay for years.
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
        # Another console has just deleted the file.
        return now


def _delete(files: list[Path]) -> int:
    for file in files:
        file.unlink(missing_ok=True)
    return len(files)
