"""Delivery areas and cities are found by what is typed of their names, and known by the whole name."""

import pytest

from console.ordering.delivery_areas import (
    DeliveryArea,
    DeliveryCity,
    matching_areas,
    matching_cities,
    named_area,
    named_cities,
)

SALMIYA = DeliveryArea(3746, "Salmiya", "SLM", (846,))
PARK = DeliveryArea(431866, "TRİO PARK ÇORLU", "TRIO", (36618,))
NORTH, SOUTH = DeliveryArea(1, "Centre", city_ids=(10,)), DeliveryArea(2, "Centre", city_ids=(20,))
AREAS = (SALMIYA, PARK, NORTH, SOUTH)
CITIES = (DeliveryCity(846, "Hawalli"), DeliveryCity(847, "Hawalli"), DeliveryCity(840, "Al Asimah"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [("sal", [SALMIYA]), ("SLM", [SALMIYA]), ("corlu trio", [PARK]), ("miya", []), ("cen", [NORTH, SOUTH])],
)
def test_each_typed_word_begins_a_word_of_the_area(typed: str, found: list[DeliveryArea]) -> None:
    assert list(matching_areas(AREAS, typed)) == found


def test_area_of_two_lists_is_found_once() -> None:
    assert matching_areas((*AREAS, *AREAS), "sal") == (SALMIYA,)


def test_cities_are_found_by_the_beginning_of_a_word() -> None:
    assert [city.city_id for city in matching_cities(CITIES, "asi")] == [840]
    assert [city.city_id for city in matching_cities(CITIES, "")] == [840, 846, 847]


def test_area_is_known_by_its_whole_name_alone() -> None:
    assert named_area(AREAS, " salmiya ") == SALMIYA
    assert named_area(AREAS, "salm") is None
    assert named_area(AREAS, "") is None


def test_name_of_two_areas_needs_the_city() -> None:
    assert named_area(AREAS, "centre") is None
    assert named_area(AREAS, "centre", [20]) == SOUTH
    assert named_area(AREAS, "salmiya", [20]) is None


def test_cities_of_one_name_are_all_known() -> None:
    assert [city.city_id for city in named_cities(CITIES, "hawalli")] == [846, 847]
    assert named_cities(CITIES, " ") == ()
