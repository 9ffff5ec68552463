"""Access tokens: issued to walk-ins and customer sessions, checked, expired, ended."""

from dataclasses import dataclass

from console.sandbox.people.operators import password_refusal
from console.sandbox.requests import Call, Handler
from console.sandbox.responses import Code, Json, RefusalError, Reply, ok, wire_date

IDLE_SECONDS = 30 * 60


@dataclass(frozen=True, slots=True)
class Session:
    """An open access token. A walk-in's has no customer; ``location_id`` is 0 if none was bound.

    ``operator_id`` is empty for a session that no operator started.
    """

    token: str
    user_id: str
    customer_id: str
    location_id: int
    operator_id: str = ""

    def require_access(self, user_id: str) -> None:
        """Require that the session is this customer's, or that an operator started it.

        Raises:
            RefusalError: 5001, it is neither.
        """
        if not self.operator_id and self.customer_id != user_id:
            raise RefusalError(Code.INVALID_USER, "The session is another customer's")


def require_session(call: Call, token: str = "") -> Session:
    """Return the session of this token, or of the ``accesstoken`` header; using it keeps it open.

    Raises:
        RefusalError: 1003, the token is unknown or ended; 440, it has been idle too long.
    """
    token = token or call.headers.get("accesstoken", "")
    row = call.store.row("SELECT * FROM token WHERE token = ?", token)
    if row is None or row["state"] == "ended":
        raise RefusalError(Code.NOT_AUTHENTICATED)
    if row["state"] == "expired" or call.now - float(row["used_at"]) > IDLE_SECONDS:
        raise RefusalError(Code.SESSION_EXPIRED)
    call.store.run("UPDATE token SET used_at = ? WHERE token = ?", call.now, token)
    return Session(
        token=token,
        user_id=str(row["user_id"]),
        customer_id=str(row["customer_id"] or ""),
        location_id=int(row["location_id"] or 0),
        operator_id=str(row["operator_id"] or ""),
    )


def token_record(call: Call, session: Session) -> Json:
    """Return the ``Token`` of a reply about the session's cart."""
    row = call.store.row("SELECT issued_at FROM token WHERE token = ?", session.token)
    return {
        "AccessToken": session.token,
        "issued_at": wire_date(0.0 if row is None else float(row["issued_at"])),
        "UserId": session.user_id,
        "IsLoggedInUser": bool(session.customer_id),
        "MerchantId": call.store.merchant.merchant_id,
    }


def access_token(call: Call) -> Reply:
    """Get Access Token: a session without a customer."""
    return issue_token(call, user_id=call.store.new_guid())


def start_session(call: Call) -> Reply:
    """Start Customer Session: bind customer, operator and location to a new token.

    Without a user name, the session is the operator's alone. The location is one of the operator's own;
    without one, it is the first of them.
    """
    require_session(call)
    fields = call.input_data()
    customer_id = _active_customer(call, fields.text("username"))
    operator = call.store.merchant.operator(fields.text("operatorid"))
    if operator is None:
        raise RefusalError(Code.UNKNOWN_USER)
    location = call.location(fields.integer("locationid", operator.locations[0]))
    if location.location_id not in operator.locations:
        raise RefusalError(Code.INVALID_LOCATION, "The location is not one of the operator's")
    refusal = password_refusal(call, operator, fields.text("password"))
    if refusal is not None:
        return refusal
    return issue_token(
        call,
        user_id=customer_id or call.store.new_guid(),
        customer_id=customer_id or None,
        operator_id=operator.operator_id,
        location_id=location.location_id,
    )


def _active_customer(call: Call, user_name: str) -> str:
    """Return the id of the customer with this user name, empty without a name."""
    if not user_name:
        return ""
    customer = call.store.row("SELECT user_id, active FROM customer WHERE folded = ?", user_name.casefold())
    if customer is None:
        raise RefusalError(Code.UNKNOWN_ACCOUNT)
    if not customer["active"]:
        raise RefusalError(Code.NOT_ACTIVATED)
    return str(customer["user_id"])


def issue_token(
    call: Call,
    *,
    user_id: str,
    customer_id: str | None = None,
    operator_id: str | None = None,
    location_id: int | None = None,
) -> Reply:
    """Return the reply with a new token for these."""
    token = call.store.new_token()
    call.store.run(
        "INSERT INTO token (token, user_id, customer_id, operator_id, location_id, issued_at, used_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        token,
        user_id,
        customer_id,
        operator_id,
        location_id,
        call.now,
        call.now,
    )
    return ok(
        "Logged In successfully",
        Token={
            "AccessToken": token,
            "issued_at": wire_date(call.now),
            "UserId": user_id,
            "MerchantId": call.store.merchant.merchant_id,
        },
    )


def logout(call: Call) -> Reply:
    """Customer Logout: end the session of the header's token."""
    ended = require_session(call)
    call.store.run("UPDATE token SET state = 'ended' WHERE token = ?", ended.token)
    return ok("Logout Successfully")


def validate_token(call: Call) -> Reply:
    """Validate Access Token: return whether the token of the path is valid for another call."""
    try:
        require_session(call, call.path_argument("accesstoken"))
    except RefusalError:
        return ok(SessionValid="false")
    return ok(SessionValid="true")


HANDLERS: dict[str, Handler] = {
    "customers.access_token": access_token,
    "customers.start_session": start_session,
    "customers.logout": logout,
    "customers.validate_token": validate_token,
}
