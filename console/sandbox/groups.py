"""Customer groups: which of them a customer is in.

Answered out of the store; the documents spell the answer's key ``CostumerGroup``.
"""

import json
from typing import cast

from console.sandbox.answers import NEVER, Answer, Code, Json, RefusalError, success
from console.sandbox.requests import Call, Handler

CREATED = "/Date(1498093383000+0300)/"


def of_customer(call: Call) -> Answer:
    """Get Customer Groups by User ID."""
    row = call.store.row("SELECT groups FROM customer WHERE user_id = ?", call.argument("userId").casefold())
    if row is None:
        raise RefusalError(Code.UNKNOWN_USER)
    member_of = cast("list[int]", json.loads(str(row["groups"])))
    merchant = call.store.merchant
    groups: list[Json] = [
        {
            "UserGroupId": group.group_id,
            "UserGroupName": group.name,
            "GroupDescription": group.description,
            "MerchantId": merchant.merchant_id,
            "CreatedDate": CREATED,
            "IsActive": True,
            "MessageDate": NEVER,
            "UpdatedDate": NEVER,
            "MemberCount": _members(call, group.group_id),
        }
        for group in merchant.groups
        if group.group_id in member_of
    ]
    return success(CostumerGroup=groups)


def _members(call: Call, group_id: int) -> int:
    row = call.store.row(
        "SELECT count(*) AS members FROM customer, json_each(customer.groups) WHERE json_each.value = ?",
        group_id,
    )
    return 0 if row is None else int(row["members"])


HANDLERS: dict[str, Handler] = {"groups.of_customer": of_customer}
