"""An order that Place Order refuses by its validators: not placed, at once, and placed once after a fix."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.api.orders.refusals import OrderRefusal
from console.ordering.draft import SetQuantity
from console.sandbox.orders.refusals import PRINTED
from console.sandbox.switches import Fault, FaultKind, PlacingRefusal
from console.sync.placement.rejection import refusal_subject
from console.sync.placement.state import PlacementStage
from console.sync.placement.state_codec import placement_from_text
from console.sync.problems import ProblemCode
from console.sync.status import PlacementStatus, PlacementView
from tests.sync.counter import GARLIC_BREAD, Console, Machine, fault
from tests.sync.placement.bread_order import BOUGHT, QUOTED, ready, with_reference

pytestmark = pytest.mark.anyio

SEARCHES = {"orders.search", "orders.history", "orders.details_by_reference", "orders.information"}


def refusing(refusal: PlacingRefusal | None = None, *, times: int = 1) -> Fault:
    return replace(fault(FaultKind.INVALID_ORDER, "orders.place", times=times), refusal=refusal)


async def refused(console: Console, machine: Machine, refusal: PlacingRefusal) -> PlacementView:
    """Place an order that is refused once."""
    machine.switch(refusing(refusal), order_attributes=frozenset({"ConsoleReference"}))
    await console.place(QUOTED)
    return await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)


async def stage_of(console: Console) -> PlacementStage:
    placement = placement_from_text((await console.drafts.load("D1")).placement_text)
    assert placement is not None
    return placement.stage


@pytest.mark.parametrize("refusal", PlacingRefusal)
@pytest.mark.parametrize("has_reference", [False, True], ids=["plain", "reference"])
async def test_every_refusal_is_known_at_once_and_placed_once_after_it(
    machine: Machine, refusal: PlacingRefusal, *, has_reference: bool
) -> None:
    if has_reference:
        with_reference(machine)
    async with machine.console() as console:
        await ready(console)
        placing = await refused(console, machine, refusal)
        assert placing.problem is not None
        assert placing.problem.code is ProblemCode.ORDER_REFUSED
        assert len(placing.problem.refusals) == 1
        assert placing.rejection is refusal_subject(placing.problem.refusals[0].refusal)
        assert not placing.needs_decision
        assert await stage_of(console) is PlacementStage.READY
        (refused_at,) = console.port.times_of("orders.place")
        assert machine.clock.now() - refused_at < 1, "nothing waits for a lost order"
        names = [name for name, _ in console.port.requests]
        assert not set(names[names.index("orders.place") :]) & SEARCHES
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]
        assert len(console.port.times_of("orders.place")) == 2


async def test_the_refusals_of_the_sandbox_are_all_known(machine: Machine) -> None:
    """Each of the printed refusals is one of its own, and none is a refusal that nobody documents."""
    seen: list[OrderRefusal] = []
    async with machine.console() as console:
        await ready(console)
        for refusal in PRINTED:
            placing = await refused(console, machine, refusal)
            assert placing.problem is not None
            seen += [one.refusal for one in placing.problem.refusals]
            await console.placement_store.withdraw("D1")
            console.engine.place("D1", None)
            await console.wait_until_settled()
    assert len(set(seen)) == 17
    assert OrderRefusal.OTHER not in seen


async def test_refused_order_stays_so_until_the_operator_acts(machine: Machine) -> None:
    async with machine.console() as console:
        await ready(console)
        await refused(console, machine, PlacingRefusal.AMOUNT)
        await ready(console, draft_id="D2")
        assert len(console.port.times_of("orders.place")) == 1
        assert machine.orders() == []


async def test_refused_order_is_placed_as_changed(machine: Machine) -> None:
    async with machine.console() as console:
        await ready(console)
        machine.switch(minimum_order=Decimal("2.000"))
        await console.place(QUOTED)
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        assert placing.problem is not None
        assert [one.words for one in placing.problem.refusals] == ["Min"]
        await console.placement_store.withdraw("D1")
        console.engine.place("D1", None)
        await console.edit(SetQuantity("L1", 3))
        await console.wait_until_settled()
        await console.place("2.250")
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [{(GARLIC_BREAD, 0): 3}]


async def test_every_refusal_of_one_answer_is_reported(machine: Machine) -> None:
    async with machine.console() as console:
        await ready(console)
        machine.switch(refuse_orders=frozenset({PlacingRefusal.AMOUNT, PlacingRefusal.PIN_CODE}))
        await console.place(QUOTED)
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        assert placing.problem is not None
        found = [one.refusal for one in placing.problem.refusals]
        assert found == [OrderRefusal.ORDER_AMOUNT, OrderRefusal.PIN_CODE]


async def test_a_lost_answer_after_a_refusal_is_looked_for_and_not_doubled(machine: Machine) -> None:
    """Refused once, then placed with a lost answer: the order is found, and not sent a third time."""
    with_reference(machine)
    async with machine.console() as console:
        await ready(console)
        attributes = frozenset({"ConsoleReference"})
        machine.switch(
            refusing(PlacingRefusal.STOCK),
            fault(FaultKind.DROP_AFTER, "orders.place"),
            order_attributes=attributes,
        )
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]
        assert len(console.port.times_of("orders.place")) == 2


async def test_a_refusal_after_a_lost_answer_that_landed_is_never_sent_again(machine: Machine) -> None:
    """The first request landed and its answer was lost: what is found is the order, whatever comes after."""
    with_reference(machine)
    async with machine.console() as console:
        await ready(console)
        machine.switch(
            fault(FaultKind.DROP_AFTER, "orders.place"),
            refusing(PlacingRefusal.STOCK, times=9),
            order_attributes=frozenset({"ConsoleReference"}),
        )
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]
        assert len(console.port.times_of("orders.place")) == 1


async def test_refused_order_survives_the_end_of_its_process(machine: Machine) -> None:
    async with machine.console("one") as console:
        await ready(console)
        machine.switch(refusing(PlacingRefusal.STORE_HOURS, times=2))
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
    async with machine.console("two") as console:
        await console.resume_order()
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        assert placing.problem is not None
        assert placing.problem.code is ProblemCode.ORDER_REFUSED
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]
