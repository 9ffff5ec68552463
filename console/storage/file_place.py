"""Whether a file is still where it was opened: another program may remove, replace or empty it."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Self

from console.storage.corruption import COMPANION_SUFFIXES
from console.storage.opening import FileForm


class FilePlace:
    """The files that a connection has open, by their inodes. A check takes microseconds."""

    def __init__(self, file: Path, companions: tuple[Path, ...], *, log_only_grows: bool) -> None:
        self._files = tuple(map(str, (file, *companions)))
        self._growing = 2 if log_only_grows else 1
        self._inodes, self._sizes = self._read()

    @classmethod
    def of(cls, form: FileForm) -> Self:
        """The place of a file that was opened just now."""
        target = form.database_file
        companions = tuple(target.with_name(target.name + suffix) for suffix in COMPANION_SUFFIXES[1:])
        return cls(form.path, companions, log_only_grows=form.log_only_grows)

    def is_held(self) -> bool:
        """Return True if all files are the same, and none is shorter than it was."""
        inodes, sizes = self._read()
        is_shorter = any(size < before for size, before in zip(sizes, self._sizes, strict=True))
        if inodes != self._inodes or is_shorter:
            return False
        self._sizes = sizes
        return True

    def note_sizes(self) -> None:
        """Take the sizes after the first commit into an empty log; the next check takes later ones."""
        if all(self._sizes):
            return
        with suppress(OSError):  # a file that is gone is noticed by the next check
            for number in range(self._growing):
                self._sizes[number] = os.stat(self._files[number]).st_size  # noqa: PTH116 (as below)

    def may_have_been_put_back(self) -> bool:
        """Return True if database and log are others: so does a console leave them that was faster.

        A database that stands beside the log of another must not even be opened: SQLite would mix them.
        """
        inodes = self._read()[0]
        return inodes[0] != self._inodes[0] and inodes[1] != self._inodes[1]

    def _read(self) -> tuple[list[tuple[int, int]], list[int]]:
        inodes: list[tuple[int, int]] = []
        sizes: list[int] = []
        for file in self._files:
            try:
                status = os.stat(file)  # noqa: PTH116 (as text: a Path costs as much as the call, before each save)
            except OSError:
                inodes.append((0, 0))
                sizes.append(0)
            else:
                inodes.append((status.st_dev, status.st_ino))
                sizes.append(status.st_size)
        return inodes, sizes[: self._growing]
