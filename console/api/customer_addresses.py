"""A customer's shipping addresses: adding, changing, listing, deleting.

Part of the Customer resource; used through ``Api.customers``.
"""

from pydantic import Field

from console.api.customer_requests import AddressDetails
from console.api.resource import Resource
from console.api.wire import Text, WireInt, WireModel, spelt

_VERSION = "4"


class ShippingAddress(WireModel):
    """A shipping address (Get Customer's Shipping Address). Numbers are text, as they were entered."""

    address_id: WireInt = Field(validation_alias=spelt("shippingaddressid", "ShippingAddressId"))
    user_id: Text = Field(default="", validation_alias=spelt("userId", "UserId"))
    first_name: Text = Field(default="", validation_alias=spelt("firstname", "FirstName"))
    last_name: Text = Field(default="", validation_alias=spelt("lastname", "LastName"))
    address1: Text = Field(default="", validation_alias=spelt("address1"))
    address2: Text = Field(default="", validation_alias=spelt("address2"))
    pin: Text = Field(default="", validation_alias=spelt("pin"))
    city: Text = Field(default="", validation_alias=spelt("citycode"))
    """The platform's code of the city; its name is ``city_name``."""
    city_name: Text = Field(default="", validation_alias=spelt("CityName"))
    other_city: Text = Field(default="", validation_alias=spelt("othercity"))
    state: Text = Field(default="", validation_alias=spelt("state"))
    state_name: Text = Field(default="", validation_alias=spelt("StateName"))
    country: Text = Field(default="", validation_alias=spelt("countrycode"))
    country_name: Text = Field(default="", validation_alias=spelt("CountryName"))
    phone: Text = Field(default="", validation_alias=spelt("phoneno"))
    mobile: Text = Field(default="", validation_alias=spelt("mobileno"))
    email: Text = Field(default="", validation_alias=spelt("email"))
    kind: Text = Field(default="", validation_alias=spelt("AddressType", "addressType"))
    """The platform's own mark for the kind of address; the documents show ``1``."""


class CustomerAddresses(Resource):
    """The operations on shipping addresses. Each raises ``PlatformError``; what else is said there."""

    async def save_address(self, *, address: AddressDetails) -> int:
        """Add/Update Shipping Address; the id of the address.

        Raises:
            InvalidInput: the platform does not accept a field.
            NotFound: there is no such customer, or no such address of theirs.
        """
        answer = await self._ask("customers.save_address", data={"shippingaddress": address.wire()})
        saved = await answer.many(ShippingAddress)
        return saved[0].address_id if saved else address.address_id

    async def addresses(self, *, user_id: str) -> tuple[ShippingAddress, ...]:
        """Get Customer's Shipping Address: all of them; a customer without any has none."""
        answer = await self._find(
            "customers.addresses", path={"UserId": user_id}, headers={"apiversion": _VERSION}
        )
        return await answer.many(ShippingAddress)

    async def delete_address(self, *, user_id: str, address_id: int) -> None:
        """Delete Shipping Address.

        Raises:
            NotFound: there is no such customer, or no such address of theirs.
        """
        path = {"UserId": user_id, "ShippingAddressId": address_id}
        await self._ask("customers.delete_address", path=path)
