"""Two homes, one customer, the same order: a match that another console could own is no proof."""

from decimal import Decimal

import pytest

from console.sandbox.switches import FaultKind
from console.sync.placement.state import ConfirmOrder, Retry
from console.sync.problems import ProblemCode
from console.sync.status import PlacementStatus, PlacementView
from tests.sync.counter import Console, Machine, fault, second_home
from tests.sync.placement.bread_order import BOUGHT, FIELD, QUOTED, ready, with_reference
from tests.sync.problem_texts import text_of

pytestmark = pytest.mark.anyio


@pytest.fixture
def shared(machine: Machine) -> Machine:
    """A store where other consoles place orders too."""
    machine.sole_console = False
    return machine


async def placed_elsewhere(machine: Machine) -> int:
    """The number of the same order for the same customer, placed in another home."""
    async with second_home(machine).console("two") as elsewhere:
        await ready(elsewhere, draft_id="OTHER")
        await elsewhere.place(QUOTED, "OTHER")
        return (await elsewhere.wait_for_placing_state(PlacementStatus.PLACED, "OTHER")).order_id


async def lose(machine: Machine, console: Console, kind: FaultKind) -> None:
    """Place the order; Place Order does not arrive, or its response does not."""
    await ready(console)
    attributes = frozenset({FIELD}) if machine.reference else frozenset[str]()
    machine.switch(fault(kind, "orders.place"), order_attributes=attributes)
    await console.place(QUOTED)
    await console.until(console.is_uncertain)


async def question(console: Console) -> PlacementView:
    """What is asked of the operator."""
    placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
    assert placing.needs_decision
    return placing


async def test_order_of_another_home_is_not_taken_for_the_lost_one(shared: Machine) -> None:
    async with shared.console() as console:
        await lose(shared, console, FaultKind.DROP_BEFORE)
        number = await placed_elsewhere(shared)
        await question(console)
        # The other order may have come after the question was asked.
        console.engine.try_again()
        await console.until(lambda: bool(console.status["D1"].placement.candidates))
        placing = await question(console)
        assert placing.problem is not None
        assert (placing.problem.code, placing.problem.subject, placing.problem.now) == (
            ProblemCode.SHARED_MATCH,
            str(number),
            Decimal(QUOTED),
        )
        (candidate,) = placing.candidates
        assert (candidate.order_id, candidate.matches) == (number, True)
        assert text_of(placing.problem) == (
            f"Order {number} ({candidate.placed_at}, KWD 1.500) is just like this one."
            " Another console may have placed it. Is it this one?"
        )
        console.engine.decide("D1", Retry())
        placing = await console.wait_for_placing_state(PlacementStatus.PLACED)
    assert shared.orders() == [BOUGHT, BOUGHT]
    assert placing.order_id != number


async def test_lost_response_is_asked_about_where_others_place_orders(shared: Machine) -> None:
    async with shared.console() as console:
        await lose(shared, console, FaultKind.DROP_AFTER)
        placing = await question(console)
        (number,) = shared.placed_orders()
        assert [candidate.order_id for candidate in placing.candidates] == [number]
        console.engine.decide("D1", ConfirmOrder(number))
        assert (await console.wait_for_placing_state(PlacementStatus.PLACED)).order_id == number
    assert shared.orders() == [BOUGHT]


async def test_sole_console_takes_the_one_match_for_its_own(machine: Machine) -> None:
    async with machine.console() as console:
        await lose(machine, console, FaultKind.DROP_AFTER)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
    assert machine.orders() == [BOUGHT]


@pytest.mark.parametrize("kind", [FaultKind.DROP_BEFORE, FaultKind.DROP_AFTER])
async def test_reference_tells_two_homes_apart_unasked(shared: Machine, kind: FaultKind) -> None:
    with_reference(shared)
    async with shared.console() as console:
        await lose(shared, console, kind)
        other = await placed_elsewhere(shared)
        placing = await console.wait_for_placing_state(PlacementStatus.PLACED)
    assert shared.orders() == [BOUGHT, BOUGHT]
    assert {placing.order_id, other} == set(shared.placed_orders())
