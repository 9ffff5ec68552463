"""The customers of a new store: some by name, the rest drawn from names and numbers by the seed."""

from dataclasses import dataclass, field
from uuid import UUID

from console.sandbox.data.data_loader import TomlTable, load_data_file
from console.sandbox.data.merchant import load_merchant
from console.sandbox.responses import Json
from console.sandbox.seeded_random import SeededRandom


@dataclass(frozen=True, slots=True)
class Person:
    """A customer. ``record`` is the documented record of Get Customer Details."""

    user_id: str
    user_name: str
    mobile: str
    email: str
    active: bool
    groups: tuple[int, ...] = ()
    record: dict[str, Json] = field(default_factory=dict[str, Json])


def blank_record(merchant_id: str) -> dict[str, Json]:
    """Return an empty customer record, its fields in the documents' order."""
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


def seed_customers(seed: int) -> tuple[Person, ...]:
    """Return the customers of a new store: always the same for the same seed.

    Raises:
        DataError: the file of people lacks a key.
    """
    table = load_data_file("people.toml")
    rng = SeededRandom(f"{seed}:people")
    addresses = table.tables("address")
    people = [
        _person(rng, row, rng.choice(addresses), active=row.flag("active", default=True))
        for row in table.tables("customer")
    ]
    taken = {person.user_name for person in people}
    while len(people) < table.integer("count"):
        person = _random_person(rng, table, addresses)
        if person.user_name not in taken:
            taken.add(person.user_name)
            people.append(person)
    return tuple(people)


def _random_person(rng: SeededRandom, table: TomlTable, addresses: tuple[TomlTable, ...]) -> Person:
    people = rng.choice(table.tables("people"))
    first, last = rng.choice(people.texts("first")), rng.choice(people.texts("last"))
    numbers = [row for row in table.tables("numbers") for _ in range(row.integer("weight"))]
    number = rng.choice(numbers)
    prefix = rng.choice(number.texts("begins"))
    rest = "".join(rng.choice("0123456789") for _ in range(number.integer("length") - len(prefix)))
    mobile = f"{number.text('country')}-{prefix}{rest}"
    address = rng.choice(addresses)
    email = f"{first}.{last}@example.com".lower().replace("'", "").replace(" ", "")
    by_number = rng.chance(0.15)
    street = rng.choice(address.texts("streets"))
    row = {
        "username": mobile.replace("-", "") if by_number else email,
        "first_name": first,
        "last_name": last,
        "mobile": mobile,
        "email": email if rng.chance(0.8) or not by_number else "",
        "address": f"{street}, Block {1 + rng.randbelow(12)}",
    }
    return _person(rng, TomlTable(row, "people"), address, active=True)


def _person(rng: SeededRandom, row: TomlTable, address: TomlTable, *, active: bool) -> Person:
    merchant = load_merchant()
    user_id, info_id = (str(UUID(int=rng.bits() << 64 | rng.bits(), version=4)) for _ in range(2))
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
        groups=tuple(
            group.group_id for group in merchant.groups if rng.randbelow(100) < group.member_percent
        ),
        record=record,
    )
