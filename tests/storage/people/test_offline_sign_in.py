"""Signing in offline."""

import asyncio
import hashlib
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from console.ordering.customer import Operator
from console.ordering.stores import Location
from console.storage import schema
from console.storage.database import Database
from console.storage.people.offline_sign_in import (
    MAX_FAILED_ATTEMPTS,
    OfflineResult,
    OfflineSignIn,
    OperatorStore,
)

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("fast_password_hashing")]

NOON = 1_700_000_000.0
DAY = 86400
RAVI = Operator("op-1", "Ravi", "Ravi K", ("Agent", "Supervisor"))
STORES = (
    Location(27299, "S1", "Salmiya", "Kuwait", latitude=29.33, longitude=48.07),
    Location(2, "S2", "Hawally"),
)
PASSWORD = "pass word ✓"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.sqlite"


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    async with await Database.open(file, migrations=schema.PEOPLE, synchronous="NORMAL") as database:
        yield database


@pytest.fixture
async def store(database: Database) -> OperatorStore:
    store = OperatorStore(database, random=Random(7).randbytes)
    await remember(store)
    return store


async def remember(store: OperatorStore, days: int = 7) -> None:
    await store.remember("Shop", RAVI, STORES, PASSWORD, now=NOON, days=days)


async def tried(
    store: OperatorStore,
    password: str = PASSWORD,
    *,
    user_name: str = "Ravi",
    now: float = NOON + 60,
    days: int = 7,
) -> OfflineResult:
    return (await store.verify("Shop", user_name, password, now=now, days=days)).result


async def stored_values(database: Database, column: str) -> list[object]:
    rows = await database.run(lambda connection: connection.execute("SELECT * FROM operator").fetchall())
    place = ("profile", "user_name", "operator", "salt", "verifier", "failed_attempts", "signed_in_at").index(
        column
    )
    return [row[place] for row in rows]


def holds(folder: Path, text: bytes) -> bool:
    return any(text in file.read_bytes() for file in folder.iterdir())


async def test_the_right_password_gives_the_operator_and_the_stores(store: OperatorStore) -> None:
    signed_in = await store.verify("Shop", " ravi", PASSWORD, now=NOON + 60, days=7)
    assert signed_in == OfflineSignIn(OfflineResult.OK, RAVI, STORES)


async def test_a_wrong_password_gives_nobody(store: OperatorStore) -> None:
    signed_in = await store.verify("Shop", "Ravi", "guess", now=NOON + 60, days=7)
    assert signed_in == OfflineSignIn(OfflineResult.WRONG_PASSWORD)


async def test_one_who_never_signed_in_here_is_unknown(store: OperatorStore) -> None:
    assert await tried(store, user_name="Asha") is OfflineResult.UNKNOWN_OPERATOR
    assert (
        await store.verify("Other", "Ravi", PASSWORD, now=NOON, days=7)
    ).result is OfflineResult.UNKNOWN_OPERATOR


@pytest.mark.parametrize(
    ("now", "result"),
    [
        (NOON + 7 * DAY - 1, OfflineResult.OK),
        (NOON + 7 * DAY, OfflineResult.EXPIRED),
        (NOON - 60, OfflineResult.OK),
        (NOON - DAY, OfflineResult.EXPIRED),
    ],
)
async def test_offline_sign_in_ends_after_days_or_clock_set_back(
    store: OperatorStore, now: float, result: OfflineResult
) -> None:
    """Offline sign-in ends after the settings' days, and when the clock is set back."""
    assert await tried(store, now=now) is result


async def test_what_has_expired_stays_so_and_nothing_is_left_to_try(
    store: OperatorStore, database: Database
) -> None:
    await tried(store, now=NOON + 7 * DAY)
    assert await tried(store, now=NOON) is OfflineResult.EXPIRED
    assert await stored_values(database, "verifier") == [b""]


async def test_with_0_days_it_never_is_and_nothing_is_saved(store: OperatorStore, database: Database) -> None:
    assert await tried(store, days=0) is OfflineResult.EXPIRED
    await remember(store, days=0)
    assert await stored_values(database, "verifier") == []


async def test_five_wrong_tries_end_it_for_the_right_password_too(
    store: OperatorStore, database: Database
) -> None:
    results = [await tried(store, "guess") for _ in range(MAX_FAILED_ATTEMPTS + 1)]
    assert results == [OfflineResult.WRONG_PASSWORD] * MAX_FAILED_ATTEMPTS + [OfflineResult.TOO_MANY_ATTEMPTS]
    assert await tried(store) is OfflineResult.TOO_MANY_ATTEMPTS
    assert await stored_values(database, "verifier") == [b""]


async def test_a_right_try_neither_counts_nor_gives_wrong_ones_back(store: OperatorStore) -> None:
    for password in ("guess", PASSWORD, "guess", PASSWORD, "guess", PASSWORD, "guess"):
        await tried(store, password)
    assert await tried(store) is OfflineResult.OK
    await tried(store, "guess")
    assert await tried(store) is OfflineResult.TOO_MANY_ATTEMPTS


async def test_signing_in_with_a_line_gives_the_tries_back(store: OperatorStore) -> None:
    for _ in range(MAX_FAILED_ATTEMPTS):
        await tried(store, "guess")
    await remember(store)
    assert await tried(store) is OfflineResult.OK


async def test_parallel_tries_are_counted_before_they_are_checked(store: OperatorStore) -> None:
    results = await asyncio.gather(*(tried(store, "guess") for _ in range(MAX_FAILED_ATTEMPTS + 3)))
    assert results.count(OfflineResult.WRONG_PASSWORD) == MAX_FAILED_ATTEMPTS
    assert results.count(OfflineResult.TOO_MANY_ATTEMPTS) == 3


async def test_the_password_is_nowhere_in_the_files(store: OperatorStore, file: Path) -> None:
    await tried(store, "a wrong guess")
    assert not holds(file.parent, PASSWORD.encode())
    assert not holds(file.parent, b"a wrong guess")


async def test_equal_passwords_are_stored_differently(store: OperatorStore, database: Database) -> None:
    other = Operator("op-2", "Asha", "Asha")
    await store.remember("Shop", other, (), PASSWORD, now=NOON, days=7)
    assert len(set(await stored_values(database, "verifier"))) == 2
    assert await tried(store, user_name="asha") is OfflineResult.OK


async def test_a_forgotten_operator_is_unknown(store: OperatorStore) -> None:
    await store.forget("Shop", "RAVI")
    assert await tried(store) is OfflineResult.UNKNOWN_OPERATOR


async def test_wiping_leaves_no_operator_and_no_trace(store: OperatorStore, file: Path) -> None:
    assert holds(file.parent, RAVI.name.encode())
    assert await store.wipe() == 1
    assert await tried(store) is OfflineResult.UNKNOWN_OPERATOR
    assert not holds(file.parent, RAVI.name.encode())


async def test_checking_a_password_leaves_the_event_loop_free(
    store: OperatorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = threading.get_ident()
    threads: list[int] = []
    hashed = hashlib.scrypt

    def watched(password: bytes, **how: Any) -> bytes:
        threads.append(threading.get_ident())
        return hashed(password, **how)

    monkeypatch.setattr(hashlib, "scrypt", watched)
    await tried(store)
    await remember(store)
    assert len(threads) == 2
    assert here not in threads


async def test_a_guess_costs_as_much_as_is_advised_today(
    store: OperatorStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # the cost in use, not the tests' own
    asked: list[dict[str, Any]] = []

    def watched(_password: bytes, **how: Any) -> bytes:
        asked.append(how)
        return b"x" * 64

    monkeypatch.setattr(hashlib, "scrypt", watched)
    await tried(store)
    (how,) = asked
    # OWASP's password storage cheat sheet: N=2^17, r=8, p=1, or less memory for more rounds.
    assert (how["n"], how["r"], how["p"]) in {(2**17, 8, 1), (2**16, 8, 2), (2**15, 8, 3), (2**14, 8, 5)}
    assert len(how["salt"]) >= 16
