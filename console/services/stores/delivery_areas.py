"""The platform's lists of delivery cities and areas, remembered for when it cannot be asked."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from console.api.errors import NotFound
from console.api.stores.models import DeliveryArea as AreaRecord
from console.ordering.checkout import Address
from console.ordering.delivery_areas import DeliveryArea, DeliveryCity, named_area, named_cities
from console.ordering.stores import Location
from console.services.error_mapping import platform_errors
from console.services.events import ServiceError
from console.services.session_context import SessionContext
from console.storage.errors import StorageError

CITY_AREA = "CT"
"""The kind of an area that belongs to cities."""
T = TypeVar("T")


class DeliveryAreaService:
    """Reads each list once while the console runs; offline, the list of an earlier time stands in."""

    def __init__(self, context: SessionContext) -> None:
        self._api = context.api
        self._monitor = context.monitor
        self._remembered = context.storage.delivery_areas
        self._profile = context.profile.name
        self._cities: tuple[DeliveryCity, ...] | None = None
        self._areas: dict[str, tuple[DeliveryArea, ...]] = {}

    async def cities(self) -> tuple[DeliveryCity, ...]:
        """Return the cities with delivery (Get Delivery Cities).

        Raises:
            ServiceError: the platform is unreachable or refused, and no list is remembered. So does every
                method below.
        """
        if self._cities is None:
            try:
                found = await self._ask(self._api.locations.delivery_cities())
            except ServiceError as error:
                return await _remembered(self._remembered.cities(self._profile), error)
            self._cities = tuple(DeliveryCity(record.city_id, record.name) for record in found)
            with suppress(StorageError):
                await self._remembered.save_cities(self._profile, self._cities)
        return self._cities

    async def of_store(self, store: Location) -> tuple[DeliveryArea, ...]:
        """Return the areas that a store delivers to (Get Delivery Areas)."""
        location_id = store.location_id
        return await self._read(
            f"store {location_id}", lambda: self._api.locations.delivery_areas(location_id=location_id)
        )

    async def of_city(self, city_id: int) -> tuple[DeliveryArea, ...]:
        """Return the areas of a city (Search Delivery Areas)."""
        return await self._read(f"city {city_id}", lambda: self._api.locations.search_areas(city_id=city_id))

    async def find(self, address: Address, store: Location) -> DeliveryArea | None:
        """Return the listed area of an address; None if the lists have none of this name."""
        known = address.city_code.isdecimal()
        city_ids = [int(address.city_code)] if known else await self._city_ids(address)
        areas = list(await self.of_store(store))
        found = named_area(areas, address.area, city_ids)
        for city_id in city_ids if found is None else ():
            areas += await self.of_city(city_id)
        return found or named_area(areas, address.area, city_ids)

    async def _city_ids(self, address: Address) -> list[int]:
        try:
            return [city.city_id for city in named_cities(await self.cities(), address.city)]
        except ServiceError as error:
            # Without a list of cities, that of the store may do.
            if error.offline:
                raise
            return []

    async def _read(
        self, scope: str, fetch: Callable[[], Awaitable[tuple[AreaRecord, ...]]]
    ) -> tuple[DeliveryArea, ...]:
        if scope not in self._areas:
            try:
                found = await self._ask(fetch())
            except ServiceError as error:
                return await _remembered(self._remembered.areas(self._profile, scope), error)
            self._areas[scope] = tuple(_to_area(record) for record in found if not record.is_archived)
            with suppress(StorageError):
                await self._remembered.save_areas(self._profile, scope, self._areas[scope])
        return self._areas[scope]

    async def _ask(self, response: Awaitable[tuple[T, ...]]) -> tuple[T, ...]:
        with platform_errors(self._monitor):
            try:
                return await response
            except NotFound:
                return ()


async def _remembered(load: Awaitable[tuple[T, ...]], error: ServiceError) -> tuple[T, ...]:
    """Return the list of an earlier time, or raise why it cannot be read now."""
    found: tuple[T, ...] = ()
    with suppress(StorageError):
        found = await load
    if not found:
        raise error
    return found


def _to_area(record: AreaRecord) -> DeliveryArea:
    ids = record.city_ids.replace(" ", "").split(",") if record.kind.upper() == CITY_AREA else ()
    return DeliveryArea(
        record.area_id, record.name, record.reference_code, tuple(int(one) for one in ids if one.isdecimal())
    )
