"""The Customer resource, addresses part: adding, changing, listing and deleting shipping addresses."""

from pydantic import Field

from console.api.customers.requests import AddressDetails
from console.api.errors import NotFound
from console.api.transport.records import Records
from console.api.transport.resource import Resource
from console.api.transport.wire_types import Text, WireInt, WireModel, aliases

_VERSION = "4"


class ShippingAddress(WireModel):
    """A shipping address (Get Customer's Shipping Address). Numbers are text, as entered."""

    address_id: WireInt = Field(validation_alias=aliases("shippingaddressid", "ShippingAddressId"))
    user_id: Text = Field(default="", validation_alias=aliases("userId", "UserId"))
    first_name: Text = Field(default="", validation_alias=aliases("firstname", "FirstName"))
    last_name: Text = Field(default="", validation_alias=aliases("lastname", "LastName"))
    address1: Text = Field(default="", validation_alias=aliases("address1"))
    address2: Text = Field(default="", validation_alias=aliases("address2"))
    pin: Text = Field(default="", validation_alias=aliases("pin"))
    city: Text = Field(default="", validation_alias=aliases("citycode"))
    """The platform's code of the city; its name is ``city_name``."""
    city_name: Text = Field(default="", validation_alias=aliases("CityName"))
    other_city: Text = Field(default="", validation_alias=aliases("othercity"))
    state: Text = Field(default="", validation_alias=aliases("state"))
    state_name: Text = Field(default="", validation_alias=aliases("StateName"))
    country: Text = Field(default="", validation_alias=aliases("countrycode"))
    country_name: Text = Field(default="", validation_alias=aliases("CountryName"))
    phone: Text = Field(default="", validation_alias=aliases("phoneno"))
    mobile: Text = Field(default="", validation_alias=aliases("mobileno"))
    email: Text = Field(default="", validation_alias=aliases("email"))
    kind: Text = Field(default="", validation_alias=aliases("AddressType", "addressType"))
    """The platform's code for the kind of address; the documents show ``1``."""


class CustomerAddresses(Resource):
    """Operations on shipping addresses. Each raises ``PlatformError``."""

    async def save_address(self, *, address: AddressDetails) -> int:
        """Add/Update Shipping Address; returns the id of the address.

        Raises:
            InvalidInput: the platform does not accept a field.
            NotFound: there is no such customer, or no such address of theirs.
        """
        response = await self._call("customers.save_address", data={"shippingaddress": address.to_wire()})
        try:
            return response.parse_first(ShippingAddress).address_id
        except NotFound:
            return address.address_id

    async def addresses(self, *, user_id: str) -> Records[ShippingAddress]:
        """Get Customer's Shipping Address: all of them, or none."""
        response = await self._call_or_empty(
            "customers.addresses", path={"UserId": user_id}, headers={"apiversion": _VERSION}
        )
        return await response.parse_records(ShippingAddress)

    async def delete_address(self, *, user_id: str, address_id: int) -> None:
        """Delete Shipping Address.

        Raises:
            NotFound: there is no such customer, or no such address of theirs.
        """
        path = {"UserId": user_id, "ShippingAddressId": address_id}
        await self._call("customers.delete_address", path=path)
