"""Operators: signing in, and the lock after too many wrong passwords.

Used by Agent Login and by Start Customer Session, which asks for the operator's password again.
"""

from console.sandbox.answers import Answer, Code, Json, refused, success
from console.sandbox.merchant import Operator
from console.sandbox.requests import Call, Handler
from console.sandbox.schema import matches

MAX_WRONG = 5
LOCK_SECONDS = 15 * 60


def check_password(call: Call, operator: Operator, password: str) -> Answer | None:
    """The refusal where the password is wrong or the account locked, ``None`` where all is well.

    A refusal is returned and not raised, because the wrong try has to be kept.
    """
    row = call.store.row("SELECT * FROM operator WHERE operator_id = ?", operator.operator_id)
    if row is None:
        return refused(Code.UNKNOWN_USER)
    wrong = int(row["wrong"])
    if wrong >= MAX_WRONG:
        if call.now - float(row["wrong_at"]) < LOCK_SECONDS:
            return refused(Code.LOCKED)
        wrong = 0
    if matches(password, salt=operator.operator_id, kept=str(row["password"])):
        call.store.run("UPDATE operator SET wrong = 0 WHERE operator_id = ?", operator.operator_id)
        return None
    wrong += 1
    call.store.run(
        "UPDATE operator SET wrong = ?, wrong_at = ? WHERE operator_id = ?",
        wrong,
        call.now,
        operator.operator_id,
    )
    return refused(Code.INVALID_PASSWORD)


def agent_login(call: Call) -> Answer:
    """Agent Login: who the operator is, where they work and as what."""
    name = call.form.text("username").casefold()
    if not name:
        return refused(Code.USER_NAME_REQUIRED)
    operator = next((o for o in call.store.merchant.operators if o.user_name.casefold() == name), None)
    if operator is None:
        return refused(Code.UNKNOWN_USER)
    refusal = check_password(call, operator, call.form.text("password"))
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
    return success("Logged In successfully", AgentDetails=details)


HANDLERS: dict[str, Handler] = {"customers.agent_login": agent_login}
