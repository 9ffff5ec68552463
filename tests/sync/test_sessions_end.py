"""A customer's session ends with its order: logged out in the background, whatever the platform does."""

import asyncio

import pytest

from console.sandbox.switches import FaultKind
from console.sync.placement.state import Abandon
from console.sync.status import PlacementStatus
from tests.sync.counter import GARLIC_BREAD, PAID_IN_CASH, TIMEOUT_SECONDS, TOM, Console, Machine, add, fault

pytestmark = pytest.mark.anyio


async def start(console: Console, *, is_walk_in: bool = False) -> None:
    await console.start_order(None if is_walk_in else TOM)
    await console.edit(add("L1", GARLIC_BREAD, quantity=2), PAID_IN_CASH)
    await console.wait_until_settled()


async def logged_out(console: Console, machine: Machine) -> None:
    """Wait until the background request has ended every session."""
    async with asyncio.timeout(TIMEOUT_SECONDS):
        while open_sessions(machine):  # noqa: ASYNC110 - the sandbox has no event for it
            await asyncio.sleep(0.001)
    assert len(console.port.times_of("customers.logout")) == 1


async def requests_sent() -> None:
    """Give a background request the turns of the loop that it needs to be sent."""
    for _ in range(200):
        await asyncio.sleep(0)


def open_sessions(machine: Machine) -> int:
    rows = machine.backend.store.rows(
        "SELECT token FROM token WHERE customer_id IS NOT NULL AND state != 'ended'"
    )
    return len(rows)


async def test_placed_order_logs_its_customer_out(machine: Machine) -> None:
    async with machine.console() as console:
        await start(console)
        assert open_sessions(machine) == 1
        await console.place("1.500")
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        await logged_out(console, machine)


async def test_abandoned_order_logs_its_customer_out(machine: Machine) -> None:
    async with machine.console() as console:
        await start(console)
        machine.switch(fault(FaultKind.DROP_BEFORE, "orders.place"))
        await console.place("1.500")
        await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        console.engine.decide("D1", Abandon())
        await console.wait_for_placing_state(PlacementStatus.ABANDONED)
        await logged_out(console, machine)


async def test_dropped_order_logs_its_customer_out(machine: Machine) -> None:
    async with machine.console() as console:
        await start(console)
        await console.engine.drop("D1")
        await logged_out(console, machine)


async def test_walk_in_order_has_no_customer_to_log_out(machine: Machine) -> None:
    async with machine.console() as console:
        await start(console, is_walk_in=True)
        await console.place("1.500")
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        await requests_sent()
        assert console.port.times_of("customers.logout") == []


@pytest.mark.parametrize("kind", [FaultKind.DROP_BEFORE, FaultKind.STATUS_500, FaultKind.LATENCY])
async def test_failing_log_out_changes_nothing_of_the_order(machine: Machine, kind: FaultKind) -> None:
    async with machine.console() as console:
        await start(console)
        machine.switch(fault(kind, "customers.logout", times=None))
        await console.place("1.500")
        placing = await console.wait_for_placing_state(PlacementStatus.PLACED)
        await requests_sent()
        assert (placing.problem, console.status["D1"].problem) == (None, None)
        assert console.sessions.existing_token("D1") is None
