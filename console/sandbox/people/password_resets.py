"""Customers' passwords: changed with or without the old one, and reset by mobile or by e-mail.

A reset proves the customer's identity; Change Password then sets the new password.
"""

from console.sandbox.people import accounts, otp, passwords
from console.sandbox.people.accounts import Account
from console.sandbox.people.sessions import require_session
from console.sandbox.requests import Call, Handler, RequestFields
from console.sandbox.responses import Code, RefusalError, Reply, ok, refusal_reply

RESET_SECONDS = 60 * 60
CHANGED = "Your Password changed Successfully"
VERSION = "1"


def change(call: Call) -> Reply:
    """Change Password without the old one."""
    account = accounts.by_id(call, call.path_argument("UserId"))
    passwords.set_password(call, account.user_id, call.query.text("password"))
    return ok(CHANGED)


def change_v2(call: Call) -> Reply:
    """Change Password (V2): by the old one, in the customer's own session."""
    session = require_session(call)
    if call.headers.get("apiversion") != VERSION:
        raise RefusalError(Code.INVALID_INPUT, f"APIversion is not {VERSION}")
    account = accounts.by_id(call, call.path_argument("userId"))
    if session.customer_id != account.user_id:
        raise RefusalError(Code.INVALID_USER, "The session is not this customer's")
    fields = call.input_data()
    new = passwords.validate_password(fields.text("NewPassword"))
    refusal = passwords.password_refusal(
        call,
        account=account.user_id,
        password=fields.text("OldPassword"),
        password_hash=account.password_hash,
    )
    if refusal is not None:
        return refusal
    passwords.set_password(call, account.user_id, new)
    return ok(CHANGED)


def reset(call: Call) -> Reply:
    """Generate Reset ID: a link to an e-mail address, or a one-time password to a mobile number."""
    require_session(call)
    fields = call.input_data().nested("ResetPasswordRequest")
    account = _named_account(call, fields)
    accounts.require_active(account)
    url = fields.text("Url")
    if url and not url.startswith(("https://", "http://")):
        raise RefusalError(Code.INVALID_INPUT, "Url is not a link")
    name = fields.text("UserName")
    if accounts.is_mobile(name):
        mobile = account.mobile or name
        otp.issue(call, purpose=otp.Purpose.RESET, user_name=account.user_name, mobile=mobile)
    else:
        reset_id = call.store.new_guid()
        call.store.run("DELETE FROM reset WHERE expires_at <= ?", call.now)
        call.store.run(
            "INSERT OR REPLACE INTO reset VALUES (?, ?, ?, ?)",
            reset_id,
            account.user_id,
            f"{url}{reset_id}" if url else "",
            call.now + RESET_SECONDS,
        )
    return ok()


def validate(call: Call) -> Reply:
    """Validate Reset Request: by the one-time password or by the reset id, each valid once."""
    require_session(call)
    fields = call.input_data().nested("ResetPasswordDetails")
    account = _named_account(call, fields)
    match fields.text("Resettype").casefold():
        case "mobile":
            name = account.user_name.casefold()
            password = otp.consume(
                call,
                purpose=otp.Purpose.RESET,
                code=fields.text("OTP"),
                matches=lambda sent: sent.user_name == name,
            )
            if password is None:
                return refusal_reply(Code.INVALID_OTP)
        case "email":
            _consume_reset(call, account, fields.text("resetid").casefold())
        case _:
            raise RefusalError(Code.INVALID_INPUT, "Resettype is not mobile or email")
    return ok(UserId=account.user_id)


def _consume_reset(call: Call, account: Account, reset_id: str) -> None:
    used = call.store.run(
        "DELETE FROM reset WHERE reset_id = ? AND user_id = ? AND expires_at > ?",
        reset_id,
        account.user_id,
        call.now,
    )
    if not used:
        raise RefusalError(Code.INVALID_INPUT, "resetid is wrong, was used or has expired")


def _named_account(call: Call, fields: RequestFields) -> Account:
    name = fields.text("UserName")
    if not name:
        raise RefusalError(Code.USER_NAME_REQUIRED)
    account = accounts.by_name(call, name)
    if account is None:
        raise RefusalError(Code.UNKNOWN_ACCOUNT)
    return account


HANDLERS: dict[str, Handler] = {
    "customers.change_password": change,
    "customers.change_password_v2": change_v2,
    "customers.reset_password": reset,
    "customers.validate_reset": validate,
}
