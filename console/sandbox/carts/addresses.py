"""The addresses of a cart: the customer's own, overridden by those set on the cart."""

from collections.abc import Mapping

from console.sandbox.carts.checkout_state import SandboxCheckout
from console.sandbox.carts.state import SandboxCart
from console.sandbox.responses import Json


def echo_addresses(
    customer: Mapping[str, Json], cart: SandboxCart | None, checkout: SandboxCheckout
) -> dict[str, Json]:
    """Return the billing and shipping fields of an echo, with ``Bill_`` or ``Ship_`` before each key.

    A walk-in who has set no address has empty ones.
    """
    keys = ("FirstName", "LastName", "PostalAddress", "MobileNo", "AlternateEmail", "Pin")
    first, last, address, mobile, email, pin = (customer.get(name, "") for name in keys)
    base: dict[str, Json] = {
        "FirstName": first,
        "LastName": last,
        "Address1": address,
        "Address2": "",
        "CountryCode": "",
        "StateCode": "",
        "City": "",
        "CityCode": "",
        "OtherCityName": "",
        "Telephone": "",
        "Mobile": mobile,
        "PostCode": pin,
        "Email": email,
    }
    bill = base | {
        "CountryCode": customer.get("Country", ""),
        "StateCode": customer.get("State", ""),
        "City": customer.get("CityName", ""),
        "CityCode": customer.get("City", ""),
    }
    ship = base
    if cart is not None:
        ship = base | {
            "CountryCode": cart.ship_country,
            "StateCode": cart.ship_state,
            "City": cart.ship_city,
            "CityCode": cart.ship_city,
        }
    fields = {f"Bill_{key}": value for key, value in (bill | dict(checkout.bill)).items()}
    # The documents print an underscore before this one key.
    fields = {("_" + key if key == "Bill_StateCode" else key): value for key, value in fields.items()}
    return fields | {f"Ship_{key}": value for key, value in (ship | dict(checkout.ship)).items()}
