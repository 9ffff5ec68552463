"""What an update says about a product's sale holds: its days, its quantities, back orders, a hidden price."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.sandbox.product_calls import LOCATION_CODE, information, set_information, set_price
from tests.sandbox.sandbox_calls import GARLIC_BREAD, PEPSI, PEPSI_CAN, PEPSI_LITRE, Caller, code, item
from tests.sandbox.sandbox_orders import place, refused

pytestmark = pytest.mark.anyio
VARIANT = {
    "CategoryReference": "",
    "sku": "DR-PEPSI",
    "variantsku": "DR-PEPSI-BOTTLE1L",
    "ProductTitle": "Pepsi",
    "VariantProperty1": "Size",
    "Value1": "Bottle 1 l",
}


@pytest.fixture(autouse=True)
async def _session(caller: Caller) -> None:
    """A walk-in on 15 January 2027, 11:00 in Kuwait."""
    caller.clock.now = datetime(2027, 1, 15, 8, 0, tzinfo=UTC).timestamp()
    await caller.walk_in()


async def is_listed(caller: Caller) -> bool:
    response = await caller.input("Product/{M}/Search", {"keyword": "garlic bread"})
    return str(GARLIC_BREAD) in response["ProductIds"]


async def change(caller: Caller, quantity: int) -> Any:
    key = (await caller.cart())["CartItems"][0]["CartReferenceKey"]
    return await caller.ask("GET", f"Carts/Update/{{M}}/{key}/{quantity}")


@pytest.mark.parametrize(
    ("fields", "is_sold"),
    [
        ({"StartDate": "14/01/2027"}, True),
        ({"StartDate": "16/01/27"}, False),
        ({"EndDate": "15/01/2027"}, True),
        ({"EndDate": "14/01/2027"}, False),
        ({"StartDate": "15/01/2027", "StartTime": "10:59:00"}, True),
        ({"StartDate": "15/01/2027", "StartTime": "11:01:00"}, False),
        ({"EndDate": "15/01/2027", "EndTime": "11:01:00"}, True),
        ({"EndDate": "15/01/2027", "EndTime": "9:00:00"}, False),
        ({"StartDate": "16/01/2027", "PreOrder": "Y"}, True),
        ({"EndDate": "14/01/2027", "PreOrder": "Y"}, False),
        ({"EndDate": "14/01/2027", "ShowExpired": "Y"}, True),
    ],
)
async def test_a_product_is_sold_on_its_days(caller: Caller, fields: dict[str, str], is_sold: bool) -> None:
    assert await set_information(caller, **fields) == ("C", None)
    assert await is_listed(caller) is is_sold
    assert code(await caller.add(item(GARLIC_BREAD))) == (1004 if is_sold else 5005)


async def test_a_line_whose_last_day_has_passed_stops_the_order(caller: Caller) -> None:
    await set_information(caller, EndDate="15/01/2027", EndTime="11:10:00")
    await caller.add(item(GARLIC_BREAD))
    caller.clock.now += 11 * 60
    assert (await caller.cart())["FailedProducts"][0]["ProductId"] == GARLIC_BREAD
    assert code(await place(caller)) == 1022


async def test_a_variant_has_days_of_its_own(caller: Caller) -> None:
    assert await set_information(caller, **VARIANT, EndDate="14/01/2027") == ("C", None)
    assert code(await caller.add(item(PEPSI, PEPSI_LITRE))) == 1022
    assert code(await caller.add(item(PEPSI, PEPSI_CAN))) == 1004


@pytest.mark.parametrize(
    ("fields", "quantity", "expected"),
    [
        ({"MinimumOrderQuantity": "3"}, 2, 1016),
        ({"MinimumOrderQuantity": "3"}, 3, 1004),
        ({"MaximumOrderQuantity": "3"}, 4, 1016),
        ({"MaximumOrderQuantity": "3"}, 3, 1004),
        ({"MaximumOrderQuantity": "0"}, 9, 1004),
        ({"PkgQty": "6"}, 9, 1016),
        ({"PkgQty": "6"}, 12, 1004),
        ({"PkgQty": "0"}, 5, 1004),
    ],
)
async def test_quantities_are_those_that_the_product_allows(
    caller: Caller, fields: dict[str, str], quantity: int, expected: int
) -> None:
    assert await set_information(caller, **fields) == ("C", None)
    assert code(await caller.add(item(GARLIC_BREAD, quantity=quantity))) == expected
    assert len((await caller.cart())["CartItems"]) == (expected == 1004)


async def test_the_greatest_quantity_counts_for_the_whole_order(caller: Caller) -> None:
    await set_information(caller, MaximumOrderQuantity="3")
    await caller.add(item(GARLIC_BREAD, quantity=2))
    assert code(await caller.add(item(GARLIC_BREAD, quantity=2))) == 1016
    assert code(await change(caller, 4)) == 1016
    assert code(await change(caller, 3)) == 1004


async def test_a_quantity_is_not_lowered_below_the_least(caller: Caller) -> None:
    await set_information(caller, MinimumOrderQuantity="3")
    await caller.add(item(GARLIC_BREAD, quantity=4))
    response = await change(caller, 2)
    assert (code(response), response["Message"]) == (1016, "Garlic Bread: An order has at least 3")


async def test_a_limit_set_later_stops_the_order(caller: Caller) -> None:
    await caller.add(item(GARLIC_BREAD, quantity=4))
    await set_information(caller, MaximumOrderQuantity="3")
    assert refused(await place(caller)) == [("StockValidator", 13, "Garlic Bread")]


@pytest.mark.parametrize(
    ("back_order", "quantity", "expected"),
    [("Y", 9, 1004), ("N", 3, 5004), ("4", 6, 1004), ("4", 7, 5004)],
)
async def test_back_orders_go_beyond_the_stock(
    caller: Caller, back_order: str, quantity: int, expected: int
) -> None:
    await set_price(caller, stock="2", locationrefcode=LOCATION_CODE)
    assert await set_information(caller, BackOrder=back_order) == ("C", None)
    assert code(await caller.add(item(GARLIC_BREAD, quantity=quantity))) == expected
    shown = (await information(caller, GARLIC_BREAD))["BackOrder"]
    assert shown == ("0" if back_order == "N" else "1")


async def test_a_hidden_price_is_not_printed_and_still_charged(caller: Caller) -> None:
    await set_information(caller, HidePrice="Y", Webprice="0.500")
    product = await information(caller, GARLIC_BREAD)
    assert (product["MRP"], product["WebPrice"]) == (None, None)
    cart = (await caller.add(item(GARLIC_BREAD)))["Carts"]
    assert cart["ProductCost"] == 0.5


async def test_every_other_field_is_stored_and_read_back(caller: Caller) -> None:
    fields = {
        "PaymentOptionOnline": "Y", "PaymentOptionCOD": "N", "DeliveryOptionOffline": "N",
        "LocationBased": "Y", "ShippingCode": "flat", "TaxCode": "GST", "BankProductId": "654786",
        "OfferProductImage": "image.jpg", "PageTitle": "Bread", "Keywords": "loaf,crust",
        "KeywordDescription": "what it is", "LargeImage": "large.jpg", "LargeImageAltText": "A large loaf",
        "StartTime": "12:00:00", "EndTime": "01:00:00", "PeriodicityType": "monthly",
        "PeriodicityRangeWeekly": "1-30", "LBH": "1*2*3", "BuyingWeight": "250.000",
        "MinimumOrderQuantity": "1", "MaximumOrderQuantity": "5",
        "StockAvailableMessage": "Stock will be available in 2 days", "ProductCondition": "New",
        "Warrantybearer": "Dealer", "WarrantyInMonths": "2", "ModelNumber": "UG654",
        "ProductNote": "for us", "StdProductCode": "72.02.01-01", "MPN": "M1", "Vendor": "SampleVendor",
        "VendorSKU": "SV123", "StdProductType": "HSN", "SectionRefCode": "S1", "Reorderstocklevel": "4",
    }  # fmt: skip
    assert await set_information(caller, **fields) == ("C", None)
    product = await information(caller, GARLIC_BREAD)
    assert {name: product[name] for name in fields} == fields
    assert product["ShippingCodes"] == "flat"
    response = await caller.input("Product/{M}/Search", {"keyword": "crust"})
    assert str(GARLIC_BREAD) in response["ProductIds"]


async def test_a_variants_fields_are_read_back_with_its_product(caller: Caller) -> None:
    fields = {"CostPrice": "0.200", "CatalogCode": "V1", "ReserveQuantity": "3", "PkgQty": "2"}
    assert await set_information(caller, **VARIANT, **fields, PreOrder="Y", BackOrder="5") == ("C", None)
    response = await caller.ask("GET", f"Product/ProductVarient/{{M}}/{PEPSI_LITRE}")
    (variant,) = response["ProductVarient"]
    found = [variant[key] for key in ("CostPrice", "CatalogCode", "ReserveQuantity", "BulkQuantity")]
    assert found == [0.2, "V1", 3, 2]
    assert (variant["PreOrder"], variant["BackOrder"]) == (True, True)


async def test_products_are_found_by_their_catalogue_code(caller: Caller) -> None:
    await set_information(caller, CatalogCode="Winter-27")

    async def found(catalogue: str) -> list[str]:
        return (await caller.input("Product/{M}/Search", {"catalogcode": catalogue}))["ProductIds"]

    assert await found("winter-27") == [str(GARLIC_BREAD)]
    assert await found("other") == []


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"BackOrder": "some"}, "backorder is not a whole number"),
        ({"StartTime": "noon"}, "starttime is not a time such as 12:00:00"),
    ],
)
async def test_a_value_that_is_none_is_refused(caller: Caller, fields: dict[str, str], error: str) -> None:
    assert await set_information(caller, **fields) == ("F", error)
