"""Customers: search, details, all of them, create, update, activate.

Answered out of the store's own table; the record's shape is the documents'.
"""

from datetime import datetime

from console.sandbox.answers import MERCHANT_TIME, NO_KEY, Answer, Code, Json, RefusalError, done, success
from console.sandbox.people import accounts, passwords
from console.sandbox.people.sessions import session
from console.sandbox.requests import Call, Fields, Handler
from console.sandbox.schema import digits

SEARCH_LIMIT = 1000
"""More than anybody reads, and still an answer that can be carried."""
DAY_SECONDS = 86_400

WRITABLE = (
    "FirstName", "LastName", "PostalAddress", "AlternateEmail", "City", "Pin", "State", "Country", "PhoneNo",
    "Street", "MobileNo", "BirthDate", "Gender", "Occupation", "Industry", "OtherArea", "CountryName",
    "StateName", "CityName", "AreaName", "OtherCity", "PreferredLanguage",
)  # fmt: skip
"""What a caller may set in a record."""


def search(call: Call) -> Answer:
    """Search Customers: a user name starts with, a mobile or an e-mail contains what was asked for.

    By ``CreateDate``, they were created from one day to another.
    """
    fields = call.input().fields("customerSearch")
    name, mobile, email = (fields.text(key).casefold() for key in ("UserName", "mobile", "email"))
    number = digits(mobile)
    first, end = _created(fields)
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
    return success(Customers=[dict(accounts.account(row).record) for row in rows])


def _created(fields: Fields) -> tuple[float, float]:
    """From when until before when, in Unix seconds; zeros where the search is not by date."""
    kind = fields.text("SearchType").casefold()
    if kind in ("", "username"):
        return 0, 0
    if kind != "createdate":
        raise RefusalError(Code.INVALID_INPUT, "SearchType is not CreateDate or UserName")
    first, last = _midnight(fields, "FromDate"), _midnight(fields, "ToDate")
    if last < first:
        raise RefusalError(Code.INVALID_INPUT, "ToDate is before FromDate")
    return first, last + DAY_SECONDS


def _midnight(fields: Fields, key: str) -> float:
    try:
        return datetime.strptime(fields.text(key), "%Y/%m/%d").replace(tzinfo=MERCHANT_TIME).timestamp()
    except (ValueError, OverflowError) as error:
        raise RefusalError(Code.INVALID_INPUT, f"{key} is not a day such as 2019/04/25") from error


def details(call: Call) -> Answer:
    """Get Customer Details."""
    return success(Customer=accounts.by_id(call, call.argument("UserId")).full_record)


def everyone(call: Call) -> Answer:
    """Get All Customers, those deactivated too."""
    rows = call.store.rows("SELECT * FROM customer ORDER BY folded")
    return success(Customers=[accounts.account(row).full_record for row in rows])


def count(call: Call) -> Answer:
    """Get Customer Count."""
    row = call.store.row("SELECT count(*) AS customers FROM customer")
    return done(Count=0 if row is None else int(row["customers"]))


def create(call: Call) -> Answer:
    """Create Customer Account. The new customer is found by the next search."""
    fields = call.input().fields("customer")
    name = fields.text("UserName")
    if not name:
        raise RefusalError(Code.USER_NAME_REQUIRED)
    password = passwords.checked_new(fields.text("Password"))
    written: dict[str, Json] = {"IsReceiveOffers": fields.flag("IsReceiveOffers"), **_written(fields)}
    created = accounts.register(call, name, written, password=password)
    return success(Customer={**created.record, "UserProfiles": None, "UserInfoId": NO_KEY})


def update(call: Call) -> Answer:
    """Update Customer Details: sets what is named, and leaves what is not."""
    session(call)
    fields = call.input().fields("customer")
    found = accounts.by_id(call, fields.text("UserId"))
    record = {**found.record, **_written(fields)}
    if "IsReceiveOffers" in fields:
        record["IsReceiveOffers"] = fields.flag("IsReceiveOffers")
    accounts.keep(call, found, record)
    return success()


def activate(call: Call) -> Answer:
    """Activate User Account."""
    return _set_active(call, active=True)


def deactivate(call: Call) -> Answer:
    """Deactivate User Account: the customer signs in no more; what is open stays open."""
    return _set_active(call, active=False)


def _set_active(call: Call, *, active: bool) -> Answer:
    found = accounts.by_id(call, call.argument("UserId"))
    call.store.run("UPDATE customer SET active = ? WHERE user_id = ?", active, found.user_id)
    return success()


def _written(fields: Fields) -> dict[str, Json]:
    return {name: fields.text(name) for name in WRITABLE if name in fields}


HANDLERS: dict[str, Handler] = {
    "customers.search": search,
    "customers.details": details,
    "customers.all": everyone,
    "customers.count": count,
    "customers.create": create,
    "customers.update": update,
    "customers.activate": activate,
    "customers.deactivate": deactivate,
}
