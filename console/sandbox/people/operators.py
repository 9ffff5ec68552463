"""Operators: signing in, and their roles and locations.

Agent Login and Start Customer Session check their passwords.
"""

from console.sandbox.data.merchant import MerchantOperator
from console.sandbox.people import passwords
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import Code, Json, Reply, ok, refusal_reply


def password_refusal(call: Call, operator: MerchantOperator, password: str) -> Reply | None:
    """Return the refusal of a wrong password or a locked account, ``None`` if the password is right."""
    row = call.store.row("SELECT password FROM operator WHERE operator_id = ?", operator.operator_id)
    if row is None:
        return refusal_reply(Code.UNKNOWN_USER)
    password_hash = str(row["password"])
    return passwords.password_refusal(
        call, account=operator.operator_id, password=password, password_hash=password_hash
    )


def agent_login(call: Call) -> Reply:
    """Agent Login: return the operator, with their locations and roles."""
    name = call.form.text("username").casefold()
    if not name:
        return refusal_reply(Code.USER_NAME_REQUIRED)
    operator = next((o for o in call.store.merchant.operators if o.user_name.casefold() == name), None)
    if operator is None:
        return refusal_reply(Code.UNKNOWN_USER)
    refusal = password_refusal(call, operator, call.form.text("password"))
    if refusal is not None:
        return refusal
    locations = [call.location(location_id) for location_id in operator.locations]
    details: dict[str, Json] = {
        "AgentId": operator.operator_id,
        "FirstName": operator.first_name,
        "LastName": operator.last_name,
        "Email": operator.user_name,
        "LocationDetails": [
            {
                "LocationId": location.location_id,
                "LocationCode": location.code,
                "LocationName": location.name,
            }
            for location in locations
        ],
        "RoleDetails": [{"RoleId": operator.role_id, "RoleName": operator.role}],
    }
    return ok("Logged In successfully", AgentDetails=details)


def store_operators(call: Call) -> Reply:
    """Get Store Operators of a role, at one location or, with 0, at any."""
    location_id = call.path_number("locationId")
    if location_id:
        call.location(location_id)
    role = call.path_argument("roleid").casefold()
    found: list[Json] = [
        {
            "FirstName": operator.first_name,
            "LastName": operator.last_name,
            "Email": operator.user_name,
            "OperatorId": operator.operator_id,
            "StoreIDs": list(operator.locations),
        }
        for operator in call.store.merchant.operators
        if operator.role_id.casefold() == role and (not location_id or location_id in operator.locations)
    ]
    return ok(StoreOperators=found)


HANDLERS: dict[str, Handler] = {
    "customers.agent_login": agent_login,
    "customers.store_operators": store_operators,
}
