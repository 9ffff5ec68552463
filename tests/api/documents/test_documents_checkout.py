"""Checkout of carts: requests as the documents print them, and their sample responses parsed in full."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from pydantic import AliasChoices, SecretStr

from console.api.carts import checkout_models
from console.api.carts import models as cart_models
from console.api.carts.checkout_requests import OrderAddress, OrderAttribute
from console.api.carts.models import WireCart
from console.api.carts.requests import CartChildRequest, CartItemRequest, WireDeliveryMode, WirePortion
from console.api.transport.wire_types import WireModel
from tests.api.documents.printed_samples import payload, sent_payload
from tests.api.documents.samples import API_SAMPLES, TOKEN, documented_api

pytestmark = pytest.mark.anyio

INDIA = timezone(timedelta(hours=5, minutes=30))
MERCHANT = "81e77da2-723b-483d-8c0d-49f800c1e288"


class TestLines:
    async def test_get_cart_items(self) -> None:
        api, port = documented_api("carts.get")

        cart = await api.carts.get(token=TOKEN)

        assert (port.requests[0].method, port.path) == ("GET", "Carts/cart/6c57599f?promotionDetails=true")
        assert port.requests[0].headers["languagecode"] == "en"
        assert (cart.product_cost, cart.total) == (Decimal("5.650000000000001"), Decimal("6.15"))
        assert len(cart.items[0].children) == 18
        (applied,) = cart.applied_promotions
        assert (applied.rule_id, applied.title, applied.discount) == (40981, "user group", 18)
        assert cart.requested_time is None
        assert [option.kind for option in cart.payment_options][:1] == ["COD"]

    @pytest.mark.parametrize("name", ["add_default_deal", "add_customised_deal", "add_customised_bundle"])
    async def test_deals_and_bundles_go_the_way_of_every_item(self, name: str) -> None:
        api, port = documented_api("carts.add_items.customized_deal")
        line = CartItemRequest(product_id=8293532, location_id=15254)
        named = "bundle" if name.endswith("bundle") else "deal"

        await getattr(api.carts, name)(token=TOKEN, delivery_mode=WireDeliveryMode.DELIVERY, **{named: line})

        assert port.path == "carts/AddCartItems/6c57599f"
        body: Any = port.form["InputData"]
        assert body["cart"]["Item"][0]["ProductID"] == 8293532

    async def test_edit_cart_item(self) -> None:
        api, port = documented_api("carts.edit")
        sample = payload("carts.edit")
        item = CartItemRequest(
            product_id=8504427,
            location_id=13250,
            portion=WirePortion.WHOLE,
            reference_key="757eca2a-edac-435d-9025-0ecc3487d847",
            price=Decimal("2.95"),
            children=(
                CartChildRequest(product_id=8302873, variant_id=55531),
                CartChildRequest(product_id=8302905, variant_id=55669, group_id=25865),
                CartChildRequest(product_id=8302895, variant_id=55673, group_id=25873),
            ),
        )

        response = await api.carts.edit(
            token=SecretStr("5yef3kq51no12tgqwmyqdtsy"), item=item, delivery_mode=WireDeliveryMode.PICKUP
        )

        assert port.path == "carts/edit/6c57599f"
        assert sent_payload(port, "carts.edit") == sample
        assert [line.title for line in response.cart.items] == ["Margherita"]

    async def test_add_free_products(self) -> None:
        api, port = documented_api("carts.add_free_products")
        item = CartItemRequest(product_id=8278046, location_id=13378)

        response = await api.carts.add_free_products(
            token=TOKEN, rule_id=41689, items=[item], delivery_mode=WireDeliveryMode.DELIVERY
        )

        assert port.path == "Carts/AddFreeProducts/6c57599f/41689"
        assert sent_payload(port, "carts.add_free_products") == payload("carts.add_free_products")
        assert response.cart.tax == Decimal("0.29")
        assert [(offer.rule_id, offer.description) for offer in response.cart.free_offers] == [
            (41689, "Product Price")
        ]

    async def test_location_add_to_cart(self) -> None:
        api, port = documented_api("carts.add_at_location")

        response = await api.carts.add_at_location(
            token=TOKEN, product_id=13038134, variant_id=9972544, location_id=24342, currency="INR"
        )

        assert port.path == "Carts/LocationCart/6c57599f/13038134/9972544/1/24342/INR"
        assert response.cart.items[0].quantity == 3
        assert response.cart.requested_time is None

    @pytest.mark.parametrize(("name", "path"), [("remove_all", "RemoveAll"), ("clear", "clear")])
    async def test_all_out(self, name: str, path: str) -> None:
        api, port = documented_api(f"carts.{name}")

        await getattr(api.carts, name)(token=TOKEN)

        assert (port.requests[0].method, port.path) == ("GET", f"Carts/{path}/6c57599f")
        assert port.requests[0].headers["accesstoken"] == TOKEN.get_secret_value()


class TestCheckout:
    @pytest.mark.parametrize(
        ("name", "path"), [("apply_voucher", "ApplyVoucher"), ("remove_voucher", "RemoveVoucher")]
    )
    async def test_vouchers(self, name: str, path: str) -> None:
        api, port = documented_api(f"carts.{name}")

        cart = await getattr(api.carts, name)(token=TOKEN, voucher_code="SAMPLE123")

        assert (port.requests[0].method, port.path) == ("GET", f"Carts/{path}/6c57599f/SAMPLE123")
        assert (cart.voucher_discount, cart.promotion_discount) == (10, Decimal("0.025"))
        assert cart.items[0].promotions[0].voucher_code == "SAMPLE123"

    async def test_update_address(self) -> None:
        api, port = documented_api("carts.update_address")
        billing = OrderAddress(
            first_name="Tom Sawyer",
            last_name="Sawyer",
            email="tom.sawyer@example.com",
            country="IN",
            country_name="India",
            city="2148",
            state="KA",
            street="#103/1, MG Road",
            street1="#31-220, Town Hall Road",
        )

        cart = await api.carts.update_address(token=TOKEN, billing=billing)

        assert port.path == "carts/UpdateAddress/6c57599f"
        body, sample = (
            sent_payload(port, "carts.update_address")["Cart"],
            payload("carts.update_address")["Cart"],
        )
        assert body.keys() == sample.keys()
        ours = {name: value for name, value in body.items() if not name.startswith("Ship")}
        assert ours.items() <= sample.items()
        assert cart.ship_city == "2148"

    async def test_a_shipping_address_of_its_own_is_said_to_be_one(self) -> None:
        api, port = documented_api("carts.update_address")

        await api.carts.update_address(
            token=TOKEN, billing=OrderAddress(city="1"), shipping=OrderAddress(city="2"), validate_area=True
        )

        body = sent_payload(port, "carts.update_address")["Cart"]
        assert (body["BillCity"], body["ShipCity"]) == ("1", "2")
        assert (body["IsShippingAddressDifferent"], body["SkipDeliveryAreaValidation"]) == ("true", "true")

    async def test_update_cart_properties(self) -> None:
        api, port = documented_api("carts.update_properties", merchant=MERCHANT)
        address = OrderAddress(
            first_name="Tom",
            last_name="Sawyer",
            street="MG Road",
            street1="Sham Plaza, Bangalore, India",
            country="IN",
            state="KA",
            city="23924",
            city_name="23924",
            phone="9967819918",
            mobile="9967819918",
            pin="744103",
            email="tom.sawyer@example.com",
            latitude=Decimal("11.6233774"),
            longitude=Decimal("92.7264828"),
        )

        cart = await api.carts.update_properties(
            token=TOKEN,
            slot_id=415329,
            requested_time=datetime(2018, 9, 6, 15, 15, tzinfo=INDIA),
            location_id=121212,
            billing=address,
            shipping=address,
            attributes=[OrderAttribute(1, "phIndiatest", "test", is_predefined=False)],
            validate_area=True,
        )

        body, sample = sent_payload(port, "carts.update_properties"), payload("carts.update_properties")
        assert body.keys() == sample.keys()
        for key in body.keys() - {"ShippingAddress", "OrderAttributes"}:
            assert body[key] == sample[key], key
        assert body["ShippingAddress"].keys() == sample["ShippingAddress"].keys()
        assert body["OrderAttributes"][0] == sample["OrderAttributes"][0]
        assert cart.requested_time == datetime(2018, 9, 6, 10, 0, tzinfo=UTC)

    async def test_add_order_attributes(self) -> None:
        api, port = documented_api("carts.add_attributes")

        await api.carts.add_attributes(
            token=TOKEN,
            attributes=[
                OrderAttribute(1, "IsImmediateOrder", "true"),
                OrderAttribute(2, "channel", "APP,android"),
            ],
        )

        assert port.path == "carts/AddOrderAttributes/6c57599f"
        assert sent_payload(port, "carts.add_attributes") == payload("carts.add_attributes")

    async def test_set_delivery_slot(self) -> None:
        api, port = documented_api("carts.set_slot")

        cart = await api.carts.set_slot(
            token=TOKEN,
            slot_id=59849,
            day=datetime(2018, 8, 31, 9, tzinfo=INDIA),
        )

        assert port.path == "Carts/SetDeliverySlot/6c57599f"
        assert sent_payload(port, "carts.set_slot") == payload("carts.set_slot")
        assert cart.delivery_slot_id == 33494
        assert cart.requested_time == datetime.fromisoformat("2018-11-28T00:00:00")

    async def test_update_shipping_mode(self) -> None:
        api, port = documented_api("carts.set_shipping_mode")

        cart = await api.carts.set_shipping_mode(token=TOKEN, mode_id=2323, is_pickup=False)

        assert port.path == "Carts/ShippingMode/6c57599f/2323/Change/false"
        assert [(option.mode_id, option.is_selected) for option in cart.shipping_options] == [(2323, True)]


async def test_a_cart_is_read_whatever_operation_printed_it() -> None:
    names = ("get", "edit", "update_properties", "update_address", "set_slot", "apply_voucher")
    for name in names:
        api, _ = documented_api(f"carts.{name}")
        cart = await api.carts.get(token=TOKEN)
        assert isinstance(cart, WireCart)
        assert cart.items


@pytest.mark.parametrize(
    "model",
    [
        value
        for module in (checkout_models, cart_models)
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, WireModel)
        and value.__name__ not in {"WireModel", "FailedItem", "DealReplacement"}  # two empty in print
    ],
    ids=lambda model: model.__name__,
)
def test_every_field_is_spelt_as_some_document_spells_it(model: type[WireModel]) -> None:
    responses = "".join(path.read_text("utf-8") for path in API_SAMPLES.glob("*.answer.json"))

    for name, described in model.model_fields.items():
        alias = described.validation_alias
        spellings = alias.choices if isinstance(alias, AliasChoices) else [name]
        assert f'"{spellings[0]}":' in responses, f"{model.__name__}.{name}"
