"""Drafts on this machine: nothing that was reported as saved is ever lost."""

import asyncio
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ordering.customer import Customer
from console.ordering.draft import AddLine, Draft, DraftLine, Edit, OrderItem, RemoveLine, SetQuantity
from console.storage import schema
from console.storage.database import Database
from console.storage.drafts.draft_store import DraftHeader, DraftStore, LeaseLost
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import PlacementStore
from console.storage.errors import DraftBeingPlaced, DraftClosed, EditConflict, LocalError, NoSuchDraft

pytestmark = pytest.mark.anyio

NOON = 1_700_000_000.0
ASHA = Customer("u-1", "asha", "Asha", "[red]x[/", mobile="+96550000001", groups=("Gold",))
HEADER = DraftHeader("D1", "Shop", "op-1", "Ravi", 27299, ASHA, NOON, "Table 4")


def add(line_id: str, quantity: int = 1) -> Edit:
    return AddLine(DraftLine(line_id, OrderItem(7, 0, "Cola", "", Decimal("0.500")), quantity))


async def opened(path: Path) -> Database:
    return await Database.open(path, migrations=schema.DRAFTS, synchronous="FULL")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "drafts.sqlite"


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    async with await opened(file) as database:
        yield database


@pytest.fixture
async def store(database: Database) -> DraftStore:
    store = DraftStore(database, clock=lambda: NOON + 60)
    await store.create(HEADER)
    return store


async def spoil(database: Database, statement: str) -> None:
    await database.write(lambda connection: connection.execute(statement))


async def test_every_commit_waits_for_the_disk(database: Database) -> None:
    level = await database.run(lambda connection: connection.execute("PRAGMA synchronous").fetchone()[0])
    assert level == 2


async def test_append_returns_with_the_edit_visible_to_others(store: DraftStore, file: Path) -> None:
    """An edit is there for another connection when append returns."""
    await store.append("D1", 0, add("L1"))
    other = sqlite3.connect(file)
    count = other.execute("SELECT count(*) FROM edit").fetchone()
    other.close()
    assert count == (1,)


KILLED = """
import asyncio, os, pathlib, signal, sys
from console.storage import schema
from console.storage.database import Database
from console.storage.drafts.draft_store import DraftStore
from console.ordering.draft import RemoveLine

async def main():
    file = pathlib.Path(sys.argv[1])
    database = await Database.open(file, migrations=schema.DRAFTS, synchronous="FULL")
    await DraftStore(database).append("D1", 1, RemoveLine("L1"))
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def test_an_edit_survives_a_kill_right_after_append(store: DraftStore, file: Path) -> None:
    await store.append("D1", 0, add("L1"))
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, str(file))
    assert await process.wait() == -signal.SIGKILL
    assert (await store.load("D1")).draft.edits == (add("L1"), RemoveLine("L1"))


async def test_a_draft_comes_back_as_it_was(store: DraftStore) -> None:
    edits = (add("L1"), add("L2"), SetQuantity("L1", 3), RemoveLine("L2"))
    for seq, edit in enumerate(edits):
        await store.append("D1", seq, edit)
    stored = await store.load("D1")
    assert (stored.header, stored.draft, stored.sync_text, stored.corruption) == (
        HEADER,
        Draft.replay(edits),
        "",
        "",
    )
    assert stored.draft.lines == Draft.replay(edits).lines
    assert stored.updated_at == NOON + 60


async def test_a_walk_in_order_has_no_customer(store: DraftStore) -> None:
    await store.create(replace(HEADER, draft_id="D2", customer=None))
    stored = await store.load("D2")
    assert (stored.header.customer, stored.corruption) == (None, "")


async def test_same_draft_twice_is_allowed_and_other_is_refused(store: DraftStore) -> None:
    """Creating the same draft again is no error; another with its id is one."""
    await store.create(HEADER)
    with pytest.raises(EditConflict):
        await store.create(replace(HEADER, operator_id="op-2"))


async def test_repeating_an_edit_is_no_fault(store: DraftStore) -> None:
    await store.append("D1", 0, add("L1"))
    await store.append("D1", 0, add("L1"))
    assert (await store.load("D1")).draft.edits == (add("L1"),)


async def test_another_edit_in_the_same_place_is_refused(store: DraftStore) -> None:
    await store.append("D1", 0, add("L1"))
    with pytest.raises(EditConflict, match="changed elsewhere"):
        await store.append("D1", 0, add("L2"))
    assert (await store.load("D1")).draft.edits == (add("L1"),)


@pytest.mark.parametrize("seq", [1, 7, -1])
async def test_a_gap_is_refused(store: DraftStore, seq: int) -> None:
    with pytest.raises(EditConflict):
        await store.append("D1", seq, add("L1"))
    assert (await store.load("D1")).draft.is_empty


async def test_undo_forgets_the_last_edit_only(store: DraftStore) -> None:
    await store.append("D1", 0, add("L1"))
    await store.append("D1", 1, add("L2"))
    for seq in (0, 2, -1):
        with pytest.raises(EditConflict):
            await store.remove_last_edit("D1", seq)
    await store.remove_last_edit("D1", 1)
    assert (await store.load("D1")).draft.edits == (add("L1"),)


async def test_after_an_undo_the_place_is_free_for_another_edit(store: DraftStore) -> None:
    await store.append("D1", 0, add("L1"))
    await store.remove_last_edit("D1", 0)
    await store.append("D1", 0, add("L2"))
    assert (await store.load("D1")).draft.edits == (add("L2"),)


async def test_unknown_draft_is_reported(store: DraftStore) -> None:
    for asked in (
        store.load("D9"),
        store.append("D9", 0, add("L1")),
        store.remove_last_edit("D9", 0),
        store.close("D9", "placed"),
        store.acquire("D9", "console-1", now=NOON, seconds=30),
    ):
        with pytest.raises(NoSuchDraft, match="not on this machine"):
            await asked


async def test_an_error_names_its_draft_for_the_log(store: DraftStore, database: Database) -> None:
    await store.append("D1", 0, add("L1"))
    await store.create(replace(HEADER, draft_id="D2"))
    await store.close("D2", "left empty")
    lease = await store.acquire("D1", "console-1", now=NOON, seconds=30)
    assert lease is not None
    refused = [
        store.create(replace(HEADER, operator_id="op-2")),
        store.append("D1", 0, add("L2")),
        store.append("D1", 2, add("L2")),
        store.append("D2", 0, add("L2")),
        store.append("D9", 0, add("L2")),
        store.load("D9"),
        store.remove_last_edit("D1", 5),
        store.close("D1", "left empty"),
        store.close("D9", "left empty"),
        store.acquire("D9", "console-1", now=NOON, seconds=30),
        store.save_sync("D1", lease.fence + 1, "stale"),
        store.save_customer("D1", lease.fence + 1, ASHA),
        store.reassign("D1", None, "console-1", now=NOON),
    ]
    named = [await error_of(action) for action in refused]
    assert [error.diagnostics for error in named] == [
        *("D1", "D1", "D1", "D2", "D9", "D9", "D1", "D1", "D9", "D9", "D1", "D1", "D1")
    ]


async def error_of(action: Awaitable[object]) -> LocalError:
    with pytest.raises(LocalError) as caught:
        await action
    return caught.value


async def test_open_drafts_of_profile_and_operator_newest_first(store: DraftStore) -> None:
    for draft_id, profile, operator_id in (
        ("D2", "Shop", "op-2"),
        ("D3", "Shop", "op-1"),
        ("D4", "Other", "op-1"),
    ):
        header = replace(HEADER, draft_id=draft_id, profile=profile, operator_id=operator_id)
        await store.create(replace(header, created_at=NOON + int(draft_id[1])))
    assert [stored.header.draft_id for stored in await store.open_drafts("Shop")] == ["D3", "D2", "D1"]
    assert [stored.header.draft_id for stored in await store.open_drafts("Shop", "op-1")] == ["D3", "D1"]


async def test_a_closed_draft_is_not_open_and_takes_no_edit(store: DraftStore) -> None:
    await store.append("D1", 0, add("L1"))
    await store.append("D1", 1, RemoveLine("L1"))
    await store.close("D1", "left empty")
    await store.close("D1", "twice")
    assert await store.open_drafts("Shop") == []
    assert (await store.load("D1")).draft.edits == (add("L1"), RemoveLine("L1"))
    with pytest.raises(DraftClosed):
        await store.append("D1", 2, add("L2"))
    with pytest.raises(DraftClosed):
        await store.remove_last_edit("D1", 1)


async def test_a_draft_that_has_something_in_it_is_not_put_away(store: DraftStore) -> None:
    await store.append("D1", 0, add("L1"))
    with pytest.raises(EditConflict):
        await store.close("D1", "left empty")
    assert [stored.header.draft_id for stored in await store.open_drafts("Shop")] == ["D1"]


async def test_what_is_to_be_placed_is_not_undone(store: DraftStore, database: Database) -> None:
    await store.append("D1", 0, add("L1"))
    await PlacementStore(database).request_placement(
        "D1", PlacementRequest(Decimal("0.500"), NOON, edit_count=1)
    )
    with pytest.raises(DraftBeingPlaced) as caught:
        await store.remove_last_edit("D1", 0)
    assert caught.value.diagnostics == "D1"
    await PlacementStore(database).withdraw("D1")
    await store.remove_last_edit("D1", 0)


async def test_draft_is_shown_with_its_last_change(database: Database) -> None:
    now = [NOON]
    store = DraftStore(database, clock=lambda: now[0])
    await store.create(HEADER)
    for draft_id in ("D1", "D2"):
        await store.create(replace(HEADER, draft_id=draft_id))
    assert (await store.load("D1")).updated_at == NOON
    now[0] = NOON + 5
    await store.append("D1", 0, add("L1"))
    now[0] = NOON + 9
    await store.remove_last_edit("D1", 0)
    assert [(await store.load(one)).updated_at for one in ("D1", "D2")] == [NOON + 9, NOON]


async def test_undo_is_of_this_draft_alone(store: DraftStore) -> None:
    await store.create(replace(HEADER, draft_id="D2"))
    for draft_id in ("D1", "D2"):
        await store.append(draft_id, 0, add("L1"))
    await store.remove_last_edit("D1", 0)
    assert (await store.load("D2")).draft.edits == (add("L1"),)


async def test_edits_are_counted_and_read_for_each_draft_alone(store: DraftStore) -> None:
    await store.create(replace(HEADER, draft_id="D2"))
    await store.append("D2", 0, add("L9"))
    await store.append("D2", 1, add("L8"))
    await store.append("D1", 0, add("L1"))
    await store.append("D1", 0, add("L1"))
    assert (await store.load("D1")).draft.edits == (add("L1"),)


async def test_closing_records_the_first_reason_and_time(store: DraftStore, database: Database) -> None:
    await store.create(replace(HEADER, draft_id="D2"))
    await store.close("D1", "left empty")
    await DraftStore(database, clock=lambda: NOON + 90).close("D1", "twice")
    rows = await database.read(
        lambda connection: connection.execute(
            "SELECT closed_at, close_reason FROM draft ORDER BY draft_id"
        ).fetchall()
    )
    assert rows == [(NOON + 60, "left empty"), (None, "")]


async def test_draft_that_cannot_be_read_is_not_closed(store: DraftStore, database: Database) -> None:
    """It looks empty, but what it held is unknown."""
    await store.append("D1", 0, add("L1"))
    await spoil(database, "UPDATE edit SET edit = '{'")
    with pytest.raises(EditConflict):
        await store.close("D1", "left empty")


async def test_request_of_an_older_form_is_never_followed(store: DraftStore, database: Database) -> None:
    """It said what was accepted by having been shown: the order is shown, and not sent."""
    await store.append("D1", 0, add("L1"))
    old = '{"version":1,"value":{"quoted_total":"0.500","requested_at":0.0,"edit_count":1}}'
    await database.write(
        lambda connection: connection.execute("UPDATE draft SET placement_request = ?", (old,))
    )
    stored = await store.load("D1")
    assert stored.placement_request is None
    assert stored.corruption


async def test_closed_drafts_and_edits_are_deleted_open_ones_not(
    store: DraftStore, database: Database
) -> None:
    await store.append("D1", 0, add("L1"))
    await store.append("D1", 1, RemoveLine("L1"))
    await store.create(replace(HEADER, draft_id="D2"))
    await store.close("D1", "left empty")
    assert await store.delete_closed(NOON + 60) == 0
    assert await store.delete_closed(NOON + 61) == 1
    edits = await database.run(lambda connection: connection.execute("SELECT count(*) FROM edit").fetchone())
    assert edits == (0,)
    assert [stored.header.draft_id for stored in await store.open_drafts("Shop")] == ["D2"]


# Damage


async def test_unknown_edit_stops_the_draft_and_is_reported(store: DraftStore, database: Database) -> None:
    for seq in range(3):
        await store.append("D1", seq, add(f"L{seq}"))
    unknown = """edit = '{"version": 1, "value": {"kind": "gift_wrap"}}'"""
    await spoil(database, f"UPDATE edit SET {unknown} WHERE seq = 1")  # noqa: S608 (the text is the test's)
    (stored,) = await store.open_drafts("Shop")
    assert stored.draft.edits == (add("L0"),)
    assert "newer version" in stored.corruption


async def test_request_that_cannot_be_read_stops_the_draft(store: DraftStore, database: Database) -> None:
    await store.append("D1", 0, add("L1"))
    await spoil(database, "UPDATE draft SET placement_request = '{'")
    stored = await store.load("D1")
    assert stored.corruption == "A record on this machine cannot be read."
    assert (stored.placement_request, stored.draft.edits) == (None, (add("L1"),))


@pytest.mark.parametrize("column", ["customer", "placement_request"])
async def test_first_damage_is_reported(store: DraftStore, database: Database, column: str) -> None:
    await store.append("D1", 0, RemoveLine("L1"))
    await spoil(database, f"UPDATE draft SET {column} = '{{'")  # noqa: S608 (the column is the test's)
    assert "does not fit the order" in (await store.load("D1")).corruption


async def test_placement_and_number_come_back_with_the_draft(store: DraftStore, database: Database) -> None:
    await spoil(database, "UPDATE draft SET placement = 'sent', order_id = 74, sync = 'synced'")
    stored = await store.load("D1")
    assert (stored.placement_text, stored.order_id, stored.sync_text) == ("sent", 74, "synced")


async def test_an_edit_that_does_not_fit_is_said(store: DraftStore) -> None:
    await store.append("D1", 0, RemoveLine("L1"))
    assert "does not fit the order" in (await store.load("D1")).corruption


async def test_one_damaged_draft_does_not_hide_the_others(store: DraftStore, database: Database) -> None:
    await store.create(replace(HEADER, draft_id="D2"))
    await spoil(database, "UPDATE draft SET customer = '{' WHERE draft_id = 'D1'")
    drafts = {stored.header.draft_id: stored.corruption for stored in await store.open_drafts("Shop")}
    assert (drafts["D2"], drafts["D1"]) == ("", "A record on this machine cannot be read.")


# Sync state


async def test_sync_state_is_saved_under_the_owners_fence(store: DraftStore) -> None:
    lease = await store.acquire("D1", "console-1", now=NOON, seconds=30)
    assert lease is not None
    await store.save_sync("D1", lease.fence, '{"sent": 1}')
    assert (await store.load("D1")).sync_text == '{"sent": 1}'


async def test_a_fence_that_was_passed_writes_nothing(store: DraftStore) -> None:
    old = await store.acquire("D1", "console-1", now=NOON, seconds=30)
    assert old is not None
    await store.acquire("D1", "console-2", now=NOON + 31, seconds=30)
    with pytest.raises(LeaseLost, match="Another console"):
        await store.save_sync("D1", old.fence, "stale")
    assert (await store.load("D1")).sync_text == ""


async def test_no_write_without_a_lease_or_after_its_release(store: DraftStore) -> None:
    with pytest.raises(LeaseLost):
        await store.save_sync("D1", 1, "stale")
    lease = await store.acquire("D1", "console-1", now=NOON, seconds=30)
    assert lease is not None
    await store.release(lease)
    with pytest.raises(LeaseLost):
        await store.save_sync("D1", lease.fence, "stale")


# Any history


@st.composite
def histories(draw: st.DrawFn) -> list[Edit | None]:
    """Edits that fit one after the other, ``None`` for an undo."""
    draft, history = Draft(), list[Edit | None]()
    for number in range(draw(st.integers(0, 12))):
        lines = [line.line_id for line in draft.lines]
        choices: list[st.SearchStrategy[Edit | None]] = [st.just(add(f"L{number}")), st.none()]
        if lines:
            choices.append(st.builds(SetQuantity, st.sampled_from(lines), st.integers(1, 999)))
            choices.append(st.builds(RemoveLine, st.sampled_from(lines)))
        edit = draw(st.one_of(choices))
        draft = draft.undo() if edit is None else draft.apply(edit)
        history.append(edit)
    return history


@given(history=histories())
async def test_any_history_is_replayed_to_what_the_operator_last_saw(
    history: list[Edit | None], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("history") / "drafts.sqlite"
    seen = Draft()
    async with await opened(file) as database:
        store = DraftStore(database)
        await store.create(HEADER)
        for edit in history:
            if edit is not None:
                await store.append("D1", len(seen.edits), edit)
                seen = seen.apply(edit)
            elif seen.edits:
                await store.remove_last_edit("D1", len(seen.edits) - 1)
                seen = seen.undo()
    async with await opened(file) as database:
        stored = await DraftStore(database).load("D1")
    assert (stored.draft, stored.draft.lines, stored.corruption) == (seen, seen.lines, "")
