"""The tally of a database: a small file beside it that says how much the database must hold.

SQLite takes a file without its log, or an older copy, for a sound one. The tally counts the commits and
lists the open orders, so that what is missing is noticed, and can be named when nothing else is left.

Each record is one line of 128 bytes, overwritten in place: no line crosses a sector of the disk. An order is
listed before it is created, a commit is counted after it is durable: the count is never ahead. It is not
flushed with each commit: after a power cut it may be behind, which costs a warning, never an order.
"""

import fcntl
import os
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LINE = 128
"""Bytes of a record, with its checksum and its end."""
_BODY = LINE - 10
TALLY_SUFFIX = ".tally"


@dataclass(frozen=True, slots=True)
class TallyHead:
    """The database's identity, the version of its schema, and its commits."""

    file_id: str
    version: int
    committed: int = 0


@dataclass(frozen=True, slots=True)
class TallyEntry:
    """An open order as last saved. ``revision`` is the number of that commit, 0 before the first."""

    draft_id: str
    created_at: float
    revision: int
    edit_count: int
    is_in_flight: bool


@dataclass(frozen=True, slots=True)
class TallyContent:
    """A tally as read. Without a head, or if a line is damaged, it proves nothing about what is missing."""

    head: TallyHead | None
    entries: tuple[TallyEntry, ...] = ()
    is_damaged: bool = False


class Tally:
    """An open tally. Its lines are written under a lock that is held for microseconds."""

    def __init__(self, path: Path) -> None:
        """Open the file, which is made if it does not exist.

        Raises:
            OSError: it cannot be opened.
        """
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._head = TallyHead("", 0)
        self._head_line = b""
        self._offsets: dict[str, int] = {}

    def close(self) -> None:
        """Make it durable and close it."""
        try:
            os.fsync(self._handle)
        finally:
            os.close(self._handle)

    def start(self, head: TallyHead, entries: tuple[TallyEntry, ...]) -> None:
        """Replace the whole content; durable on return.

        Raises:
            OSError: it cannot be written.
        """
        self._head, self._offsets = head, {}
        text = _head_line(head) + b"".join(map(_entry_line, entries))
        with self._locked():
            # In one write: a kill in between must not leave lines of before.
            size = os.fstat(self._handle).st_size
            text += _FREE * max(0, (size - len(text)) // LINE)
            if text != os.pread(self._handle, len(text), 0):
                os.pwrite(self._handle, text, 0)
                os.ftruncate(self._handle, len(text))
                os.fsync(self._handle)

    def add(self, entry: TallyEntry) -> None:
        """List an order before it is created; durable on return.

        Raises:
            OSError: it cannot be written.
        """
        with self._locked():
            self._write_entry(entry)
            os.fsync(self._handle)

    def count(self, number: int, entry: TallyEntry | None = None, *, closed_id: str = "") -> None:
        """Count a durable commit, with the order it changed or closed.

        Raises:
            OSError: it cannot be written.
        """
        with self._locked():
            head = self._read_head()
            if number > head.committed:
                self._write_head(TallyHead(head.file_id, head.version, number))
            if entry is not None:
                self._write_entry(entry)
            if closed_id and (offset := self._offset_of(closed_id)) is not None:
                os.pwrite(self._handle, _FREE, offset)

    def _read_head(self) -> TallyHead:
        line = os.pread(self._handle, LINE, 0)
        if line != self._head_line and (head := _parse_head(line)) is not None:
            self._head, self._head_line = head, line
        # If another program has emptied the file, go on from memory: the next start says what is missing.
        return self._head

    def _write_head(self, head: TallyHead) -> None:
        self._head, self._head_line = head, _head_line(head)
        os.pwrite(self._handle, self._head_line, 0)

    def _write_entry(self, entry: TallyEntry) -> None:
        offset = self._offset_of(entry.draft_id)
        if offset is None:
            # A line is used again after the next start only: another console may be about to write it.
            offset = self._offsets[entry.draft_id] = max(os.fstat(self._handle).st_size, LINE)
        else:
            written = _parse_entry(os.pread(self._handle, LINE, offset))
            if written is not None and written.revision > entry.revision:
                return  # another console was faster
        os.pwrite(self._handle, _entry_line(entry), offset)

    def _offset_of(self, draft_id: str) -> int | None:
        start = f"{draft_id} ".encode()
        known = self._offsets.get(draft_id)
        if known is None or not os.pread(self._handle, LINE, known).startswith(start):
            self._offsets.pop(draft_id, None)
            lines = _split(os.pread(self._handle, os.fstat(self._handle).st_size, 0))
            found = (number for number, line in enumerate(lines) if number and line.startswith(start))
            if (number := next(found, None)) is not None:
                self._offsets[draft_id] = number * LINE
        return self._offsets.get(draft_id)

    @contextmanager
    def _locked(self) -> Generator[None]:
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX)
        except OSError:
            # A file system without locks: two consoles may then be one commit behind.
            yield
            return
        try:
            yield
        finally:
            fcntl.flock(self._handle, fcntl.LOCK_UN)


def tally_path(database: Path) -> Path:
    """The tally of a database."""
    return database.with_name(database.name + TALLY_SUFFIX)


def read_tally(path: Path) -> TallyContent | None:
    """Read a tally; ``None`` if there is none.

    Raises:
        OSError: it cannot be read.
    """
    try:
        lines = _split(path.read_bytes())
    except FileNotFoundError:
        return None
    head = _parse_head(lines[0]) if lines else None
    used = [line for line in lines[1:] if line != _FREE]
    entries = [entry for line in used if (entry := _parse_entry(line)) is not None]
    return TallyContent(head, tuple(entries), is_damaged=head is None or len(entries) < len(used))


def _split(text: bytes) -> list[bytes]:
    return [text[start : start + LINE] for start in range(0, len(text), LINE)]


def _line(text: str) -> bytes:
    body = text.ljust(_BODY).encode()
    if len(body) > _BODY:
        raise ValueError("the id of an order is too long for the tally")
    return b"%b %08x\n" % (body, zlib.crc32(body))


_FREE: Final = _line("")
"""The line of an order that was closed."""


def _words(line: bytes) -> list[str]:
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return []
    return text.split()[:-1] if _line(text[:_BODY].rstrip()) == line else []


def _head_line(head: TallyHead) -> bytes:
    return _line(f"tally {head.file_id} {head.version} {head.committed}")


def _entry_line(entry: TallyEntry) -> bytes:
    return _line(
        f"{entry.draft_id} {entry.created_at!r} {entry.revision} {entry.edit_count} {entry.is_in_flight:d}"
    )


def _parse_head(line: bytes) -> TallyHead | None:
    match _words(line):
        case ["tally", file_id, version, committed]:
            return TallyHead(file_id, int(version), int(committed))
        case _:
            return None


def _parse_entry(line: bytes) -> TallyEntry | None:
    match _words(line):
        case [draft_id, created_at, revision, edit_count, is_in_flight]:
            return TallyEntry(
                draft_id, float(created_at), int(revision), int(edit_count), is_in_flight == "1"
            )
        case _:
            return None
