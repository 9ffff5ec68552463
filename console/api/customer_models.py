"""Customers, operators, sessions and groups as the platform describes them.

Read by ``customers`` and ``groups``; turned by the desk into what the screens show.
"""

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from console.api.auth import check_header_value
from console.api.wire import Items, Text, WireBool, WireDate, WireInt, WireModel, spelt


def _can_travel(token: SecretStr) -> SecretStr:
    check_header_value(token.get_secret_value(), "access token")
    return token


class Token(WireModel):
    """A customer's session, or a walk-in's (Start Customer Session, Get Access Token).

    ``user_id`` is the customer's, or that of an account the platform made up for a walk-in.
    """

    access_token: Annotated[SecretStr, AfterValidator(_can_travel)] = Field(
        validation_alias=spelt("AccessToken", "accessToken", "accesstoken")
    )
    issued_at: WireDate = None
    user_id: Text = Field(default="", validation_alias=spelt("UserId", "UserID", "userId"))
    merchant_id: Text = Field(default="", validation_alias=spelt("MerchantId", "MerchantID", "merchantId"))


class Validity(WireModel):
    """Whether a session is alive (Validate Access Token)."""

    is_alive: WireBool = Field(validation_alias=spelt("SessionValid"))


class AgentLocation(WireModel):
    """A location where an operator works."""

    location_id: WireInt = Field(validation_alias=spelt("LocationId", "LocationID", "locationId"))
    code: Text = Field(default="", validation_alias=spelt("LocationCode"))
    name: Text = Field(default="", validation_alias=spelt("LocationName"))


class AgentRole(WireModel):
    """A role of an operator, by the platform's own name for it."""

    role_id: Text = Field(default="", validation_alias=spelt("RoleId"))
    name: Text = Field(default="", validation_alias=spelt("RoleName"))


class Agent(WireModel):
    """An operator who has signed in (Agent Login)."""

    agent_id: Text = Field(validation_alias=spelt("AgentId"))
    first_name: Text = Field(default="", validation_alias=spelt("FirstName"))
    last_name: Text = Field(default="", validation_alias=spelt("LastName"))
    email: Text = Field(default="", validation_alias=spelt("Email"))
    locations: Items[AgentLocation] = Field(default=(), validation_alias=spelt("LocationDetails"))
    roles: Items[AgentRole] = Field(default=(), validation_alias=spelt("RoleDetails"))


class ProfileAttribute(WireModel):
    """One of a customer's attributes that the merchant has defined."""

    attribute_id: WireInt = Field(default=0, validation_alias=spelt("ProfileAttributeId"))
    name: Text = Field(default="", validation_alias=spelt("ProfileAttributeName"))
    value: Text = Field(default="", validation_alias=spelt("ProfileAttributeValue"))


class Customer(WireModel):
    """A customer (Get Customer Details). Numbers and dates of birth are text, as they were entered."""

    user_id: Text = Field(validation_alias=spelt("UserId", "UserID", "userId"))
    user_name: Text = Field(default="", validation_alias=spelt("UserName"))
    first_name: Text = Field(default="", validation_alias=spelt("FirstName"))
    last_name: Text = Field(default="", validation_alias=spelt("LastName"))
    mobile: Text = Field(default="", validation_alias=spelt("MobileNo"))
    phone: Text = Field(default="", validation_alias=spelt("PhoneNo"))
    alternate_email: Text = Field(default="", validation_alias=spelt("AlternateEmail"))
    postal_address: Text = Field(default="", validation_alias=spelt("PostalAddress"))
    street: Text = Field(default="", validation_alias=spelt("Street"))
    area: Text = Field(default="", validation_alias=spelt("AreaName"))
    other_area: Text = Field(default="", validation_alias=spelt("OtherArea"))
    city: Text = Field(default="", validation_alias=spelt("City"))
    """The platform's code of the city; its name is ``city_name``."""
    city_name: Text = Field(default="", validation_alias=spelt("CityName"))
    state: Text = Field(default="", validation_alias=spelt("State"))
    state_name: Text = Field(default="", validation_alias=spelt("StateName"))
    country: Text = Field(default="", validation_alias=spelt("Country"))
    country_name: Text = Field(default="", validation_alias=spelt("CountryName"))
    pin: Text = Field(default="", validation_alias=spelt("Pin", "PIN"))
    birth_date: Text = Field(default="", validation_alias=spelt("BirthDate"))
    gender: Text = Field(default="", validation_alias=spelt("Gender"))
    preferred_language: Text = Field(default="", validation_alias=spelt("PreferredLanguage"))
    is_activated: WireBool = Field(default=True, validation_alias=spelt("IsActivated"))
    attributes: Items[ProfileAttribute] = Field(default=(), validation_alias=spelt("UserProfiles"))


class CustomerCount(WireModel):
    """How many customers are registered (Get Customer Count)."""

    count: WireInt = Field(validation_alias=spelt("Count"))


class SavedCartItem(WireModel):
    """An item of a cart that a customer left behind (Get Saved Cart Items); how many is not told."""

    cart_item_id: WireInt = Field(validation_alias=spelt("CartItemId"))
    product_id: WireInt = Field(validation_alias=spelt("ProductId", "ProductID", "productId"))
    variant_id: WireInt = Field(default=0, validation_alias=spelt("VariantProductId", "VariantProductID"))
    is_in_stock: WireBool = Field(default=False, validation_alias=spelt("StockAvailability"))
    updated: WireDate = Field(default=None, validation_alias=spelt("LastUpdated"))


class StoreOperator(WireModel):
    """An operator and the locations where they work (Get Store Operators)."""

    operator_id: Text = Field(validation_alias=spelt("OperatorId"))
    first_name: Text = Field(default="", validation_alias=spelt("FirstName"))
    last_name: Text = Field(default="", validation_alias=spelt("LastName"))
    email: Text = Field(default="", validation_alias=spelt("Email"))
    location_ids: Items[WireInt] = Field(default=(), validation_alias=spelt("StoreIDs"))


class CustomerGroup(WireModel):
    """A group of customers (Get Group Details). ``member_count`` is how many are in it."""

    group_id: WireInt = Field(validation_alias=spelt("UserGroupId"))
    name: Text = Field(default="", validation_alias=spelt("UserGroupName"))
    description: Text = Field(default="", validation_alias=spelt("GroupDescription"))
    is_active: WireBool = Field(default=True, validation_alias=spelt("IsActive"))
    member_count: WireInt = Field(default=0, validation_alias=spelt("MemberCount"))
    created: WireDate = Field(default=None, validation_alias=spelt("CreatedDate"))


@dataclass(frozen=True, slots=True)
class CustomerDetails:
    """What a customer's account is made of, or changed to. An empty field is not sent.

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

    def wire(self) -> dict[str, str]:
        """The filled fields under their documented names."""
        named = {
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
        return {name: value for name, value in named.items() if value}
