"""The connection is lost and comes back: noticed soon, probed seldom, only while something waits."""

from itertools import pairwise

import pytest

from console.api.errors import TimedOut
from console.api.transport.port import RawResponse, Request
from console.sandbox.switches import FaultKind
from console.sync.connection.monitor import PROBE_SECONDS, ConnectionState
from console.sync.connection.monitored_port import MonitoredPort
from console.sync.status import Activity, PlacementStatus
from tests.sync.counter import (
    GARLIC_BREAD,
    ONION_RINGS,
    PAID_IN_CASH,
    Machine,
    add,
    cart_contents,
    draft_contents,
    fault,
)
from tests.sync.problem_texts import text_of

pytestmark = pytest.mark.anyio

DOWN = fault(FaultKind.DROP_BEFORE, "*", times=None)


async def test_order_made_offline_is_sent_on_reconnection(machine: Machine) -> None:
    machine.switch(DOWN)
    async with machine.console() as console:
        await console.start_order()
        await console.edit(add("L1", GARLIC_BREAD))
        status = await console.wait_for_activity(Activity.OFFLINE)
        assert text_of(status.problem) == "Offline: saved here, will be sent automatically."
        await console.edit(add("L2", ONION_RINGS))
        machine.switch()
        await console.wait_until_settled()
        assert cart_contents(machine.carts()[0]) == draft_contents(console.current_drafts["D1"])
        assert console.connections == [ConnectionState.OFFLINE, ConnectionState.ONLINE]


async def test_waiting_order_polls_at_most_every_two_seconds(machine: Machine) -> None:
    machine.switch(DOWN)
    async with machine.console() as console:
        for draft_id in ("D1", "D2", "D3"):
            await console.start_order(draft_id=draft_id)
            await console.edit(add("L1", GARLIC_BREAD), draft_id=draft_id)
            await console.wait_for_activity(Activity.OFFLINE, draft_id)
        began = len(console.port.requests)
        await console.until(lambda: len(console.port.requests) > began + 10)
        waiting = console.port.requests[began:]
        assert {name for name, _ in waiting} == {"oauth.timestamp"}
        assert all(later - sooner >= PROBE_SECONDS for (_, sooner), (_, later) in pairwise(waiting))


async def test_reconnection_is_noticed_within_three_seconds(machine: Machine) -> None:
    machine.switch(DOWN)
    machine.virtual_clock.auto_advance = False
    async with machine.console() as console:
        await console.start_order()
        await console.edit(add("L1", GARLIC_BREAD))
        await console.wait_for_activity(Activity.OFFLINE)
        await machine.virtual_clock.advance(0.5)
        machine.switch()
        await machine.virtual_clock.advance(2.5)
        await console.until(lambda: console.monitor.state is ConnectionState.ONLINE)
        await console.wait_until_settled()


async def test_nobody_probes_while_nothing_waits(machine: Machine) -> None:
    async with machine.console() as console:
        await console.order(add("L1", GARLIC_BREAD))
        machine.switch(DOWN)
        asked = len(console.port.requests)
        console.monitor.failed()
        machine.virtual_clock.auto_advance = False
        await machine.virtual_clock.advance(600)
        assert len(console.port.requests) == asked


async def test_a_failing_platform_is_asked_at_most_every_two_seconds(machine: Machine) -> None:
    machine.switch(fault(FaultKind.STATUS_500, "customers.*", times=None))
    async with machine.console() as console:
        await console.start_order()
        for number in range(5):
            await console.edit(add(f"L{number}", GARLIC_BREAD))
        await console.until(lambda: len(console.port.requests) > 10)
        times = [at for _, at in console.port.requests]
        assert all(later - sooner >= 2 for sooner, later in pairwise(times))


async def test_pause_requested_by_the_platform_is_observed(machine: Machine) -> None:
    machine.switch(fault(FaultKind.STATUS_429, "carts.add_items"))
    async with machine.console() as console:
        await console.order(add("L1", GARLIC_BREAD))
        first, second = console.port.times_of("carts.add_items")
        assert second - first >= 2
        assert "Too many requests" in " ".join(text_of(status.problem) for status in console.status_history)


async def test_platform_that_answers_in_seconds_is_slow_and_orders_go(machine: Machine) -> None:
    machine.switch(fault(FaultKind.LATENCY, "*", times=None, seconds=4.0))
    async with machine.console() as console:
        console.api.transport._port = MonitoredPort(console.port, track=console.monitor.track)
        await console.order(add("L1", GARLIC_BREAD, quantity=2), PAID_IN_CASH)
        await console.place(str(machine.carts()[0].order_total))
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert len(machine.orders()) == 1
        assert ConnectionState.SLOW in console.connections
        assert ConnectionState.OFFLINE not in console.connections
        assert Activity.OFFLINE not in {status.activity for status in console.status_history}


async def test_responses_beyond_the_deadline_are_retried_and_not_offline(machine: Machine) -> None:
    """Two reads come too late; the third is in time."""
    timed_out = TimedOut(diagnostics="no response within 10 s")
    async with machine.console() as console:
        await console.order(add("L1", GARLIC_BREAD))
        late = [timed_out, timed_out]
        send = console.port.send

        async def send_late(request: Request) -> RawResponse:
            if late and request.operation.name.startswith("carts."):
                raise late.pop()
            return await send(request)

        console.port.send = send_late
        await console.edit(add("L2", ONION_RINGS))
        await console.wait_until_settled()
        assert cart_contents(machine.carts()[0]) == draft_contents(console.current_drafts["D1"])
        assert ConnectionState.OFFLINE not in console.connections
