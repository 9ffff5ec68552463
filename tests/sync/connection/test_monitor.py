"""The line: noticed from the work itself and from one probe that everybody shares."""

import asyncio
from itertools import pairwise

import pytest

from console.api.transport.port import RawResponse, Request
from console.operations import OPERATIONS_BY_NAME
from console.sync.connection.monitor import PROBE_SECONDS, ConnectionMonitor, ConnectionState
from console.sync.connection.monitored_port import MonitoredPort
from tests.sync.virtual_time import NOON, VirtualClock, run_ready_tasks

pytestmark = pytest.mark.anyio


class Line:
    """A link over a line that is there or not, and what it told."""

    def __init__(self) -> None:
        self.timer = VirtualClock(auto_advance=False)
        self.up = False
        self.probe_takes = 0.0
        self.fault: Exception | None = None
        self.probes: list[float] = []
        self.told: list[ConnectionState] = []
        self.link = ConnectionMonitor(probe=self.probe, clock=self.timer, report=self.told.append)

    async def probe(self) -> bool:
        self.probes.append(self.timer.now() - NOON)
        if self.probe_takes:
            await self.timer.sleep(self.probe_takes)
        if self.fault is not None:
            raise self.fault
        return self.up


async def test_nothing_is_known_before_the_first_call_and_nobody_waits_for_that() -> None:
    line = Line()
    assert line.link.state is ConnectionState.UNKNOWN
    await line.link.wait_online()
    assert line.probes == []


async def test_changes_are_told_once_each() -> None:
    line = Line()
    for call in (
        line.link.succeeded,
        line.link.succeeded,
        line.link.failed,
        line.link.failed,
        line.link.succeeded,
    ):
        call()
    assert line.told == [ConnectionState.ONLINE, ConnectionState.OFFLINE, ConnectionState.ONLINE]


async def test_all_who_wait_share_one_probe_every_two_seconds() -> None:
    line = Line()
    line.link.failed()
    waiting = [asyncio.create_task(line.link.wait_online()) for _ in range(5)]
    await line.timer.advance(3 * PROBE_SECONDS)
    assert line.probes == [2, 4, 6]
    line.up = True
    await line.timer.advance(PROBE_SECONDS)
    await asyncio.gather(*waiting)
    assert line.told == [ConnectionState.OFFLINE, ConnectionState.ONLINE]


async def test_once_nobody_waits_any_more_nobody_asks() -> None:
    line = Line()
    line.link.failed()
    waiting = asyncio.create_task(line.link.wait_online())
    await line.timer.advance(PROBE_SECONDS)
    waiting.cancel()
    await line.timer.advance(100)
    assert line.probes == [2]


async def test_whoever_waits_later_has_it_probed_again() -> None:
    line = Line()
    line.link.failed()
    waiting = asyncio.create_task(line.link.wait_online())
    await run_ready_tasks()
    waiting.cancel()
    await line.timer.advance(100)
    again = asyncio.create_task(line.link.wait_online())
    line.up = True
    await line.timer.advance(PROBE_SECONDS)
    await again
    assert line.probes == [102]


async def test_work_that_is_answered_ends_the_waiting_without_a_probe() -> None:
    line = Line()
    line.link.failed()
    waiting = asyncio.create_task(line.link.wait_online())
    await run_ready_tasks()
    line.link.succeeded()
    await waiting
    await line.timer.advance(100)
    assert line.probes == []


async def test_a_probe_that_breaks_is_reported_and_leaves_nobody_waiting() -> None:
    line = Line()
    line.fault = ZeroDivisionError()
    broken: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, what: broken.append(what["exception"]))
    line.link.failed()
    waiting = asyncio.create_task(line.link.wait_online())
    await line.timer.advance(PROBE_SECONDS)
    await waiting
    assert broken == [line.fault]
    assert line.told == [ConnectionState.OFFLINE, ConnectionState.UNKNOWN]


async def test_closing_ends_the_probing() -> None:
    line = Line()
    line.link.failed()
    waiting = asyncio.create_task(line.link.wait_online())
    await run_ready_tasks()
    await line.link.close()
    await line.timer.advance(100)
    assert line.probes == []
    waiting.cancel()


class HangingPort:
    """A line that swallows what is sent, until it is answered by hand."""

    def __init__(self) -> None:
        self.answer = asyncio.Event()

    async def send(self, request: Request) -> RawResponse:
        await self.answer.wait()
        return RawResponse(200, {}, b"")

    async def aclose(self) -> None:
        self.answer.set()


def ask(line: Line, port: HangingPort) -> asyncio.Task[RawResponse]:
    request = Request(OPERATIONS_BY_NAME["carts.by_token"], "GET", "http://store.example", {}, b"")
    return asyncio.create_task(MonitoredPort(port, track=line.link.track).send(request))


async def test_a_line_that_goes_while_a_request_hangs_is_noticed_within_three_seconds() -> None:
    line, port = Line(), HangingPort()
    line.link.succeeded()
    line.probe_takes = 2.0
    hanging = ask(line, port)
    await line.timer.advance(3)
    assert line.told == [ConnectionState.ONLINE, ConnectionState.OFFLINE]
    assert not hanging.done()
    hanging.cancel()


async def test_a_slow_answer_is_no_lost_line_and_is_asked_about_every_two_seconds() -> None:
    line, port = Line(), HangingPort()
    line.up = True
    hanging = ask(line, port)
    await line.timer.advance(6)
    port.answer.set()
    await hanging
    await line.timer.advance(100)
    assert line.probes == [1, 3, 5]
    assert line.told == [ConnectionState.ONLINE]


async def test_a_quick_answer_is_not_probed_beside() -> None:
    line, port = Line(), HangingPort()
    for _ in range(5):
        port.answer.clear()
        asked = ask(line, port)
        await line.timer.advance(0.5)
        port.answer.set()
        await asked
    await line.timer.advance(100)
    assert line.probes == []


async def test_the_line_is_there_again_as_soon_as_the_probe_beside_a_hanging_request_says_so() -> None:
    line, port = Line(), HangingPort()
    hanging = ask(line, port)
    await line.timer.advance(2)
    line.up = True
    await line.timer.advance(1)
    assert line.told == [ConnectionState.OFFLINE, ConnectionState.ONLINE]
    hanging.cancel()


async def test_who_waits_and_what_hangs_share_the_probes() -> None:
    line, port = Line(), HangingPort()
    line.link.failed()
    waiting = asyncio.create_task(line.link.wait_online())
    await run_ready_tasks()
    hanging = [ask(line, port) for _ in range(3)]
    await line.timer.advance(9)
    assert all(later - sooner >= PROBE_SECONDS for sooner, later in pairwise(line.probes))
    waiting.cancel()
    for task in hanging:
        task.cancel()


async def test_a_probe_that_fails_after_everything_was_answered_tells_nothing() -> None:
    line, port = Line(), HangingPort()
    line.probe_takes = 2.0
    hanging = ask(line, port)
    await line.timer.advance(1.5)
    port.answer.set()
    await hanging
    line.link.succeeded()
    await line.timer.advance(100)
    assert line.told == [ConnectionState.ONLINE]
