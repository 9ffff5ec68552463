"""The fields of Place Order that its sample has and its table does not: ClearCart and transaction."""

import pytest

from tests.sandbox.sandbox_calls import GARLIC_BREAD, Caller, code, item
from tests.sandbox.sandbox_orders import COD, place, place_order, status

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
async def _cart(caller: Caller) -> None:
    await caller.serve_customer()
    await caller.add(item(GARLIC_BREAD))


@pytest.mark.parametrize(("clear", "lines"), [(True, 0), ("true", 0), (False, 1), (None, 0)])
async def test_the_cart_is_cleared_as_asked(caller: Caller, clear: object, lines: int) -> None:
    await place_order(caller, COD | {"ClearCart": clear})
    assert len((await caller.cart())["CartItems"]) == lines


async def test_a_cart_that_is_not_named_is_cleared(caller: Caller) -> None:
    await place_order(caller, {key: value for key, value in COD.items() if key != "ClearCart"})
    assert (await caller.cart())["CartItems"] == []


@pytest.mark.parametrize(("saved", "letter"), [(True, "A"), ("false", "P"), (False, "P")])
async def test_without_its_transaction_an_order_waits_for_the_payment(
    caller: Caller, saved: object, letter: str
) -> None:
    order_id = await place_order(caller, COD | {"transaction": saved})
    assert (await status(caller, order_id))[0] == letter
    data = {"AuthorizeOrder": {"OrderId": str(order_id), "PaymentType": "COD", "PGResponse": "paid"}}
    reply = await caller.input("order/Authorize", data, MerchantId=caller.merchant)
    assert reply.get("Code", reply.get("messageCode")) == ("1005" if letter == "P" else "1043")


@pytest.mark.parametrize("field", ["ClearCart", "transaction"])
async def test_what_is_neither_true_nor_false_is_refused(caller: Caller, field: str) -> None:
    assert code(await place(caller, COD | {field: "perhaps"})) == 1016
    assert len((await caller.cart())["CartItems"]) == 1
