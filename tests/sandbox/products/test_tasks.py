"""Queued updates: followed to their end, done as a whole or not at all."""

import json

import pytest

from tests.sandbox.product_calls import (
    GARLIC_SKU,
    LOCATION_CODE,
    LOCATION_ID,
    information,
    queue_update,
    set_price,
    task_outcome,
)
from tests.sandbox.sandbox_calls import GARLIC_BREAD, Caller, Clock, code

pytestmark = pytest.mark.anyio
PATH = "product/UpdateLocationWiseStock"


def row(**fields: str) -> dict[str, str]:
    return {"sku": GARLIC_SKU, "locationrefcode": LOCATION_CODE, "stock": "5"} | fields


async def test_a_task_is_done_once_it_is_a_moment_old(caller: Caller, clock: Clock) -> None:
    await queue_update(caller, PATH, {"products": {"product": row()}})
    before = await information(caller, GARLIC_BREAD)
    clock.now += 2
    after = await information(caller, GARLIC_BREAD)
    assert before["Inventory"] != "5"
    assert after["Inventory"] == "5"


async def test_reading_a_task_does_it(caller: Caller) -> None:
    task_id = await queue_update(caller, PATH, {"products": {"product": row()}})
    response = await caller.ask("GET", f"Product/MSMQTaskDetails/{{M}}/{task_id}")
    task = response["TaskMsmqDetails"]
    assert (task["TaskID"], task["TaskStatus"], task["NoOfRows"]) == (task_id, "C", 1)
    assert task["TaskName"] == "LctnWiseStocknPriceUploadTask"
    assert (await information(caller, GARLIC_BREAD))["Inventory"] == "5"


async def test_a_failed_task_says_why_and_changes_nothing(caller: Caller) -> None:
    before = await information(caller, GARLIC_BREAD)
    rows = [row(), row(sku="NOTHING")]
    task_id = await queue_update(caller, PATH, {"products": {"product": rows}})
    assert await task_outcome(caller, task_id) == ("F", "There is no product of SKU NOTHING")
    assert await information(caller, GARLIC_BREAD) == before


async def test_only_the_error_details_say_why(caller: Caller) -> None:
    task_id = await queue_update(caller, PATH, {"products": {"product": row(sku="NOTHING")}})
    task = (await caller.ask("GET", f"Product/MSMQTaskDetails/{{M}}/{task_id}"))["TaskMsmqDetails"]
    assert (task["TaskStatus"], task["Validations"]) == ("F", None)


async def test_a_refused_request_leaves_a_due_task_done(caller: Caller, clock: Clock) -> None:
    await queue_update(caller, PATH, {"products": {"product": row()}})
    clock.now += 2
    assert code(await caller.ask("GET", f"Product/Information/{{M}}/1/{LOCATION_ID}")) == 5005
    assert caller.store.stock(LOCATION_ID, GARLIC_BREAD) == 5


async def test_several_products_under_one_key_said_again_are_all_done(caller: Caller) -> None:
    rows = (row(sku=sku, stock="7") for sku in (GARLIC_SKU, "SP-CAESAR-SALAD"))
    products = ", ".join(f'"product": {json.dumps(each)}' for each in rows)
    form = {
        "MerchantId": caller.merchant,
        "InputData": f'{{"products": {{{products}}}}}',
        "InputFormat": "application/json",
    }
    response = await caller.ask("POST", PATH, form)
    assert await task_outcome(caller, int(response["Taskid"])) == ("C", None)
    assert [caller.store.stock(LOCATION_ID, product) for product in (GARLIC_BREAD, 13047619)] == [7, 7]


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"products": {"product": []}},
        {"products": {"product": "x"}},
        {"products": {"product": {"locationrefcode": "SALM"}}},
        {"products": {"product": {"sku": GARLIC_SKU}}},
        {"products": {"product": {"sku": ["x"], "locationrefcode": "SALM"}}},
        {"products": {"product": [{"sku": "x" * 501, "locationrefcode": "SALM"}]}},
        {"products": {"product": [{"sku": "x", "locationrefcode": "SALM"}] * 101}},
    ],
)
async def test_what_is_not_of_the_documented_shape_is_refused(caller: Caller, data: object) -> None:
    assert code(await caller.input(PATH, data, MerchantId=caller.merchant)) == 1016
    assert caller.store.rows("SELECT * FROM task") == []


async def test_another_merchants_update_is_refused(caller: Caller) -> None:
    response = await caller.input(PATH, {"products": {"product": row()}}, MerchantId="x")
    assert code(response) == 1045


async def test_an_unknown_task_is_refused(caller: Caller) -> None:
    for path in ("MSMQTaskDetails", "MSMQErrorDetails"):
        assert code(await caller.ask("GET", f"Product/{path}/{{M}}/1")) == 1009


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"locationrefcode": "NOWHERE"}, "There is no location NOWHERE"),
        ({"variantsku": "DR-PEPSI-BOTTLE1L"}, "DR-PEPSI-BOTTLE1L is no variant of SD-GARLIC-BREAD"),
        ({"sku": "DR-PEPSI", "stock": "1"}, "DR-PEPSI has variants: name one by variantsku to set its stock"),
        ({"stock": "-1"}, "stock is not a whole number"),
        ({"stock": "1000001"}, "stock is above 1000000"),
        ({"Quantity": "", "WebPrice": "1"}, "Quantity is required to update prices"),
        ({"Quantity": "0", "WebPrice": "1"}, "Quantity is at least 1"),
        ({"WebPrice": "2", "MRP": "1"}, "WebPrice is more than MRP"),
        ({"WebPrice": "NaN"}, "webprice is not an amount from 0 to 1000000"),
        ({"WebPrice": "0.0001"}, "webprice has more than 3 digits after the point"),
        ({"WebPrice": "x"}, "webprice is not an amount"),
    ],
)
async def test_each_fault_of_a_stock_and_price_update_is_named(
    caller: Caller, fields: dict[str, str], why: str
) -> None:
    assert await set_price(caller, **fields) == ("F", why)
