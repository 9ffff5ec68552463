"""Lists of delivery cities and areas as last seen, so that an address is chosen offline as well."""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress

from console.ordering.delivery_areas import DeliveryArea, DeliveryCity
from console.storage.database import Database
from console.storage.errors import UnreadableRecord
from console.storage.formats import DELIVERY_AREAS, DELIVERY_CITIES

_CITIES = "cities"


class DeliveryAreaStore:
    """The lists in a file opened with ``schema.CATALOGUE``.

    ``scope`` names a list of areas, such as those of one store. Every method raises ``StorageError`` if the
    file cannot be read or written; a list that cannot be read is empty.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save_cities(self, profile: str, cities: Iterable[DeliveryCity]) -> None:
        """Save the cities, replacing those before."""
        await self._save(profile, _CITIES, DELIVERY_CITIES.dump(tuple(cities)))

    async def save_areas(self, profile: str, scope: str, areas: Iterable[DeliveryArea]) -> None:
        """Save a list of areas, replacing the one before."""
        await self._save(profile, scope, DELIVERY_AREAS.dump(tuple(areas)))

    async def cities(self, profile: str) -> tuple[DeliveryCity, ...]:
        """Load the cities."""
        with suppress(UnreadableRecord):
            if text := await self._load(profile, _CITIES):
                return DELIVERY_CITIES.load(text)
        return ()

    async def areas(self, profile: str, scope: str) -> tuple[DeliveryArea, ...]:
        """Load a list of areas."""
        with suppress(UnreadableRecord):
            if text := await self._load(profile, scope):
                return DELIVERY_AREAS.load(text)
        return ()

    async def _save(self, profile: str, scope: str, text: str) -> None:
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO delivery_places (profile, scope, places) VALUES (?, ?, ?)",
                (profile, scope, text),
            )
        )

    async def _load(self, profile: str, scope: str) -> str:
        def read(connection: sqlite3.Connection) -> str:
            row = connection.execute(
                "SELECT places FROM delivery_places WHERE profile = ? AND scope = ?", (profile, scope)
            ).fetchone()
            return "" if row is None else str(row[0])

        return await self._database.read(read)
