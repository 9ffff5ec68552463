"""Past orders on the screen: the day, a customer's, what is searched; one order, its ticket, its end."""

from pathlib import Path

import pytest

from console.sandbox.orders.records import read_orders
from tests.screens.driving import OFFLINE, SETTINGS, ConsolePilot, run_console
from tests.screens.walks import open_the_day, open_the_order, past_order

pytestmark = pytest.mark.anyio


async def test_the_day_shows_number_customer_state_and_total(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        number = await past_order(operator, 2)
        await open_the_day(operator)
        row = next(row for row in operator.rows if str(number) in row)
        for words in ("Tom Sawyer", "accepted", "1.500"):
            assert words in row


async def test_a_day_without_orders_says_so(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await open_the_day(operator)
        await operator.see("No orders yet.")
        await operator.keys("enter")
        await operator.see("No order is selected.")


async def test_typed_customer_shows_history_and_day_behind_a_key(
    tmp_path: Path,
) -> None:
    """The history is that of the customer typed; the day is behind one key."""
    async with run_console(tmp_path) as operator:
        number = await past_order(operator)
        await operator.sign_in()
        await operator.type("tom.saw")
        await operator.see("tom.sawyer@")
        await operator.keys("f5")
        await operator.see("Orders of Tom Sawyer: 1", str(number))
        await operator.keys("f4")
        await operator.see("Today at Salmiya: 1")
        await operator.keys("f4")
        await operator.see("Orders of Tom Sawyer: 1")


async def test_what_was_typed_for_nobody_is_searched_among_the_orders(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        number = await past_order(operator)
        await operator.sign_in()
        await operator.type(str(number))
        await operator.see("No customer found.")
        await operator.keys("f5")
        await operator.see(f"Results for {number}: 1", "Tom Sawyer")


async def test_fast_typing_never_shows_another_customers_orders(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await past_order(operator)
        await operator.sign_in()
        await operator.type("tom.saw")
        await operator.see("tom.sawyer@")
        await operator.type("yers", "f5")
        await operator.see("Results for tom.sawyers: 0")


async def test_typing_searches_and_back_clears_before_it_leaves(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        number = await past_order(operator)
        await open_the_day(operator)
        await operator.type("sawyer")
        await operator.see("Results for sawyer: 1", str(number))
        await operator.type("s")
        await operator.see("Results for sawyers: 0", "No order matches.")
        await operator.keys("escape")
        await operator.see("Today at Salmiya: 1")
        await operator.keys("escape")
        await operator.see("F3 New")


async def test_offline_it_says_that_orders_are_not_saved(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        operator.backend.switch(OFFLINE)
        await operator.keys("f5")
        await operator.see("Past orders are not stored on this machine.")


async def test_an_order_shows_its_lines_with_what_is_on_them(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await open_the_order(operator, pizza=True)
        await operator.see("accepted", "Tom Sawyer", "Pickup", "COD KWD 6.000")
        await operator.see("2  Garlic Bread", "1.500")
        await operator.see("New Spicy Chicken Ranch Classic Large", "left: Onions, right: extra Tomatoes")


async def test_cancelling_asks_for_a_reason_and_once_more(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        number = await open_the_order(operator)
        await operator.keys("f8")
        await operator.see(f"Why cancel order {number}?")
        await operator.type("mistake", "enter")
        await operator.see(f"Cancel order {number}? Placed by mistake.")
        await operator.keys("escape")
        assert read_orders(operator.backend.store)[0].cancelled_at is None
        await operator.keys("f8")
        await operator.see("Why cancel")
        await operator.type("mistake", "enter")
        await operator.see("Placed by mistake.")
        await operator.keys("enter")
        await operator.see(f"Order {number} is cancelled.", "left to pay KWD 0.000", "cancelled: 2")
        await operator.keys("f6")
        await operator.see("DUPLICATE", "CANCELLED")
        await operator.keys("escape")
        assert read_orders(operator.backend.store)[0].cancelled_at is not None
        await operator.keys("f8")
        await operator.see("it cannot be cancelled")
        await operator.keys("escape")
        await operator.see("Today at Salmiya")
        assert any(str(number) in row and "cancelled" in row for row in operator.rows)


async def test_a_ticket_is_shown_as_a_duplicate_in_both_copies(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        number = await open_the_order(operator, pizza=True)
        await operator.keys("p")
        await operator.see("DUPLICATE", f"Order {number}", "The customer's ticket, a duplicate.")
        await operator.keys("tab")
        await operator.see("KITCHEN", "> left: Onions, right: extra Tomatoes,")
        await operator.see("The kitchen's ticket, a duplicate.")
        await operator.keys("end")
        await operator.see("| EXTRA Tomatoes")
        await operator.keys("f7")
        await operator.see("Saved as ")
        saved = operator.backend.paths.tickets_folder / f"{number}-kitchen-duplicate.txt"
        assert "| EXTRA Tomatoes" in saved.read_text()
        await operator.keys("escape")
        await operator.see("Cancel order")


async def test_printing_says_whether_it_worked(tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    async with run_console(tmp_path, settings=f'print_command = "cat >{paper}"\n{SETTINGS}') as operator:
        number = await open_the_order(operator)
        await operator.keys("p", "p")
        for worker in [w for w in operator.app.workers if w.group == "print"]:
            await worker.wait()
        await operator.see("The customer's ticket is printed.")
        assert f"Order {number}" in paper.read_text()


async def test_what_was_printed_once_is_a_duplicate_the_next_time(tmp_path: Path) -> None:
    paper = tmp_path / "paper"
    async with run_console(tmp_path, settings=f'print_command = "cat >{paper}"\n{SETTINGS}') as operator:
        await operator.start_walk_in()
        await operator.add("fattoush")
        await operator.wait_until_sent()
        await operator.keys("f10", "f10", "enter")
        await operator.see("placed, 7400001")
        await operator.keys("f7")
        await operator.see("Order 7400001")
        assert "DUPLICATE" not in operator.screen
        await printed(operator)
        assert "DUPLICATE" not in paper.read_text()
        await operator.keys("escape", "f4")
        await operator.see("placed, 7400001", "F8 Take over")
        await operator.keys("f7")
        await operator.see("DUPLICATE", "The customer's ticket, a duplicate.")
        await operator.keys("tab")
        await operator.see_gone("DUPLICATE")
        await operator.keys("tab")
        await printed(operator)
        assert "DUPLICATE" in paper.read_text()


async def printed(operator: ConsolePilot) -> None:
    await operator.keys("p")
    for worker in [w for w in operator.app.workers if w.group == "print"]:
        await worker.wait()
    await operator.see("ticket is printed.")


async def test_without_a_print_command_it_says_where_one_is_set(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await open_the_order(operator)
        await operator.keys("p", "p")
        await operator.see("No print command")


async def test_an_order_under_way_leads_to_its_customers_past_ones(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        number = await past_order(operator)
        await operator.sign_in()
        await operator.type("tom.saw")
        await operator.see("tom.sawyer@")
        await operator.keys("enter")
        await operator.see("for Tom Sawyer")
        await operator.keys("ctrl+o")
        await operator.see("Orders of Tom Sawyer: 1", str(number))
        await operator.keys("escape")
        await operator.see("F10 Pay")
