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
