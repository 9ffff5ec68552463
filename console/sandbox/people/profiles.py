"""Profiles of customers: attributes, shipping addresses, saved carts.

The people data file defines the attributes.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import cast

from console.sandbox.data.data_loader import load_data_file
from console.sandbox.people import accounts
from console.sandbox.people.sessions import IDLE_SECONDS, require_session
from console.sandbox.requests import Call, Handler, RequestFields
from console.sandbox.responses import (
    EMPTY_GUID,
    Code,
    Json,
    RefusalError,
    Reply,
    ok,
    ok_without_error_code,
    wire_date,
)

MAX_ADDRESSES = 50
ADDRESSES_VERSION = "4"
COUNTRIES = {"KW": "Kuwait", "IN": "India", "AE": "United Arab Emirates"}
ADDRESS_TYPES = {"home": "1", "home address": "1", "1": "1", "office": "2", "office address": "2", "2": "2"}
"""The wire's codes for the documented kinds of address."""
OTHER_TYPE = "3"
ADDRESS_FIELDS = (
    "firstname", "lastname", "address1", "address2", "state", "pin", "countrycode", "citycode", "phoneno",
    "mobileno", "email",
)  # fmt: skip
REQUIRED = ("firstname", "lastname", "address1")


@cache
def attributes() -> Mapping[int, str]:
    """Return the merchant's profile attributes: their names by id."""
    return {row.integer("id"): row.text("name") for row in load_data_file("people.toml").tables("attribute")}


def update_attributes(call: Call) -> Reply:
    """Update Profile Attributes (Custom Fields): set one; without a user id, of the session's customer."""
    session = require_session(call)
    profile = call.input_data().nested("UserProfile")
    account = accounts.by_id(call, profile.text("UserId") or session.customer_id)
    attribute_fields = profile.nested("ProfileAttributes").nested("ProfileAttribute")
    attribute_id, value = (
        attribute_fields.integer("ProfileAttributeId"),
        attribute_fields.text("ProfileAttributeValue"),
    )
    if attribute_id not in attributes():
        raise RefusalError(Code.INVALID_INPUT, "There is no such profile attribute")
    profiles = cast("list[dict[str, Json]]", account.record["UserProfiles"] or [])
    profiles = [attribute for attribute in profiles if attribute["ProfileAttributeId"] != attribute_id]
    profiles.append(
        {
            "UserId": account.user_id,
            "ProfileAttributeId": attribute_id,
            "ProfileAttributeValueId": 0,
            "ProfileAttributeName": attributes()[attribute_id],
            "ProfileAttributeValue": value,
        }
    )
    accounts.save_record(call, account, {**account.record, "UserProfiles": list(profiles)})
    return ok("Updated Successfully")


def save_address(call: Call) -> Reply:
    """Add/Update Shipping Address: id 0 adds one; another changes the named fields."""
    fields = call.input_data().nested("shippingaddress")
    account = accounts.by_id(call, fields.text("userId"))
    address_id = fields.integer("shippingaddressid")
    current = _address(call, account.user_id, address_id) if address_id else {}
    record = {**current, **_address_fields(fields)}
    if not all(record.get(name) for name in REQUIRED):
        raise RefusalError(Code.INVALID_INPUT, f"{', '.join(REQUIRED)}: one is missing")
    record_json = json.dumps(record, ensure_ascii=False)
    if address_id:
        call.store.run("UPDATE address SET record = ? WHERE address_id = ?", record_json, address_id)
    else:
        address_id = _add_address(call, account.user_id, record_json)
    # The documented response has the id alone, beside an empty address.
    blank: dict[str, Json] = dict.fromkeys((*ADDRESS_FIELDS, "othercity"))
    return ok(ShippingAddresses=[{"shippingaddressid": address_id, "userId": EMPTY_GUID, **blank}])


def addresses(call: Call) -> Reply:
    """Get Customer's Shipping Address: all of them, the oldest first. The API version is 4."""
    if call.headers.get("apiversion") != ADDRESSES_VERSION:
        raise RefusalError(Code.INVALID_INPUT, f"apiversion is not {ADDRESSES_VERSION}")
    account = accounts.by_id(call, call.path_argument("UserId"))
    rows = call.store.rows("SELECT * FROM address WHERE user_id = ? ORDER BY address_id", account.user_id)
    merchant = call.store.merchant
    cities = {place.city_code: place.city for place in merchant.locations}
    states = {place.state_code: place.state for place in merchant.locations}
    records: list[Json] = []
    for row in rows:
        record = cast("dict[str, str]", json.loads(str(row["record"])))
        city = cities.get(record.get("citycode", ""), "")
        records.append(
            {
                "shippingaddressid": int(row["address_id"]),
                "userId": account.user_id,
                **{name: record.get(name, "") for name in ADDRESS_FIELDS},
                "othercity": city,
                "CityName": city,
                "StateName": states.get(record.get("state", ""), ""),
                "CountryName": COUNTRIES.get(record.get("countrycode", "").upper(), ""),
                "AddressType": record.get("AddressType", ""),
            }
        )
    return ok(ShippingAddresses=records)


def delete_address(call: Call) -> Reply:
    """Delete Shipping Address."""
    account = accounts.by_id(call, call.path_argument("UserId"))
    address_id = call.path_number("ShippingAddressId")
    _address(call, account.user_id, address_id)
    call.store.run("DELETE FROM address WHERE address_id = ?", address_id)
    return ok_without_error_code(message="Success")


def saved_cart(call: Call) -> Reply:
    """Get Saved Cart Items: the cart of the customer's last session that ended with one."""
    account = accounts.by_id(call, call.path_argument("UserId"))
    last_cart = call.store.row(
        "SELECT cart_id, used_at FROM cart JOIN token USING (token)"
        " WHERE token.customer_id = ? AND (token.state <> 'open' OR token.used_at < ?)"
        " AND EXISTS (SELECT 1 FROM line WHERE line.cart_id = cart.cart_id)"
        " ORDER BY token.used_at DESC, cart_id DESC",
        account.user_id,
        call.now - IDLE_SECONDS,
    )
    if last_cart is None:
        return ok(SavedCartItems=[])
    lines = call.store.rows(
        "SELECT * FROM line WHERE cart_id = ? ORDER BY line_id", int(last_cart["cart_id"])
    )
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
            "LastUpdated": wire_date(float(last_cart["used_at"])),
        }
        for line in lines
    ]
    return ok(SavedCartItems=items)


def _address(call: Call, user_id: str, address_id: int) -> dict[str, str]:
    row = call.store.row(
        "SELECT record FROM address WHERE address_id = ? AND user_id = ?", address_id, user_id
    )
    if row is None:
        raise RefusalError(Code.NO_RECORD)
    return cast("dict[str, str]", json.loads(str(row["record"])))


def _add_address(call: Call, user_id: str, record_json: str) -> int:
    row = call.store.row("SELECT count(*) AS n FROM address WHERE user_id = ?", user_id)
    if row is not None and int(row["n"]) >= MAX_ADDRESSES:
        raise RefusalError(Code.INVALID_INPUT, f"A customer has at most {MAX_ADDRESSES} addresses")
    added = call.store.row(
        "INSERT INTO address (user_id, record) VALUES (?, ?) RETURNING address_id", user_id, record_json
    )
    return 0 if added is None else int(added["address_id"])


def _address_fields(fields: RequestFields) -> dict[str, str]:
    address_fields = {name: fields.text(name) for name in ADDRESS_FIELDS if name in fields}
    if "AddressType" in fields:
        kind = fields.text("AddressType").casefold()
        address_fields["AddressType"] = ADDRESS_TYPES.get(kind, OTHER_TYPE) if kind else ""
    return address_fields


HANDLERS: dict[str, Handler] = {
    "customers.update_attributes": update_attributes,
    "customers.save_address": save_address,
    "customers.addresses": addresses,
    "customers.delete_address": delete_address,
    "customers.saved_cart": saved_cart,
}
