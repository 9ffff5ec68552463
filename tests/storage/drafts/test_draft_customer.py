"""Whose a draft is: an account for a customer without one, and reassigning before there is one."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from console.ordering.customer import Customer
from console.ordering.draft import AddLine, DraftLine, OrderItem
from console.storage import schema
from console.storage.database import Database
from console.storage.drafts.draft_store import DraftHeader, DraftStore
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import PlacementStore
from console.storage.drafts.process_registry import ProcessStatus
from console.storage.errors import (
    CustomerHasAccount,
    DraftBeingPlaced,
    DraftClosed,
    LeaseLost,
    NoSuchDraft,
)

pytestmark = pytest.mark.anyio

NOON = 1_700_000_000.0
ASHA = Customer("", "asha", "Asha", "", mobile="+96550000001")
WITH_ACCOUNT = replace(ASHA, user_id="u-1")
TOM = Customer("u-2", "tom", "Tom", "", mobile="+96550000002")
HEADER = DraftHeader("D1", "Shop", "op-1", "Ravi", 27299, ASHA, NOON, "")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    path = tmp_path / "drafts.sqlite"
    async with await Database.open(path, migrations=schema.DRAFTS, synchronous="FULL") as database:
        yield database


@pytest.fixture
async def store(database: Database) -> DraftStore:
    """Two drafts of a customer without an account, on a machine where only console-1 runs."""
    store = DraftStore(
        database,
        clock=lambda: NOON,
        process_status=lambda owner: ProcessStatus.ALIVE if owner == "console-1" else ProcessStatus.DEAD,
    )
    for draft_id in ("D1", "D2"):
        await store.create(replace(HEADER, draft_id=draft_id))
    return store


async def customer_of(store: DraftStore, draft_id: str = "D1") -> Customer | None:
    return (await store.load(draft_id)).header.customer


async def fence_of(store: DraftStore, owner: str = "console-1") -> int:
    lease = await store.acquire("D1", owner, now=NOON, seconds=30)
    assert lease is not None
    return lease.fence


async def test_new_account_is_saved_and_the_cart_forgotten(store: DraftStore) -> None:
    """Another account has another cart."""
    fence = await fence_of(store)
    await store.save_sync("D1", fence, "the cart of nobody")
    await store.save_customer("D1", fence, WITH_ACCOUNT)
    stored = await store.load("D1")
    assert (stored.header.customer, stored.sync_text) == (WITH_ACCOUNT, "")


async def test_new_account_is_this_drafts_alone(store: DraftStore) -> None:
    await store.save_customer("D1", await fence_of(store), WITH_ACCOUNT)
    assert await customer_of(store, "D2") == ASHA


async def test_old_fence_saves_no_account(store: DraftStore) -> None:
    old = await fence_of(store, "console-2")
    await fence_of(store, "console-1")
    with pytest.raises(LeaseLost):
        await store.save_customer("D1", old, WITH_ACCOUNT)
    assert await customer_of(store) == ASHA


async def test_sync_state_is_this_drafts_alone(store: DraftStore) -> None:
    await store.save_sync("D1", await fence_of(store), "sent")
    assert (await store.load("D2")).sync_text == ""


@pytest.mark.parametrize("customer", [TOM, None])
async def test_reassigned_draft_has_the_new_customer_and_no_cart(
    store: DraftStore, customer: Customer | None
) -> None:
    await store.save_sync("D1", await fence_of(store), "the cart of nobody")
    await store.reassign("D1", customer, "console-1", now=NOON)
    stored = await store.load("D1")
    assert (stored.header.customer, stored.sync_text) == (customer, "")
    assert await customer_of(store, "D2") == ASHA


async def test_reassigning_makes_every_earlier_lease_void(store: DraftStore) -> None:
    fence = await fence_of(store)
    await store.reassign("D1", TOM, "console-1", now=NOON)
    with pytest.raises(LeaseLost):
        await store.save_sync("D1", fence, "the cart of nobody")
    assert await fence_of(store, "console-2") == fence + 2


async def test_draft_of_a_customer_with_an_account_is_not_reassigned(store: DraftStore) -> None:
    await store.save_customer("D1", await fence_of(store), WITH_ACCOUNT)
    with pytest.raises(CustomerHasAccount):
        await store.reassign("D1", TOM, "console-1", now=NOON)
    assert await customer_of(store) == WITH_ACCOUNT


async def test_draft_of_a_walk_in_is_not_reassigned(store: DraftStore) -> None:
    await store.create(replace(HEADER, draft_id="D3", customer=None))
    with pytest.raises(CustomerHasAccount):
        await store.reassign("D3", TOM, "console-1", now=NOON)
    assert await customer_of(store, "D3") is None


async def test_draft_of_another_live_console_is_not_reassigned(store: DraftStore) -> None:
    await fence_of(store, "console-1")
    with pytest.raises(LeaseLost):
        await store.reassign("D1", TOM, "console-2", now=NOON + 9_000)
    assert await customer_of(store) == ASHA


async def test_draft_of_a_dead_console_is_reassigned(store: DraftStore) -> None:
    await fence_of(store, "console-2")
    await store.reassign("D1", TOM, "console-1", now=NOON)
    assert await customer_of(store) == TOM


async def test_closed_unknown_and_sent_drafts_are_not_reassigned(
    store: DraftStore, database: Database
) -> None:
    await store.close("D2", "left empty")
    line = DraftLine("L1", OrderItem(7, 0, "Cola", "", Decimal("0.500")), 1)
    await store.append("D1", 0, AddLine(line))
    request = PlacementRequest(Decimal("0.500"), NOON, edit_count=1)
    placements = PlacementStore(database)
    await placements.request_placement("D1", request)
    await placements.mark_in_flight("D1", await fence_of(store), request, "sent")
    for draft_id, error in (("D1", DraftBeingPlaced), ("D2", DraftClosed), ("D9", NoSuchDraft)):
        with pytest.raises(error):
            await store.reassign(draft_id, TOM, "console-1", now=NOON)


async def test_leases_of_a_dead_console_are_released_others_not(store: DraftStore) -> None:
    kept = await store.acquire("D1", "console-1", now=NOON, seconds=30)
    lost = await store.acquire("D2", "console-2", now=NOON, seconds=30)
    assert kept is not None
    assert lost is not None
    await store.release_all("console-2")
    assert await store.renew(kept, now=NOON, seconds=30)
    assert not await store.renew(lost, now=NOON, seconds=30)
    assert await store.acquire("D2", "console-3", now=NOON, seconds=30) is not None


async def test_live_console_keeps_its_lease_past_its_time(store: DraftStore) -> None:
    await fence_of(store, "console-1")
    assert await store.acquire("D1", "console-2", now=NOON + 9_000, seconds=30) is None


async def test_dead_console_loses_its_lease_before_its_time(store: DraftStore) -> None:
    await fence_of(store, "console-2")
    assert await store.acquire("D1", "console-1", now=NOON + 1, seconds=30) is not None
