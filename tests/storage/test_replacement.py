"""A file that another program removes, replaces or empties under a running console."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from console.ordering.draft import AddLine, DraftLine, OrderItem
from console.ordering.money import ZERO
from console.storage.drafts.draft_store import DraftStore
from console.storage.errors import FileRebuilt
from tests.storage.damage import (
    FILE,
    STAMP,
    begin_home,
    companion,
    emptied,
    open_drafts,
    removed,
    replaced_by_folder,
    shown,
)

pytestmark = pytest.mark.anyio

AGAIN = "Another program removed or replaced drafts.sqlite. It was written again, nothing is missing."
KEPT = f" What took its place is set aside as drafts.sqlite.damaged-{STAMP}."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return begin_home(tmp_path) / FILE


def add(place: int) -> AddLine:
    return AddLine(DraftLine(f"N{place}", OrderItem(1, 0, "Tea", "", ZERO), 1))


def put_older_copy(file: Path) -> None:
    copy = file.with_name("copy")
    shutil.copyfile(file, copy)
    copy.replace(file)


def put_other_file(file: Path) -> None:
    copy = file.with_name("copy")
    copy.write_bytes(b"no database " * 2000)
    copy.replace(file)


REPLACEMENTS: dict[str, tuple[Callable[[Path], None], str]] = {
    "database removed": (removed(""), AGAIN),
    "log removed": (removed("-wal"), AGAIN + KEPT),
    "index removed": (removed("-shm"), AGAIN + KEPT),
    "all removed": (removed("", "-wal", "-shm", ".tally"), AGAIN),
    "folder removed": (lambda file: shutil.rmtree(file.parent), AGAIN),
    "database moved": (lambda file: file.rename(file.with_name("moved")) and None, AGAIN),
    "older copy put there": (put_older_copy, AGAIN + KEPT),
    "other file put there": (put_other_file, AGAIN + KEPT),
    "folder put there": (replaced_by_folder, AGAIN + KEPT),
    "log emptied": (emptied("-wal"), AGAIN + KEPT),
}


@pytest.mark.parametrize(("replace", "told"), REPLACEMENTS.values(), ids=REPLACEMENTS.keys())
async def test_replaced_file_is_noticed_at_the_next_edit(
    file: Path, replace: Callable[[Path], None], told: str
) -> None:
    async with await open_drafts(file) as database:
        notices: list[str] = []
        database.on_notice = notices.append
        store = DraftStore(database)
        await store.append("D0", 5, add(5))
        replace(file)
        await store.append("D0", 6, add(6))
        assert notices == [told]
        await store.append("D0", 7, add(7))
        assert notices == [told]
        companions = [companion(file, suffix) for suffix in ("", "-wal", "-shm", ".tally")]
        killed = file.parent.parent / "killed-later"
        killed.mkdir()
        for each in companions:
            shutil.copyfile(each, killed / each.name)
    for left in (file, killed / FILE):
        async with await open_drafts(left) as database:
            drafts = {
                one.header.draft_id: one.draft for one in await DraftStore(database).open_drafts("Shop")
            }
            assert database.notice == ""
            assert {draft_id: len(draft.lines) for draft_id, draft in drafts.items()} == {
                "D0": 8,
                "D1": 3,
                "D2": 4,
                "D3": 1,
            }


async def test_database_emptied_in_place_is_rebuilt_and_nothing_called_saved(file: Path) -> None:
    async with await open_drafts(file) as database:
        notices: list[str] = []
        rebuilt: list[bool] = []
        database.on_notice = notices.append
        store = DraftStore(database)
        store.watch_rebuilt(lambda: rebuilt.append(True))
        stored = await store.load("D2")
        await store.append("D0", 5, add(5))
        emptied("")(file)
        with pytest.raises(FileRebuilt, match=r"Another program has changed drafts\.sqlite"):
            await store.append("D0", 6, add(6))
        assert rebuilt == [True]
        assert "without the last changes" in notices[0]
        await store.restore(stored.header, stored.draft.edits, may_be_placed=False)
        assert (await store.load("D2")).draft == stored.draft


async def test_restored_order_that_was_being_placed_is_locked(file: Path) -> None:
    async with await open_drafts(file) as database:
        store = DraftStore(database)
        stored = await store.load("D0")
        await store.restore(stored.header, stored.draft.edits, may_be_placed=True)
        assert "may have been placed" in (await store.load("D0")).corruption


async def test_second_console_goes_on_in_the_file_that_the_first_put_back(file: Path) -> None:
    async with await open_drafts(file) as first, await open_drafts(file) as second:
        notices: list[str] = []
        second.on_notice = notices.append
        await DraftStore(first).append("D0", 5, add(5))
        removed("", "-wal", "-shm")(file)
        await DraftStore(first).append("D0", 6, add(6))
        await DraftStore(second).append("D1", 3, add(3))
        await DraftStore(first).append("D0", 7, add(7))
        assert notices == []
        for database in (first, second):
            assert len((await DraftStore(database).load("D0")).draft.lines) == 8
            assert len((await DraftStore(database).load("D1")).draft.lines) == 4
    assert (await shown(file))[1] == ""
