"""Resolving: an order is found again where its response was lost, and left to the operator where not."""

import pytest

from console.ordering.checkout import Checkout
from console.ordering.draft import SetCheckout
from console.sandbox.switches import Fault, FaultKind
from console.sync.placement.state import Abandon, ConfirmOrder, Retry
from console.sync.status import Activity, PlacementStatus
from tests.sync.counter import (
    TRANSFER,
    Console,
    Machine,
    fault,
)
from tests.sync.crash_points import CrashAt
from tests.sync.placement.bread_order import BOUGHT, BREAD, FIELD, QUOTED, ready, with_reference
from tests.sync.problem_texts import text_of

pytestmark = pytest.mark.anyio

POINTS = [
    "before the record",
    "before placing",
    "after placing",
    "after the order's number",
    "after the proof",
]


async def test_order_cancelled_unauthorised_is_asked_and_placeable(
    machine: Machine,
) -> None:
    """An order cancelled before it was authorised is asked about and placed again."""
    cancelled = [False]

    def somebody_cancels(point: str) -> None:
        if point == "before authorising" and not cancelled[0]:
            cancelled[0] = True
            machine.backend.store.run("UPDATE placed_order SET cancelled_at = placed_at")

    async with machine.console(checkpoint=somebody_cancels) as console:
        await console.start_order()
        await console.edit(BREAD, SetCheckout(Checkout(payment=TRANSFER)))
        await console.place(QUOTED)
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        (first,) = machine.placed_orders()
        assert placing.needs_decision
        assert text_of(placing.problem).startswith(
            f"Order {first} is on the platform, and its payment was not taken."
        )
        assert [candidate.order_id for candidate in placing.candidates] == [first]
        console.engine.decide("D1", Retry())
        placing = await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert placing.order_id == max(machine.placed_orders()) != first


async def test_payment_not_authorisable_here_is_asked_about(machine: Machine) -> None:
    async with machine.console() as console:
        await console.start_order()
        await console.edit(BREAD, SetCheckout(Checkout(payment=TRANSFER)))
        machine.switch(Fault("orders.authorise", FaultKind.CODE, code=1030))
        await console.place(QUOTED)
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        (number,) = machine.placed_orders()
        assert (placing.needs_decision, "may not use this service" in text_of(placing.problem)) == (
            True,
            True,
        )
        # By now somebody has authorised it on the platform itself.
        machine.switch()
        machine.backend.store.run("UPDATE placed_order SET authorised_at = placed_at")
        console.engine.decide("D1", ConfirmOrder(number))
        placing = await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert placing.order_id == number


@pytest.mark.parametrize("is_referenced", [False, True])
@pytest.mark.parametrize(
    "kind", [FaultKind.DROP_AFTER, FaultKind.TRUNCATED, FaultKind.NOT_JSON, FaultKind.DROP_LATE]
)
async def test_order_with_lost_response_is_found_and_not_resent(
    machine: Machine, kind: FaultKind, *, is_referenced: bool
) -> None:
    if is_referenced:
        with_reference(machine)
    attributes = frozenset({FIELD})
    async with machine.console() as console:
        await ready(console)
        machine.switch(fault(kind, "orders.place"), order_attributes=attributes)
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]
        assert len(console.port.times_of("orders.place")) == 1


async def test_missing_order_with_a_reference_is_sent_again(machine: Machine) -> None:
    """With a reference, an order that never arrived is sent again by itself."""
    with_reference(machine)
    async with machine.console() as console:
        await ready(console)
        machine.switch(fault(FaultKind.DROP_BEFORE, "orders.place"), order_attributes=frozenset({FIELD}))
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]
        first, second = console.port.times_of("orders.place")
        assert second - first >= machine.rules.settle_seconds


async def lost(machine: Machine, console: Console) -> None:
    """Place Order never arrived, and nothing on the platform shows it."""
    await ready(console)
    machine.switch(fault(FaultKind.DROP_BEFORE, "orders.place"))
    await console.place(QUOTED)
    placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
    assert placing.needs_decision
    assert "within 30 s" in text_of(placing.problem)
    assert machine.orders() == []


@pytest.mark.parametrize(
    ("operation", "code", "reason"),
    [
        ("orders.history", 1030, "This store's key may not use this service."),
        ("orders.information", 1006, "No order has this number."),
    ],
)
async def test_platform_silent_about_orders_asks_the_operator(
    machine: Machine, operation: str, code: int, reason: str
) -> None:
    def tells_no_more(point: str) -> None:
        if point == "before placing":
            machine.switch(
                fault(FaultKind.DROP_AFTER, "orders.place"), Fault(operation, FaultKind.CODE, code=code)
            )

    async with machine.console(checkpoint=tells_no_more) as console:
        await ready(console)
        await console.place(QUOTED)
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        assert placing.needs_decision
        assert text_of(placing.problem).startswith(
            f"The platform does not show what became of this order. {reason}"
        )
        assert len(console.port.times_of("orders.place")) == 1


async def test_unreadable_orders_ask_the_operator_after_minutes(machine: Machine) -> None:
    def cannot_be_read(point: str) -> None:
        if point == "before placing":
            lost, unread = fault(FaultKind.DROP_AFTER, "orders.place"), Fault("orders.*", FaultKind.NOT_JSON)
            machine.switch(lost, unread)

    async with machine.console(checkpoint=cannot_be_read) as console:
        await ready(console)
        await console.place(QUOTED)
        began = machine.clock.now()
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        assert placing.needs_decision
        assert "The platform's response cannot be read." in text_of(placing.problem)
        assert machine.clock.now() - began > 120
        machine.switch()
        console.engine.try_again()
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]


async def test_absence_without_a_reference_asks_the_operator(machine: Machine) -> None:
    """Without a reference, absence is no proof."""
    async with machine.console() as console:
        await lost(machine, console)
        assert console.status["D1"].activity is Activity.NEEDS_ATTENTION
        assert len(console.port.times_of("orders.place")) == 1


async def test_order_declared_not_placed_is_placed_again(machine: Machine) -> None:
    async with machine.console() as console:
        await lost(machine, console)
        console.engine.decide("D1", Retry())
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]


async def test_the_operator_says_which_order_it_is(machine: Machine) -> None:
    async with machine.console() as console:
        await lost(machine, console)
        console.engine.decide("D1", ConfirmOrder(7400001))
        placing = await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert placing.order_id == 7400001
        assert machine.orders() == []


async def test_the_operator_leaves_it_and_nothing_is_sent_any_more(machine: Machine) -> None:
    async with machine.console() as console:
        await lost(machine, console)
        console.engine.decide("D1", Abandon())
        await console.wait_for_placing_state(PlacementStatus.ABANDONED)
        assert await console.drafts.open_drafts("Shop") == []


async def test_the_operator_is_asked_again_by_the_next_console(machine: Machine) -> None:
    async with machine.console("one") as console:
        await lost(machine, console)
    async with machine.console("two") as console:
        await console.resume_order()
        await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        assert console.port.times_of("orders.place") == []


async def test_nothing_is_sent_for_an_order_with_unproved_placing(machine: Machine) -> None:
    async with machine.console() as console:
        await lost(machine, console)
        writes = console.port.writes
        console.engine.try_again()
        await console.wait_for_activity(Activity.NEEDS_ATTENTION)
        assert console.port.writes == writes


async def test_earlier_order_is_not_taken_for_this_one(machine: Machine) -> None:
    async with machine.console() as console:
        await ready(console, draft_id="D0")
        await console.place(QUOTED, "D0")
        await console.wait_for_placing_state(PlacementStatus.PLACED, "D0")
        await lost_again(machine, console)


async def lost_again(machine: Machine, console: Console) -> None:
    await ready(console)
    machine.switch(fault(FaultKind.DROP_BEFORE, "orders.place"))
    await console.place(QUOTED)
    placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
    assert placing.candidates == ()
    assert len(machine.orders()) == 1


async def test_undocumented_response_is_not_sent_again(
    machine: Machine,
) -> None:
    """A response that no document knows may be an order and is not sent again."""
    async with machine.console() as console:
        await ready(console)
        machine.switch(Fault("orders.place", FaultKind.CODE, times=1, code=7777))
        await console.place(QUOTED)
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        assert placing.needs_decision
        assert text_of(placing.problem).startswith(
            "The platform refused with code 7777, which is not documented."
        )
        assert "within 30 s" in text_of(placing.problem)
        assert len(console.port.times_of("orders.place")) == 1


async def test_reference_proves_a_refusal_in_platforms_words(
    machine: Machine,
) -> None:
    """With a reference, a refusal is proved and reported in the platform's words."""
    with_reference(machine)
    refused = Fault("orders.place", FaultKind.CODE, times=1, code=7777)
    async with machine.console() as console:
        await ready(console)
        machine.switch(refused, order_attributes=frozenset({FIELD}))
        await console.place(QUOTED)
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        assert (placing.needs_decision, "code 7777" in text_of(placing.problem)) == (False, True)
        assert len(console.port.times_of("orders.place")) == 1
        console.engine.try_again()
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]


@pytest.mark.parametrize("is_referenced", [False, True])
@pytest.mark.parametrize("point", POINTS)
async def test_order_is_placed_once_or_asked_wherever_it_crashes(
    machine: Machine, point: str, *, is_referenced: bool
) -> None:
    if is_referenced:
        with_reference(machine)
    crash = CrashAt(point, 1)
    async with machine.console("one", checkpoint=crash) as console:
        await ready(console)
        if point == "after the proof":
            machine.switch(fault(FaultKind.DROP_BEFORE, "orders.place"), order_attributes=frozenset({FIELD}))
        await console.place(QUOTED)
        if point == "after the proof" and not is_referenced:
            await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        else:
            await console.until(lambda: crash.happened)
    async with machine.console("two") as console:
        stored = await console.drafts.load("D1")
        if not stored.order_id:
            await console.resume_order()
            asks = not is_referenced and point in ("before placing", "after the proof")
            await console.wait_for_placing_state(
                PlacementStatus.NEEDS_ATTENTION if asks else PlacementStatus.PLACED
            )
            if asks:
                console.engine.decide("D1", Retry())
                await console.wait_for_placing_state(PlacementStatus.PLACED)
    assert machine.orders() == [BOUGHT]
