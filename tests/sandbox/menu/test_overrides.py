"""Changes between building a cart and sending it, each by a switch."""

from decimal import Decimal

import pytest

from console.sandbox.switches import Switches
from tests.sandbox.sandbox_calls import CAESAR, GARLIC_BREAD, PEPSI, PEPSI_CAN, Caller, code, item
from tests.sandbox.sandbox_orders import information, place, place_order, refused

pytestmark = pytest.mark.anyio

PARTY_BOX = 8293532
HERE, HAWALLI = 27299, 22612


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
    assert refused(await place(caller)) == [("StockValidator", 2, "Pepsi")]
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
    order = await information(caller, await place_order(caller))
    assert order["TotalAmount"] == 10.4


async def test_a_product_becomes_a_deal_which_the_cart_says(caller: Caller) -> None:
    caller.switch(Switches(convert_deals={CAESAR: PARTY_BOX}))
    cart = await caller.cart()
    assert [line["ProductId"] for line in cart["CartItems"]] == [PEPSI, PARTY_BOX]
    (converted,) = cart["ConvertedDeals"]
    assert (converted["ProductId"], converted["DealId"]) == (CAESAR, PARTY_BOX)
    order = await information(caller, await place_order(caller))
    assert order["TotalAmount"] == cart["OrderTotal"]
    assert PARTY_BOX in {line["ProductId"] for line in order["OrderLineId"]}


async def test_other_products_stay_as_they_are(caller: Caller) -> None:
    caller.switch(Switches(stock_changes={PEPSI: 0}, delisted=frozenset({CAESAR})))
    assert code(await caller.add(item(GARLIC_BREAD))) == 5004
    await caller.ask("GET", "Carts/clear/{M}")
    assert code(await caller.add(item(GARLIC_BREAD))) == 1004


async def test_an_expired_voucher_has_no_discount_and_stops_the_order(caller: Caller) -> None:
    applied = await caller.ask("GET", "Carts/ApplyVoucher/{M}/TENOFF")
    assert applied["Carts"]["VoucherDiscount"] > 0
    caller.switch(Switches(expired_vouchers=frozenset({"tenoff"})))
    cart = await caller.cart()
    assert (cart["VoucherCode"], cart["VoucherDiscount"]) == ("TENOFF", 0)
    assert refused(await place(caller)) == [("DiscountVoucherValidator", 7, "")]
    assert code(await caller.ask("GET", "Carts/RemoveVoucher/{M}/TENOFF")) == 1004
    assert code(await caller.ask("GET", "Carts/ApplyVoucher/{M}/TENOFF")) == 3008
    assert code(await place(caller)) == 1004


async def test_a_store_that_closed_takes_no_item_and_no_order(caller: Caller) -> None:
    caller.switch(Switches(closed_locations=frozenset({HERE})))
    response = await caller.add(item(GARLIC_BREAD))
    assert (code(response), response["Message"]) == (5003, "Salmiya is closed")
    assert refused(await place(caller)) == [("DeliveryModeValidator", 16, "")]
    assert code(await caller.add(item(GARLIC_BREAD, LocationId=str(HAWALLI)))) == 1004
    caller.switch(Switches())
    assert code(await place(caller)) == 1004


async def test_stock_runs_out_at_one_location_only(caller: Caller) -> None:
    caller.switch(Switches(location_stock={HERE: {GARLIC_BREAD: 0}}))
    assert code(await caller.add(item(GARLIC_BREAD))) == 5004
    assert code(await caller.add(item(GARLIC_BREAD, LocationId=str(HAWALLI)))) == 1004


async def test_what_a_location_has_goes_before_what_is_left_everywhere(caller: Caller) -> None:
    caller.switch(Switches(stock_changes={PEPSI: 0}, location_stock={HERE: {PEPSI: 3}}))
    assert failed(await caller.cart()) == []
    assert code(await caller.add(item(PEPSI, PEPSI_CAN))) == 5004


async def test_a_deal_is_suggested_for_a_product_and_nothing_changes(caller: Caller) -> None:
    before = await caller.cart()
    assert before["ComboSuggestion"] == []
    caller.switch(Switches(combo_suggestions={CAESAR: PARTY_BOX}))
    cart = await caller.cart()
    (suggested,) = cart["ComboSuggestion"]
    assert (suggested["ProductId"], suggested["DealId"], suggested["DealTitle"]) == (
        CAESAR,
        PARTY_BOX,
        "Party Box",
    )
    assert cart["CartItems"] == before["CartItems"]
