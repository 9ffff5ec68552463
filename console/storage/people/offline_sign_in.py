"""Signing in without a line: whether a password is the one the platform took a few days ago.

Used by the desk where the platform cannot be asked. The password itself is never kept: what is kept is
salted and slow to try, and worthless after five wrong tries.
"""

import asyncio
import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from console.ordering.customer import Operator
from console.ordering.stores import Location
from console.storage.database import Database
from console.storage.record_format import RecordFormat, Stored

MAX_FAILED_ATTEMPTS = 5
"""Wrong tries after which the operator must sign in with a line again."""

SCRYPT_PARALLELISM = 5
"""scrypt's parallelism, for 16 MB: what OWASP advises where memory is short, as on a counter's machine."""

_DAY = 86400.0
_CLOCK_SLACK = 3600.0


class OfflineResult(Enum):
    """What became of signing in without a line."""

    OK = auto()
    """It is the operator."""
    UNKNOWN_OPERATOR = auto()
    """This operator has never signed in here."""
    WRONG_PASSWORD = auto()
    """The password is another one."""
    EXPIRED = auto()
    """The last sign-in with a line is too long ago, or the settings allow none without."""
    TOO_MANY_ATTEMPTS = auto()
    """There were too many wrong tries."""


@dataclass(frozen=True, slots=True)
class OfflineSignIn:
    """The result, and who it is where it is ``OK``."""

    result: OfflineResult
    operator: Operator | None = None
    locations: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class _OperatorRecord:
    operator: Operator
    locations: tuple[Location, ...]


_OPERATOR = RecordFormat(Stored[_OperatorRecord])


@dataclass(frozen=True, slots=True)
class _StoredVerifier:
    text: str
    salt: bytes
    verifier: bytes


class OperatorStore:
    """The operators in a file that was opened with ``schema.PEOPLE``. Times are Unix seconds.

    ``days`` is the settings' ``offline_sign_in_days``. Every method raises ``StorageError`` where the
    file cannot be read or written.
    """

    def __init__(self, database: Database, *, random: Callable[[int], bytes] = secrets.token_bytes) -> None:
        """``random(n)`` gives n random bytes, for the salt."""
        self._database = database
        self._random = random

    async def remember(
        self,
        profile: str,
        operator: Operator,
        locations: tuple[Location, ...],
        password: str,
        *,
        now: float,
        days: int,
    ) -> None:
        """Keep who has just signed in with a line; with ``days`` 0, forget him instead."""
        if days <= 0:
            await self.forget(profile, operator.user_name)
            return
        salt = self._random(16)
        verifier = await asyncio.to_thread(_scrypt_verifier, password, salt)
        row = (
            *(profile, _normalized(operator.user_name), _OPERATOR.dump(_OperatorRecord(operator, locations))),
            *(salt, verifier, 0, now),
        )
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO operator"
                " (profile, user_name, operator, salt, verifier, wrong, signed_in_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        )

    async def verify(
        self, profile: str, user_name: str, password: str, *, now: float, days: int
    ) -> OfflineSignIn:
        """Whether this operator may sign in without a line.

        A try counts as wrong before it is judged, so that ending the program does not give it back.

        Raises:
            UnreadableRecord: what was kept of the operator is damaged.
        """
        key = (profile, _normalized(user_name))
        stored = await self._database.write(lambda connection: _begin_attempt(connection, key, now, days))
        if isinstance(stored, OfflineResult):
            return OfflineSignIn(stored)
        attempt = await asyncio.to_thread(_scrypt_verifier, password, stored.salt)
        if not hmac.compare_digest(attempt, stored.verifier):
            await self._database.write(lambda connection: _clear_after_failures(connection, key))
            return OfflineSignIn(OfflineResult.WRONG_PASSWORD)
        record = _OPERATOR.load(stored.text)
        await self._database.write(
            lambda connection: connection.execute(
                "UPDATE operator SET wrong = wrong - 1 WHERE profile = ? AND user_name = ? AND salt = ?",
                (*key, stored.salt),
            )
        )
        return OfflineSignIn(OfflineResult.OK, record.operator, record.locations)

    async def forget(self, profile: str, user_name: str) -> None:
        """Delete what is kept of an operator; one who is not kept is no fault."""
        await self._database.write(
            lambda connection: connection.execute(
                "DELETE FROM operator WHERE profile = ? AND user_name = ?", (profile, _normalized(user_name))
            )
        )

    async def wipe(self) -> int:
        """Forget every operator of every profile, the file's free space and log included; how many.

        Raises:
            StorageError: as ever, and where another console keeps the log from being emptied.
        """
        return await self._database.wipe("operator")


def _begin_attempt(
    connection: sqlite3.Connection, key: tuple[str, str], now: float, days: int
) -> _StoredVerifier | OfflineResult:
    row = connection.execute(
        "SELECT operator, salt, verifier, wrong, signed_in_at FROM operator"
        " WHERE profile = ? AND user_name = ?",
        key,
    ).fetchone()
    if row is None:
        return OfflineResult.UNKNOWN_OPERATOR
    text, salt, verifier, failed_attempts, signed_in_at = row
    if failed_attempts >= MAX_FAILED_ATTEMPTS:
        return OfflineResult.TOO_MANY_ATTEMPTS
    # Nor may the clock be set back to before the sign-in, to gain days.
    if not verifier or not signed_in_at - _CLOCK_SLACK <= now < signed_in_at + days * _DAY:
        _clear_verifier(connection, key)
        return OfflineResult.EXPIRED
    connection.execute("UPDATE operator SET wrong = wrong + 1 WHERE profile = ? AND user_name = ?", key)
    return _StoredVerifier(text, salt, verifier)


def _clear_after_failures(connection: sqlite3.Connection, key: tuple[str, str]) -> None:
    row = connection.execute("SELECT wrong FROM operator WHERE profile = ? AND user_name = ?", key).fetchone()
    if row is not None and row[0] >= MAX_FAILED_ATTEMPTS:
        _clear_verifier(connection, key)


def _clear_verifier(connection: sqlite3.Connection, key: tuple[str, str]) -> None:
    # What is of no more use must not be there to be tried elsewhere.
    connection.execute("UPDATE operator SET verifier = x'' WHERE profile = ? AND user_name = ?", key)


def _scrypt_verifier(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"), salt=salt, n=2**14, r=8, p=SCRYPT_PARALLELISM
    )


def _normalized(user_name: str) -> str:
    return user_name.strip().casefold()
