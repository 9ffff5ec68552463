"""Malformed requests to carts, orders and locations: a documented refusal, and nothing changed."""

import json
from random import Random

import pytest

from console.operations import OPERATIONS, Body, Operation
from tests.sandbox.sandbox_calls import GARLIC_BREAD, Caller, code, item
from tests.sandbox.sandbox_orders import place_order

# Forty random requests to each operation.
pytestmark = [pytest.mark.anyio, pytest.mark.slow]

INPUTS = [
    operation
    for operation in OPERATIONS
    if operation.resource in {"Carts", "Order", "Location"}
    and operation.body in {Body.INPUT_DATA, Body.MERCHANT_INPUT_DATA}
    and not operation.name.endswith("_otp")
]
TABLES = ("cart", "line", "checkout", "placed_order", "order_line", "order_log", "voucher_use", "stock")
CONTENTS = {table: f"SELECT * FROM {table}" for table in TABLES} | {  # noqa: S608  # our own names
    # Thousands of rows: joined by SQLite, they cost a tenth.
    "stock": "SELECT group_concat(location_id || ' ' || product_id || ' ' || variant_id || ' ' || quantity)"
    " FROM stock",
}
ODD = [
    None, True, -1, 0, 1.5, 2**70, float("nan"), float("inf"), "", "x", "-1", "1e9", "9" * 400, "9" * 600,
    "\x00", "٣", "12-31-9999 23:59:59", "01-01-1900", "02/30/2027", [], [1], [None], {}, {"a": 1}, [{}], [[]],
]  # fmt: skip
PLAUSIBLE = ["7400001", 7400001, "A", "H", "27299", "COD", "CPR", "01/15/2027", [7400001], "true"]


def everything(caller: Caller) -> list[tuple]:
    return [tuple(row) for table in TABLES for row in caller.store.rows(CONTENTS[table])]


async def post(caller: Caller, operation: Operation, body: str) -> dict:
    path = operation.path.replace("{merchantId}", "{M}").replace("{promotionruleid}", "41689")
    form = {"MerchantId": caller.merchant, "InputData": body, "InputFormat": "application/json"}
    return await caller.ask("POST", path, form)


@pytest.fixture(autouse=True)
async def _order(caller: Caller) -> None:
    await caller.serve_customer()
    await caller.add(item(GARLIC_BREAD))
    await place_order(caller)
    await caller.add(item(GARLIC_BREAD))


@pytest.mark.parametrize("operation", INPUTS, ids=lambda operation: operation.name)
async def test_a_refused_absurd_value_changes_nothing(caller: Caller, operation: Operation) -> None:
    random = Random(operation.name)
    before = everything(caller)
    for _ in range(40):
        flat = {field.name: random.choice(ODD + PLAUSIBLE) for field in operation.fields}
        wrapped = flat | dict.fromkeys(("cart", "OrderSearch", "AuthorizeOrder"), flat)

        response = await post(caller, operation, json.dumps(wrapped))

        after = everything(caller)
        # Place Order refuses by validators as well, without a message code.
        done = response.get("Code") == "1005" or response.get("messageCode") in {"1002", "1004"}
        assert done or after == before
        before = after


@pytest.mark.parametrize("operation", INPUTS, ids=lambda operation: operation.name)
@pytest.mark.parametrize(
    "body", ["", "{", "7", "null", '"x"', "[" * 5000], ids=["empty", "cut", "7", "null", "text", "deep"]
)
async def test_what_is_no_object_is_refused(caller: Caller, operation: Operation, body: str) -> None:
    before = everything(caller)

    assert code(await post(caller, operation, body)) == 1016
    assert everything(caller) == before
