"""The merchant's locations."""

import pytest

from tests.sandbox.sandbox_calls import Caller, code

pytestmark = pytest.mark.anyio


async def search(caller: Caller, **asked: str) -> list[str]:
    response = await caller.ask("POST", "Location/{M}/Search", asked)
    return [location["LocationName"] for location in response["Locations"]]


async def test_every_location_is_found_where_nothing_is_asked(caller: Caller) -> None:
    assert len(await search(caller)) == 8
    assert len(await search(caller, zipcode="", deliveryarea="", outputfield="additional")) == 8


async def test_locations_are_found_by_pin_area_and_id(caller: Caller) -> None:
    assert await search(caller, zipcode="22002") == ["Salmiya"]
    assert await search(caller, deliveryarea="ahmadi") == ["Fahaheel", "Mangaf"]
    assert await search(caller, deliveryarea="rumaithiya") == ["Salmiya", "Hawalli"]
    assert await search(caller, deliveryareaid="3752") == ["Kuwait City"]
    assert await search(caller, deliveryareaid="17586") == []
    assert await search(caller, zipcode="99999") == []


async def test_information_tells_place_modes_and_hours(caller: Caller) -> None:
    location = (await caller.ask("GET", "Location/Information/{M}/17444"))["Location"]
    assert location["LocationName"] == "The Avenues"
    assert {mode["Mode"]: mode["State"] for mode in location["DeliveryModes"]} == {
        "Home Delivery": "False",
        "Takeaway": "True",
    }
    assert len(location["StoreTimings"]) == 7
    assert location["HomeDeliveryTimings"] == []


async def test_an_unknown_location_is_refused(caller: Caller) -> None:
    assert code(await caller.ask("GET", "Location/Information/{M}/1")) == 1046
