"""Responses of another request or customer: each guard alone keeps the order its customer's, placed once."""

from typing import Any

import pytest

from console.sandbox.orders.records import read_orders
from console.sandbox.switches import FaultKind
from console.sync.cart.differences import LineStatus
from console.sync.problems import ProblemCode
from console.sync.status import PlacementStatus
from tests.altering_port import AlteringPort
from tests.sync.counter import PAID_IN_CASH, TOM, Console, Machine, fault, second_home
from tests.sync.placement.bread_order import BOUGHT, BREAD, FIELD, QUOTED, ready, with_reference

pytestmark = pytest.mark.anyio

NOBODY = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def port(machine: Machine) -> AlteringPort:
    """The port of the one console."""
    make, made = machine.port, list[AlteringPort]()

    def altered(endpoint: Any) -> AlteringPort:
        if not made:
            made.append(AlteringPort(make(endpoint)))
        return made[0]

    setattr(machine, "port", altered)  # noqa: B010  # the machine's own method is the seam
    return altered(machine.backend.endpoint())


def only_owner(machine: Machine) -> str:
    """The account of the only order on the platform."""
    (order,) = read_orders(machine.backend.store)
    return order.user_id


async def place_for_tom(console: Console) -> None:
    await console.start_order(TOM)
    await console.edit(BREAD, PAID_IN_CASH)
    await console.place(QUOTED)
    await console.wait_for_placing_state(PlacementStatus.PLACED)


async def test_anonymous_token_is_not_taken_for_the_customers(machine: Machine, port: AlteringPort) -> None:
    def repeated(body: dict[str, Any]) -> None:
        body.update(port.last["customers.access_token"])
        body["Token"]["UserId"] = TOM.user_id

    port.changes.append(("customers.start_session", repeated))
    async with machine.console() as console:
        await place_for_tom(console)
    assert (only_owner(machine), machine.orders()) == (TOM.user_id, [BOUGHT])
    assert not port.changes


async def test_session_of_another_customer_is_not_used(machine: Machine, port: AlteringPort) -> None:
    port.changes.append(("customers.start_session", lambda body: body["Token"].update(UserId=NOBODY)))
    async with machine.console() as console:
        await place_for_tom(console)
        assert len(console.port.times_of("customers.start_session")) == 2
    assert only_owner(machine) == TOM.user_id


@pytest.mark.parametrize("user_id", ["", TOM.user_id.upper(), f"{TOM.user_id[:-3]}xxx"])
async def test_absent_or_masked_user_id_does_not_stop_the_order(
    machine: Machine, port: AlteringPort, user_id: str
) -> None:
    port.changes.append(("customers.start_session", lambda body: body["Token"].update(UserId=user_id)))
    async with machine.console() as console:
        await place_for_tom(console)
        assert len(console.port.times_of("customers.start_session")) == 1


async def test_token_of_another_draft_is_not_shared(machine: Machine, port: AlteringPort) -> None:
    async with machine.console() as console:
        await ready(console)
        first = port.last["customers.start_session"]
        port.changes.append(("customers.start_session", lambda body: body.update(first)))
        await ready(console, draft_id="D2")
    assert [len(cart.lines) for cart in machine.carts()] == [1, 1]
    assert not port.changes


async def test_two_walk_ins_do_not_share_a_token(machine: Machine, port: AlteringPort) -> None:
    async with machine.console() as console:
        await console.start_order(None, "D1")
        await console.edit(BREAD, draft_id="D1")
        await console.wait_until_settled("D1")
        first = port.last["customers.access_token"]
        port.changes.append(("customers.access_token", lambda body: body.update(first)))
        await console.start_order(None, "D2")
        await console.edit(BREAD, draft_id="D2")
        await console.wait_until_settled("D2")
    assert len(machine.carts()) == 2


async def test_cart_of_another_account_gets_nothing(machine: Machine, port: AlteringPort) -> None:
    """The session looks like Tom's in every way; only the cart says that it is not."""
    store = machine.backend.store
    with store.transaction():
        store.run(
            "INSERT INTO token (token, user_id, issued_at, used_at) VALUES ('stray', ?, ?, ?)",
            NOBODY,
            machine.clock.now(),
            machine.clock.now(),
        )
    port.changes.append(("customers.start_session", lambda body: body["Token"].update(AccessToken="stray")))
    async with machine.console() as console:
        await place_for_tom(console)
    assert only_owner(machine) == TOM.user_id
    assert not [cart for cart in machine.carts() if cart.token == "stray"]


async def test_cart_of_another_token_is_read_again(machine: Machine, port: AlteringPort) -> None:
    def of_another(body: dict[str, Any]) -> None:
        body["Token"]["AccessToken"] = "gmah4uer4x5clfm1pxczhabc"
        body["Carts"]["CartItems"] = []

    async with machine.console() as console:
        await ready(console)
        port.changes.append(("carts.get", of_another))
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
    assert machine.orders() == [BOUGHT]


async def test_echo_of_another_cart_rejects_nothing(machine: Machine, port: AlteringPort) -> None:
    port.changes.append(("carts.add_items", lambda body: body["Carts"].update(CartItems=[])))
    async with machine.console() as console:
        await console.start_order(TOM)
        await console.edit(BREAD)
        await console.wait_until_settled()
        assert [line.state for line in console.line_comparisons()] == [LineStatus.CONFIRMED]
        assert console.port.writes == 1
    assert not port.changes


async def test_no_record_of_another_request_is_no_empty_cart(machine: Machine, port: AlteringPort) -> None:
    def nothing(body: dict[str, Any]) -> None:
        body.clear()
        body.update(messageCode="1009", Message="No record found", ErrorCode=1)

    async with machine.console() as console:
        await ready(console)
        port.changes.append(("carts.get", nothing))
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert console.port.writes == 1
    assert machine.orders() == [BOUGHT]
    assert not port.changes


def without_owner(port: AlteringPort) -> None:
    """Let no cart say whose it is."""
    port.changes += [("carts.get", lambda body: body.pop("Token", None))] * 50


async def test_absence_proves_nothing_where_the_carts_owner_is_unknown(
    machine: Machine, port: AlteringPort
) -> None:
    with_reference(machine)
    without_owner(port)
    async with machine.console() as console:
        await ready(console)
        machine.switch(fault(FaultKind.DROP_BEFORE, "orders.place"), order_attributes=frozenset({FIELD}))
        await console.place(QUOTED)
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        assert placing.problem is not None
        assert placing.problem.code is ProblemCode.OWNER_UNPROVED
    assert machine.orders() == []


async def test_presence_is_proof_where_the_carts_owner_is_unknown(
    machine: Machine, port: AlteringPort
) -> None:
    with_reference(machine)
    without_owner(port)
    async with machine.console() as console:
        await ready(console)
        machine.switch(fault(FaultKind.DROP_AFTER, "orders.place"), order_attributes=frozenset({FIELD}))
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
    assert machine.orders() == [BOUGHT]


async def test_another_customers_history_hides_no_earlier_order(machine: Machine, port: AlteringPort) -> None:
    """Tom's earlier order is not taken for the one that never arrived."""
    async with second_home(machine).console("two") as elsewhere:
        await ready(elsewhere)
        await elsewhere.place(QUOTED)
        await elsewhere.wait_for_placing_state(PlacementStatus.PLACED)
    async with machine.console() as console:
        await ready(console, draft_id="D2")
        machine.switch(fault(FaultKind.DROP_BEFORE, "orders.place"))
        port.changes.append(("orders.history", _of_nobody))
        await console.place(QUOTED, "D2")
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION, "D2")
    assert not port.changes
    assert placing.candidates == ()


async def test_history_with_an_order_of_another_proves_no_absence(
    machine: Machine, port: AlteringPort
) -> None:
    """Tom's earlier order is in it, somebody else's, and not the one that is looked for."""
    with_reference(machine)
    async with machine.console() as console:
        await ready(console)
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        await ready(console, draft_id="D2")
        machine.switch(
            fault(FaultKind.DROP_AFTER, "orders.place"),
            fault(FaultKind.CODE, "orders.details_by_reference", times=None),
            order_attributes=frozenset({FIELD}),
        )
        port.changes += [("orders.history", lambda body: body)]
        port.changes += [("orders.history", lambda body: body["Orders"][0].update(UserId=NOBODY))] * 50
        await console.place(QUOTED, "D2")
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION, "D2")
        assert placing.problem is not None
        assert placing.problem.code is ProblemCode.SEARCH_INCOMPLETE
    assert machine.orders() == [BOUGHT, BOUGHT]


def _of_nobody(body: dict[str, Any]) -> None:
    for order in body.get("Orders") or []:
        order.update(UserId=NOBODY, OrderId=1)


async def test_a_session_that_stays_foreign_is_told(machine: Machine, port: AlteringPort) -> None:
    port.changes += [("customers.start_session", lambda body: body["Token"].update(UserId=NOBODY))] * 30
    async with machine.console() as console:
        await console.start_order(TOM)
        await console.edit(BREAD)
        await console.until(lambda: "D1" in console.status and console.status["D1"].problem is not None)
        problem = console.status["D1"].problem
        assert problem is not None
        assert problem.code is ProblemCode.RESPONSE_MISMATCHED
    assert machine.carts() == []
