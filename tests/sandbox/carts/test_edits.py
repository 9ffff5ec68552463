"""Carts: editing a line in place, adding by URL, free products, removing all."""

import pytest

from tests.sandbox.sandbox_calls import (
    CAESAR,
    GARLIC_BREAD,
    PEPSI,
    PEPSI_CAN,
    PEPSI_LITRE,
    Caller,
    code,
    item,
)

pytestmark = pytest.mark.anyio

PIZZA, BREAD_RULE, PARTY_BOX = 13047325, 41689, 8293532


@pytest.fixture(autouse=True)
async def _session(caller: Caller) -> None:
    await caller.walk_in()


async def edit(caller: Caller, requested: dict, mode: str = "H", cart_id: str = "here") -> dict:
    return await caller.input("carts/edit/{M}", {"CartID": cart_id, "DeliveryMode": mode, "Item": requested})


async def free(caller: Caller, *items: dict, rule: int = BREAD_RULE) -> dict:
    cart = {"cart": {"DelveryMode": "H", "Item": items}}
    return await caller.input(f"Carts/AddFreeProducts/{{M}}/{rule}", cart)


def in_cart(cart: dict) -> list[tuple[int, int, int]]:
    return [(line["ProductId"], line["VariantProductId"], line["Quantity"]) for line in cart["CartItems"]]


async def test_get_shows_the_cart_and_whose_session_it_is(caller: Caller) -> None:
    echoed = await caller.fill(item(GARLIC_BREAD))
    response = await caller.ask("GET", "Carts/cart/{M}?promotionDetails=false")
    assert response["Carts"] == echoed
    assert response["Token"]["AccessToken"] == caller.token
    assert response["Token"]["IsLoggedInUser"] is False


async def test_promotion_details_are_given_where_asked_for(caller: Caller) -> None:
    await caller.add(item(PIZZA, quantity=30))
    cart = (await caller.ask("GET", "Carts/cart/{M}?promotionDetails=true"))["Carts"]
    (applied,) = cart["AppliedPromotionDetailsList"]
    assert (applied["PromotionId"], applied["DiscountAmount"]) == (40981, 5.25)
    assert cart["PromotionDiscount"] == 5.25
    assert cart["CartItems"][0]["ItemPromotionDiscountAmount"] == 5.25
    assert [gift["RuleId"] for gift in cart["BusinessRuleDescriptionView"]] == [BREAD_RULE]


async def test_a_line_is_edited_where_it_stands(caller: Caller) -> None:
    cart = (await caller.add(item(PEPSI, PEPSI_CAN), item(CAESAR)))["Carts"]
    key = cart["CartItems"][0]["CartReferenceKey"]
    edited = (await edit(caller, item(PEPSI, PEPSI_LITRE, 2, CartReferenceKey=key)))["Carts"]
    assert in_cart(edited) == [(PEPSI, PEPSI_LITRE, 2), (CAESAR, 0, 1)]
    assert await caller.cart() == edited


@pytest.mark.parametrize(
    ("change", "mode", "expected"),
    [
        ({"CartReferenceKey": "nothing"}, "H", 1009),
        ({"ProductID": 1}, "H", 5005),
        ({"VariantProductID": 7}, "H", 5007),
        ({"Quantity": 900}, "H", 5004),
        ({"Quantity": 0}, "H", 1016),
        ({}, "X", 1016),
        ({"LocationId": 1}, "H", 1046),
    ],
)
async def test_a_bad_edit_is_refused_and_changes_nothing(
    caller: Caller, change: dict, mode: str, expected: int
) -> None:
    before = await caller.fill(item(GARLIC_BREAD))
    key = before["CartItems"][0]["CartReferenceKey"]
    assert code(await edit(caller, item(GARLIC_BREAD, CartReferenceKey=key) | change, mode)) == expected
    assert await caller.cart() == before


async def test_an_edit_names_the_cart(caller: Caller) -> None:
    assert code(await edit(caller, item(GARLIC_BREAD), cart_id="")) == 1016


async def test_a_product_is_added_by_address(caller: Caller) -> None:
    response = await caller.ask("GET", f"Carts/LocationCart/{{M}}/{PEPSI}/{PEPSI_CAN}/2/27299/KWD")
    assert in_cart(response["Carts"]) == [(PEPSI, PEPSI_CAN, 2)]
    assert (await caller.cart())["LocationId"] == "27299"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"{PEPSI}/{PEPSI_CAN}/2/27299/INR", 1016),
        (f"{PEPSI}/{PEPSI_CAN}/0/27299/KWD", 1016),
        (f"{PEPSI}/{PEPSI_CAN}/2/1/KWD", 1046),
        (f"{PEPSI}/7/2/27299/KWD", 5007),
        ("1/0/2/27299/KWD", 5005),
        (f"{PEPSI}/{PEPSI_CAN}/900/27299/KWD", 5004),
    ],
)
async def test_a_bad_address_is_refused(caller: Caller, path: str, expected: int) -> None:
    assert code(await caller.ask("GET", f"Carts/LocationCart/{{M}}/{path}")) == expected
    assert (await caller.cart())["CartItems"] == []


async def test_a_promotion_gives_a_product_to_a_large_enough_cart(caller: Caller) -> None:
    await caller.add(item(PIZZA, quantity=5))
    cart = (await free(caller, item(GARLIC_BREAD)))["Carts"]
    gift = cart["CartItems"][1]
    assert (gift["ProductId"], gift["IsFreeProduct"], gift["WebPrice"]) == (GARLIC_BREAD, True, 0.0)
    assert [rule["Title"] for rule in gift["CartPromotionRules"]] == ["Bread on the house"]
    assert cart["ProductCost"] == cart["CartItems"][0]["Quantity"] * 3.5
    assert (await caller.cart())["OrderTotal"] == cart["OrderTotal"]


async def test_a_gift_costs_its_price_once_the_cart_is_too_small(caller: Caller) -> None:
    key = (await caller.add(item(PIZZA, quantity=5)))["Carts"]["CartItems"][0]["CartReferenceKey"]
    cart = (await free(caller, item(GARLIC_BREAD)))["Carts"]
    key = cart["CartItems"][0]["CartReferenceKey"]
    cart = (await caller.ask("GET", f"Carts/Update/{{M}}/{key}/1"))["Carts"]
    assert (cart["CartItems"][1]["IsFreeProduct"], cart["CartItems"][1]["WebPrice"]) == (False, 0.75)


@pytest.mark.parametrize(
    ("requested", "rule", "expected"),
    [
        (item(GARLIC_BREAD, quantity=2), BREAD_RULE, 3012),
        (item(CAESAR), BREAD_RULE, 3012),
        (item(GARLIC_BREAD), 33742, 3012),
        (item(GARLIC_BREAD), 1, 3012),
    ],
)
async def test_what_a_promotion_does_not_give_is_refused(
    caller: Caller, requested: dict, rule: int, expected: int
) -> None:
    before = await caller.fill(item(PIZZA, quantity=5))
    assert code(await free(caller, requested, rule=rule)) == expected
    assert await caller.cart() == before


async def test_a_small_cart_is_given_nothing(caller: Caller) -> None:
    await caller.add(item(CAESAR))
    assert code(await free(caller, item(GARLIC_BREAD))) == 3009


@pytest.mark.parametrize("path", ["Carts/RemoveAll/{M}", "Carts/clear/{M}"])
async def test_all_of_a_cart_goes_at_once(caller: Caller, path: str) -> None:
    await caller.add(item(GARLIC_BREAD), item(PARTY_BOX))
    response = await caller.ask("GET", path)
    assert (code(response), "Carts" in response) == (1004, False)
    cart = await caller.cart()
    assert (cart["CartItems"], cart["OrderTotal"]) == ([], 0.0)
    assert caller.store.carts()[0].order_total == 0


async def test_clearing_forgets_the_voucher_and_removing_all_does_not(caller: Caller) -> None:
    for path, vouchers in (("Carts/RemoveAll/{M}", "HALFDINAR"), ("Carts/clear/{M}", "")):
        await caller.add(item(PIZZA))
        await caller.ask("GET", "Carts/ApplyVoucher/{M}/HALFDINAR")
        await caller.ask("GET", path)
        cart = (await caller.add(item(PIZZA)))["Carts"]
        assert cart["VoucherCode"] == vouchers


@pytest.mark.parametrize("path", ["Carts/RemoveAll/{M}", "Carts/clear/{M}", "Carts/cart/{M}"])
async def test_each_needs_a_session(caller: Caller, path: str) -> None:
    caller.token = ""
    assert code(await caller.ask("GET", path)) == 1003
