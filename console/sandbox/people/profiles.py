"""What customers keep with the merchant: profile attributes, shipping addresses, carts left behind.

Answered out of the store; which attributes there are is in the file of people.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import cast

from console.sandbox.answers import NO_KEY, Answer, Code, Json, RefusalError, done, success, wire_date
from console.sandbox.datafile import read
from console.sandbox.people import accounts
from console.sandbox.people.sessions import IDLE_SECONDS, session
from console.sandbox.requests import Call, Fields, Handler

MAX_ADDRESSES = 50
COUNTRIES = {"KW": "Kuwait", "IN": "India", "AE": "United Arab Emirates"}
ADDRESS_TYPES = {"home": "1", "home address": "1", "1": "1", "office": "2", "office address": "2", "2": "2"}
"""The wire's mark for the kinds of address that the documents name."""
OTHER_TYPE = "3"
ADDRESS_FIELDS = (
    "firstname", "lastname", "address1", "address2", "state", "pin", "countrycode", "citycode", "phoneno",
    "mobileno", "email",
)  # fmt: skip
REQUIRED = ("firstname", "lastname", "address1")


@cache
def attributes() -> Mapping[int, str]:
    """The profile attributes that the merchant has defined: their names by id."""
    return {row.integer("id"): row.text("name") for row in read("people.toml").tables("attribute")}


def update_attributes(call: Call) -> Answer:
    """Update Profile Attributes (Custom Fields): sets one; without a user id, of the session's customer."""
    here = session(call)
    profile = call.input().fields("UserProfile")
    found = accounts.by_id(call, profile.text("UserId") or here.customer_id)
    given = profile.fields("ProfileAttributes").fields("ProfileAttribute")
    attribute_id, value = given.integer("ProfileAttributeId"), given.text("ProfileAttributeValue")
    if attribute_id not in attributes():
        raise RefusalError(Code.INVALID_INPUT, "There is no such profile attribute")
    kept = cast("list[dict[str, Json]]", found.record["UserProfiles"] or [])
    kept = [attribute for attribute in kept if attribute["ProfileAttributeId"] != attribute_id]
    kept.append(
        {
            "UserId": found.user_id,
            "ProfileAttributeId": attribute_id,
            "ProfileAttributeValueId": 0,
            "ProfileAttributeName": attributes()[attribute_id],
            "ProfileAttributeValue": value,
        }
    )
    accounts.keep(call, found, {**found.record, "UserProfiles": list(kept)})
    return success("Updated Successfully")


def save_address(call: Call) -> Answer:
    """Add/Update Shipping Address: id 0 adds one; another is changed in what is named."""
    fields = call.input().fields("shippingaddress")
    found = accounts.by_id(call, fields.text("userId"))
    address_id = fields.integer("shippingaddressid")
    before = _address(call, found.user_id, address_id) if address_id else {}
    record = {**before, **_written_address(fields)}
    if not all(record.get(name) for name in REQUIRED):
        raise RefusalError(Code.INVALID_INPUT, f"{', '.join(REQUIRED)}: one is missing")
    kept = json.dumps(record, ensure_ascii=False)
    if address_id:
        call.store.run("UPDATE address SET record = ? WHERE address_id = ?", kept, address_id)
    else:
        address_id = _add_address(call, found.user_id, kept)
    # The documents' answer has the id alone, beside an empty address.
    blank: dict[str, Json] = dict.fromkeys((*ADDRESS_FIELDS, "othercity"))
    return success(ShippingAddresses=[{"shippingaddressid": address_id, "userId": NO_KEY, **blank}])


def addresses(call: Call) -> Answer:
    """Get Customer's Shipping Address: all of them, the oldest first."""
    found = accounts.by_id(call, call.argument("UserId"))
    rows = call.store.rows("SELECT * FROM address WHERE user_id = ? ORDER BY address_id", found.user_id)
    merchant = call.store.merchant
    cities = {place.city_code: place.city for place in merchant.locations}
    states = {place.state_code: place.state for place in merchant.locations}
    shown: list[Json] = []
    for row in rows:
        record = cast("dict[str, str]", json.loads(str(row["record"])))
        city = cities.get(record.get("citycode", ""), "")
        shown.append(
            {
                "shippingaddressid": int(row["address_id"]),
                "userId": found.user_id,
                **{name: record.get(name, "") for name in ADDRESS_FIELDS},
                "othercity": city,
                "CityName": city,
                "StateName": states.get(record.get("state", ""), ""),
                "CountryName": COUNTRIES.get(record.get("countrycode", "").upper(), ""),
                "AddressType": record.get("AddressType", ""),
            }
        )
    return success(ShippingAddresses=shown)


def delete_address(call: Call) -> Answer:
    """Delete Shipping Address."""
    found = accounts.by_id(call, call.argument("UserId"))
    address_id = call.number("ShippingAddressId")
    _address(call, found.user_id, address_id)
    call.store.run("DELETE FROM address WHERE address_id = ?", address_id)
    return done(message="Success")


def saved_cart(call: Call) -> Answer:
    """Get Saved Cart Items: what the cart holds of the customer's last session that was left with one."""
    found = accounts.by_id(call, call.argument("UserId"))
    left = call.store.row(
        "SELECT cart_id, used_at FROM cart JOIN token USING (token)"
        " WHERE token.customer_id = ? AND (token.state <> 'open' OR token.used_at < ?)"
        " AND EXISTS (SELECT 1 FROM line WHERE line.cart_id = cart.cart_id)"
        " ORDER BY token.used_at DESC, cart_id DESC",
        found.user_id,
        call.now - IDLE_SECONDS,
    )
    if left is None:
        return success(SavedCartItems=[])
    lines = call.store.rows("SELECT * FROM line WHERE cart_id = ? ORDER BY line_id", int(left["cart_id"]))
    items: list[Json] = [
        {
            "CartItemId": int(line["line_id"]),
            "ProductId": int(line["product_id"]),
            "VariantProductId": int(line["variant_id"]),
            "MerchantId": call.store.merchant.merchant_id,
            "StockAvailability": call.stock(
                int(line["location_id"]), int(line["product_id"]), int(line["variant_id"])
            )
            > 0,
            "LastUpdated": wire_date(float(left["used_at"])),
        }
        for line in lines
    ]
    return success(SavedCartItems=items)


def _address(call: Call, user_id: str, address_id: int) -> dict[str, str]:
    row = call.store.row(
        "SELECT record FROM address WHERE address_id = ? AND user_id = ?", address_id, user_id
    )
    if row is None:
        raise RefusalError(Code.NO_RECORD)
    return cast("dict[str, str]", json.loads(str(row["record"])))


def _add_address(call: Call, user_id: str, kept: str) -> int:
    row = call.store.row("SELECT count(*) AS n FROM address WHERE user_id = ?", user_id)
    if row is not None and int(row["n"]) >= MAX_ADDRESSES:
        raise RefusalError(Code.INVALID_INPUT, f"A customer has at most {MAX_ADDRESSES} addresses")
    added = call.store.row(
        "INSERT INTO address (user_id, record) VALUES (?, ?) RETURNING address_id", user_id, kept
    )
    return 0 if added is None else int(added["address_id"])


def _written_address(fields: Fields) -> dict[str, str]:
    written = {name: fields.text(name) for name in ADDRESS_FIELDS if name in fields}
    if "AddressType" in fields:
        kind = fields.text("AddressType").casefold()
        written["AddressType"] = ADDRESS_TYPES.get(kind, OTHER_TYPE) if kind else ""
    return written


HANDLERS: dict[str, Handler] = {
    "customers.update_attributes": update_attributes,
    "customers.save_address": save_address,
    "customers.addresses": addresses,
    "customers.delete_address": delete_address,
    "customers.saved_cart": saved_cart,
}
