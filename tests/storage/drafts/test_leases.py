"""Who owns a draft, with two consoles on one file and clocks that jump."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.storage import schema
from console.storage.database import Database
from console.storage.drafts.draft_store import DraftHeader, DraftStore, Lease, LeaseLost

pytestmark = pytest.mark.anyio

NOON = 1_700_000_000.0
HEADER = DraftHeader("D1", "Shop", "op-1", "Ravi", 27299, None, NOON, "")


async def opened(path: Path) -> Database:
    return await Database.open(path, migrations=schema.DRAFTS, synchronous="FULL")


@pytest.fixture
async def consoles(tmp_path: Path) -> AsyncIterator[tuple[DraftStore, DraftStore]]:
    """Two consoles on one file."""
    file = tmp_path / "drafts.sqlite"
    async with await opened(file) as one, await opened(file) as other:
        stores = DraftStore(one), DraftStore(other)
        await stores[0].create(HEADER)
        yield stores


async def take(store: DraftStore, owner: str, now: float, seconds: float = 30) -> Lease | None:
    return await store.acquire("D1", owner, now=now, seconds=seconds)


async def taken(store: DraftStore, owner: str, now: float, seconds: float = 30) -> Lease:
    lease = await take(store, owner, now, seconds)
    assert lease is not None
    return lease


async def test_a_draft_that_another_console_holds_is_not_given(
    consoles: tuple[DraftStore, DraftStore],
) -> None:
    one, other = consoles
    assert await taken(one, "one", NOON) == Lease("D1", "one", 1)
    assert await take(other, "other", NOON + 29) is None


async def test_it_is_given_once_the_lease_has_run_out(consoles: tuple[DraftStore, DraftStore]) -> None:
    one, other = consoles
    await taken(one, "one", NOON)
    assert await taken(other, "other", NOON + 30) == Lease("D1", "other", 2)


async def test_it_is_given_at_once_when_it_was_released(consoles: tuple[DraftStore, DraftStore]) -> None:
    one, other = consoles
    await one.release(await taken(one, "one", NOON))
    assert await taken(other, "other", NOON) == Lease("D1", "other", 2)


async def test_renewing_keeps_it_and_its_number(consoles: tuple[DraftStore, DraftStore]) -> None:
    one, other = consoles
    lease = await taken(one, "one", NOON)
    assert await one.renew(lease, now=NOON + 29, seconds=30)
    assert await take(other, "other", NOON + 58) is None
    await one.save_sync("D1", lease.fence, "mine")


async def test_expired_lease_nobody_took_is_renewed(
    consoles: tuple[DraftStore, DraftStore],
) -> None:
    one, other = consoles
    lease = await taken(one, "one", NOON)
    assert await one.renew(lease, now=NOON + 500, seconds=30)
    assert await take(other, "other", NOON + 501) is None


async def test_lease_of_another_is_neither_renewed_nor_released(
    consoles: tuple[DraftStore, DraftStore],
) -> None:
    one, other = consoles
    old = await taken(one, "one", NOON)
    new = await taken(other, "other", NOON + 31)
    assert not await one.renew(old, now=NOON + 32, seconds=30)
    await one.release(old)
    assert await other.renew(new, now=NOON + 33, seconds=30)


async def test_retaking_own_lease_gives_a_new_number(
    consoles: tuple[DraftStore, DraftStore],
) -> None:
    """Taking one's own lease again gives a new number and voids the old one."""
    one, _ = consoles
    old = await taken(one, "one", NOON)
    new = await taken(one, "one", NOON + 1)
    assert new.fence == old.fence + 1
    assert not await one.renew(old, now=NOON + 2, seconds=30)


async def test_expiry_written_by_a_fast_clock_does_not_hold_forever(
    consoles: tuple[DraftStore, DraftStore],
) -> None:
    one, other = consoles
    lost = await taken(one, "one", NOON + 86_400)
    new = await taken(other, "other", NOON)
    assert not await one.renew(lost, now=NOON, seconds=30)
    with pytest.raises(LeaseLost):
        await one.save_sync("D1", lost.fence, "stale")
    await other.save_sync("D1", new.fence, "fresh")


async def test_a_clock_set_back_a_little_leaves_it_where_it_is(
    consoles: tuple[DraftStore, DraftStore],
) -> None:
    one, other = consoles
    await taken(one, "one", NOON)
    assert await take(other, "other", NOON - 200) is None


async def test_long_lease_is_no_clock_jump_to_a_short_one(
    consoles: tuple[DraftStore, DraftStore],
) -> None:
    """A long lease is not taken for a clock jump by one who asks for a short one."""
    one, other = consoles
    await taken(one, "one", NOON, seconds=600)
    assert await take(other, "other", NOON + 1, seconds=5) is None


async def test_lease_is_of_one_draft_alone(consoles: tuple[DraftStore, DraftStore]) -> None:
    one, other = consoles
    await one.create(replace(HEADER, draft_id="D2"))
    first = await taken(one, "one", NOON)
    second = await other.acquire("D2", "other", now=NOON, seconds=30)
    assert second is not None
    assert second.fence == 1
    await one.release(first)
    assert await other.renew(second, now=NOON, seconds=30)
    assert await taken(other, "other", NOON) == Lease("D1", "other", 2)


async def test_renewing_sets_the_end_for_its_draft_alone(consoles: tuple[DraftStore, DraftStore]) -> None:
    one, other = consoles
    await one.create(replace(HEADER, draft_id="D2"))
    lease = await taken(one, "one", NOON)
    assert await one.acquire("D2", "one", now=NOON, seconds=30) is not None
    assert await one.renew(lease, now=NOON + 20, seconds=60)
    assert await take(other, "other", NOON + 79) is None
    assert await other.acquire("D2", "other", now=NOON + 30, seconds=30) is not None
    assert await take(other, "other", NOON + 80) is not None


async def test_released_lease_cannot_be_renewed(consoles: tuple[DraftStore, DraftStore]) -> None:
    one, _ = consoles
    lease = await taken(one, "one", NOON)
    await one.release(lease)
    assert not await one.renew(lease, now=NOON, seconds=30)


@pytest.mark.parametrize(("ahead", "is_held"), [(300, True), (301, False)])
async def test_expiry_ten_terms_ahead_is_believed_and_no_more(
    consoles: tuple[DraftStore, DraftStore], ahead: float, *, is_held: bool
) -> None:
    one, other = consoles
    await taken(one, "one", NOON + ahead - 30)
    assert (await take(other, "other", NOON) is None) == is_held


async def test_short_lease_is_not_held_by_a_long_clock_jump(consoles: tuple[DraftStore, DraftStore]) -> None:
    """Who asks for a long lease allows for a long term."""
    one, other = consoles
    await taken(one, "one", NOON + 300, seconds=5)
    assert await take(other, "other", NOON, seconds=60) is None
    assert await take(other, "other", NOON, seconds=5) is not None


STEPS = st.lists(
    st.tuples(
        st.sampled_from([0, 1]),
        st.sampled_from(["take", "renew", "release", "save"]),
        st.sampled_from([-100_000, -400, -31, 0, 1, 29, 31, 400, 100_000]),
    ),
    max_size=25,
)


@given(steps=STEPS)
async def test_however_the_clock_jumps_only_the_last_taker_can_write(
    steps: list[tuple[int, str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("leases") / "drafts.sqlite"
    async with await opened(file) as first, await opened(file) as second:
        stores = DraftStore(first), DraftStore(second)
        await stores[0].create(HEADER)
        held: list[Lease | None] = [None, None]
        current, highest, now = None, 0, NOON
        for who, step, jump in steps:
            now += jump
            lease = held[who]
            if step == "take":
                got = await take(stores[who], f"console-{who}", now)
                if got is not None:
                    assert got.fence > highest, "a number is never given twice"
                    held[who], current, highest = got, got, got.fence
            elif lease is not None and step == "renew":
                assert await stores[who].renew(lease, now=now, seconds=30) == (lease == current)
            elif lease is not None and step == "release":
                await stores[who].release(lease)
                current = None if lease == current else current
            elif lease is not None and lease == current:
                await stores[who].save_sync("D1", lease.fence, str(lease.fence))
            elif lease is not None:
                with pytest.raises(LeaseLost):
                    await stores[who].save_sync("D1", lease.fence, "stale")
