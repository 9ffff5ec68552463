"""What changes between building a cart and sending it, each on request."""

from decimal import Decimal

import pytest
from sandbox_calls import CAESAR, GARLIC_BREAD, PEPSI, PEPSI_CAN, Caller, code, item
from sandbox_orders import information, place, placed

from console.sandbox.switches import Switches

pytestmark = pytest.mark.anyio

PARTY_BOX = 8293532


@pytest.fixture(autouse=True)
async def _session(caller: Caller) -> None:
    await caller.serve_customer()
    await caller.add(item(PEPSI, PEPSI_CAN, 3), item(CAESAR))


def failed(cart: dict) -> list[tuple[int, str]]:
    return [(row["ProductId"], row["messageCode"]) for row in cart["FailedProducts"] or []]


@pytest.mark.parametrize("changed", [PEPSI, PEPSI_CAN])
async def test_stock_that_ran_out_is_named_and_stops_the_order(caller: Caller, changed: int) -> None:
    caller.switch(Switches(stock_changes={changed: 2}))
    assert failed(await caller.cart()) == [(PEPSI, "5004")]
    assert code(await place(caller)) == 1022
    assert code(await caller.add(item(PEPSI, PEPSI_CAN))) == 5004


async def test_a_delisted_product_is_named_and_stops_the_order(caller: Caller) -> None:
    caller.switch(Switches(delisted=frozenset({CAESAR})))
    assert failed(await caller.cart()) == [(CAESAR, "5005")]
    assert code(await place(caller)) == 1022
    assert code(await caller.add(item(CAESAR))) == 5005
    caller.switch(Switches())
    assert failed(await caller.cart()) == []


async def test_a_price_that_changed_is_what_the_order_costs(caller: Caller) -> None:
    caller.switch(Switches(price_changes={CAESAR: Decimal("9.000")}))
    order = await information(caller, await placed(caller))
    assert order["TotalAmount"] == 10.4


async def test_a_product_becomes_a_deal_which_the_cart_says(caller: Caller) -> None:
    caller.switch(Switches(convert_deals={CAESAR: PARTY_BOX}))
    cart = await caller.cart()
    assert [line["ProductId"] for line in cart["CartItems"]] == [PEPSI, PARTY_BOX]
    (converted,) = cart["ConvertedDeals"]
    assert (converted["ProductId"], converted["DealId"]) == (CAESAR, PARTY_BOX)
    order = await information(caller, await placed(caller))
    assert order["TotalAmount"] == cart["OrderTotal"]
    assert PARTY_BOX in {line["ProductId"] for line in order["OrderLineId"]}


async def test_other_products_stay_as_they_are(caller: Caller) -> None:
    caller.switch(Switches(stock_changes={PEPSI: 0}, delisted=frozenset({CAESAR})))
    assert code(await caller.add(item(GARLIC_BREAD))) == 5004
    await caller.ask("GET", "Carts/clear/{M}")
    assert code(await caller.add(item(GARLIC_BREAD))) == 1004
