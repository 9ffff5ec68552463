"""The line: noticed from the work itself and from one probe that everybody shares."""

import asyncio

import pytest

from console.sync.link import PROBE_SECONDS, Connection, Link
from tests.sync.virtual_time import NOON, VirtualTimer, yields

pytestmark = pytest.mark.anyio


class Line:
    """A link over a line that is there or not, and what it told."""

    def __init__(self) -> None:
        self.timer = VirtualTimer(flowing=False)
        self.up = False
        self.fault: Exception | None = None
        self.probes: list[float] = []
        self.told: list[Connection] = []
        self.link = Link(probe=self.probe, timer=self.timer, report=self.told.append)

    async def probe(self) -> bool:
        self.probes.append(self.timer.now() - NOON)
        if self.fault is not None:
            raise self.fault
        return self.up


async def test_nothing_is_known_before_the_first_call_and_nobody_waits_for_that() -> None:
    line = Line()
    assert line.link.state is Connection.UNKNOWN
    await line.link.online()
    assert line.probes == []


async def test_changes_are_told_once_each() -> None:
    line = Line()
    for call in (line.link.worked, line.link.worked, line.link.failed, line.link.failed, line.link.worked):
        call()
    assert line.told == [Connection.ONLINE, Connection.OFFLINE, Connection.ONLINE]


async def test_all_who_wait_share_one_probe_every_two_seconds() -> None:
    line = Line()
    line.link.failed()
    waiting = [asyncio.create_task(line.link.online()) for _ in range(5)]
    await line.timer.advance(3 * PROBE_SECONDS)
    assert line.probes == [2, 4, 6]
    line.up = True
    await line.timer.advance(PROBE_SECONDS)
    await asyncio.gather(*waiting)
    assert line.told == [Connection.OFFLINE, Connection.ONLINE]


async def test_once_nobody_waits_any_more_nobody_asks() -> None:
    line = Line()
    line.link.failed()
    waiting = asyncio.create_task(line.link.online())
    await line.timer.advance(PROBE_SECONDS)
    waiting.cancel()
    await line.timer.advance(100)
    assert line.probes == [2]


async def test_whoever_waits_later_has_it_probed_again() -> None:
    line = Line()
    line.link.failed()
    waiting = asyncio.create_task(line.link.online())
    await yields()
    waiting.cancel()
    await line.timer.advance(100)
    again = asyncio.create_task(line.link.online())
    line.up = True
    await line.timer.advance(PROBE_SECONDS)
    await again
    assert line.probes == [102]


async def test_work_that_is_answered_ends_the_waiting_without_a_probe() -> None:
    line = Line()
    line.link.failed()
    waiting = asyncio.create_task(line.link.online())
    await yields()
    line.link.worked()
    await waiting
    await line.timer.advance(100)
    assert line.probes == []


async def test_a_probe_that_breaks_is_reported_and_leaves_nobody_waiting() -> None:
    line = Line()
    line.fault = ZeroDivisionError()
    broken: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, what: broken.append(what["exception"]))
    line.link.failed()
    waiting = asyncio.create_task(line.link.online())
    await line.timer.advance(PROBE_SECONDS)
    await waiting
    assert broken == [line.fault]
    assert line.told == [Connection.OFFLINE, Connection.UNKNOWN]


async def test_closing_ends_the_probing() -> None:
    line = Line()
    line.link.failed()
    waiting = asyncio.create_task(line.link.online())
    await yields()
    await line.link.close()
    await line.timer.advance(100)
    assert line.probes == []
    waiting.cancel()
