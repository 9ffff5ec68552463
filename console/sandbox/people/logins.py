"""Customer logins: by password, by one-time password, and through a third party.

Each opens a session of the customer's own, without an operator or a location.
"""

from console.sandbox.people import accounts, otp, passwords
from console.sandbox.people.accounts import Account
from console.sandbox.people.sessions import issue_token, require_session
from console.sandbox.requests import Call, Handler, RequestFields
from console.sandbox.responses import Code, Json, RefusalError, Reply, refusal_reply

PROVIDERS = frozenset({"google", "facebook"})
"""Third parties that the asynchronous login supports."""
MAX_TOKEN = 4096
QUOTED_KEY = "\u201dToken\u201d"
"""The sample request's spelling of the key ``Token``: with typographic quotes inside."""
GENDERS = frozenset({"", "M", "F"})


def login(call: Call) -> Reply:
    """Customer Login (with Credentials)."""
    fields = call.input_data()
    name = fields.text("username")
    if not name:
        raise RefusalError(Code.USER_NAME_REQUIRED)
    account = accounts.by_name(call, name)
    if account is None:
        raise RefusalError(Code.UNKNOWN_ACCOUNT)
    accounts.require_active(account)
    refusal = passwords.password_refusal(
        call, account=account.user_id, password=fields.text("password"), password_hash=account.password_hash
    )
    return refusal or _open_session(call, account)


def login_with_otp(call: Call) -> Reply:
    """Customer Login (with OTP): an unknown customer is registered first."""
    name, code = call.query.text("username"), call.query.text("oTP")
    fields = call.input_data()
    if not name:
        raise RefusalError(Code.USER_NAME_REQUIRED)
    if fields.text("UserName").casefold() != name.casefold() or fields.text("OTP") != code:
        raise RefusalError(Code.INVALID_INPUT, "Body and URL name different customers")
    if "accesstoken" in call.headers:
        require_session(call)
    known_account = accounts.by_name(call, name)
    if known_account is not None:
        _require_login_allowed(call, known_account)
    otp_token = call.headers.get("otptoken")
    password = otp.consume(
        call,
        purpose=otp.Purpose.LOGIN,
        code=code,
        matches=lambda sent: sent.user_name == name.casefold() and otp_token in (None, sent.token),
    )
    if password is None:
        return refusal_reply(Code.INVALID_OTP)
    return _open_session(call, known_account or accounts.register(call, name, {"MobileNo": password.mobile}))


def login_with_third_party(call: Call) -> Reply:
    """Customer Login (with Third Party Authentication): the provider and its id are mandatory."""
    return _login_via_provider(call, call.input_data())


def login_with_third_party_async(call: Call) -> Reply:
    """Customer Login (with Third Party Async): the provider, its id and its token are mandatory."""
    fields = call.input_data()
    if fields.text("provider").casefold() not in PROVIDERS:
        raise RefusalError(Code.INVALID_INPUT, "provider is not google or facebook")
    token = fields.raw("Token") or fields.raw(QUOTED_KEY)
    if not 1 <= len(token) <= MAX_TOKEN:
        raise RefusalError(Code.INVALID_INPUT, f"Token is not a text of at most {MAX_TOKEN} characters")
    return _login_via_provider(call, fields)


def _login_via_provider(call: Call, fields: RequestFields) -> Reply:
    """Open the session of a third party's customer.

    The account is the one of the provider's id; the first time, it is found by name or e-mail, or created.
    """
    provider, profile_id = fields.text("provider").casefold(), fields.text("profileId")
    if not provider or not profile_id:
        raise RefusalError(Code.INVALID_INPUT, "provider or profileId is missing")
    email = fields.text("email")
    name = fields.text("loginId") or email
    if not name:
        raise RefusalError(Code.USER_NAME_REQUIRED, "Either email or loginId is mandatory")
    if fields.text("gender") not in GENDERS:
        raise RefusalError(Code.INVALID_INPUT, "gender is not M or F")
    account = (
        accounts.by_provider(call, provider, profile_id)
        or accounts.by_name(call, name)
        or accounts.by_name(call, email)
    )
    if account is None:
        known_fields: dict[str, Json] = {
            key: fields.text(key) for key in ("FirstName", "LastName", "MobileNo", "Gender")
        }
        offers = fields.boolean("subscribeToOffers")
        known_fields |= {"AlternateEmail": email, "IsReceiveOffers": offers}
        account = accounts.register(call, name, known_fields)
    _require_login_allowed(call, account)
    accounts.link_provider(call, account, provider, profile_id)
    return _open_session(call, account)


def _require_login_allowed(call: Call, account: Account) -> None:
    accounts.require_active(account)
    passwords.check_lock(call, account.user_id)


def _open_session(call: Call, account: Account) -> Reply:
    return issue_token(call, user_id=account.user_id, customer_id=account.user_id)


HANDLERS: dict[str, Handler] = {
    "customers.login": login,
    "customers.login_with_otp": login_with_otp,
    "customers.login_with_third_party": login_with_third_party,
    "customers.login_with_third_party_async": login_with_third_party_async,
}
