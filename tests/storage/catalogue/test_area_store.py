"""Delivery cities and areas on this machine: back after a restart, a damaged list is empty."""

from pathlib import Path

import pytest

from console.ordering.delivery_areas import DeliveryArea, DeliveryCity
from console.storage import schema
from console.storage.catalogue.area_store import DeliveryAreaStore
from console.storage.database import Database

pytestmark = pytest.mark.anyio

CITY = DeliveryCity(846, "Hawalli")
AREA = DeliveryArea(3746, "Salmiya", "SLM", (846,))


async def test_lists_are_back_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    async with await Database.open(file, migrations=schema.CATALOGUE, synchronous="NORMAL") as database:
        store = DeliveryAreaStore(database)
        await store.save_cities("shop", [CITY, CITY])
        await store.save_cities("shop", [CITY])
        await store.save_areas("shop", "store 27299", [AREA])
    async with await Database.open(file, migrations=schema.CATALOGUE, synchronous="NORMAL") as database:
        store = DeliveryAreaStore(database)
        assert await store.cities("shop") == (CITY,)
        assert await store.areas("shop", "store 27299") == (AREA,)
        assert await store.areas("shop", "city 846") == await store.areas("other", "store 27299") == ()


@pytest.mark.parametrize("text", ["{}", '{"version": 7, "value": []}'])
async def test_damaged_list_is_empty(tmp_path: Path, text: str) -> None:
    file = tmp_path / "catalogue.sqlite"
    async with await Database.open(file, migrations=schema.CATALOGUE, synchronous="NORMAL") as database:
        store = DeliveryAreaStore(database)
        await store.save_cities("shop", [CITY])
        await database.write(
            lambda connection: connection.execute("UPDATE delivery_places SET places = ?", (text,))
        )
        assert await store.cities("shop") == ()
