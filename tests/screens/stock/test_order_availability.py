"""Stores for the whole order, by keys: who has all of it, the prices there, and the order moved."""

from pathlib import Path

import pytest

from console.ordering.order_availability import StoreAvailability
from console.ordering.placed.ticket import TicketCopy
from screens.checkout.screen import CheckoutScreen
from screens.order.screen import OrderScreen
from screens.stock.order_availability import OrderAvailabilityScreen
from tests.screens.driving import OFFLINE, ConsolePilot, run_console
from tests.screens.walks import HAWALLI, HERE, stock, to_the_stores

pytestmark = pytest.mark.anyio


async def move_to_hawalli(operator: ConsolePilot) -> None:
    """Move the order to Hawalli, where it costs 1.600."""
    await to_the_stores(operator)
    operator.select_row(str(HAWALLI))
    await operator.keys("enter")
    await operator.see("Move the order to Hawalli?")
    await operator.keys("enter")
    await operator.see("F10 Pay", "Garlic Bread             1.600")


def availability(operator: ConsolePilot, location_id: int) -> StoreAvailability:
    return operator.screen_of(OrderAvailabilityScreen)._stores[str(location_id)]


async def test_the_stores_say_what_they_have_of_it(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await to_the_stores(operator)
        assert "Garlic Bread: 1 of 2" in operator.screen
        row = next(row for row in operator.rows if "Hawalli" in row)
        assert "all of it" in row


async def test_the_order_moves_only_after_the_new_prices_were_seen(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await to_the_stores(operator)
        operator.select_row(str(HAWALLI))
        await operator.keys("enter")
        await operator.see("Move the order to Hawalli? It costs KWD 1.600 there,", "0.750 here, 0.800 there.")
        await operator.keys("escape")
        await operator.see_gone("Move the order")
        await operator.keys("enter")
        await operator.see("Move the order to Hawalli?")
        await operator.keys("enter")
        await operator.see("F10 Pay", "Garlic Bread             1.600")
        await operator.wait_until_sent()
        moved = operator.screen_of(OrderScreen).view
        assert [(line.quantity, line.item.title) for line in moved.draft.lines] == [(2, "Garlic Bread")]
        assert moved.draft.name == "at Hawalli"


async def test_moved_order_shows_menu_and_stock_of_its_store(tmp_path: Path) -> None:
    """Hawalli has nine at 0.800, where the operator's own store has one at 0.750."""
    async with run_console(tmp_path) as operator:
        await move_to_hawalli(operator)
        await operator.type("garlic bread")
        await operator.see("▸ Garlic Bread                0.800")
        await operator.keys("f3")
        await operator.see("Garlic Bread: which stores have 1?", "this store")
        assert "Hawalli" in next(row for row in operator.rows if "this store" in row)
        assert operator.rows[0].startswith("Hawalli")


async def test_moved_order_is_checked_out_and_printed_at_its_store(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await move_to_hawalli(operator)
        assert operator.rows[0].startswith("Hawalli")
        await operator.keys("f10")
        await operator.see("Pickup at Hawalli")
        session, view = operator.session, operator.screen_of(CheckoutScreen).view
        assert "Hawalli" in session.tickets.render(
            session.tickets.ticket_of_order(view), TicketCopy.CUSTOMER, reprint=False
        )


async def test_a_store_that_cannot_give_all_of_it_is_not_moved_to(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await to_the_stores(operator)
        stock(operator, HAWALLI, 1)
        await operator.keys("f5")
        await operator.until(lambda: not availability(operator, HAWALLI).has_all, "the stores' new answer")
        operator.select_row(str(HAWALLI))
        await operator.keys("enter")
        await operator.see("Hawalli does not have all of it.")


async def test_the_order_is_at_this_store_already(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await to_the_stores(operator)
        operator.select_row(str(HERE))
        await operator.keys("enter")
        await operator.see("The order is already at this store.")


async def test_moved_order_can_move_back_and_says_it_is_at_home(tmp_path: Path) -> None:
    """A moved order can be moved back, and then is at its own store already."""
    async with run_console(tmp_path) as operator:
        await move_to_hawalli(operator)
        await operator.wait_until_sent()
        stock(operator, HERE, 9)
        await operator.keys("ctrl+t")
        await operator.see("stores have all of it.")
        assert "this store" in next(row for row in operator.rows if "▸ Hawalli" in row)
        await operator.keys("enter")
        await operator.see("The order is already at this store.")
        operator.select_row(str(HERE))
        await operator.keys("enter")
        await operator.see("Move the order to Salmiya?")


async def test_offline_it_says_so_and_leads_back(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.keys("ctrl+t")
        await operator.see("Nothing ordered yet.")
        await operator.add("garlic bread")
        await operator.wait_until_sent()
        operator.backend.switch(OFFLINE)
        await operator.keys("ctrl+t")
        await operator.see("! The")
        await operator.keys("escape")
        await operator.see("F10 Pay")
