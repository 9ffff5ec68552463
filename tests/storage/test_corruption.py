"""Full disks, read-only folders and damaged files: what is reported, what is saved.

The faults are real ones: a limit of the system, the rights of a file, bytes that are overwritten.
"""

import asyncio
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from console.storage import schema
from console.storage.database import Database
from console.storage.drafts.draft_store import DraftHeader, DraftStore
from console.storage.errors import StorageError

NOON = 1_700_000_000.0
NOBODY = 65534
HEADER = DraftHeader("D1", "Shop", "op-1", "Ravi", 27299, None, NOON, "")
LIMIT = 300_000
"""Bytes after which the disk of the other process is full."""

WRITER = """
import asyncio, sys
from pathlib import Path
from console.storage import schema
from console.storage.database import Database
from console.storage.drafts.draft_store import DraftHeader, DraftStore
from console.storage.errors import StorageError
from console.ordering.draft import AddLine, DraftLine, OrderItem
from decimal import Decimal

async def work():
    file = Path(sys.argv[1])
    async with await Database.open(file, migrations=schema.DRAFTS, synchronous="FULL") as database:
        store = DraftStore(database)
        await store.create(DraftHeader("D1", "Shop", "op-1", "Ravi", 27299, None, 1.0, ""))
        saved = 0
        try:
            while saved < 5000:
                item = OrderItem(1, 0, "Pizza " * 200, "", Decimal(1))
                await store.append("D1", saved, AddLine(DraftLine(f"L{saved}", item, 1)))
                saved += 1
        except StorageError as error:
            print(error.message)
        print(saved)
        print(len((await store.load("D1")).draft.lines))

asyncio.run(work())
"""


async def opened(file: Path) -> Database:
    return await Database.open(file, migrations=schema.DRAFTS, synchronous="FULL", clock=lambda: NOON)


def limit_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT))


def test_full_disk_is_reported_and_saved_edits_survive(tmp_path: Path) -> None:
    file = tmp_path / "drafts.sqlite"
    command = [sys.executable, "-c", WRITER, str(file)]
    run = subprocess.run(
        command, capture_output=True, text=True, check=True, preexec_fn=limit_files, timeout=60
    )
    sentence, saved, seen = run.stdout.splitlines()
    assert sentence.startswith("Disk error on drafts.sqlite")
    assert 0 < int(saved) < 5000
    assert seen == saved

    async def lines() -> tuple[int, str]:
        async with await opened(file) as database:
            return len((await DraftStore(database).load("D1")).draft.lines), database.notice

    assert asyncio.run(lines()) == (int(saved), "")


@contextmanager
def unprivileged() -> Iterator[Path]:
    """A folder of somebody who may not write everywhere, as whom the test runs meanwhile."""
    folder = Path(tempfile.mkdtemp())
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)


async def saved_once(file: Path) -> None:
    async with await opened(file) as database:
        await DraftStore(database).create(HEADER)


def test_unwritable_folder_is_reported_and_loses_nothing() -> None:
    with unprivileged() as folder:
        file = folder / "drafts.sqlite"
        asyncio.run(saved_once(file))
        whole = file.read_bytes()
        folder.chmod(0o500)
        with pytest.raises(
            StorageError, match="cannot be written: check the owner of the file and its folder"
        ):
            asyncio.run(saved_once(file))
        assert [entry.name for entry in folder.iterdir()] == ["drafts.sqlite"]
        assert file.read_bytes() == whole


def test_unwritable_file_is_reported_and_loses_nothing() -> None:
    with unprivileged() as folder:
        file = folder / "drafts.sqlite"
        asyncio.run(saved_once(file))
        whole = file.read_bytes()
        file.chmod(0o400)
        with pytest.raises(StorageError, match=r"drafts\.sqlite cannot be used: Permission denied"):
            asyncio.run(saved_once(file))
        assert file.read_bytes() == whole


def test_a_damaged_file_that_cannot_be_set_aside_is_not_replaced() -> None:
    with unprivileged() as folder:
        file = folder / "drafts.sqlite"
        file.write_bytes(b"no database" * 1000)
        folder.chmod(0o500)
        with pytest.raises(StorageError, match="cannot be used"):
            asyncio.run(saved_once(file))
        assert file.read_bytes() == b"no database" * 1000


def left_by_a_kill(folder: Path) -> Path:
    """A file whose last edits are in its log only, as a killed console leaves it."""
    file = folder / "live.sqlite"
    copy = folder / "drafts.sqlite"

    async def work() -> None:
        async with await opened(file) as database:
            await DraftStore(database).create(HEADER)
            for companion in ("", "-wal"):
                shutil.copyfile(f"{file}{companion}", f"{copy}{companion}")

    asyncio.run(work())
    return copy


async def drafts_and_notice(file: Path) -> tuple[int, str]:
    async with await opened(file) as database:
        return len(await DraftStore(database).open_drafts("Shop")), database.notice


def test_what_only_the_log_holds_is_there_after_a_kill(tmp_path: Path) -> None:
    assert asyncio.run(drafts_and_notice(left_by_a_kill(tmp_path))) == (1, "")


def test_damaged_log_is_saved_and_reported_and_not_empty(tmp_path: Path) -> None:
    """A damaged log is saved and reported, and is not taken for an empty one."""
    file = left_by_a_kill(tmp_path)
    log = tmp_path / "drafts.sqlite-wal"
    damaged = b"\xff" * 8 + log.read_bytes()[8:]
    log.write_bytes(damaged)
    _, notice = asyncio.run(drafts_and_notice(file))
    assert notice == (
        "The log of drafts.sqlite was damaged and is saved as"
        " drafts.sqlite-wal.damaged-20231114T221320. The last changes may be missing."
    )
    assert (tmp_path / "drafts.sqlite-wal.damaged-20231114T221320").read_bytes() == damaged


@pytest.mark.parametrize("place", range(4, 32))
def test_a_single_wrong_byte_in_the_head_of_the_log_is_noticed(tmp_path: Path, place: int) -> None:
    file = left_by_a_kill(tmp_path)
    log = tmp_path / "drafts.sqlite-wal"
    content = bytearray(log.read_bytes())
    content[place] ^= 0x40
    log.write_bytes(bytes(content))
    _, notice = asyncio.run(drafts_and_notice(file))
    assert "The last changes may be missing" in notice


def test_a_log_that_was_only_begun_is_no_damage(tmp_path: Path) -> None:
    file = tmp_path / "drafts.sqlite"
    asyncio.run(saved_once(file))
    (tmp_path / "drafts.sqlite-wal").write_bytes(b"\0" * 32)
    assert asyncio.run(drafts_and_notice(file)) == (1, "")


def test_nothing_damaged_is_ever_deleted(tmp_path: Path) -> None:
    file = tmp_path / "drafts.sqlite"
    for _ in range(3):
        asyncio.run(saved_once(file))
        file.write_bytes(file.read_bytes()[:4096] + b"\xff" * 8192)
    asyncio.run(saved_once(file))
    copies = [entry for entry in tmp_path.iterdir() if ".damaged-" in entry.name and entry.name[-1] != "m"]
    assert len([entry for entry in copies if not entry.name.endswith(("-wal", "-shm"))]) == 3
    with closing(sqlite3.connect(file)) as connection, connection:
        assert connection.execute("SELECT count(*) FROM draft").fetchone() == (1,)
    connection.close()
