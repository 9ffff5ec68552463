"""The store's customers: some by name, the rest drawn from names and numbers by the seed.

Used once, when a new store is filled; customers created later are made by the same record.
"""

from dataclasses import dataclass, field
from uuid import UUID

from console.sandbox.answers import Json
from console.sandbox.datafile import Table, read
from console.sandbox.draws import Draws
from console.sandbox.merchant import load_merchant


@dataclass(frozen=True, slots=True)
class Person:
    """A customer. ``record`` is the documented record, as Get Customer Details answers it."""

    user_id: str
    user_name: str
    mobile: str
    email: str
    active: bool
    groups: tuple[int, ...] = ()
    record: dict[str, Json] = field(default_factory=dict[str, Json])


def blank_record(merchant_id: str) -> dict[str, Json]:
    """A customer record with nothing in it, its fields in the documents' order."""
    return {
        "UserProfiles": [],
        "UserInfoId": "",
        "UserId": "",
        "MerchantId": merchant_id,
        "UserName": "",
        "FirstName": "",
        "LastName": "",
        "PostalAddress": "",
        "AlternateEmail": "",
        "City": "",
        "Pin": "",
        "State": "",
        "Country": "",
        "PhoneNo": "",
        "Street": "",
        "MobileNo": "",
        "BirthDate": "1/1/1900",
        "Gender": "",
        "Occupation": "",
        "Industry": "",
        "OtherArea": "",
        "CountryName": "",
        "StateName": "",
        "CityName": "",
        "AreaName": "",
        "OtherCity": "",
        "IsReceiveOffers": False,
        "Password": None,
        "ConfirmPassword": None,
        "Countries": None,
        "States": None,
        "CommunicationType": None,
        "MarketingNotificationType": None,
    }


def population(seed: int) -> tuple[Person, ...]:
    """The customers of a new store: always the same for the same seed.

    Raises:
        DataError: the file of people lacks a key.
    """
    table = read("people.toml")
    draws = Draws(f"{seed}:people")
    addresses = table.tables("address")
    people = [
        _person(draws, row, draws.choice(addresses), active=row.flag("active", default=True))
        for row in table.tables("customer")
    ]
    taken = {person.user_name for person in people}
    while len(people) < table.integer("count"):
        person = _drawn(draws, table, addresses)
        if person.user_name not in taken:
            taken.add(person.user_name)
            people.append(person)
    return tuple(people)


def _drawn(draws: Draws, table: Table, addresses: tuple[Table, ...]) -> Person:
    people = draws.choice(table.tables("people"))
    first, last = draws.choice(people.texts("first")), draws.choice(people.texts("last"))
    numbers = [row for row in table.tables("numbers") for _ in range(row.integer("weight"))]
    number = draws.choice(numbers)
    begin = draws.choice(number.texts("begins"))
    rest = "".join(draws.choice("0123456789") for _ in range(number.integer("length") - len(begin)))
    mobile = f"{number.text('country')}-{begin}{rest}"
    address = draws.choice(addresses)
    email = f"{first}.{last}@example.com".lower().replace("'", "").replace(" ", "")
    by_number = draws.chance(0.15)
    street = draws.choice(address.texts("streets"))
    row = {
        "username": mobile.replace("-", "") if by_number else email,
        "first_name": first,
        "last_name": last,
        "mobile": mobile,
        "email": email if draws.chance(0.8) or not by_number else "",
        "address": f"{street}, Block {1 + draws.below(12)}",
    }
    return _person(draws, Table(row, "people"), address, active=True)


def _person(draws: Draws, row: Table, address: Table, *, active: bool) -> Person:
    merchant = load_merchant()
    user_id, info_id = (str(UUID(int=draws.bits() << 64 | draws.bits(), version=4)) for _ in range(2))
    record = blank_record(merchant.merchant_id) | {
        "UserInfoId": info_id,
        "UserId": user_id,
        "UserName": row.text("username"),
        "FirstName": row.text("first_name"),
        "LastName": row.text("last_name"),
        "PostalAddress": row.text("address"),
        "AlternateEmail": row.text("email"),
        "City": address.text("city_code"),
        "Pin": address.text("pin"),
        "State": address.text("state_code"),
        "Country": "KW",
        "MobileNo": row.text("mobile"),
        "OtherArea": address.text("area"),
        "CountryName": "Kuwait",
        "StateName": address.text("city"),
        "CityName": address.text("city"),
        "AreaName": address.text("area"),
    }
    return Person(
        user_id=user_id,
        user_name=row.text("username"),
        mobile=row.text("mobile"),
        email=row.text("email"),
        active=active,
        groups=tuple(group.group_id for group in merchant.groups if draws.below(100) < group.share),
        record=record,
    )
