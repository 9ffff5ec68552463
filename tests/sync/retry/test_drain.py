"""Orders taken offline: all are sent once the connection is back, a few at a time."""

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest

from console.api.transport.endpoint import Endpoint
from console.api.transport.port import Port, RawResponse, Request
from console.sandbox.switches import FaultKind
from console.sync.connection.monitor import ConnectionState
from console.sync.engine import CONCURRENCY
from console.sync.retry.policy import LONGEST_PAUSE, SHORTEST_PAUSE
from console.sync.status import PlacementStatus
from tests.sync.counter import PAID_IN_CASH, UMM_ALI, Machine, add, fault
from tests.sync.simulated_port import SimulatedPort
from tests.sync.simulated_time import SimulatedClock, run_simulated

# Two hundred orders at once.
pytestmark = pytest.mark.slow

ORDERS = 200
BACK_AT = 60.0


class Offline(Machine):
    """A machine that starts offline. ``most`` is the largest number of requests in flight."""

    is_online = False
    under_way = 0
    most = 0

    def port(self, endpoint: Endpoint) -> Port:
        machine, port = self, SimulatedPort(self.backend.app, is_up=lambda: self.is_online)

        class Counting(SimulatedPort):
            async def send(self, request: Request) -> RawResponse:
                machine.under_way += 1
                machine.most = max(machine.most, machine.under_way)
                try:
                    await asyncio.sleep(0.02)
                    return await port.send(request)
                finally:
                    machine.under_way -= 1

        return Counting(self.backend.app, is_up=lambda: self.is_online)


def test_request_that_breaks_connections_is_retried_slower(tmp_path: Path) -> None:
    """A request that breaks the connection each time is retried less and less often."""

    async def story(time: SimulatedClock) -> list[float]:
        machine = Offline(tmp_path, clock=time, store_clock=time.true_now)
        machine.is_online = True
        machine.switch(fault(FaultKind.DROP_BEFORE, "carts.add_items", times=None))
        async with machine.console() as console:
            await console.start_order(None)
            await console.edit(add("L1", UMM_ALI))
            await asyncio.sleep(600)
            machine.switch()
            await asyncio.sleep(90)
            assert machine.carts()
            return console.port.times_of("carts.add_items")

    tried = run_simulated(story)
    pauses = [later - sooner for sooner, later in pairwise(tried)]
    assert len(tried) <= 25
    assert max(pauses[:3]) < 5 < min(pauses[5:]) <= max(pauses) < LONGEST_PAUSE + 5


def test_failing_platform_is_not_asked_for_every_order(tmp_path: Path) -> None:
    async def story(time: SimulatedClock) -> tuple[int, set[PlacementStatus]]:
        machine = Offline(tmp_path, clock=time, store_clock=time.true_now)
        machine.is_online = True
        machine.switch(fault(FaultKind.STATUS_500, "*", times=None), stock_changes={UMM_ALI: ORDERS})
        names = [f"D{number:03}" for number in range(ORDERS)]
        async with machine.console() as console:
            for name in names:
                await console.start_order(None, name)
                await console.edit(add("L1", UMM_ALI), PAID_IN_CASH, draft_id=name)
                await console.place("1.200", name)
            await asyncio.sleep(60)
            asked = len(console.port.requests)
            await asyncio.sleep(600)
            asked = len(console.port.requests) - asked
            machine.switch(stock_changes={UMM_ALI: ORDERS})
            await asyncio.sleep(180)
            return asked, {console.status[name].placement.state for name in names}

    asked, states = run_simulated(story)
    assert asked <= 600 / SHORTEST_PAUSE
    assert states == {PlacementStatus.PLACED}


def test_two_hundred_waiting_orders_drain_without_a_key(tmp_path: Path) -> None:
    run_simulated(lambda time: drained(tmp_path, time))


async def drained(home: Path, time: SimulatedClock) -> None:
    machine = Offline(home, clock=time, store_clock=time.true_now)
    machine.switch(stock_changes={UMM_ALI: ORDERS})
    names = [f"D{number:03}" for number in range(ORDERS)]
    async with machine.console() as console:
        for name in names:
            await console.start_order(None, name)
            await console.edit(add("L1", UMM_ALI), PAID_IN_CASH, draft_id=name)
            await console.place("1.200", name)
        await asyncio.sleep(BACK_AT)
        assert console.monitor.state is ConnectionState.OFFLINE
        assert {console.status[name].placement.state for name in names} == {PlacementStatus.WAITING}
        assert len(console.port.requests) <= ORDERS + BACK_AT
        machine.is_online = True
        await asyncio.sleep(3)
        assert console.monitor.state is ConnectionState.ONLINE
        await asyncio.sleep(120)
        assert {console.status[name].placement.state for name in names} == {PlacementStatus.PLACED}
        assert machine.most <= CONCURRENCY
    assert machine.orders() == [{(UMM_ALI, 0): 1}] * ORDERS
