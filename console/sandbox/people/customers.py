"""Customers: search, details, list, creation, update, activation.

The record's shape is the documents'.
"""

import re
from datetime import datetime

from console.sandbox.database.schema import digits_only
from console.sandbox.people import accounts, passwords
from console.sandbox.people.sessions import require_session
from console.sandbox.requests import Call, Handler, RequestFields
from console.sandbox.responses import (
    EMPTY_GUID,
    MERCHANT_TIME,
    Code,
    Json,
    RefusalError,
    Reply,
    ok,
    ok_without_error_code,
)

SEARCH_LIMIT = 1000
"""A limit beyond any useful result that still fits into a response."""
DAY_SECONDS = 86_400
COMMUNICATION_TYPES = frozenset(("SMS", "EMAIL"))

WRITABLE = (
    "FirstName", "LastName", "PostalAddress", "AlternateEmail", "City", "Pin", "State", "Country", "PhoneNo",
    "Street", "MobileNo", "BirthDate", "Gender", "Occupation", "Industry", "OtherArea", "CountryName",
    "StateName", "CityName", "AreaName", "OtherCity", "PreferredLanguage",
)  # fmt: skip
"""Fields of a record that a caller may set."""


def search(call: Call) -> Reply:
    """Search Customers: by the start of a user name, or by part of a mobile number or an e-mail.

    ``CreateDate`` searches from one day to another.
    """
    fields = call.input_data().nested("customerSearch")
    name, mobile, email = (fields.text(key).casefold() for key in ("UserName", "mobile", "email"))
    number = digits_only(mobile)
    first, end = _created_range(fields)
    if not (name or number or email or end):
        raise RefusalError(Code.INVALID_INPUT, "There is nothing to search for")
    rows = call.store.rows(
        "SELECT * FROM customer WHERE substr(folded, 1, length(?)) = ?"
        " AND instr(digits, ?) > 0 AND instr(email, ?) > 0"
        " AND (? = 0 OR (created_at >= ? AND created_at < ?))"
        " ORDER BY folded LIMIT ?",
        name,
        name,
        number,
        email,
        end,
        first,
        end,
        SEARCH_LIMIT,
    )
    return ok(Customers=[dict(accounts.account_from_row(row).record) for row in rows])


def _created_range(fields: RequestFields) -> tuple[float, float]:
    """Return the Unix seconds from and until which to search; zeros if the search is not by date."""
    kind = fields.text("SearchType").casefold()
    if kind in ("", "username"):
        return 0, 0
    if kind != "createdate":
        raise RefusalError(Code.INVALID_INPUT, "SearchType is not CreateDate or UserName")
    first, last = _midnight(fields, "FromDate"), _midnight(fields, "ToDate")
    if last < first:
        raise RefusalError(Code.INVALID_INPUT, "ToDate is before FromDate")
    return first, last + DAY_SECONDS


def _midnight(fields: RequestFields, key: str) -> float:
    try:
        return datetime.strptime(fields.text(key), "%Y/%m/%d").replace(tzinfo=MERCHANT_TIME).timestamp()
    except (ValueError, OverflowError) as error:
        raise RefusalError(Code.INVALID_INPUT, f"{key} is not a day such as 2019/04/25") from error


def details(call: Call) -> Reply:
    """Get Customer Details."""
    return ok(Customer=accounts.by_id(call, call.path_argument("UserId")).full_record)


def all_customers(call: Call) -> Reply:
    """Get All Customers, deactivated ones included."""
    rows = call.store.rows("SELECT * FROM customer ORDER BY folded")
    return ok(Customers=[accounts.account_from_row(row).full_record for row in rows])


def count(call: Call) -> Reply:
    """Get Customer Count."""
    row = call.store.row("SELECT count(*) AS customers FROM customer")
    return ok_without_error_code(Count=0 if row is None else int(row["customers"]))


def create(call: Call) -> Reply:
    """Create Customer Account. The next search finds the new customer."""
    fields = call.input_data().nested("customer")
    name = fields.text("UserName")
    if not name:
        raise RefusalError(Code.USER_NAME_REQUIRED)
    password = passwords.validate_password(fields.text("Password"))
    known_fields = {**_writable_fields(fields), **_contact_fields(fields)}
    created = accounts.register(call, name, known_fields, password=password)
    record: dict[str, Json] = {"PreferredLanguage": "en", **created.record}
    return ok(Customer=record | {"UserProfiles": None, "UserInfoId": EMPTY_GUID})


def update(call: Call) -> Reply:
    """Update Customer Details: set the named fields, leave the rest.

    The session is the customer's own, or one that an operator started.
    """
    session = require_session(call)
    fields = call.input_data().nested("customer")
    account = accounts.by_id(call, fields.text("UserId"))
    session.require_access(account.user_id)
    record = {**account.record, **_writable_fields(fields), **_contact_fields(fields)}
    accounts.save_record(call, account, record)
    return ok()


def activate(call: Call) -> Reply:
    """Activate User Account."""
    return _set_active(call, active=True)


def deactivate(call: Call) -> Reply:
    """Deactivate User Account: no more logins; open sessions stay open."""
    return _set_active(call, active=False)


def _set_active(call: Call, *, active: bool) -> Reply:
    account = accounts.by_id(call, call.path_argument("UserId"))
    call.store.run("UPDATE customer SET active = ? WHERE user_id = ?", active, account.user_id)
    return ok()


def _writable_fields(fields: RequestFields) -> dict[str, Json]:
    return {name: fields.text(name) for name in WRITABLE if name in fields}


def _contact_fields(fields: RequestFields) -> dict[str, Json]:
    """Return how the customer may be written to: the channels, and whether offers are welcome.

    Raises:
        RefusalError: 1016, a channel is not SMS or EMAIL, or IsReceiveOffers is neither true nor false.
    """
    found: dict[str, Json] = {}
    if text := fields.text("CommunicationType"):
        channels = [channel.strip().upper() for channel in re.split(r"[,|]", text)]
        if not COMMUNICATION_TYPES.issuperset(channels):
            raise RefusalError(Code.INVALID_INPUT, "CommunicationType is not SMS or EMAIL")
        found["CommunicationType"] = "|".join(dict.fromkeys(channels))
    if "IsReceiveOffers" in fields:
        found["IsReceiveOffers"] = fields.boolean("IsReceiveOffers")
    return found


HANDLERS: dict[str, Handler] = {
    "customers.search": search,
    "customers.details": details,
    "customers.all": all_customers,
    "customers.count": count,
    "customers.create": create,
    "customers.update": update,
    "customers.activate": activate,
    "customers.deactivate": deactivate,
}
