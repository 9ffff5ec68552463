"""The Store resource: the merchant's own details, and the countries, states and cities it knows.

The countries, states and cities are for addresses.
"""

from pydantic import Field

from console.api.transport.records import Records
from console.api.transport.resource import Resource
from console.api.transport.wire_types import Text, WireBool, WireInt, WireModel, aliases


class WireCountry(WireModel):
    """A country for addresses. ``phone_code`` is without a plus."""

    code: Text = Field(validation_alias=aliases("CountryCode"))
    name: Text = Field(default="", validation_alias=aliases("CountryName"))
    phone_code: Text = Field(default="", validation_alias=aliases("PhoneCode"))


class WireState(WireModel):
    """A state, or other division of a country."""

    code: Text = Field(default="", validation_alias=aliases("StateCode"))
    name: Text = Field(default="", validation_alias=aliases("StateName"))
    country_code: Text = Field(default="", validation_alias=aliases("CountryCode"))


class WireCity(WireModel):
    """A city; addresses refer to it by ``city_id``."""

    city_id: WireInt = Field(validation_alias=aliases("CityId", "CityID"))
    name: Text = Field(default="", validation_alias=aliases("CityName"))
    state_code: Text = Field(default="", validation_alias=aliases("StateCode"))
    default_pin: Text = Field(default="", validation_alias=aliases("DefautPinCode", "DefaultPinCode"))


class StoreInformation(WireModel):
    """The merchant's own details (Get Store Information). ``description`` is HTML."""

    merchant_id: Text = Field(validation_alias=aliases("MerchantId"))
    name: Text = Field(default="", validation_alias=aliases("PhysicalStoreName"))
    contact: Text = Field(default="", validation_alias=aliases("ContactPerson"))
    address: Text = Field(default="", validation_alias=aliases("PhysicalStoreAdd"))
    street: Text = Field(default="", validation_alias=aliases("StoreStreet"))
    city_id: Text = Field(default="", validation_alias=aliases("StoreCity"))
    state_code: Text = Field(default="", validation_alias=aliases("StoreState"))
    country_code: Text = Field(default="", validation_alias=aliases("StoreCountry"))
    pin: Text = Field(default="", validation_alias=aliases("StorePinCode"))
    phone: Text = Field(default="", validation_alias=aliases("StPhoneNo"))
    mobile: Text = Field(default="", validation_alias=aliases("cellphone"))
    email: Text = Field(default="", validation_alias=aliases("EmailId"))
    description: Text = Field(default="", validation_alias=aliases("StoreDescription"))
    business_type: Text = Field(default="", validation_alias=aliases("BusinessType"))
    delivers: WireBool = Field(default=False, validation_alias=aliases("HomeDelivery"))
    city: WireCity | None = Field(default=None, validation_alias=aliases("City"))
    state: WireState | None = Field(default=None, validation_alias=aliases("State"))


class MerchantStore(Resource):
    """Operations of the resource Store. Each raises ``PlatformError``."""

    async def countries(self) -> Records[WireCountry]:
        """Get Supported Countries."""
        return await (await self._call_or_empty("store.countries")).parse_records(WireCountry)

    async def states(self, *, country_code: str) -> Records[WireState]:
        """Get States of a Country; an unsupported one has none."""
        response = await self._call_or_empty("store.states", path={"Countrycode": country_code})
        return await response.parse_records(WireState)

    async def cities(self, *, state_code: str) -> Records[WireCity]:
        """Get Cities of a state; an unsupported one has none."""
        response = await self._call_or_empty("store.cities", path={"StateCode": state_code})
        return await response.parse_records(WireCity)

    async def information(self) -> StoreInformation:
        """Get Store Information."""
        return await (await self._call("store.information")).parse_record(StoreInformation)
