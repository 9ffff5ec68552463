"""Delivery slots as platforms print them: what is chosen is what is sent and printed."""

import time
from collections.abc import Iterator
from datetime import datetime

import pytest

from console.api.carts.checkout_models import DeliverySlotsOfDay, WireDeliverySlot
from console.ordering.store_time import StoreTime
from console.services.orders.checkout import slot_start

KUWAIT, DAY_FIRST = StoreTime("Asia/Kuwait"), StoreTime("Asia/Kuwait", day_first=True)
SLOT = {
    "DeliverySlotID": 33466,
    "DeliverySlotDate": "11/28/2018",
    "FormatedSlotRange": "10:00 AM - 01:00 PM",
    "StartTime": "2018-11-20T10:00:00",
}
DAY = "11282018"


@pytest.fixture(params=["UTC", "Asia/Kuwait", "America/New_York"], autouse=True)
def machine_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def start(store: StoreTime = KUWAIT, day: str = DAY, **fields: object) -> datetime | None:
    return slot_start(WireDeliverySlot.model_validate({**SLOT, **fields}), day, store)


@pytest.mark.parametrize(
    "printed",
    [
        "11/28/2018",
        "11282018",
        "28-Nov-2018",
        "2018-11-28T13:48:39.5872032",
        "28/11/2018",
        "/Date(1543400000000+0300)/",
    ],
)
@pytest.mark.parametrize("store", [KUWAIT, DAY_FIRST])
def test_day_is_read_in_every_printed_form(store: StoreTime, printed: str) -> None:
    assert start(store, day="", DeliverySlotDate=printed) == datetime.fromisoformat("2018-11-28T10:00")


def test_day_first_is_a_setting_of_the_profile() -> None:
    assert start(KUWAIT, DeliverySlotDate="05/06/2026") == datetime.fromisoformat("2026-05-06T10:00")
    assert start(DAY_FIRST, DeliverySlotDate="05/06/2026") == datetime.fromisoformat("2026-06-05T10:00")


@pytest.mark.parametrize("empty", ["", None, "NA", "1/1/1900"])
def test_slot_without_a_date_has_its_lists(empty: str | None) -> None:
    assert start(DeliverySlotDate=empty) == datetime.fromisoformat("2018-11-28T10:00")
    assert start(day="", DeliverySlotDate=empty) is None


@pytest.mark.parametrize(
    "printed",
    [
        "2018-11-20T10:00:00",
        "10:00:00",
        "10:00 AM",
        "11/20/2018 10:00:00 AM",
        "",
        None,
        "0001-01-01T10:00:00",
    ],
)
def test_time_is_read_in_every_printed_form_or_from_the_range(printed: str | None) -> None:
    assert start(StartTime=printed) == datetime.fromisoformat("2018-11-28T10:00")


def test_moment_in_another_zone_begins_by_the_stores_clock() -> None:
    assert start(StartTime="/Date(1542697200000+0000)/") == datetime.fromisoformat("2018-11-28T10:00")


@pytest.mark.parametrize("printed", ["", "soon", "25:00"])
def test_slot_without_a_time_is_left_out(printed: str) -> None:
    assert start(StartTime=printed, FormatedSlotRange="Morning") is None


def test_slot_that_cannot_be_read_costs_no_other() -> None:
    day = DeliverySlotsOfDay.model_validate(
        {"Slots": [{**SLOT, "DeliverySlotID": "NA"}, SLOT, {"Slots": []}]}
    )
    assert [slot.slot_id for slot in day.slots] == [33466]
    assert day.slots.unreadable == 2
