"""Accounts of customers: look-up by id or name, creation, and their records."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from console.sandbox.data.customer_seed import Person, blank_record
from console.sandbox.database.schema import customer_row, digits_only, hash_password
from console.sandbox.requests import Call
from console.sandbox.responses import Code, Json, RefusalError


@dataclass(frozen=True, slots=True)
class Account:
    """A customer's account. ``password_hash`` is empty if none was set; ``groups`` are ids."""

    user_id: str
    user_name: str
    mobile: str
    email: str
    active: bool
    password_hash: str = field(repr=False)
    groups: tuple[int, ...]
    record: Mapping[str, Json] = field(repr=False)

    @property
    def full_record(self) -> dict[str, Json]:
        """The record with the activation, for the replies that include it."""
        return {"PreferredLanguage": "en", **self.record, "IsActivated": self.active}


def by_id(call: Call, user_id: str) -> Account:
    """Load the account with this id, in any case.

    Raises:
        RefusalError: 1017, there is none.
    """
    row = call.store.row("SELECT * FROM customer WHERE user_id = ?", user_id.casefold())
    if row is None:
        raise RefusalError(Code.UNKNOWN_USER)
    return account_from_row(row)


def by_name(call: Call, name: str) -> Account | None:
    """Find the account with this user name, or the only one with this e-mail or mobile number."""
    folded = name.casefold()
    queries = (
        ("SELECT * FROM customer WHERE folded = ?", folded),
        ("SELECT * FROM customer WHERE email = ? LIMIT 2", folded if "@" in name else ""),
        ("SELECT * FROM customer WHERE digits = ? LIMIT 2", digits_only(name) if is_mobile(name) else ""),
    )
    for sql, value in queries:
        rows = call.store.rows(sql, value) if value else []
        if len(rows) == 1:
            return account_from_row(rows[0])
    return None


def by_provider(call: Call, provider: str, profile_id: str) -> Account | None:
    """Find the account that a third party's id was used for, ``None`` if it was not used yet."""
    row = call.store.row(
        "SELECT customer.* FROM provider_profile JOIN customer USING (user_id)"
        " WHERE provider = ? AND profile_id = ?",
        provider,
        profile_id,
    )
    return None if row is None else account_from_row(row)


def link_provider(call: Call, account: Account, provider: str, profile_id: str) -> None:
    """Remember which account a third party's id belongs to."""
    call.store.run(
        "INSERT OR REPLACE INTO provider_profile VALUES (?, ?, ?)", provider, profile_id, account.user_id
    )


def require_active(customer: Account) -> None:
    """Refuse a deactivated account.

    Raises:
        RefusalError: 1042.
    """
    if not customer.active:
        raise RefusalError(Code.NOT_ACTIVATED)


def register(call: Call, name: str, known_fields: Mapping[str, Json], *, password: str = "") -> Account:
    """Create an account; ``known_fields`` are the known fields of its record.

    Raises:
        RefusalError: 5001, the user name is taken.
    """
    if call.store.row("SELECT 1 FROM customer WHERE folded = ?", name.casefold()) is not None:
        raise RefusalError(Code.INVALID_USER, "The user name is taken")
    user_id = call.store.new_guid()
    record = blank_record(call.store.merchant.merchant_id) | {
        "UserInfoId": call.store.new_guid(),
        "UserId": user_id,
        "UserName": name,
        "CommunicationType": "nochannel",
        "MarketingNotificationType": "sms|email|push",
        **known_fields,
    }
    person = Person(
        user_id=user_id,
        user_name=name,
        mobile=str(record["MobileNo"]),
        email=email_of(name, record),
        active=True,
        record=record,
    )
    password_hash = hash_password(password, salt=user_id) if password else ""
    call.store.run(
        "INSERT INTO customer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *customer_row(person, created_at=call.now, password_hash=password_hash),
    )
    return by_id(call, user_id)


def save_record(call: Call, customer: Account, record: Mapping[str, Json]) -> None:
    """Replace an account's record."""
    mobile = str(record["MobileNo"])
    call.store.run(
        "UPDATE customer SET record = ?, mobile = ?, digits = ?, email = ? WHERE user_id = ?",
        json.dumps(record, ensure_ascii=False),
        mobile,
        digits_only(mobile),
        email_of(customer.user_name, record).casefold(),
        customer.user_id,
    )


def email_of(name: str, record: Mapping[str, Json]) -> str:
    """Return the e-mail address of a record; a user name may be one."""
    return str(record["AlternateEmail"]) or (name if "@" in name else "")


def is_mobile(text: str) -> bool:
    """Return True if a text is a telephone number: digits, with the usual separators."""
    return 7 <= len(digits_only(text)) <= 15 and all(character in "0123456789+-() " for character in text)


def same_mobile(one: str, other: str) -> bool:
    """Return True if two numbers are the same; either may lack the country's code."""
    first, second = sorted((digits_only(one), digits_only(other)), key=len)
    return len(first) >= 7 and second.endswith(first)


def account_from_row(row: sqlite3.Row) -> Account:
    """Build the account from a row of the table."""
    return Account(
        user_id=str(row["user_id"]),
        user_name=str(row["user_name"]),
        mobile=str(row["mobile"]),
        email=str(row["email"]),
        active=bool(row["active"]),
        password_hash=str(row["password"]),
        groups=tuple(cast("list[int]", json.loads(str(row["groups"])))),
        record=cast("dict[str, Json]", json.loads(str(row["record"]))),
    )
