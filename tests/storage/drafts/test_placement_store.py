"""Drafts that are being placed: each guard of the store alone, without the engine around it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from console.ordering.customer import Operator
from console.ordering.draft import AddLine, DraftLine, Edit, OrderItem
from console.storage import schema
from console.storage.database import Database
from console.storage.drafts.draft_store import DraftHeader, DraftStore
from console.storage.drafts.leases import Lease
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import PLACED, OtherDraft, PlacementStore
from console.storage.drafts.process_registry import ProcessStatus
from console.storage.errors import (
    DraftBeingPlaced,
    DraftClosed,
    LeaseLost,
    LocalError,
    NoSuchDraft,
    OrderNumberTaken,
    PlacementOutdated,
)

pytestmark = pytest.mark.anyio

NOON = 1_700_000_000.0
HEADER = DraftHeader("D1", "Shop", "op-1", "Ravi", 27299, None, NOON, "")
REQUEST = PlacementRequest(Decimal("0.500"), NOON, edit_count=1)
MINA = Operator("op-2", "mina", "Mina")


def add(line_id: str) -> Edit:
    return AddLine(DraftLine(line_id, OrderItem(7, 0, "Cola", "", Decimal("0.500")), 1))


class Stores:
    """Both stores of one file, with a process registry that knows one console."""

    def __init__(self, database: Database) -> None:
        self.alive = {"console-1"}
        self.database = database
        self.drafts = DraftStore(database, clock=lambda: NOON, process_status=self.status)
        self.placements = PlacementStore(database, clock=lambda: NOON + 60, process_status=self.status)

    def status(self, owner: str) -> ProcessStatus:
        return ProcessStatus.ALIVE if owner in self.alive else ProcessStatus.DEAD

    async def draft(self, draft_id: str = "D1", *, profile: str = "Shop") -> Lease:
        """A draft of one line that console-1 has a lease on."""
        await self.drafts.create(replace(HEADER, draft_id=draft_id, profile=profile))
        await self.drafts.append(draft_id, 0, add("L1"))
        lease = await self.drafts.acquire(draft_id, "console-1", now=NOON, seconds=30)
        assert lease is not None
        return lease

    async def sent(self, draft_id: str = "D1", *, profile: str = "Shop") -> Lease:
        """A draft whose Place Order may have been sent."""
        lease = await self.draft(draft_id, profile=profile)
        await self.placements.request_placement(draft_id, REQUEST)
        await self.placements.mark_in_flight(draft_id, lease.fence, REQUEST, "sent")
        return lease

    async def row(self, columns: str, draft_id: str = "D1") -> tuple[object, ...]:
        statement = f"SELECT {columns} FROM draft WHERE draft_id = ?"  # noqa: S608 (the columns are the test's)
        row: tuple[object, ...] = await self.database.read(
            lambda connection: connection.execute(statement, (draft_id,)).fetchone()
        )
        return row


@pytest.fixture
async def stores(tmp_path: Path) -> AsyncIterator[Stores]:
    path = tmp_path / "drafts.sqlite"
    async with await Database.open(path, migrations=schema.DRAFTS, synchronous="FULL") as database:
        yield Stores(database)


async def successor_of(stores: Stores, draft_id: str = "D1") -> Lease:
    """Another console has taken the draft: every earlier fence is void."""
    stores.alive = {"console-2"}
    lease = await stores.drafts.acquire(draft_id, "console-2", now=NOON, seconds=30)
    assert lease is not None
    return lease


# The request


async def test_request_is_stored_and_replaced(stores: Stores) -> None:
    await stores.draft()
    await stores.placements.request_placement("D1", REQUEST)
    later = replace(REQUEST, quoted_total=Decimal("0.750"), requested_at=NOON + 9)
    await stores.placements.request_placement("D1", later)
    assert (await stores.drafts.load("D1")).placement_request == later


@pytest.mark.parametrize("edit_count", [0, 2])
async def test_request_about_another_count_of_edits_is_outdated(stores: Stores, edit_count: int) -> None:
    await stores.draft()
    with pytest.raises(PlacementOutdated):
        await stores.placements.request_placement("D1", replace(REQUEST, edit_count=edit_count))
    assert (await stores.drafts.load("D1")).placement_request is None


async def test_edits_of_another_draft_do_not_count(stores: Stores) -> None:
    await stores.draft("D2")
    await stores.drafts.append("D2", 1, add("L2"))
    await stores.draft()
    await stores.placements.request_placement("D1", REQUEST)
    assert (await stores.drafts.load("D2")).placement_request is None


async def test_withdrawn_request_is_gone_and_of_this_draft_alone(stores: Stores) -> None:
    for draft_id in ("D1", "D2"):
        await stores.draft(draft_id)
        await stores.placements.request_placement(draft_id, REQUEST)
    await stores.placements.withdraw("D1")
    await stores.placements.withdraw("D1")
    assert (await stores.drafts.load("D1")).placement_request is None
    assert (await stores.drafts.load("D2")).placement_request == REQUEST


async def test_request_in_flight_is_neither_replaced_nor_withdrawn(stores: Stores) -> None:
    await stores.sent()
    with pytest.raises(DraftBeingPlaced):
        await stores.placements.request_placement("D1", REQUEST)
    with pytest.raises(DraftBeingPlaced):
        await stores.placements.withdraw("D1")
    assert (await stores.drafts.load("D1")).placement_request == REQUEST


async def test_draft_in_flight_takes_no_edit_and_no_undo(stores: Stores) -> None:
    await stores.sent()
    with pytest.raises(DraftBeingPlaced):
        await stores.drafts.append("D1", 1, add("L2"))
    with pytest.raises(DraftBeingPlaced):
        await stores.drafts.remove_last_edit("D1", 0)


async def test_closed_draft_takes_no_request(stores: Stores) -> None:
    lease = await stores.sent()
    await stores.placements.close("D1", lease.fence, "placed", order_id=74, reason=PLACED)
    with pytest.raises(DraftClosed):
        await stores.placements.request_placement("D1", REQUEST)
    with pytest.raises(DraftClosed):
        await stores.placements.withdraw("D1")
    with pytest.raises(DraftClosed):
        await stores.placements.mark_in_flight("D1", lease.fence, REQUEST, "again")
    with pytest.raises(DraftClosed):
        await stores.placements.adopt("D1", MINA, owner="console-1", now=NOON)


async def test_unknown_draft_is_reported(stores: Stores) -> None:
    for asked in (
        stores.placements.request_placement("D9", REQUEST),
        stores.placements.withdraw("D9"),
        stores.placements.adopt("D9", MINA, owner="console-1", now=NOON),
    ):
        with pytest.raises(NoSuchDraft):
            await asked


async def test_an_error_names_its_draft_for_the_log(stores: Stores) -> None:
    other = await stores.sent("D2")
    await stores.placements.close("D2", other.fence, "placed", order_id=74, reason=PLACED)
    lease = await stores.draft()
    request, mark = stores.placements.request_placement, stores.placements.mark_in_flight
    for action, draft_id in (
        (request("D9", REQUEST), "D9"),
        (request("D2", REQUEST), "D2"),
        (request("D1", replace(REQUEST, edit_count=2)), "D1"),
        (mark("D1", lease.fence, REQUEST, "sent"), "D1"),
        (stores.placements.save("D1", lease.fence + 1, "ready", in_flight=False), "D1"),
        (stores.placements.save("D1", lease.fence, "found", in_flight=True, order_id=74), "D1"),
        (stores.placements.adopt("D9", MINA, owner="console-1", now=NOON), "D9"),
        (stores.placements.adopt("D2", MINA, owner="console-1", now=NOON), "D2"),
        (stores.placements.adopt("D1", MINA, owner="console-2", now=NOON), "D1"),
    ):
        with pytest.raises(LocalError) as caught:
            await action
        assert caught.value.diagnostics == draft_id


# Before sending


async def test_marking_records_the_placement_before_it_is_sent(stores: Stores) -> None:
    await stores.sent()
    assert await stores.row("placement, in_flight, order_id") == ("sent", 1, 0)


async def test_marking_touches_this_draft_alone(stores: Stores) -> None:
    await stores.draft("D2")
    await stores.sent()
    assert await stores.row("placement, in_flight", "D2") == ("", 0)


async def test_marking_with_an_old_fence_writes_nothing(stores: Stores) -> None:
    old = await stores.draft()
    await stores.placements.request_placement("D1", REQUEST)
    await successor_of(stores)
    with pytest.raises(LeaseLost):
        await stores.placements.mark_in_flight("D1", old.fence, REQUEST, "sent")
    assert await stores.row("placement, in_flight") == ("", 0)


async def test_withdrawn_request_is_not_marked(stores: Stores) -> None:
    lease = await stores.draft()
    await stores.placements.request_placement("D1", REQUEST)
    await stores.placements.withdraw("D1")
    with pytest.raises(PlacementOutdated):
        await stores.placements.mark_in_flight("D1", lease.fence, REQUEST, "sent")
    assert await stores.row("placement, in_flight") == ("", 0)


async def test_replaced_request_is_not_marked(stores: Stores) -> None:
    lease = await stores.draft()
    await stores.placements.request_placement("D1", replace(REQUEST, quoted_total=Decimal("0.750")))
    with pytest.raises(PlacementOutdated):
        await stores.placements.mark_in_flight("D1", lease.fence, REQUEST, "sent")
    assert await stores.row("in_flight") == (0,)


async def test_draft_changed_since_the_request_is_not_marked(stores: Stores) -> None:
    lease = await stores.draft()
    await stores.placements.request_placement("D1", REQUEST)
    await stores.drafts.append("D1", 1, add("L2"))
    with pytest.raises(PlacementOutdated):
        await stores.placements.mark_in_flight("D1", lease.fence, REQUEST, "sent")
    assert await stores.row("in_flight") == (0,)


async def test_draft_in_flight_is_not_marked_again(stores: Stores) -> None:
    lease = await stores.sent()
    with pytest.raises(DraftBeingPlaced):
        await stores.placements.mark_in_flight("D1", lease.fence, REQUEST, "again")
    assert await stores.row("placement") == ("sent",)


# Progress


async def test_progress_is_saved_as_given(stores: Stores) -> None:
    lease = await stores.sent()
    await stores.placements.save("D1", lease.fence, "found", in_flight=True, order_id=74)
    assert await stores.row("placement, in_flight, order_id") == ("found", 1, 74)
    await stores.placements.save("D1", lease.fence, "ready", in_flight=False)
    assert await stores.row("placement, in_flight, order_id") == ("ready", 0, 0)


async def test_progress_is_of_this_draft_alone(stores: Stores) -> None:
    await stores.sent("D2")
    lease = await stores.sent()
    await stores.placements.save("D1", lease.fence, "ready", in_flight=False)
    assert await stores.row("placement, in_flight", "D2") == ("sent", 1)


async def test_old_fence_does_not_unmark_what_its_successor_sent(stores: Stores) -> None:
    old = await stores.draft()
    await stores.placements.request_placement("D1", REQUEST)
    new = await successor_of(stores)
    await stores.placements.mark_in_flight("D1", new.fence, REQUEST, "sent by console-2")
    with pytest.raises(LeaseLost):
        await stores.placements.save("D1", old.fence, "ready", in_flight=False)
    assert await stores.row("placement, in_flight") == ("sent by console-2", 1)


async def test_old_fence_does_not_close(stores: Stores) -> None:
    old = await stores.sent()
    await successor_of(stores)
    with pytest.raises(LeaseLost):
        await stores.placements.close("D1", old.fence, "placed", order_id=74, reason=PLACED)
    assert await stores.row("placement, order_id, closed_at") == ("sent", 0, None)


async def test_released_lease_is_no_lease(stores: Stores) -> None:
    lease = await stores.sent()
    await stores.drafts.release(lease)
    with pytest.raises(LeaseLost):
        await stores.placements.save("D1", lease.fence, "ready", in_flight=False)


async def test_lease_on_another_draft_is_no_lease_on_this_one(stores: Stores) -> None:
    await stores.draft("D2")
    other = await stores.drafts.acquire("D2", "console-1", now=NOON, seconds=30)
    assert other is not None
    assert other.fence == 2
    await stores.sent()
    with pytest.raises(LeaseLost):
        await stores.placements.save("D1", other.fence, "ready", in_flight=False)


# The number


async def test_placed_draft_is_closed_with_its_number_and_reason(stores: Stores) -> None:
    lease = await stores.sent()
    await stores.placements.close("D1", lease.fence, "placed", order_id=74, reason=PLACED)
    assert await stores.row("placement, order_id, placement_request, closed_at, close_reason") == (
        "placed",
        74,
        "",
        NOON + 60,
        "placed",
    )
    assert await stores.drafts.open_drafts("Shop") == []


async def test_closing_touches_this_draft_alone(stores: Stores) -> None:
    await stores.sent("D2")
    lease = await stores.sent()
    await stores.placements.close("D1", lease.fence, "placed", order_id=74, reason=PLACED)
    assert await stores.row("placement, order_id, closed_at", "D2") == ("sent", 0, None)


async def test_closing_again_keeps_the_first_time(stores: Stores) -> None:
    lease = await stores.sent()
    await stores.placements.close("D1", lease.fence, "abandoned", order_id=0, reason="abandoned")
    later = PlacementStore(stores.database, clock=lambda: NOON + 90)
    await later.close("D1", lease.fence, "placed", order_id=74, reason=PLACED)
    assert await stores.row("order_id, closed_at, close_reason") == (74, NOON + 60, "placed")


async def test_number_of_another_draft_is_refused(stores: Stores) -> None:
    first = await stores.sent("D2")
    await stores.placements.close("D2", first.fence, "placed", order_id=74, reason=PLACED)
    lease = await stores.sent()
    with pytest.raises(OrderNumberTaken):
        await stores.placements.save("D1", lease.fence, "found", in_flight=True, order_id=74)
    with pytest.raises(OrderNumberTaken):
        await stores.placements.close("D1", lease.fence, "placed", order_id=74, reason=PLACED)
    assert await stores.row("placement, order_id, closed_at") == ("sent", 0, None)


async def test_number_may_repeat_in_another_profile(stores: Stores) -> None:
    """Another merchant's platform counts its own orders."""
    first = await stores.sent("D2", profile="Other")
    await stores.placements.close("D2", first.fence, "placed", order_id=74, reason=PLACED)
    lease = await stores.sent()
    await stores.placements.close("D1", lease.fence, "placed", order_id=74, reason=PLACED)
    assert await stores.row("order_id") == (74,)


async def test_own_number_is_saved_again_and_two_have_none(stores: Stores) -> None:
    await stores.sent("D2")
    lease = await stores.sent()
    await stores.placements.save("D1", lease.fence, "not found", in_flight=True)
    await stores.placements.save("D1", lease.fence, "found", in_flight=True, order_id=74)
    await stores.placements.close("D1", lease.fence, "placed", order_id=74, reason=PLACED)
    assert await stores.row("order_id") == (74,)


# Other drafts


async def test_others_are_in_flight_or_have_a_number(stores: Stores) -> None:
    await stores.sent("D1")
    await stores.draft("D2")
    third = await stores.sent("D3")
    await stores.placements.close("D3", third.fence, "placed", order_id=74, reason=PLACED)
    await stores.sent("D4")
    await stores.sent("D5", profile="Other")
    assert await stores.placements.other_drafts("Shop", "D1") == [
        OtherDraft("D3", 74, "", is_in_flight=True),
        OtherDraft("D4", 0, "sent", is_in_flight=True),
    ]


async def test_order_with_a_number_need_not_be_in_flight(stores: Stores) -> None:
    other = await stores.sent("D2")
    await stores.placements.save("D2", other.fence, "found", in_flight=False, order_id=74)
    await stores.draft()
    assert await stores.placements.other_drafts("Shop", "D1") == [
        OtherDraft("D2", 74, "", is_in_flight=False)
    ]


# Another operator


async def test_adopted_draft_is_the_operators_with_a_new_fence(stores: Stores) -> None:
    old = await stores.draft()
    await stores.draft("D2")
    adopted = await stores.placements.adopt("D1", MINA, owner="console-1", now=NOON)
    assert adopted == Lease("D1", "console-1", old.fence + 1)
    assert await stores.row("operator_id, operator_name") == ("op-2", "Mina")
    assert await stores.row("operator_id, operator_name", "D2") == ("op-1", "Ravi")


async def test_draft_of_a_live_console_is_not_adopted(stores: Stores) -> None:
    lease = await stores.draft()
    with pytest.raises(LeaseLost):
        await stores.placements.adopt("D1", MINA, owner="console-2", now=NOON + 9_000)
    assert await stores.row("operator_id") == ("op-1",)
    assert await stores.drafts.renew(lease, now=NOON, seconds=30)


async def test_draft_of_a_dead_console_is_adopted(stores: Stores) -> None:
    await stores.draft()
    stores.alive = set()
    adopted = await stores.placements.adopt("D1", MINA, owner="console-2", now=NOON)
    assert adopted.owner == "console-2"
