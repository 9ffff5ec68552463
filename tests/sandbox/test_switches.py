"""The platform's quirks, each by its switch."""

from decimal import Decimal

import pytest

from console.sandbox.switches import SandboxCartOwner, Switches
from tests.sandbox.sandbox_calls import (
    DOCUMENTED,
    GARLIC_BREAD,
    PEPSI,
    PEPSI_CAN,
    PEPSI_LITRE,
    Caller,
    code,
    item,
)

pytestmark = pytest.mark.anyio
NO_KEY = "00000000-0000-0000-0000-000000000000"


@pytest.fixture(autouse=True)
async def _session(caller: Caller) -> None:
    await caller.walk_in()


def keys(cart: dict) -> list[str]:
    return [line["CartReferenceKey"] for line in cart["CartItems"]]


@pytest.mark.parametrize("new_keys", [True, False])
async def test_keys_change_at_every_edit_or_stay(caller: Caller, new_keys: bool) -> None:
    caller.switch(Switches(new_keys=new_keys))
    before = keys((await caller.add(item(GARLIC_BREAD)))["Carts"])
    assert keys(await caller.cart()) == before
    after = keys((await caller.add(item(PEPSI, PEPSI_CAN)))["Carts"])
    assert (after[:1] == before) is not new_keys


@pytest.mark.parametrize(("merge", "quantities"), [(True, [3]), (False, [1, 2])])
async def test_identical_lines_become_one_or_stay_apart(
    caller: Caller, merge: bool, quantities: list[int]
) -> None:
    caller.switch(Switches(merge_lines=merge))
    await caller.add(item(GARLIC_BREAD))
    cart = (await caller.add(item(GARLIC_BREAD, quantity=2)))["Carts"]
    assert [line["Quantity"] for line in cart["CartItems"]] == quantities


async def test_lines_of_other_variants_or_parts_are_not_merged(caller: Caller) -> None:
    await caller.add(item(PEPSI, PEPSI_CAN), item(PEPSI, PEPSI_LITRE), item(13047325))
    cart = (await caller.input("carts/AddCartItems/{M}", DOCUMENTED["customised_bundle"]["request"]))["Carts"]
    assert len(cart["CartItems"]) == 4


async def test_a_quantity_is_split_over_lines(caller: Caller) -> None:
    caller.switch(Switches(split_lines=True))
    cart = (await caller.add(item(GARLIC_BREAD, quantity=4)))["Carts"]
    assert [line["Quantity"] for line in cart["CartItems"]] == [1, 3]
    assert cart["ProductCost"] == 3.0


async def test_a_product_is_put_in_the_place_of_another(caller: Caller) -> None:
    caller.switch(Switches(substitute={GARLIC_BREAD: PEPSI}))
    (line,) = (await caller.add(item(GARLIC_BREAD, quantity=2)))["Carts"]["CartItems"]
    assert (line["ProductId"], line["VariantProductId"], line["Quantity"]) == (PEPSI, PEPSI_CAN, 2)


async def test_children_come_as_items_of_their_own(caller: Caller) -> None:
    echoed = (await caller.add(item(13047461)))["Carts"]["CartItems"][0]
    caller.switch(Switches(children_apart=True))
    parent, *children = (await caller.cart())["CartItems"]
    assert parent["BundleCartItems"] == []
    assert children == echoed["BundleCartItems"]


async def test_a_child_may_lose_its_parent(caller: Caller) -> None:
    await caller.add(item(GARLIC_BREAD), item(13047325), item(13047285))
    caller.switch(Switches(children_apart=True, drop_children=True))
    items = (await caller.cart())["CartItems"]
    known = {NO_KEY, *(row["CartReferenceKey"] for row in items)}
    orphans = [row for row in items if row["BundleCartReferenceKey"] not in known]
    assert orphans
    assert GARLIC_BREAD in [row["ProductId"] for row in items]


async def test_prices_differ_from_the_menu(caller: Caller) -> None:
    caller.switch(Switches(price_changes={GARLIC_BREAD: Decimal("0.800"), PEPSI_CAN: Decimal("0.350")}))
    cart = (await caller.add(item(GARLIC_BREAD), item(PEPSI, PEPSI_CAN), item(PEPSI, PEPSI_LITRE)))["Carts"]
    assert [line["WebPrice"] for line in cart["CartItems"]] == [0.8, 0.35, 0.65]
    assert caller.store.carts()[0].product_cost == Decimal("1.800")
    product = (await caller.ask("GET", f"Product/Information/{{M}}/{GARLIC_BREAD}/27299"))["Product"]
    assert product["WebPrice"] == 0.8


async def test_a_changed_price_reaches_deals_and_bundles(caller: Caller) -> None:
    caller.switch(Switches(price_changes={13047233: Decimal("0.600")}))
    cart = (await caller.add(item(13047461)))["Carts"]
    product = (await caller.ask("GET", "Product/Information/{M}/13047461/27299"))["Product"]
    assert cart["ProductCost"] == product["WebPrice"] == 5.85


async def test_refused_products_are_named_while_the_rest_is_done(caller: Caller) -> None:
    caller.switch(Switches(refuse=frozenset({PEPSI})))
    response = await caller.add(item(PEPSI, PEPSI_CAN, 2), item(GARLIC_BREAD))
    assert code(response) == 1004
    assert [line["ProductId"] for line in response["Carts"]["CartItems"]] == [GARLIC_BREAD]
    (failed,) = response["FailedItems"]
    assert (failed["ProductId"], failed["Quantity"], failed["messageCode"]) == (PEPSI, 2, "5004")


@pytest.mark.parametrize(("owner", "lines"), [(SandboxCartOwner.TOKEN, 0), (SandboxCartOwner.CUSTOMER, 1)])
async def test_a_cart_is_the_tokens_or_the_customers(
    caller: Caller, owner: SandboxCartOwner, lines: int
) -> None:
    caller.switch(Switches(cart_owner=owner))
    await caller.serve_customer()
    await caller.add(item(GARLIC_BREAD))
    await caller.serve_customer()
    assert len((await caller.cart())["CartItems"]) == lines
