"""Carts: adding, refusals, and the sandbox's record."""

from decimal import Decimal

import pytest

from tests.sandbox.sandbox_calls import (
    CAESAR,
    CALZONE,
    CALZONE_REGULAR,
    DOCUMENTED,
    GARLIC_BREAD,
    PEPSI,
    PEPSI_CAN,
    Caller,
    code,
    item,
)

pytestmark = pytest.mark.anyio

ONIONS, TAHINI, UMM_ALI, ICE_CREAM, COOKIE = 13047239, 13047675, 13047657, 13047661, 13047663
PARTY_BOX, PIZZA = 8293532, 13047325
PROMOTIONS = ("AppliedPromotionDetailsList", "BusinessRuleDescriptionView")
"""Printed by Add Items to Cart, and by Get Cart Items where they are asked for."""


@pytest.fixture(autouse=True)
async def _session(caller: Caller) -> None:
    await caller.walk_in()


async def test_a_cart_never_begun_is_empty(caller: Caller) -> None:
    cart = await caller.cart()
    assert (cart["CartItems"], cart["OrderTotal"], cart["ShippingCost"]) == ([], 0.0, 0.0)


async def test_products_and_variants_are_added_and_priced(caller: Caller) -> None:
    cart = (await caller.add(item(GARLIC_BREAD, quantity=2), item(PEPSI, PEPSI_CAN)))["Carts"]
    assert [(i["ProductId"], i["Quantity"], i["WebPrice"]) for i in cart["CartItems"]] == [
        (GARLIC_BREAD, 2, 0.75),
        (PEPSI, 1, 0.3),
    ]
    assert cart["CartItems"][1]["VariantsInfo"] == [{"PropertyName": "Size", "Value": "Can 330 ml"}]
    assert (cart["ProductCost"], cart["ShippingCost"], cart["OrderTotal"]) == (1.8, 0.5, 2.3)
    assert (cart["UserSelectedCurrency"], cart["LocationId"]) == ("KWD", "27299")


async def test_takeaway_costs_no_delivery(caller: Caller) -> None:
    assert (await caller.add(item(GARLIC_BREAD), mode="S"))["Carts"]["ShippingCost"] == 0.0


async def test_a_cart_has_the_documented_fields(caller: Caller) -> None:
    cart = (await caller.add(item(GARLIC_BREAD)))["Carts"]
    assert sorted(cart) == sorted([*DOCUMENTED["customised_deal"]["keys"], *PROMOTIONS])


async def test_the_cart_is_read_as_it_was_echoed(caller: Caller) -> None:
    echoed = (await caller.add(item(CALZONE, CALZONE_REGULAR)))["Carts"]
    assert {key: value for key, value in echoed.items() if key not in PROMOTIONS} == await caller.cart()


@pytest.mark.parametrize(
    ("wrong", "mode", "expected"),
    [
        (item(1), "H", 5005),
        (item(COOKIE), "H", 5005),
        (item(ONIONS, 9757649), "H", 5006),
        (item(PEPSI), "H", 5007),
        (item(PEPSI, CALZONE_REGULAR), "H", 5007),
        (item(GARLIC_BREAD, PEPSI_CAN), "H", 5007),
        (item(TAHINI), "H", 5004),
        (item(UMM_ALI, quantity=4), "H", 5004),
        (item(GARLIC_BREAD, LocationId="1"), "H", 1046),
        (item(ICE_CREAM, 0), "H", 5007),
        (item(GARLIC_BREAD, LocationId="17444"), "H", 5003),
        (item(GARLIC_BREAD), "X", 1016),
        (item(GARLIC_BREAD, quantity=0), "H", 1016),
        (item(GARLIC_BREAD, quantity=1000), "H", 1016),
        (item(GARLIC_BREAD, quantity=-1), "H", 1016),
        (item(GARLIC_BREAD, Status="X"), "H", 1016),
        (item(GARLIC_BREAD, ChildItem="x"), "H", 1016),
        (item(GARLIC_BREAD, ChildItem=[item(PEPSI, PEPSI_CAN)]), "H", 1016),
        (item(int("9" * 30)), "H", 1016),
    ],
)
async def test_a_bad_item_is_refused_and_changes_nothing(
    caller: Caller, wrong: dict, mode: str, expected: int
) -> None:
    before = await caller.fill(item(CAESAR))
    assert code(await caller.add(item(GARLIC_BREAD), wrong, mode=mode)) == expected
    assert await caller.cart() == before


async def test_what_does_not_travel_is_not_delivered(caller: Caller) -> None:
    scoop = caller.store.menu.products[ICE_CREAM].variants[0].variant_id
    assert code(await caller.add(item(ICE_CREAM, scoop))) == 5002
    assert code(await caller.add(item(ICE_CREAM, scoop), mode="S")) == 1004


@pytest.mark.parametrize(
    "body",
    ["{", "[]", "7", '{"cart": []}', '{"cart": {"DelveryMode": "H"}}', "[" * 5000, '{"cart": {"Item": 1}}'],
)
async def test_a_malformed_request_is_refused(caller: Caller, body: str) -> None:
    form = {"InputData": body, "InputFormat": "application/json"}
    assert code(await caller.ask("POST", "carts/AddCartItems/{M}", form)) == 1016


async def test_a_cart_needs_a_session(caller: Caller) -> None:
    caller.token = ""
    assert code(await caller.add(item(GARLIC_BREAD))) == 1003


async def test_stock_counts_over_all_lines(caller: Caller) -> None:
    assert code(await caller.add(item(UMM_ALI, quantity=2))) == 1004
    assert code(await caller.add(item(UMM_ALI, quantity=2))) == 5004
    assert (await caller.cart())["CartItems"][0]["Quantity"] == 2


async def test_an_update_overrides_the_quantity_and_returns_the_cart(caller: Caller) -> None:
    (line,) = (await caller.add(item(GARLIC_BREAD)))["Carts"]["CartItems"]
    response = await caller.ask("GET", f"Carts/Update/{{M}}/{line['CartReferenceKey']}/3")
    assert response["Carts"]["CartItems"][0]["Quantity"] == 3
    assert response["Carts"]["ProductCost"] == 2.25


@pytest.mark.parametrize(("quantity", "expected"), [("0", 1016), ("1000", 1016), ("x", 1016), ("900", 5004)])
async def test_an_update_out_of_bounds_is_refused(caller: Caller, quantity: str, expected: int) -> None:
    before = await caller.fill(item(GARLIC_BREAD))
    key = before["CartItems"][0]["CartReferenceKey"]
    assert code(await caller.ask("GET", f"Carts/Update/{{M}}/{key}/{quantity}")) == expected
    assert await caller.cart() == before


async def test_removing_takes_a_quantity_out_and_returns_no_cart(caller: Caller) -> None:
    (line,) = (await caller.add(item(GARLIC_BREAD, quantity=3)))["Carts"]["CartItems"]
    response = await caller.ask("GET", f"Carts/Remove/{{M}}/{line['CartReferenceKey']}/2")
    assert "Carts" not in response
    (left,) = (await caller.cart())["CartItems"]
    assert left["Quantity"] == 1
    await caller.ask("GET", f"Carts/Remove/{{M}}/{left['CartReferenceKey']}/1")
    assert (await caller.cart())["CartItems"] == []


async def test_an_unknown_key_is_refused(caller: Caller) -> None:
    await caller.add(item(GARLIC_BREAD))
    assert code(await caller.ask("GET", "Carts/Remove/{M}/nothing/1")) == 1009
    assert code(await caller.ask("GET", "Carts/Update/{M}/nothing/1")) == 1009


async def test_an_item_of_status_d_is_taken_out(caller: Caller) -> None:
    (line,) = (await caller.add(item(GARLIC_BREAD)))["Carts"]["CartItems"]
    response = await caller.add(item(GARLIC_BREAD, Status="D", CartReferenceKey=line["CartReferenceKey"]))
    assert response["Carts"]["CartItems"] == []


async def test_a_deal_without_children_is_filled_as_the_menu_has_it(caller: Caller) -> None:
    (line,) = (await caller.add(item(PARTY_BOX, quantity=2)))["Carts"]["CartItems"]
    children = [(c["ProductId"], c["Quantity"], c["GroupId"]) for c in line["BundleCartItems"]]
    assert children == [
        (8293826, 8, 21104), (8286856, 4, 20608), (8286858, 4, 20608),
        (8293052, 2, 20606), (8286910, 2, 20604),
    ]  # fmt: skip


async def test_a_flat_default_deal_equals_one_without_children(caller: Caller) -> None:
    named = await caller.input("carts/AddCartItems/{M}", DOCUMENTED["default_deal"]["request"])
    await caller.walk_in()
    bare = await caller.add(item(PARTY_BOX, quantity=2, LocationId="15254"))
    for key in ("ProductCost", "OrderTotal"):
        assert named["Carts"][key] == bare["Carts"][key]


async def test_the_documented_plain_items_are_taken(caller: Caller) -> None:
    response = await caller.input("carts/AddCartItems/{M}", DOCUMENTED["normal"]["request"])
    assert [i["Quantity"] for i in response["Carts"]["CartItems"]] == [1, 2]
    assert response["FailedItems"] == []


async def test_childrens_quantities_follow_the_line(caller: Caller) -> None:
    (line,) = (await caller.add(item(PIZZA)))["Carts"]["CartItems"]
    response = await caller.ask("GET", f"Carts/Update/{{M}}/{line['CartReferenceKey']}/3")
    assert {c["Quantity"] for c in response["Carts"]["CartItems"][0]["BundleCartItems"]} == {3}


async def test_the_record_is_what_was_echoed(caller: Caller) -> None:
    await caller.serve_customer()
    cart = (await caller.add(item(PEPSI, PEPSI_CAN, 2), item(PIZZA)))["Carts"]
    (record,) = caller.store.carts()
    assert (record.customer, record.token) == ("tom.sawyer@example.com", f"{caller.token[:6]}...")
    assert [(r.product_id, r.variant_id, r.title, r.options, r.quantity) for r in record.lines] == [
        (PEPSI, PEPSI_CAN, "Pepsi", "Can 330 ml", 2),
        (PIZZA, 0, "New Spicy Chicken Ranch", "", 1),
    ]
    assert record.lines[0].line_total == Decimal("0.600")
    assert float(record.product_cost) == cart["ProductCost"]
    assert float(record.order_total) == cart["OrderTotal"]


async def test_a_walk_ins_cart_says_so(caller: Caller) -> None:
    await caller.add(item(GARLIC_BREAD))
    assert caller.store.carts()[0].customer == "walk-in"
