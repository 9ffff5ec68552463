"""Consumer secrets: in the system's keyring, else a private file, else the environment.

The operator's password is never stored.
"""

import asyncio
import importlib
import os
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar, cast

from console.config.secret_file import SecretError, SecretFile

__all__ = ["Backend", "Keyring", "KeyringModule", "SecretError", "SecretStore", "secret_variable"]

T = TypeVar("T")

_SERVICE = "store-console"
KEYRING_EXTRA = "store-console[keyring]"
"""The installation that can use the system's keyring; without it, secrets are in a file."""


class Backend(StrEnum):
    """Where a new secret is saved."""

    KEYRING = "keyring"
    FILE = "file"
    ENVIRONMENT = "environment"


class Keyring(Protocol):
    """The part of a keyring backend that is used."""

    def get_password(self, service: str, username: str, /) -> str | None:
        """Return a secret, or None."""
        ...

    def set_password(self, service: str, username: str, password: str, /) -> None:
        """Save a secret."""
        ...

    def delete_password(self, service: str, username: str, /) -> None:
        """Delete a secret; an error where there is none."""
        ...


class KeyringModule(Protocol):
    """The part of the keyring library that is used."""

    def get_keyring(self) -> object:
        """Return the backend chosen for this machine."""
        ...


def _import_keyring() -> KeyringModule:
    # Importing it takes a third of the start-up time, and most starts need no secret.
    return cast("KeyringModule", importlib.import_module("keyring"))


def secret_variable(profile: str, name: str) -> str:
    """Return the environment variable of a secret: letters, digits and underscores."""
    return re.sub(r"\W", "_", f"STORE_CONSOLE_SECRET_{profile}_{name}", flags=re.ASCII).upper()


class SecretStore:
    """The secrets of every profile. The keyring is looked up once, at the first use."""

    def __init__(
        self,
        file: Path,
        *,
        environ: Mapping[str, str] = os.environ,
        keyring: Callable[[], KeyringModule] = _import_keyring,
        deadline: float = 2.0,
    ) -> None:
        """``file`` is used without a keyring; a keyring must respond within ``deadline`` seconds."""
        self._file = SecretFile(file)
        self._environ = environ
        self._load_keyring_module = keyring
        self._deadline = deadline
        self._keyring: Keyring | None = None
        self._keyring_problem = ""
        self._backend_lock = asyncio.Lock()
        self._backend: Backend | None = None

    def __repr__(self) -> str:
        """Return the path of its file; secrets are never part of it."""
        return f"SecretStore({str(self._file.path)!r})"

    async def backend(self) -> Backend:
        """Return where a new secret would be saved."""
        async with self._backend_lock:
            if self._backend is None:
                self._keyring, self._keyring_problem = await self._find_keyring()
                if self._keyring is not None:
                    self._backend = Backend.KEYRING
                elif await asyncio.to_thread(self._file.is_writable):
                    self._backend = Backend.FILE
                else:
                    self._backend = Backend.ENVIRONMENT
            return self._backend

    async def describe(self) -> str:
        """Return a sentence on where secrets are saved, and why not in the keyring."""
        match await self.backend():
            case Backend.KEYRING:
                return f"Secrets are in the system's keyring ({type(self._keyring).__module__})."
            case Backend.FILE:
                return f"Secrets are in {self._file.path}, for this user only: {self._keyring_problem}."
            case Backend.ENVIRONMENT:
                return (
                    f"Secrets are read from the environment only: {self._keyring_problem}, "
                    f"and {self._file.path} cannot be written."
                )

    async def get(self, profile: str, name: str) -> str | None:
        """Return a secret, or None. An environment variable comes first.

        Raises:
            SecretError: the keyring or the file cannot be read.
        """
        if value := self._environ.get(secret_variable(profile, name)):
            return value
        key = _key(profile, name)
        if await self.backend() is Backend.KEYRING:
            value = await self._call_keyring(lambda keyring: keyring.get_password(_SERVICE, key))
            if value is not None:
                return value
        # It may have been saved there before this machine had a keyring.
        return await asyncio.to_thread(self._file.get, key)

    async def set(self, profile: str, name: str, value: str) -> None:
        """Save a secret, replacing an older one.

        Raises:
            SecretError: it cannot be saved; the message names the variable to set instead.
        """
        key = _key(profile, name)
        match await self.backend():
            case Backend.KEYRING:
                await self._call_keyring(lambda keyring: keyring.set_password(_SERVICE, key, value))
                await asyncio.to_thread(self._file.delete, key)
            case Backend.FILE:
                await asyncio.to_thread(self._file.set, key, value)
            case Backend.ENVIRONMENT:
                variable = secret_variable(profile, name)
                raise SecretError(f"This machine cannot save a secret: set {variable} in the environment.")

    async def delete(self, profile: str, name: str) -> None:
        """Delete a secret from wherever it is saved, if there is one.

        Raises:
            SecretError: it may still be there.
        """
        key = _key(profile, name)

        def delete_password(keyring: Keyring) -> None:
            if keyring.get_password(_SERVICE, key) is not None:
                keyring.delete_password(_SERVICE, key)

        if await self.backend() is Backend.KEYRING:
            await self._call_keyring(delete_password)
        await asyncio.to_thread(self._file.delete, key)

    async def _call_keyring(self, call: Callable[[Keyring], T]) -> T:
        keyring = self._keyring
        if keyring is None:
            raise SecretError("The system's keyring is not in use.")
        try:
            return await _run_with_deadline(lambda: call(keyring), self._deadline)
        except TimeoutError as error:
            raise SecretError("The system's keyring does not respond: unlock it and try again.") from error

    async def _find_keyring(self) -> tuple[Keyring | None, str]:
        def find_and_probe() -> Keyring | None:
            found = usable_keyring(self._load_keyring_module().get_keyring())
            if found is not None:
                # A locked or broken one shows it at the first request.
                found.get_password(_SERVICE, "probe")
            return found

        try:
            found = await _run_with_deadline(find_and_probe, self._deadline)
        except TimeoutError:
            return None, "the system's keyring did not respond in time"
        except SecretError as error:
            if error.diagnostics == ModuleNotFoundError.__name__:
                return None, f"the system's keyring needs {KEYRING_EXTRA} to be installed"
            return None, f"the system's keyring is broken ({error.diagnostics})"
        return found, "" if found else "the system has no keyring"


def usable_keyring(backend: object) -> Keyring | None:
    """Return the first backend of a chain, or the only one, that really saves secrets, or None."""
    chain = getattr(backend, "backends", None)
    candidates = cast("Iterable[object]", chain) if isinstance(chain, Iterable) else (backend,)
    return next((cast("Keyring", each) for each in candidates if _is_usable(each)), None)


def _is_usable(backend: object) -> bool:
    # keyrings.alt writes plain text to a file without saying so; the other two save nothing.
    unusable = ("keyrings.alt.", "keyring.backends.fail.", "keyring.backends.null.")
    return not any(f"{base.__module__}.".startswith(unusable) for base in type(backend).__mro__)


def _key(profile: str, name: str) -> str:
    return f"{profile}/{name}"


async def _run_with_deadline(work: Callable[[], T], seconds: float) -> T:
    # A daemon thread of its own: a keyring that hangs must not block the exit of the program.
    loop = asyncio.get_running_loop()
    result: asyncio.Future[T] = loop.create_future()

    def run() -> None:
        try:
            deliver = partial(_set_result, result, _translate_errors(work))
        except SecretError as error:
            # Drop the cause, which may quote the secret.
            deliver = partial(_set_exception, result, SecretError(str(error), diagnostics=error.diagnostics))
        with suppress(RuntimeError):  # the loop is closed: nobody waits for the result
            loop.call_soon_threadsafe(deliver)

    threading.Thread(target=run, name="keyring", daemon=True).start()
    return await asyncio.wait_for(result, seconds)


def _translate_errors(work: Callable[[], T]) -> T:
    try:
        return work()
    except Exception as error:  # every backend raises errors of its own
        raise SecretError(
            "The system's keyring refused: unlock it and try again.", diagnostics=type(error).__name__
        ) from error


def _set_result(future: asyncio.Future[T], value: T) -> None:
    if not future.done():
        future.set_result(value)


def _set_exception(future: asyncio.Future[T], error: SecretError) -> None:
    if not future.done():
        future.set_exception(error)
