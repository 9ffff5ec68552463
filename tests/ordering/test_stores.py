"""Stores: how far apart they are, and in which order their stock is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ordering.stores import EARTH_RADIUS_KM, Location, StockLevel, sort_by_distance

SALMIYA = Location(1, "SALM", "Salmiya", latitude=29.3339, longitude=48.0767)
FAHAHEEL = Location(2, "FAHA", "Fahaheel", latitude=29.0825, longitude=48.1303)
MUMBAI = Location(3, "MUMB", "Mumbai", latitude=19.0760, longitude=72.8777)
NOWHERE = Location(4, "NOWH", "Nowhere")
ANYWHERE = Location(5, "ANYW", "Anywhere")

PLACES = st.builds(
    Location,
    st.integers(1, 99),
    st.just(""),
    st.just(""),
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
)


def test_distances_are_kilometres_as_the_crow_flies() -> None:
    assert SALMIYA.distance_km(FAHAHEEL) == pytest.approx(28.4, abs=0.2)
    assert SALMIYA.distance_km(MUMBAI) == pytest.approx(2750, rel=0.02)


def test_a_place_that_is_not_known_is_no_distance_away() -> None:
    assert SALMIYA.distance_km(NOWHERE) is None
    assert NOWHERE.distance_km(SALMIYA) is None


@given(PLACES, PLACES)
def test_distance_is_symmetric_and_never_round_the_earth(one: Location, other: Location) -> None:
    there, back = one.distance_km(other), other.distance_km(one)
    assert there == (None if back is None else pytest.approx(back, abs=1e-6))
    assert there is None or 0 <= there <= EARTH_RADIUS_KM * 3.15


def test_stores_sort_own_then_nearest_then_unknown_by_name() -> None:
    levels = [StockLevel(place, 1, None) for place in (NOWHERE, MUMBAI, ANYWHERE, SALMIYA, FAHAHEEL)]
    names = [level.location.name for level in sort_by_distance(levels, SALMIYA)]
    assert names == ["Salmiya", "Fahaheel", "Mumbai", "Anywhere", "Nowhere"]


def test_from_a_store_of_unknown_place_the_others_come_by_name() -> None:
    levels = [StockLevel(place, 1, None) for place in (SALMIYA, MUMBAI, NOWHERE, FAHAHEEL)]
    names = [level.location.name for level in sort_by_distance(levels, NOWHERE)]
    assert names == ["Nowhere", "Fahaheel", "Mumbai", "Salmiya"]


def test_a_place_on_the_equator_or_the_meridian_is_known() -> None:
    equator, meridian = (
        Location(6, "E", "Equator", longitude=48.0),
        Location(7, "M", "Meridian", latitude=29.0),
    )
    for place in (equator, meridian):
        assert place.distance_km(SALMIYA) is not None
        assert SALMIYA.distance_km(place) is not None


def test_a_degree_is_the_same_length_along_any_meridian() -> None:
    """EARTH_RADIUS_KM x pi / 180."""
    for longitude in (0.5, 90.0):
        south = Location(6, "S", "South", latitude=10.0, longitude=longitude)
        north = Location(7, "N", "North", latitude=11.0, longitude=longitude)
        assert south.distance_km(north) == pytest.approx(111.195, abs=0.001)


def test_a_degree_of_longitude_is_shorter_away_from_the_equator() -> None:
    """111.195 x cos 60 is half of it, less the bend of the shortest way."""
    west, east = (Location(6, "W", "", latitude=60.0, longitude=degrees) for degrees in (1.0, 2.0))
    assert west.distance_km(east) == pytest.approx(55.597, abs=0.002)


def test_equal_distances_sort_by_name() -> None:
    twins = [Location(n, "T", name, latitude=29.0, longitude=48.0) for n, name in ((8, "B"), (9, "A"))]
    levels = [StockLevel(place, 1, None) for place in twins]
    assert [one.location.name for one in sort_by_distance(levels, SALMIYA)] == ["A", "B"]
