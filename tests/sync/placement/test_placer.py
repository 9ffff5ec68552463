"""Placing: what is sent once, what waits, and what is not placed without another confirmation."""

import asyncio
from decimal import Decimal

import pytest

from console.ordering.checkout import Checkout
from console.ordering.draft import RemoveLine, SetCheckout, SetQuantity
from console.sandbox.switches import Fault, FaultKind
from console.sync.cart.differences import LineStatus
from console.sync.placement.rejection import RejectionSubject
from console.sync.status import PlacementStatus
from tests.sync.counter import (
    GARLIC_BREAD,
    ONION_RINGS,
    PAID_IN_CASH,
    TRANSFER,
    Machine,
    add,
    fault,
)
from tests.sync.placement.bread_order import BOUGHT, BREAD, QUOTED, ready
from tests.sync.problem_texts import note_of, text_of

pytestmark = pytest.mark.anyio


async def test_order_is_placed_once_and_its_number_saved(machine: Machine) -> None:
    async with machine.console() as console:
        await ready(console)
        await console.place(QUOTED)
        placing = await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]
        stored = await console.drafts.load("D1")
        assert (stored.order_id, stored.placement_request) == (placing.order_id, None)
        assert placing.order_id > 0
        assert await console.drafts.open_drafts("Shop") == []


async def test_stopped_order_is_not_retried_before_a_decision(
    machine: Machine,
) -> None:
    async with machine.console() as console:
        await ready(console)
        # It is to be placed while its last change is still being sent.
        await console.edit(SetQuantity("L1", 3))
        await console.place("9.000")
        await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        stopped_at = len(console.status_history)
        await ready(console, draft_id="D2")
        later = [status for status in console.status_history[stopped_at:] if status.draft_id == "D1"]
        assert later == []


async def test_a_walk_ins_order_is_placed_as_well(machine: Machine) -> None:
    async with machine.console() as console:
        await console.start_order(None)
        await console.edit(BREAD, PAID_IN_CASH)
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]


async def test_order_not_paid_at_the_door_is_placed_if_authorised(machine: Machine) -> None:
    """What is not paid at the door is placed once it is authorised."""
    async with machine.console() as console:
        await console.start_order()
        await console.edit(BREAD, SetCheckout(Checkout(payment=TRANSFER)))
        machine.switch(fault(FaultKind.DROP_AFTER, "orders.authorise"))
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        (row,) = machine.backend.store.rows("SELECT authorised_at FROM placed_order")
        assert row["authorised_at"] is not None


async def test_order_waits_offline_and_is_placed_on_reconnection(machine: Machine) -> None:
    async with machine.console() as console:
        await ready(console)
        machine.switch(fault(FaultKind.DROP_BEFORE, "*", times=None))
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.WAITING)
        machine.switch()
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]


async def test_order_placed_as_console_closes_is_placed_by_the_next(machine: Machine) -> None:
    async with machine.console("one") as console:
        await ready(console)
        closing = asyncio.create_task(console.engine.close())
        await console.place(QUOTED)
        await closing
    async with machine.console("two") as console:
        await console.resume_order()
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]


async def test_placement_request_outlives_the_process(machine: Machine) -> None:
    async with machine.console("one") as console:
        await ready(console)
        machine.switch(fault(FaultKind.DROP_BEFORE, "*", times=None))
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.WAITING)
    machine.switch()
    async with machine.console("two") as console:
        await console.resume_order()
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]


async def test_total_unlike_the_quoted_one_is_not_placed_unasked(
    machine: Machine,
) -> None:
    async with machine.console() as console:
        await ready(console)
        machine.switch(price_changes={GARLIC_BREAD: Decimal("0.800")})
        await console.place(QUOTED)
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        assert "price was 0.750, is 0.800." in text_of(placing.problem)
        await console.accept_differences()
        await console.wait_until_settled()
        await console.place(QUOTED)
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        assert text_of(placing.problem).startswith("The total was KWD 1.500, is KWD 1.600.")
        assert machine.orders() == []
        await console.place("1.600")
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]


async def test_out_of_stock_item_is_not_placed_without_consent(machine: Machine) -> None:
    machine.switch(refuse=frozenset({ONION_RINGS}))
    async with machine.console() as console:
        await console.start_order()
        await console.edit(BREAD, add("L2", ONION_RINGS), PAID_IN_CASH)
        await console.place("2.500")
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        assert f"1 Product {ONION_RINGS}: not available." in text_of(placing.problem)
        assert machine.orders() == []


async def test_refused_placement_is_reported_and_may_be_changed(machine: Machine) -> None:
    async with machine.console() as console:
        await ready(console)
        machine.switch(Fault("orders.place", FaultKind.CODE, times=1, code=1022))
        await console.place(QUOTED)
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        assert (text_of(placing.problem), placing.needs_decision) == (
            "Some of the products are not available.",
            False,
        )
        await console.placement_store.withdraw("D1")
        console.engine.place("D1", None)
        await console.edit(SetQuantity("L1", 3))
        await console.wait_until_settled()
        await console.place("2.250")
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [{(GARLIC_BREAD, 0): 3}]


async def test_order_changed_after_placing_needs_new_consent(
    machine: Machine,
) -> None:
    async with machine.console() as console:
        await ready(console)
        machine.switch(fault(FaultKind.DROP_BEFORE, "*", times=None))
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.WAITING)
        await console.edit(SetQuantity("L1", 3))
        machine.switch()
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        assert "The order changed after you placed it." in text_of(placing.problem)
        assert machine.orders() == []


async def test_withdrawn_placement_request_is_not_followed(machine: Machine) -> None:
    async with machine.console() as console:
        await ready(console)
        machine.switch(fault(FaultKind.DROP_BEFORE, "*", times=None))
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.WAITING)
        await console.placement_store.withdraw("D1")
        console.engine.place("D1", None)
        machine.switch()
        await console.wait_for_placing_state(PlacementStatus.DRAFT)
        await console.wait_until_settled()
        assert machine.orders() == []


async def test_what_ran_out_just_before_placing_is_named_by_its_line(machine: Machine) -> None:
    def crash(point: str) -> None:
        if point == "before placing":
            machine.switch(stock_changes={ONION_RINGS: 0})

    async with machine.console("one", checkpoint=crash) as console:
        await console.start_order()
        await console.edit(BREAD, add("L2", ONION_RINGS), PAID_IN_CASH)
        await console.wait_until_settled()
        await console.accept_differences()
        await console.wait_until_settled()
        totals = console.engine.compare("D1", console.current_drafts["D1"]).totals
        assert totals is not None
        await console.place(str(totals.total))
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        bread, rings = console.line_comparisons()
        assert placing.rejection is RejectionSubject.LINES
        assert (bread.state, rings.state) == (LineStatus.CONFIRMED, LineStatus.REJECTED)
        assert (rings.unavailable, note_of(rings)) == (
            True,
            "not available any more: The product is not available at this location.",
        )
        assert machine.orders() == []


async def test_sold_out_line_is_dropped_after_consent(machine: Machine) -> None:
    """A line that ran out is left out of the placed order once that was agreed."""
    taken = [ONION_RINGS]

    def crash(point: str) -> None:
        if point == "before placing" and taken:
            machine.switch(stock_changes={taken.pop(): 0})

    async with machine.console("one", checkpoint=crash) as console:
        await console.start_order()
        await console.edit(BREAD, add("L2", ONION_RINGS), PAID_IN_CASH)
        await console.wait_until_settled()
        await console.accept_differences()
        await console.wait_until_settled()
        totals = console.engine.compare("D1", console.current_drafts["D1"]).totals
        assert totals is not None
        await console.place(str(totals.total))
        await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        await console.placement_store.withdraw("D1")
        console.engine.place("D1", None)
        await console.edit(RemoveLine("L2"))
        await console.wait_until_settled()
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert machine.orders() == [BOUGHT]
