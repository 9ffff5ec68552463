"""Secrets in a file of this user's own, for machines without a keyring."""

import json
import os
import threading
from pathlib import Path
from typing import cast

from console.config.private_files import ensure_private_folder, write_private_file


class SecretError(Exception):
    """A secret cannot be read or saved; neither ``message`` nor ``diagnostics`` contains one."""

    def __init__(self, message: str, *, diagnostics: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.diagnostics = diagnostics


class SecretFile:
    """A JSON object of secrets by key, mode 0600. Its methods block: call them on a thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()

    def is_writable(self) -> bool:
        """Return True if its folder can be created and written to."""
        try:
            return os.access(ensure_private_folder(self.path.resolve().parent), os.W_OK | os.X_OK)
        except OSError:
            return False

    def get(self, key: str) -> str | None:
        """Return a secret, or None.

        Raises:
            SecretError: the file is damaged or cannot be read.
        """
        return self._read().get(key)

    def set(self, key: str, value: str) -> None:
        """Save a secret.

        Raises:
            SecretError: the file is damaged, or cannot be written; it is unchanged.
        """
        with self._lock:
            self._write({**self._read(), key: value})

    def delete(self, key: str) -> None:
        """Delete a secret, if there is one.

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
        # The parser's own message would quote the file, and so a secret.
        raise SecretError(f"{self.path} is damaged: repair it, or move it away and enter the secrets again.")

    def _write(self, secrets: dict[str, str]) -> None:
        try:
            write_private_file(self.path, json.dumps(secrets, indent=1, sort_keys=True).encode())
        except OSError as error:
            raise SecretError(f"The secrets in {self.path} cannot be written: {error.strerror}.") from error
