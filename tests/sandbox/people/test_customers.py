"""Customers: found by name, mobile and e-mail; created, changed, and in groups."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.sandbox.sandbox_calls import Caller, code

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


async def create(caller: Caller, **fields: Any) -> dict:
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


async def test_deactivated_customers_are_found_and_marked_inactive(caller: Caller) -> None:
    (asleep,) = await search(caller, UserName="asleep")
    found = (await caller.ask("GET", f"Customer/{{M}}/{asleep['UserId']}"))["Customer"]
    assert found["IsActivated"] is False


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
        ({"FirstName": "half a pair \ud800"}, 1016),
    ],
)
async def test_a_customer_that_does_not_fit_is_refused(
    caller: Caller, fields: dict[str, str], expected: int
) -> None:
    assert code(await create(caller, **fields)) == expected
    assert await names(caller, mobile="59990000") == []


async def test_an_update_changes_what_is_named_and_leaves_the_rest(caller: Caller) -> None:
    user_id = (await create(caller))["Customer"]["UserId"]
    await caller.serve_customer("new.one@example.com")
    changed = {"customer": {"UserId": user_id, "MobileNo": "965-58880000"}}
    assert code(await caller.input("Customer/{M}/Update", changed)) == 1004
    (found,) = await search(caller, mobile="58880000")
    assert found["FirstName"] == "New"


async def test_an_update_needs_a_session(caller: Caller) -> None:
    user_id = (await create(caller))["Customer"]["UserId"]
    assert code(await caller.input("Customer/{M}/Update", {"customer": {"UserId": user_id}})) == 1003


async def own_session(caller: Caller) -> None:
    data = {"username": "new.one@example.com", "password": "secret-1"}
    caller.token = (await caller.input("Customer/{M}/login", data))["Token"]["AccessToken"]


async def operators_session(caller: Caller) -> None:
    await caller.serve_customer("tom.sawyer@example.com")


async def operator_alone(caller: Caller) -> None:
    await caller.serve_customer("")


async def another_customers_session(caller: Caller) -> None:
    await create(caller, UserName="other.one@example.com", MobileNo="965-51110000")
    data = {"username": "other.one@example.com", "password": "secret-1"}
    caller.token = (await caller.input("Customer/{M}/login", data))["Token"]["AccessToken"]


async def walk_in(caller: Caller) -> None:
    await caller.walk_in()


@pytest.mark.parametrize(
    ("session", "expected"),
    [
        (own_session, 1004),
        (operators_session, 1004),
        (operator_alone, 1004),
        (another_customers_session, 5001),
        (walk_in, 5001),
    ],
)
async def test_an_update_is_the_customers_or_an_operators(
    caller: Caller, session: Callable[[Caller], Awaitable[None]], expected: int
) -> None:
    user_id = (await create(caller))["Customer"]["UserId"]
    await session(caller)
    changed = {"customer": {"UserId": user_id, "FirstName": "Other"}}
    assert code(await caller.input("Customer/{M}/Update", changed)) == expected
    record = (await caller.ask("GET", f"Customer/{{M}}/{user_id}"))["Customer"]
    assert (record["FirstName"] == "Other") == (expected == 1004)


@pytest.mark.parametrize(
    ("fields", "stored"),
    [
        ({"CommunicationType": "SMS", "IsReceiveOffers": "true"}, ("SMS", True)),
        ({"CommunicationType": "email,sms", "IsReceiveOffers": False}, ("EMAIL|SMS", False)),
        ({"CommunicationType": None}, ("nochannel", False)),
    ],
)
async def test_how_a_customer_is_written_to_is_stored(
    caller: Caller, fields: dict[str, Any], stored: tuple[str, bool]
) -> None:
    user_id = (await create(caller, **fields))["Customer"]["UserId"]
    record = (await caller.ask("GET", f"Customer/{{M}}/{user_id}"))["Customer"]
    assert (record["CommunicationType"], record["IsReceiveOffers"]) == stored


@pytest.mark.parametrize("fields", [{"CommunicationType": "PIGEON"}, {"IsReceiveOffers": "maybe"}])
async def test_an_unknown_way_of_writing_is_refused(caller: Caller, fields: dict[str, str]) -> None:
    assert code(await create(caller, **fields)) == 1016


async def test_customers_are_found_by_the_day_they_were_created(caller: Caller) -> None:
    await create(caller)
    today, tomorrow = "2027/01/15", "2027/01/16"
    by_date = {"SearchType": "CreateDate", "FromDate": today, "ToDate": today}
    assert await names(caller, **by_date) == ["new.one@example.com"]
    assert await names(caller, **by_date | {"FromDate": tomorrow, "ToDate": tomorrow}) == []
    assert await names(caller, **by_date, UserName="tom") == []
    assert len(await names(caller, **by_date | {"FromDate": "2025/01/01"})) == 201


@pytest.mark.parametrize(
    "asked",
    [
        {"SearchType": "Mood", "UserName": "tom"},
        {"SearchType": "CreateDate"},
        {"SearchType": "CreateDate", "FromDate": "25/04/2019", "ToDate": "2019/04/25"},
        {"SearchType": "CreateDate", "FromDate": "2019/04/26", "ToDate": "2019/04/25"},
        {"SearchType": "UserName"},
    ],
)
async def test_a_search_that_makes_no_sense_is_refused(caller: Caller, asked: dict[str, str]) -> None:
    assert code(await caller.input("Customer/{M}/Search", {"customerSearch": asked})) == 1016


async def test_all_and_their_count_follow_what_is_created(caller: Caller) -> None:
    before = await caller.ask("GET", "Customer/{M}/Count")
    await create(caller)
    after = await caller.ask("GET", "Customer/{M}/Count")
    everyone = (await caller.ask("GET", "Customer/{M}/All"))["Customers"]
    assert set(before) == {"Count", "Message", "messageCode"}
    assert (before["Count"], after["Count"], len(everyone)) == (200, 201, 201)
    assert list(everyone[0]) == ["PreferredLanguage", *RECORD, "IsActivated"]
    assert [c["UserName"] for c in everyone if not c["IsActivated"]] == ["asleep@example.com"]
    assert "new.one@example.com" in {customer["UserName"] for customer in everyone}


@pytest.mark.parametrize("name", ["markup", "escape", "noor"])
async def test_hostile_and_foreign_names_travel_as_they_are(caller: Caller, name: str) -> None:
    (found,) = await search(caller, UserName=f"{name}@")
    assert found["FirstName"] in ("[red]x[/", "\x1b[31mRed\x1b[0m", "نور")
