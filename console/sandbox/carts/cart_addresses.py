"""The addresses of a cart: the customer's own, then where the cart was said to go.

Used by the echo; the keys are those of an echo, with ``Bill_`` or ``Ship_`` before each.
"""

from collections.abc import Mapping

from console.sandbox.answers import Json
from console.sandbox.carts.cart_state import Cart
from console.sandbox.carts.checkout_state import Checkout


def addresses(customer: Mapping[str, Json], cart: Cart | None, checkout: Checkout) -> dict[str, Json]:
    """Where the bill and the goods go; a walk-in who said nothing has neither."""
    known = ("FirstName", "LastName", "PostalAddress", "MobileNo", "AlternateEmail", "Pin")
    first, last, address, mobile, email, pin = (customer.get(name, "") for name in known)
    both: dict[str, Json] = {
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
    bill = both | {
        "CountryCode": customer.get("Country", ""),
        "StateCode": customer.get("State", ""),
        "City": customer.get("CityName", ""),
        "CityCode": customer.get("City", ""),
    }
    ship = both
    if cart is not None:
        ship = both | {
            "CountryCode": cart.ship_country,
            "StateCode": cart.ship_state,
            "City": cart.ship_city,
            "CityCode": cart.ship_city,
        }
    named = {f"Bill_{key}": value for key, value in (bill | dict(checkout.bill)).items()}
    # The documents spell this one key with a line before it.
    named = {("_" + key if key == "Bill_StateCode" else key): value for key, value in named.items()}
    return named | {f"Ship_{key}": value for key, value in (ship | dict(checkout.ship)).items()}
