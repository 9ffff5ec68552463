"""Customers: search, details, create, update.

Answered out of the store's own table; the record's shape is the documents'.
"""

import json
from typing import cast

from console.sandbox.answers import NO_KEY, Answer, Code, Json, RefusalError, success
from console.sandbox.people import Person, blank_record
from console.sandbox.requests import Call, Fields, Handler
from console.sandbox.schema import customer_row, digits, hashed
from console.sandbox.sessions import session

SEARCH_LIMIT = 100
MIN_PASSWORD = 6

WRITABLE = (
    "FirstName", "LastName", "PostalAddress", "AlternateEmail", "City", "Pin", "State", "Country", "PhoneNo",
    "Street", "MobileNo", "BirthDate", "Gender", "Occupation", "Industry", "OtherArea", "CountryName",
    "StateName", "CityName", "AreaName", "OtherCity", "PreferredLanguage",
)  # fmt: skip
"""What a caller may set in a record."""


def search(call: Call) -> Answer:
    """Search Customers: a user name starts with, a mobile or an e-mail contains what was asked for."""
    fields = call.input().fields("customerSearch")
    name, mobile, email = (fields.text(key).casefold() for key in ("UserName", "mobile", "email"))
    number = digits(mobile)
    if not (name or number or email):
        raise RefusalError(Code.INVALID_INPUT, "There is nothing to search for")
    rows = call.store.rows(
        "SELECT record FROM customer WHERE active"
        " AND substr(folded, 1, length(?)) = ? AND instr(digits, ?) > 0 AND instr(email, ?) > 0"
        " ORDER BY folded LIMIT ?",
        name,
        name,
        number,
        email,
        SEARCH_LIMIT,
    )
    return success(Customers=[_record(str(row["record"])) for row in rows])


def details(call: Call) -> Answer:
    """Get Customer Details."""
    row = call.store.row(
        "SELECT record, active FROM customer WHERE user_id = ?", call.argument("UserId").casefold()
    )
    if row is None:
        raise RefusalError(Code.UNKNOWN_USER)
    record = _record(str(row["record"]))
    extra: dict[str, Json] = {"PreferredLanguage": "en", "IsActivated": bool(row["active"])}
    return success(Customer=extra | record | {"IsActivated": bool(row["active"])})


def create(call: Call) -> Answer:
    """Create Customer Account. The new customer is found by the next search."""
    fields = call.input().fields("customer")
    name = fields.text("UserName")
    if not name:
        raise RefusalError(Code.USER_NAME_REQUIRED)
    if len(fields.text("Password")) < MIN_PASSWORD:
        raise RefusalError(Code.INVALID_PASSWORD, f"A password has at least {MIN_PASSWORD} characters")
    if call.store.row("SELECT 1 FROM customer WHERE folded = ?", name.casefold()) is not None:
        raise RefusalError(Code.INVALID_USER, "The user name is taken")
    user_id = call.store.fresh_guid()
    record = blank_record(call.store.merchant.merchant_id) | {
        "UserInfoId": call.store.fresh_guid(),
        "UserId": user_id,
        "UserName": name,
        "IsReceiveOffers": fields.flag("IsReceiveOffers"),
        "CommunicationType": "nochannel",
        "MarketingNotificationType": "sms|email|push",
        **_written(fields),
    }
    person = Person(
        user_id=user_id,
        user_name=name,
        mobile=str(record["MobileNo"]),
        email=str(record["AlternateEmail"]) or (name if "@" in name else ""),
        active=True,
        record=record,
    )
    call.store.run(
        "INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *customer_row(person, password=hashed(fields.text("Password"), salt=user_id)),
    )
    return success(Customer=record | {"UserProfiles": None, "UserInfoId": NO_KEY})


def update(call: Call) -> Answer:
    """Update Customer Details: sets what is named, and leaves what is not."""
    session(call)
    fields = call.input().fields("customer")
    user_id = fields.text("UserId").casefold()
    row = call.store.row("SELECT user_name, record FROM customer WHERE user_id = ?", user_id)
    if row is None:
        raise RefusalError(Code.UNKNOWN_USER)
    record = _record(str(row["record"])) | _written(fields)
    if "IsReceiveOffers" in fields:
        record["IsReceiveOffers"] = fields.flag("IsReceiveOffers")
    mobile, name = str(record["MobileNo"]), str(row["user_name"])
    email = str(record["AlternateEmail"]) or (name if "@" in name else "")
    call.store.run(
        "UPDATE customer SET record = ?, mobile = ?, digits = ?, email = ? WHERE user_id = ?",
        json.dumps(record, ensure_ascii=False),
        mobile,
        digits(mobile),
        email.casefold(),
        user_id,
    )
    return success()


def _written(fields: Fields) -> dict[str, Json]:
    return {name: fields.text(name) for name in WRITABLE if name in fields}


def _record(text: str) -> dict[str, Json]:
    return cast("dict[str, Json]", json.loads(text))


HANDLERS: dict[str, Handler] = {
    "customers.search": search,
    "customers.details": details,
    "customers.create": create,
    "customers.update": update,
}
