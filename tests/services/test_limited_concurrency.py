"""Many things done a few at a time: one that fails ends them all, and being cancelled is never lost."""

import asyncio

import pytest

from console.services.limited_concurrency import CONCURRENCY, for_each_limited

pytestmark = pytest.mark.anyio


async def test_each_is_done_and_no_more_than_a_few_at_a_time() -> None:
    under_way, most, done = 0, 0, set[int]()

    async def work(thing: int) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1
        done.add(thing)

    await for_each_limited(range(20), work)
    assert (done, most) == (set(range(20)), CONCURRENCY)


async def test_one_that_fails_ends_the_others() -> None:
    begun: list[int] = []

    async def work(thing: int) -> None:
        begun.append(thing)
        if thing == 1:
            raise LookupError(thing)
        await asyncio.Event().wait()

    with pytest.raises(LookupError):
        await for_each_limited(range(20), work)
    assert begun == list(range(CONCURRENCY))


async def test_being_cancelled_just_when_one_failed_is_being_cancelled() -> None:
    async def work(thing: int) -> None:
        if thing == 1:
            doing.cancel()
        if thing == 0:
            raise LookupError(thing)
        await asyncio.Event().wait()

    doing = asyncio.create_task(for_each_limited(range(2), work))
    with pytest.raises(asyncio.CancelledError):
        await doing
