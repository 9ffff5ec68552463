"""The files of the tickets that were kept: how they are called, and forgetting them with the people on them.

Used by the tickets' service, by the door when it opens and by whoever forgets people.
"""

import re
from pathlib import Path

from console.ordering.ticket import TicketCopy

SECONDS_A_DAY = 86_400
_NOT_PLACED = "not-placed"
_NAME = rf"(?:[^\W_]+|{_NOT_PLACED})-(?:{'|'.join(TicketCopy)})(?:-duplicate)?\.txt"
# What was left of one that was being written has a point before its name and letters behind it.
_OURS = re.compile(rf"{_NAME}|\.{_NAME}\.\w+")


def file_name(number: str, copy: TicketCopy, *, reprint: bool) -> str:
    """How the file of an order's ticket is called."""
    number = number if number.isalnum() else _NOT_PLACED
    return f"{number}-{copy}-duplicate.txt" if reprint else f"{number}-{copy}.txt"


def forget_tickets(folder: Path) -> int:
    """Delete every ticket that was kept in this folder; how many.

    Only files that the console made are deleted: what has another name, a link, and a folder that is one
    are somebody's own.

    Raises:
        OSError: one cannot be deleted.
    """
    return _deleted(_kept(folder))


def forget_old_tickets(folder: Path, *, now: float, days: int) -> int:
    """Delete the tickets that were kept more than ``days`` ago (``now`` in Unix seconds); how many.

    Raises:
        OSError: one cannot be deleted.
    """
    # Both ways, as with customers: what a clock that was wrong dated far ahead must not stay for years.
    long_ago = days * SECONDS_A_DAY
    return _deleted([file for file in _kept(folder) if abs(now - _kept_at(file, now)) >= long_ago])


def _kept(folder: Path) -> list[Path]:
    if folder.is_symlink() or not folder.is_dir():
        return []
    return [
        file
        for file in folder.iterdir()
        if _OURS.fullmatch(file.name) and not file.is_symlink() and file.is_file()
    ]


def _kept_at(file: Path, now: float) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        # Another console has just deleted it.
        return now


def _deleted(files: list[Path]) -> int:
    for file in files:
        file.unlink(missing_ok=True)
    return len(files)
