"""Customer groups: members, counts, and changing both; and operators by role."""

import pytest

from tests.sandbox.account_calls import NOBODY, TOM, id_of
from tests.sandbox.sandbox_calls import Caller, code

pytestmark = pytest.mark.anyio

GROUP = [
    "UserGroupId", "UserGroupName", "GroupDescription", "MerchantId", "CreatedDate", "IsActive",
    "MessageDate", "UpdatedDate", "MemberCount",
]  # fmt: skip
STORE_OPERATOR = "b88fa8bb-b916-11e0-9bb5-001d7d24e786"
AGENT = "b88fa8bb-b916-11e0-9bb5-001d7d24e787"


async def groups(caller: Caller, path: str = "") -> list[dict]:
    """Return the groups, under the key as the documents spell it."""
    return (await caller.ask("GET", f"CustomerGroups/{path or '{M}'}"))["CostumerGroup"]


async def change(caller: Caller, word: str, user_id: str, group_id: object = 8718) -> dict:
    return await caller.ask("GET", f"CustomerGroups/Consumer/{{M}}/{group_id}/{user_id}/{word}")


async def outsider(caller: Caller) -> str:
    """Return a customer who is not on the staff."""
    inside = await members(caller)
    user_id = await id_of(caller, TOM)
    assert user_id not in inside
    return user_id


async def members(caller: Caller, group_id: int = 8718) -> list[str]:
    response = await caller.ask("GET", f"CustomerGroups/Consumer/{{M}}/{group_id}")
    return [customer["UserId"] for customer in response["Customers"]]


async def test_all_groups_have_the_documented_fields(caller: Caller) -> None:
    found = await groups(caller)
    assert [group["UserGroupId"] for group in found] == [8714, 8716, 8718]
    assert all(list(group) == GROUP for group in found)


async def test_members_are_as_many_as_the_group_counts(caller: Caller) -> None:
    for group in await groups(caller):
        assert len(await members(caller, group["UserGroupId"])) == group["MemberCount"] > 0


async def test_a_member_has_the_group_and_the_group_the_member(caller: Caller) -> None:
    for user_id in await members(caller):
        mine = await groups(caller, f"Group/{{M}}/{user_id}")
        assert 8718 in {group["UserGroupId"] for group in mine}


async def test_who_is_added_is_in_it_until_removed(caller: Caller) -> None:
    user_id = await outsider(caller)
    (before,) = await groups(caller, "{M}/8718")

    assert (await change(caller, "Add", user_id))["Message"] == "Customer Created Successfully"
    await change(caller, "Add", user_id)

    (during,) = await groups(caller, "{M}/8718")
    assert during["MemberCount"] == before["MemberCount"] + 1
    assert user_id in await members(caller)

    assert (await change(caller, "Remove", user_id))["Message"] == "Deleted Successfully"

    assert await groups(caller, "{M}/8718") == [before]
    assert user_id not in await members(caller)
    assert code(await change(caller, "Remove", user_id)) == 1009


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("{M}/1", 1009),
        ("{M}/staff", 1016),
        ("Consumer/{M}/1", 1009),
        (f"Group/{{M}}/{NOBODY}", 1017),
        (f"Consumer/{{M}}/8718/{NOBODY}/Add", 1017),
        (f"Consumer/{{M}}/1/{NOBODY}/Remove", 1009),
    ],
)
async def test_what_is_not_there_is_refused(caller: Caller, path: str, expected: int) -> None:
    assert code(await caller.ask("GET", f"CustomerGroups/{path}")) == expected


async def operators(caller: Caller, location_id: object, role: str) -> dict:
    return await caller.ask("GET", f"Customer/GetStoreOperators/{{M}}/{location_id}/{role}")


async def test_operators_are_given_by_role_at_one_location_or_all(caller: Caller) -> None:
    here = (await operators(caller, 22612, STORE_OPERATOR))["StoreOperators"]
    everywhere = (await operators(caller, 0, STORE_OPERATOR.upper()))["StoreOperators"]
    assert here == [
        {
            "FirstName": "Omar",
            "LastName": "Haddad",
            "Email": "omar@sandbox.example",
            "OperatorId": "389f81f2-3508-4391-bc7a-5e369a030398",
            "StoreIDs": [27299, 22612],
        }
    ]
    assert [operator["FirstName"] for operator in everywhere] == ["Layla", "Omar"]
    assert len((await operators(caller, 22612, AGENT))["StoreOperators"]) == 1
    assert (await operators(caller, 0, NOBODY))["StoreOperators"] == []


@pytest.mark.parametrize(("location_id", "expected"), [(1, 1046), ("here", 1016)])
async def test_a_location_must_be_the_merchants(caller: Caller, location_id: object, expected: int) -> None:
    assert code(await operators(caller, location_id, AGENT)) == expected
