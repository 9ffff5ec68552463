"""The process is killed at any point and another one goes on: nothing is lost, nothing is doubled."""

import pytest

from console.ordering.draft import Edit, RemoveLine, SetQuantity
from console.sync.platform_rules import PlatformCartOwner
from console.sync.status import Activity
from tests.sync.counter import (
    CHICKEN_SUPREME,
    GARLIC_BREAD,
    ONION_RINGS,
    PEPSI,
    PEPSI_CAN,
    Machine,
    add,
    cart_contents,
    draft_contents,
)
from tests.sync.crash_points import CrashAt
from tests.sync.problem_texts import text_of

pytestmark = pytest.mark.anyio

BEGINNING = (add("L1", GARLIC_BREAD, quantity=2), add("L2", CHICKEN_SUPREME), add("L3", PEPSI, PEPSI_CAN))
CHANGES: tuple[Edit, ...] = (
    SetQuantity("L1", 5),
    RemoveLine("L2"),
    SetQuantity("L3", 2),
    add("L4", ONION_RINGS),
)


@pytest.mark.parametrize("owner", PlatformCartOwner)
@pytest.mark.parametrize("time", range(1, 8))
@pytest.mark.parametrize("point", ["before the write", "after the write", "after the response"])
async def test_wherever_it_ends_the_next_start_makes_the_cart_equal(
    machine: Machine, owner: PlatformCartOwner, point: str, time: int
) -> None:
    machine.cart_owner = owner
    machine.switch()
    crash = CrashAt(point, time)
    async with machine.console("one", checkpoint=crash) as console:
        await console.start_order()
        await console.edit(*BEGINNING)
        if time > len(BEGINNING):
            await console.wait_until_settled()
            await console.edit(*CHANGES)
        await console.until(lambda: crash.happened)
    async with machine.console("two") as console:
        await console.resume_order()
        if time <= len(BEGINNING):
            await console.edit(*CHANGES)
        await console.wait_until_settled()
        carts = [cart_contents(cart) for cart in machine.carts()]
        assert carts[-1] == draft_contents(console.current_drafts["D1"])
        assert len(carts) == 1 or owner is PlatformCartOwner.TOKEN


async def test_two_consoles_never_send_for_one_order_at_once(machine: Machine) -> None:
    machine.cart_owner = PlatformCartOwner.CUSTOMER
    machine.switch()
    async with machine.console("one") as one, machine.console("two") as two:
        await one.order(*BEGINNING)
        await two.resume_order()
        status = await two.wait_for_activity(Activity.LEASED_ELSEWHERE)
        assert "Close it there" in text_of(status.problem)
        await one.edit(*CHANGES)
        await one.wait_until_settled()
        assert two.port.requests == []
        assert [cart_contents(cart) for cart in machine.carts()] == [draft_contents(one.current_drafts["D1"])]


async def test_an_order_that_was_dropped_is_taken_over_as_it_was_left(machine: Machine) -> None:
    machine.cart_owner = PlatformCartOwner.CUSTOMER
    machine.switch()
    async with machine.console("one") as one, machine.console("two") as two:
        await one.order(*BEGINNING)
        await two.resume_order()
        await two.wait_for_activity(Activity.LEASED_ELSEWHERE)
        await one.edit(*CHANGES)
        await one.wait_until_settled()
        await one.engine.drop("D1")
        await two.wait_for_activity(Activity.IDLE)
        assert two.port.writes == 0
        assert [cart_contents(cart) for cart in machine.carts()] == [draft_contents(one.current_drafts["D1"])]


async def test_a_console_that_was_taken_for_dead_sends_nothing_more(machine: Machine) -> None:
    async with machine.console("one") as one, machine.console("two") as two:
        await one.order(*BEGINNING)
        machine.running.discard("one")
        await two.resume_order()
        await two.wait_until_settled()
        sent = one.port.writes
        await one.edit(add("L9", ONION_RINGS))
        await one.wait_for_activity(Activity.LEASED_ELSEWHERE)
        assert one.port.writes == sent


async def test_recovered_order_starts_a_session_of_its_own(machine: Machine) -> None:
    """A console that gets its order back starts a session of its own."""
    async with machine.console("one") as one, machine.console("two") as two:
        await one.order(*BEGINNING)
        machine.running.discard("one")
        await two.resume_order()
        await two.wait_until_settled()
        await two.engine.drop("D1")
        await one.edit(add("L9", ONION_RINGS))
        await one.wait_until_settled()
        assert cart_contents(machine.carts()[-1]) == draft_contents(one.current_drafts["D1"])
        assert len(machine.carts()) == 3
