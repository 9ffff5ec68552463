"""What holds on every screen: keys and where they are listed, back, focus, the window, colour, faults."""

import asyncio
from pathlib import Path

import pytest
from textual.geometry import Offset

from console.app import ConsoleApp
from console.config.startup_settings import StartupSettings
from console.services.events import Notification, OrderChanged
from screens import sign_in
from screens.checkout import address_form, confirmation
from screens.checkout import commands as checkout_commands
from screens.configurator import bundle_commands, deal_screen
from screens.customers import new_customer
from screens.dialogs import confirm, prompt
from screens.dialogs import select as choose
from screens.framework import help_screen
from screens.framework.commands import GLOBAL_COMMANDS, Command, hints
from screens.history import past_order, past_orders, reorder, ticket
from screens.home import customer_search
from screens.order import commands as order_commands
from screens.order import quick_order
from screens.order.screen import OrderScreen
from screens.order_view import read_back
from screens.outbox import conflicts_screen
from screens.outbox import screen as outbox
from screens.settings import profile
from screens.settings import screen as settings
from screens.stock import order_availability, product_stock
from tests.screens.driving import LOW, ConsolePilot, create_backend, run_console
from widgets.key_bar import hint_spans
from widgets.text_rows import spans_width

TABLES = {
    "sign in": sign_in.COMMANDS,
    "customers": customer_search.COMMANDS,
    "new customer": new_customer.COMMANDS,
    "order": (*order_commands.COMMANDS, *order_commands.SYMBOL_COMMANDS, *order_commands.LETTERS),
    "checkout": (*checkout_commands.COMMANDS, *checkout_commands.LETTERS),
    "address": address_form.COMMANDS,
    "ask": prompt.COMMANDS,
    "quick": quick_order.COMMANDS,
    "read back": read_back.COMMANDS,
    "outbox": outbox.COMMANDS,
    "placed": confirmation.COMMANDS,
    "conflicts": conflicts_screen.COMMANDS,
    "stock": product_stock.COMMANDS,
    "orders": past_orders.COMMANDS,
    "past order": past_order.COMMANDS,
    "ticket": ticket.COMMANDS,
    "customise": bundle_commands.COMMANDS,
    "deal": deal_screen.COMMANDS,
    "repeat": reorder.COMMANDS,
    "cart stock": order_availability.COMMANDS,
    "settings": settings.COMMANDS,
    "profile": profile.COMMANDS,
    "choose": choose.COMMANDS,
    "confirm": confirm.COMMANDS,
    "keys": (help_screen.CLOSE,),
}
every_table = pytest.mark.parametrize("commands", TABLES.values(), ids=TABLES.keys())


@every_table
def test_no_two_commands_of_a_screen_share_a_key_or_an_id(commands: tuple[Command, ...]) -> None:
    bound = [key for command in commands for key in command.keys.split(",")]
    assert len(bound) == len(set(bound))
    assert len({command.id for command in commands}) == len(commands)


@every_table
def test_what_a_command_does_is_said_in_one_row(commands: tuple[Command, ...]) -> None:
    assert all(len(command.help) <= 54 for command in (*commands, *GLOBAL_COMMANDS))
    assert all(
        len(command.key_names) <= 20 for command in commands if command.help and command.id != "keys.close"
    )


@pytest.mark.parametrize("name", [name for name in TABLES if name != "order"])
def test_every_key_of_the_bar_fits_eighty_columns(name: str) -> None:
    assert spans_width(hint_spans(hints(TABLES[name]))) <= 80


@pytest.mark.parametrize("name", [name for name in TABLES if name != "customers"])
def test_escape_has_a_second_key(name: str) -> None:
    """But at the customers, where Esc clears the field and F12 signs out."""
    for command in TABLES[name]:
        assert ("escape" in command.keys) == ("f12" in command.keys)


OPENED_FROM_THE_ORDER = {
    "category": ("f4", "Category"),
    "stock": ("f3", "this store"),
    "keys": ("f1", "Keys: Order"),
    "palette": ("ctrl+p", "Commands"),
    "settings": ("f9", "Store profile"),
}


@pytest.mark.anyio
@pytest.mark.parametrize("back", ["escape", "f12"])
async def test_every_screen_leads_back_to_the_same_focus(tmp_path: Path, back: str) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        focus = operator.app.focused
        for key, text in OPENED_FROM_THE_ORDER.values():
            await operator.keys(key)
            await operator.see(text)
            assert operator.app.focused is not None
            await operator.keys(back)
            await operator.see("for Walk-in", "F10 Pay")
            assert operator.app.focused is focus
            assert operator.app.cursor_position == Offset(6, 1)


@pytest.mark.anyio
async def test_f1_shows_keys_in_a_text_and_question_mark_outside(tmp_path: Path) -> None:
    """F1 shows the keys inside a text; a question mark does where none is begun."""
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.keys("question_mark")
        await operator.see("Keys: Customers", "On every screen")
        await operator.keys("question_mark")
        await operator.type("a?")
        await operator.see("Customer  a?")
        await operator.keys("f1")
        await operator.see("Keys: Customers")


@pytest.mark.anyio
async def test_the_keys_page_of_the_order_names_letters_and_scrolls(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.keys("f1")
        await operator.see("Keys: Order", "F10")
        await operator.keys("pagedown", "pagedown")
        await operator.see("0 to 9", "In the list (no text field active)")
        await operator.keys("end")
        await operator.see("^Q", "Quit; unsent orders stay saved")


@pytest.mark.anyio
async def test_palette_runs_a_command_of_the_screen_behind_it(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.keys("ctrl+p")
        await operator.see("Commands", "Show one category of the menu")
        assert "Move the mark" not in operator.screen
        await operator.type("category", "enter")
        await operator.see("Products", "Desserts")


@pytest.mark.anyio
async def test_a_window_that_was_too_small_for_a_while_loses_nothing(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.type("garlic")
        focus = operator.app.focused
        await operator.pilot.resize_terminal(60, 20)
        await operator.see("needs 80x24; the window is 60x20")
        await operator.type("xyz", "escape", "f3")
        await operator.pilot.resize_terminal(*LOW)
        await operator.see("Menu  garlic ", "for Walk-in")
        assert operator.app.focused is focus


@pytest.mark.anyio
async def test_screen_opened_in_a_small_window_is_covered_too(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.see("F2 fills in")
        await operator.keys("f2", "enter")
        await operator.pilot.resize_terminal(60, 20)
        await operator.until(lambda: len(operator.app.screen_stack) == 3, "the customers")
        await operator.see("the window is 60x20")
        await operator.pilot.resize_terminal(*LOW)
        await operator.see("F3 New")


@pytest.mark.anyio
async def test_the_terminals_cursor_is_where_the_next_letter_goes(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.sign_in()
        await operator.type("tom")
        await operator.see("Customer  tom")
        await operator.until(lambda: operator.app.cursor_position == Offset(14, 2), "the cursor behind it")


@pytest.mark.anyio
async def test_a_screen_that_is_closed_twice_closes_no_other(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        order = operator.screen_of(OrderScreen)
        order.close()
        order.close()
        await operator.see("F3 New")


@pytest.mark.anyio
async def test_a_screen_below_another_closes_when_that_is_gone(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        order = operator.screen_of(OrderScreen)
        await operator.keys("f1")
        await operator.see("Keys: Order")
        order.close()
        assert "Keys: Order" in operator.screen
        await operator.keys("escape")
        await operator.see("F3 New")


@pytest.mark.anyio
async def test_nothing_runs_while_nothing_happens(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.wait_until_sent()

        def rests() -> bool:
            nodes = [operator.app, *operator.app.screen_stack, *operator.app.screen.walk_children()]
            return not any(timer._active.is_set() for node in nodes for timer in node._timers)

        await operator.until(rests, "an end of every timer")


@pytest.mark.anyio
async def test_a_plain_terminal_gets_ascii_only(tmp_path: Path) -> None:
    box = create_backend(tmp_path)
    app = ConsoleApp(StartupSettings(), box.connect, save_crash_report=str, plain=True)
    async with app.run_test(size=LOW) as pilot:
        operator = ConsolePilot(pilot, app, box)
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.see("0.750 +")
        assert operator.screen.isascii()
        for key in ("f1", "f4", "ctrl+p"):
            await operator.keys(key)
            assert operator.screen.isascii()
            await operator.keys("escape")
    await app.close()


@pytest.mark.anyio
async def test_console_error_shows_a_sentence_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accounts: list[str] = []

    def keep(account: str) -> str:
        accounts.append(account)
        return "The console met a fault [of its own] and stopped."

    box = create_backend(tmp_path)
    app = ConsoleApp(StartupSettings(), box.connect, save_crash_report=keep)

    async def break_it(pilot: object) -> None:
        app.call_later(lambda: 1 // 0)

    await app.run_async(headless=True, size=LOW, auto_pilot=break_it)
    await app.close()
    said = capsys.readouterr()
    assert "The console met a fault [of its own] and stopped." in said.out + said.err
    assert "ZeroDivisionError" not in said.out + said.err
    assert any("ZeroDivisionError" in account for account in accounts)
    assert app.return_code == 1


@pytest.mark.anyio
async def test_fault_whose_account_cannot_be_saved_still_ends_the_console(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(account: str) -> str:
        raise RuntimeError("no logs either")

    box = create_backend(tmp_path)
    app = ConsoleApp(StartupSettings(), box.connect, save_crash_report=refuse)

    async def break_it(pilot: object) -> None:
        app.call_later(lambda: 1 // 0)

    async with asyncio.timeout(20):
        await app.run_async(headless=True, size=LOW, auto_pilot=break_it)
    await app.close()
    said = capsys.readouterr()
    assert "The console stopped because of a program fault." in said.out + said.err
    assert "Error" not in said.out + said.err
    assert app.return_code == 1


@pytest.mark.anyio
async def test_message_ends_with_what_made_it(tmp_path: Path) -> None:
    disk = {"is full": True}
    full = Notification("Not saved yet: the disk is full.", is_error=True, is_current=lambda: disk["is full"])
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        operator.app._publish(full)
        await operator.see("Not saved yet")
        operator.app._publish(OrderChanged("another order"))
        await operator.pilot.pause()
        assert "Not saved yet" in operator.screen
        disk["is full"] = False
        operator.app._publish(OrderChanged("another order"))
        await operator.see_gone("Not saved yet")


@pytest.mark.anyio
async def test_message_that_ended_while_its_screen_was_covered_is_gone(tmp_path: Path) -> None:
    disk = {"is full": True}
    full = Notification("Not saved yet: the disk is full.", is_error=True, is_current=lambda: disk["is full"])
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        operator.app._publish(full)
        await operator.see("Not saved yet")
        await operator.keys("f1")
        disk["is full"] = False
        await operator.keys("escape")
        await operator.see_gone("Not saved yet")


@pytest.mark.anyio
async def test_news_that_ended_while_it_waited_is_not_told(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("garlic bread")
        operator.app._publish(Notification("Showing the saved menu.", is_current=lambda: False))
        operator.app.screen.say("")  # type: ignore[attr-defined]
        await operator.pilot.pause()
        assert "Showing the saved menu" not in operator.screen


@pytest.mark.anyio
async def test_news_waits_behind_the_reply_to_a_key(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("garlic bread")
        operator.app._publish(Notification("The menu is new."))
        await operator.keys("down")
        await operator.see("Added 1 Garlic Bread.")
        operator.app._publish(Notification("The disk is full.", is_error=True))
        await operator.see("The disk is full.")
