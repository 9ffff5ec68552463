"""The merchant's stores: names, addresses, places."""

from collections.abc import Iterable, Sequence

from console.api.client import ApiClient
from console.api.stores.locations import WireLocation as Record
from console.api.transport.records import Records
from console.ordering.stores import Location
from console.services.error_mapping import platform_errors
from console.services.events import ServiceError
from console.sync.connection.monitor import ConnectionMonitor


class LocationService:
    """Reads the stores once and keeps them while the console runs."""

    def __init__(self, *, api: ApiClient, monitor: ConnectionMonitor) -> None:
        self._api = api
        self._monitor = monitor
        self._by_id: dict[int, Location] = {}
        self._is_complete = False
        self._faults: tuple[str, ...] = ()

    async def all(self) -> Records[Location]:
        """Return every store of the merchant (Search Locations).

        Raises:
            ServiceError: the platform is unreachable, or refused.
        """
        if not self._is_complete:
            with platform_errors(self._monitor):
                found = await self._api.locations.search()
            self.remember(found.map(_to_location))
            self._faults, self._is_complete = found.faults, True
        return Records(self._by_id.values(), self._faults)

    async def with_details(self, locations: Sequence[Location]) -> tuple[Location, ...]:
        """Return these stores with place and address, as far as the platform gives them."""
        try:
            await self.all()
        except ServiceError:
            # A sign-in must not fail for a missing city; the stock screen asks again.
            self.remember(locations)
        return tuple(self._by_id.get(location.location_id, location) for location in locations)

    def get(self, location_id: int) -> Location:
        """Return a store by its id; before the platform was asked, named by the id."""
        return self._by_id.get(location_id) or Location(location_id, "", f"Store {location_id}")

    def remember(self, locations: Iterable[Location]) -> None:
        """Add known stores."""
        self._by_id |= {location.location_id: location for location in locations}


def _to_location(record: Record) -> Location:
    return Location(
        location_id=record.location_id,
        code=record.code,
        name=record.name,
        # A search leaves out the names of cities; the area says as much.
        city=record.city_name or record.area,
        area=record.area,
        pin=record.pin,
        phone=record.phone,
        latitude=float(record.latitude),
        longitude=float(record.longitude),
        country=record.country,
    )
