"""A caller that gives up costs no connection, however many do."""

import asyncio
import itertools

import pytest

from console.api.errors import PlatformError
from console.api.transport.graceful_cancellation import GracefulCancellation
from tests.api.transport.test_http import TOKEN_ANSWER, platform, reply

pytestmark = pytest.mark.anyio


async def test_callers_who_give_up_leave_the_connections_usable() -> None:
    """Six requests at once, all given up after another number of turns of the event loop each time."""

    numbers = itertools.count()

    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            await reader.readuntil(b"\r\n\r\n")
            # Each session has a token of its own.
            writer.write(reply(TOKEN_ANSWER.replace(b"xxx", b"%d" % next(numbers))))
            await writer.drain()

    async with platform(respond) as api:
        for turns in range(0, 40, 5):
            asking = [asyncio.create_task(api.customers.access_token()) for _ in range(6)]
            for _ in range(turns):
                await asyncio.sleep(0)
            for task in asking:
                task.cancel()
            await asyncio.gather(*asking, return_exceptions=True)
        for _ in range(10):
            assert await api.customers.access_token()


async def test_the_wait_ends_at_once_and_the_work_may_end_well() -> None:
    work_ends, ended = asyncio.Event(), asyncio.Event()
    requests = GracefulCancellation()

    async def work() -> None:
        await work_ends.wait()
        ended.set()

    waiting = asyncio.create_task(requests.run(work()))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert waiting.cancelled()
    work_ends.set()
    await ended.wait()


async def test_closing_ends_what_was_given_up() -> None:
    requests = GracefulCancellation()
    began, cancelled = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    waiting = asyncio.create_task(requests.run(work()))
    await began.wait()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await requests.aclose()
    assert cancelled.is_set()


async def test_an_error_of_the_work_is_the_callers() -> None:
    async def work() -> None:
        raise PlatformError

    with pytest.raises(PlatformError):
        await GracefulCancellation().run(work())
