"""The audit trail: who did what and when, one JSON object per row, append-only.

Every act that an owner may ask about later is recorded; any text tool reads the file.
"""

import fcntl
import json
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from console.config.private_files import ensure_private_folder

AuditValue = str | int | float | bool | Decimal | None


class AuditRecorder(Protocol):
    """Adds a record, and reports failures by itself."""

    def __call__(self, event: str, /, **fields: AuditValue) -> None:
        """Add a record."""
        ...


MAX_TEXT_LENGTH = 500
"""Characters of one field; a longer text is truncated."""

MAX_FIELDS = 30

_SECRET_WORDS = ("password", "passwd", "secret", "token", "signature", "authorization", "credential")


class AuditTrail:
    """An append-only file. Several consoles may write to the same one."""

    def __init__(self, path: Path, *, clock: Callable[[], float], rotate_at: int = 5_000_000) -> None:
        """``clock`` returns Unix seconds; beyond ``rotate_at`` bytes the file is renamed to ``<name>.1``."""
        self._path = path
        self._clock = clock
        self._rotate_at = rotate_at
        self._lock = threading.Lock()
        self.problem: str | None = None
        """Why the last record was not written, as a sentence; None if it was."""

    def record(self, event: str, /, **fields: AuditValue) -> str | None:
        """Add a record and return ``problem``.

        Control characters are escaped, long texts truncated.

        Raises:
            ValueError: a field is named like a secret, or there are too many.
        """
        _check_fields(fields)
        moment = datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="milliseconds")
        entry = {"at": moment, "event": _truncate(event)} | {key: _truncate(fields[key]) for key in fields}
        # json.dumps escapes all that is not ASCII, and every control character but DEL.
        line = json.dumps(entry).replace("\x7f", "\\u007f") + "\n"
        with self._lock:
            try:
                self._append(line.encode())
            except OSError as error:
                self.problem = f"The audit trail {self._path} cannot be written: {error.strerror or error}."
            else:
                self.problem = None
        return self.problem

    def _append(self, line: bytes) -> None:
        ensure_private_folder(self._path.parent)
        while True:
            # A pipe in the file's place is an error, not something to wait for.
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NONBLOCK, 0o600)
            try:
                # Another console may have renamed the file between opening and locking.
                fcntl.flock(handle, fcntl.LOCK_EX)
                file_status = os.fstat(handle)
                if not self._path.exists() or not os.path.samestat(file_status, self._path.stat()):
                    continue
                if file_status.st_size and file_status.st_size + len(line) > self._rotate_at:
                    self._path.replace(self._path.with_name(f"{self._path.name}.1"))
                    continue
                _write_all(handle, line, file_status.st_size)
                return
            finally:
                os.close(handle)


class ReportingRecorder:
    """Records to a trail, and reports once when it cannot be written, until it can be again."""

    def __init__(self, trail: AuditTrail, report: Callable[[str, Callable[[], bool]], None]) -> None:
        """``report`` takes a problem, and what tells whether it lasts."""
        self._trail = trail
        self._report = report

    def __call__(self, event: str, /, **fields: AuditValue) -> None:
        """Add a record."""
        previous_problem = self._trail.problem
        problem = self._trail.record(event, **fields)
        if problem and problem != previous_problem:
            self._report(problem, lambda: self._trail.problem == problem)


def _write_all(handle: int, line: bytes, size: int) -> None:
    written = os.write(handle, line)
    if written < len(line):
        # Half a record would spoil the next one as well.
        os.ftruncate(handle, size)
        raise OSError(f"only {written} of {len(line)} bytes were written")


def _check_fields(fields: dict[str, AuditValue]) -> None:
    if len(fields) > MAX_FIELDS:
        raise ValueError(f"an audit record has at most {MAX_FIELDS} fields")
    for name in fields:
        if name in {"at", "event"} or any(word in name.lower().replace("_", "") for word in _SECRET_WORDS):
            raise ValueError(f"{name} does not belong into the audit trail")


def _truncate(value: AuditValue) -> str | int | float | bool | None:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str) and len(value) > MAX_TEXT_LENGTH:
        return f"{value[: MAX_TEXT_LENGTH - 1]}…"
    return value
