"""The Store resource: the merchant's own details, and the countries, states and cities it knows.

Used by the desk, for addresses, and by ``store-console api``.
"""

from pydantic import Field

from console.api.resource import Resource
from console.api.wire import Text, WireBool, WireInt, WireModel, spelt


class Country(WireModel):
    """A country that addresses may be in. ``phone_code`` is without a plus."""

    code: Text = Field(validation_alias=spelt("CountryCode"))
    name: Text = Field(default="", validation_alias=spelt("CountryName"))
    phone_code: Text = Field(default="", validation_alias=spelt("PhoneCode"))


class State(WireModel):
    """A state, or whatever a country is divided into."""

    code: Text = Field(default="", validation_alias=spelt("StateCode"))
    name: Text = Field(default="", validation_alias=spelt("StateName"))
    country_code: Text = Field(default="", validation_alias=spelt("CountryCode"))


class City(WireModel):
    """A city; ``city_id`` is what an address has as its city."""

    city_id: WireInt = Field(validation_alias=spelt("CityId", "CityID"))
    name: Text = Field(default="", validation_alias=spelt("CityName"))
    state_code: Text = Field(default="", validation_alias=spelt("StateCode"))
    default_pin: Text = Field(default="", validation_alias=spelt("DefautPinCode", "DefaultPinCode"))


class StoreInformation(WireModel):
    """The merchant's own details (Get Store Information). ``description`` is HTML."""

    merchant_id: Text = Field(validation_alias=spelt("MerchantId"))
    name: Text = Field(default="", validation_alias=spelt("PhysicalStoreName"))
    contact: Text = Field(default="", validation_alias=spelt("ContactPerson"))
    address: Text = Field(default="", validation_alias=spelt("PhysicalStoreAdd"))
    street: Text = Field(default="", validation_alias=spelt("StoreStreet"))
    city_id: Text = Field(default="", validation_alias=spelt("StoreCity"))
    state_code: Text = Field(default="", validation_alias=spelt("StoreState"))
    country_code: Text = Field(default="", validation_alias=spelt("StoreCountry"))
    pin: Text = Field(default="", validation_alias=spelt("StorePinCode"))
    phone: Text = Field(default="", validation_alias=spelt("StPhoneNo"))
    mobile: Text = Field(default="", validation_alias=spelt("cellphone"))
    email: Text = Field(default="", validation_alias=spelt("EmailId"))
    description: Text = Field(default="", validation_alias=spelt("StoreDescription"))
    business_type: Text = Field(default="", validation_alias=spelt("BusinessType"))
    delivers: WireBool = Field(default=False, validation_alias=spelt("HomeDelivery"))
    city: City | None = Field(default=None, validation_alias=spelt("City"))
    state: State | None = Field(default=None, validation_alias=spelt("State"))


class StoreDetails(Resource):
    """Operations of the resource Store. Each raises ``PlatformError``."""

    async def countries(self) -> tuple[Country, ...]:
        """Get Supported Countries."""
        return await (await self._find("store.countries")).many(Country)

    async def states(self, *, country_code: str) -> tuple[State, ...]:
        """Get States of a Country; one that is not supported has none."""
        answer = await self._find("store.states", path={"Countrycode": country_code})
        return await answer.many(State)

    async def cities(self, *, state_code: str) -> tuple[City, ...]:
        """Get Cities of a state; one that is not supported has none."""
        answer = await self._find("store.cities", path={"StateCode": state_code})
        return await answer.many(City)

    async def information(self) -> StoreInformation:
        """Get Store Information."""
        return (await self._ask("store.information")).one(StoreInformation)
