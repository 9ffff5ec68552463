"""Replies about products have the documented keys, with values of the documented types."""

import json
from typing import Any

import pytest

from tests.paths import API_SAMPLES
from tests.sandbox.product_calls import (
    GARLIC_SKU,
    LOCATION_ID,
    PEPSI_LITRE_SKU,
    PEPSI_SKU,
    post_json,
    set_information,
)
from tests.sandbox.sandbox_calls import GARLIC_BREAD, PEPSI, PEPSI_CAN, Caller

pytestmark = pytest.mark.anyio
FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "products.parents": ("Product/{M}/GetMultipleParentproducts", {"varientProductIds": str(PEPSI_CAN)}),
    "products.serviceable": (
        f"Product/PincodeServiceability/{{M}}/{GARLIC_BREAD}",
        {"pincode": "1", "locationid": str(LOCATION_ID)},
    ),
    "products.set_stock": ("product/updatestock", {"sku": GARLIC_SKU, "Inventory": "1"}),
    "products.set_stock_at_location": (
        "Product/UpdateLocationProductStock",
        {"sku": GARLIC_SKU, "locationReferenceCode": "SALM", "Inventory": "1"},
    ),
    "products.remove_tag": (
        "Product/RemoveLocationTagFromProduct/{M}",
        {"sku": GARLIC_SKU, "producttag": "bread", "locationid": str(LOCATION_ID)},
    ),
}
PATHS = {
    "products.information": f"Product/Information/{{M}}/{GARLIC_BREAD}/{LOCATION_ID}",
    "products.with_attributes": f"Product/InformationNAttr/{{M}}/{GARLIC_BREAD}",
    "products.by_tag": "Product/{M}/bread/0",
    "products.by_type": "Product/Category/{M}/CU00357461/P/1",
    "products.variants": f"Product/Varients/{{M}}/{PEPSI}/active",
    "products.location_attributes": f"Product/LocationAttribute/{{M}}/{PEPSI_SKU}/{PEPSI_LITRE_SKU}/SALM",
    "products.tags": f"Product/GetProductsTagsByProductId/{{M}}/{GARLIC_BREAD}",
    "products.tags_at_location": f"Product/GetProductsTagsByProductId/{{M}}/{GARLIC_BREAD}/{LOCATION_ID}",
    "products.by_category": "Product/Category/{M}/CU00357461/Active",
    "products.reviews": "Product/GetReviews/{M}/PZ-CHICKEN-SUPREME",
    "products.comments": "Product/Comments/13047273/0/{M}",
    "products.bundle_items": "Product/GetBundleItemsbyBundleProductId/{M}/13047273",
    "products.task": "Product/MSMQTaskDetails/{M}/2718751",
    "products.task_errors": "Product/MSMQErrorDetails/{M}/2718751",
    "products.attributes": f"Product/Attribute/{{M}}/{GARLIC_BREAD}",
    "products.contents": f"Product/Contents/{{M}}/{GARLIC_BREAD}",
    "products.featured": "Product/Featured/{M}",
    "products.similar": f"Product/Similar/{{M}}/{GARLIC_BREAD}/0",
    "products.upsell": f"Product/UpSale/{{M}}/{GARLIC_BREAD}/0",
    "products.remove_offer_text": "Product/RemoveOfferText/{M}",
    "tags.all": "ProductTags/{M}",
    "tags.details": "ProductTags/{M}/Featured",
    "tags.count": "ProductTags/{M}/count",
    "categories.information": "Category/Information/{M}/CU00357461",
    "categories.variant_properties": "Category/{M}/CU00357465/variantproperties",
    "store.countries": "Store/Countries/{M}",
    "store.states": "Store/States/{M}/KW",
    "store.cities": "Store/Cities/{M}/KW2",
    "store.information": "Store/Information/{M}",
}


def shape(value: Any) -> Any:
    """Return keys and types: a list becomes its first item, a number a number; null matches any type."""
    match value:
        case dict():
            return {key: shape(inner) for key, inner in value.items()}
        case list():
            return [shape(value[0])] if value else []
        case None | bool() | str():
            return type(value).__name__
        case _:
            return "number"


def differences(ours: Any, theirs: Any, place: str = "") -> list[str]:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        odd = [f"{place}.{key}" for key in ours.keys() ^ theirs.keys()]
        return odd + [
            d
            for key in ours.keys() & theirs.keys()
            for d in differences(ours[key], theirs[key], f"{place}.{key}")
        ]
    if isinstance(ours, list) and isinstance(theirs, list):
        return differences(ours[0], theirs[0], f"{place}[]") if ours and theirs else []
    return [] if ours == theirs or "NoneType" in (ours, theirs) else [f"{place}: {ours}, printed {theirs}"]


def assert_as_printed(response: Any, name: str) -> None:
    sample = json.loads((API_SAMPLES / f"{name}.answer.json").read_text("utf-8"))
    assert differences(shape(response), shape(sample)) == []


@pytest.fixture
async def busy(caller: Caller) -> Caller:
    """Return a caller of a store that has a task, a file and an attribute at a location."""
    await set_information(caller)
    image = {"filename": "a.png", "smallimage": "a.png", "thumbnail": "a.png", "zoom": "a.png"}
    await post_json(caller, "Product/AttachImages/{M}", [{"sku": GARLIC_SKU, "images": [image]}])
    row = {"sku": PEPSI_SKU, "variantsku": PEPSI_LITRE_SKU, "locationrefcode": "SALM"}
    row |= {"AttributeId": "CU00357465-001", "AttributeValue": "Iced"}
    path = "Product/UpdateProductAttribute/{M}"
    await caller.input(path, {"ProductAttribute": row}, MerchantId=caller.merchant)
    caller.clock.now += 2
    return caller


@pytest.mark.parametrize("name", PATHS)
async def test_what_is_read_is_as_printed(busy: Caller, name: str) -> None:
    assert_as_printed(await busy.ask("GET", PATHS[name]), name)


@pytest.mark.parametrize("name", FORMS)
async def test_form_post_gets_the_printed_response(caller: Caller, name: str) -> None:
    path, form = FORMS[name]
    assert_as_printed(await caller.ask("POST", path, form | {"MerchantId": caller.merchant}), name)


async def test_json_post_gets_the_printed_response(caller: Caller) -> None:
    user = str(caller.store.rows("SELECT user_id FROM customer")[0]["user_id"])
    review = {"title": "Good", "message": "Warm.", "isGoLive": "True"}
    price = await post_json(caller, "Product/Price/{M}", {"sku": GARLIC_SKU})
    added = await post_json(caller, f"Product/AddReview/{{M}}/{user}/{GARLIC_SKU}", review)
    images = await post_json(caller, "Product/AttachImages/{M}", [{"sku": GARLIC_SKU}])
    path = f"Product/GetTierPriceDetailsbyproductId/{{M}}/{user}/13047659/0"
    assert_as_printed(price, "products.sku_price")
    assert_as_printed(added, "products.add_review")
    assert_as_printed(images, "products.attach_images")
    assert_as_printed(await caller.ask("GET", path), "products.tier_prices")
