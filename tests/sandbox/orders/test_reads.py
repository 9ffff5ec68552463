"""Reading orders: search, history, lines, information, activity and shipments agree with one another."""

import pytest

from tests.sandbox.sandbox_calls import GARLIC_BREAD, PEPSI, PEPSI_CAN, Caller, Clock, code, item
from tests.sandbox.sandbox_orders import TRANSFER, cancel, information, place_order, search

pytestmark = pytest.mark.anyio

PIZZA = 13047325


@pytest.fixture(autouse=True)
async def _session(caller: Caller) -> None:
    await caller.serve_customer()


@pytest.fixture
async def orders(caller: Caller) -> tuple[int, int]:
    """Place a delivered dinner of Tom's for 4.600, and an unpaid pickup of Tommy's bread for 0.750."""
    await caller.add(item(PIZZA), item(PEPSI, PEPSI_CAN, 2))
    first = await place_order(caller)
    await caller.serve_customer("tommy.fernandes@example.com")
    await caller.add(item(GARLIC_BREAD, LocationId="22612"), mode="S")
    return first, await place_order(caller, TRANSFER)


async def history(caller: Caller, **asked: object) -> list[int]:
    response = await caller.input("Order/History/{M}", asked, MerchantId=caller.merchant)
    return [order["OrderId"] for order in response.get("Orders", [])]


BOTH, FIRST, SECOND, NEITHER = (1, 0), (0,), (1,), ()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, BOTH),
        ({"OrderStatus": "A"}, FIRST),
        ({"OrderStatus": "p"}, SECOND),
        ({"CheckOutType": "Cash on Delivery"}, FIRST),
        ({"CheckOutType": "Bank Transfer"}, SECOND),
        ({"MobileNo": "7411639213"}, FIRST),
        ({"EmailID": "TOMMY.fernandes@example.com"}, SECOND),
        ({"FristName": "Tom"}, FIRST),
        ({"LastName": "Fernandes"}, SECOND),
        ({"OrderPriceFrom": 1}, FIRST),
        ({"OrderPriceTo": "0.75"}, SECOND),
        ({"OrderPriceFrom": "4.60", "OrderPriceTo": 4.6}, FIRST),
        ({"ShippingCostFrom": "0.1"}, FIRST),
        ({"ShippingCostTo": "0"}, SECOND),
        ({"store": "all"}, BOTH),
        ({"store": "HAWL"}, SECOND),
        ({"store": "JAHR"}, NEITHER),
        ({"ProductSku": "SD-GARLIC-BREAD"}, SECOND),
        ({"DateFrom": "01/15/2027", "DateTo": "01/15/2027"}, BOTH),
        ({"DateFrom": "01/16/2027"}, NEITHER),
        ({"DateTo": "01/14/2027"}, NEITHER),
        ({"DateFrom": "01/15/2027", "DateTo": "01/15/2027", "DateType": "SD"}, NEITHER),
        ({"RecordFrom": 0, "RecordTo": 1}, SECOND),
        ({"RecordFrom": 1, "RecordTo": 2}, FIRST),
    ],
)
async def test_search_finds_by_everything_documented(
    caller: Caller, orders: tuple[int, int], asked: dict, found: tuple[int, ...]
) -> None:
    assert await search(caller, **asked) == [orders[place] for place in found]


async def test_search_finds_what_was_shipped_on_a_day(
    caller: Caller, orders: tuple[int, int], clock: Clock
) -> None:
    clock.now += 1000
    asked = {"DateFrom": "01/15/2027", "DateTo": "01/15/2027"}
    assert await search(caller, DateType="SD", **asked) == [orders[0]]
    assert await search(caller, DateType="DD", **asked) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"DateFrom": "15.1.2027"},
        {"DateFrom": "01/15/2027", "DateType": "XX"},
        {"OrderPriceFrom": "much"},
        {"OrderPriceFrom": "NaN"},
        {"RecordFrom": 3, "RecordTo": 1},
        {"OrderNo": "x"},
    ],
)
async def test_a_bad_search_is_refused(caller: Caller, orders: tuple[int, int], wrong: dict) -> None:
    response = await caller.input("order/Search/{M}", {"OrderSearch": wrong}, MerchantId=caller.merchant)
    assert code(response) == 1016


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"Status": "P"}, SECOND),
        ({"FromDate": "01-15-2027 00:00:00", "ToDate": "01-15-2027 23:59:59"}, BOTH),
        ({"FromDate": "15-01-2027 00:00:00"}, BOTH),
        ({"FromDate": "01-15-2027 12:00:00"}, NEITHER),
        ({"Sku": "sd-gar"}, SECOND),
        ({"OrderId": "74000"}, BOTH),
        ({"OrderId": "9"}, NEITHER),
        ({"FromOrder": "7400002"}, SECOND),
        ({"LocationId": "27299"}, FIRST),
        ({"OperatorId": "00abbff7-50be-487e-a5f3-319eef982f2b"}, BOTH),
        ({"OperatorId": "someone"}, NEITHER),
    ],
)
async def test_history_is_filtered(
    caller: Caller, orders: tuple[int, int], asked: dict, found: tuple[int, ...]
) -> None:
    assert await history(caller, **asked) == [orders[place] for place in found]


async def test_a_customers_history_is_the_customers(caller: Caller, orders: tuple[int, int]) -> None:
    tom = (await information(caller, orders[0]))["UserId"]
    assert await history(caller, UserId=tom) == [orders[0]]


async def test_history_by_day_of_shipping(caller: Caller, orders: tuple[int, int], clock: Clock) -> None:
    clock.now += 1000
    day = {"ShipDateFrom": "01-15-2027", "ShipDateTo": "01-16-2027"}
    assert await history(caller, **day) == [orders[0]]
    response = await caller.input(
        "Order/History/{M}", {"ShipDateFrom": "01-15-2027"}, MerchantId=caller.merchant
    )
    assert code(response) == 1016


async def test_details_and_information_have_the_same_lines(caller: Caller, orders: tuple[int, int]) -> None:
    lines = (await caller.ask("GET", f"Order/Details/{{M}}/{orders[0]}"))["OrderLines"]
    order = await information(caller, orders[0])
    assert all(line.items() <= full.items() for line, full in zip(lines, order["OrderLineId"], strict=True))
    pizza, base, *rest = order["OrderLineId"]
    assert (pizza["ParentReDetailsId"], base["ParentReDetailsId"]) == ("0", str(pizza["OrderLineId"]))
    assert (base["IsPrimaryProduct"], base["ProductPrice"], base["Portion"]) == ("true", 3.5, "W")
    assert (rest[-1]["SKU"], rest[-1]["Quantity"]) == ("DR-PEPSI", 2)


async def test_information_says_who_pays_how(caller: Caller, orders: tuple[int, int]) -> None:
    order = await information(caller, orders[1])
    (paid,) = order["PaymentDetails"]
    assert (paid["PaymentType"], paid["PaymentStatus"], paid["Amount"]) == ("OBT", "", "0.7500")
    assert (order["BillFirstname"], order["SourceLocationCode"]) == ("Tommy", "HAWL")


async def test_activity_tells_what_was_done_and_where_it_went(
    caller: Caller, orders: tuple[int, int], clock: Clock
) -> None:
    clock.now += 3000
    response = await caller.input(
        "Order/GetOrderActivityHistory/{M}",
        {"activityhistory": "true", "orderids": list(orders)},
        MerchantId=caller.merchant,
    )
    first, second = response["ListOfOrderActivities"]
    assert [entry["LogAction"] for entry in first["OrderActivityHistory"]] == ["P", "P", "A", "S", "D"]
    assert [entry["LogAction"] for entry in second["OrderActivityHistory"]] == ["P", "P"]


async def test_activity_tells_changed_quantities_where_asked_for(
    caller: Caller, orders: tuple[int, int]
) -> None:
    line_id = (await information(caller, orders[0]))["OrderLineId"][-1]["OrderLineId"]
    await cancel(caller, orders[0], TobeCancelledOrderItems=[{"OrderItemID": line_id, "CancelQuantity": 1}])
    response = await caller.input(
        "Order/GetOrderActivityHistory/{M}",
        {"orderfieldchangehistory": "true", "activityhistory": "false", "orderids": str(orders[0])},
        MerchantId=caller.merchant,
    )
    (activity,) = response["ListOfOrderActivities"]
    (change,) = activity["OrderItemFieldChangeHistory"]
    assert (change["OrderItemId"], change["OldQty"], change["NewQty"]) == (line_id, 2, 1)
    assert activity["OrderActivityHistory"] == []


@pytest.mark.parametrize(
    ("ids", "expected"), [([], 1016), ([1], 1006), (["x"], 1016), ("", 1016), ([7] * 51, 1016)]
)
async def test_activity_of_nothing_is_refused(caller: Caller, ids: object, expected: int) -> None:
    data = {"orderids": ids}
    path = "Order/GetOrderActivityHistory/{M}"
    assert code(await caller.input(path, data, MerchantId=caller.merchant)) == expected


async def test_shipments_are_there_once_the_order_is_shipped(
    caller: Caller, orders: tuple[int, int], clock: Clock
) -> None:
    path = f"Order/{{M}}/{orders[0]}/Shipments"
    assert (await caller.ask("GET", path))["Shipments"] == []
    clock.now += 1000
    (shipment,) = (await caller.ask("GET", path))["Shipments"]
    assert (shipment["ShippingDate"], shipment["DeliveredDate"]) == ("15-Jan-2027", "")
    assert [one["Quantity"] for one in shipment["ShipmentItems"]] == [1, 2]
    assert shipment["CollectableAmount"] == "4.600"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "Order/Details/{M}/"),
        ("GET", "order/V2/{M}/"),
        ("POST", "Order/GetOrderStatus/{M}/"),
        ("GET", "Order/{M}/#/Shipments"),
    ],
)
async def test_an_unknown_order_is_refused(caller: Caller, method: str, path: str) -> None:
    for number, expected in (("1", 1006), ("x", 1016)):
        asked = path.replace("#", number) if "#" in path else path + number
        assert code(await caller.ask(method, asked)) == expected


async def by_reference(caller: Caller, reference: str) -> dict:
    return await caller.ask("GET", f"Order/DetailsByRefCode/{{M}}/{reference}")


async def test_a_reference_may_be_of_several_orders(caller: Caller, orders: tuple[int, int]) -> None:
    for order_id in orders:
        data = {"OrderId": order_id, "ReferenceNo": "order1"}
        await caller.input("Order/UpdateOrderReference/{M}", data, MerchantId=caller.merchant)
    lines = (await by_reference(caller, "order1"))["OrderLines"]
    assert list(dict.fromkeys(line["OrderId"] for line in lines)) == [*reversed(orders)]
    assert {line["Orderrefreneceno"] for line in lines} == {"order1"}
    assert (await by_reference(caller, "order2"))["messageCode"] == "1009"


@pytest.mark.parametrize(
    ("asked", "rewards"),
    [
        ({}, None),
        ({"WithRewards": "False"}, None),
        ({"WithRewards": "True"}, {"PointsEarned": 4, "PointsBurned": 0}),
    ],
)
async def test_rewards_are_told_where_they_are_asked_for(
    caller: Caller, orders: tuple[int, int], asked: dict[str, str], rewards: object
) -> None:
    """The first order costs 4.600: a point for each whole dinar."""
    data = {"OrderId": str(orders[0]), **asked}
    response = await caller.input("Order/History/{M}", data, MerchantId=caller.merchant)
    assert [order["Rewards"] for order in response["Orders"]] == [rewards]
