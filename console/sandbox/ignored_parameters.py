"""Documented parameters that the sandbox accepts and does not honour, each with the reason."""

from collections.abc import Mapping

_HEADING = "a heading of the documents' table and no key of the request"
_LIST = "a value is taken from SelectedValue alone"
_PRICE = "the platform decides the price"
_CLOCK = "the sandbox's own clock counts"
_PAYMENT = "no payment is made or paid back"

IGNORED_PARAMETERS: Mapping[str, Mapping[str, str]] = {
    "products.update": {"CategoryRefCode": "CategoryReference names the category"},
    "products.update_variant": {"CategoryRefCode": "CategoryReference names the category"},
    "carts.validate_otp": {"APISessionRequired": "the response never shows the one-time password"},
    "carts.add_customised_deal": {"Price": _PRICE},
    "carts.add_customised_bundle": {"Price": _PRICE},
    "carts.update_properties": {
        "ShippingModeId": "Update Shipping Mode sets the mode",
        "IsPredefined": _LIST,
        "IsMandatory": _LIST,
        "lstOMSEntityFieldValues": _LIST,
        "EntityFieldValueID": _LIST,
        "Value": _LIST,
        "IsSelected": _LIST,
    },
    "carts.get": {"languageCode": "the menu has one language"},
    "carts.add_attributes": {"IsPredefined": _LIST, "IsMandatory": _LIST},
    "carts.update_address": {
        "BillingAddress": _HEADING,
        "ShippingAddress": _HEADING,
        "BillCountry": "BillCountryCode names the country",
        "BillTelephoneCode": "the number has its country's code",
        "BillMobileCode": "the number has its country's code",
    },
    "orders.authorise": {"Date": _CLOCK, "bankInstrumentNumber": _PAYMENT, "bankName": _PAYMENT},
    "orders.cancel": {"DisplayCommentToUser": "there is no page for customers", "PGResponse": _PAYMENT},
    "orders.cancel_line": {"DisplayCommentToUser": "there is no page for customers", "PGResponse": _PAYMENT},
    "locations.search": {"outputfield": "every field is in the response"},
}
