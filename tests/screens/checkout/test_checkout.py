"""Checkout by keys: every field by its letter, one sentence to confirm, the number once it is placed."""

from pathlib import Path

import pytest

from console.sandbox.switches import Fault, FaultKind, Switches
from screens.dialogs.confirm import DialogText
from screens.order.screen import OrderScreen
from tests.screens.driving import OFFLINE, run_console
from tests.screens.walks import placed, tom

pytestmark = pytest.mark.anyio


async def test_an_order_is_placed_with_one_key_and_one_to_confirm(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10")
        await operator.see("Pickup at Salmiya", "= KWD 0.750")
        await operator.keys("enter")
        await operator.see(
            "Place for Tom Sawyer: pickup at Salmiya, as soon as possible,", "KWD 0.750, Cash?"
        )
        assert placed(operator) == 0
        await operator.keys("enter")
        await operator.see("Tom Sawyer: placed, 7400001", "Order sent to the store.")
        assert placed(operator) == 1
        await operator.keys("enter")
        await operator.see("Customer ")


async def test_escape_from_the_sentence_places_nothing(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10", "f10")
        await operator.see("Place for Tom Sawyer")
        await operator.keys("escape", "escape")
        await operator.see("Menu  name or SKU")
        assert placed(operator) == 0


async def test_delivery_needs_a_typed_address_and_shows_its_store(tmp_path: Path) -> None:
    """A delivery needs an address, which is typed and shows who delivers there; the platform decides."""
    async with run_console(tmp_path) as operator:
        await tom(operator)
        operator.backend.switch(Switches(faults=(Fault("carts.update_address", FaultKind.DROP_BEFORE),)))
        await operator.keys("f10", "d")
        await operator.see("Deliver to", "Another address")
        await operator.keys("escape", "f10")
        await operator.see("A delivery needs an address")
        await operator.keys("a")
        await operator.see("Another address")
        await operator.type("another", "enter")
        await operator.see("Street, house")
        await operator.type("Coastal Road 4", "enter", "enter", "enter")
        await operator.type("54501", "enter", "enter")
        await operator.see("Coastal Road 4", "! This store does not deliver there.", "does.")
        await operator.keys("f10")
        await operator.see("delivery to Coastal Road 4", "This store does not deliver there.", "Enter Yes")
        await operator.keys("escape")
        operator.backend.switch(Switches())
        await operator.keys("f6")
        await operator.see("No delivery to this PIN code.")
        await operator.keys("f10")
        await operator.see("a changes it, d makes it a pickup.")
        await operator.see_gone("Enter Yes")


async def test_account_address_is_offered_and_checked(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10", "d")
        await operator.see("Deliver to", "Baghdad Street, Block 10, Hawalli")
        await operator.type("bagh", "enter")
        await operator.see("Street, house", "Baghdad Street, Block 10")
        await operator.keys("f2")
        await operator.see("Delivery", "Baghdad Street, Block", "10, Hawalli")


async def test_what_is_typed_of_an_address_is_not_lost_by_one_key(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10", "d")
        await operator.type("another", "enter")
        await operator.see("Street, house")
        await operator.type("Coastal Road 4")
        await operator.keys("escape")
        await operator.see("Leave without taking this address?")
        await operator.keys("enter")
        await operator.see("F10 Place")


async def test_change_for_cash_is_computed_and_too_little_reported(tmp_path: Path) -> None:
    """The change of the cash given is worked out; too little cash is reported."""
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10", "c")
        await operator.type("5", "enter")
        await operator.see("5.000  change 4.250")
        await operator.keys("c")
        await operator.type("0.5", "enter")
        await operator.see("0.500  ! 0.250 short")
        await operator.keys("f10")
        await operator.see("The cash given is KWD 0.250 short")


async def test_what_was_said_of_the_cash_is_gone_once_there_is_enough(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10", "c")
        await operator.type("0.5", "enter")
        await operator.keys("f10")
        await operator.see("The cash given is KWD 0.250 short")
        await operator.keys("c")
        await operator.type("1", "enter")
        await operator.see("1.000  change 0.250")
        assert "short" not in operator.screen


async def test_what_is_not_paid_in_cash_takes_no_cash_and_says_so(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10", "m")
        await operator.see("Letters narrow the list", "Cash")
        await operator.keys("down", "enter")
        await operator.see_gone("Payment     Cash")
        await operator.keys("c")
        await operator.see("Not paid in cash. m changes the payment.")
        await operator.keys("f10")
        await operator.see("Place for Tom Sawyer")


async def test_another_voucher_replaces_the_current_one(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10", "v")
        await operator.type("nosuch", "enter")
        await operator.see("Voucher     nosuch")
        await operator.keys("v")
        await operator.see("Voucher code; empty removes it")
        await operator.type("tenoff", "enter")
        await operator.see("Voucher     tenoff")


async def test_offline_account_address_is_shown_and_slots_wait(
    tmp_path: Path,
) -> None:
    """Offline, the account's address is there and the slots wait for the connection."""
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type("tom.sawyer")
        await operator.see("Baghdad Street")
        operator.backend.switch(OFFLINE)
        await operator.keys("enter")
        await operator.see("for Tom Sawyer", "Garlic Bread")
        await operator.add("garlic bread")
        await operator.see("offline")
        await operator.keys("f10", "t")
        await operator.see("! Offline: saved here")
        await operator.keys("d")
        await operator.see("Street, house", "Block 10", "+91 74116 39213")
        await operator.keys("f2")
        await operator.see("Delivery", "Baghdad Street, Block")


async def test_a_customer_without_an_address_is_asked_for_one_at_once(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type("96550001234")
        await operator.see("No customer found")
        await operator.keys("f3")
        await operator.see("First name")
        await operator.type("Nadia", "f2")
        await operator.see("for Nadia", "Garlic Bread")
        await operator.add("garlic bread")
        await operator.wait_until_sent()
        await operator.keys("f10", "d")
        await operator.see("Street, house", "+965 500 01234")


def test_the_question_before_placing_is_never_cut() -> None:
    words = f"Place for {'Maximilian ' * 20}: delivery to {'Long Street ' * 8}, KWD 7.000, Cash?"
    question = "".join(piece.text for row in DialogText((words, "and" * 200)).rows() for piece in row)
    assert "KWD 7.000, Cash?" in question
    assert question.count("…") == 1


async def test_a_slot_is_chosen_and_taken_back_with_undo(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10", "t")
        await operator.see("When", "up to 24")
        await operator.keys("pagedown", "enter")
        await operator.see_gone("As soon as poss")
        await operator.keys("f7")
        await operator.see("Undone.", "As soon as poss")


async def test_order_placed_offline_is_saved_and_sent_later(tmp_path: Path) -> None:
    """An order placed offline waits, is reported as safe and is sent by itself."""
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10")
        await operator.see("= KWD 0.750")
        operator.backend.switch(OFFLINE)
        await operator.keys("f10", "enter")
        await operator.see("offline, waiting", "will be placed automatically")
        assert placed(operator) == 0
        await operator.keys("f4")
        await operator.see("Tom Sawyer", "offline, waiting")
        operator.backend.switch(Switches())
        await operator.keys("f6")
        await operator.see("placed, 7400001")
        assert placed(operator) == 1


async def test_waiting_orders_are_reported_at_the_next_sign_in(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10")
        await operator.see("= KWD 0.750")
        operator.backend.switch(OFFLINE)
        await operator.keys("f10", "enter")
        await operator.see("offline, waiting")
        await operator.keys("enter", "f12")
        await operator.see("Sign out?", "1 order is not placed yet.")
        await operator.keys("enter")
        await operator.sign_in()
        await operator.see("1 order is not placed yet. F6 shows the state.")


async def test_an_order_is_parked_under_a_name_and_gone_on_with(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f11")
        await operator.type("blue coat", "enter")
        await operator.see("Customer ", "Tom Sawyer's order (blue coat) is kept open.")
        await operator.keys("f2")
        await operator.see("for Walk-in")
        await operator.add("fattoush")
        await operator.keys("greater_than_sign")
        await operator.see("for Tom Sawyer", "Garlic Bread")
        await operator.keys("escape", "f4")
        await operator.see("Tom Sawyer: blue coat", "Walk-in")


async def test_a_voucher_is_applied_and_one_that_is_refused_says_why(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10", "v")
        await operator.type("tenoff", "enter")
        await operator.see("discount -0.075", "= KWD 0.675")
        await operator.keys("v", "ctrl+u")
        await operator.type("nosuch", "enter")
        await operator.see("! ", "nosuch: refused", "No voucher has this code.")
        await operator.see_gone("discount")


async def test_voucher_of_another_is_offered_and_empty_text_removes(
    tmp_path: Path,
) -> None:
    """A voucher applied elsewhere is offered; an empty input removes it."""
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.wait_until_sent()
        screen = operator.screen_of(OrderScreen)
        checkout = screen.session.checkout
        await checkout._api.carts.apply_voucher(
            token=checkout._session_token(screen.draft_id), voucher_code="TENOFF"
        )
        await operator.keys("f6", "f10")
        await operator.see("TENOFF was not applied here.")
        await operator.keys("v")
        await operator.see("Voucher code; empty removes it", "TENOFF")
        await operator.keys("ctrl+u", "enter")
        await operator.see_gone("was not applied here")
        await operator.see("= KWD 0.750")


async def test_narrowest_window_shows_time_and_address_whole(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10")
        await operator.see("As soon as possible,", "10-20 min")
        await operator.keys("t")
        await operator.see("When")
        await operator.keys("down", "enter")
        await operator.see("AM -")
        assert "…" not in operator.screen


async def test_cash_has_one_name_before_and_after_the_response(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10")
        await operator.see("Payment     Cash")
        await operator.keys("m")
        await operator.see("Letters narrow the list", "▸ Cash")
        await operator.keys("enter")
        await operator.see("Payment     Cash")


async def test_keys_typed_ahead_reach_the_dialogs_they_open(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.type("", "f10", "v", *"tenoff", "enter", "n", *"ring twice", "enter", "escape")
        await operator.see_gone("Voucher")
        await operator.keys("f10")
        await operator.see("Voucher     tenoff", "Notes       ring twice")
