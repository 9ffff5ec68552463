"""Customers' passwords: changed with or without the old one, and reset by mobile or by e-mail.

A reset proves who somebody is; the new password is then set by Change Password.
"""

from console.sandbox.answers import Answer, Code, RefusalError, refused, success
from console.sandbox.people import accounts, otp, passwords
from console.sandbox.people.accounts import Account
from console.sandbox.people.sessions import session
from console.sandbox.requests import Call, Fields, Handler

RESET_SECONDS = 60 * 60
CHANGED = "Your Password changed Successfully"
VERSION = "1"


def change(call: Call) -> Answer:
    """Change Password: set without the old one."""
    found = accounts.by_id(call, call.argument("UserId"))
    passwords.set_new(call, found.user_id, call.query.text("password"))
    return success(CHANGED)


def change_v2(call: Call) -> Answer:
    """Change Password (V2): set by the old one, in the customer's own session."""
    here = session(call)
    if call.headers.get("apiversion") != VERSION:
        raise RefusalError(Code.INVALID_INPUT, f"APIversion is not {VERSION}")
    found = accounts.by_id(call, call.argument("userId"))
    if here.customer_id != found.user_id:
        raise RefusalError(Code.INVALID_USER, "The session is not this customer's")
    fields = call.input()
    new = passwords.checked_new(fields.text("NewPassword"))
    refusal = passwords.refusal(
        call, account=found.user_id, password=fields.text("OldPassword"), kept=found.password
    )
    if refusal is not None:
        return refusal
    passwords.set_new(call, found.user_id, new)
    return success(CHANGED)


def reset(call: Call) -> Answer:
    """Generate Reset ID: a link to an e-mail address, or a one-time password to a mobile number."""
    session(call)
    fields = call.input().fields("ResetPasswordRequest")
    found = _named(call, fields)
    accounts.may_sign_in(found)
    url = fields.text("Url")
    if url and not url.startswith(("https://", "http://")):
        raise RefusalError(Code.INVALID_INPUT, "Url is not a link")
    name = fields.text("UserName")
    if accounts.is_mobile(name):
        mobile = found.mobile or name
        otp.issue(call, purpose=otp.Purpose.RESET, user_name=found.user_name, mobile=mobile)
    else:
        reset_id = call.store.fresh_guid()
        call.store.run("DELETE FROM reset WHERE expires_at <= ?", call.now)
        call.store.run(
            "INSERT OR REPLACE INTO reset VALUES (?, ?, ?, ?)",
            reset_id,
            found.user_id,
            f"{url}{reset_id}" if url else "",
            call.now + RESET_SECONDS,
        )
    return success()


def validate(call: Call) -> Answer:
    """Validate Reset Request: by the one-time password or by the reset id, each good for once."""
    session(call)
    fields = call.input().fields("ResetPasswordDetails")
    found = _named(call, fields)
    match fields.text("Resettype").casefold():
        case "mobile":
            name = found.user_name.casefold()
            taken = otp.take(
                call,
                purpose=otp.Purpose.RESET,
                code=fields.text("OTP"),
                meant=lambda sent: sent.user_name == name,
            )
            if taken is None:
                return refused(Code.INVALID_OTP)
        case "email":
            _use_up(call, found, fields.text("resetid").casefold())
        case _:
            raise RefusalError(Code.INVALID_INPUT, "Resettype is not mobile or email")
    return success(UserId=found.user_id)


def _use_up(call: Call, found: Account, reset_id: str) -> None:
    used = call.store.run(
        "DELETE FROM reset WHERE reset_id = ? AND user_id = ? AND expires_at > ?",
        reset_id,
        found.user_id,
        call.now,
    )
    if not used:
        raise RefusalError(Code.INVALID_INPUT, "resetid is wrong, was used or has expired")


def _named(call: Call, fields: Fields) -> Account:
    name = fields.text("UserName")
    if not name:
        raise RefusalError(Code.USER_NAME_REQUIRED)
    found = accounts.by_name(call, name)
    if found is None:
        raise RefusalError(Code.UNKNOWN_ACCOUNT)
    return found


HANDLERS: dict[str, Handler] = {
    "customers.change_password": change,
    "customers.change_password_v2": change_v2,
    "customers.reset_password": reset,
    "customers.validate_reset": validate,
}
