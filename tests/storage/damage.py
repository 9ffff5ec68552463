"""A home as a killed console leaves it, and the damages that are done to its files."""

import asyncio
import shutil
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random

from console.ordering.draft import AddLine, DraftLine, OrderItem
from console.storage import schema
from console.storage.database import Database
from console.storage.drafts.draft_store import DraftHeader, DraftStore
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import PlacementStore
from console.storage.drafts.rebuild import DraftsSafeguard

NOON = 1_700_000_000.0
STAMP = "20231114T221320"
FILE = "drafts.sqlite"
COMPANIONS = ("", "-wal", "-shm", ".tally")
PAGE, FRAME = 4096, 4120

Shown = dict[str, tuple[int, bool, str]]
"""Each open order: its lines, whether it is to be placed, and why it is locked."""


async def open_drafts(file: Path) -> Database:
    """Open a drafts file as the console does."""
    return await Database.open(
        file, migrations=schema.DRAFTS, synchronous="FULL", safeguard=DraftsSafeguard(), clock=lambda: NOON
    )


async def shown(file: Path) -> tuple[Shown, str]:
    """The open orders, and what the operator is told."""
    async with await open_drafts(file) as database:
        stored = await DraftStore(database).open_drafts("Shop")
        orders = {
            order.header.draft_id: (
                len(order.draft.lines),
                order.placement_request is not None,
                order.corruption,
            )
            for order in stored
        }
        return orders, database.notice


def begin_home(folder: Path) -> Path:
    """Make a home with four open orders: some edits are in the database, some in its log only."""
    live, killed = folder / "live", folder / "killed"
    killed.mkdir(parents=True)
    asyncio.run(_take_orders(live / FILE, killed))
    return killed


async def _take_orders(file: Path, killed: Path) -> None:
    async with await open_drafts(file) as database:
        store = DraftStore(database)
        for number, letters in (("D0", 1), ("D1", 400), ("D2", 1200)):
            await store.create(_header(number))
            for place in range(4):
                await store.append(number, place, _line(place, letters))
    async with await open_drafts(file) as database:
        store, placements = DraftStore(database), PlacementStore(database)
        await store.create(_header("D3"))
        await store.append("D3", 0, _line(0, 1))
        await store.append("D0", 4, _line(4, 1))
        await store.remove_last_edit("D1", 3)
        request = PlacementRequest(Decimal(1), NOON, 1)
        await placements.request_placement("D3", request)
        lease = await store.acquire("D3", "console", now=NOON, seconds=30)
        assert lease is not None
        await placements.mark_in_flight("D3", lease.fence, request, "{}")
        for companion in COMPANIONS:
            shutil.copyfile(f"{file}{companion}", killed / f"{FILE}{companion}")


def _header(draft_id: str) -> DraftHeader:
    return DraftHeader(draft_id, "Shop", "op-1", "Ravi", 27299, None, NOON + 1 / 7, "")


def _line(place: int, letters: int) -> AddLine:
    return AddLine(DraftLine(f"L{place}", OrderItem(1, 0, "P" * letters, "", Decimal(1)), 1))


Damage = Callable[[Path], None]
"""Does something to the file of this path, which is of a copy of the home."""


def companion(file: Path, suffix: str) -> Path:
    """A file beside the database."""
    return file.with_name(file.name + suffix)


def emptied(suffix: str) -> Damage:
    """The file has no bytes."""

    def empty(file: Path) -> None:
        companion(file, suffix).write_bytes(b"")

    return empty


def removed(*suffixes: str) -> Damage:
    """The files are gone."""

    def remove(file: Path) -> None:
        for suffix in suffixes:
            companion(file, suffix).unlink()

    return remove


def cut(suffix: str, size: int) -> Damage:
    """The file ends after so many bytes; a negative size is counted from its end."""

    def shorten(file: Path) -> None:
        damaged = companion(file, suffix)
        damaged.write_bytes(damaged.read_bytes()[:size])

    return shorten


def zeroed(suffix: str, start: int, count: int) -> Damage:
    """A part of the file was never written."""

    def clear(file: Path) -> None:
        damaged = companion(file, suffix)
        content = bytearray(damaged.read_bytes())
        content[start : start + count] = bytes(len(content[start : start + count]))
        damaged.write_bytes(content)

    return clear


def replaced_by_folder(file: Path) -> None:
    """A folder is where the database was."""
    file.unlink()
    file.mkdir()


def replaced_by_dangling_link(file: Path) -> None:
    """A link to nothing is where the database was."""
    removed("", "-wal", "-shm")(file)
    file.symlink_to(file.with_name("elsewhere.sqlite"))


def moved_behind_link(file: Path) -> None:
    """The files are elsewhere, and a link leads to them."""
    folder = file.parent / "elsewhere"
    folder.mkdir()
    for suffix in ("", "-wal"):
        companion(file, suffix).rename(companion(folder / FILE, suffix))
    file.symlink_to(folder / FILE)


def replaced_by_text(file: Path) -> None:
    """Something else has the name of the database."""
    file.write_bytes(b"no database " * 2000)


def replaced_by_stranger(file: Path) -> None:
    """The database of another home is where this one was."""
    home = begin_home(file.parent / "stranger")
    removed("-wal", "-shm")(file)
    for suffix in ("", "-wal"):
        shutil.copyfile(home / f"{FILE}{suffix}", companion(file, suffix))


def older_copy(file: Path) -> None:
    """The database as it was before the last start, without its log."""
    removed("-wal", "-shm")(file)


def flipped(suffix: str, seed: int) -> Damage:
    """One byte anywhere has another value."""

    def flip(file: Path) -> None:
        random = Random(seed)
        damaged = companion(file, suffix)
        content = bytearray(damaged.read_bytes())
        content[random.randrange(len(content))] ^= random.randrange(1, 256)
        damaged.write_bytes(content)

    return flip


def untouched(file: Path) -> None:
    """Nothing was done."""
    assert file.exists()


def case_names(cases: Sequence[tuple[str, object]]) -> list[str]:
    """The names of the cases, for the ids of a test and for the page that lists them."""
    return [name for name, _ in cases]
