"""Tags, lists of products, bundle items, categories, and the store's own details."""

import pytest

from console.sandbox.switches import Switches
from tests.sandbox.product_calls import (
    BOGOF,
    GARLIC_SKU,
    HAWALLI,
    LOCATION_ID,
    SUPREME,
    information,
    queue_update,
    set_price,
    task_outcome,
)
from tests.sandbox.sandbox_calls import CAESAR, GARLIC_BREAD, PEPSI, PEPSI_CAN, PEPSI_LITRE, Caller, code

pytestmark = pytest.mark.anyio


async def add_tag(caller: Caller, **fields: str) -> tuple[str, str | None]:
    row = {"sku": GARLIC_SKU, "locationrefcode": "SALM", "tag": "Discounted"} | fields
    path = "product/AddLocationTagtoProduct/{M}"
    return await task_outcome(caller, await queue_update(caller, path, {"products": {"product": row}}))


async def remove_tag(caller: Caller, **fields: str) -> int:
    form = {"merchantid": caller.merchant, "sku": GARLIC_SKU, "producttag": "discounted"}
    form |= {"locationid": str(LOCATION_ID)} | fields
    return code(await caller.ask("POST", "Product/RemoveLocationTagFromProduct/{M}", form))


async def tags(caller: Caller, location_id: int | None = None) -> list[str]:
    place = "" if location_id is None else f"/{location_id}"
    path = f"Product/GetProductsTagsByProductId/{{M}}/{GARLIC_BREAD}{place}"
    return [tag["Tag"] for tag in (await caller.ask("GET", path))["ProductTags"]]


async def tagged(caller: Caller, tag: str, location_id: int) -> list[int]:
    response = await caller.ask("GET", f"Product/{{M}}/{tag}/{location_id}")
    return [product["ProductId"] for product in response["Products"]]


async def test_a_tag_put_on_at_a_location_is_there_and_not_elsewhere(caller: Caller) -> None:
    assert await add_tag(caller) == ("C", None)
    assert await tags(caller) == await tags(caller, LOCATION_ID) == ["Discounted", "bread"]
    assert await tags(caller, HAWALLI) == ["bread"]
    assert (
        await tagged(caller, "Discounted", LOCATION_ID)
        == await tagged(caller, "discounted", 0)
        == [GARLIC_BREAD]
    )
    assert await tagged(caller, "Discounted", HAWALLI) == []
    found = await caller.input("Product/{M}/Search", {"productTag": "Discounted"})
    assert found["ProductIds"] == [str(GARLIC_BREAD)]


async def test_a_tag_in_use_is_counted_listed_and_described(caller: Caller) -> None:
    before = (await caller.ask("GET", "ProductTags/{M}/count"))["Count"]
    assert code(await caller.ask("GET", "ProductTags/{M}/Discounted")) == 1009
    await add_tag(caller)
    (details,) = (await caller.ask("GET", "ProductTags/{M}/discounted"))["ProductTags"]
    listed = (await caller.ask("GET", "ProductTags/{M}"))["ProductTags"]
    assert (await caller.ask("GET", "ProductTags/{M}/count"))["Count"] == before + 1 == len(listed)
    assert details in listed
    assert details["TagDescription"] == "Cheaper than usual"
    assert details["CreateDate"] == "/Date(1800000000000+0300)/"


async def test_a_tag_taken_off_is_gone_where_it_was_taken_off(caller: Caller) -> None:
    await add_tag(caller, locationrefcode="")
    assert await remove_tag(caller) == 1004
    assert await tagged(caller, "Discounted", LOCATION_ID) == []
    assert await tagged(caller, "Discounted", HAWALLI) == [GARLIC_BREAD]
    assert await remove_tag(caller, locationid="0") == 1004
    assert code(await caller.ask("GET", "ProductTags/{M}/Discounted")) == 1009


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"tag": "Nonsense"}, "There is no tag Nonsense"),
        ({"sku": "NOTHING"}, "There is no product of SKU NOTHING"),
        ({"locationrefcode": "NOWHERE"}, "There is no location NOWHERE"),
    ],
)
async def test_a_tag_that_cannot_be_put_on(caller: Caller, fields: dict[str, str], why: str) -> None:
    assert await add_tag(caller, **fields) == ("F", why)


async def test_tags_that_are_not_there_are_refused(caller: Caller) -> None:
    assert await remove_tag(caller) == 1009
    assert await remove_tag(caller, sku="NOTHING") == 1009
    assert await remove_tag(caller, sku="") == 1016
    assert await remove_tag(caller, locationid="1") == 1046
    assert await remove_tag(caller, merchantid="another") == 1045
    assert code(await caller.ask("GET", "Product/{M}/Nonsense/0")) == 1009
    assert code(await caller.ask("GET", "Product/{M}/bread/1")) == 1046
    assert code(await caller.ask("GET", "Product/GetProductsTagsByProductId/{M}/1")) == 5005
    path = f"Product/GetProductsTagsByProductId/{{M}}/{GARLIC_BREAD}/1"
    assert code(await caller.ask("GET", path)) == 1046


async def test_featured_products_are_those_tagged_so(caller: Caller) -> None:
    async def featured() -> list[int]:
        return [p["ProductId"] for p in (await caller.ask("GET", "Product/Featured/{M}"))["Products"]]

    assert SUPREME in await featured()
    await add_tag(caller, tag="Featured")
    assert GARLIC_BREAD in await featured()


async def listed(caller: Caller, path: str) -> list[int]:
    return [product["ProductId"] for product in (await caller.ask("GET", path))["Products"]]


async def test_similar_products_are_of_the_category_and_in_stock(caller: Caller) -> None:
    path = f"Product/Similar/{{M}}/{GARLIC_BREAD}/0"
    before = await listed(caller, path)
    form = {"merchantid": caller.merchant, "sku": "SD-ONION-RINGS", "Inventory": "0"}
    await caller.ask("POST", "product/updatestock", form)
    after = await listed(caller, path)
    assert not {GARLIC_BREAD, CAESAR} & set(before)
    assert set(before) - set(after) == {13047613}


async def test_dearer_products_go_by_the_price_in_force(caller: Caller) -> None:
    path = f"Product/UpSale/{{M}}/{GARLIC_BREAD}/{LOCATION_ID}"
    prices = [(await information(caller, product))["WebPrice"] for product in await listed(caller, path)]
    assert prices == sorted(prices)
    assert prices[0] > 0.75
    await set_price(caller, WebPrice="9.000", MRP="9.000")
    assert await listed(caller, path) == []


async def test_products_by_type_come_twenty_a_page(caller: Caller) -> None:
    path = "Product/Category/{M}/CU00357497/A"
    first, second = await listed(caller, f"{path}/1"), await listed(caller, f"{path}/2")
    assert len(first) == 20 or second == []
    assert not set(first) & set(second)
    assert SUPREME in await listed(caller, "Product/Category/{M}/CU00357451/B/1")
    assert await listed(caller, "Product/Category/{M}/CU00357451/P/1") == []
    assert BOGOF in await listed(caller, "Product/Category/{M}/CU00357471/D/1")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Product/Category/{M}/CU1/P/1", 1009),
        ("Product/Category/{M}/CU00357451/X/1", 1016),
        ("Product/Category/{M}/CU00357451/P/0", 1028),
        ("Product/Category/{M}/CU00357451/P/101", 1028),
        ("Product/Category/{M}/CU00357451/P/x", 1016),
        ("Product/Similar/{M}/1/0", 5005),
        ("Product/Similar/{M}/13047603/1", 1046),
        ("Product/UpSale/{M}/1/0", 5005),
        ("Product/GetBundleItemsbyBundleProductId/{M}/1", 5005),
        ("Product/GetBundleItemsbyBundleProductId/{M}/13047603", 5001),
        ("Product/GetBundleItemsbyBundleProductId/{M}/13047273/perhaps", 1016),
        ("Category/Information/{M}/CU1", 1009),
        ("Category/{M}/CU1/variantproperties", 1009),
        ("Store/States/{M}/XX", 1009),
        ("Store/Cities/{M}/XX", 1009),
    ],
)
async def test_what_there_is_none_of_is_refused(caller: Caller, path: str, expected: int) -> None:
    assert code(await caller.ask("GET", path)) == expected


async def test_parents_are_named_by_their_variants(caller: Caller) -> None:
    form = {"MerchantId": caller.merchant, "varientProductIds": f"{PEPSI_CAN},1,{PEPSI_LITRE}"}
    rows = (await caller.ask("POST", "Product/{M}/GetMultipleParentproducts", form))["ProductVarient"]
    assert [(row["variantProductId"], row["productId"]) for row in rows] == [
        (str(PEPSI_CAN), PEPSI),
        (str(PEPSI_LITRE), PEPSI),
    ]
    path = "Product/{M}/GetMultipleParentproducts"
    assert code(await caller.ask("POST", path, form | {"varientProductIds": ""})) == 1016


async def items(caller: Caller, product_id: int, end: str = "") -> list[dict]:
    path = f"Product/GetBundleItemsbyBundleProductId/{{M}}/{product_id}{end}"
    return (await caller.ask("GET", path))["BundleItems"]


async def test_a_pizza_is_made_of_its_base_and_toppings(caller: Caller) -> None:
    everything = await items(caller, SUPREME)
    default = await items(caller, SUPREME, "/true")
    assert everything == await items(caller, SUPREME, "/false")
    assert all(row in everything for row in default)
    assert len(default) == 9
    base, *toppings = default
    assert (base["ProductId"], base["VariantProductId"], base["WebPrice"]) == (13047215, "9757487", 3.5)
    assert {row["ProductType"] for row in toppings} == {"A"}
    assert "GroupId" not in base


async def test_a_deal_is_made_of_what_fills_its_slots(caller: Caller) -> None:
    default = await items(caller, BOGOF, "/true")
    assert [row["ProductId"] for row in default] == [13047273, 13047319]
    assert {row["ProductType"] for row in default} == {"B"}
    assert len(await items(caller, BOGOF)) == 24


async def test_groups_are_named_where_the_switch_says_so(caller: Caller) -> None:
    caller.switch(Switches(group_data=True))
    base, *toppings = await items(caller, SUPREME, "/true")
    keys = ("GroupId", "GroupName", "Minimum", "Maximum", "Free")
    assert tuple(base[key] for key in keys) == (13127, "Base", 1, 1, 0)
    assert {row["GroupName"] for row in toppings} == {"Vegetables", "Meat", "Sauce"}
    slot, *_ = await items(caller, BOGOF)
    assert tuple(slot[key] for key in keys) == (13317, "First pizza", 1, 1, 0)


async def test_a_bundle_item_costs_the_price_in_force(caller: Caller) -> None:
    fields = {"sku": "TOP-ONIONS", "variantsku": "TOP-ONIONS-REGULAR-MEDIUM", "WebPrice": "0.450"}
    assert await set_price(caller, **fields) == ("C", None)
    rows = {row["VariantSKU"]: row["WebPrice"] for row in await items(caller, SUPREME)}
    assert rows["TOP-ONIONS-REGULAR-MEDIUM"] == 0.45
    assert rows["TOP-ONIONS-EXTRA-MEDIUM"] == 0.8


async def test_a_category_counts_its_products(caller: Caller) -> None:
    category = (await caller.ask("GET", "Category/Information/{M}/cu00357469"))["Category"]
    assert (category["CategoryName"], category["ProductCount"]) == ("Dips", 6)
    assert (category["Lineage"], category["IsLeaf"]) == ("/CU00357469/", True)


async def test_a_categorys_properties_have_the_ids_its_variants_name(caller: Caller) -> None:
    response = await caller.ask("GET", "Category/{M}/CU00357465/variantproperties")
    (size,) = response["VariantProperties"]
    values = {row["VariantValue"]: row["VariantPropertyValueId"] for row in size["VariantPropertyValues"]}
    (variant,) = (await caller.ask("GET", f"Product/ProductVarient/{{M}}/{PEPSI_CAN}"))["ProductVarient"]
    (view,) = variant["ProductVariantValueViews"]
    assert view["variantPropertyId"] == size["VariantId"]
    assert view["variantPropertyValueId"] == values["Can 330 ml"]
    dips = await caller.ask("GET", "Category/{M}/CU00357469/variantproperties")
    assert dips["VariantProperties"] == []


async def test_countries_lead_to_states_and_to_cities_of_locations(caller: Caller) -> None:
    countries = (await caller.ask("GET", "Store/Countries/{M}"))["Country"]
    states = (await caller.ask("GET", "Store/States/{M}/kw"))["State"]
    cities = [
        city
        for state in states
        for city in (await caller.ask("GET", f"Store/Cities/{{M}}/{state['StateCode']}"))["City"]
    ]
    location = (await caller.ask("GET", f"Location/Information/{{M}}/{LOCATION_ID}"))["Location"]
    assert "KW" in [country["CountryCode"] for country in countries]
    assert location["State"] in [state["StateCode"] for state in states]
    known = {str(city["CityId"]): city["CityName"] for city in cities}
    assert known[location["City"]] == location["CityName"]


async def test_the_store_is_where_its_default_location_is(caller: Caller) -> None:
    store = (await caller.ask("GET", "Store/Information/{M}"))["Store"]
    location = (await caller.ask("GET", f"Location/Information/{{M}}/{LOCATION_ID}"))["Location"]
    assert (store["MerchantId"], store["PhysicalStoreName"]) == (caller.merchant, "Sandbox Pizza")
    assert (store["StoreCity"], store["StorePinCode"]) == (location["City"], location["Pin"])
    assert store["City"] == {"CityId": 846, "CityName": "Hawalli"}
