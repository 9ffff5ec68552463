"""Which consoles of this machine are alive: each holds a locked file, and the lock ends with its process.

Used by ``console.storage.drafts.leases`` through the draft store; claimed by the door, which opens the drafts.

A kill -9 leaves the file behind and takes the lock away, which is proof that nobody sends any more. On a
file system without locks there is no file, so nothing is proved and a lease ends by its time.
"""

import fcntl
import os
from enum import Enum, auto
from pathlib import Path


class ProcessStatus(Enum):
    """What is known of the console that an owner's name stands for."""

    ALIVE = auto()
    DEAD = auto()
    UNKNOWN = auto()
    """It has no file here: it ended in order, or this file system has no locks."""


class ProcessRegistry:
    """The consoles that share one folder; whatever each of them owns is kept elsewhere, by its name.

    Nothing here raises: where the folder cannot be used, nothing is known of anybody.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, int] = {}

    def register(self, owner: str) -> bool:
        """Show others that ``owner`` is alive, until ``release`` or the end of this process.

        ``owner`` is a file name that no other console has. The answer is false where it cannot be shown.
        """
        # Locked before it has its name, so that nobody finds it unlocked while its owner lives.
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
        """This process has given up everything of this owner's; an owner it never claimed is no fault."""
        handle = self._held.pop(owner, None)
        if handle is not None:
            _unlink(self._folder / owner)
            os.close(handle)

    def status(self, owner: str) -> ProcessStatus:
        """Whether this owner's process still runs."""
        try:
            handle = os.open(self._folder / owner, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return ProcessStatus.UNKNOWN
        try:
            # Shared, so that two who ask at once do not take each other for the owner.
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
        """The owners whose process ended without giving up what was theirs."""
        try:
            names = sorted(entry.name for entry in self._folder.iterdir() if entry.name[0] != ".")
        except OSError:
            return ()
        return tuple(name for name in names if self.status(name) is ProcessStatus.DEAD)

    def remove(self, owner: str) -> None:
        """Remove the file of one who is dead, once nothing is owned by that name any more."""
        _unlink(self._folder / owner)


def _unlink(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        # It stays, unlocked: the next console that starts here tries again.
        return
