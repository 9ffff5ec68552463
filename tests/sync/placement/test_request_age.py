"""A request to place has an age: too old, or from the future, it asks instead of placing itself."""

from decimal import Decimal

import pytest

from console.sandbox.switches import FaultKind
from console.storage.drafts.placement_request import PlacementRequest
from console.sync.placement.preconditions import overdue_problem
from console.sync.problems import Problem, ProblemCode
from console.sync.status import PlacementStatus, PlacementView
from tests.sync.counter import Console, Machine, fault, use_auth_token
from tests.sync.placement.bread_order import BOUGHT, FIELD, QUOTED, ready, with_reference
from tests.sync.virtual_time import NOON

pytestmark = pytest.mark.anyio

MINUTE, HOUR = 60.0, 3600.0
DOWN = fault(FaultKind.DROP_BEFORE, "*", times=None)
REQUEST = PlacementRequest(Decimal("1.500"), NOON, 3)


async def placed_offline(console: Console, machine: Machine) -> None:
    """An order with its cart in sync, which is asked to be placed while the connection is down."""
    await ready(console)
    machine.switch(DOWN)
    await console.place(QUOTED)
    await console.wait_for_placing_state(PlacementStatus.WAITING)


async def assert_it_asks(console: Console, machine: Machine) -> PlacementView:
    placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
    assert placing.problem is not None
    assert placing.problem.code is ProblemCode.REQUEST_OVERDUE
    assert machine.orders() == []
    return placing


async def test_order_that_waited_for_hours_asks_and_is_placed_on_request(machine: Machine) -> None:
    async with machine.console() as console:
        await placed_offline(console, machine)
        stored = await console.drafts.load("D1")
        assert stored.placement_request is not None
        requested_at = stored.placement_request.requested_at
        assert console.status["D1"].placement.asks_from == requested_at + 30 * MINUTE
        machine.virtual_clock.pass_over(20 * HOUR)
        machine.switch()
        placing = await assert_it_asks(console, machine)
        assert placing.problem == Problem(ProblemCode.REQUEST_OVERDUE, at=requested_at)
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]


async def test_order_that_waited_within_the_limit_places_itself(machine: Machine) -> None:
    async with machine.console() as console:
        await placed_offline(console, machine)
        machine.virtual_clock.pass_over(25 * MINUTE)
        machine.switch()
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]


async def test_order_of_yesterday_asks_when_the_console_is_started_again(machine: Machine) -> None:
    async with machine.console("one") as console:
        await placed_offline(console, machine)
    machine.virtual_clock.pass_over(20 * HOUR)
    machine.switch()
    async with machine.console("two") as console:
        await console.resume_order()
        await assert_it_asks(console, machine)
        await console.placement_store.withdraw("D1")
        console.engine.place("D1", None)
        await console.wait_for_placing_state(PlacementStatus.DRAFT)
        await console.wait_until_settled()
        assert machine.orders() == []


@pytest.mark.parametrize(
    ("offset", "passed"),
    [(-3 * HOUR, 0.0), (3 * HOUR, 0.0), (-20 * HOUR, 20 * HOUR)],
    ids=["set back", "set forward", "set back by what has passed"],
)
async def test_wall_clock_that_is_set_never_places_silently(
    machine: Machine, offset: float, passed: float
) -> None:
    use_auth_token(machine)
    async with machine.console() as console:
        await placed_offline(console, machine)
        machine.virtual_clock.pass_over(passed)
        machine.virtual_clock.set_wall_clock(offset)
        machine.switch()
        await assert_it_asks(console, machine)


async def test_overdue_order_that_was_placed_after_all_is_found_and_not_asked_about(
    machine: Machine,
) -> None:
    """It had been sent: what became of it is proved, however old the request is by then."""
    with_reference(machine)
    attributes = frozenset({FIELD})

    def lose_the_response(point: str) -> None:
        if point == "before placing":
            lost = fault(FaultKind.DROP_AFTER, "orders.place")
            machine.switch(lost, fault(FaultKind.DROP_BEFORE, "orders.*", times=None))

    async with machine.console("one", checkpoint=lose_the_response) as console:
        await ready(console)
        await console.place(QUOTED)
        await console.until(lambda: console.is_uncertain() and machine.orders() == [BOUGHT])
    machine.virtual_clock.pass_over(20 * HOUR)
    machine.switch(order_attributes=attributes)
    async with machine.console("two") as console:
        await console.resume_order()
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]


@pytest.mark.parametrize(
    ("now", "seconds_known", "is_overdue"),
    [
        (NOON, 0.0, False),
        (NOON + 1800, 0.0, False),
        (NOON + 1801, 0.0, True),
        (NOON, 1801.0, True),
        (NOON - 60, 0.0, False),
        (NOON - 61, 0.0, True),
        (NOON - 60, 1801.0, True),
        (0.0, 0.0, True),
    ],
)
def test_age_is_by_the_later_clock_and_the_future_counts_as_old(
    now: float, seconds_known: float, *, is_overdue: bool
) -> None:
    found = overdue_problem(REQUEST, now=now, seconds_known=seconds_known, max_age=1800.0)
    assert found == (Problem(ProblemCode.REQUEST_OVERDUE, at=NOON) if is_overdue else None)
