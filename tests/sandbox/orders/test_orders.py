"""Orders: placing, authorising, status by the clock, reordering, references."""

from decimal import Decimal
from typing import cast

import pytest

from console.sandbox.data.menu_loader import load_menu
from console.sandbox.menu.configuration import default_parts
from console.sandbox.orders.records import order_json, read_orders
from console.sandbox.switches import SandboxCartOwner, Switches
from tests.sandbox.sandbox_calls import CAESAR, GARLIC_BREAD, PEPSI, PEPSI_CAN, Caller, Clock, code, item
from tests.sandbox.sandbox_orders import (
    COD,
    TRANSFER,
    cancel,
    information,
    place,
    place_order,
    search,
    status,
    validators,
)

pytestmark = pytest.mark.anyio

PIZZA, UMM_ALI = 13047325, 13047657


@pytest.fixture(autouse=True)
async def _session(caller: Caller) -> None:
    await caller.serve_customer()


def stock(caller: Caller, product_id: int, variant_id: int = 0) -> int:
    return caller.store.stock(27299, product_id, variant_id)


async def authorise(caller: Caller, order_id: int, **other: str) -> dict:
    data = {"OrderId": str(order_id), "PaymentType": "OBT", "PGResponse": "paid", "Date": "01/15/2027"}
    data = {"AuthorizeOrder": data | other}
    return await caller.input("order/Authorize", data, MerchantId=caller.merchant)


async def test_placing_returns_the_number_and_empties_the_cart(caller: Caller) -> None:
    await caller.add(item(GARLIC_BREAD))
    response = await place(caller)
    assert response == {
        "messageCode": "1004",
        "Message": "Successful",
        "OrderCreationResponse": {"OrderID": 7400001, "ValidationResponse": None},
    }
    assert (await caller.cart())["CartItems"] == []
    assert await search(caller, OrderNo=7400001) == [7400001]


async def test_placing_twice_makes_one_order(caller: Caller) -> None:
    await caller.add(item(GARLIC_BREAD))
    await place_order(caller)
    assert code(await place(caller)) == 1009
    assert len(await search(caller)) == 1


async def test_an_order_takes_its_stock_parts_included(caller: Caller) -> None:
    cart = (await caller.add(item(PIZZA, quantity=2), item(PEPSI, PEPSI_CAN)))["Carts"]
    parts = [(c["ProductId"], c["VariantProductId"]) for c in cart["CartItems"][0]["BundleCartItems"]]
    before = [stock(caller, *part) for part in parts], stock(caller, PEPSI, PEPSI_CAN)
    await place_order(caller)
    assert ([stock(caller, *part) + 2 for part in parts], stock(caller, PEPSI, PEPSI_CAN) + 1) == before
    shown = await caller.ask(
        "POST",
        "Product/{M}/LocationStockPrice",
        {"MerchantId": caller.merchant, "productid": str(PEPSI), "locationid": "27299"},
    )
    assert str(stock(caller, PEPSI, PEPSI_CAN)) in {
        row["Inventory"] for row in shown.get("LocationStockPrices", [])
    }


async def test_an_order_costs_what_the_cart_said(caller: Caller) -> None:
    await caller.add(item(PIZZA, quantity=2))
    cart = (await caller.ask("GET", "Carts/ApplyVoucher/{M}/HALFDINAR"))["Carts"]
    order = await information(caller, await place_order(caller))
    assert order["TotalAmount"] == order["AmountPayable"] == cart["OrderTotal"] == 7.0
    assert (order["VoucherDiscount"], order["VoucherCode"]) == (0.5, "HALFDINAR")


@pytest.mark.parametrize(
    "wrong",
    [
        {"PaymentOption": "Beans"},
        {"PaymentType": "GV"},
        {"GateWayId": "10961"},
        {"GateWayId": {"a": 1}},
    ],
)
async def test_an_unknown_way_to_pay_is_refused(caller: Caller, wrong: dict) -> None:
    before = await caller.fill(item(GARLIC_BREAD))
    assert code(await place(caller, COD | wrong)) == 1016
    assert await caller.cart() == before
    assert await search(caller) == []


async def test_what_another_took_cannot_be_ordered(caller: Caller) -> None:
    before = await caller.fill(item(UMM_ALI, quantity=3))
    mine = caller.token
    await caller.serve_customer("tommy.fernandes@example.com")
    await caller.add(item(UMM_ALI))
    await place_order(caller)
    caller.token = mine
    assert validators(await place(caller)) == ["StockValidator"]
    cart = await caller.cart()
    assert cart["CartItems"] == before["CartItems"]
    assert [(f["ProductId"], f["messageCode"]) for f in cart["FailedProducts"]] == [(UMM_ALI, "5004")]


async def test_the_address_is_checked_where_asked_for(caller: Caller) -> None:
    await caller.add(item(GARLIC_BREAD))
    address = {"ShipAddress1": "Gulf Road 5", "ShipZip": "99999"}
    await caller.input("carts/UpdateAddress/{M}", {"Cart": address})
    asked = await place(caller, COD | {"skipDeliveryAreaValidation": True})
    assert validators(asked) == ["PincodeServiceablityValidator"]
    assert code(await place(caller)) == 1004


async def test_placing_needs_a_session_and_the_merchant(caller: Caller) -> None:
    await caller.add(item(GARLIC_BREAD))
    path = "Order/PlaceOrder/{M}"
    assert code(await caller.input(path, COD, MerchantId="00000000-0000-0000-0000-000000000000")) == 1045
    caller.token = ""
    assert code(await place(caller)) == 1003


async def test_an_order_goes_on_by_the_clock(caller: Caller, clock: Clock) -> None:
    await caller.add(item(GARLIC_BREAD))
    order_id = await place_order(caller)
    seen = [await status(caller, order_id)]
    for seconds in (60, 840, 1500):
        clock.now += seconds
        seen.append(await status(caller, order_id))
    assert seen == [("A", ""), ("A", "IK"), ("S", ""), ("D", "")]


async def test_what_is_paid_elsewhere_waits_to_be_authorised(caller: Caller, clock: Clock) -> None:
    await caller.add(item(GARLIC_BREAD))
    order_id = await place_order(caller, TRANSFER)
    clock.now += 10_000
    assert await status(caller, order_id) == ("P", "")
    response = await authorise(caller, order_id)
    assert response == {
        "Code": "1005",
        "Message": "Order Authorized successfully",
        "ErrorCode": "0",
        "AllocatedItems": "false",
    }
    assert await status(caller, order_id) == ("A", "")
    assert code(await authorise(caller, order_id)) == 1043


async def test_what_is_paid_at_the_door_is_authorised_already(caller: Caller) -> None:
    await caller.add(item(GARLIC_BREAD))
    assert code(await authorise(caller, await place_order(caller))) == 1043


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"OrderId": "1"}, 1006),
        ({"OrderId": "x"}, 1016),
        ({"PGResponse": ""}, 1016),
        ({"PaymentType": "Beans"}, 1016),
    ],
)
async def test_a_bad_authorisation_is_refused(caller: Caller, wrong: dict, expected: int) -> None:
    await caller.add(item(GARLIC_BREAD))
    order_id = await place_order(caller, TRANSFER)
    assert code(await authorise(caller, order_id, **wrong)) == expected
    assert await status(caller, order_id) == ("P", "")


async def test_a_cancelled_order_is_not_authorised(caller: Caller) -> None:
    await caller.add(item(GARLIC_BREAD))
    order_id = await place_order(caller, TRANSFER)
    await cancel(caller, order_id)
    assert code(await authorise(caller, order_id)) == 1001


async def reorder(caller: Caller, order_id: int, *, line_id: int = 0, user_id: str = "") -> dict:
    user_id = user_id or (await information(caller, order_id))["UserId"]
    data = {"orderId": order_id, "orderItemId": line_id, "userId": user_id}
    return await caller.input("order/ReOrder/{M}", data, MerchantId=caller.merchant)


async def test_ordering_again_fills_the_cart(caller: Caller) -> None:
    first = (await caller.add(item(PIZZA), item(PEPSI, PEPSI_CAN, 2)))["Carts"]
    cart = (await reorder(caller, await place_order(caller)))["Carts"]
    assert cart["OrderTotal"] == first["OrderTotal"]
    assert await caller.cart() == cart


async def test_one_line_is_ordered_again(caller: Caller) -> None:
    await caller.add(item(CAESAR), item(PEPSI, PEPSI_CAN, 2))
    order_id = await place_order(caller)
    line_id = (await information(caller, order_id))["OrderLineId"][1]["OrderLineId"]
    (line,) = (await reorder(caller, order_id, line_id=line_id))["Carts"]["CartItems"]
    assert (line["ProductId"], line["Quantity"]) == (PEPSI, 2)


async def test_only_what_is_still_sold_is_ordered_again(caller: Caller) -> None:
    await caller.add(item(CAESAR), item(UMM_ALI, quantity=2))
    order_id = await place_order(caller)
    cart = (await reorder(caller, order_id))["Carts"]
    assert [line["ProductId"] for line in cart["CartItems"]] == [CAESAR]
    caller.switch(Switches(delisted=frozenset({CAESAR})))
    assert code(await reorder(caller, order_id)) == 1022


async def test_nobody_else_orders_it_again(caller: Caller) -> None:
    await caller.add(item(CAESAR))
    order_id = await place_order(caller)
    assert code(await reorder(caller, order_id, user_id="132d3c1d")) == 1006
    assert code(await reorder(caller, order_id, line_id=1)) == 1009


async def test_ordering_again_needs_a_session_of_the_customer(caller: Caller, clock: Clock) -> None:
    await caller.add(item(CAESAR))
    order_id = await place_order(caller)
    clock.now += 3600
    assert code(await reorder(caller, order_id)) == 1009


async def test_reordering_fills_the_cart_that_the_customer_owns(caller: Caller) -> None:
    caller.switch(Switches(cart_owner=SandboxCartOwner.CUSTOMER))
    await caller.add(item(CAESAR))
    order_id = await place_order(caller)
    await reorder(caller, order_id)
    await caller.serve_customer()
    assert [line["ProductId"] for line in (await caller.cart())["CartItems"]] == [CAESAR]


async def test_a_reference_is_read_back(caller: Caller) -> None:
    await caller.add(item(CAESAR))
    order_id = await place_order(caller)
    data = {"OrderId": str(order_id), "ReferenceNo": "11751201"}
    path = "Order/UpdateOrderReference/{M}"
    response = await caller.input(path, data, MerchantId=caller.merchant)
    assert response["Message"] == "Order Reference =11751201-success has been applied successfully"
    assert (await information(caller, order_id))["ReferenceNo"] == "11751201"


@pytest.mark.parametrize(
    ("data", "expected"),
    [({"OrderId": "1", "ReferenceNo": "2"}, 1006), ({"OrderId": "7400001"}, 1016), ({}, 1016)],
)
async def test_a_bad_reference_is_refused(caller: Caller, data: dict, expected: int) -> None:
    await caller.add(item(CAESAR))
    await place_order(caller)
    path = "Order/UpdateOrderReference/{M}"
    assert code(await caller.input(path, data, MerchantId=caller.merchant)) == expected


async def test_walk_ins_order_too(caller: Caller) -> None:
    await caller.walk_in()
    await caller.add(item(GARLIC_BREAD), mode="S")
    order = await information(caller, await place_order(caller))
    assert (order["BillFirstname"], order["DeliveryOption"]) == ("", "pickup")


async def test_the_record_is_what_was_ordered(caller: Caller) -> None:
    caller.switch(Switches(order_attributes=frozenset({"reference"})))
    await caller.add(item(PIZZA, quantity=2))
    attribute = {"EntityFieldID": 1, "EntityFieldName": "reference", "SelectedValue": "R-1"}
    await caller.input("carts/AddOrderAttributes/{M}", [attribute])
    order_id = await place_order(caller)
    (record,) = read_orders(caller.store)
    assert (record.order_id, record.total, record.attributes) == (
        order_id, Decimal("7.500"), (("reference", "R-1"),),
    )  # fmt: skip
    assert [(line.product_id, line.quantity, line.cancelled) for line in record.lines] == [(PIZZA, 2, 0)]
    assert order_json(record)["total"] == "7.500"


async def test_the_record_has_the_parts_of_lines_and_the_payment(caller: Caller) -> None:
    await caller.add(item(PIZZA))
    await place_order(caller)
    (record,) = read_orders(caller.store)
    shown = order_json(record)
    (line,) = cast("list[dict[str, list[dict[str, object]]]]", shown["lines"])
    assert [(part["product_id"], part["portion"]) for part in line["parts"]] == [
        (part.product_id, "W") for part in default_parts(load_menu(), PIZZA)
    ]
    assert (shown["payment"], shown["vouchers"], shown["slot_id"]) == ("COD", [], 0)


async def test_the_record_is_shown_to_callers_on_this_machine(caller: Caller) -> None:
    await caller.add(item(CAESAR))
    order_id = await place_order(caller)
    shown = (await caller.send("GET", "http://sandbox.example/sandbox/orders")).json()
    assert [order["order_id"] for order in shown] == [order_id]


async def test_the_record_of_an_order_with_a_promotion_adds_up(caller: Caller) -> None:
    await caller.add(item(PIZZA, quantity=2), mode="H")
    await caller.ask("GET", "Carts/ApplyVoucher/{M}/HALFDINAR")
    order_id = await place_order(caller)
    (record,) = read_orders(caller.store)
    cost = sum((line.unit_price * line.quantity for line in record.lines), Decimal(0))
    assert record.order_id == order_id
    assert record.discount > 0
    assert cost + record.shipping - record.discount == record.total
