"""Delivery slots: those on offer, those taken, and those too late."""

from typing import Any

import pytest

from console.sandbox.switches import Switches
from tests.sandbox.sandbox_calls import CAESAR, Caller, Clock, code, item
from tests.sandbox.sandbox_orders import cancel, information, place, place_order

pytestmark = pytest.mark.anyio

# The clock stands at Friday, 15 January 2027, 11:00 in Kuwait.
EVENING, AFTERNOON, MORNING = 33508 + 8, 33494 + 8, 33466 + 8
TODAY = "01-15-2027 19:00:00"


@pytest.fixture(autouse=True)
async def _cart(caller: Caller) -> None:
    await caller.serve_customer()
    await caller.add(item(CAESAR))


async def set_slot(caller: Caller, slot_id: int, day: str = TODAY) -> Any:
    data = {"DeliverySlotId": slot_id, "DeliveryDate": day}
    return await caller.input("Carts/SetDeliverySlot/{M}", data)


async def offered(caller: Caller) -> dict[str, dict[int, bool]]:
    days = (await caller.ask("GET", "Carts/DeliverySlots/{M}"))["DaySlots"]
    return {day["Day"]: {s["DeliverySlotID"]: not s["IsDisabled"] for s in day["Slots"]} for day in days}


async def test_slots_are_offered_for_three_days(caller: Caller) -> None:
    days = await offered(caller)
    assert list(days) == ["Today", "Tomorrow", "Sunday"]
    assert days["Today"][MORNING] is False
    assert days["Today"][EVENING] is True
    assert days["Tomorrow"][MORNING + 2] is True


async def test_a_slot_has_the_documented_fields(caller: Caller) -> None:
    day = (await caller.ask("GET", "Carts/DeliverySlots/{M}"))["DaySlots"][0]
    slot = day["Slots"][0]
    assert (day["DeliverySlotDate"], slot["DeliverySlotDate"]) == ("01152027", "01/15/2027")
    assert slot["FormatedSlotRange"] == "10:00 AM - 01:00 PM"
    assert (slot["StartTime"], slot["MaxOrders"], slot["LeadTime"]) == ("2027-01-15T10:00:00", 24.0, 60.0)


async def test_a_set_slot_shows_in_the_cart_and_in_the_order(caller: Caller) -> None:
    cart = (await set_slot(caller, EVENING))["Carts"]
    assert cart["DeliverySlotID"] == EVENING
    assert await caller.cart() == cart
    order = await information(caller, await place_order(caller))
    assert order["deliveryslots"] == {
        "StartTime": "07:00 PM",
        "EndTime": "10:00 PM",
        "DeliverySlotId": str(EVENING),
    }
    assert order["DemandedDeliveryDate"] == "15-Jan-2027"


@pytest.mark.parametrize(
    ("slot_id", "day", "expected"),
    [
        (1, TODAY, 1044),
        (MORNING, TODAY, 1044),
        (EVENING, "01-16-2027", 1044),
        (EVENING, "01-22-2027", 1044),
        (EVENING, "01-08-2027", 1044),
        (EVENING, "tonight", 1016),
        (EVENING, "", 1016),
        (EVENING, "01-01-0001", 1016),
    ],
)
async def test_a_slot_that_is_not_on_offer_is_refused(
    caller: Caller, slot_id: int, day: str, expected: int
) -> None:
    before = await caller.cart()
    assert code(await set_slot(caller, slot_id, day)) == expected
    assert await caller.cart() == before


async def test_orders_fill_a_slot_and_cancelling_frees_it(caller: Caller) -> None:
    orders = []
    for _ in range(2):
        await caller.add(item(CAESAR))
        await set_slot(caller, EVENING)
        orders.append(await place_order(caller))
    await caller.add(item(CAESAR))
    assert (await offered(caller))["Today"][EVENING] is False
    assert code(await set_slot(caller, EVENING)) == 1044
    await cancel(caller, orders[0])
    assert code(await set_slot(caller, EVENING)) == 1004


async def test_a_slot_that_fills_in_between_stops_the_order(caller: Caller) -> None:
    await set_slot(caller, EVENING)
    caller.switch(Switches(full_slots=frozenset({EVENING})))
    assert (await offered(caller))["Today"][EVENING] is False
    assert code(await place(caller)) == 1044
    assert len((await caller.cart())["CartItems"]) == 1


async def test_a_slot_is_lost_once_its_lead_is_reached(caller: Caller, clock: Clock) -> None:
    await set_slot(caller, AFTERNOON)
    clock.now += 4.5 * 3600
    caller.token = ""
    await caller.serve_customer()
    await caller.add(item(CAESAR))
    assert code(await set_slot(caller, AFTERNOON)) == 1044


async def test_another_location_has_room_of_its_own(caller: Caller) -> None:
    for _ in range(2):
        await caller.add(item(CAESAR))
        await set_slot(caller, EVENING)
        await place_order(caller)
    await caller.add(item(CAESAR, LocationId="22612"))
    assert code(await set_slot(caller, EVENING)) == 1004
