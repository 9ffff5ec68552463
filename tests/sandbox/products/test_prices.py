"""Stock and prices at a location: set once, and in force everywhere."""

from decimal import Decimal

import pytest

from console.sandbox.switches import Switches
from tests.sandbox.product_calls import (
    BOGOF,
    BOGOF_SKU,
    GARLIC_SKU,
    HAWALLI,
    LOCATION_CODE,
    LOCATION_ID,
    PEPSI_LITRE_SKU,
    PEPSI_SKU,
    SUPREME,
    SUPREME_SKU,
    information,
    post_json,
    set_information,
    set_price,
)
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
GULAB, KARAK = 13047659, 13047649


async def stock_rows(caller: Caller, **asked: str) -> list[dict]:
    form = {"MerchantId": caller.merchant} | asked
    return (await caller.ask("POST", "Product/{M}/LocationStockPrice", form))["LocationStockPrices"]


async def sku_price(caller: Caller, **asked: object) -> list[dict]:
    return (await post_json(caller, "Product/Price/{M}", asked))["CurrentPrice"]


async def test_a_price_is_seen_at_its_location_and_nowhere_else(caller: Caller) -> None:
    assert await set_price(caller, WebPrice="0.600", MRP="0.900", TokenPrice="0.100") == ("C", None)

    (row,) = await stock_rows(caller, sku=GARLIC_SKU, locationid=str(LOCATION_ID))
    (price,) = await sku_price(caller, sku=GARLIC_SKU, locationrefcode=LOCATION_CODE)
    product = await information(caller, GARLIC_BREAD)
    assert (row["WebPrice"], row["MRP"]) == (0.6, 0.9)
    assert (product["WebPrice"], product["MRP"]) == (0.6, 0.9)
    assert (price["webprice"], price["mrp"], price["tokenprice"]) == (0.6, 0.9, 0.1)
    assert (await information(caller, GARLIC_BREAD, HAWALLI))["WebPrice"] == 0.75


async def test_a_cart_charges_the_price_of_the_line_s_location(caller: Caller) -> None:
    await caller.walk_in()
    await set_price(caller, WebPrice="0.600")
    here = item(GARLIC_BREAD)
    there = item(GARLIC_BREAD, LocationId=str(HAWALLI))
    caller.store.run("UPDATE stock SET quantity = 9 WHERE product_id = ?", GARLIC_BREAD)

    cart = (await caller.add(here, there))["Carts"]

    assert [line["WebPrice"] for line in cart["CartItems"]] == [0.6, 0.75]
    assert caller.store.carts()[0].product_cost == Decimal("1.350")


async def test_a_switched_price_goes_before_an_updated_one(caller: Caller) -> None:
    await set_price(caller, WebPrice="0.600")
    caller.switch(Switches(price_changes={GARLIC_BREAD: Decimal("0.400")}))
    assert (await information(caller, GARLIC_BREAD))["WebPrice"] == 0.4


async def test_a_variant_has_a_price_and_stock_of_its_own(caller: Caller) -> None:
    fields = {"sku": PEPSI_SKU, "variantsku": PEPSI_LITRE_SKU, "WebPrice": "0.550", "stock": "4"}
    assert await set_price(caller, **fields) == ("C", None)

    rows = await stock_rows(caller, sku=PEPSI_SKU, locationid=str(LOCATION_ID))
    by_variant = {row["VariantProductId"]: row for row in rows}
    assert (by_variant[PEPSI_LITRE]["WebPrice"], by_variant[PEPSI_LITRE]["Inventory"]) == (0.55, "4")
    assert by_variant[PEPSI_CAN]["WebPrice"] == 0.3
    (price,) = await sku_price(
        caller, sku=PEPSI_SKU, variantsku=PEPSI_LITRE_SKU, locationrefcode=LOCATION_CODE
    )
    assert (price["variantsku"], price["webprice"]) == (PEPSI_LITRE_SKU, 0.55)


async def test_a_dissociated_product_is_not_listed_or_sold_there(caller: Caller) -> None:
    await caller.walk_in()
    assert await set_price(caller, stock="NA") == ("C", None)
    assert await stock_rows(caller, sku=GARLIC_SKU, locationid=str(LOCATION_ID)) == []
    assert len(await stock_rows(caller, sku=GARLIC_SKU)) == 7
    assert code(await caller.add(item(GARLIC_BREAD))) == 5004


@pytest.mark.parametrize(
    ("product_id", "sku", "kind", "category"),
    [(SUPREME, SUPREME_SKU, "B", "CU00357451"), (BOGOF, BOGOF_SKU, "B", "CU00357471")],
)
async def test_what_is_made_of_parts_costs_as_a_whole_what_was_set(
    caller: Caller, product_id: int, sku: str, kind: str, category: str
) -> None:
    await caller.walk_in()
    fields = {"sku": sku, "ProductType": kind, "CategoryReference": category}
    assert await set_information(caller, **fields, Webprice="6.000", MRP="7.000") == ("C", None)
    assert (await information(caller, product_id))["WebPrice"] == 6.0
    assert (await caller.add(item(product_id)))["Carts"]["ProductCost"] == 6.0


async def test_no_price_goes_below_the_parts(caller: Caller) -> None:
    status, why = await set_price(caller, sku=BOGOF_SKU, WebPrice="1.000")
    assert (status, why) == ("F", f"{BOGOF_SKU} would cost less than its parts")


async def test_a_price_by_quantity_is_listed_and_charged(caller: Caller) -> None:
    await caller.walk_in()
    await set_price(caller, WebPrice="0.500", Quantity="3")
    customer = caller.store.rows("SELECT user_id FROM customer")[0]["user_id"]

    path = f"Product/GetTierPriceDetailsbyproductId/{{M}}/{customer}/{GARLIC_BREAD}/{LOCATION_ID}"
    tiers = (await caller.ask("GET", path))["TierPrice"]
    carts = [(await caller.add(item(GARLIC_BREAD, quantity=n)))["Carts"] for n in (2, 1)]

    assert [(tier["Qty"], tier["Webprice"]) for tier in tiers] == [(1, 0.75), (3, 0.5)]
    assert [cart["ProductCost"] for cart in carts] == [1.5, 1.5]


async def test_tier_prices_of_the_menu_go_by_group(caller: Caller) -> None:
    async def tiers(product_id: int, user_id: str) -> list[int]:
        path = f"Product/GetTierPriceDetailsbyproductId/{{M}}/{user_id}/{product_id}/0"
        return [tier["Qty"] for tier in (await caller.ask("GET", path))["TierPrice"]]

    find = "SELECT user_id FROM customer WHERE (groups LIKE '%8716%') = ?"
    (regular, *_), (other, *_) = (caller.store.rows(find, is_regular) for is_regular in (True, False))
    assert await tiers(GULAB, str(other["user_id"])) == [1, 10, 20]
    assert await tiers(KARAK, str(regular["user_id"])) == [1, 5]
    assert await tiers(KARAK, str(other["user_id"])) == []


async def test_tier_prices_are_refused_for_nobody_nothing_and_nowhere(caller: Caller) -> None:
    customer = caller.store.rows("SELECT user_id FROM customer")[0]["user_id"]
    base = "Product/GetTierPriceDetailsbyproductId/{M}"
    assert code(await caller.ask("GET", f"{base}/nobody/{GULAB}/0")) == 1017
    assert code(await caller.ask("GET", f"{base}/{customer}/1/0")) == 5005
    assert code(await caller.ask("GET", f"{base}/{customer}/{GULAB}/1")) == 1046


async def test_a_sku_has_a_price_at_every_location_and_for_a_group(caller: Caller) -> None:
    assert len(await sku_price(caller, sku=GARLIC_SKU, channelrefcode="web")) == 8
    rows = await sku_price(caller, sku="DR-KARAK-TEA", usergroupid=8716, locationrefcode=LOCATION_CODE)
    assert [(row["quantity"], row["usergroupname"]) for row in rows] == [(1, "Regulars"), (5, "Regulars")]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, 1016),
        ({"sku": "NOTHING"}, 1009),
        ({"sku": GARLIC_SKU, "variantsku": PEPSI_LITRE_SKU}, 1009),
        ({"sku": GARLIC_SKU, "locationrefcode": "NOWHERE"}, 1046),
        ({"sku": GARLIC_SKU, "usergroupid": "x"}, 1016),
    ],
)
async def test_a_sku_without_a_price_is_refused(caller: Caller, asked: object, expected: int) -> None:
    assert code(await post_json(caller, "Product/Price/{M}", asked)) == expected


async def test_stock_is_set_at_the_default_location(caller: Caller) -> None:
    form = {"merchantid": caller.merchant, "sku": GARLIC_SKU, "Inventory": "3"}
    assert code(await caller.ask("POST", "product/updatestock", form)) == 1004
    assert (await information(caller, GARLIC_BREAD))["Inventory"] == "3"


async def test_stock_is_set_at_a_location(caller: Caller) -> None:
    form = {"merchantid": caller.merchant, "sku": PEPSI_LITRE_SKU, "Inventory": "3"}
    form["locationReferenceCode"] = "HAWL"
    assert code(await caller.ask("POST", "Product/UpdateLocationProductStock", form)) == 1004
    (row,) = await stock_rows(caller, variantsku=PEPSI_LITRE_SKU, locationid=str(HAWALLI))
    assert (row["ProductId"], row["Inventory"]) == (PEPSI, "3")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"sku": "NOTHING"}, 1009),
        ({"sku": ""}, 1016),
        ({"Inventory": "-1"}, 1016),
        ({"Inventory": ""}, 1016),
        ({"Inventory": "1000001"}, 1016),
        ({"sku": PEPSI_SKU}, 5007),
        ({"merchantid": "another"}, 1045),
        ({"locationReferenceCode": "NOWHERE"}, 1046),
    ],
)
async def test_a_stock_that_cannot_be_set_is_refused(
    caller: Caller, fields: dict[str, str], expected: int
) -> None:
    before = caller.store.rows("SELECT * FROM stock")
    form = {"merchantid": caller.merchant, "sku": GARLIC_SKU, "Inventory": "3"}
    form |= {"locationReferenceCode": LOCATION_CODE} | fields
    assert code(await caller.ask("POST", "Product/UpdateLocationProductStock", form)) == expected
    assert caller.store.rows("SELECT * FROM stock") == before


@pytest.mark.parametrize(
    ("asked", "expected", "served"),
    [
        ((CAESAR, "22001", LOCATION_ID), 1004, "True"),
        ((CAESAR, "32001", LOCATION_ID), 1027, "False"),
        ((13047661, "22001", LOCATION_ID), 1027, "False"),
        ((CAESAR, "85000", 17444), 1027, "False"),
    ],
    ids=[
        "served",
        "another's PIN code",
        "a product that does not travel",
        "a location that does not deliver",
    ],
)
async def test_a_pin_code_is_served_or_not(
    caller: Caller, asked: tuple[int, str, int], expected: int, served: str
) -> None:
    product_id, pin, location = asked
    form = {"MerchantId": caller.merchant, "pincode": pin, "locationid": str(location)}
    response = await caller.ask("POST", f"Product/PincodeServiceability/{{M}}/{product_id}", form)
    keys = ("IsServiceable", "ServiceableForPostpaid", "ServiceableForPrepaid")
    assert (code(response), {response[key] for key in keys}) == (expected, {served})


async def test_serviceability_is_refused_for_nothing_and_nowhere(caller: Caller) -> None:
    form = {"MerchantId": caller.merchant, "pincode": "22001", "locationid": "1"}
    path = "Product/PincodeServiceability/{M}"
    assert code(await caller.ask("POST", f"{path}/{CAESAR}", form)) == 1046
    assert code(await caller.ask("POST", f"{path}/1", form)) == 5005
    assert code(await caller.ask("POST", f"{path}/{CAESAR}", form | {"pincode": ""})) == 1016
