"""The process ends at any point and another goes on from what was kept: nothing is lost, nothing doubled."""

import pytest

from console.ordering.draft import Edit, RemoveLine, SetQuantity
from console.sync.rules import CartOwner
from console.sync.status import Activity
from tests.sync.counter import (
    CHICKEN_SUPREME,
    GARLIC_BREAD,
    ONION_RINGS,
    PEPSI,
    PEPSI_CAN,
    Counter,
    CrashError,
    add,
    held,
    ordered,
)

pytestmark = pytest.mark.anyio

BEGINNING = (add("L1", GARLIC_BREAD, quantity=2), add("L2", CHICKEN_SUPREME), add("L3", PEPSI, PEPSI_CAN))
CHANGES: tuple[Edit, ...] = (
    SetQuantity("L1", 5),
    RemoveLine("L2"),
    SetQuantity("L3", 2),
    add("L4", ONION_RINGS),
)


class CrashAt:
    """Ends the process at the n-th time that it comes to a point."""

    def __init__(self, point: str, time: int) -> None:
        self._point = point
        self._left = time
        self.happened = False

    def __call__(self, point: str) -> None:
        self._left -= point == self._point
        if self._left == 0 and not self.happened:
            self.happened = True
            raise CrashError(point)


@pytest.mark.parametrize("owner", CartOwner)
@pytest.mark.parametrize("time", range(1, 8))
@pytest.mark.parametrize("point", ["before the write", "after the write", "after the answer"])
async def test_wherever_it_ends_the_next_start_makes_the_cart_equal(
    counter: Counter, owner: CartOwner, point: str, time: int
) -> None:
    counter.owner = owner
    counter.switch()
    crash = CrashAt(point, time)
    async with counter.console("one", crash=crash) as console:
        await console.begin()
        await console.edit(*BEGINNING)
        if time > len(BEGINNING):
            await console.settled()
            await console.edit(*CHANGES)
        await console.until(lambda: crash.happened)
    async with counter.console("two") as console:
        await console.go_on()
        if time <= len(BEGINNING):
            await console.edit(*CHANGES)
        await console.settled()
        carts = [held(cart) for cart in counter.carts()]
        assert carts[-1] == ordered(console.wished["D1"])
        assert len(carts) == 1 or owner is CartOwner.TOKEN


async def test_two_consoles_never_send_for_one_order_at_once(counter: Counter) -> None:
    counter.owner = CartOwner.CUSTOMER
    counter.switch()
    async with counter.console("one") as one, counter.console("two") as two:
        await one.order(*BEGINNING)
        await two.go_on()
        status = await two.until_is(Activity.ELSEWHERE)
        assert "Close it there" in status.problem
        await one.edit(*CHANGES)
        await one.settled()
        assert two.port.asked == []
        assert [held(cart) for cart in counter.carts()] == [ordered(one.wished["D1"])]


async def test_an_order_that_was_dropped_is_taken_over_as_it_was_left(counter: Counter) -> None:
    counter.owner = CartOwner.CUSTOMER
    counter.switch()
    async with counter.console("one") as one, counter.console("two") as two:
        await one.order(*BEGINNING)
        await two.go_on()
        await two.until_is(Activity.ELSEWHERE)
        await one.edit(*CHANGES)
        await one.settled()
        await one.engine.drop("D1")
        await two.until_is(Activity.IDLE)
        assert two.port.writes == 0
        assert [held(cart) for cart in counter.carts()] == [ordered(one.wished["D1"])]


async def test_a_console_that_was_taken_for_dead_sends_nothing_more(counter: Counter) -> None:
    async with counter.console("one") as one, counter.console("two") as two:
        await one.order(*BEGINNING)
        counter.alive.discard("one")
        await two.go_on()
        await two.settled()
        sent = one.port.writes
        await one.edit(add("L9", ONION_RINGS))
        await one.until_is(Activity.ELSEWHERE)
        assert one.port.writes == sent


async def test_a_console_that_gets_its_order_back_starts_a_session_of_its_own(counter: Counter) -> None:
    async with counter.console("one") as one, counter.console("two") as two:
        await one.order(*BEGINNING)
        counter.alive.discard("one")
        await two.go_on()
        await two.settled()
        await two.engine.drop("D1")
        await one.edit(add("L9", ONION_RINGS))
        await one.settled()
        assert held(counter.carts()[-1]) == ordered(one.wished["D1"])
        assert len(counter.carts()) == 3
