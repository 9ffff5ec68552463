"""Vouchers: their discounts, and each documented reason for a refusal."""

import pytest

from tests.sandbox.sandbox_calls import CAESAR, GARLIC_BREAD, PEPSI, PEPSI_CAN, Caller, code, item
from tests.sandbox.sandbox_orders import cancel, place, place_order, validators

pytestmark = pytest.mark.anyio

PIZZA = 13047325


async def apply(caller: Caller, voucher: str) -> dict:
    return await caller.ask("GET", f"Carts/ApplyVoucher/{{M}}/{voucher}")


@pytest.fixture(autouse=True)
async def _session(caller: Caller) -> None:
    await caller.serve_customer()


async def test_a_voucher_takes_its_amount_off(caller: Caller) -> None:
    await caller.add(item(PIZZA))
    response = await apply(caller, "halfdinar")
    assert response["Message"] == "Discount Voucher HALFDINAR has been applied successfully"
    cart = response["Carts"]
    assert (cart["ProductCost"], cart["VoucherDiscount"], cart["OrderTotal"]) == (3.5, 0.5, 3.5)
    assert cart["CartItems"][0]["CartPromotionRules"][0]["VoucherCode"] == "HALFDINAR"
    assert await caller.cart() == cart
    assert float(caller.store.carts()[0].order_total) == 3.5


async def test_a_voucher_for_a_category_looks_at_its_lines_only(caller: Caller) -> None:
    await caller.add(item(PEPSI, PEPSI_CAN, 2), item(CAESAR))
    cart = (await apply(caller, "DRINKS"))["Carts"]
    assert cart["VoucherDiscount"] == 0.3
    assert [len(line["CartPromotionRules"]) for line in cart["CartItems"]] == [1, 0]


async def test_a_removed_voucher_takes_nothing_off(caller: Caller) -> None:
    await caller.add(item(PIZZA))
    await apply(caller, "HALFDINAR")
    cart = (await caller.ask("GET", "Carts/RemoveVoucher/{M}/HALFDINAR"))["Carts"]
    assert (cart["VoucherDiscount"], cart["VoucherCode"]) == (0.0, "")
    assert await caller.cart() == cart
    assert code(await caller.ask("GET", "Carts/RemoveVoucher/{M}/HALFDINAR")) == 3001


async def test_discounts_never_exceed_the_products(caller: Caller) -> None:
    await caller.add(item(GARLIC_BREAD))
    cart = (await apply(caller, "FIRSTTWO"))["Carts"]
    assert (cart["VoucherDiscount"], cart["OrderTotal"]) == (0.75, 0.5)


@pytest.mark.parametrize(
    ("voucher", "expected"),
    [
        ("NOSUCH", 3001),
        ("FARWANIYA", 3002),
        ("SUMMER19", 3008),
        ("HALFDINAR", 3009),
        ("NOTYET", 3012),
        ("COLLECT", 3012),
        ("DRINKS", 3012),
    ],
)
async def test_a_voucher_is_refused_with_its_reason(caller: Caller, voucher: str, expected: int) -> None:
    before = await caller.fill(item(CAESAR))
    assert code(await apply(caller, voucher)) == expected
    assert await caller.cart() == before


async def test_a_voucher_of_another_location_names_the_cart_s_location(caller: Caller) -> None:
    await caller.add(item(CAESAR))
    assert (await apply(caller, "FARWANIYA"))["Message"].endswith("your location 27299")


async def test_a_voucher_for_a_group_is_for_its_members(caller: Caller) -> None:
    await caller.walk_in()
    await caller.add(item(PIZZA))
    assert code(await apply(caller, "REGULARS")) == 3006


async def test_a_voucher_is_not_applied_twice(caller: Caller) -> None:
    await caller.add(item(PIZZA))
    await apply(caller, "HALFDINAR")
    assert code(await apply(caller, "HALFDINAR")) == 3012


async def test_a_single_use_voucher_is_freed_by_cancelling_the_order(caller: Caller) -> None:
    await caller.add(item(PIZZA))
    await apply(caller, "TENOFF")
    order_id = await place_order(caller)
    await caller.add(item(PIZZA))
    assert code(await apply(caller, "TENOFF")) == 3004
    await cancel(caller, order_id)
    assert code(await apply(caller, "TENOFF")) == 1004


async def test_a_voucher_for_two_orders_serves_two(caller: Caller) -> None:
    for _ in range(2):
        await caller.add(item(PIZZA))
        await apply(caller, "FIRSTTWO")
        await place_order(caller)
    await caller.add(item(PIZZA))
    assert code(await apply(caller, "FIRSTTWO")) == 3005


async def test_a_voucher_used_up_in_between_stops_the_order(caller: Caller) -> None:
    await caller.add(item(PIZZA))
    await apply(caller, "FIRSTTWO")
    mine, order_ids = caller.token, []
    for name in ("tommy.fernandes@example.com", "markup@example.com"):
        await caller.serve_customer(name)
        await caller.add(item(PIZZA))
        await apply(caller, "FIRSTTWO")
        order_ids.append(await place_order(caller))
    caller.token = mine
    assert validators(await place(caller)) == ["DiscountVoucherValidator"]
    assert len((await caller.cart())["CartItems"]) == 1


async def test_a_voucher_below_its_minimum_stays_and_stops_the_order(caller: Caller) -> None:
    key = (await caller.add(item(PEPSI, PEPSI_CAN, 7)))["Carts"]["CartItems"][0]["CartReferenceKey"]
    await apply(caller, "HALFDINAR")
    cart = (await caller.ask("GET", f"Carts/Update/{{M}}/{key}/1"))["Carts"]
    assert (cart["VoucherCode"], cart["VoucherDiscount"]) == ("HALFDINAR", 0.0)
    assert validators(await place(caller)) == ["DiscountVoucherValidator"]
    await caller.ask("GET", "Carts/RemoveVoucher/{M}/HALFDINAR")
    assert code(await place(caller)) == 1004


async def test_promotions_are_listed_by_what_is_asked(caller: Caller) -> None:
    async def names(**asked: str) -> set[str]:
        response = await caller.input("carts/GetAllPromotions/{M}", asked)
        return {promotion["firstactivevouchercode"] for promotion in response["EligiblePromotions"]} - {""}

    assert {"HALFDINAR", "FARWANIYA", "DRINKS"} <= await names(hasvouchers="true", activestatus="true")
    assert await names(promotiontype="catalogue") == {"DRINKS"}
    assert "FARWANIYA" not in await names(locationcode="SALM")
    assert "COLLECT" not in await names(deliverymode="ship")
    assert await names(hasvouchers="false") == set()
    assert "COLLECT" in await names(channeltype="call center")
    assert "COLLECT" not in await names(channeltype="Amazon")
    assert "HALFDINAR" in await names(channeltype="Amazon")
    assert code(await caller.input("carts/GetAllPromotions/{M}", {"deliverymode": "sea"})) == 1016
    assert code(await caller.input("carts/GetAllPromotions/{M}", {"fromdate": "soon"})) == 1016


async def test_past_promotions_are_found_by_date(caller: Caller) -> None:
    asked = {"fromdate": "2019-07-01", "todate": "07/02/2019"}
    response = await caller.input("carts/GetAllPromotions/{M}", asked)
    assert "Summer of 2019" in {promotion["promotionname"] for promotion in response["EligiblePromotions"]}


async def test_coupons_are_suggested_with_what_they_would_take_off(caller: Caller) -> None:
    await caller.add(item(PIZZA))
    await apply(caller, "FIRSTTWO")
    await place_order(caller)
    await caller.add(item(CAESAR))
    response = await caller.ask("GET", "carts/CouponSuggestion/{M}")
    found = {row["voucherCode"]: row for row in response["CouponSuggestions"]["voucherSuggestions"]}
    assert found["HALFDINAR"]["isSatisfied"] is False
    assert (found["FIRSTTWO"]["isSatisfied"], found["FIRSTTWO"]["NoOfUsesDonePerVoucher"]) == (True, 1)
    assert "SUMMER19" not in found
