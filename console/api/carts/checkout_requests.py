"""Requests of checkout: addresses, attributes and promotion searches, nested as the documents nest them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from console.api.transport.encoding import Encodable


class AttributeInputType(StrEnum):
    """Input type of an order attribute (Add Order Attributes, parameter Type)."""

    DROP_DOWN = "1"
    RADIO_BUTTON = "2"
    CHECK_BOX = "3"


class PromotionMode(StrEnum):
    """Delivery mode of a promotion (Get Cart Promotions, parameter deliverymode)."""

    SHIP = "ship"
    PICKUP = "pickup"


class PromotionType(StrEnum):
    """Kind of a promotion (Get Cart Promotions, parameter promotiontype)."""

    CART = "cart"
    CATALOGUE = "catalogue"


@dataclass(frozen=True, slots=True)
class OrderAddress:
    """A billing or shipping address. ``country``, ``state`` and ``city`` are the platform's codes.

    ``latitude`` and ``longitude`` are degrees.
    """

    first_name: str = ""
    last_name: str = ""
    street: str = ""
    street1: str = ""
    country: str = ""
    country_name: str = ""
    state: str = ""
    city: str = ""
    city_name: str = ""
    other_city: str = ""
    phone: str = ""
    phone_code: str = ""
    mobile: str = ""
    mobile_code: str = ""
    pin: str = ""
    email: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None

    def to_nested_wire(self) -> dict[str, Encodable]:
        """Return the address as Update Cart Properties expects it; empty fields are sent as null."""
        data: dict[str, Encodable] = {
            "FirstName": self.first_name,
            "LastName": self.last_name,
            "Street": self.street,
            "Street1": self.street1,
            "Country": self.country,
            "State": self.state,
            "City": self.city,
            "CityName": self.city_name,
            "OtherCityName": self.other_city,
            "Phone": self.phone,
            "Mobile": self.mobile,
            "PIN": self.pin,
            "EmailID": self.email,
            "Type": None,
            "AddressType": None,
            "Latitude": self.latitude,
            "Longitude": self.longitude,
        }
        return {name: value or None for name, value in data.items()}

    def to_flat_wire(self, prefix: str, *, street: str, street1: str) -> dict[str, Encodable]:
        """Return the address as Update Address expects it, with ``Bill`` or ``Ship`` before each key.

        ``street`` and ``street1`` are the keys of the two address lines, which differ between the two.
        """
        data: dict[str, Encodable] = {
            "FirstName": self.first_name,
            "LastName": self.last_name,
            "Email": self.email,
            "Mobile": self.mobile,
            "MobileCode": self.mobile_code,
            "Country": self.country_name,
            "CountryCode": self.country,
            "Zip": self.pin,
            "City": self.city,
            "OtherCity": self.other_city,
            "State": self.state,
            street: self.street,
            street1: self.street1,
            "Telephone": self.phone,
            "TelephoneCode": self.phone_code,
        }
        return {f"{prefix}{name}": value for name, value in data.items()}


@dataclass(frozen=True, slots=True)
class OrderAttribute:
    """An attribute for the order. The merchant configures which ones exist.

    ``value_id`` is the id of a predefined value.
    """

    field_id: int
    name: str
    value: str
    value_id: int = 0
    kind: AttributeInputType = AttributeInputType.DROP_DOWN
    is_predefined: bool = True
    is_mandatory: bool = True

    def to_wire(self) -> dict[str, Encodable]:
        """Return the attribute as Add Order Attributes expects it."""
        return {**self._field(), "OrderEntityFieldValues": [self._value()]}

    def to_property_wire(self, merchant_id: str) -> dict[str, Encodable]:
        """Return the attribute as Update Cart Properties expects it."""
        merchant: dict[str, Encodable] = {"MerchantID": merchant_id}
        value: dict[str, Encodable] = {**merchant, **self._value()}
        return {**merchant, **self._field(), "lstOMSEntityFieldValues": [value]}

    def _field(self) -> dict[str, Encodable]:
        return {
            "EntityFieldID": self.field_id,
            "EntityFieldName": self.name,
            "Type": self.kind,
            "IsPredefined": self.is_predefined,
            "IsMandatory": self.is_mandatory,
            "SelectedValue": self.value,
        }

    def _value(self) -> dict[str, Encodable]:
        return {
            "EntityFieldValueID": self.value_id or self.field_id,
            "EntityFieldID": self.field_id,
            "Value": self.value,
            "IsSelected": True,
        }


@dataclass(frozen=True, slots=True)
class PromotionSearch:
    """A filter for promotions; empty finds all. ``first_day`` and ``last_day`` are inclusive."""

    location_code: str = ""
    mode: PromotionMode | None = None
    kind: PromotionType | None = None
    has_vouchers: bool | None = None
    first_day: date | None = None
    last_day: date | None = None
    only_active: bool | None = None
    channel: str = ""
    external_coupons: bool | None = None
    user_id: str = ""

    def to_wire(self) -> dict[str, Encodable]:
        """Return the search in its wire form."""
        return {
            "locationcode": self.location_code,
            "deliverymode": self.mode or "",
            "promotiontype": self.kind or "",
            "hasvouchers": _wire_bool(self.has_vouchers),
            "fromdate": self.first_day.isoformat() if self.first_day else "",
            "todate": self.last_day.isoformat() if self.last_day else "",
            "activestatus": _wire_bool(self.only_active),
            "channeltype": self.channel,
            "totime": "",
            "externalcouponmapped": _wire_bool(self.external_coupons),
            "userid": self.user_id,
        }


@dataclass(frozen=True, slots=True)
class RequestedProduct:
    """A product that a store must have, by id or by SKU."""

    product_id: int = 0
    variant_id: int = 0
    sku: str = ""
    quantity: int = 1

    def to_wire(self) -> dict[str, Encodable]:
        """Return the product in its wire form."""
        return {
            "ProductId": str(self.product_id),
            "VariantProductId": str(self.variant_id),
            "ProductSku": self.sku,
            "Quantity": self.quantity,
        }


def _wire_bool(value: bool | None) -> str:
    return "" if value is None else str(value).lower()
