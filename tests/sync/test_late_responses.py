"""A request that leaves late and lands later: the settle time begins when its response was lost."""

import asyncio
from pathlib import Path

import pytest

from console.api.transport.endpoint import Endpoint
from console.api.transport.port import Port, RawResponse, Request
from console.ordering.customer import Customer
from console.ordering.draft import SetQuantity
from console.sandbox.switches import Fault, FaultKind
from console.sync.cart.unexpected import UnexpectedLine
from console.sync.placement.order_lookup import DAY
from console.sync.platform_rules import ReferenceAttribute
from console.sync.status import PlacementStatus
from tests.sync.counter import (
    GARLIC_BREAD,
    PAID_IN_CASH,
    UMM_ALI,
    Console,
    Contents,
    Machine,
    add,
    cart_contents,
    draft_contents,
    fault,
    use_auth_token,
)
from tests.sync.simulated_port import SimulatedPort
from tests.sync.simulated_time import SimulatedClock, run_simulated

SLOW, LATE = 12.0, 25.0
"""Each is within what the console waits for, and both together are not."""
FIELD = "ConsoleReference"


class SlowCounter(Machine):
    """A counter in simulated time."""

    def port(self, endpoint: Endpoint) -> Port:
        return SimulatedPort(self.backend.app, is_up=lambda: True)

    def slow_and_late(self, operation: str) -> None:
        """The next such request is slow, then its connection dies, then it is done all the same."""
        self.switch(
            Fault(operation, FaultKind.LATENCY, times=1, seconds=SLOW),
            Fault(operation, FaultKind.DROP_LATE, times=1, seconds=LATE),
            order_attributes=frozenset({FIELD}),
        )


async def with_bread(console: Console) -> None:
    await console.start_order()
    await console.edit(add("L1", GARLIC_BREAD, quantity=2), PAID_IN_CASH)
    await asyncio.sleep(120)


def test_an_order_is_not_placed_again_while_it_may_still_land(tmp_path: Path) -> None:
    async def story(time: SimulatedClock) -> tuple[int, int]:
        machine = SlowCounter(tmp_path, clock=time, reference=ReferenceAttribute(77, FIELD))
        machine.switch(order_attributes=frozenset({FIELD}))
        async with machine.console() as console:
            await with_bread(console)
            machine.slow_and_late("orders.place")
            await console.place("1.500")
            await asyncio.sleep(120)
            return len(machine.orders()), len(console.port.times_of("orders.place"))

    assert run_simulated(story) == (1, 1)


def test_arrival_during_a_look_is_matched_to_its_request(tmp_path: Path) -> None:
    async def story(time: SimulatedClock) -> tuple[Contents, Contents, tuple[UnexpectedLine, ...]]:
        machine = SlowCounter(tmp_path, clock=time)
        async with machine.console() as console:
            await with_bread(console)
            machine.switch(fault(FaultKind.DROP_LATE, "carts.add_items", seconds=29.5))
            await console.edit(add("L2", UMM_ALI))
            await asyncio.sleep(28)
            send = console.port.send

            async def slowly(request: Request) -> RawResponse:
                result = await send(request)
                await asyncio.sleep(4)
                return result

            console.port.send = slowly
            await console.edit(SetQuantity("L1", 3))
            await asyncio.sleep(120)
            (cart,) = machine.carts()
            return (
                cart_contents(cart),
                draft_contents(console.current_drafts["D1"]),
                console.status["D1"].comparison.unexpected,
            )

    there, requested, unexpected = run_simulated(story)
    assert (there, unexpected) == (requested, ())


def test_two_orders_for_one_number_create_one_account(
    tmp_path: Path,
) -> None:
    """Two orders for one number create one account, even if the first request lands late."""

    async def story(time: SimulatedClock) -> list[str]:
        machine = SlowCounter(tmp_path, clock=time)
        machine.switch(fault(FaultKind.DROP_LATE, "customers.create", seconds=20.0))
        async with machine.console() as console:
            for draft_id, name in (("D1", "59991234"), ("D2", "sara@example.com")):
                await console.start_order(Customer("", name, "Sara", mobile="59991234"), draft_id)
                await console.edit(add("L1", GARLIC_BREAD), draft_id=draft_id)
            await asyncio.sleep(120)
        rows = machine.backend.store.rows("SELECT user_name FROM customer WHERE digits = '59991234'")
        return [str(row["user_name"]) for row in rows]

    assert run_simulated(story) == ["59991234"]


@pytest.mark.parametrize("days", [-400, -5, 0, 5, 400])
def test_order_is_found_with_a_clock_that_is_days_off(tmp_path: Path, days: int) -> None:
    async def story(time: SimulatedClock) -> tuple[int, PlacementStatus]:
        machine = SlowCounter(
            tmp_path, clock=time, store_clock=time.true_now, reference=ReferenceAttribute(77, FIELD)
        )
        use_auth_token(machine)
        machine.switch(order_attributes=frozenset({FIELD}))
        time.set_offset(days * DAY)
        async with machine.console() as console:
            await with_bread(console)
            machine.slow_and_late("orders.place")
            await console.place("1.500")
            await asyncio.sleep(50)
            time.set_offset(0.0)
            await asyncio.sleep(120)
            return len(machine.orders()), console.status["D1"].placement.state

    assert run_simulated(story) == (1, PlacementStatus.PLACED)
