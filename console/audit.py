"""The audit trail: who did what and when, one JSON object a line, only ever added to.

Written by the desk at every act that an owner may ask about later; read with any text tool.
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
    """Something that adds to the trail and has its own way of telling that it could not."""

    def __call__(self, event: str, /, **fields: AuditValue) -> None: ...


MAX_TEXT_LENGTH = 500
"""Characters of one field; the rest is cut off."""

MAX_FIELDS = 30

_SECRET_WORDS = ("password", "passwd", "secret", "token", "signature", "authorization", "credential")


class AuditTrail:
    """One trail. Several consoles may write to the same one."""

    def __init__(self, path: Path, *, clock: Callable[[], float], rotate_at: int = 5_000_000) -> None:
        """``clock`` gives Unix seconds; beyond ``rotate_at`` bytes the trail is renamed to ``<name>.1``."""
        self._path = path
        self._clock = clock
        self._rotate_at = rotate_at
        self._lock = threading.Lock()
        self.problem: str | None = None
        """Why the last record was not written, as a sentence; ``None`` once one was."""

    def record(self, event: str, /, **fields: AuditValue) -> str | None:
        """Add a line; returns why it was not written, which ``problem`` keeps until one is.

        Control characters are escaped, long texts cut.

        Raises:
            ValueError: a field's name says that it is a secret, or there are too many of them.
        """
        _check_fields(fields)
        moment = datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="milliseconds")
        entry = {"at": moment, "event": _truncate(event)} | {key: _truncate(fields[key]) for key in fields}
        # JSON escapes every control character but this one, and all that is not ASCII.
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
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                # Another console may have renamed it between opening and locking.
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


def _write_all(handle: int, line: bytes, size: int) -> None:
    written = os.write(handle, line)
    if written < len(line):
        # Half a line would spoil the next one as well.
        os.ftruncate(handle, size)
        raise OSError(f"only {written} of {len(line)} bytes fitted")


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
