"""Files that work goes on without: menu and recent customers are kept in memory where a file fails."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from threading import Event, Thread, current_thread

import pytest

from console.ordering.customer import Customer, Operator
from console.ordering.stores import Location
from console.storage import schema
from console.storage.database import Database
from console.storage.errors import StorageError
from console.storage.people.offline_sign_in import OfflineResult, OperatorStore
from console.storage.people.rebuild import PeopleSafeguard
from console.storage.people.recent_customers import RecentCustomerStore
from tests.storage.damage import NOON, companion

pytestmark = pytest.mark.anyio

IN_MEMORY = "Recent customers are kept in memory until the console ends."
TOM = Customer("C1", "tom", "Tom", "Jones", "123", "")
SARA = Customer("C2", "sara", "Sara", "Lee", "456", "")
RAVI = Operator("op-1", "ravi", "Ravi", ())
STORE = Location(1, "S1", "Store")


async def open_people(file: Path) -> Database:
    return await Database.open(
        file,
        migrations=schema.PEOPLE,
        synchronous="NORMAL",
        safeguard=PeopleSafeguard(),
        in_memory=IN_MEMORY,
        clock=lambda: NOON,
    )


async def remember(database: Database, customer: Customer, at: float = NOON) -> None:
    await RecentCustomerStore(database).remember("Shop", customer, now=at, days=7)


async def recent(database: Database) -> list[str]:
    found = await RecentCustomerStore(database).recent("Shop", limit=9, now=NOON + 2, days=7)
    return [customer.user_id for customer in found]


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[Database]:
    async with await open_people(tmp_path / "people.sqlite") as database:
        await remember(database, TOM)
        database.on_notice = told.append
        told.clear()
        yield database


told: list[str] = []


async def goes_on_in_memory(people: Database, sentence: str) -> None:
    """Serve another customer: both are listed, and the operator is told once."""
    await remember(people, SARA, NOON + 1)
    assert await recent(people) == ["C2", "C1"]
    await remember(people, SARA, NOON + 1)
    assert told == [f"{sentence} {IN_MEMORY}"]


async def test_folder_in_place_of_the_file_blocks_nothing(tmp_path: Path) -> None:
    (tmp_path / "menu.sqlite").mkdir()
    async with await Database.open(
        tmp_path / "menu.sqlite", migrations=schema.CATALOGUE, synchronous="NORMAL", in_memory="In memory."
    ) as database:
        assert database.notice.endswith("cannot be used: Is a directory. In memory.")
        assert await database.read(lambda c: c.execute("SELECT count(*) FROM product").fetchone()) == (0,)


async def test_file_of_a_newer_version_blocks_nothing_and_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "menu.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    async with await Database.open(
        file, migrations=schema.CATALOGUE, synchronous="NORMAL", in_memory="In memory."
    ) as database:
        assert "newer version" in database.notice
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (99,)
    connection.close()


async def test_full_disk_keeps_customers_in_memory_and_says_so_once(people: Database) -> None:
    await people.run(lambda c: c.execute("PRAGMA max_page_count = 1"))
    await people.run(
        lambda c: c.execute(
            "CREATE TEMP TRIGGER fill AFTER INSERT ON main.customer BEGIN"
            " INSERT INTO operator VALUES ('x', 'y', 'z', x'', randomblob(99999), 0, 0, 0); END"
        )
    )
    await goes_on_in_memory(
        people, "The disk is full: people.sqlite cannot grow. Free some space and try again."
    )


async def test_unwritable_file_keeps_customers_in_memory(people: Database) -> None:
    await people.run(lambda c: c.execute("PRAGMA query_only = ON"))
    await remember(people, SARA, NOON + 1)
    assert await recent(people) == ["C2", "C1"]
    assert told[0].endswith(f"check the owner of the file and its folder. {IN_MEMORY}")


async def test_locked_file_is_waited_for_a_moment_only(people: Database, tmp_path: Path) -> None:
    await people.run(lambda c: c.execute("PRAGMA busy_timeout = 0"))
    rival = sqlite3.connect(tmp_path / "people.sqlite", isolation_level=None)
    rival.execute("BEGIN IMMEDIATE")
    await goes_on_in_memory(people, "Another program is using people.sqlite. Close it and try again.")
    rival.close()


async def test_slow_disk_is_not_waited_for(people: Database) -> None:
    is_slow, release = [True], Event()

    def work(_: sqlite3.Connection) -> None:
        # The second time it is done in memory, where others wait behind it.
        if is_slow and is_slow.pop():
            release.wait(60)

    slow = asyncio.create_task(people.run(work, seconds=0.1))
    await asyncio.sleep(0)
    waiting = asyncio.create_task(recent(people))
    assert await waiting == []
    assert told == [f"The disk is too slow for people.sqlite. {IN_MEMORY}"]
    release.set()
    await slow


async def test_work_behind_a_slow_disk_is_done_once_and_on_one_thread(people: Database) -> None:
    """Two threads with one connection end the process."""
    release, threads, done = Event(), list[Thread](), list[Thread]()

    def work(_: sqlite3.Connection) -> None:
        threads.append(current_thread())
        release.wait(60 if len(threads) == 1 else 0)

    slow = asyncio.create_task(people.run(work, seconds=0.1))
    await asyncio.sleep(0)
    await people.run(lambda _: done.append(current_thread()))
    release.set()
    await slow
    await asyncio.to_thread(threads[0].join)
    assert done == [threads[1]]


async def test_offline_sign_in_is_refused_where_attempts_cannot_be_counted(people: Database) -> None:
    """Counted in memory only, five attempts could be made again after each start."""
    operators = OperatorStore(people)
    await operators.remember("Shop", RAVI, (STORE,), "secret", now=NOON, days=7)
    await people.run(lambda c: c.execute("PRAGMA query_only = ON"))
    for _ in range(2):
        with pytest.raises(StorageError, match="cannot be written"):
            await operators.verify("Shop", "ravi", "wrong", now=NOON, days=7)


async def test_people_in_memory_are_not_called_erased(people: Database) -> None:
    await people.run(lambda c: c.execute("PRAGMA query_only = ON"))
    await remember(people, SARA)
    with pytest.raises(StorageError):
        await RecentCustomerStore(people).wipe()


async def leave_killed(folder: Path) -> Path:
    """The people file as a killed console leaves it, with two customers and an offline sign-in."""
    file, killed = folder / "live" / "people.sqlite", folder / "people.sqlite"
    async with await open_people(file) as database:
        await OperatorStore(database).remember("Shop", RAVI, (STORE,), "secret", now=NOON, days=7)
        await remember(database, TOM)
    async with await open_people(file) as database:
        await remember(database, SARA, NOON + 1)
        for suffix in ("", "-wal", ".tally"):
            companion(killed, suffix).write_bytes(companion(file, suffix).read_bytes())
    return killed


@pytest.mark.parametrize("suffix", ["", "-wal"], ids=["database", "log"])
@pytest.mark.parametrize("size", [0, 10, 32, 4096])
async def test_damaged_people_are_read_as_far_as_possible_and_told(
    tmp_path: Path, suffix: str, size: int
) -> None:
    file = await leave_killed(tmp_path)
    damaged = companion(file, suffix)
    damaged.write_bytes(damaged.read_bytes()[:size])
    async with await open_people(file) as database:
        assert "could be read; others may be missing." in database.notice
        assert "C1" in await recent(database)
    async with await open_people(file) as database:
        assert database.notice == ""


async def test_lost_commits_do_not_give_failed_attempts_back(tmp_path: Path) -> None:
    file = await leave_killed(tmp_path)
    older = file.read_bytes()
    async with await open_people(file) as database:
        for _ in range(3):
            await OperatorStore(database).verify("Shop", "ravi", "wrong", now=NOON, days=7)
    file.write_bytes(older)
    async with await open_people(file) as database:
        checked = await OperatorStore(database).verify("Shop", "ravi", "secret", now=NOON, days=7)
        assert checked.result is OfflineResult.UNKNOWN_OPERATOR
        assert "0 offline sign-ins could be read" in database.notice
