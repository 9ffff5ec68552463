"""Locations: cities, areas, delivery times and reasons, which agree with one another."""

import pytest

from tests.sandbox.sandbox_calls import Caller, code

pytestmark = pytest.mark.anyio


async def areas(caller: Caller, city_id: object) -> dict:
    return await caller.ask("POST", "Location/{M}/SearchDeliveryAreas", {"cityid": str(city_id)})


async def test_every_city_has_the_areas_it_is_listed_with(caller: Caller) -> None:
    cities = (await caller.ask("GET", "Location/{M}/GetCities"))["DeliveryCities"]
    assert len(cities) == 7
    for city in cities:
        found = (await areas(caller, city["DeliveryCityID"]))["DeliveryAreas"]
        assert city["DeliveryAreaID"] in {area["DeliveryAreaID"] for area in found}


async def test_a_location_s_areas_are_its_own(caller: Caller) -> None:
    response = await caller.ask("GET", "Location/DeliveryAreas/{M}/22612")
    assert [area["DeliveryAreaName"] for area in response["DeliveryAreas"]] == ["Rumaithiya", "Hawalli"]


@pytest.mark.parametrize(("city", "expected"), [("1", 1009), ("", 1016), ("x", 1016)])
async def test_an_unknown_city_has_no_areas(caller: Caller, city: str, expected: int) -> None:
    assert code(await areas(caller, city)) == expected


async def test_an_unknown_location_has_no_areas(caller: Caller) -> None:
    assert code(await caller.ask("GET", "Location/DeliveryAreas/{M}/1")) == 1046


async def test_times_are_given_by_way_of_delivery(caller: Caller) -> None:
    every = (await caller.ask("GET", "Location/Information/{M}/salm/ALL"))["LocationETA"]
    home = (await caller.ask("GET", "Location/Information/{M}/SALM/H"))["LocationETA"]
    assert every["HomeDeliveryETA"] == {
        "ETAType": 1,
        "ETAUnits": "MIN",
        "EndTime": "45",
        "StartTime": "25",
    }
    assert home == {"HomeDeliveryETA": every["HomeDeliveryETA"], "LocationCode": "SALM"}


@pytest.mark.parametrize(("path", "expected"), [("NOWHERE/H", 6227), ("SALM/X", 6225), ("%20/H", 6226)])
async def test_a_bad_question_about_times_is_refused(caller: Caller, path: str, expected: int) -> None:
    assert code(await caller.ask("GET", f"Location/Information/{{M}}/{path}")) == expected


async def test_reasons_have_code_and_text(caller: Caller) -> None:
    response = await caller.ask("GET", "Location/ReasonCodes/{M}")
    assert response["ReasonCodes"] == [
        {"Description": "Operational Reasons", "ReasonCode": "OR"},
        {"Description": "Technical Reasons", "ReasonCode": "TR"},
    ]
