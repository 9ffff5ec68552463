"""The connection: its state, noticed from requests and from one shared probe."""

import asyncio
from itertools import pairwise

import pytest

from console.api.transport.port import RawResponse, Request
from console.operations import OPERATIONS_BY_NAME
from console.sync.connection.monitor import (
    OFFLINE_AFTER,
    PATIENT_PROBE,
    PROBE_SECONDS,
    QUICK_PROBE,
    ConnectionMonitor,
    ConnectionState,
    ProbeResult,
)
from console.sync.connection.monitored_port import MonitoredPort
from tests.sync.virtual_time import NOON, VirtualClock, run_ready_tasks

pytestmark = pytest.mark.anyio


class FakeConnection:
    """A monitor over a connection that is there or not, with what it reported."""

    def __init__(self) -> None:
        self.clock = VirtualClock(auto_advance=False)
        self.up = False
        self.probe_takes = 0.0
        self.fault: Exception | None = None
        self.finds = ProbeResult.UNREACHABLE
        self.probes: list[float] = []
        self.patience: list[float] = []
        self.reported: list[ConnectionState] = []
        self.monitor = ConnectionMonitor(probe=self.probe, clock=self.clock, report=self.reported.append)

    async def probe(self, seconds: float) -> ProbeResult:
        self.probes.append(self.clock.now() - NOON)
        self.patience.append(seconds)
        if self.probe_takes:
            await self.clock.sleep(self.probe_takes)
        if self.fault is not None:
            raise self.fault
        return ProbeResult.RESPONDED if self.up else self.finds


async def test_nothing_is_known_or_awaited_before_the_first_call() -> None:
    connection = FakeConnection()
    assert connection.monitor.state is ConnectionState.UNKNOWN
    await connection.monitor.wait_online()
    assert connection.probes == []


async def test_changes_are_reported_once_each() -> None:
    connection = FakeConnection()
    for call in (
        connection.monitor.succeeded,
        connection.monitor.succeeded,
        connection.monitor.failed,
        connection.monitor.failed,
        connection.monitor.succeeded,
    ):
        call()
    assert connection.reported == [ConnectionState.ONLINE, ConnectionState.OFFLINE, ConnectionState.ONLINE]


async def test_all_who_wait_share_one_probe_every_two_seconds() -> None:
    connection = FakeConnection()
    connection.monitor.failed()
    waiting = [asyncio.create_task(connection.monitor.wait_online()) for _ in range(5)]
    await connection.clock.advance(3 * PROBE_SECONDS)
    assert connection.probes == [2, 4, 6]
    connection.up = True
    await connection.clock.advance(PROBE_SECONDS)
    await asyncio.gather(*waiting)
    assert connection.reported == [ConnectionState.OFFLINE, ConnectionState.ONLINE]


async def test_once_nobody_waits_any_more_nobody_asks() -> None:
    connection = FakeConnection()
    connection.monitor.failed()
    waiting = asyncio.create_task(connection.monitor.wait_online())
    await connection.clock.advance(PROBE_SECONDS)
    waiting.cancel()
    await connection.clock.advance(100)
    assert connection.probes == [2]


async def test_whoever_waits_later_has_it_probed_again() -> None:
    connection = FakeConnection()
    connection.monitor.failed()
    waiting = asyncio.create_task(connection.monitor.wait_online())
    await run_ready_tasks()
    waiting.cancel()
    await connection.clock.advance(100)
    again = asyncio.create_task(connection.monitor.wait_online())
    connection.up = True
    await connection.clock.advance(PROBE_SECONDS)
    await again
    assert connection.probes == [102]


async def test_work_with_a_response_ends_the_waiting_without_a_probe() -> None:
    connection = FakeConnection()
    connection.monitor.failed()
    waiting = asyncio.create_task(connection.monitor.wait_online())
    await run_ready_tasks()
    connection.monitor.succeeded()
    await waiting
    await connection.clock.advance(100)
    assert connection.probes == []


async def test_broken_probe_is_reported_and_leaves_nobody_waiting() -> None:
    connection = FakeConnection()
    connection.fault = ZeroDivisionError()
    broken: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, what: broken.append(what["exception"]))
    connection.monitor.failed()
    waiting = asyncio.create_task(connection.monitor.wait_online())
    await connection.clock.advance(PROBE_SECONDS)
    await waiting
    assert broken == [connection.fault]
    assert connection.reported == [ConnectionState.OFFLINE, ConnectionState.UNKNOWN]


async def test_closing_ends_the_probing() -> None:
    connection = FakeConnection()
    connection.monitor.failed()
    waiting = asyncio.create_task(connection.monitor.wait_online())
    await run_ready_tasks()
    await connection.monitor.close()
    await connection.clock.advance(100)
    assert connection.probes == []
    waiting.cancel()


class HangingPort:
    """A connection that swallows requests until the test responds."""

    def __init__(self) -> None:
        self.response = asyncio.Event()

    async def send(self, request: Request) -> RawResponse:
        await self.response.wait()
        return RawResponse(200, {}, b"")

    async def aclose(self) -> None:
        self.response.set()


def ask(connection: FakeConnection, port: HangingPort) -> asyncio.Task[RawResponse]:
    request = Request(OPERATIONS_BY_NAME["carts.by_token"], "GET", "http://store.example", {}, b"")
    return asyncio.create_task(MonitoredPort(port, track=connection.monitor.track).send(request))


async def test_lost_connection_is_noticed_within_three_seconds() -> None:
    """A connection lost while a request hangs is noticed within three seconds."""
    connection, port = FakeConnection(), HangingPort()
    connection.monitor.succeeded()
    connection.probe_takes = 2.0
    hanging = ask(connection, port)
    await connection.clock.advance(3)
    assert connection.reported == [ConnectionState.ONLINE, ConnectionState.OFFLINE]
    assert not hanging.done()
    hanging.cancel()


async def test_slow_response_is_probed_every_two_seconds() -> None:
    """A slow response is no lost connection and is probed every two seconds."""
    connection, port = FakeConnection(), HangingPort()
    connection.up = True
    hanging = ask(connection, port)
    await connection.clock.advance(6)
    port.response.set()
    await hanging
    await connection.clock.advance(100)
    assert connection.probes == [1, 3, 5]
    assert connection.reported == [ConnectionState.ONLINE]


async def test_platform_that_only_says_nothing_is_slow_and_not_offline() -> None:
    connection, port = FakeConnection(), HangingPort()
    connection.finds, connection.probe_takes = ProbeResult.SILENT, QUICK_PROBE
    connection.monitor.succeeded()
    hanging = ask(connection, port)
    await connection.clock.advance(9)
    assert connection.reported == [ConnectionState.ONLINE, ConnectionState.SLOW]
    await connection.monitor.wait_online()
    hanging.cancel()


async def test_requests_that_take_seconds_make_it_slow_until_they_are_fast_again() -> None:
    connection, port = FakeConnection(), HangingPort()
    for seconds in (4.0, 4.0, 0.5, 0.5, 0.5):
        port.response.clear()
        asked = ask(connection, port)
        connection.up = True
        await connection.clock.advance(seconds)
        port.response.set()
        await asked
    assert connection.reported == [ConnectionState.ONLINE, ConnectionState.SLOW, ConnectionState.ONLINE]


async def test_silence_of_everything_for_long_is_offline() -> None:
    """Each request ends at its own deadline; the silence goes on over all of them."""
    connection, port = FakeConnection(), HangingPort()
    connection.finds, connection.probe_takes = ProbeResult.SILENT, QUICK_PROBE
    for _ in range(4):
        hanging = ask(connection, port)
        await connection.clock.advance(OFFLINE_AFTER / 4 + 1)
        hanging.cancel()
        await run_ready_tasks()
        connection.monitor.timed_out()
    assert connection.reported == [ConnectionState.SLOW, ConnectionState.OFFLINE]


async def test_once_offline_a_probe_waits_long_enough_for_a_slow_platform() -> None:
    connection = FakeConnection()
    connection.up, connection.probe_takes = True, 6.0
    connection.monitor.failed()
    waiting = asyncio.create_task(connection.monitor.wait_online())
    await connection.clock.advance(PROBE_SECONDS + 6.0)
    await waiting
    assert connection.patience == [PATIENT_PROBE]


async def test_quick_response_is_not_probed_beside() -> None:
    connection, port = FakeConnection(), HangingPort()
    for _ in range(5):
        port.response.clear()
        asked = ask(connection, port)
        await connection.clock.advance(0.5)
        port.response.set()
        await asked
    await connection.clock.advance(100)
    assert connection.probes == []


async def test_successful_probe_beside_a_hung_request_reconnects() -> None:
    connection, port = FakeConnection(), HangingPort()
    hanging = ask(connection, port)
    await connection.clock.advance(2)
    connection.up = True
    await connection.clock.advance(1)
    assert connection.reported == [ConnectionState.OFFLINE, ConnectionState.ONLINE]
    hanging.cancel()


async def test_who_waits_and_what_hangs_share_the_probes() -> None:
    connection, port = FakeConnection(), HangingPort()
    connection.monitor.failed()
    waiting = asyncio.create_task(connection.monitor.wait_online())
    await run_ready_tasks()
    hanging = [ask(connection, port) for _ in range(3)]
    await connection.clock.advance(9)
    assert all(later - sooner >= PROBE_SECONDS for sooner, later in pairwise(connection.probes))
    waiting.cancel()
    for task in hanging:
        task.cancel()


async def test_failed_probe_after_all_responses_changes_nothing() -> None:
    connection, port = FakeConnection(), HangingPort()
    connection.probe_takes = 2.0
    hanging = ask(connection, port)
    await connection.clock.advance(1.5)
    port.response.set()
    await hanging
    connection.monitor.succeeded()
    await connection.clock.advance(100)
    assert connection.reported == [ConnectionState.ONLINE]
