"""Profiles of customers: attributes, addresses, and saved carts."""

import pytest

from tests.sandbox.account_calls import NOBODY, TOM, details, id_of
from tests.sandbox.sandbox_calls import GARLIC_BREAD, PEPSI, PEPSI_CAN, Caller, code, item

pytestmark = pytest.mark.anyio

ADDRESS = {
    "shippingaddressid": "0",
    "firstname": "Tom",
    "lastname": "Sawyer",
    "address1": "Baghdad Street 10",
    "address2": "",
    "state": "KW2",
    "pin": "22001",
    "countrycode": "KW",
    "citycode": "846",
    "phoneno": "",
    "mobileno": "91-7411639213",
    "email": TOM,
    "AddressType": "Home Address",
}


@pytest.fixture
async def tom(caller: Caller) -> str:
    """Return Tom's id."""
    return await id_of(caller, TOM)


async def set_attribute(caller: Caller, user_id: str, attribute: object, value: object = "Chess") -> dict:
    given = {"ProfileAttributeId": attribute, "ProfileAttributeValue": value}
    profile = {"UserId": user_id, "ProfileAttributes": {"ProfileAttribute": given}}
    return await caller.input("Customer/{M}/UpdateUserProfile", {"UserProfile": profile})


class TestAttributes:
    async def test_one_that_was_set_is_in_the_details(self, caller: Caller, tom: str) -> None:
        await caller.walk_in()
        assert (await set_attribute(caller, tom, "660"))["Message"] == "Updated Successfully"
        await set_attribute(caller, tom, "1058", "Football")
        await set_attribute(caller, tom, "660", "Go")
        stored = (await details(caller, tom))["UserProfiles"]
        assert stored[1] == {
            "UserId": tom,
            "ProfileAttributeId": 660,
            "ProfileAttributeValueId": 0,
            "ProfileAttributeName": "Favorite Game",
            "ProfileAttributeValue": "Go",
        }
        assert [attribute["ProfileAttributeValue"] for attribute in stored] == ["Football", "Go"]

    @pytest.mark.parametrize(
        ("attribute", "value", "expected"),
        [("1", "Chess", 1016), ("x", "Chess", 1016), ("660", "x" * 501, 1016), ("660", ["Chess"], 1016)],
    )
    async def test_what_does_not_fit_is_refused(
        self, caller: Caller, tom: str, attribute: str, value: object, expected: int
    ) -> None:
        await caller.walk_in()
        assert code(await set_attribute(caller, tom, attribute, value)) == expected
        assert (await details(caller, tom))["UserProfiles"] == []

    async def test_a_session_and_a_customer_are_wanted(self, caller: Caller, tom: str) -> None:
        assert code(await set_attribute(caller, tom, "660")) == 1003
        await caller.walk_in()
        assert code(await set_attribute(caller, NOBODY, "660")) == 1017
        assert code(await set_attribute(caller, "", "660")) == 1017


async def save(caller: Caller, user_id: str, **changed: str) -> dict:
    address = ADDRESS | {"userId": user_id} | changed
    return await caller.input("Customer/AddShippingAddress/{M}", {"shippingaddress": address})


async def addresses(caller: Caller, user_id: str) -> list[dict]:
    path = f"Customer/GetShippingAddress/{{M}}/{user_id}"
    return (await caller.ask("GET", path, headers={"apiversion": "4"}))["ShippingAddresses"]


async def delete(caller: Caller, user_id: str, address_id: object) -> dict:
    return await caller.ask("GET", f"Customer/DeleteShippingAddress/{{M}}/{user_id}/{address_id}")


class TestAddresses:
    async def test_added_one_is_returned_by_id_and_listed_in_full(self, caller: Caller, tom: str) -> None:
        (added,) = (await save(caller, tom))["ShippingAddresses"]
        (listed,) = await addresses(caller, tom)
        assert [name for name, value in added.items() if value is not None] == ["shippingaddressid", "userId"]
        assert listed == {
            **ADDRESS,
            "shippingaddressid": added["shippingaddressid"],
            "userId": tom,
            "othercity": "Hawalli",
            "CityName": "Hawalli",
            "StateName": "Hawalli",
            "CountryName": "Kuwait",
            "AddressType": "1",
        }

    async def test_an_update_changes_what_is_named(self, caller: Caller, tom: str) -> None:
        (added,) = (await save(caller, tom))["ShippingAddresses"]
        changed = {
            "shippingaddressid": added["shippingaddressid"],
            "userId": tom,
            "pin": "32001",
            "AddressType": "Office",
        }
        await caller.input("Customer/AddShippingAddress/{M}", {"shippingaddress": changed})
        (listed,) = await addresses(caller, tom)
        assert (listed["pin"], listed["AddressType"], listed["firstname"]) == ("32001", "2", "Tom")

    async def test_a_deleted_one_is_gone(self, caller: Caller, tom: str) -> None:
        first = (await save(caller, tom))["ShippingAddresses"][0]["shippingaddressid"]
        second = (await save(caller, tom))["ShippingAddresses"][0]["shippingaddressid"]
        assert await delete(caller, tom, first) == {"messageCode": "1004", "Message": "Success"}
        assert [address["shippingaddressid"] for address in await addresses(caller, tom)] == [second]
        assert code(await delete(caller, tom, first)) == 1009

    @pytest.mark.parametrize(
        ("changed", "expected"),
        [
            ({"userId": NOBODY}, 1017),
            ({"firstname": ""}, 1016),
            ({"lastname": ""}, 1016),
            ({"address1": ""}, 1016),
            ({"address1": "x" * 501}, 1016),
            ({"shippingaddressid": "-1"}, 1016),
            ({"shippingaddressid": "77"}, 1009),
        ],
    )
    async def test_what_does_not_fit_is_refused(
        self, caller: Caller, tom: str, changed: dict[str, str], expected: int
    ) -> None:
        assert code(await save(caller, tom, **changed)) == expected
        assert await addresses(caller, tom) == []

    async def test_nobody_reaches_anothers(self, caller: Caller, tom: str) -> None:
        tommy = await id_of(caller, "tommy")
        address_id = (await save(caller, tom))["ShippingAddresses"][0]["shippingaddressid"]
        assert await addresses(caller, tommy) == []
        assert code(await save(caller, tommy, shippingaddressid=str(address_id))) == 1009
        assert code(await delete(caller, tommy, address_id)) == 1009
        assert code(await delete(caller, NOBODY, address_id)) == 1017
        assert len(await addresses(caller, tom)) == 1

    async def test_a_customer_has_at_most_fifty(self, caller: Caller, tom: str) -> None:
        assert [code(await save(caller, tom)) for _ in range(50)] == [1004] * 50
        assert code(await save(caller, tom)) == 1016


async def saved(caller: Caller, user_id: str) -> list[dict]:
    return (await caller.ask("GET", f"Customer/SavedCart/{{M}}/{user_id}", token=""))["SavedCartItems"]


class TestSavedCart:
    async def test_a_cart_is_saved_once_its_session_is_left(self, caller: Caller, tom: str) -> None:
        await caller.serve_customer()
        await caller.add(item(PEPSI, PEPSI_CAN), item(GARLIC_BREAD))
        assert await saved(caller, tom) == []
        caller.clock.now += 30 * 60 + 1
        first, second = await saved(caller, tom)
        assert list(first) == [
            "CartItemId", "ProductId", "VariantProductId", "MerchantId", "StockAvailability", "LastUpdated",
        ]  # fmt: skip
        assert (first["ProductId"], first["VariantProductId"]) == (PEPSI, PEPSI_CAN)
        assert (second["ProductId"], second["VariantProductId"]) == (GARLIC_BREAD, 0)
        assert first["StockAvailability"] is True
        assert first["LastUpdated"] == "/Date(1800000000000+0300)/"

    async def test_a_session_that_was_ended_is_left_and_the_last_counts(
        self, caller: Caller, tom: str
    ) -> None:
        for product in (GARLIC_BREAD, PEPSI):
            caller.token = ""
            await caller.serve_customer()
            await caller.add(item(product, PEPSI_CAN if product == PEPSI else 0))
            await caller.ask("POST", "Customer/{M}/Logout")
            caller.clock.now += 1
        assert [line["ProductId"] for line in await saved(caller, tom)] == [PEPSI]

    async def test_what_was_taken_out_is_not_saved(self, caller: Caller, tom: str) -> None:
        await caller.serve_customer()
        key = (await caller.add(item(GARLIC_BREAD)))["Carts"]["CartItems"][0]["CartReferenceKey"]
        await caller.ask("GET", f"Carts/Remove/{{M}}/{key}/1")
        await caller.ask("POST", "Customer/{M}/Logout")
        assert await saved(caller, tom) == []

    async def test_anothers_cart_is_not_seen(self, caller: Caller, tom: str) -> None:
        await caller.serve_customer("tommy.fernandes@example.com")
        await caller.add(item(GARLIC_BREAD))
        caller.store.expire_sessions()
        assert await saved(caller, tom) == []
        assert len(await saved(caller, await id_of(caller, "tommy"))) == 1
        assert code(await caller.ask("GET", f"Customer/SavedCart/{{M}}/{NOBODY}", token="")) == 1017
