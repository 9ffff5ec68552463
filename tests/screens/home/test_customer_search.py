"""Finding a customer and starting the session, creating one, and going on with an open order."""

from pathlib import Path

import pytest

from console.sandbox.switches import Fault, FaultKind, Switches
from screens.customers.new_customer import NewCustomerScreen
from tests.screens.driving import HIGH, OFFLINE, ConsolePilot, run_console
from tests.screens.walks import sara_offline

pytestmark = pytest.mark.anyio


async def test_digits_search_mobile_numbers(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type("7411")
        await operator.see("Tom Sawyer", "+91 74116 39213")


async def test_letters_search_names_and_details_stand_beside(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type("tom")
        await operator.see("▸ Tom Sawyer", "Tommy Fernandes", "Baghdad Street", "Groups   none")
        await operator.keys("down")
        await operator.see("▸ Tommy Fernandes", "Amman Street")


async def test_enter_starts_the_session_of_the_marked_customer(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type("tom.s")
        await operator.see("▸ Tom Sawyer")
        await operator.keys("enter")
        await operator.see("for Tom Sawyer")


async def test_enter_faster_than_the_search_starts_who_is_then_found(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type("tom.sawyer@example.com", "enter")
        await operator.see("for Tom Sawyer")


async def test_enter_faster_than_the_search_chooses_nobody_of_several(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        slow = Fault("customers.*", FaultKind.LATENCY, seconds=0.2)  # so that Enter comes first
        await operator.sign_in()
        operator.backend.switch(Switches(faults=(slow,)))
        await operator.type("tom", "enter")
        await operator.see("2 found: select one and press Enter.")


async def test_the_mark_stays_on_whom_it_was_on_when_more_are_found(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type("tommy")
        await operator.see("▸ Tommy Fernandes")
        await operator.keys("enter")
        await operator.see("for Tommy Fernandes")
        await operator.keys("escape")
        await operator.type("tom")
        await operator.see("Tom Sawyer", "▸ Tommy Fernandes")


async def test_nobody_found_says_how_to_create_one(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type("zzzz")
        await operator.see("No customer found. F3 creates one.", "Searched: user names that begin with zzzz.")
        await operator.keys("enter")
        await operator.see("No customer is selected.")


async def test_offline_recent_customers_are_found(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type("tom.s")
        await operator.see("▸ Tom Sawyer")
        await operator.keys("enter")
        await operator.see("for Tom Sawyer")
        await operator.keys("f12")
        await operator.see("F3 New")
        operator.backend.switch(OFFLINE)
        await operator.type("tom")
        await operator.see("Showing recent customers.", "▸ Tom Sawyer")
        operator.backend.switch(Switches())
        operator.session.context.monitor.succeeded()
        await operator.see_gone("Showing recent customers.")


async def test_who_was_served_lately_is_there_before_anything_is_typed(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type("tom.s")
        await operator.see("▸ Tom Sawyer")
        await operator.keys("enter")
        await operator.see("for Tom Sawyer")
        await operator.keys("f12")
        await operator.see("F3 New", "▸ Tom Sawyer")


async def test_a_customer_is_created_from_what_was_typed(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type("96551234567")
        await operator.keys("f3")
        await operator.see("First name", "96551234567")
        await operator.type("Aisha")
        await operator.keys("f2")
        await operator.see("for Aisha")


@pytest.mark.parametrize("name", ["McDonald", "mcdonald's", "de la Cruz"])
async def test_name_in_the_form_is_as_it_was_typed(tmp_path: Path, name: str) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type(name)
        await operator.keys("f3")
        await operator.see("First name")
        assert operator.screen_of(NewCustomerScreen).form.fields["first_name"].value == name


async def test_number_of_somebody_else_is_offered_with_its_owners_name(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.keys("f3")
        await operator.see("First name")
        await operator.type("Sara")
        await operator.keys("tab", "tab")
        await operator.type("00965 555 12345")
        await operator.keys("f2")
        await operator.see("+965 555 12345 is the number of Tommy Fernandes.")
        await operator.keys("escape")
        await operator.see("First name", "Sara")
        await operator.keys("f2")
        await operator.see("Take Tommy Fernandes's account?")
        await operator.keys("enter")
        await operator.see("for Tommy Fernandes")


async def test_a_customer_without_a_name_is_not_created(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.keys("f3")
        await operator.see("First name")
        await operator.keys("f2")
        await operator.see("Enter a first name, and a mobile number or an e-mail.")
        await operator.keys("escape")
        await operator.see("F3 New")


async def test_what_is_typed_of_a_new_customer_is_not_lost_by_one_key(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.keys("f3")
        await operator.type("Aisha")
        await operator.keys("escape")
        await operator.see("Leave without creating this customer?")
        await operator.keys("escape")
        await operator.see_gone("Leave without")
        await operator.see("First name", "Aisha")


async def test_an_order_stays_open_and_goes_on(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.keys("f12")
        await operator.see("Walk-in's order is kept open. F4 reopens it.")
        await operator.keys("f4")
        await operator.see("Open orders", "Walk-in")
        await operator.keys("enter")
        await operator.see("for Walk-in", "1  Garlic Bread")


async def test_waiting_order_is_not_offered_to_resume(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.wait_until_sent()
        operator.backend.switch(OFFLINE)
        await operator.keys("f10", "f10", "enter")
        await operator.see("offline, waiting")
        await operator.keys("enter")
        await operator.see("Walk-in's order is not placed yet. F6 shows its state.")
        await operator.keys("f6")
        await operator.see("offline, waiting")
        await operator.keys("escape")
        await operator.see_gone("is not placed yet")


async def test_clearing_what_is_typed_clears_what_was_said_of_it(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type("zzzz")
        await operator.see("No customer found.")
        await operator.keys("enter")
        await operator.see("No customer is selected.")
        await operator.keys("escape")
        await operator.see_gone("No customer is selected.")


async def test_an_empty_order_does_not_stay_open(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.keys("f12")
        await operator.see("F3 New")
        await operator.keys("f4")
        await operator.see("No order is open.")


async def test_two_quick_keys_start_one_order(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.keys("f2", "f2")
        await operator.see("for Walk-in")
        assert len(operator.app.screen_stack) == 4


async def test_letters_typed_right_behind_the_start_go_into_the_menu(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.keys("f2", *"garlic")
        await operator.see("Menu  garlic")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("markup@", "[red]x[/ Bracket"), ("escape@", "[31mRed"), ("noor@", "نور الصباح")],
)
async def test_a_name_is_text_on_every_screen(tmp_path: Path, typed: str, name: str) -> None:
    async with run_console(tmp_path, size=HIGH) as operator:
        await operator.sign_in()
        await operator.type(typed)
        await operator.see(f"▸ {name}")
        assert operator.screen.count(name) >= 2, "in the list and in the details"
        await operator.keys("enter")
        await operator.see(f"for {name}")
        await operator.add("garlic bread")
        await operator.keys("f3")
        await operator.see("this store", f"for {name}")
        await operator.keys("f12", "f12")
        await operator.see(f"· {name}", "'s order is kept open")
        await operator.keys("f4")
        await operator.see("Open orders", f"▸ {name}")
        assert "\x1b" not in operator.screen


async def test_a_name_read_from_the_right_moves_no_column(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type("noor@")
        await operator.see("▸ نور الصباح")
        title, found = operator.rows[3], operator.rows[4]
        assert found.index("+965") == title.index("Mobile")


async def test_offline_new_customer_begins_an_order_before_account(tmp_path: Path) -> None:
    """Offline, a new customer's order begins and the account follows."""
    async with run_console(tmp_path) as operator:
        await sara_offline(operator)
        await operator.see("for Sara Dashti", "the account is created once online")
        operator.backend.switch(Switches())
        await operator.keys("f6")
        await operator.until(lambda: len(numbers_like(operator, "59991234")) == 1, "the account")


async def test_an_order_without_an_account_is_given_to_a_walk_in(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await sara_offline(operator)
        await operator.see("for Sara Dashti")
        await operator.keys("ctrl+g")
        await operator.see("Reassign to", "Correct the name or the number")
        await operator.type("walk", "enter")
        await operator.see("for Walk-in", "The order is for Walk-in now.")


async def test_a_number_that_was_typed_wrong_is_put_right(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await sara_offline(operator)
        await operator.see("for Sara Dashti")
        await operator.keys("ctrl+g")
        await operator.see("Reassign to")
        await operator.keys("enter")
        await operator.see("First name", "Dashti")
        await operator.type(" Ali", "enter", "f2")
        await operator.see("The order is for Sara Ali Dashti now.")


def numbers_like(operator: ConsolePilot, mobile: str) -> list[str]:
    rows = operator.backend.store.rows("SELECT user_name, record FROM customer")
    return [str(row["user_name"]) for row in rows if mobile in str(row["record"])]
