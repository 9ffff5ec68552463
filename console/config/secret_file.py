"""Secrets in a file of this user's own, for machines without a keyring.

Used by ``console.config.secret_store``, which also decides when.
"""

import json
import os
import threading
from pathlib import Path
from typing import cast

from console.config.private_files import ensure_private_folder, write_private_file


class SecretError(Exception):
    """A secret cannot be read or kept; ``message`` is for the operator, ``diagnostics`` holds no secret."""

    def __init__(self, message: str, *, diagnostics: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.diagnostics = diagnostics


class SecretFile:
    """A JSON object of secrets by key, mode 0600, replaced whole. Its methods block: use a thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()

    def is_writable(self) -> bool:
        """Whether its folder can be made and written to."""
        try:
            return os.access(ensure_private_folder(self.path.resolve().parent), os.W_OK | os.X_OK)
        except OSError:
            return False

    def get(self, key: str) -> str | None:
        """The secret, ``None`` where there is none.

        Raises:
            SecretError: the file is damaged or cannot be read.
        """
        return self._read().get(key)

    def set(self, key: str, value: str) -> None:
        """Keep a secret.

        Raises:
            SecretError: the file is damaged, or cannot be written; it is as it was.
        """
        with self._lock:
            self._write({**self._read(), key: value})

    def delete(self, key: str) -> None:
        """Forget a secret; one that is not there is no fault.

        Raises:
            SecretError: as for ``set``.
        """
        with self._lock:
            secrets = self._read()
            if key in secrets:
                del secrets[key]
                self._write(secrets)

    def _read(self) -> dict[str, str]:
        try:
            raw = self.path.read_bytes()
            if self.path.stat().st_mode & 0o077:
                self.path.chmod(0o600)
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as error:
            raise SecretError(f"The secrets in {self.path} cannot be read: {error.strerror}.") from error
        try:
            data: object = json.loads(raw)
        except (ValueError, RecursionError):
            data = None
        if isinstance(data, dict):
            entries = cast("dict[str, object]", data)
            secrets = {key: value for key, value in entries.items() if isinstance(value, str)}
            if len(secrets) == len(entries):
                return secrets
        # The parser's own message would quote the file, and with it a secret.
        raise SecretError(f"{self.path} is damaged: mend it, or move it away and enter the secrets again.")

    def _write(self, secrets: dict[str, str]) -> None:
        try:
            write_private_file(self.path, json.dumps(secrets, indent=1, sort_keys=True).encode())
        except OSError as error:
            raise SecretError(f"The secrets in {self.path} cannot be written: {error.strerror}.") from error
