"""Customer groups: listing them, and reading and changing their members.

The documents spell the response's key ``CostumerGroup``.
"""

import json

from console.sandbox.data.merchant import MerchantGroup
from console.sandbox.people import accounts
from console.sandbox.people.accounts import Account
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import NEVER_DATE, Code, Json, RefusalError, Reply, ok

CREATED = "/Date(1498093383000+0300)/"


def all_groups(call: Call) -> Reply:
    """Get All Groups of the Merchant."""
    return ok(CostumerGroup=[_group_record(call, group) for group in call.store.merchant.groups])


def details(call: Call) -> Reply:
    """Get Group Details."""
    return ok(CostumerGroup=[_group_record(call, _group(call))])


def of_customer(call: Call) -> Reply:
    """Get Customer Groups by User ID."""
    member = accounts.by_id(call, call.path_argument("userId"))
    groups = [group for group in call.store.merchant.groups if group.group_id in member.groups]
    return ok(CostumerGroup=[_group_record(call, group) for group in groups])


def members(call: Call) -> Reply:
    """Get Users of a Group."""
    rows = call.store.rows(
        "SELECT customer.* FROM customer, json_each(customer.groups) WHERE json_each.value = ?"
        " ORDER BY folded",
        _group(call).group_id,
    )
    return ok(Customers=[dict(accounts.account_from_row(row).record) for row in rows])


def add_member(call: Call) -> Reply:
    """Add User to a Customer Group; adding a member again changes nothing."""
    group, member = _group(call), accounts.by_id(call, call.path_argument("userId"))
    _save_groups(call, member, {*member.groups, group.group_id})
    return ok("Customer Created Successfully")


def remove_member(call: Call) -> Reply:
    """Remove User: refused unless the customer is in the group."""
    group, member = _group(call), accounts.by_id(call, call.path_argument("userId"))
    if group.group_id not in member.groups:
        raise RefusalError(Code.NO_RECORD)
    _save_groups(call, member, {*member.groups} - {group.group_id})
    return ok("Deleted Successfully")


def _group(call: Call) -> MerchantGroup:
    """Return the group of the path.

    Raises:
        RefusalError: 1009, the merchant has no such group.
    """
    group_id = call.path_number("userGroupId")
    customer_group = next((group for group in call.store.merchant.groups if group.group_id == group_id), None)
    if customer_group is None:
        raise RefusalError(Code.NO_RECORD)
    return customer_group


def _save_groups(call: Call, member: Account, groups: set[int]) -> None:
    call.store.run(
        "UPDATE customer SET groups = ? WHERE user_id = ?", json.dumps(sorted(groups)), member.user_id
    )


def _group_record(call: Call, group: MerchantGroup) -> Json:
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
        "MessageDate": NEVER_DATE,
        "UpdatedDate": NEVER_DATE,
        "MemberCount": 0 if row is None else int(row["members"]),
    }


HANDLERS: dict[str, Handler] = {
    "groups.all": all_groups,
    "groups.details": details,
    "groups.members": members,
    "groups.add_member": add_member,
    "groups.of_customer": of_customer,
    "groups.remove_member": remove_member,
}
