"""Offline sign-in: check a password that the platform accepted in the last few days.

The password itself is never stored, only a salted, slow hash, which is deleted after five failed attempts.
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
"""Failed attempts after which the operator must sign in online again."""

SCRYPT_PARALLELISM = 5
"""scrypt's parallelism for 16 MB: the OWASP advice where memory is short, as on a shop's machine."""

_DAY = 86400.0
_CLOCK_SLACK = 3600.0


class OfflineResult(Enum):
    """Result of an offline sign-in."""

    OK = auto()
    """The password is right."""
    UNKNOWN_OPERATOR = auto()
    """This operator has never signed in here."""
    WRONG_PASSWORD = auto()
    """The password is wrong."""
    EXPIRED = auto()
    """The last online sign-in is too long ago, or the settings do not allow offline sign-in."""
    TOO_MANY_ATTEMPTS = auto()
    """There were too many failed attempts."""


@dataclass(frozen=True, slots=True)
class OfflineSignIn:
    """The result, with the operator and the locations if it is ``OK``."""

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
    """The operators in a file opened with ``schema.PEOPLE``. Times are Unix seconds.

    ``days`` is the setting ``offline_sign_in_days``. Every method raises ``StorageError`` if the file cannot
    be read or written.
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
        """Save an operator who has signed in online; with ``days`` 0, delete the record."""
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
                " (profile, user_name, operator, salt, verifier, failed_attempts, signed_in_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        )

    async def verify(
        self, profile: str, user_name: str, password: str, *, now: float, days: int
    ) -> OfflineSignIn:
        """Check if this operator may sign in offline.

        An attempt counts as failed before it is checked, so that ending the program does not give it back.

        Raises:
            StorageError: as ever, or the attempt cannot be counted on the disk.
            UnreadableRecord: the record of the operator is damaged.
        """
        key = (profile, _normalized(user_name))
        stored = await self._database.write(
            lambda connection: _begin_attempt(connection, key, now, days), must_last=True
        )
        if isinstance(stored, OfflineResult):
            return OfflineSignIn(stored)
        attempt = await asyncio.to_thread(_scrypt_verifier, password, stored.salt)
        if not hmac.compare_digest(attempt, stored.verifier):
            await self._database.write(lambda connection: _clear_after_failures(connection, key))
            return OfflineSignIn(OfflineResult.WRONG_PASSWORD)
        record = _OPERATOR.load(stored.text)
        await self._database.write(
            lambda connection: connection.execute(
                "UPDATE operator SET failed_attempts = failed_attempts - 1"
                " WHERE profile = ? AND user_name = ? AND salt = ?",
                (*key, stored.salt),
            )
        )
        return OfflineSignIn(OfflineResult.OK, record.operator, record.locations)

    async def forget(self, profile: str, user_name: str) -> None:
        """Delete the record of an operator; an unknown one is allowed."""
        await self._database.write(
            lambda connection: connection.execute(
                "DELETE FROM operator WHERE profile = ? AND user_name = ?", (profile, _normalized(user_name))
            )
        )

    async def wipe(self) -> int:
        """Delete every operator of every profile, from the log too; return how many.

        Raises:
            StorageError: as ever, or another console keeps the log from being emptied.
        """
        return await self._database.wipe("operator")


def _begin_attempt(
    connection: sqlite3.Connection, key: tuple[str, str], now: float, days: int
) -> _StoredVerifier | OfflineResult:
    row = connection.execute(
        "SELECT operator, salt, verifier, failed_attempts, signed_in_at FROM operator"
        " WHERE profile = ? AND user_name = ?",
        key,
    ).fetchone()
    if row is None:
        return OfflineResult.UNKNOWN_OPERATOR
    text, salt, verifier, failed_attempts, signed_in_at = row
    if failed_attempts >= MAX_FAILED_ATTEMPTS:
        return OfflineResult.TOO_MANY_ATTEMPTS
    # The clock must not be set back to before the sign-in to gain days.
    if not verifier or not signed_in_at - _CLOCK_SLACK <= now < signed_in_at + days * _DAY:
        _clear_verifier(connection, key)
        return OfflineResult.EXPIRED
    connection.execute(
        "UPDATE operator SET failed_attempts = failed_attempts + 1 WHERE profile = ? AND user_name = ?", key
    )
    return _StoredVerifier(text, salt, verifier)


def _clear_after_failures(connection: sqlite3.Connection, key: tuple[str, str]) -> None:
    row = connection.execute(
        "SELECT failed_attempts FROM operator WHERE profile = ? AND user_name = ?", key
    ).fetchone()
    if row is not None and row[0] >= MAX_FAILED_ATTEMPTS:
        _clear_verifier(connection, key)


def _clear_verifier(connection: sqlite3.Connection, key: tuple[str, str]) -> None:
    # A hash that is of no more use must not be left for an attack elsewhere.
    connection.execute("UPDATE operator SET verifier = x'' WHERE profile = ? AND user_name = ?", key)


def _scrypt_verifier(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"), salt=salt, n=2**14, r=8, p=SCRYPT_PARALLELISM
    )


def _normalized(user_name: str) -> str:
    return user_name.strip().casefold()
