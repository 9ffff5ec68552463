"""Times are said as on the store's wall clock, with the day when it is not today."""

import time
from collections.abc import Iterator
from datetime import datetime

import pytest

from console.ordering.store_time import MACHINE_TIME, StoreTime
from console.services.orders.local_time import local_moment


@pytest.fixture(autouse=True, params=["Asia/Kuwait", "America/New_York"])
def time_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def wall(day: int, clock: str, *, month: int = 11, year: int = 2026) -> float:
    hour, minute = map(int, clock.split(":"))
    return datetime(year, month, day, hour, minute).astimezone().timestamp()


@pytest.mark.parametrize(
    ("at", "now", "words"),
    [
        ((27, "21:40"), (27, "22:15"), "at 21:40"),
        ((27, "00:05"), (27, "23:59"), "at 00:05"),
        ((26, "21:40"), (27, "17:40"), "yesterday at 21:40"),
        ((26, "23:59"), (27, "00:01"), "yesterday at 23:59"),
        ((24, "09:00"), (27, "17:40"), "on 24 Nov at 09:00"),
        ((28, "09:00"), (27, "17:40"), "on 28 Nov at 09:00"),
    ],
)
def test_time_of_another_day_has_its_day(at: tuple[int, str], now: tuple[int, str], words: str) -> None:
    assert local_moment(wall(*at), wall(*now), MACHINE_TIME) == words


def test_time_of_another_year_has_its_year() -> None:
    new_year, later = wall(31, "21:40", month=12, year=2025), wall(2, "10:00", month=1)
    assert local_moment(new_year, later, MACHINE_TIME) == "on 31 Dec 2025 at 21:40"


def test_time_is_the_stores_whatever_this_machines_zone() -> None:
    half_past_nine_in_kuwait = 1_700_073_000.0  # 2023-11-15 18:30 UTC
    moment = local_moment(half_past_nine_in_kuwait, half_past_nine_in_kuwait, StoreTime("Asia/Kuwait"))
    assert moment == "at 21:30"
