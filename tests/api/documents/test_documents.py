"""Requests as the documents print them, and their sample responses parsed in full.

``documented`` holds the samples as printed. Two printed responses are not JSON: LocationStockPrice lacks
its last brace and Get Cart Items the opening of its first item; both are stored as ``.printed.txt`` beside
a repaired copy.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pydantic import AliasChoices, SecretStr

from console.api.carts import checkout_models
from console.api.carts import models as cart_models
from console.api.carts.requests import (
    NEW_LINE_KEY,
    BundleItemRequest,
    CartChildRequest,
    CartItemRequest,
    ShippingRegion,
    WireDeliveryMode,
    WirePortion,
)
from console.api.customers import models as customer_models
from console.api.customers.models import CustomerAccountDetails
from console.api.errors import UnreadableResponse
from console.api.products import models as product_models
from console.api.products.models import ProductSearch
from console.api.stores import locations
from console.api.transport.wire_types import WireError, WireModel, read_json
from console.operations import OPERATIONS, Operation
from tests.api.documents.samples import API_SAMPLES, TOKEN, documented_api, documented_request

pytestmark = pytest.mark.anyio


class TestCustomers:
    async def test_agent_login(self) -> None:
        api, port = documented_api("customers.agent_login", merchant="9820eca5-d11f-4df1-9b20-983a45ea9631")

        agent = await api.customers.agent_login(user_name="39249@capillary.com", password=SecretStr("sam123"))

        assert port.path == "Customer/9820eca5-d11f-4df1-9b20-983a45ea9631/AgentLogin"
        assert port.form == documented_request("customers.agent_login")
        assert (agent.agent_id, agent.first_name) == ("389f81f2-3508-4391-bc7a-5e369a030398", "Tim")
        assert [(place.location_id, place.name) for place in agent.locations] == [(190, "Bangalore")]
        assert [role.name for role in agent.roles] == ["Order Manager"]

    async def test_start_customer_session(self) -> None:
        api, port = documented_api("customers.start_session", merchant="6c57599f-2c43-4c82-806a-e07c3410f5d3")

        token = await api.customers.start_session(
            user_name="tom.sawyer@example.com",
            operator_id="00abbff7-50be-487e-a5f3-319eef982f2b",
            password=SecretStr("ABG-70@cp"),
            location_id=17444,
            token=SecretStr("gmah4uer4x5clfm1pxczhxxx"),
        )

        assert port.form == documented_request("customers.start_session")
        assert port.requests[0].headers["accesstoken"] == "gmah4uer4x5clfm1pxczhxxx"
        assert token.access_token.get_secret_value() == "i1z1ouqyb3roglpei1vmpowe"
        assert token.issued_at == datetime(2018, 7, 31, 9, 38, 49, 318000, UTC)
        assert "i1z1" not in repr(token)

    async def test_get_access_token_sends_no_body(self) -> None:
        api, port = documented_api("customers.access_token")

        token = await api.customers.access_token()

        assert (port.requests[0].method, port.requests[0].body) == ("POST", b"")
        assert token.access_token.get_secret_value() == "gmah4uer4x5clfm1pxczhxxx"

    async def test_validate_access_token(self) -> None:
        api, port = documented_api("customers.validate_token")

        assert await api.customers.validate_token(token=TOKEN)
        assert port.path == "Customer/6c57599f/i1z1ouqyb3roglpei1vmpowe/ValidateToken"

    async def test_customer_logout(self) -> None:
        api, port = documented_api("customers.logout")

        await api.customers.logout(token=TOKEN)

        assert port.requests[0].headers["accesstoken"] == "i1z1ouqyb3roglpei1vmpowe"

    async def test_search_customers(self) -> None:
        api, port = documented_api("customers.search")

        found = await api.customers.search(user_name="tom")

        assert port.form["InputData"] == documented_request("customers.search")["InputData"]
        assert [(customer.first_name, customer.mobile) for customer in found] == [("Tom", "91-7411639213")]

    async def test_get_customer_details(self) -> None:
        api, port = documented_api("customers.details")

        customer = await api.customers.details(user_id="132d3c1d-7d71-4b87-9a69-a4d216d634fa")

        assert port.path == "Customer/6c57599f/132d3c1d-7d71-4b87-9a69-a4d216d634fa"
        assert (customer.city, customer.city_name) == ("32", "Bangalore")
        assert [(a.name, a.value) for a in customer.attributes] == [("Favorite Game", "Football")]
        assert customer.is_activated

    async def test_create_customer_account(self) -> None:
        api, port = documented_api("customers.create", merchant="81e77da2-723b-483d-8c0d-49f800c1xxxx")
        details = CustomerAccountDetails(
            user_name="tom.sawyer@capillarytech.com",
            first_name="Tom",
            last_name="Sawyer",
            mobile="917000000000",
            alternate_email="alternateEmail@gmail.com",
            postal_address="100, Santa Plaza",
            street="MG Road",
            area="Area Name",
            city="3451",
            city_name="Bangalore",
            state="KA",
            country="IN",
            pin="560001",
            gender="F",
            preferred_language="en",
        )

        customer = await api.customers.create(details=details, password=SecretStr("ABG-704@cp"))

        assert (
            sent_customer(port.form).items() <= sent_customer(documented_request("customers.create")).items()
        )
        assert customer.user_id == "9b0df0ca-101c-4525-ac55-33829319085a"

    async def test_update_customer_details(self) -> None:
        api, port = documented_api("customers.update", merchant="7c778337-4652-4944-934f-09e0fe56xxxx")
        details = CustomerAccountDetails(first_name="Tom", mobile="917400000000", gender="male")

        await api.customers.update(
            user_id="1142e724-0f59-4b43-ace6-f10e0e2fxxxx", details=details, token=TOKEN
        )

        assert (
            sent_customer(port.form).items() <= sent_customer(documented_request("customers.update")).items()
        )

    async def test_get_customer_groups(self) -> None:
        api, _ = documented_api("groups.of_customer")

        (group,) = await api.groups.of_customer(user_id="31a7d819-e4ab-4c2d-985a-5ee9a003d694")

        assert (group.group_id, group.name, group.member_count) == (8714, "NewUser", 2)


def sent_customer(form: dict[str, object]) -> dict[str, object]:
    payload = form["InputData"]
    assert isinstance(payload, dict)
    return payload["customer"]


class TestProducts:
    async def test_search_products(self) -> None:
        api, port = documented_api("products.search", merchant="9820eca5-d11f-4df1-9b20-983a45ea9631")

        ids = await api.products.search(ProductSearch(page=2, page_size=50))

        assert port.form["InputData"] == {
            "merchantId": "9820eca5-d11f-4df1-9b20-983a45ea9631",
            "pageNumber": 2,
            "pageSize": 50,
        }
        assert ids[0] == 11360864
        assert len(ids) == 13

    async def test_auto_complete(self) -> None:
        api, port = documented_api("products.auto_complete")

        assert await api.products.auto_complete(keyword="t-shirt/x ..", location_id=24342, limit=5) == (
            13036942,
        )
        assert port.path == "ProductAutoComplete/6c57599f/t-shirt%20x/5/24342"

    async def test_get_products_by_category(self) -> None:
        api, port = documented_api("products.by_category")

        first, *_ = await api.products.by_category(category_id="CU00378213")

        assert port.path == "Product/Category/6c57599f/CU00378213/Active"
        assert (first.product_id, first.mrp, first.web_price) == (14498019, 1490, 1341)
        assert first.category_name == "Grill Pans"
        assert first.starts is None
        assert first.inventory is None

    async def test_get_product_information(self) -> None:
        api, _ = documented_api("products.information")

        product = await api.products.information(product_id=11982534, location_id=16696)

        assert (product.inventory, product.is_in_stock, product.sku) == (120, True, "100040621")
        assert product.starts == datetime(2018, 9, 17, 18, 30, tzinfo=UTC)

    async def test_get_product_variants_by_parent(self) -> None:
        api, _ = documented_api("products.variants")

        first, *_ = await api.products.variants(product_id=12322048)

        assert (first.variant_id, first.product_id, first.inventory) == (9076980, 12322048, 110)
        assert [(value.name, value.value) for value in first.values] == [("Weight", "1kg Box")]

    async def test_get_product_variants_by_id(self) -> None:
        api, _ = documented_api("products.variant")

        variant = await api.products.variant(variant_id=27686)

        assert next(value.value for value in variant.values) == "Medium | Serves 2"

    async def test_get_product_details_by_sku(self) -> None:
        api, port = documented_api("products.by_sku")

        product = await api.products.by_sku(sku="100 040/621")

        assert port.path == "Product/SKU/6c57599f/100%20040%2F621"
        assert product.barcode == ""

    async def test_get_multiple_products_information(self) -> None:
        api, port = documented_api("products.multiple", merchant="993c939a-a2e8-4934-bbf5-390f37457a55")

        products = await api.products.multiple(product_ids=[14577401, 14577451])

        assert port.form == documented_request("products.multiple")
        assert products[0].is_parent
        assert products[0].inventory == 100

    async def test_location_stock_price(self) -> None:
        api, port = documented_api(
            "products.stock_by_location", merchant="f48fdd16-92db-4188-854d-1ecd9b62d066"
        )

        stock = await api.products.stock_by_location(product_id=14106036, location_id=17586)

        assert port.form == documented_request("products.stock_by_location")
        assert [(row.location_id, row.variant_id, row.inventory) for row in stock] == [
            (17586, 10178766, 100),
            (18340, 0, 11),
        ]

    async def test_validate_location(self) -> None:
        api, port = documented_api("products.validate_location")

        assert await api.products.validate_location(
            product_id=14106036, variant_id=10178766, pin="500090", location_id=18340, quantity=1
        )
        assert port.path == "Product/ValidateLocation/6c57599f/14106036/10178766/500090/18340/1"


class TestCarts:
    async def test_add_normal_and_variant_items(self) -> None:
        api, port = documented_api("carts.add_items")
        items = [
            CartItemRequest(product_id=12688220, variant_id=9727627, location_id=22612),
            CartItemRequest(product_id=12688543, variant_id=9727682, location_id=22612, quantity=2),
        ]

        response = await api.carts.add_items(
            token=TOKEN, items=items, delivery_mode=WireDeliveryMode.DELIVERY
        )

        sent, sample = sent_cart(port.form), sent_cart(documented_request("carts.add_items"))
        assert sent["DelveryMode"] == sample["DelveryMode"]
        assert as_text(sent["Item"]) == as_text(sample["Item"])
        assert response.cart.product_cost == Decimal("60.528000000000006")
        assert response.cart.total == Decimal("73.428")
        assert response.cart.items[0].children[0].variant[0].value == "Pan"
        assert response.failed_items == ()

    @pytest.mark.parametrize("name", ["default_deal", "customized_deal", "customized_bundle"])
    async def test_add_bundles_and_deals(self, name: str) -> None:
        api, port = documented_api(f"carts.add_items.{name}")
        sample = sent_cart(documented_request(f"carts.add_items.{name}"))

        await api.carts.add_items(
            token=TOKEN,
            items=[item_as_printed(item) for item in objects(sample["Item"])],
            delivery_mode=WireDeliveryMode(str(sample["DelveryMode"])),
            shipping=ShippingRegion(
                city=str(sample["ShipCity"]),
                state=str(sample["ShipState"]),
                country=str(sample["ShipCountry"]),
            ),
        )

        assert sent_cart(port.form) == sample

    async def test_the_documented_deal_lists_bundles_beside_components(self) -> None:
        api, _ = documented_api("carts.add_items.customized_deal")

        response = await api.carts.add_items(token=TOKEN, items=[], delivery_mode=WireDeliveryMode.DELIVERY)

        (deal,) = response.cart.items
        bundle = deal.children[0]
        inside = [child for child in deal.children if child.bundle_reference_key == bundle.reference_key]
        assert response.cart.product_cost == Decimal("5.650000000000001")
        assert response.cart.location_id == 27299
        assert len(deal.children) == 18
        assert (bundle.product_id, bundle.group_id, bundle.portion) == (13047273, 13317, "W")
        assert inside

    async def test_get_cart_items_by_access_token(self) -> None:
        api, port = documented_api("carts.by_token")

        cart = await api.carts.by_token(token=TOKEN)

        assert port.path == "Carts/cart/6c57599f/i1z1ouqyb3roglpei1vmpowe"
        assert [child.title for child in cart.items[0].children][:2] == ["Beef", "Chicken Pepperoni"]
        assert cart.items[0].children[0].web_price == Decimal("0.4")

    async def test_update_quantity(self) -> None:
        api, port = documented_api("carts.update_quantity")

        response = await api.carts.update_quantity(
            token=TOKEN, reference_key="4a2a68a9-208d-4039-8635-7d26611f4dcd", quantity=3
        )

        (item,) = response.cart.items
        assert port.path == "Carts/Update/6c57599f/4a2a68a9-208d-4039-8635-7d26611f4dcd/3"
        assert item.reference_key != "4a2a68a9-208d-4039-8635-7d26611f4dcd"
        assert item.bundle_reference_key == NEW_LINE_KEY
        assert [(rule.title, rule.discount) for rule in item.promotions] == [
            ("Sample Rule", Decimal("0.025"))
        ]

    async def test_remove_an_item(self) -> None:
        api, port = documented_api("carts.remove")

        await api.carts.remove(token=TOKEN, reference_key="4a2a68a9", quantity=1)

        assert (port.requests[0].method, port.path) == ("GET", "Carts/Remove/6c57599f/4a2a68a9/1")


def sent_cart(form: dict[str, object]) -> dict[str, object]:
    payload = form["InputData"]
    assert isinstance(payload, dict)
    return payload["cart"]


def objects(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


def as_text(value: object) -> object:
    """Convert numbers to text, as the first sample prints them."""
    match value:
        case dict():
            return {name: as_text(inner) for name, inner in value.items()}
        case list():
            return [as_text(inner) for inner in value]
        case _:
            return str(value)


def item_as_printed(item: dict[str, object]) -> CartItemRequest:
    return CartItemRequest(
        product_id=number(item, "ProductID"),
        variant_id=number(item, "VariantProductID"),
        quantity=number(item, "Quantity"),
        location_id=number(item, "LocationId"),
        reference_key=str(item["CartReferenceKey"]),
        portion=WirePortion(str(item["Portion"])),
        price=Decimal(str(item["Price"])),
        children=tuple(child_as_printed(child) for child in objects(item["ChildItem"])),
    )


def child_as_printed(child: dict[str, object]) -> CartChildRequest:
    return CartChildRequest(
        product_id=number(child, "ProductID"),
        variant_id=number(child, "VariantProductID"),
        quantity=number(child, "Quantity"),
        portion=WirePortion(str(child["Portion"])),
        group_id=number(child, "GroupID") if "GroupID" in child else None,
        children=tuple(part_as_printed(part) for part in objects(child.get("ChildItem", []))),
    )


def part_as_printed(part: dict[str, object]) -> BundleItemRequest:
    return BundleItemRequest(
        product_id=number(part, "productId"),
        variant_id=number(part, "variantProductId"),
        quantity=number(part, "quantity"),
        portion=WirePortion(str(part["portion"])),
        bundle_product_id=number(part, "bundleProductId"),
        group_id=number(part, "groupId"),
        bundle_item_id=number(part, "bundleItemId") if "bundleItemId" in part else None,
        is_bundle=bool(part["isBundle"]) if "isBundle" in part else None,
        title=str(part.get("title", "")),
        kind=str(part.get("type", "")),
    )


def number(fields: dict[str, object], name: str) -> int:
    value = fields[name]
    assert isinstance(value, int)
    return value


class TestLocations:
    async def test_search_locations(self) -> None:
        api, port = documented_api("locations.search")

        found = await api.locations.search(pin="500090", delivery_area="hyderabad", delivery_area_id="16696")

        assert port.form == documented_request("locations.search")
        assert (found[0].location_id, found[0].code) == (16696, "OCDEL")
        assert (found[0].latitude, found[0].longitude) == (28.6826, 77.022)

    @pytest.mark.parametrize("name", ["locations.information", "locations.information.2"])
    async def test_get_location_information(self, name: str) -> None:
        api, _ = documented_api(name)

        location = await api.locations.information(location_id=18340)

        assert location.city_name in {"Mumbai", "New Delhi"}
        assert len(location.store_hours) == 7


@pytest.mark.parametrize("name", ["carts.by_token", "products.stock_by_location"])
def test_what_is_printed_damaged_is_refused_and_not_guessed(name: str) -> None:
    with pytest.raises(WireError, match="not JSON"):
        read_json((API_SAMPLES / f"{name}.printed.txt").read_bytes())


def models(module: object) -> list[type[WireModel]]:
    found = [value for value in vars(module).values() if isinstance(value, type)]
    return [value for value in found if issubclass(value, WireModel) and value is not WireModel]


@pytest.mark.parametrize(
    "model",
    [
        model
        for module in (customer_models, product_models, cart_models, locations)
        for model in models(module)
        if model not in {cart_models.FailedItem, checkout_models.DealReplacement}  # always empty in print
    ],
    ids=lambda model: model.__name__,
)
def test_every_field_is_spelt_as_some_document_spells_it(model: type[WireModel]) -> None:
    # The limits of a quantity are printed in the request that sets them, and in no response.
    samples = (*API_SAMPLES.glob("*.answer.json"), API_SAMPLES / "products.update.request.txt")
    text = "".join(path.read_text("utf-8") for path in samples)

    for name, described in model.model_fields.items():
        alias = described.validation_alias
        spellings = alias.choices if isinstance(alias, AliasChoices) else [name]
        assert f'"{spellings[0]}":' in text, f"{model.__name__}.{name}"


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_every_operation_of_the_table_has_a_method(operation: Operation) -> None:
    api, _ = documented_api("carts.remove")
    resource, method = operation.name.split(".")

    assert callable(getattr(getattr(api, resource), method))


DAMAGE: list[Callable[[str], str]] = [
    lambda text: text[: len(text) // 2],
    lambda text: text.replace(": {", ": [", 1),
    lambda text: text.replace('"ProductId":', '"ProductIdentity":'),
    lambda text: text.replace('"Quantity": 3', '"Quantity": "many"'),
    lambda text: text.replace('"CartItems": [', '"CartItems": [7, '),
]


@pytest.mark.parametrize("damage", DAMAGE, ids=["cut", "brackets", "no id", "no number", "no object"])
async def test_a_damaged_cart_is_the_one_documented_error(damage: Callable[[str], str]) -> None:
    api, port = documented_api("carts.update_quantity")
    port.body = damage(port.body.decode()).encode()

    with pytest.raises(UnreadableResponse) as caught:
        await api.carts.update_quantity(token=TOKEN, reference_key="4a2a68a9", quantity=3)

    assert caught.value.outcome_unknown
    assert "7Up" not in caught.value.diagnostics
