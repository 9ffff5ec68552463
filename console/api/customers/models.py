"""Customers, operators, sessions and groups as the platform describes them."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from console.api.transport.auth import check_header_value
from console.api.transport.records import NO_RECORDS, Records
from console.api.transport.wire_types import Text, WireBool, WireDate, WireInt, WireModel, aliases


def _check_token(token: SecretStr) -> SecretStr:
    check_header_value(token.get_secret_value(), "access token")
    return token


class SessionToken(WireModel):
    """A session of a customer or a walk-in (Start Customer Session, Get Access Token).

    ``user_id`` is the customer's, or that of an account the platform generated for a walk-in.
    """

    essential = frozenset({"user_id", "merchant_id"})

    access_token: Annotated[SecretStr, AfterValidator(_check_token)] = Field(
        validation_alias=aliases("AccessToken", "accessToken", "accesstoken")
    )
    issued_at: WireDate = None
    user_id: Text = Field(default="", validation_alias=aliases("UserId", "UserID", "userId"))
    merchant_id: Text = Field(default="", validation_alias=aliases("MerchantId", "MerchantID", "merchantId"))


class SessionValidity(WireModel):
    """The validity of a session (Validate Access Token)."""

    is_alive: WireBool = Field(validation_alias=aliases("SessionValid"))


class AgentLocation(WireModel):
    """A location where an operator works."""

    location_id: WireInt = Field(validation_alias=aliases("LocationId", "LocationID", "locationId"))
    code: Text = Field(default="", validation_alias=aliases("LocationCode"))
    name: Text = Field(default="", validation_alias=aliases("LocationName"))


class AgentRole(WireModel):
    """A role of an operator, by the platform's own name for it."""

    role_id: Text = Field(default="", validation_alias=aliases("RoleId"))
    name: Text = Field(default="", validation_alias=aliases("RoleName"))


class Agent(WireModel):
    """An operator who has signed in (Agent Login)."""

    agent_id: Text = Field(validation_alias=aliases("AgentId"))
    first_name: Text = Field(default="", validation_alias=aliases("FirstName"))
    last_name: Text = Field(default="", validation_alias=aliases("LastName"))
    email: Text = Field(default="", validation_alias=aliases("Email"))
    locations: Records[AgentLocation] = Field(default=NO_RECORDS, validation_alias=aliases("LocationDetails"))
    roles: Records[AgentRole] = Field(default=NO_RECORDS, validation_alias=aliases("RoleDetails"))


class ProfileAttribute(WireModel):
    """A customer's value of an attribute that the merchant has defined."""

    attribute_id: WireInt = Field(default=0, validation_alias=aliases("ProfileAttributeId"))
    name: Text = Field(default="", validation_alias=aliases("ProfileAttributeName"))
    value: Text = Field(default="", validation_alias=aliases("ProfileAttributeValue"))


class WireCustomer(WireModel):
    """A customer (Get Customer Details). Numbers and dates of birth are text, as entered."""

    essential = frozenset({"user_name"})

    user_id: Text = Field(validation_alias=aliases("UserId", "UserID", "userId"))
    user_name: Text = Field(default="", validation_alias=aliases("UserName"))
    first_name: Text = Field(default="", validation_alias=aliases("FirstName"))
    last_name: Text = Field(default="", validation_alias=aliases("LastName"))
    mobile: Text = Field(default="", validation_alias=aliases("MobileNo"))
    phone: Text = Field(default="", validation_alias=aliases("PhoneNo"))
    alternate_email: Text = Field(default="", validation_alias=aliases("AlternateEmail"))
    postal_address: Text = Field(default="", validation_alias=aliases("PostalAddress"))
    street: Text = Field(default="", validation_alias=aliases("Street"))
    area: Text = Field(default="", validation_alias=aliases("AreaName"))
    other_area: Text = Field(default="", validation_alias=aliases("OtherArea"))
    city: Text = Field(default="", validation_alias=aliases("City"))
    """The platform's code of the city; its name is ``city_name``."""
    city_name: Text = Field(default="", validation_alias=aliases("CityName"))
    state: Text = Field(default="", validation_alias=aliases("State"))
    state_name: Text = Field(default="", validation_alias=aliases("StateName"))
    country: Text = Field(default="", validation_alias=aliases("Country"))
    country_name: Text = Field(default="", validation_alias=aliases("CountryName"))
    pin: Text = Field(default="", validation_alias=aliases("Pin", "PIN"))
    birth_date: Text = Field(default="", validation_alias=aliases("BirthDate"))
    gender: Text = Field(default="", validation_alias=aliases("Gender"))
    preferred_language: Text = Field(default="", validation_alias=aliases("PreferredLanguage"))
    is_activated: WireBool = Field(default=True, validation_alias=aliases("IsActivated"))
    attributes: Records[ProfileAttribute] = Field(
        default=NO_RECORDS, validation_alias=aliases("UserProfiles")
    )


class CustomerCount(WireModel):
    """The number of registered customers (Get Customer Count)."""

    count: WireInt = Field(validation_alias=aliases("Count"))


class SavedCartItem(WireModel):
    """An item of a cart that a customer left behind (Get Saved Cart Items), without a quantity."""

    cart_item_id: WireInt = Field(validation_alias=aliases("CartItemId"))
    product_id: WireInt = Field(validation_alias=aliases("ProductId", "ProductID", "productId"))
    variant_id: WireInt = Field(default=0, validation_alias=aliases("VariantProductId", "VariantProductID"))
    is_in_stock: WireBool = Field(default=False, validation_alias=aliases("StockAvailability"))
    updated_at: WireDate = Field(default=None, validation_alias=aliases("LastUpdated"))


class StoreOperator(WireModel):
    """An operator and the locations where they work (Get Store Operators)."""

    operator_id: Text = Field(validation_alias=aliases("OperatorId"))
    first_name: Text = Field(default="", validation_alias=aliases("FirstName"))
    last_name: Text = Field(default="", validation_alias=aliases("LastName"))
    email: Text = Field(default="", validation_alias=aliases("Email"))
    location_ids: Records[WireInt] = Field(default=NO_RECORDS, validation_alias=aliases("StoreIDs"))


class CustomerGroup(WireModel):
    """A group of customers (Get Group Details). ``member_count`` is its size."""

    group_id: WireInt = Field(validation_alias=aliases("UserGroupId"))
    name: Text = Field(default="", validation_alias=aliases("UserGroupName"))
    description: Text = Field(default="", validation_alias=aliases("GroupDescription"))
    is_active: WireBool = Field(default=True, validation_alias=aliases("IsActive"))
    member_count: WireInt = Field(default=0, validation_alias=aliases("MemberCount"))
    created_at: WireDate = Field(default=None, validation_alias=aliases("CreatedDate"))


@dataclass(frozen=True, slots=True)
class CustomerAccountDetails:
    """The details of an account to create or change. An empty field is not sent.

    ``city`` and ``state`` are the platform's codes, ``country`` is an alpha-2 code.
    """

    user_name: str = ""
    first_name: str = ""
    last_name: str = ""
    mobile: str = ""
    alternate_email: str = ""
    postal_address: str = ""
    street: str = ""
    area: str = ""
    city: str = ""
    city_name: str = ""
    state: str = ""
    country: str = ""
    pin: str = ""
    gender: str = ""
    preferred_language: str = ""

    def to_wire(self) -> dict[str, str]:
        """The filled fields under their documented names."""
        fields = {
            "UserName": self.user_name,
            "FirstName": self.first_name,
            "LastName": self.last_name,
            "PostalAddress": self.postal_address,
            "AlternateEmail": self.alternate_email,
            "City": self.city,
            "Pin": self.pin,
            "State": self.state,
            "Country": self.country,
            "Street": self.street,
            "MobileNo": self.mobile,
            "Gender": self.gender,
            "CityName": self.city_name,
            "AreaName": self.area,
            "PreferredLanguage": self.preferred_language,
        }
        return {name: value for name, value in fields.items() if value}
