"""The line goes and comes back: noticed soon, asked about seldom, and only while something waits."""

from itertools import pairwise

import pytest

from console.sandbox.switches import FaultKind
from console.sync.link import PROBE_SECONDS, Connection
from console.sync.status import Activity
from tests.sync.counter import GARLIC_BREAD, ONION_RINGS, Counter, add, fault, held, ordered

pytestmark = pytest.mark.anyio

DOWN = fault(FaultKind.DROP_BEFORE, "*", times=None)


async def test_an_order_made_without_a_line_is_sent_once_it_is_there(counter: Counter) -> None:
    counter.switch(DOWN)
    async with counter.console() as console:
        await console.begin()
        await console.edit(add("L1", GARLIC_BREAD))
        status = await console.until_is(Activity.OFFLINE)
        assert status.problem == "The line is down. The order is kept and sent by itself."
        await console.edit(add("L2", ONION_RINGS))
        counter.switch()
        await console.settled()
        assert held(counter.carts()[0]) == ordered(console.wished["D1"])
        assert console.connections == [Connection.OFFLINE, Connection.ONLINE]


async def test_while_it_waits_the_platform_is_asked_at_most_every_two_seconds(counter: Counter) -> None:
    counter.switch(DOWN)
    async with counter.console() as console:
        for draft_id in ("D1", "D2", "D3"):
            await console.begin(draft_id=draft_id)
            await console.edit(add("L1", GARLIC_BREAD), draft_id=draft_id)
            await console.until_is(Activity.OFFLINE, draft_id)
        began = len(console.port.asked)
        await console.until(lambda: len(console.port.asked) > began + 10)
        waiting = console.port.asked[began:]
        assert {name for name, _ in waiting} == {"oauth.timestamp"}
        assert all(later - sooner >= PROBE_SECONDS for (_, sooner), (_, later) in pairwise(waiting))


async def test_the_lines_return_is_noticed_within_three_seconds(counter: Counter) -> None:
    counter.switch(DOWN)
    counter.timer.flowing = False
    async with counter.console() as console:
        await console.begin()
        await console.edit(add("L1", GARLIC_BREAD))
        await console.until_is(Activity.OFFLINE)
        await counter.timer.advance(0.5)
        counter.switch()
        await counter.timer.advance(2.5)
        await console.until(lambda: console.link.state is Connection.ONLINE)
        await console.settled()


async def test_nobody_probes_while_nothing_waits(counter: Counter) -> None:
    async with counter.console() as console:
        await console.order(add("L1", GARLIC_BREAD))
        counter.switch(DOWN)
        asked = len(console.port.asked)
        console.link.failed()
        counter.timer.flowing = False
        await counter.timer.advance(600)
        assert len(console.port.asked) == asked


async def test_a_failing_platform_is_asked_at_most_every_two_seconds(counter: Counter) -> None:
    counter.switch(fault(FaultKind.STATUS_500, "customers.*", times=None))
    async with counter.console() as console:
        await console.begin()
        for number in range(5):
            await console.edit(add(f"L{number}", GARLIC_BREAD))
        await console.until(lambda: len(console.port.asked) > 10)
        times = [at for _, at in console.port.asked]
        assert all(later - sooner >= 2 for sooner, later in pairwise(times))


async def test_a_pause_that_the_platform_asks_for_is_kept(counter: Counter) -> None:
    counter.switch(fault(FaultKind.STATUS_429, "carts.add_items"))
    async with counter.console() as console:
        await console.order(add("L1", GARLIC_BREAD))
        first, second = console.port.times("carts.add_items")
        assert second - first >= 2
        assert "too many requests" in " ".join(status.problem for status in console.history)
