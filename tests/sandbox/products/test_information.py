"""Updates of products' information, and their offers, pictures, attributes and reviews."""

import pytest

from tests.sandbox.product_calls import (
    GARLIC_SKU,
    LOCATION_CODE,
    LOCATION_ID,
    PEPSI_LITRE_SKU,
    PEPSI_SKU,
    information,
    post_json,
    queue_update,
    set_information,
    task_outcome,
)
from tests.sandbox.sandbox_calls import CAESAR, GARLIC_BREAD, PEPSI, PEPSI_LITRE, Caller, code, item

pytestmark = pytest.mark.anyio
VARIANT = {
    "CategoryReference": "",
    "sku": PEPSI_SKU,
    "variantsku": PEPSI_LITRE_SKU,
    "ProductTitle": "Pepsi",
    "VariantProperty1": "Size",
    "Value1": "Bottle 1 l",
}


async def found(caller: Caller, keyword: str) -> list[str]:
    return (await caller.input("Product/{M}/Search", {"keyword": keyword}))["ProductIds"]


async def listed(caller: Caller, category: str) -> list[int]:
    response = await caller.ask("GET", f"Product/Category/{{M}}/{category}/Active")
    return [product["ProductId"] for product in response["Products"]]


async def test_a_new_title_is_seen_found_and_put_into_carts(caller: Caller) -> None:
    await caller.walk_in()
    assert await set_information(caller, ProductTitle="Aioli Loaf") == ("C", None)
    assert (await information(caller, GARLIC_BREAD))["ProductTitle"] == "Aioli Loaf"
    assert await found(caller, "aioli") == [str(GARLIC_BREAD)]
    (line,) = (await caller.add(item(GARLIC_BREAD)))["Carts"]["CartItems"]
    assert line["description"] == "Aioli Loaf"


async def test_everything_printed_of_a_product_is_what_was_set(caller: Caller) -> None:
    fields = {
        "Webprice": "0.500",
        "MRP": "0.800",
        "Inventory": "6",
        "ShortDescription": "Short",
        "ProductDescription": "Long " * 200,
        "BarCode": "1,2",
        "UOM": "gms",
        "CatalogSequence": "5",
        "CatalogCode": "C1",
        "ProductWeight": "200",
        "SmallImage": "small.png",
        "SmallImageAltText": "A loaf",
        "DeliveryTime": "20 minutes",
        "StartDate": "11/03/2018",
        "CostPrice": "0.2",
        "CheckoutWithTokenPrice": "Y",
        "TokenPrice": "0.1",
    }
    assert await set_information(caller, **fields) == ("C", None)
    product = await information(caller, GARLIC_BREAD)
    assert (product["WebPrice"], product["MRP"], product["Inventory"]) == (0.5, 0.8, "6")
    assert (product["ShortDescription"], product["BarCode"], product["UOM"]) == ("Short", "1,2", "gms")
    assert product["Fulldescription"] == ("Long " * 200).strip()
    assert (product["CatlogSequence"], product["CatalogCode"], product["ProductWeight"]) == (5, "C1", 200)
    assert (product["SmallImage"], product["SmallImageAltText"]) == ("small.png", "A loaf")
    assert (product["DeliveryTime"], product["CostPrice"], product["TokenPrice"]) == ("20 minutes", 0.2, 0.1)
    assert product["StartDate"] == "/Date(1520726400000+0300)/"
    assert product["TokenPriceCheckout"] is True


async def test_an_unavailable_product_is_neither_found_nor_sold(caller: Caller) -> None:
    await caller.walk_in()
    await set_information(caller, Availability="N")
    assert GARLIC_BREAD not in await listed(caller, "CU00357461")
    assert str(GARLIC_BREAD) not in await found(caller, "garlic bread")
    assert code(await caller.add(item(GARLIC_BREAD))) == 5005
    await set_information(caller, Availability="Y")
    assert GARLIC_BREAD in await listed(caller, "CU00357461")


async def test_a_product_moves_to_another_category(caller: Caller) -> None:
    await set_information(caller, CategoryReference="CU00357463")
    assert GARLIC_BREAD in await listed(caller, "CU00357463")
    assert GARLIC_BREAD not in await listed(caller, "CU00357461")


async def test_a_product_without_shipping_is_sold_for_pickup_only(caller: Caller) -> None:
    await caller.walk_in()
    await set_information(caller, DeliveryOptionShip="N")
    assert code(await caller.add(item(GARLIC_BREAD))) == 5002
    assert code(await caller.add(item(GARLIC_BREAD), mode="S")) == 1004


async def test_a_variant_is_named_by_the_body_and_changed_alone(caller: Caller) -> None:
    await caller.walk_in()
    fields = VARIANT | {"Webprice": "0.500", "Availability": "N"}
    assert await set_information(caller, **fields) == ("C", None)
    response = await caller.ask("GET", f"Product/Varients/{{M}}/{PEPSI}/All")
    by_id = {int(v["variantProductId"]): v for v in response["ProductVarient"]}
    assert (by_id[PEPSI_LITRE]["WebPrice"], by_id[PEPSI_LITRE]["Availability"]) == (0.5, False)
    assert sum(variant["Availability"] for variant in by_id.values()) == 2
    active = (await caller.ask("GET", f"Product/Varients/{{M}}/{PEPSI}/active"))["ProductVarient"]
    assert str(PEPSI_LITRE) not in [variant["variantProductId"] for variant in active]
    assert code(await caller.add(item(PEPSI, PEPSI_LITRE))) == 1022


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"sku": "NOTHING"}, "There is no product of SKU NOTHING"),
        ({"CategoryReference": "CU1"}, "There is no category CU1"),
        ({"BrandID": "1"}, "There is no brand 1"),
        ({"ProductType": "B"}, "SD-GARLIC-BREAD is of type P"),
        ({"Webprice": "2", "MRP": "1"}, "WebPrice is more than MRP"),
        ({"Availability": "maybe"}, "availability is neither Y nor N"),
        ({"UOM": "stone"}, "uom is none of gms, kgs, ltrs, pieces"),
        ({"StartDate": "31/31/2018"}, "startdate is not a day such as 31/12/2026"),
        ({"Inventory": "many"}, "Inventory is not a whole number"),
        (VARIANT | {"Value1": "Can"}, "The Size of DR-PEPSI-BOTTLE1L is not Can"),
        (VARIANT | {"variantsku": "X"}, "X is no variant of DR-PEPSI"),
    ],
)
async def test_each_fault_of_an_update_is_named_and_changes_nothing(
    caller: Caller, fields: dict[str, str], why: str
) -> None:
    assert await set_information(caller, **{"ShortDescription": "New"} | fields) == ("F", why)
    assert (await information(caller, GARLIC_BREAD))["ShortDescription"] != "New"
    assert caller.store.rows("SELECT * FROM product_change") == []


@pytest.mark.parametrize(
    "missing", ["sku", "BrandID", "ProductTitle", "ProductType", "CategoryReference", "VariantProperty1"]
)
async def test_an_update_without_what_is_mandatory_is_refused(caller: Caller, missing: str) -> None:
    row = VARIANT if missing == "VariantProperty1" else {"sku": GARLIC_SKU, "CategoryReference": "CU00357461"}
    row = {"BrandID": "BB1760", "ProductTitle": "T", "ProductType": "P"} | row | {missing: ""}
    response = await caller.input(
        "Product/UpdateProductInfo", {"products": {"product": [row]}}, MerchantId=caller.merchant
    )
    assert code(response) == 1016


async def test_offers_are_set_and_all_of_them_removed(caller: Caller) -> None:
    await set_information(caller, OfferProductDescription="offer.xml")
    products = (GARLIC_BREAD, 13047461)
    before = [(await information(caller, product))["OfferDescription"] for product in products]
    assert code(await caller.ask("GET", "Product/RemoveOfferText/{M}")) == 1004
    after = [(await information(caller, product))["OfferDescription"] for product in products]
    assert (before, after) == (["offer.xml", "The second medium pizza is free."], ["", ""])


async def attach(caller: Caller, **media: object) -> tuple[str, str | None]:
    response = await post_json(caller, "Product/AttachImages/{M}", [{"sku": GARLIC_SKU, **media}])
    return await task_outcome(caller, int(response["Taskid"]))


async def test_what_is_attached_is_among_the_contents(caller: Caller) -> None:
    picture = {"filename": "loaf.jpg", "sequence": 2, "zoom": "big.png", "viewport": "Front"}
    document = {"type": "Menu", "filename": "menu.PDF", "sequence": 1}
    assert await attach(caller, images=[picture], documents=[document]) == ("C", None)
    first, second = (await caller.ask("GET", f"Product/Contents/{{M}}/{GARLIC_BREAD}"))["ProductContent"]
    assert (first["FileType"], first["LargeImageSequence"]) == ("AdditionalImage", 2)
    assert first["LargeImage"].endswith("/loaf.jpg")
    assert (second["FileType"], second["FileName"]) == ("Document", "menu.PDF")
    assert (await caller.ask("GET", f"Product/Contents/{{M}}/{CAESAR}"))["ProductContent"] == []


@pytest.mark.parametrize(
    ("media", "why"),
    [
        ({"images": [{"filename": "x.exe"}]}, "x.exe is none of .png, .jpg, .jpeg, .svc, .gif"),
        ({"documents": [{"filename": "x.png"}]}, "x.png is none of .doc, .docx, .pdf"),
        ({"images": [{"filename": ""}]}, "filename is missing"),
        ({"images": [{"filename": "x.png", "viewport": "Top"}]}, "There is no viewport Top"),
        ({"variants": [{"variantsku": "X", "images": []}]}, "X is no variant of SD-GARLIC-BREAD"),
        ({"images": [{"filename": "x.png"}] * 30, "videos": [{"filename": "x"}] * 30},
         "SD-GARLIC-BREAD would have more than 50 files"),
    ],
)  # fmt: skip
async def test_a_wrong_file_attaches_nothing(caller: Caller, media: dict, why: str) -> None:
    assert await attach(caller, **media) == ("F", why)
    assert caller.store.rows("SELECT * FROM content") == []


@pytest.mark.parametrize("body", [{}, [], [{}], [{"sku": 5, "images": "x"}], [{"sku": "x"}] * 101])
async def test_images_of_nothing_are_refused(caller: Caller, body: object) -> None:
    assert code(await post_json(caller, "Product/AttachImages/{M}", body)) == 1016


async def set_attribute(caller: Caller, **fields: str) -> tuple[str, str | None]:
    row = {"sku": GARLIC_SKU, "AttributeId": "CU00357461-001", "AttributeValue": "6"} | fields
    path = "Product/UpdateProductAttribute/{M}"
    return await task_outcome(caller, await queue_update(caller, path, {"ProductAttribute": row}))


async def attributes(caller: Caller) -> dict[str, str]:
    response = await caller.ask("GET", f"Product/Attribute/{{M}}/{GARLIC_BREAD}")
    return {row["Attributeid"]: row["AttributeValue"] for row in response["ProductAttributes"]}


async def test_an_attribute_of_a_product_is_set(caller: Caller) -> None:
    assert await set_attribute(caller) == ("C", None)
    (product,) = (await caller.ask("GET", f"Product/InformationNAttr/{{M}}/{GARLIC_BREAD}"))["Products"]
    values = {"CU00357461-001": "6", "CU00357461-002": "Gluten, milk"}
    assert await attributes(caller) == values
    assert {row["Attributeid"]: row["AttributeValue"] for row in product["lstProductAttribute"]} == values
    assert (product["ProductId"], product["Availability"]) == (str(GARLIC_BREAD), "True")


async def test_an_attribute_of_a_variant_is_set_at_a_location_alone(caller: Caller) -> None:
    fields = {"sku": PEPSI_SKU, "variantsku": PEPSI_LITRE_SKU, "locationrefcode": LOCATION_CODE}
    fields |= {"AttributeId": "CU00357465-001", "AttributeValue": "Iced"}
    assert await set_attribute(caller, **fields) == ("C", None)
    path = f"Product/LocationAttribute/{{M}}/{PEPSI_SKU}/{PEPSI_LITRE_SKU}"
    (row,) = (await caller.ask("GET", f"{path}/{LOCATION_CODE}"))["LocationProductAttribute"]
    assert (row["VariantSKU"], row["LocationRefCode"], row["AttributeValue"]) == (
        PEPSI_LITRE_SKU,
        LOCATION_CODE,
        "Iced",
    )
    assert (await caller.ask("GET", f"{path}/HAWL"))["LocationProductAttribute"] == []


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"AttributeId": "X"}, "SD-GARLIC-BREAD has no attribute X"),
        ({"locationrefcode": "X"}, "There is no location X"),
        ({"ProductId": "1"}, "SD-GARLIC-BREAD is not the SKU of product 1"),
        ({"sku": "", "ProductId": "1"}, "There is no product 1"),
    ],
)
async def test_a_wrong_attribute_changes_nothing(caller: Caller, fields: dict[str, str], why: str) -> None:
    before = await attributes(caller)
    assert await set_attribute(caller, **fields) == ("F", why)
    assert await attributes(caller) == before


async def test_attributes_of_nothing_are_refused(caller: Caller) -> None:
    path = "Product/UpdateProductAttribute/{M}"
    for row in ({"AttributeId": "X"}, {"sku": GARLIC_SKU}):
        response = await caller.input(path, {"ProductAttribute": row}, MerchantId=caller.merchant)
        assert code(response) == 1016
    base = "Product/LocationAttribute/{M}"
    assert code(await caller.ask("GET", f"{base}/NOTHING/0/SALM")) == 1009
    assert code(await caller.ask("GET", f"{base}/{GARLIC_SKU}/{PEPSI_LITRE_SKU}/SALM")) == 1009
    assert code(await caller.ask("GET", f"{base}/{GARLIC_SKU}/0/NOWHERE")) == 1046
    for path in ("Attribute", "InformationNAttr", "Contents"):
        assert code(await caller.ask("GET", f"Product/{path}/{{M}}/1")) == 5005


async def review(caller: Caller, *, user: str = "", sku: str = GARLIC_SKU, **fields: str) -> int:
    user = user or str(caller.store.rows("SELECT user_id FROM customer")[0]["user_id"])
    data = {"title": "Good", "message": "And warm.", "isGoLive": "True"} | fields
    return code(await post_json(caller, f"Product/AddReview/{{M}}/{user}/{sku}", data))


async def test_reviews_are_listed_and_the_live_ones_counted(caller: Caller) -> None:
    assert await review(caller) == 1004
    assert await review(caller, title="Later", isGoLive="False") == 1004
    rows = (await caller.ask("GET", f"Product/GetReviews/{{M}}/{GARLIC_SKU}"))["Reviews"]
    assert [(row["ReviewTitle"], row["IsGoLive"]) for row in rows] == [("Good", "True"), ("Later", "False")]
    assert (rows[0]["ProductTitle"], rows[0]["CreatedDateTime"]) == ("Garlic Bread", "1/15/2027 11:00:00 AM")
    assert (await information(caller, GARLIC_BREAD))["NoofReview"] == "1"


async def test_a_review_is_the_first_comment_of_its_post(caller: Caller) -> None:
    await review(caller)
    (comment,) = (await caller.ask("GET", f"Product/Comments/{GARLIC_BREAD}/0/{{M}}"))["ProductComment"]
    post = int(comment["Id"], 16)
    (same,) = (await caller.ask("GET", f"Product/Comments/{GARLIC_BREAD}/{post}/{{M}}"))["ProductComment"]
    assert same == comment
    assert (comment["Title"], comment["Description"]) == ("Good", "And warm.")
    assert (comment["CreatedDateTime"], comment["TargetName"]) == ("15-Jan-2027", "Garlic Bread")


async def test_a_review_needs_a_customer_a_product_and_words(caller: Caller) -> None:
    assert await review(caller, user="nobody") == 1017
    assert await review(caller, sku="NOTHING") == 1009
    assert await review(caller, title="") == 1016
    assert await review(caller, title="x" * 101) == 1016
    assert await review(caller, message="x" * 501) == 1016
    assert code(await caller.ask("GET", "Product/GetReviews/{M}/NOTHING")) == 1009
    assert code(await caller.ask("GET", f"Product/Comments/{GARLIC_BREAD}/5/{{M}}")) == 1009
    assert code(await caller.ask("GET", "Product/Comments/1/0/{M}")) == 5005
    assert (await information(caller, GARLIC_BREAD, LOCATION_ID))["NoofReview"] == "0"
