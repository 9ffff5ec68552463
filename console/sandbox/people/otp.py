"""One-time passwords: issued, checked, used once, and expired after five minutes.

None is sent: the control API shows them to callers on this machine.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from console.sandbox.people import accounts
from console.sandbox.requests import Call, Handler, RequestFields
from console.sandbox.responses import Code, Json, RefusalError, Reply, ok, refusal_reply
from console.sandbox.store import Store

LIFETIME_SECONDS = 5 * 60
MAX_ATTEMPTS = 5
"""After this many wrong attempts, a one-time password is invalid."""


class Purpose(StrEnum):
    """Purpose of a one-time password; one for a login cannot reset a password."""

    LOGIN = "login"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class OneTimePassword:
    """A valid one-time password. ``token`` identifies it and is no secret of the customer's."""

    token: str
    user_name: str
    mobile: str
    code: str = field(repr=False)


def issue(call: Call, *, purpose: Purpose, user_name: str, mobile: str) -> OneTimePassword:
    """Issue a one-time password; it replaces earlier ones for the same name or number."""
    call.store.run(
        "DELETE FROM otp WHERE expires_at <= ? OR (purpose = ? AND (user_name = ? OR mobile = ?))",
        call.now,
        purpose,
        user_name.casefold(),
        mobile,
    )
    token = call.store.new_token()
    code = f"{UUID(call.store.new_guid()).int % 10**6:06}"
    call.store.run(
        "INSERT INTO otp (otp_token, purpose, user_name, mobile, code, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
        token,
        purpose,
        user_name.casefold(),
        mobile,
        code,
        call.now + LIFETIME_SECONDS,
    )
    return OneTimePassword(token, user_name.casefold(), mobile, code)


def consume(
    call: Call, *, purpose: Purpose, code: str, matches: Callable[[OneTimePassword], bool]
) -> OneTimePassword | None:
    """Use up the matching one-time password, as ``check`` finds it."""
    password = check(call, purpose=purpose, code=code, matches=matches)
    if password is not None:
        call.store.run("DELETE FROM otp WHERE otp_token = ?", password.token)
    return password


def check(
    call: Call, *, purpose: Purpose, code: str, matches: Callable[[OneTimePassword], bool]
) -> OneTimePassword | None:
    """Find the matching one-time password, ``None`` if there is none or ``code`` is wrong.

    A wrong attempt is counted, so the caller must reply and not raise, which would undo the count.
    """
    rows = call.store.rows(
        "SELECT * FROM otp WHERE purpose = ? AND expires_at > ? AND wrong < ? ORDER BY rowid DESC",
        purpose,
        call.now,
        MAX_ATTEMPTS,
    )
    password = next((otp for otp in map(_from_row, rows) if matches(otp)), None)
    if password is None:
        return None
    if password.code != code:
        call.store.run("UPDATE otp SET wrong = wrong + 1 WHERE otp_token = ?", password.token)
        return None
    return password


def send(call: Call) -> Reply:
    """Send OTP: for a customer, or for a person who is to become one.

    As documented, the reply shows the one-time password unless ``APISessionRequired`` is true.
    """
    fields = call.input_data().nested("customer")
    name, mobile = _addressee(call, fields)
    known_account = accounts.by_name(call, name)
    if known_account is not None:
        accounts.require_active(known_account)
        if known_account.mobile and not accounts.same_mobile(known_account.mobile, mobile):
            raise RefusalError(Code.INVALID_USER, "The mobile number is not the one registered")
    password = issue(call, purpose=Purpose.LOGIN, user_name=name, mobile=mobile)
    hidden = call.headers.get("apisessionrequired", "").casefold() == "true"
    payload: dict[str, Json] = {"OTPToken": password.token}
    if not hidden:
        payload["OTP"] = password.code
    by_email = known_account is not None and bool(known_account.record["AlternateEmail"])
    return ok(Code.SUCCESS.text, **payload, IsEmailSentToAlternateEmail=str(by_email))


def validate(call: Call) -> Reply:
    """Validate OTP: check the one last sent to a mobile number; it stays good for the login after it."""
    mobile = call.form.text("mobile")
    password = check(
        call,
        purpose=Purpose.LOGIN,
        code=call.form.text("OTP"),
        matches=lambda otp: accounts.same_mobile(otp.mobile, mobile),
    )
    return refusal_reply(Code.INVALID_OTP) if password is None else ok()


def otps_json(store: Store) -> dict[str, object]:
    """Return the valid one-time passwords that customers would have received, for the control API."""
    now = store.clock()
    otps = store.rows(
        "SELECT * FROM otp WHERE expires_at > ? AND wrong < ? ORDER BY rowid", now, MAX_ATTEMPTS
    )
    resets = store.rows(
        "SELECT user_name, reset.* FROM reset JOIN customer USING (user_id) WHERE expires_at > ?"
        " ORDER BY expires_at",
        now,
    )
    keys = ("purpose", "user_name", "mobile", "otp_token", "code", "expires_at")
    return {
        "otps": [{key: row[key] for key in keys} for row in otps],
        "resets": [
            {key: row[key] for key in ("user_name", "reset_id", "link", "expires_at")} for row in resets
        ],
    }


def _addressee(call: Call, fields: RequestFields) -> tuple[str, str]:
    name, mobile, merchant = (fields.text(key) for key in ("UserName", "MobileNo", "merchantId"))
    if not name:
        raise RefusalError(Code.USER_NAME_REQUIRED)
    if not accounts.is_mobile(mobile):
        raise RefusalError(Code.INVALID_INPUT, "MobileNo is not a telephone number")
    if merchant and merchant.casefold() != call.store.merchant.merchant_id:
        raise RefusalError(Code.INVALID_MERCHANT)
    return name, mobile


def _from_row(row: sqlite3.Row) -> OneTimePassword:
    return OneTimePassword(
        token=str(row["otp_token"]),
        user_name=str(row["user_name"]),
        mobile=str(row["mobile"]),
        code=str(row["code"]),
    )


HANDLERS: dict[str, Handler] = {"carts.send_otp": send, "carts.validate_otp": validate}
