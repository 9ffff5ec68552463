"""The platform's lists of areas: an address is known by them, offline by those remembered."""

from dataclasses import replace

import pytest

from console.ordering.checkout import Address
from console.services.events import ServiceError
from tests.services.connections import operator_session
from tests.shops import SandboxBackend

pytestmark = pytest.mark.anyio

SALMIYA = Address("Street 1", area="salmiya")


async def test_areas_of_store_and_city_come_with_their_cities(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        lists = session.checkout.delivery_areas
        assert {area.name for area in await lists.of_store(session.location)} == {"Salmiya", "Rumaithiya"}
        assert [(area.name, area.city_ids) for area in await lists.of_city(840)] == [("Qibla", (840,))]
        assert (840, "Al Asimah") in {(city.city_id, city.name) for city in await lists.cities()}
        assert await lists.of_city(1) == ()


@pytest.mark.parametrize(
    ("address", "area_id"),
    [
        (SALMIYA, 3746),
        (replace(SALMIYA, city="Hawalli"), 3746),
        (replace(SALMIYA, city="Hawalli", city_code="847"), None),
        (Address("Street 1", area="Qibla", city="al asimah"), 3752),
        (Address("Street 1", area="Qibla"), None),
        (Address("Street 1", city="Hawalli"), None),
    ],
)
async def test_address_is_known_by_its_listed_area(
    backend: SandboxBackend, address: Address, area_id: int | None
) -> None:
    async with operator_session(backend) as (session, _):
        found = await session.checkout.delivery_areas.find(address, session.location)
        assert (found.area_id if found else None) == area_id


async def test_offline_the_lists_of_an_earlier_time_stand_in(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        assert await session.checkout.delivery_areas.find(SALMIYA, session.location)
    async with operator_session(backend) as (session, _):
        backend.go_offline()
        lists = session.checkout.delivery_areas
        assert await lists.find(SALMIYA, session.location)
        with pytest.raises(ServiceError) as error:
            await lists.of_city(840)
        assert error.value.offline
