"""The platform's own look-up by reference: what it finds is proof, what it does not find is none."""

from collections.abc import Callable

import pytest

from console.sandbox.switches import Fault, FaultKind
from console.sync.status import PlacementStatus
from tests.sync.counter import TOM, Console, Machine, fault, second_home
from tests.sync.placement.bread_order import BOUGHT, FIELD, QUOTED, ready, with_reference

pytestmark = pytest.mark.anyio

NO_HISTORY = Fault("orders.history", FaultKind.CODE, code=1030)
OURS = f"UPDATE placed_order SET user_id = '{TOM.user_id}'"  # noqa: S608  # both are constants
NOBODY = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def referenced(machine: Machine) -> Machine:
    with_reference(machine)
    return machine


async def place(machine: Machine, console: Console, *faults: Fault, maps_reference: bool = True) -> None:
    """Place the order; from then on these faults strike."""
    await ready(console)

    machine.switch(
        *faults,
        order_attributes=frozenset({FIELD}),
        reference_attribute=FIELD if maps_reference else "",
    )
    await console.place(QUOTED)


def history_ends(machine: Machine, kind: FaultKind = FaultKind.DROP_AFTER) -> Callable[[str], None]:
    """A checkpoint after which Place Order is lost and no history is to be had."""

    def strike(point: str) -> None:
        if point == "before placing":
            machine.switch(
                fault(kind, "orders.place"),
                NO_HISTORY,
                order_attributes=frozenset({FIELD}),
                reference_attribute=FIELD,
            )

    return strike


async def test_order_found_by_its_reference_needs_no_history(referenced: Machine) -> None:
    async with referenced.console(checkpoint=history_ends(referenced)) as console:
        await place(referenced, console)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert len(console.port.times_of("orders.details_by_reference")) == 1
    assert referenced.orders() == [BOUGHT]


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (OURS, PlacementStatus.PLACED),
        ("SELECT 1", PlacementStatus.NEEDS_ATTENTION),
        (
            f"{OURS}, record = json_set(record, '$.total', '9.000')",
            PlacementStatus.NEEDS_ATTENTION,
        ),
        (f"{OURS}, reference = 'D2'", PlacementStatus.NEEDS_ATTENTION),
    ],
    ids=["ours", "another customer's", "another total", "another reference"],
)
async def test_only_an_order_of_this_customer_and_total_is_proof(
    referenced: Machine, change: str, state: PlacementStatus
) -> None:
    async with second_home(referenced).console("two") as elsewhere:
        await place(referenced, elsewhere)
        await elsewhere.wait_for_placing_state(PlacementStatus.PLACED)
    store = referenced.backend.store
    store.run("UPDATE placed_order SET reference = 'D1', user_id = ?", NOBODY)
    lose = history_ends(referenced, FaultKind.DROP_BEFORE)

    def appear(point: str) -> None:
        lose(point)
        if point == "before placing":
            store.run(change)

    async with referenced.console(checkpoint=appear) as console:
        await place(referenced, console)
        await console.wait_for_placing_state(state)


async def test_order_missing_under_its_reference_is_found_in_the_history(referenced: Machine) -> None:
    async with referenced.console() as console:
        await place(referenced, console, fault(FaultKind.DROP_AFTER, "orders.place"), maps_reference=False)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert console.port.times_of("orders.details_by_reference")
        assert len(console.port.times_of("orders.place")) == 1
    assert referenced.orders() == [BOUGHT]


async def test_look_up_that_fails_leaves_it_to_the_history(referenced: Machine) -> None:
    async with referenced.console() as console:
        await place(
            referenced,
            console,
            fault(FaultKind.DROP_AFTER, "orders.place"),
            Fault("orders.details_by_reference", FaultKind.CODE, code=1030),
        )
        await console.wait_for_placing_state(PlacementStatus.PLACED)
    assert referenced.orders() == [BOUGHT]


async def test_profile_without_a_reference_asks_for_none(machine: Machine) -> None:
    async with machine.console() as console:
        await ready(console)
        machine.switch(fault(FaultKind.DROP_AFTER, "orders.place"))
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert console.port.times_of("orders.details_by_reference") == []
