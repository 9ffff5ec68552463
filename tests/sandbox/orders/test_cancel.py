"""Cancelling: whole or by the line, with a documented reason, until the order is on its way."""

import pytest

from tests.sandbox.sandbox_calls import CAESAR, PEPSI, PEPSI_CAN, Caller, Clock, code, item
from tests.sandbox.sandbox_orders import cancel, information, place_order, status

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
async def _session(caller: Caller) -> None:
    await caller.serve_customer()


@pytest.fixture
async def order_id(caller: Caller) -> int:
    """Place an order of three cans of Pepsi and a salad, with a voucher for half a dinar."""
    await caller.add(item(PEPSI, PEPSI_CAN, 3), item(CAESAR))
    await caller.ask("GET", "Carts/ApplyVoucher/{M}/HALFDINAR")
    return await place_order(caller)


async def line_ids(caller: Caller, order_id: int) -> list[int]:
    return [line["OrderLineId"] for line in (await information(caller, order_id))["OrderLineId"]]


async def test_a_cancelled_order_gives_its_stock_back(caller: Caller, order_id: int) -> None:
    before = caller.store.stock(27299, PEPSI, PEPSI_CAN)
    response = await cancel(caller, order_id)
    assert response == {"messageCode": "1002", "Message": "Cancelled successfully"}
    assert await status(caller, order_id) == ("C", "")
    assert caller.store.stock(27299, PEPSI, PEPSI_CAN) == before + 3
    order = await information(caller, order_id)
    assert order["TotalAmount"] == 2.35
    assert (order["AmountPayable"], order["RefundAmount"]) == (0.0, "2.350")


async def test_an_order_is_cancelled_once(caller: Caller, order_id: int) -> None:
    await cancel(caller, order_id)
    before = caller.store.stock(27299, PEPSI, PEPSI_CAN)
    assert code(await cancel(caller, order_id)) == 1001
    assert caller.store.stock(27299, PEPSI, PEPSI_CAN) == before


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"OrderId": "1"}, 1006),
        ({"CancelReason": "XXX"}, 1016),
        ({"CancelReason": ""}, 1016),
        ({"date": ""}, 1016),
        ({"date": "yesterday"}, 1016),
    ],
)
async def test_a_bad_cancellation_is_refused(
    caller: Caller, order_id: int, wrong: dict, expected: int
) -> None:
    assert code(await cancel(caller, order_id, **wrong)) == expected
    assert await status(caller, order_id) == ("A", "")


async def test_what_is_on_its_way_is_not_cancelled(caller: Caller, order_id: int, clock: Clock) -> None:
    clock.now += 900
    assert code(await cancel(caller, order_id)) == 1008
    assert await status(caller, order_id) == ("S", "")


async def test_a_quantity_of_a_line_is_cancelled(caller: Caller, order_id: int) -> None:
    pepsi, _ = await line_ids(caller, order_id)
    before = await information(caller, order_id), caller.store.stock(27299, PEPSI, PEPSI_CAN)
    items = [{"OrderItemID": pepsi, "CancelQuantity": 2}]
    assert code(await cancel(caller, order_id, TobeCancelledOrderItems=items)) == 1002
    after = await information(caller, order_id)
    assert caller.store.stock(27299, PEPSI, PEPSI_CAN) == before[1] + 2
    assert after["OrderLineId"][0]["CancelQuantity"] == 2
    assert after["Status"] == "A"
    assert 0 < after["AmountPayable"] < before[0]["AmountPayable"]
    assert after["TotalAmount"] == before[0]["TotalAmount"]


async def test_what_is_left_bears_its_share_of_the_discount(caller: Caller, order_id: int) -> None:
    pepsi, _ = await line_ids(caller, order_id)
    items = [{"OrderItemID": pepsi, "CancelQuantity": 3}]
    await cancel(caller, order_id, TobeCancelledOrderItems=items)
    order = await information(caller, order_id)
    salad, cans = order["OrderLineId"][1]["ProductPrice"], 0.9
    share = round(0.5 * salad / (salad + cans), 3)
    assert order["AmountPayable"] == pytest.approx(salad - share + 0.5, abs=0.0006)


async def test_cancelling_every_line_cancels_the_order(caller: Caller, order_id: int) -> None:
    pepsi, salad = await line_ids(caller, order_id)
    for line_id, quantity in ((pepsi, 3), (salad, 1)):
        items = [{"OrderItemID": line_id, "CancelQuantity": quantity}]
        await cancel(caller, order_id, TobeCancelledOrderItems=items)
    assert await status(caller, order_id) == ("C", "")
    assert code(await cancel(caller, order_id)) == 1001


@pytest.mark.parametrize(("offset", "quantity"), [(0, 4), (0, 0), (50, 1), (0, "x")])
async def test_a_bad_line_changes_nothing(
    caller: Caller, order_id: int, offset: int, quantity: object
) -> None:
    pepsi, salad = await line_ids(caller, order_id)
    before = await information(caller, order_id), caller.store.stock(27299, CAESAR)
    items = [
        {"OrderItemID": salad, "CancelQuantity": 1},
        {"OrderItemID": pepsi + offset, "CancelQuantity": quantity},
    ]
    assert code(await cancel(caller, order_id, TobeCancelledOrderItems=items)) == 1016
    assert (await information(caller, order_id), caller.store.stock(27299, CAESAR)) == before


async def test_a_cancellation_by_line_names_lines(caller: Caller, order_id: int) -> None:
    assert code(await cancel(caller, order_id, TobeCancelledOrderItems=[])) == 1016
