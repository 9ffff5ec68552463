"""The Location resource: the merchant's stores.

Used by the desk, for sign-in and the stock screen.
"""

from pydantic import Field

from console.api.location_models import DeliveryArea, DeliveryCity, EtaKind, LocationEta, ReasonCode
from console.api.resource import Resource
from console.api.wire import Items, Number, Text, WireBool, WireInt, WireModel, spelt


class OpeningHours(WireModel):
    """When a store is open on one weekday, as local times of day: ``OnTime`` to ``OffTime``."""

    weekday: WireInt = Field(default=0, validation_alias=spelt("WeekDayId"))
    """0 is the platform's first day of the week."""
    opens: Text = Field(default="", validation_alias=spelt("OnTime"))
    closes: Text = Field(default="", validation_alias=spelt("OffTime"))


class Location(WireModel):
    """A store (Get Location Information). ``latitude`` and ``longitude`` are degrees, 0 where not known."""

    location_id: WireInt = Field(validation_alias=spelt("LocationId", "LocationID", "locationId"))
    code: Text = Field(default="", validation_alias=spelt("LocationCode"))
    name: Text = Field(default="", validation_alias=spelt("LocationName"))
    address1: Text = Field(default="", validation_alias=spelt("Address1", "address1"))
    address2: Text = Field(default="", validation_alias=spelt("Address2", "address2"))
    city: Text = Field(default="", validation_alias=spelt("City"))
    """The platform's code of the city; its name is ``city_name``."""
    city_name: Text = Field(default="", validation_alias=spelt("CityName"))
    area: Text = Field(default="", validation_alias=spelt("Area"))
    state: Text = Field(default="", validation_alias=spelt("State"))
    country: Text = Field(default="", validation_alias=spelt("Country"))
    pin: Text = Field(default="", validation_alias=spelt("Pin", "PIN"))
    phone: Text = Field(default="", validation_alias=spelt("Contact1"))
    latitude: Number = Field(default=0.0, validation_alias=spelt("Latitude"))
    longitude: Number = Field(default=0.0, validation_alias=spelt("Longitude"))
    is_default: WireBool = Field(default=False, validation_alias=spelt("IsDefaultLocation"))
    is_pickup: WireBool = Field(default=False, validation_alias=spelt("IsInStorePickup"))
    store_hours: Items[OpeningHours] = Field(default=(), validation_alias=spelt("StoreTimings"))
    delivery_hours: Items[OpeningHours] = Field(default=(), validation_alias=spelt("HomeDeliveryTimings"))
    pickup_hours: Items[OpeningHours] = Field(default=(), validation_alias=spelt("TakeawayTimings"))


class Locations(Resource):
    """Operations of the resource Location. Each raises ``PlatformError``."""

    async def search(
        self, *, pin: str = "", delivery_area: str = "", delivery_area_id: str = ""
    ) -> tuple[Location, ...]:
        """Search Locations: the stores that serve a PIN code or an area, or all of them."""
        wanted = {
            "zipcode": pin,
            "deliveryarea": delivery_area,
            "deliveryareaid": delivery_area_id,
            "outputfield": "additional,deliveryarea",
        }
        data = {name: value for name, value in wanted.items() if value}
        answer = await self._find("locations.search", data=data)
        return await answer.many(Location)

    async def information(self, *, location_id: int) -> Location:
        """Get Location Information.

        Raises:
            NotFound: there is no such location.
        """
        answer = await self._ask("locations.information", path={"locationId": location_id})
        return answer.one(Location)

    async def details(self, *, location_id: int) -> Location:
        """Get Location Information, of the other of the two documents; path and answer are the same.

        Raises:
            NotFound: there is no such location.
        """
        answer = await self._ask("locations.details", path={"LocationId": location_id})
        return answer.one(Location)

    async def search_areas(self, *, city_id: int) -> tuple[DeliveryArea, ...]:
        """Search Delivery Areas: those of a city."""
        answer = await self._find("locations.search_areas", data={"cityid": city_id})
        return await answer.many(DeliveryArea)

    async def delivery_areas(self, *, location_id: int) -> tuple[DeliveryArea, ...]:
        """Get Delivery Areas: those that a location serves.

        Raises:
            NotFound: there is no such location.
        """
        answer = await self._ask("locations.delivery_areas", path={"locationId": location_id})
        return await answer.many(DeliveryArea)

    async def delivery_cities(self) -> tuple[DeliveryCity, ...]:
        """Get Delivery Cities."""
        return await (await self._ask("locations.delivery_cities")).many(DeliveryCity)

    async def reason_codes(self) -> tuple[ReasonCode, ...]:
        """Get Reason Codes: why a location may not offer a way of delivery."""
        return await (await self._ask("locations.reason_codes")).many(ReasonCode)

    async def eta(self, *, location_code: str, kind: EtaKind = EtaKind.ALL) -> LocationEta:
        """Get Location ETA: how long an order takes, by way of delivery.

        Raises:
            InvalidInput: there is no location of that code.
        """
        path = {"LocationCode": location_code, "OrderDeliveryType": kind}
        return (await self._ask("locations.eta", path=path)).one(LocationEta)
