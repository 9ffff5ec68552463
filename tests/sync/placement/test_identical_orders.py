"""Orders that differ only in the half of a topping are distinguished by their parts."""

import asyncio

import pytest

from console.api.transport.port import RawResponse, Request
from console.ordering.draft import AddLine, Component, DraftLine, OrderItem, Portion
from console.sandbox.data.menu_loader import load_menu
from console.sandbox.menu.configuration import default_parts
from console.sandbox.menu.menu import SIZE, regular_strength_variant
from console.sandbox.orders.records import read_orders
from console.sandbox.switches import FaultKind
from console.sync.placement.purchased_lines import same_contents
from console.sync.placement.state import ConfirmOrder, PurchasedLine, Retry
from console.sync.status import Activity, PlacementStatus
from tests.sync.counter import (
    MARGHERITA,
    PAID_IN_CASH,
    TOM,
    TWO_PIZZAS,
    Console,
    Machine,
    add,
    fault,
    item,
)

pytestmark = pytest.mark.anyio

ONIONS = 13047239


def with_onions(half: Portion, line_id: str = "L1") -> AddLine:
    """A Margherita as on the menu, with onions on one half of it."""
    menu = load_menu()
    base, *toppings = default_parts(menu, MARGHERITA)
    form = menu.products[base.product_id].variant(base.variant_id)
    assert form is not None
    onions = regular_strength_variant(menu.products[ONIONS], form.option(SIZE)).variant_id
    parts = tuple(Component(part.product_id, part.variant_id) for part in (base, *toppings))
    plain = item(MARGHERITA)
    components = (*parts, Component(ONIONS, onions, portion=half))
    made = OrderItem(MARGHERITA, 0, plain.title, "", plain.unit_price, components)
    return AddLine(DraftLine(line_id, made, 1))


async def ready(console: Console, draft_id: str, half: Portion) -> str:
    """Wait until the order is in sync; its total."""
    await console.start_order(TOM, draft_id)
    await console.edit(with_onions(half), PAID_IN_CASH, draft_id=draft_id)
    await console.wait_until_settled(draft_id)
    await console.accept_differences(draft_id)
    await console.wait_until_settled(draft_id)
    totals = console.engine.compare(draft_id, console.current_drafts[draft_id]).totals
    assert totals is not None
    return str(totals.total)


async def test_order_with_topping_on_the_other_half_is_not_it(machine: Machine) -> None:
    async with machine.console() as console:
        left = await ready(console, "D1", Portion.LEFT)
        right = await ready(console, "D2", Portion.RIGHT)
        assert left == right
        machine.switch(fault(FaultKind.DROP_BEFORE, "orders.place"))
        await console.place(left, "D1")
        await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION, "D1")
        machine.switch(fault(FaultKind.DROP_AFTER, "orders.place"))
        await console.place(right, "D2")
        placing = await console.wait_for_placing_state(PlacementStatus.PLACED, "D2")
        (order,) = read_orders(machine.backend.store)
        assert order.order_id == placing.order_id
        assert [part.portion for part in order.lines[0].parts if part.product_id == ONIONS] == ["R"]
        console.engine.try_again()
        await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION, "D1")
        assert not any(candidate.matches for candidate in console.status["D1"].placement.candidates)


async def test_order_landing_during_a_look_is_not_taken_for_a_twin(
    machine: Machine,
) -> None:
    async with machine.console() as console:
        total = await ready(console, "D1", Portion.LEFT)
        await ready(console, "D2", Portion.LEFT)
        send, begun = console.port.send, asyncio.Event()

        async def slow(request: Request) -> RawResponse:
            if (
                request.operation.name == "orders.history"
                and console.is_uncertain("D1")
                and not begun.is_set()
            ):
                begun.set()
                machine.switch(fault(FaultKind.DROP_AFTER, "orders.place"))
                await console.place(total, "D2")
                await console.until(lambda: console.is_uncertain("D2") and bool(machine.orders()))
            return await send(request)

        console.port.send = slow
        machine.switch(fault(FaultKind.DROP_BEFORE, "orders.place"))
        await console.place(total, "D1")
        await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION, "D1")
        await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION, "D2")
        assert console.status["D1"].placement.order_id == 0
        assert len(read_orders(machine.backend.store)) == 1


async def test_several_of_a_deal_are_found_by_all_their_contents(machine: Machine) -> None:
    async with machine.console() as console:
        await console.start_order()
        await console.edit(add("L1", TWO_PIZZAS, quantity=3), with_onions(Portion.LEFT, "L2"), PAID_IN_CASH)
        await console.wait_until_settled()
        await console.accept_differences()
        await console.wait_until_settled()
        totals = console.engine.compare("D1", console.current_drafts["D1"]).totals
        assert totals is not None
        machine.switch(fault(FaultKind.DROP_AFTER, "orders.place"))
        await console.place(str(totals.total))
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert len(machine.orders()) == 1


def test_where_the_platform_tells_of_no_parts_they_do_not_count() -> None:
    left, right = (
        PurchasedLine(1, 0, 2, parts=(PurchasedLine(2, 3, 1, half),))
        for half in (Portion.LEFT, Portion.RIGHT)
    )
    reported = PurchasedLine(1, 0, 2)
    assert not same_contents((left,), (right,))
    assert same_contents((left,), (right,), with_parts=False)
    assert same_contents((left,), (reported,))
    assert not same_contents((left,), (PurchasedLine(1, 0, 3),))


async def test_order_claimed_by_two_operators_is_the_firsts(machine: Machine) -> None:
    async with machine.console() as console:
        total = await ready(console, "D1", Portion.LEFT)
        await ready(console, "D2", Portion.LEFT)
        for draft_id, kind in (("D1", FaultKind.DROP_BEFORE), ("D2", FaultKind.DROP_AFTER)):
            machine.switch(fault(kind, "orders.place"))
            await console.place(total, draft_id)
            await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION, draft_id)
        console.engine.try_again()
        await console.until(lambda: bool(console.status["D1"].placement.candidates))
        await console.wait_for_activity(Activity.NEEDS_ATTENTION, "D1")
        (order,) = read_orders(machine.backend.store)
        console.engine.decide("D2", ConfirmOrder(order.order_id))
        await console.wait_for_placing_state(PlacementStatus.PLACED, "D2")
        console.engine.decide("D1", ConfirmOrder(order.order_id))
        await console.until(lambda: not console.status["D1"].placement.candidates)
        assert console.status["D1"].placement.needs_decision
        console.engine.decide("D1", Retry())
        await console.wait_for_placing_state(PlacementStatus.PLACED, "D1")
        assert len(read_orders(machine.backend.store)) == 2
