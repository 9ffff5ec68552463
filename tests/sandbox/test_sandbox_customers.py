"""Customers: found by name, mobile and e-mail; created, changed, and in groups."""

import pytest
from sandbox_calls import Caller, code

pytestmark = pytest.mark.anyio

RECORD = [
    "UserProfiles", "UserInfoId", "UserId", "MerchantId", "UserName", "FirstName", "LastName",
    "PostalAddress", "AlternateEmail", "City", "Pin", "State", "Country", "PhoneNo", "Street", "MobileNo",
    "BirthDate", "Gender", "Occupation", "Industry", "OtherArea", "CountryName", "StateName", "CityName",
    "AreaName", "OtherCity", "IsReceiveOffers", "Password", "ConfirmPassword", "Countries", "States",
    "CommunicationType", "MarketingNotificationType",
]  # fmt: skip
NEW = {
    "UserName": "new.one@example.com",
    "Password": "secret-1",
    "FirstName": "New",
    "MobileNo": "965-59990000",
}


async def search(caller: Caller, **asked: str) -> list[dict]:
    return (await caller.input("Customer/{M}/Search", {"customerSearch": asked}))["Customers"]


async def names(caller: Caller, **asked: str) -> list[str]:
    return [customer["UserName"] for customer in await search(caller, **asked)]


async def create(caller: Caller, **fields: str) -> dict:
    return await caller.input("Customer/{M}/Create", {"customer": NEW | fields})


async def test_a_user_name_is_found_by_its_beginning_in_any_case(caller: Caller) -> None:
    assert await names(caller, UserName="TOM") == ["tom.sawyer@example.com", "tommy.fernandes@example.com"]
    assert await names(caller, UserName="sawyer") == []


@pytest.mark.parametrize("part", ["7411639213", "74116", "91-741163", "917411639"])
async def test_a_mobile_is_found_by_any_part_however_written(caller: Caller, part: str) -> None:
    assert "tom.sawyer@example.com" in await names(caller, mobile=part)


async def test_an_email_is_found_by_any_part(caller: Caller) -> None:
    assert await names(caller, email="Sawyer@Ex") == ["tom.sawyer@example.com"]


async def test_wildcards_of_the_database_are_plain_characters(caller: Caller) -> None:
    assert await names(caller, UserName="%") == []
    assert await names(caller, email="tom_sawyer") == []


async def test_a_search_for_nothing_is_refused(caller: Caller) -> None:
    assert code(await caller.input("Customer/{M}/Search", {"customerSearch": {}})) == 1016


async def test_a_record_has_the_documented_fields_in_their_order(caller: Caller) -> None:
    (tom,) = await search(caller, UserName="tom.sawyer")
    assert list(tom) == RECORD
    assert tom["MobileNo"] == "91-7411639213"


async def test_inactive_customers_are_not_found(caller: Caller) -> None:
    assert await names(caller, UserName="asleep") == []


async def test_details_are_given_by_id(caller: Caller) -> None:
    (tom,) = await search(caller, UserName="tom.sawyer")
    found = (await caller.ask("GET", f"Customer/{{M}}/{tom['UserId']}"))["Customer"]
    assert found["UserName"] == tom["UserName"]
    assert found["IsActivated"] is True


async def test_details_of_nobody_are_refused(caller: Caller) -> None:
    assert code(await caller.ask("GET", "Customer/{M}/00000000-0000-0000-0000-000000000000")) == 1017


async def test_a_created_customer_is_found_at_once(caller: Caller) -> None:
    created = (await create(caller))["Customer"]
    assert created["UserId"]
    assert created["Password"] is None
    assert await names(caller, mobile="59990000") == ["new.one@example.com"]
    assert code(await caller.serve_customer("new.one@example.com")) == 1004


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"UserName": ""}, 1012),
        ({"UserName": "TOM.Sawyer@example.com"}, 5001),
        ({"Password": "short"}, 1040),
        ({"FirstName": "x" * 501}, 1016),
    ],
)
async def test_a_customer_that_does_not_fit_is_refused(
    caller: Caller, fields: dict[str, str], expected: int
) -> None:
    assert code(await create(caller, **fields)) == expected
    assert await names(caller, mobile="59990000") == []


async def test_an_update_changes_what_is_named_and_leaves_the_rest(caller: Caller) -> None:
    user_id = (await create(caller))["Customer"]["UserId"]
    await caller.walk_in()
    changed = {"customer": {"UserId": user_id, "MobileNo": "965-58880000"}}
    assert code(await caller.input("Customer/{M}/Update", changed)) == 1004
    (found,) = await search(caller, mobile="58880000")
    assert found["FirstName"] == "New"


async def test_an_update_needs_a_session(caller: Caller) -> None:
    user_id = (await create(caller))["Customer"]["UserId"]
    assert code(await caller.input("Customer/{M}/Update", {"customer": {"UserId": user_id}})) == 1003


async def test_groups_are_given_under_the_documents_spelling(caller: Caller) -> None:
    sizes = set()
    for customer in await search(caller, UserName="a"):
        answer = await caller.ask("GET", f"CustomerGroups/Group/{{M}}/{customer['UserId']}")
        sizes.add(len(answer["CostumerGroup"]))
        assert all(group["MemberCount"] >= 1 for group in answer["CostumerGroup"])
    assert {0, 1} <= sizes


@pytest.mark.parametrize("name", ["markup", "escape", "noor"])
async def test_hostile_and_foreign_names_travel_as_they_are(caller: Caller, name: str) -> None:
    (found,) = await search(caller, UserName=f"{name}@")
    assert found["FirstName"] in ("[red]x[/", "\x1b[31mRed\x1b[0m", "نور")
