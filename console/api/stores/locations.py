"""The Location resource: the merchant's stores."""

from pydantic import Field

from console.api.stores.models import DeliveryArea, DeliveryCity, EtaDeliveryType, LocationEta, ReasonCode
from console.api.transport.records import NO_RECORDS, Records
from console.api.transport.resource import Resource
from console.api.transport.wire_types import Text, WireBool, WireFloat, WireInt, WireModel, aliases


class OpeningHours(WireModel):
    """Opening hours of a store on one weekday, as local times of day: ``OnTime`` to ``OffTime``."""

    weekday: WireInt = Field(default=0, validation_alias=aliases("WeekDayId"))
    """0 is the platform's first day of the week."""
    opens: Text = Field(default="", validation_alias=aliases("OnTime"))
    closes: Text = Field(default="", validation_alias=aliases("OffTime"))


class WireLocation(WireModel):
    """A store (Get Location Information). ``latitude`` and ``longitude`` are degrees, 0 if unknown."""

    essential = frozenset({"code"})

    location_id: WireInt = Field(validation_alias=aliases("LocationId", "LocationID", "locationId"))
    code: Text = Field(default="", validation_alias=aliases("LocationCode"))
    name: Text = Field(default="", validation_alias=aliases("LocationName"))
    address1: Text = Field(default="", validation_alias=aliases("Address1", "address1"))
    address2: Text = Field(default="", validation_alias=aliases("Address2", "address2"))
    city: Text = Field(default="", validation_alias=aliases("City"))
    """The platform's code of the city; its name is ``city_name``."""
    city_name: Text = Field(default="", validation_alias=aliases("CityName"))
    area: Text = Field(default="", validation_alias=aliases("Area"))
    state: Text = Field(default="", validation_alias=aliases("State"))
    country: Text = Field(default="", validation_alias=aliases("Country"))
    pin: Text = Field(default="", validation_alias=aliases("Pin", "PIN"))
    phone: Text = Field(default="", validation_alias=aliases("Contact1"))
    latitude: WireFloat = Field(default=0.0, validation_alias=aliases("Latitude"))
    longitude: WireFloat = Field(default=0.0, validation_alias=aliases("Longitude"))
    is_default: WireBool = Field(default=False, validation_alias=aliases("IsDefaultLocation"))
    is_pickup: WireBool = Field(default=False, validation_alias=aliases("IsInStorePickup"))
    store_hours: Records[OpeningHours] = Field(default=NO_RECORDS, validation_alias=aliases("StoreTimings"))
    delivery_hours: Records[OpeningHours] = Field(
        default=NO_RECORDS, validation_alias=aliases("HomeDeliveryTimings")
    )
    pickup_hours: Records[OpeningHours] = Field(
        default=NO_RECORDS, validation_alias=aliases("TakeawayTimings")
    )


class Locations(Resource):
    """Operations of the resource Location. Each raises ``PlatformError``."""

    async def search(
        self, *, pin: str = "", delivery_area: str = "", delivery_area_id: str = ""
    ) -> Records[WireLocation]:
        """Search Locations: the stores that serve a PIN code or an area, or all of them."""
        criteria = {
            "zipcode": pin,
            "deliveryarea": delivery_area,
            "deliveryareaid": delivery_area_id,
            "outputfield": "additional,deliveryarea",
        }
        data = {name: value for name, value in criteria.items() if value}
        response = await self._call_or_empty("locations.search", data=data)
        return await response.parse_records(WireLocation)

    async def information(self, *, location_id: int) -> WireLocation:
        """Get Location Information.

        Raises:
            NotFound: there is no such location.
        """
        response = await self._call("locations.information", path={"locationId": location_id})
        return await response.parse_record(WireLocation)

    async def details(self, *, location_id: int) -> WireLocation:
        """Get Location Information, from the other of the two documents; path and response are the same.

        Raises:
            NotFound: there is no such location.
        """
        response = await self._call("locations.details", path={"LocationId": location_id})
        return await response.parse_record(WireLocation)

    async def search_areas(self, *, city_id: int) -> Records[DeliveryArea]:
        """Search Delivery Areas: those of a city."""
        response = await self._call_or_empty("locations.search_areas", data={"cityid": city_id})
        return await response.parse_records(DeliveryArea)

    async def delivery_areas(self, *, location_id: int) -> Records[DeliveryArea]:
        """Get Delivery Areas: those that a location serves.

        Raises:
            NotFound: there is no such location.
        """
        response = await self._call("locations.delivery_areas", path={"locationId": location_id})
        return await response.parse_records(DeliveryArea)

    async def delivery_cities(self) -> Records[DeliveryCity]:
        """Get Delivery Cities."""
        return await (await self._call("locations.delivery_cities")).parse_records(DeliveryCity)

    async def reason_codes(self) -> Records[ReasonCode]:
        """Get Reason Codes: reasons why a location may not offer a delivery mode."""
        return await (await self._call("locations.reason_codes")).parse_records(ReasonCode)

    async def eta(self, *, location_code: str, kind: EtaDeliveryType = EtaDeliveryType.ALL) -> LocationEta:
        """Get Location ETA: the time an order takes, by delivery mode.

        Raises:
            InvalidInput: no location has this code.
        """
        path = {"LocationCode": location_code, "OrderDeliveryType": kind}
        return await (await self._call("locations.eta", path=path)).parse_record(LocationEta)
