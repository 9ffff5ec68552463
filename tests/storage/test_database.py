"""A database file: opened, brought up to date, set aside when damaged."""

import asyncio
import sqlite3
import stat
from pathlib import Path

import pytest

from console.storage.database import Database, Migration
from console.storage.errors import NewerVersion, StorageError

pytestmark = pytest.mark.anyio

NOTES: tuple[Migration, ...] = ("CREATE TABLE note (text TEXT NOT NULL);",)
NOON = 1_700_000_000.0


async def opened(path: Path, migrations: tuple[Migration, ...] = NOTES) -> Database:
    return await Database.open(path, migrations=migrations, synchronous="FULL", clock=lambda: NOON)


async def add(database: Database, text: str) -> None:
    await database.write(lambda connection: connection.execute("INSERT INTO note VALUES (?)", (text,)))


async def notes(database: Database) -> list[str]:
    return await database.read(
        lambda connection: [text for (text,) in connection.execute("SELECT text FROM note ORDER BY text")]
    )


async def pragma(database: Database, name: str) -> object:
    return await database.run(lambda connection: connection.execute(f"PRAGMA {name}").fetchone()[0])


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def spoil(path: Path, content: bytes = b"no database, whatever its name says" * 100) -> None:
    path.write_bytes(content)


def content(path: Path) -> bytes:
    return path.read_bytes()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "notes.sqlite"


async def test_what_is_written_is_there_after_opening_again(file: Path) -> None:
    async with await opened(file) as database:
        await add(database, "one")
    async with await opened(file) as database:
        assert await notes(database) == ["one"]
        assert database.notice == ""


@pytest.mark.parametrize(("synchronous", "number"), [("FULL", 2), ("NORMAL", 1)])
async def test_durability_is_what_was_asked_for(file: Path, synchronous: str, number: int) -> None:
    how = "FULL" if synchronous == "FULL" else "NORMAL"
    async with await Database.open(file, migrations=NOTES, synchronous=how) as database:
        assert await pragma(database, "synchronous") == number
        assert await pragma(database, "journal_mode") == "wal"
        assert await pragma(database, "foreign_keys") == 1
        assert await pragma(database, "busy_timeout") == 5000


async def test_a_commit_empties_the_cache_of_a_disk_on_macos(file: Path) -> None:
    """There, fsync() alone does not; elsewhere the settings change nothing."""
    async with await opened(file) as database:
        assert await pragma(database, "fullfsync") == 1
        assert await pragma(database, "checkpoint_fullfsync") == 1


async def test_the_file_and_its_companions_are_for_their_owner_only(file: Path) -> None:
    async with await opened(file) as database:
        await add(database, "one")
        assert {name: mode(file.parent / name) for name in names(file.parent)} == {
            "notes.sqlite": 0o600,
            "notes.sqlite-shm": 0o600,
            "notes.sqlite-wal": 0o600,
        }
        assert mode(file.parent) == 0o700


async def test_all_work_is_done_on_one_thread_that_is_not_the_loops(file: Path) -> None:
    import threading

    async with await opened(file) as database:
        threads = {await database.run(lambda _: threading.get_ident()) for _ in range(3)}
    assert len(threads) == 1
    assert threading.get_ident() not in threads


async def test_a_failed_transaction_leaves_nothing(file: Path) -> None:
    async with await opened(file) as database:

        def half(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT INTO note VALUES ('half')")
            raise LookupError

        with pytest.raises(LookupError):
            await database.write(half)
        await add(database, "whole")
        assert await notes(database) == ["whole"]


async def test_work_is_done_though_its_caller_stops_waiting(file: Path) -> None:
    async with await opened(file) as database:
        task = asyncio.create_task(add(database, "kept"))
        await asyncio.sleep(0)
        task.cancel()
        assert await notes(database) == ["kept"]


async def test_a_fault_of_the_program_is_not_hidden(file: Path) -> None:
    async with await opened(file) as database:
        with pytest.raises(sqlite3.IntegrityError):
            await database.write(lambda connection: connection.execute("INSERT INTO note VALUES (NULL)"))


async def test_a_closed_file_says_so_and_closing_twice_is_no_fault(file: Path) -> None:
    database = await opened(file)
    await database.close()
    await database.close()
    with pytest.raises(StorageError, match="is closed"):
        await notes(database)


# Migrations


async def test_each_migration_is_run_once_in_order(file: Path) -> None:
    def second(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE note ADD COLUMN place INTEGER DEFAULT 7")

    await (await opened(file)).close()
    for _ in range(2):
        async with await opened(file, (*NOTES, second)) as database:
            assert await pragma(database, "user_version") == 2
    async with await opened(file, (*NOTES, second)) as database:
        await add_with_place(database)
        assert await notes(database) == ["placed"]


async def add_with_place(database: Database) -> None:
    await database.write(lambda connection: connection.execute("INSERT INTO note VALUES ('placed', 1)"))


async def test_a_migration_that_fails_leaves_the_file_as_it_was(file: Path) -> None:
    async with await opened(file) as database:
        await add(database, "one")
    broken = "CREATE TABLE other (x TEXT); INSERT INTO note VALUES ('two'); INSERT INTO nowhere VALUES (1);"
    with pytest.raises(StorageError):
        await opened(file, (*NOTES, broken))
    async with await opened(file) as database:
        assert await notes(database) == ["one"]
        assert await pragma(database, "user_version") == 1


async def test_a_trigger_is_one_statement(file: Path) -> None:
    trigger = """
        -- each note; twice
        CREATE TRIGGER echo AFTER INSERT ON note WHEN new.text = 'a;b' BEGIN
            INSERT INTO note VALUES ('echo');
        END;
    """
    async with await opened(file, (*NOTES, trigger)) as database:
        await add(database, "a;b")
        assert await notes(database) == ["a;b", "echo"]


async def test_a_newer_file_is_refused_and_left_alone(file: Path) -> None:
    await (await opened(file, (*NOTES, "CREATE TABLE later (x TEXT);"))).close()
    with pytest.raises(NewerVersion, match="newer version of the console"):
        await opened(file)
    assert names(file.parent) == ["notes.sqlite"]


# Damage


async def test_what_is_no_database_is_set_aside_and_a_new_file_begun(file: Path) -> None:
    await (await opened(file)).close()
    spoil(file)
    async with await opened(file) as database:
        assert database.notice == (
            "notes.sqlite was damaged and is set aside as notes.sqlite.damaged-20231114T221320. "
            "A new one was made."
        )
        assert await notes(database) == []
    assert content(file.parent / "notes.sqlite.damaged-20231114T221320").startswith(b"no database")


async def test_a_damaged_page_is_found_before_it_does_harm(file: Path) -> None:
    async with await opened(file) as database:
        for number in range(200):
            await add(database, f"{number:03}" * 50)
    whole = content(file)
    spoil(file, whole[:4096] + b"\xff" * 4096 + whole[8192:])
    async with await opened(file) as database:
        assert "set aside" in database.notice


async def test_the_companions_of_a_damaged_file_go_with_it(file: Path) -> None:
    await (await opened(file)).close()
    spoil(file)
    spoil(file.with_name("notes.sqlite-wal"))
    await (await opened(file)).close()
    aside = "notes.sqlite.damaged-20231114T221320"
    as_found = "notes.sqlite-wal.damaged-20231114T221320"
    assert names(file.parent) == ["notes.sqlite", as_found, aside, f"{aside}-shm", f"{aside}-wal"]


async def test_two_damaged_files_of_one_second_are_both_saved(file: Path) -> None:
    for _ in range(2):
        await (await opened(file)).close()
        spoil(file)
    await (await opened(file)).close()
    assert len([name for name in names(file.parent) if "damaged" in name]) == 2


# What stands in the way


async def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    spoil(tmp_path / "data")
    with pytest.raises(StorageError, match="cannot be used"):
        await opened(tmp_path / "data" / "notes.sqlite")


async def test_full_disk_is_reported_and_saved_edits_stay(file: Path) -> None:
    async with await opened(file) as database:
        await add(database, "one")
        await pragma(database, "max_page_count = 3")
        with pytest.raises(StorageError, match="The disk is full"):
            await add(database, "x" * 100_000)
        assert await notes(database) == ["one"]


async def test_a_file_that_may_not_be_written_is_said(file: Path) -> None:
    async with await opened(file) as database:
        await pragma(database, "user_version")
        await database.run(lambda connection: connection.execute("PRAGMA query_only = ON"))
        with pytest.raises(StorageError, match="cannot be written"):
            await add(database, "one")


async def test_a_rival_that_holds_the_file_is_said(file: Path) -> None:
    async with await opened(file) as database, await opened(file) as rival:
        await database.run(lambda connection: connection.execute("PRAGMA busy_timeout = 0"))
        await rival.run(lambda connection: connection.execute("BEGIN IMMEDIATE"))
        with pytest.raises(StorageError, match="Another program is using"):
            await add(database, "one")
        await rival.run(lambda connection: connection.execute("ROLLBACK"))


async def test_console_starting_at_the_same_moment_is_awaited(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.parent.mkdir()
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.executescript("CREATE TABLE theirs (text); BEGIN; SELECT * FROM theirs;")
    monkeypatch.setattr("console.storage.connecting.sleep", lambda _: other.close())
    async with await opened(file) as database:
        assert await pragma(database, "journal_mode") == "wal"
