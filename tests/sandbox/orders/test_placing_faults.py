"""An order whose response is lost: placed at once or later, and without a reference to find it by."""

import asyncio
import json
from typing import Any

import pytest

from console.sandbox.app import create_app
from console.sandbox.fault_injection import DroppedConnectionError
from console.sandbox.switches import Fault, FaultKind, Switches
from tests.sandbox.sandbox_calls import GARLIC_BREAD, Caller, Clock, code, item
from tests.sandbox.sandbox_orders import information, place, search

pytestmark = pytest.mark.anyio

REFERENCE = "01HZX-CONSOLE-REFERENCE"
ATTRIBUTE = {"EntityFieldID": 7, "EntityFieldName": "reference", "Type": "1", "SelectedValue": REFERENCE}


class LateWork:
    """Delays late work until it is released."""

    def __init__(self, caller: Caller, kind: FaultKind) -> None:
        self.waited: list[float] = []
        self._go = asyncio.Event()
        fault = Fault("orders.place", kind, times=1, seconds=20.0)
        caller.app = create_app(caller.store, switches=Switches(faults=(fault,)), sleep=self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        await self._go.wait()

    async def release(self) -> None:
        self._go.set()
        for _ in range(5):
            await asyncio.sleep(0)


@pytest.fixture(autouse=True)
async def _cart(caller: Caller) -> None:
    await caller.serve_customer()
    await caller.add(item(GARLIC_BREAD, quantity=2))


async def test_an_order_with_a_lost_response_is_placed_once(caller: Caller) -> None:
    LateWork(caller, FaultKind.DROP_AFTER)
    with pytest.raises(DroppedConnectionError):
        await place(caller)
    assert len(await search(caller)) == 1
    assert (await caller.cart())["CartItems"] == []


async def test_an_order_may_be_placed_long_after_its_connection_died(caller: Caller) -> None:
    late_work = LateWork(caller, FaultKind.DROP_LATE)
    with pytest.raises(DroppedConnectionError):
        await place(caller)
    assert await search(caller) == []
    assert len((await caller.cart())["CartItems"]) == 1
    await late_work.release()
    assert late_work.waited == [20.0]
    assert len(await search(caller)) == 1
    assert (await caller.cart())["CartItems"] == []


async def test_a_late_order_after_a_resend_finds_the_cart_empty(caller: Caller) -> None:
    late_work = LateWork(caller, FaultKind.DROP_LATE)
    with pytest.raises(DroppedConnectionError):
        await place(caller)
    assert code(await place(caller)) == 1004
    await late_work.release()
    assert len(await search(caller)) == 1


async def test_what_comes_late_is_done_with_the_cart_as_it_is_by_then(caller: Caller) -> None:
    late_work = LateWork(caller, FaultKind.DROP_LATE)
    with pytest.raises(DroppedConnectionError):
        await place(caller)
    await caller.add(item(GARLIC_BREAD))
    await late_work.release()
    (number,) = await search(caller)
    assert [row["Quantity"] for row in (await information(caller, number))["OrderLineId"]] == [3]


async def everything_said(caller: Caller, number: int, clock: Clock) -> str:
    """Return everything that the platform says of an order."""
    clock.now += 120
    asked = {"OrderSearch": {"OrderID": str(number)}}
    responses: list[Any] = [
        await information(caller, number),
        await caller.input("order/Search/{M}", asked, MerchantId=caller.merchant),
        await caller.ask("POST", f"Order/GetOrderStatus/{{M}}/{number}"),
        caller.store.carts(),
    ]
    return json.dumps(responses, default=str)


async def test_the_usual_store_takes_no_reference_and_prints_none(caller: Caller, clock: Clock) -> None:
    refused = await caller.input("carts/AddOrderAttributes/{M}", [ATTRIBUTE])
    assert code(refused) == 1016
    placed = await place(caller)
    number = int(placed["OrderCreationResponse"]["OrderID"])
    order = await information(caller, number)
    assert (order["OrderAttributes"], order["ReferenceNo"]) == ([], "")
    assert REFERENCE not in await everything_said(caller, number, clock)


async def test_configured_attribute_is_read_after_a_lost_response(caller: Caller) -> None:
    after = Fault("orders.place", FaultKind.DROP_AFTER, times=1)
    caller.switch(Switches(order_attributes=frozenset({"reference"}), faults=(after,)))
    assert code(await caller.input("carts/AddOrderAttributes/{M}", [ATTRIBUTE])) == 1004
    with pytest.raises(DroppedConnectionError):
        await place(caller)
    (number,) = await search(caller)
    assert REFERENCE in json.dumps((await information(caller, number))["OrderAttributes"])


async def test_refused_order_names_its_validator_and_is_not_placed(caller: Caller) -> None:
    caller.switch(Switches(faults=(Fault("*", FaultKind.INVALID_ORDER),)))
    created = (await place(caller))["OrderCreationResponse"]
    assert (created["OrderID"], len(created["ValidationResponse"])) == (0, 1)
    assert await search(caller) == []


@pytest.mark.parametrize(("mapped", "reference"), [("reference", REFERENCE), ("", "")])
async def test_an_attribute_may_be_the_orders_reference(caller: Caller, mapped: str, reference: str) -> None:
    caller.switch(Switches(order_attributes=frozenset({"reference"}), reference_attribute=mapped))
    await caller.input("carts/AddOrderAttributes/{M}", [ATTRIBUTE])
    order_id = (await place(caller))["OrderCreationResponse"]["OrderID"]
    assert (await information(caller, order_id))["ReferenceNo"] == reference
