"""The store's clock: whatever this machine's zone, in every printed form, in both orders of day and month."""

import time as machine_time
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ordering.store_time import MACHINE_TIME, StoreTime, find_zone, read_clock

KUWAIT, DAY_FIRST = StoreTime("Asia/Kuwait"), StoreTime("Asia/Kuwait", day_first=True)
PRINTED = [
    "11/28/2018",
    "11282018",
    "11-28-2018 10:00:00",
    "28-Nov-2018",
    "28 November 2018",
    "2018-11-28",
    "2018-11-28T10:00:00",
    "11/28/2018 5:46:25 AM",
    "11/28/18",
    "28/11/2018",
    "28.11.2018",
]


@pytest.fixture(autouse=True, params=["UTC", "America/New_York", "Pacific/Auckland"])
def machine_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    machine_time.tzset()
    yield
    monkeypatch.undo()
    machine_time.tzset()


@pytest.mark.parametrize("text", PRINTED)
@pytest.mark.parametrize("store", [KUWAIT, DAY_FIRST])
def test_date_is_read_in_every_printed_form(store: StoreTime, text: str) -> None:
    assert store.dates(text)[0] == date(2018, 11, 28)


def test_date_of_two_readings_is_read_in_the_stores_order() -> None:
    assert KUWAIT.dates("05/06/2026")[0] == date(2026, 5, 6)
    assert DAY_FIRST.dates("05/06/2026")[0] == date(2026, 6, 5)


@pytest.mark.parametrize(
    "text", ["", "NA", "1/1/1900", "01/01/0001", "99/99/2020", "2026-02-30", "30-Foo-2026", "123456789"]
)
def test_no_date_is_none(text: str) -> None:
    assert KUWAIT.dates(text) == ()


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("10:00 AM - 01:00 PM", time(10)),
        ("01:45 PM", time(13, 45)),
        ("12:05 a.m.", time(0, 5)),
        ("12:05 PM", time(12, 5)),
        ("5:46:25 AM", time(5, 46, 25)),
        ("16:08:45", time(16, 8, 45)),
        ("2018-11-20T19:00:00.123", time(19)),
        ("25:00", None),
        ("13:00 PM", None),
        ("noon", None),
        ("", None),
    ],
)
def test_clock_is_read_with_or_without_am_and_pm(text: str, clock: time | None) -> None:
    assert read_clock(text) == clock


@given(st.text(max_size=40))
def test_any_text_is_read_or_not(text: str) -> None:
    assert all(isinstance(day, date) for day in KUWAIT.dates(text))
    assert read_clock(text) is None or isinstance(read_clock(text), time)


def test_moment_is_shown_by_the_stores_clock() -> None:
    assert f"{KUWAIT.at(1_700_000_000):%d %b %H:%M}" == "15 Nov 01:13"
    assert f"{StoreTime('+03:00').at(1_700_000_000):%d %b %H:%M}" == "15 Nov 01:13"


def test_wall_time_is_sent_and_shown_as_it_was_chosen() -> None:
    chosen = datetime.fromisoformat("2026-03-29T18:30")
    for store in (KUWAIT, MACHINE_TIME, StoreTime("-09:30")):
        assert store.at(store.seconds(chosen)).replace(tzinfo=None) == chosen


@pytest.mark.parametrize(
    ("moment", "wall"),
    [
        (datetime.fromisoformat("2023-11-14T22:13"), datetime.fromisoformat("2023-11-14T22:13")),
        (datetime(2023, 11, 14, 22, 13, tzinfo=UTC), datetime.fromisoformat("2023-11-15T01:13")),
        (
            datetime(2023, 11, 15, 3, 43, tzinfo=timezone(timedelta(hours=5.5))),
            datetime.fromisoformat("2023-11-15T01:13"),
        ),
    ],
)
def test_wall_time_of_what_the_platform_gave(moment: datetime, wall: datetime) -> None:
    assert KUWAIT.wall(moment) == wall


def test_offset_of_the_platform_is_the_stores_where_its_zone_is_unknown() -> None:
    moment = datetime(2023, 11, 15, 3, 43, tzinfo=timezone(timedelta(hours=5.5)))
    assert MACHINE_TIME.wall(moment) == datetime.fromisoformat("2023-11-15T03:43")


def test_past_moment_is_not_read_as_a_future_one() -> None:
    july = datetime(2025, 7, 25, tzinfo=UTC).timestamp()
    assert KUWAIT.read("12-07-2025 08:00:00", now=july) == datetime.fromisoformat("2025-07-12T08:00")
    assert KUWAIT.read("12-07-2025 08:00:00", now=july + 2e7) == datetime.fromisoformat("2025-12-07T08:00")


@pytest.mark.parametrize("name", ["Kuwait City", "../etc/passwd", "3", "+25:00", "a\0b", "Asia"])
def test_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="must be a time zone"):
        find_zone(name)
