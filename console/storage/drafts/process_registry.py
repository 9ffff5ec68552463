"""Registry of the running consoles of this machine: each holds a locked file until its process ends.

A kill -9 leaves the file behind but drops the lock, which proves that the process sends no more. On a file
system without locks there is no file: nothing is proved, and a lease ends by its time.
"""

import fcntl
import os
from enum import Enum, auto
from pathlib import Path


class ProcessStatus(Enum):
    """Status of the console behind an owner's name."""

    ALIVE = auto()
    DEAD = auto()
    UNKNOWN = auto()
    """It has no file here: it ended normally, or the file system has no locks."""


class ProcessRegistry:
    """The consoles that share one folder. What each of them owns is stored elsewhere, by its name.

    No method raises: if the folder cannot be used, every status is unknown.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, int] = {}

    def register(self, owner: str) -> bool:
        """Show that ``owner`` is alive, until ``release`` or the end of this process.

        ``owner`` is a file name that no other console has. Returns False if it cannot be shown.
        """
        # Lock before renaming, so that no process finds the file unlocked while its owner is alive.
        hidden_file = self._folder / f".{owner}"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(hidden_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            return False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            hidden_file.rename(self._folder / owner)
        except OSError:
            os.close(handle)
            _unlink(hidden_file)
            return False
        self._held[owner] = handle
        return True

    def release(self, owner: str) -> None:
        """Remove the owner, after it has released everything; an unknown owner is allowed."""
        handle = self._held.pop(owner, None)
        if handle is not None:
            _unlink(self._folder / owner)
            os.close(handle)

    def status(self, owner: str) -> ProcessStatus:
        """Check if this owner's process still runs."""
        try:
            handle = os.open(self._folder / owner, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return ProcessStatus.UNKNOWN
        try:
            # A shared lock, so that two checks at once do not mistake each other for the owner.
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return ProcessStatus.ALIVE
        except OSError:
            return ProcessStatus.UNKNOWN
        else:
            return ProcessStatus.DEAD
        finally:
            os.close(handle)

    def dead(self) -> tuple[str, ...]:
        """Owners whose process ended without ``release``."""
        try:
            names = sorted(entry.name for entry in self._folder.iterdir() if entry.name[0] != ".")
        except OSError:
            return ()
        return tuple(name for name in names if self.status(name) is ProcessStatus.DEAD)

    def remove(self, owner: str) -> None:
        """Remove the file of a dead owner, once it owns nothing any more."""
        _unlink(self._folder / owner)


def _unlink(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        # The file stays, unlocked: the next console that starts here tries again.
        return
