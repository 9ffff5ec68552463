"""Customers logging in: by password, by one-time password, and by the word of a third party.

Each opens a session of the customer's own, without an operator or a location.
"""

from console.sandbox.answers import Answer, Code, Json, RefusalError, refused
from console.sandbox.people import accounts, otp, passwords
from console.sandbox.people.accounts import Account
from console.sandbox.people.sessions import opened, session
from console.sandbox.requests import Call, Fields, Handler

PROVIDERS = frozenset({"google", "facebook"})
"""The third parties that the asynchronous login supports."""
MAX_TOKEN = 4096
PRINTED_KEY = "\u201dToken\u201d"
"""How the sample request spells the key ``Token``: with typographic quotes inside."""
GENDERS = frozenset({"", "M", "F"})


def login(call: Call) -> Answer:
    """Customer Login (with Credentials)."""
    fields = call.input()
    name = fields.text("username")
    if not name:
        raise RefusalError(Code.USER_NAME_REQUIRED)
    found = accounts.by_name(call, name)
    if found is None:
        raise RefusalError(Code.UNKNOWN_ACCOUNT)
    accounts.may_sign_in(found)
    refusal = passwords.refusal(
        call, account=found.user_id, password=fields.text("password"), kept=found.password
    )
    return refusal or _session_of(call, found)


def login_with_otp(call: Call) -> Answer:
    """Customer Login (with OTP): who is not known yet is registered first."""
    name, code = call.query.text("username"), call.query.text("oTP")
    fields = call.input()
    if not name:
        raise RefusalError(Code.USER_NAME_REQUIRED)
    if fields.text("UserName").casefold() != name.casefold() or fields.text("OTP") != code:
        raise RefusalError(Code.INVALID_INPUT, "The body is about another than the URL")
    if "accesstoken" in call.headers:
        session(call)
    known = accounts.by_name(call, name)
    if known is not None:
        _may_log_in(call, known)
    named = call.headers.get("otptoken")
    taken = otp.take(
        call,
        purpose=otp.Purpose.LOGIN,
        code=code,
        meant=lambda sent: sent.user_name == name.casefold() and named in (None, sent.token),
    )
    if taken is None:
        return refused(Code.INVALID_OTP)
    return _session_of(call, known or accounts.register(call, name, {"MobileNo": taken.mobile}))


def login_with_third_party(call: Call) -> Answer:
    """Customer Login (with Third Party Authentication)."""
    return _vouched_for(call, call.input())


def login_with_third_party_async(call: Call) -> Answer:
    """Customer Login (with Third Party Async): the provider, its id and its token are mandatory."""
    fields = call.input()
    if fields.text("provider").casefold() not in PROVIDERS:
        raise RefusalError(Code.INVALID_INPUT, "provider is not google or facebook")
    if not fields.text("profileId"):
        raise RefusalError(Code.INVALID_INPUT, "profileId is missing")
    token = fields.raw("Token") or fields.raw(PRINTED_KEY)
    if not 1 <= len(token) <= MAX_TOKEN:
        raise RefusalError(Code.INVALID_INPUT, f"Token is not a text of at most {MAX_TOKEN} characters")
    return _vouched_for(call, fields)


def _vouched_for(call: Call, fields: Fields) -> Answer:
    """The session of whom a third party names; the account is found by name or e-mail, or made."""
    email = fields.text("email")
    name = fields.text("loginId") or email
    if not name:
        raise RefusalError(Code.USER_NAME_REQUIRED, "Either email or loginId is mandatory")
    if fields.text("gender") not in GENDERS:
        raise RefusalError(Code.INVALID_INPUT, "gender is not M or F")
    found = accounts.by_name(call, name) or accounts.by_name(call, email)
    if found is None:
        written: dict[str, Json] = {
            key: fields.text(key) for key in ("FirstName", "LastName", "MobileNo", "Gender")
        }
        offers = fields.flag("subscribeToOffers")
        written |= {"AlternateEmail": email, "IsReceiveOffers": offers}
        found = accounts.register(call, name, written)
    _may_log_in(call, found)
    return _session_of(call, found)


def _may_log_in(call: Call, found: Account) -> None:
    accounts.may_sign_in(found)
    passwords.check_lock(call, found.user_id)


def _session_of(call: Call, found: Account) -> Answer:
    return opened(call, user_id=found.user_id, customer_id=found.user_id)


HANDLERS: dict[str, Handler] = {
    "customers.login": login,
    "customers.login_with_otp": login_with_otp,
    "customers.login_with_third_party": login_with_third_party,
    "customers.login_with_third_party_async": login_with_third_party_async,
}
