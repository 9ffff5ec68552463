"""A stopped order is one list of differences to accept, change or postpone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from console.sandbox.switches import Switches
from screens.order.screen import OrderScreen
from screens.outbox.conflict_rows import OrderConflict, conflicts
from screens.outbox.conflicts_screen import ConflictsScreen
from tests.screens.driving import OFFLINE, ConsolePilot, run_console
from tests.screens.walks import placed, tom

pytestmark = pytest.mark.anyio
GARLIC_BREAD, ONION_RINGS = 13047603, 13047613
HERE, HAWALLI = 27299, 22612
KWD = Decimal


@asynccontextmanager
async def two_lines(home: Path, *keys: str) -> AsyncIterator[ConsolePilot]:
    """Tom's order of a garlic bread and onion rings, KWD 1.650, at checkout; ``keys`` are pressed there."""
    async with run_console(home) as operator:
        await tom(operator)
        await operator.add("onion rings")
        await operator.see("Confirmed = KWD 1.650 ✓")
        await operator.keys("f10", *keys)
        await operator.see("Pickup at Salmiya")
        yield operator


async def place(operator: ConsolePilot) -> None:
    await operator.keys("f10")
    await operator.see("Place for Tom Sawyer")
    await operator.keys("enter")


async def place_then_change(operator: ConsolePilot, switches: Switches) -> None:
    """The platform changes between what it confirmed and Place."""
    operator.backend.switch(switches)
    await place(operator)
    await see_it_stopped(operator)


async def see_it_stopped(operator: ConsolePilot) -> None:
    """It is said that it is not placed, and Enter leads to the list."""
    await operator.see("needs you", "Press Enter to review", "Customer was told  KWD")
    assert placed(operator) == 0
    await operator.keys("enter")
    await operator.see("Customer was told  = KWD")


async def decide_all(operator: ConsolePilot) -> None:
    """Accept the conflicts one by one, and wait for the platform's total."""
    screen = operator.screen_of(ConflictsScreen)
    for _ in conflicts(screen.view):
        await operator.keys("a")
        await operator.see("F7 undoes it.")
    await operator.until(lambda: not screen.view.is_pending, "the total")


async def accept_all(operator: ConsolePilot, *sentences: str) -> None:
    """Each conflict takes a key. Enter says what is placed; nothing is before the second key, then one is."""
    screen = operator.screen_of(ConflictsScreen)
    if any(not isinstance(one, OrderConflict) for one in conflicts(screen.view).values()):
        await operator.keys("enter")
        assert operator.screen_of(ConflictsScreen) is screen
        await decide_all(operator)
    await operator.keys("enter")
    await operator.see("Place for Tom Sawyer at", *sentences)
    assert placed(operator) == 0
    await operator.keys("enter")
    await operator.see("placed, 7400001")
    assert placed(operator) == 1


def total_of_the_order(operator: ConsolePilot) -> Decimal:
    row = operator.backend.store.row(
        "SELECT record ->> 'total' AS total FROM placed_order WHERE order_id = 7400001"
    )
    assert row is not None
    return Decimal(str(row["total"]))


async def test_new_price_is_shown_beside_old_and_placed_on_accept(tmp_path: Path) -> None:
    async with two_lines(tmp_path) as operator:
        await place_then_change(operator, Switches(price_changes={GARLIC_BREAD: KWD("0.900")}))
        await operator.see("price was 0.750, is 0.900", "KWD 1.650", "KWD 1.800", "KWD 0.150 more")
        row = next(row for row in operator.rows if "Garlic Bread" in row)
        assert row.split() == ["▸!", "1", "Garlic", "Bread", "0.750", "0.900"]
        assert not any("Onion Rings" in row for row in operator.rows)
        await accept_all(operator, "at KWD 1.800 instead of KWD 1.650?")
        assert total_of_the_order(operator) == KWD("1.800")


@pytest.mark.parametrize(
    ("switches", "cause"),
    [
        (Switches(stock_changes={GARLIC_BREAD: 0}), "not available at this location"),
        (Switches(delisted=frozenset({GARLIC_BREAD})), "The product is not available."),
    ],
    ids=["stock", "delisted"],
)
async def test_what_cannot_be_had_any_more_is_placed_without(
    tmp_path: Path, switches: Switches, cause: str
) -> None:
    async with two_lines(tmp_path) as operator:
        await place_then_change(operator, switches)
        await operator.see("not available any more:", cause, "~ KWD 0.900", "KWD 0.750 less")
        await accept_all(operator, "at KWD 0.900", "Without 1 Garlic Bread.")
        assert total_of_the_order(operator) == KWD("0.900")


@pytest.mark.parametrize(
    ("switches", "cause"),
    [
        (Switches(stock_changes={GARLIC_BREAD: 0}), "not available at this location"),
        (Switches(delisted=frozenset({GARLIC_BREAD})), "The product is not available."),
        (Switches(refuse=frozenset({GARLIC_BREAD})), "not available at this location"),
    ],
    ids=["stock", "delisted", "refuse"],
)
async def test_offline_order_refused_on_replay_waits_for_a_key(
    tmp_path: Path, switches: Switches, cause: str
) -> None:
    async with run_console(tmp_path) as operator:
        await onion_rings_then_bread_offline(operator)
        await place(operator)
        await operator.see("offline, waiting")
        operator.backend.switch(switches)
        await operator.keys("f6")
        await see_it_stopped(operator)
        await operator.see(cause, "= KWD 0.900", "KWD 0.750 less")
        await accept_all(operator, "at KWD 0.900", "Without 1 Garlic Bread.")
        assert total_of_the_order(operator) == KWD("0.900")


async def onion_rings_then_bread_offline(operator: ConsolePilot) -> None:
    """Tom's onion rings are confirmed; the bread is added offline, and he is at checkout."""
    await operator.sign_in()
    await operator.type("tom.sawyer", "enter")
    await operator.see("for Tom Sawyer", "Garlic Bread")
    await operator.add("onion rings")
    await operator.see("Confirmed = KWD 0.900 ✓")
    operator.backend.switch(OFFLINE)
    await operator.add("garlic bread")
    await operator.see("1 unsent")
    await operator.keys("f10")
    await operator.see("~ KWD 1.650")


@pytest.mark.parametrize("offline", [False, True], ids=["confirmed", "on replay"])
async def test_a_line_that_became_a_deal_is_accepted_as_the_deal(tmp_path: Path, *, offline: bool) -> None:
    async with run_console(tmp_path) as operator:
        await onion_rings_then_bread_offline(operator)
        box_id = next(i for i, p in operator.backend.store.menu.products.items() if p.title == "Party Box")
        if not offline:
            operator.backend.switch(Switches())
            await operator.keys("f6")
            await operator.see("= KWD 1.650")
        await place_now_or_later(operator, Switches(convert_deals={GARLIC_BREAD: box_id}), offline=offline)
        await operator.see("the platform made the deal Party Box of it", "KWD 5.150 more")
        await accept_all(operator, "at KWD 6.800 instead of KWD 1.650?")
        assert total_of_the_order(operator) == KWD("6.800")


async def place_now_or_later(operator: ConsolePilot, switches: Switches, *, offline: bool) -> None:
    """Place with the change already made, or offline with the change made before reconnection."""
    if not offline:
        await place_then_change(operator, switches)
        return
    await place(operator)
    await operator.see("offline, waiting")
    operator.backend.switch(switches)
    await operator.keys("f6")
    await see_it_stopped(operator)


async def with_a_slot(operator: ConsolePilot, switches: Switches) -> int:
    """Choose the last slot on offer, while the platform behaves like this; its id."""
    await operator.keys("t")
    await operator.see("When", "up to")
    operator.backend.switch(switches)
    await operator.keys("pagedown", "enter")
    await operator.see_gone("As soon as poss")
    view = next(iter(operator.session.orders.open_orders))
    slot = view.draft.checkout.delivery_slot
    assert slot is not None
    return slot.slot_id


@pytest.mark.parametrize("offline", [False, True], ids=["confirmed", "on replay"])
async def test_a_slot_that_filled_up_becomes_as_soon_as_possible(tmp_path: Path, *, offline: bool) -> None:
    async with two_lines(tmp_path) as operator:
        slot_id = await with_a_slot(operator, OFFLINE if offline else Switches())
        if not offline:
            session = operator.session
            await operator.until(
                lambda: not next(iter(session.orders.open_orders)).is_pending, "the slot in the cart"
            )
        full = Switches(full_slots=frozenset({slot_id}))
        await place_now_or_later(operator, full, offline=offline)
        await operator.see("Slot ", "not on offer", "a makes it as soon as possible.")
        await accept_all(operator, "as the customer was told?", "As soon as possible instead of the slot.")
        assert total_of_the_order(operator) == KWD("1.650")


async def test_a_voucher_that_expired_is_gone_on_without(tmp_path: Path) -> None:
    async with two_lines(tmp_path, "v") as operator:
        await operator.type("tenoff", "enter")
        await operator.see("discount -0.165", "= KWD 1.485")
        await place_then_change(operator, Switches(expired_vouchers=frozenset({"tenoff"})))
        await operator.see("Voucher tenoff", "It takes nothing off this order.", "KWD 0.165 more")
        await accept_all(operator, "at KWD 1.650 instead of KWD 1.485?", "Without the voucher tenoff.")
        assert total_of_the_order(operator) == KWD("1.650")


async def test_closed_store_is_reported_and_retried_when_open(tmp_path: Path) -> None:
    async with two_lines(tmp_path) as operator:
        await place_then_change(operator, Switches(closed_locations=frozenset({HERE})))
        await operator.see("Pickup or delivery", "The store does not take this order", "Enter retries it")
        await operator.keys("a")
        await operator.see("Cannot be accepted.")
        operator.backend.switch(Switches())
        await accept_all(operator, "at KWD 1.650, as the customer was told?")


async def test_undeliverable_address_is_reported_and_not_accepted(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await onion_rings_then_bread_offline(operator)
        await operator.keys("a")
        await operator.see("Street, house")
        await operator.keys("ctrl+u")
        await operator.type("Coastal Road 4", "enter", "enter", "enter")
        await operator.type("54501", "enter", "enter")
        await operator.see("Coastal Road 4")
        await place(operator)
        await operator.see("offline, waiting")
        operator.backend.switch(Switches())
        await operator.keys("f6")
        await see_it_stopped(operator)
        await operator.see("Not placed yet. No delivery there.")
        await operator.see("Address Coastal Road 4", "No delivery to", "for another address", "or for pickup")
        await operator.keys("enter")
        await operator.see_gone("Not placed yet.")
        await operator.see("No delivery there.")
        await operator.keys("a")
        await operator.see("Cannot be accepted here.")
        await operator.keys("s")
        await operator.see("Menu  name or SKU")
        assert placed(operator) == 0


async def test_different_total_with_equal_lines_is_reported(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await onion_rings_then_bread_offline(operator)
        await operator.keys("v")
        await operator.type("tenoff", "enter")
        await place(operator)
        await operator.see("offline, waiting")
        operator.backend.switch(Switches())
        await operator.keys("f6")
        await see_it_stopped(operator)
        await operator.see("No line differs.", "KWD 1.485", "KWD 0.165 less")
        await accept_all(operator, "at KWD 1.485 instead of KWD 1.650?")


async def test_escape_leaves_the_order_stopped_as_it_is(tmp_path: Path) -> None:
    async with two_lines(tmp_path) as operator:
        await place_then_change(operator, Switches(price_changes={GARLIC_BREAD: KWD("0.900")}))
        await operator.keys("enter")
        await operator.see("a accepts it, x removes it.")
        await operator.keys("escape")
        await operator.see("needs you", "Press Enter to review")
        await operator.keys("f4", "enter")
        await operator.see("price was 0.750, is 0.900")
        assert placed(operator) == 0


async def test_difference_is_accepted_removed_and_undone(tmp_path: Path) -> None:
    """One difference is accepted, another removed, and both are undone."""
    async with two_lines(tmp_path) as operator:
        dearer = {GARLIC_BREAD: KWD("0.900"), ONION_RINGS: KWD("1.000")}
        await place_then_change(operator, Switches(price_changes=dearer))
        await operator.see("Garlic Bread", "Onion Rings", "KWD 0.250 more")
        await operator.keys("a")
        await operator.see("Accepted.")
        await operator.see_gone("Garlic Bread")
        await operator.keys("x")
        await operator.see("Removed.", "= KWD 0.900", "KWD 0.750 less", "No line differs.")
        await operator.keys("f7")
        await operator.see("Undone.", "price was 0.900, is 1.000")
        await operator.see("= KWD 1.900", "KWD 0.250 more")
        await accept_all(operator, "at KWD 1.900 instead of KWD 1.650?")
        assert total_of_the_order(operator) == KWD("1.900")


async def test_calling_back_parks_the_order_and_places_nothing(tmp_path: Path) -> None:
    async with two_lines(tmp_path) as operator:
        await place_then_change(operator, Switches(price_changes={GARLIC_BREAD: KWD("0.900")}))
        await operator.see("Customer was told")
        await operator.keys("c")
        await operator.see("Not placed: it is a draft again.")
        await operator.keys("f4")
        await operator.see("Tom Sawyer", "call back +91 ")
        operator.backend.switch(Switches())
        await operator.keys("f6")
        await operator.see("draft, on the platform")
        assert placed(operator) == 0


async def test_replacing_a_line_opens_the_order_with_it_selected(
    tmp_path: Path,
) -> None:
    """Something else is chosen on the order, with the differing line selected."""
    async with two_lines(tmp_path) as operator:
        await place_then_change(operator, Switches(stock_changes={ONION_RINGS: 0}))
        await operator.keys("s")
        await operator.see("Menu  name or SKU", "1 line differs")
        await operator.keys("f8")
        await operator.see("Removed 1 Onion Rings.", "Confirmed = KWD 0.750 ✓")


async def test_an_order_is_moved_to_a_store_that_has_all_of_it(tmp_path: Path) -> None:
    async with two_lines(tmp_path) as operator:
        await place_then_change(operator, Switches(location_stock={HERE: {GARLIC_BREAD: 0}}))
        await operator.keys("m")
        await operator.see("stores have all of it.", "Garlic Bread: none of 1")
        await operator.keys("escape")
        await operator.see("Customer was told  = KWD 1.650")
        await operator.keys("m")
        await operator.see("stores have all of it.")
        operator.select_row(str(HAWALLI))
        await operator.keys("enter")
        await operator.see("Move the order to Hawalli?")
        await operator.keys("enter")
        await operator.see("Menu  name or SKU", "Onion Rings")
        assert operator.screen_of(OrderScreen).view.draft.name == "at Hawalli"
        assert placed(operator) == 0


async def test_with_nothing_left_there_is_nothing_to_place(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10")
        await place_then_change(operator, Switches(delisted=frozenset({GARLIC_BREAD})))
        await operator.keys("enter")
        await operator.see("Nothing would be left to place.")
        assert placed(operator) == 0


async def test_price_changed_again_before_placing_stops_again(
    tmp_path: Path,
) -> None:
    async with two_lines(tmp_path) as operator:
        await place_then_change(operator, Switches(price_changes={GARLIC_BREAD: KWD("0.900")}))
        await decide_all(operator)
        await operator.keys("enter")
        await operator.see("instead of", "Garlic Bread 0.900, was 0.750.")
        operator.backend.switch(Switches(price_changes={GARLIC_BREAD: KWD("0.950")}))
        await operator.keys("enter")
        await see_it_stopped(operator)
        await operator.see("price was 0.900, is 0.950", "KWD 1.850", "KWD 0.050 more")
        await accept_all(operator, "at KWD 1.850 instead of KWD 1.800?")
