"""Every damage to the drafts file is told, what can be saved is saved, and nothing is thrown away.

The cases of ``CASES`` are the rows of docs/damage.md.
"""

import asyncio
import re
import shutil
from pathlib import Path

import pytest

from console.storage.drafts.draft_store import DraftStore
from tests.storage.damage import (
    FILE,
    FRAME,
    PAGE,
    STAMP,
    Damage,
    Shown,
    begin_home,
    cut,
    emptied,
    flipped,
    moved_behind_link,
    older_copy,
    open_drafts,
    removed,
    replaced_by_dangling_link,
    replaced_by_folder,
    replaced_by_stranger,
    replaced_by_text,
    shown,
    untouched,
    zeroed,
)

DOCUMENT = Path(__file__).parents[2] / "docs" / "damage.md"
SAVED: Shown = {"D0": (5, False, ""), "D1": (3, False, ""), "D2": (4, False, ""), "D3": (1, True, "")}
ASIDE = f"drafts.sqlite was damaged and is set aside as drafts.sqlite.damaged-{STAMP}."
MISSING = "drafts.sqlite was missing."
NO_TALLY = "it cannot be told whether drafts.sqlite lacks something."

NO_ORDER = "No order could be read, 4 are missing."
WITHOUT_PAGES = f"{ASIDE} 4 orders could be read, 2 without the last changes."
WITHOUT_LOG = f"{ASIDE} 3 orders could be read, 2 without the last changes, 1 is missing."
READ = f"{ASIDE} 4 orders could be read."

CASES: list[tuple[str, Damage, str]] = [
    ("nothing", untouched, ""),
    ("database has zero length", emptied(""), WITHOUT_PAGES),
    ("database removed", removed(""), f"{MISSING} 4 orders could be read, 2 without the last changes."),
    ("database and log removed", removed("", "-wal", "-shm"), f"{MISSING} {NO_ORDER}"),
    ("database cut within its header", cut("", 50), WITHOUT_PAGES),
    ("database cut after its first page", cut("", PAGE), WITHOUT_PAGES),
    ("database cut within its last page", cut("", -100), ""),
    ("database page never written", zeroed("", PAGE, PAGE), ""),
    ("database replaced by another file", replaced_by_text, WITHOUT_PAGES),
    ("database replaced by a folder", replaced_by_folder, WITHOUT_PAGES),
    ("database replaced by a dangling link", replaced_by_dangling_link, f"{MISSING} {NO_ORDER}"),
    ("database moved behind a link", moved_behind_link, ""),
    ("database of another home", replaced_by_stranger, f"{ASIDE} It is another console's. {NO_ORDER}"),
    ("older copy of the database", older_copy, WITHOUT_LOG),
    ("log removed", removed("-wal"), WITHOUT_LOG),
    ("log has zero length", emptied("-wal"), WITHOUT_LOG),
    ("log cut to ten bytes", cut("-wal", 10), WITHOUT_LOG),
    ("log cut after its header", cut("-wal", 32), WITHOUT_LOG),
    (
        "log cut before its last frame",
        cut("-wal", -FRAME),
        f"{ASIDE} 4 orders could be read, 1 without the last changes.",
    ),
    ("log cut within its last frame", cut("-wal", -10), READ),
    ("log header never written", zeroed("-wal", 0, 32), READ),
    ("log frame never written", zeroed("-wal", 32, FRAME), READ),
    ("shared index removed", removed("-shm"), ""),
    ("shared index has zero length", emptied("-shm"), ""),
    ("tally removed", removed(".tally"), f"drafts.sqlite.tally is missing: {NO_TALLY}"),
    ("tally has zero length", emptied(".tally"), f"drafts.sqlite.tally was damaged: {NO_TALLY}"),
    ("tally and log removed", removed(".tally", "-wal"), f"drafts.sqlite.tally is missing: {NO_TALLY}"),
]


@pytest.fixture(scope="module")
def saved_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home that each test damages a copy of."""
    return begin_home(tmp_path_factory.mktemp("home"))


@pytest.fixture
def file(saved_home: Path, tmp_path: Path) -> Path:
    """The drafts file of a home of the test's own."""
    return shutil.copytree(saved_home, tmp_path / "home") / FILE


def contents(folder: Path) -> set[bytes]:
    """What is in the files of a folder, those that SQLite makes by itself aside."""
    return {entry.read_bytes() for entry in folder.rglob("*") if entry.is_file() and "-shm" not in entry.name}


@pytest.mark.parametrize(
    ("damage", "told"), [(case[1], case[2]) for case in CASES], ids=[case[0] for case in CASES]
)
def test_damage_is_told_and_never_passed_over(file: Path, damage: Damage, told: str) -> None:
    damage(file)
    orders, notice = asyncio.run(shown(file))
    assert notice == told
    if not told:
        assert orders == SAVED


@pytest.mark.parametrize(
    "damage", [case[1] for case in CASES if case[2]], ids=[case[0] for case in CASES if case[2]]
)
def test_damage_is_told_once_and_the_orders_stay(file: Path, damage: Damage) -> None:
    damage(file)
    orders, _ = asyncio.run(shown(file))
    assert asyncio.run(shown(file)) == (orders, "")


@pytest.mark.parametrize(
    "damage", [cut("", PAGE), emptied(""), cut("-wal", -FRAME), replaced_by_text, replaced_by_stranger]
)
def test_damaged_files_are_all_kept_as_evidence(file: Path, damage: Damage) -> None:
    damage(file)
    found = contents(file.parent)
    asyncio.run(shown(file))
    assert found <= contents(file.parent)


def check_flip(file: Path, saved_home: Path, suffix: str, seed: int) -> None:
    shutil.rmtree(file.parent)
    shutil.copytree(saved_home, file.parent)
    flipped(suffix, seed)(file)
    orders, notice = asyncio.run(shown(file))
    assert orders == SAVED or "could be read" in notice, f"seed {seed} of {suffix or 'database'}"


@pytest.mark.parametrize("suffix", ["", "-wal", ".tally"], ids=["database", "log", "tally"])
def test_byte_flipped_anywhere_is_harmless_or_told(file: Path, saved_home: Path, suffix: str) -> None:
    for seed in range(12):
        check_flip(file, saved_home, suffix, seed)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["", "-wal", ".tally", "-shm"], ids=["database", "log", "tally", "index"])
def test_many_flipped_bytes_are_harmless_or_told(file: Path, saved_home: Path, suffix: str) -> None:
    for seed in range(1000, 1400):
        check_flip(file, saved_home, suffix, seed)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["", "-wal"], ids=["database", "log"])
def test_file_cut_at_any_place_is_harmless_or_told(file: Path, saved_home: Path, suffix: str) -> None:
    for size in range(0, file.with_name(file.name + suffix).stat().st_size, 997):
        shutil.rmtree(file.parent)
        shutil.copytree(saved_home, file.parent)
        cut(suffix, size)(file)
        orders, notice = asyncio.run(shown(file))
        assert orders == SAVED or "could be read" in notice, f"cut to {size}"


def test_order_whose_in_flight_mark_is_lost_is_never_sent(file: Path) -> None:
    """Placed again, it could be an order twice."""
    cut("-wal", -FRAME)(file)
    orders, _ = asyncio.run(shown(file))
    assert orders["D3"][2] == "Its last record is lost: it may have been placed. Look at the past orders."


def test_finished_order_does_not_come_back_with_an_older_copy(file: Path) -> None:
    async def finish() -> None:
        async with await open_drafts(file) as database:
            store = DraftStore(database)
            for place in reversed(range(4)):
                await store.remove_last_edit("D2", place)
            await store.close("D2", "left empty")

    older = file.read_bytes()
    asyncio.run(finish())
    removed("")(file)
    file.write_bytes(older)
    orders, notice = asyncio.run(shown(file))
    assert "D2" not in orders
    assert "is missing" in notice


def test_kill_while_the_new_file_is_put_in_place_loses_nothing(file: Path) -> None:
    """The damaged file is set aside, the salvaged one not yet in its place."""
    expected, _ = asyncio.run(shown(file))
    file.rename(file.with_name(f"{FILE}.salvaged"))
    orders, notice = asyncio.run(shown(file))
    assert orders == expected
    assert "what could be read is saved in a new file" in notice


def test_document_lists_the_cases_with_what_is_told() -> None:
    rows = re.findall(r"^\| (.+?) +\| (.+?) +\|$", DOCUMENT.read_text(), re.MULTILINE)
    told = [
        (name, sentence.replace(f"damaged-{STAMP}", "damaged-...") or "nothing")
        for name, _, sentence in CASES
    ]
    assert [row for row in rows if row[0] in dict(told)] == told
