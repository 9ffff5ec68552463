"""Customers, their groups, and OAuth: requests as printed, sample responses parsed in full."""

import json
from datetime import UTC, date, datetime

import pytest
from pydantic import AliasChoices, SecretStr

from console.api.customers import addresses, login, one_time_passwords
from console.api.customers.addresses import ShippingAddress
from console.api.customers.requests import AddressDetails
from console.api.transport.wire_types import WireModel
from tests.api.documents.samples import API_SAMPLES, TOKEN, documented_api, documented_request

pytestmark = pytest.mark.anyio


def response(name: str) -> dict:
    return json.loads((API_SAMPLES / f"{name}.answer.json").read_text("utf-8"))


class TestDirectory:
    @pytest.mark.parametrize(("name", "word"), [("activate", "Activation"), ("deactivate", "DeActivation")])
    async def test_activate_and_deactivate(self, name: str, word: str) -> None:
        api, port = documented_api(f"customers.{name}")

        await getattr(api.customers, name)(user_id="07e8f0eb")

        assert (port.requests[0].method, port.path) == ("GET", f"Customer/{word}/6c57599f/07e8f0eb")

    async def test_search_by_creation_date(self) -> None:
        api, port = documented_api("customers.search")

        await api.customers.search_by_date(first_day=date(2019, 4, 25), last_day=date(2019, 4, 26))

        assert port.form["InputData"] == {
            "customerSearch": {
                "SearchType": "CreateDate",
                "FromDate": "2019/04/25",
                "ToDate": "2019/04/26",
            }
        }

    async def test_all_customers(self) -> None:
        api, port = documented_api("customers.all")

        everyone = await api.customers.all()

        sample = response("customers.all")["Customers"]
        assert (port.requests[0].method, port.path) == ("GET", "Customer/6c57599f/All")
        assert [customer.user_id for customer in everyone] == [record["UserId"] for record in sample]
        assert [(a.attribute_id, a.name) for a in everyone[1].attributes] == [(972, "Ser"), (974, "test")]

    async def test_count(self) -> None:
        api, port = documented_api("customers.count")

        assert await api.customers.count() == 100
        assert (port.requests[0].method, port.path) == ("GET", "Customer/6c57599f/Count")

    async def test_saved_cart(self) -> None:
        api, port = documented_api("customers.saved_cart")

        (item,) = await api.customers.saved_cart(user_id="0025fc54")

        assert port.path == "Customer/SavedCart/6c57599f/0025fc54"
        assert (item.cart_item_id, item.product_id, item.variant_id) == (13222238, 11000246, 6752012)
        assert item.is_in_stock
        assert item.updated_at == datetime(2016, 9, 16, 10, 49, 59, tzinfo=UTC)

    async def test_store_operators(self) -> None:
        api, port = documented_api("customers.store_operators", merchant="9820eca5")
        role = "0abde087-16c9-4057-ac9d-f82d94473c39"

        (jim,) = await api.customers.store_operators(location_id=17722, role_id=role)

        assert port.path == f"Customer/GetStoreOperators/9820eca5/17722/{role}"
        assert (jim.first_name, jim.last_name, jim.email) == ("Jim", "karpet", "jim@cmail.com")
        assert (jim.operator_id, jim.location_ids) == ("03b3a81d-c168-4cbc-ae9d-c79ccee5adb9", (17722,))


class TestProfile:
    async def test_update_profile_attributes(self) -> None:
        api, port = documented_api("customers.update_attributes")

        await api.customers.update_attributes(
            user_id="3562a74e-1292-4d47-ba17-bc0a06af3xxx", attribute_id=1058, value="Football", token=TOKEN
        )

        assert port.path == "Customer/6c57599f/UpdateUserProfile"
        assert port.form == documented_request("customers.update_attributes")
        assert port.requests[0].headers["accesstoken"] == TOKEN.get_secret_value()

    async def test_add_shipping_address(self) -> None:
        api, port = documented_api("customers.save_address")

        added = await api.customers.save_address(
            address=AddressDetails(
                user_id="4cded968-8ee1-4591-a50b-41649387bxxx",
                first_name="Tom",
                last_name="Sawyer",
                address1="H.no.6-51, plot.31, ECIL",
                state="KA",
                pin="560068",
                country="IN",
                city="32",
                mobile="91-7411000000",
                email="tom.sawyer@example.com",
            )
        )

        assert port.path == "Customer/AddShippingAddress/6c57599f"
        assert port.form == documented_request("customers.save_address")
        assert added == 1714453

    async def test_get_shipping_addresses(self) -> None:
        api, port = documented_api("customers.addresses")

        first, second = await api.customers.addresses(user_id="4cded968")

        assert port.path == "Customer/GetShippingAddress/6c57599f/4cded968"
        assert port.requests[0].headers["apiversion"] == "4"
        assert first == ShippingAddress(
            address_id=1711980,
            user_id="4cded968-8ee1-4591-a50b-41649387bxxx",
            first_name="Tom",
            last_name="Sawyer",
            address1="H.no.6-51, plot.31, ECIL",
            state="KA",
            pin="560068",
            country="IN",
            city="32",
            phone="91-",
            mobile="91-7411000000",
            email="tom.sawyer@example.com",
            other_city="Bangalore",
            city_name="Bangalore",
            state_name="Karnataka",
            country_name="India",
            kind="1",
        )
        assert (second.address_id, second.address2) == (1714178, "3rd cross, Roopena agrahara")

    async def test_delete_shipping_address(self) -> None:
        api, port = documented_api("customers.delete_address")

        await api.customers.delete_address(user_id="4cded968", address_id=1711980)

        assert port.requests[0].method == "GET"
        assert port.path == "Customer/DeleteShippingAddress/6c57599f/4cded968/1711980"


class TestGroups:
    async def test_all(self) -> None:
        api, port = documented_api("groups.all")

        groups = await api.groups.all()

        assert (port.requests[0].method, port.path) == ("GET", "CustomerGroups/6c57599f")
        assert [(group.group_id, group.member_count) for group in groups] == [
            (record["UserGroupId"], record["MemberCount"])
            for record in response("groups.all")["CostumerGroup"]
        ]

    async def test_details(self) -> None:
        api, port = documented_api("groups.details")

        group = await api.groups.details(group_id=8714)

        assert port.path == "CustomerGroups/6c57599f/8714"
        assert (group.name, group.description, group.is_active) == ("NewUser", "NewGroup", False)
        assert group.created_at == datetime(2017, 6, 22, 1, 3, 3, tzinfo=UTC)

    async def test_members(self) -> None:
        api, port = documented_api("groups.members")

        members = await api.groups.members(group_id=8714)

        assert port.path == "CustomerGroups/Consumer/6c57599f/8714"
        assert [member.user_name for member in members] == [
            record["UserName"] for record in response("groups.members")["Customers"]
        ]

    @pytest.mark.parametrize(("name", "word"), [("add_member", "Add"), ("remove_member", "Remove")])
    async def test_add_and_remove(self, name: str, word: str) -> None:
        api, port = documented_api(f"groups.{name}")

        await getattr(api.groups, name)(group_id=8714, user_id="0cdaacfc")

        assert port.requests[0].method == "GET"
        assert port.path == f"CustomerGroups/Consumer/6c57599f/8714/0cdaacfc/{word}"


class TestOAuth:
    async def test_the_secret_of_a_signature_stays_on_this_machine(self) -> None:
        api, port = documented_api("customers.logout")

        with pytest.raises(ValueError, match="this machine only") as caught:
            await api.oauth.signature(
                public_key="QFTBNOUC",
                secret_key=SecretStr("NDH1BYBFRYHSPDJXFV3RGISB"),
                seconds=1548658024,
                nonce="5681074",
                method="POST",
                url="http://www.martjack.com/Customer/06e2d5fc/Create",
            )

        assert port.requests == []
        assert "NDH1" not in str(caught.value)


def models(module: object) -> list[type[WireModel]]:
    found = [value for value in vars(module).values() if isinstance(value, type)]
    return [value for value in found if issubclass(value, WireModel) and value is not WireModel]


@pytest.mark.parametrize(
    "model",
    [model for module in (addresses, login, one_time_passwords) for model in models(module)],
    ids=lambda model: model.__name__,
)
def test_every_field_is_spelt_as_some_document_spells_it(model: type[WireModel]) -> None:
    text = "".join(path.read_text("utf-8") for path in API_SAMPLES.glob("*.answer.json"))

    for name, described in model.model_fields.items():
        alias = described.validation_alias
        spellings = alias.choices if isinstance(alias, AliasChoices) else [name]
        assert f'"{spellings[0]}":' in text, f"{model.__name__}.{name}"
