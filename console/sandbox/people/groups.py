"""Customer groups: what there are, who is in them, and changing that.

Answered out of the store; the documents spell the answer's key ``CostumerGroup``.
"""

import json

from console.sandbox.answers import NEVER, Answer, Code, Json, RefusalError, success
from console.sandbox.merchant import Group
from console.sandbox.people import accounts
from console.sandbox.people.accounts import Account
from console.sandbox.requests import Call, Handler

CREATED = "/Date(1498093383000+0300)/"


def everything(call: Call) -> Answer:
    """Get All Groups of the Merchant."""
    return success(CostumerGroup=[_shown(call, group) for group in call.store.merchant.groups])


def details(call: Call) -> Answer:
    """Get Group Details."""
    return success(CostumerGroup=[_shown(call, _group(call))])


def of_customer(call: Call) -> Answer:
    """Get Customer Groups by User ID."""
    member = accounts.by_id(call, call.argument("userId"))
    groups = [group for group in call.store.merchant.groups if group.group_id in member.groups]
    return success(CostumerGroup=[_shown(call, group) for group in groups])


def members(call: Call) -> Answer:
    """Get Users of a Group."""
    rows = call.store.rows(
        "SELECT customer.* FROM customer, json_each(customer.groups) WHERE json_each.value = ?"
        " ORDER BY folded",
        _group(call).group_id,
    )
    return success(Customers=[dict(accounts.account(row).record) for row in rows])


def add_member(call: Call) -> Answer:
    """Add User to a Customer Group; who is in it already stays in it."""
    group, member = _group(call), accounts.by_id(call, call.argument("userId"))
    _keep(call, member, {*member.groups, group.group_id})
    return success("Customer Created Successfully")


def remove_member(call: Call) -> Answer:
    """Remove User: only who is in the group can be taken out of it."""
    group, member = _group(call), accounts.by_id(call, call.argument("userId"))
    if group.group_id not in member.groups:
        raise RefusalError(Code.NO_RECORD)
    _keep(call, member, {*member.groups} - {group.group_id})
    return success("Deleted Successfully")


def _group(call: Call) -> Group:
    """The group of the path.

    Raises:
        RefusalError: 1009, the merchant has no such group.
    """
    group_id = call.number("userGroupId")
    found = next((group for group in call.store.merchant.groups if group.group_id == group_id), None)
    if found is None:
        raise RefusalError(Code.NO_RECORD)
    return found


def _keep(call: Call, member: Account, groups: set[int]) -> None:
    call.store.run(
        "UPDATE customer SET groups = ? WHERE user_id = ?", json.dumps(sorted(groups)), member.user_id
    )


def _shown(call: Call, group: Group) -> Json:
    row = call.store.row(
        "SELECT count(*) AS members FROM customer, json_each(customer.groups) WHERE json_each.value = ?",
        group.group_id,
    )
    return {
        "UserGroupId": group.group_id,
        "UserGroupName": group.name,
        "GroupDescription": group.description,
        "MerchantId": call.store.merchant.merchant_id,
        "CreatedDate": CREATED,
        "IsActive": True,
        "MessageDate": NEVER,
        "UpdatedDate": NEVER,
        "MemberCount": 0 if row is None else int(row["members"]),
    }


HANDLERS: dict[str, Handler] = {
    "groups.all": everything,
    "groups.details": details,
    "groups.members": members,
    "groups.add_member": add_member,
    "groups.of_customer": of_customer,
    "groups.remove_member": remove_member,
}
