"""Checkout: address, shipping mode, properties, attributes, payment, recommendations, common stores."""

import pytest

from console.sandbox.switches import Switches
from tests.sandbox.sandbox_calls import CAESAR, GARLIC_BREAD, PEPSI, PEPSI_CAN, Caller, code, item
from tests.sandbox.sandbox_orders import information, place_order

pytestmark = pytest.mark.anyio

ICE_CREAM, PIZZA, SUPER_SUPREME = 13047661, 13047325, 13047281
PROPERTIES = {"DeliverySlotID": 0, "DemandedDeliveryDate": "01-16-2027 15:15:00"}


@pytest.fixture(autouse=True)
async def _cart(caller: Caller) -> None:
    await caller.serve_customer()
    await caller.add(item(CAESAR))


async def address(caller: Caller, **fields: str) -> dict:
    return await caller.input("carts/UpdateAddress/{M}", {"Cart": fields})


async def properties(caller: Caller, **other: object) -> dict:
    return await caller.input("carts/UpdateCartProperties/{M}", PROPERTIES | other)


async def attributes(caller: Caller, *rows: dict) -> dict:
    return await caller.input("carts/AddOrderAttributes/{M}", list(rows))


def attribute(name: str, value: str, field_id: int = 1) -> dict:
    return {"EntityFieldID": field_id, "EntityFieldName": name, "Type": "1", "SelectedValue": value}


async def test_an_address_shows_in_the_cart(caller: Caller) -> None:
    response = await address(
        caller,
        BillFirstName="Tom",
        BillAddress="1 Street",
        ShipAddress1="2 Street",
        ShipCity="846",
        IsShippingAddressDifferent="true",
    )
    cart = await caller.cart()
    assert response["Carts"] == cart
    assert (cart["Bill_Address1"], cart["Ship_Address1"], cart["Ship_CityCode"]) == (
        "1 Street", "2 Street", "846",
    )  # fmt: skip


async def test_one_address_serves_for_both(caller: Caller) -> None:
    await address(caller, BillAddress="1 Street", BillZip="22001", IsShippingAddressDifferent="false")
    cart = await caller.cart()
    assert (cart["Ship_Address1"], cart["Ship_PostCode"]) == ("1 Street", "22001")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"ShipCity": "1"}, 1023),
        ({"ShipZip": "99999"}, 1025),
        ({"ShipCity": "846", "ShipZip": "22001"}, 1004),
    ],
)
async def test_an_address_is_checked_where_asked_for(caller: Caller, fields: dict, expected: int) -> None:
    before = await caller.cart()
    assert code(await address(caller, SkipDeliveryAreaValidation="true", **fields)) == expected
    assert (await caller.cart() == before) is (expected != 1004)


async def test_properties_are_set_at_once(caller: Caller) -> None:
    cart = (
        await properties(caller, locationID=22612, ShippingAddress={"Street": "2 Street", "PIN": "32001"})
    )["Carts"]
    assert (cart["LocationId"], cart["Ship_Address1"]) == ("22612", "2 Street")
    assert cart["DemandedDeliveryDate"] == "/Date(1800101700000+0300)/"
    assert await caller.cart() == cart


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"locationID": 1}, 1046),
        ({"locationID": 17444}, 5003),
        ({"DemandedDeliveryDate": "soon"}, 1016),
        ({"DeliverySlotID": 5}, 1044),
        ({"ShippingAddress": 7}, 1016),
        ({"OrderAttributes": [attribute("table", "x")]}, 1016),
        ({"SkipDeliveryAreaValidation": True, "ShippingAddress": {"City": "1"}}, 1023),
    ],
)
async def test_bad_properties_change_nothing(caller: Caller, wrong: dict, expected: int) -> None:
    before = await caller.cart()
    assert code(await properties(caller, **wrong)) == expected
    assert await caller.cart() == before


async def test_configured_attributes_are_read_back_from_the_order(caller: Caller) -> None:
    caller.switch(Switches(order_attributes=frozenset({"channel", "reference"})))
    await attributes(caller, attribute("channel", "APP"), attribute("reference", "R-1", 2))
    await properties(caller, OrderAttributes=[attribute("reference", "R-2", 2)])
    order = await information(caller, await place_order(caller))
    found = [(a["AttributeID"], a["AttributeName"], a["Value"]) for a in order["OrderAttributes"]]
    assert found == [(1, "channelid", "APP"), (2, "reference", "R-2")]


async def test_documents_own_attributes_are_taken(caller: Caller) -> None:
    """The sample of Add Order Attributes, key by key; an order returns ``channel`` as ``channelid``."""
    sample = [
        {
            "EntityFieldID": 1, "EntityFieldName": "IsImmediateOrder", "Type": "1", "IsPredefined": True,
            "IsMandatory": True, "SelectedValue": "true",
            "OrderEntityFieldValues": [
                {"EntityFieldValueID": 1, "EntityFieldID": 1, "Value": "true", "IsSelected": True}
            ],
        },
        {
            "EntityFieldID": 2, "EntityFieldName": "channel", "Type": "1", "IsPredefined": True,
            "IsMandatory": True, "SelectedValue": "APP,android",
            "OrderEntityFieldValues": [
                {"EntityFieldID": 2, "EntityFieldValueID": 2, "Value": "APP,android", "IsSelected": True}
            ],
        },
    ]  # fmt: skip
    assert code(await attributes(caller, *sample)) == 1004
    order = await information(caller, await place_order(caller))
    found = [(a["AttributeName"], a["Value"]) for a in order["OrderAttributes"]]
    assert found == [("IsImmediateOrder", "true"), ("channelid", "APP,android")]


async def test_gift_message_is_in_the_cart_and_in_the_order(caller: Caller) -> None:
    cart = (await properties(caller, GiftMessage="جبن زيادة"))["Carts"]
    assert cart["GiftMsg"] == "جبن زيادة"
    assert (await information(caller, await place_order(caller)))["GiftMessage"] == "جبن زيادة"


@pytest.mark.parametrize(
    "rows", [[attribute("table", "7")], [], [{"EntityFieldName": "table"}], [attribute("", "")]]
)
async def test_no_other_attribute_is_taken(caller: Caller, rows: list) -> None:
    assert code(await attributes(caller, *rows)) == 1016


async def test_the_way_of_shipping_changes_what_delivery_costs(caller: Caller) -> None:
    cart = (await caller.ask("GET", "Carts/ShippingMode/{M}/12143/Change/true"))["Carts"]
    assert cart["ShippingCost"] == 0.0
    assert cart["ShippingOptions"][0]["ShippingModeId"] == 12143
    assert await caller.cart() == cart


@pytest.mark.parametrize(
    "path", ["12143/Change/false", "1/Change/true", "x/Change/true", "12141/Change/maybe"]
)
async def test_an_unknown_way_of_shipping_is_refused(caller: Caller, path: str) -> None:
    before = await caller.cart()
    assert code(await caller.ask("GET", f"Carts/ShippingMode/{{M}}/{path}")) == 1016
    assert await caller.cart() == before


async def test_what_does_not_travel_cannot_be_switched_to_delivery(caller: Caller) -> None:
    scoop = caller.store.menu.products[ICE_CREAM].variants[0].variant_id
    await caller.add(item(ICE_CREAM, scoop), mode="S")
    assert code(await caller.ask("GET", "Carts/ShippingMode/{M}/12141/Change/false")) == 5002


async def test_payment_options_are_the_carts(caller: Caller) -> None:
    response = await caller.ask("GET", "Carts/PaymentOptions/{M}")
    assert response["PaymentOptionsChannel"] == (await caller.cart())["PaymentOptionsChannel"]


async def test_recommendations_are_in_stock_and_of_other_categories(caller: Caller) -> None:
    ids = (await caller.ask("GET", "Carts/TargetBlocks/{M}"))["ProductIds"]
    products = caller.store.menu.products
    assert ids
    assert products[CAESAR].category_id not in {products[i].category_id for i in ids}
    assert all(caller.store.stock(27299, product_id) for product_id in ids)
    await caller.add(item(ids[0]))
    assert ids[0] not in (await caller.ask("GET", "Carts/TargetBlocks/{M}"))["ProductIds"]


async def stores(caller: Caller, *products: dict, **at: str) -> list[dict]:
    data = {"products": products, **at}
    response = await caller.input("Carts/GetCommonStoresforCartItems/{M}", data, MerchantId=caller.merchant)
    return response["Locations"]


async def test_common_stores_have_all_of_it(caller: Caller) -> None:
    sku = caller.store.menu.products[SUPER_SUPREME].sku
    some = await stores(caller, {"ProductId": "0", "VariantProductId": "0", "ProductSku": sku, "Quantity": 2})
    more = await stores(
        caller,
        {"ProductId": SUPER_SUPREME, "Quantity": 3},
        {"ProductId": PEPSI, "VariantProductId": PEPSI_CAN, "Quantity": 1},
    )
    assert 24342 in {place["LocationId"] for place in some}
    assert 24342 not in {place["LocationId"] for place in more}


async def test_common_stores_come_by_distance(caller: Caller) -> None:
    found = await stores(
        caller, {"ProductId": GARLIC_BREAD, "Quantity": 1}, Latitude="29.0825", Longitude="48.1303"
    )
    away = [place["DistancefromInputLatLong"] for place in found]
    assert away == sorted(away)
    assert len(set(away)) > 1


@pytest.mark.parametrize(
    ("product", "expected"),
    [
        ({"ProductId": 1, "Quantity": 1}, 5005),
        ({"ProductId": PEPSI, "Quantity": 1}, 5007),
        ({"ProductId": CAESAR, "Quantity": 0}, 1016),
    ],
)
async def test_a_bad_product_has_no_stores(caller: Caller, product: dict, expected: int) -> None:
    data = {"products": [product]}
    path = "Carts/GetCommonStoresforCartItems/{M}"
    assert code(await caller.input(path, data, MerchantId=caller.merchant)) == expected


@pytest.mark.parametrize(
    ("method", "path", "data"),
    [
        ("POST", "carts/UpdateAddress/{M}", {"Cart": {}}),
        ("POST", "carts/UpdateCartProperties/{M}", PROPERTIES),
        ("POST", "carts/AddOrderAttributes/{M}", [attribute("channel", "x")]),
        ("GET", "Carts/ApplyVoucher/{M}/HALFDINAR", None),
        ("GET", "Carts/RemoveVoucher/{M}/HALFDINAR", None),
        ("GET", "Carts/ShippingMode/{M}/12143/Change/true", None),
        ("POST", "Carts/SetDeliverySlot/{M}", {"DeliverySlotId": 1, "DeliveryDate": "01-16-2027"}),
    ],
)
async def test_a_cart_that_was_never_begun_takes_nothing(
    caller: Caller, method: str, path: str, data: object
) -> None:
    await caller.walk_in()
    response = await (caller.input(path, data) if method == "POST" else caller.ask(method, path))
    assert code(response) == 1009
