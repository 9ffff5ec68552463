"""Products, their variants, and their stock at every location."""

import pytest

from tests.sandbox.sandbox_calls import PEPSI, PEPSI_CAN, Caller, code

pytestmark = pytest.mark.anyio

LEMON_MINT, LEMON_MINT_REGULAR = 14106036, 10178766
ONIONS, COOKIE, TAHINI = 13047239, 13047663, 13047675


async def search(caller: Caller, **asked: object) -> list[str]:
    return (await caller.input("Product/{M}/Search", {"merchantId": caller.merchant, **asked}))["ProductIds"]


async def stock(caller: Caller, **asked: str) -> list[dict]:
    form = {"MerchantId": caller.merchant, "sku": "", "variantsku": "", "locationid": ""} | asked
    return (await caller.ask("POST", "Product/{M}/LocationStockPrice", form))["LocationStockPrices"]


async def test_a_search_returns_ids_a_page_at_a_time(caller: Caller) -> None:
    first, second = await search(caller), await search(caller, pageNumber=2)
    assert len(first) == 50
    assert not set(first) & set(second)
    assert await search(caller, pageSize=500) == first + second
    assert await search(caller, pageNumber=9) == []


async def test_every_word_must_be_in_title_sku_or_tags(caller: Caller) -> None:
    assert await search(caller, keyword="CHICKEN supreme") == ["13047273"]
    assert str(PEPSI) in await search(caller, keyword="cola")
    assert await search(caller, keyword="chicken nowhere") == []


async def test_a_search_by_sku_and_by_category(caller: Caller) -> None:
    assert await search(caller, SKU="dr-pepsi") == [str(PEPSI)]
    assert len(await search(caller, category="CU00357469")) == 6


async def test_toppings_and_inactive_products_are_not_found(caller: Caller) -> None:
    assert not {str(ONIONS), str(COOKIE)} & set(await search(caller, pageSize=500))


async def test_page_zero_is_refused(caller: Caller) -> None:
    assert code(await caller.input("Product/{M}/Search", {"pageNumber": 0})) == 1028


@pytest.mark.parametrize("path", ["ProductAutoComplete", "Product/ProductAutoComplete"])
async def test_suggestions_go_by_the_beginnings_of_words(caller: Caller, path: str) -> None:
    response = await caller.ask("GET", f"{path}/{{M}}/pep/3/27299")
    assert len(response["Suggestions"]) == 3
    assert "13047319" in response["Suggestions"]


async def test_suggestions_leave_out_what_the_location_has_not(caller: Caller) -> None:
    response = await caller.ask("GET", "ProductAutoComplete/{M}/tahini/5/27299")
    assert response["Suggestions"] == []
    assert code(await caller.ask("GET", "ProductAutoComplete/{M}/tahini/5/1")) == 1046


@pytest.mark.parametrize(("availability", "there"), [("Active", False), ("ALL", True)])
async def test_a_category_has_its_active_products_or_all(
    caller: Caller, availability: str, there: bool
) -> None:
    response = await caller.ask("GET", f"Product/Category/{{M}}/CU00357467/{availability}")
    assert (COOKIE in [product["ProductId"] for product in response["Products"]]) is there


async def test_an_unknown_or_hidden_category_is_refused(caller: Caller) -> None:
    assert code(await caller.ask("GET", "Product/Category/{M}/CU1/All")) == 1009
    assert code(await caller.ask("GET", "Product/Category/{M}/CU00357497/All")) == 1009


async def test_information_tells_what_the_location_has(caller: Caller) -> None:
    product = (await caller.ask("GET", f"Product/Information/{{M}}/{TAHINI}/27299"))["Product"]
    assert (product["Inventory"], product["IsInStock"]) == ("0", "false")
    assert (product["ProductType"], product["IsParentProduct"]) == ("P", False)
    parent = (await caller.ask("GET", f"Product/Information/{{M}}/{PEPSI}/27299"))["Product"]
    assert (parent["IsParentProduct"], parent["IsInStock"]) == (True, "true")


async def test_a_pizza_costs_what_its_usual_parts_cost(caller: Caller) -> None:
    product = (await caller.ask("GET", "Product/Information/{M}/13047273/27299"))["Product"]
    assert (product["ProductType"], product["WebPrice"]) == ("B", 4.7)
    deal = (await caller.ask("GET", "Product/Information/{M}/13047461/27299"))["Product"]
    assert (deal["ProductType"], deal["WebPrice"]) == ("D", 5.65)


async def test_a_topping_is_known_by_id(caller: Caller) -> None:
    product = (await caller.ask("GET", f"Product/Information/{{M}}/{ONIONS}/27299"))["Product"]
    assert product["ProductType"] == "A"


async def test_unknown_products_are_refused(caller: Caller) -> None:
    assert code(await caller.ask("GET", "Product/Information/{M}/1/27299")) == 5005
    assert code(await caller.ask("GET", "Product/SKU/{M}/NOTHING")) == 1009
    assert code(await caller.ask("GET", "Product/ProductVarient/{M}/1")) == 5007
    assert code(await caller.ask("GET", f"Product/Information/{{M}}/{PEPSI}/1")) == 1046
    assert code(await caller.ask("GET", "Product/Information/{M}/x/27299")) == 1016


async def test_variants_are_given_by_parent_and_by_id(caller: Caller) -> None:
    variants = (await caller.ask("GET", f"Product/Varients/{{M}}/{PEPSI}/true"))["ProductVarient"]
    assert [v["WebPrice"] for v in variants] == [0.3, 0.65, 0.95]
    (view,) = variants[0]["ProductVariantValueViews"]
    assert (view["variantPropertyName"], view["variantValue"], view["Rank"]) == ("Size", "Can 330 ml", 1)
    (one,) = (await caller.ask("GET", f"Product/ProductVarient/{{M}}/{PEPSI_CAN}"))["ProductVarient"]
    assert one == variants[0]
    assert one["variantProductId"] == str(PEPSI_CAN)


async def test_a_topping_has_a_variant_for_each_size_and_strength(caller: Caller) -> None:
    variants = (await caller.ask("GET", f"Product/Varients/{{M}}/{ONIONS}/active"))["ProductVarient"]
    assert len(variants) == 12
    assert [v["variantPropertyName"] for v in variants[0]["ProductVariantValueViews"]] == ["Strength", "Size"]


async def test_a_product_is_found_by_sku(caller: Caller) -> None:
    product = (await caller.ask("GET", "Product/SKU/{M}/DR-PEPSI"))["Product"]
    assert product["ProductId"] == PEPSI


async def test_several_products_at_once_leave_out_the_unknown(caller: Caller) -> None:
    form = {"MerchantId": caller.merchant, "productIds": f"{PEPSI},1,{LEMON_MINT}"}
    response = await caller.ask("POST", "Product/{M}/GetMultipleProductInformation", form)
    assert [product["ProductId"] for product in response["Products"]] == [PEPSI, LEMON_MINT]


@pytest.mark.parametrize("ids", ["", ",".join(["1"] * 101)])
async def test_several_products_are_1_to_100(caller: Caller, ids: str) -> None:
    form = {"MerchantId": caller.merchant, "productIds": ids}
    assert code(await caller.ask("POST", "Product/{M}/GetMultipleProductInformation", form)) == 1016


async def test_stock_is_reported_for_every_location_and_variant(caller: Caller) -> None:
    rows = await stock(caller, productid=str(LEMON_MINT))
    assert len(rows) == 8 * 2
    assert {row["Inventory"] for row in rows if row["LocationId"] == 18340} >= {"11"}


async def test_stock_of_one_variant_at_one_location(caller: Caller) -> None:
    (row,) = await stock(caller, variantsku="DR-LEMON-MINT-REGULAR", locationid="17586")
    assert (row["VariantProductId"], row["Inventory"], row["WebPrice"]) == (LEMON_MINT_REGULAR, "100", 0.95)


async def test_stock_of_a_location_alone_lists_all_that_is_sold_there(caller: Caller) -> None:
    rows = await stock(caller, locationid="27299")
    assert {row["LocationId"] for row in rows} == {27299}
    found = (await caller.ask("POST", "Product/{M}/Search", {"InputData": '{"pageSize": 200}'}))["ProductIds"]
    assert {str(row["ProductId"]) for row in rows} == set(found)


async def test_stock_is_found_by_sku(caller: Caller) -> None:
    (row,) = await stock(caller, sku="DP-TAHINI-DIP", locationid="27299")
    assert (row["VariantProductId"], row["Inventory"]) == (0, "0")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (f"{LEMON_MINT}/{LEMON_MINT_REGULAR}/54501/18340/11", 1004),
        (f"{LEMON_MINT}/{LEMON_MINT_REGULAR}/54501/18340/12", 5004),
        (f"{LEMON_MINT}/{LEMON_MINT_REGULAR}/22001/18340/1", 1024),
        (f"{LEMON_MINT}/{LEMON_MINT_REGULAR}/54501/1/1", 1046),
        (f"{LEMON_MINT}/1/54501/18340/1", 5007),
        ("1/0/54501/18340/1", 5005),
    ],
)
async def test_a_location_is_validated_for_product_pin_and_quantity(
    caller: Caller, path: str, expected: int
) -> None:
    assert code(await caller.ask("GET", f"Product/ValidateLocation/{{M}}/{path}")) == expected
