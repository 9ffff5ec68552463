"""The order: adding, changing, removing, undoing, and what the screen says of the platform's response."""

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest
from textual.keys import _character_to_key as key_of

from console.ordering.catalogue import MenuMatches
from console.ordering.draft import DraftLine
from console.sandbox.switches import Fault, FaultKind, Switches
from console.services.events import MenuProgress, PendingWork
from screens.checkout import commands as checkout
from screens.dialogs.confirm import pending_work_text
from screens.order import commands as order
from screens.order.screen import OrderScreen
from tests.screens.driving import HIGH, OFFLINE, ConsolePilot, run_console

pytestmark = pytest.mark.anyio


def line(operator: ConsolePilot, number: int) -> list[str]:
    """The words of one line of the order, from its number on."""
    row = next(r[36:] for r in operator.rows if r[36:].lstrip("▸! ").startswith(f"{number} "))
    return row.lstrip("▸! ").split()


def draft(operator: ConsolePilot) -> tuple[DraftLine, ...]:
    return operator.screen_of(OrderScreen).view.draft.lines


async def test_a_product_is_added_and_confirmed(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.see("Confirmed = KWD 0.750 ✓")
        assert line(operator, 1) == ["1", "1", "Garlic", "Bread", "0.750", "="]


async def test_a_figure_before_a_star_is_the_quantity(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("3*garlic bread")
        await operator.see("Confirmed = KWD 2.250 ✓")


async def test_figure_before_a_star_counts_in_the_digits_of_any_script(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("\u0663*garlic bread")
        await operator.see("Confirmed = KWD 2.250 ✓")
        await operator.keys("f2", "\u0665", "\u06f1", "enter")
        assert [line.quantity for line in draft(operator)] == [51]


@pytest.mark.parametrize("figure", ["1e3", "2-5", "10,5", "1.5", "1000", "0"])
async def test_figure_that_is_no_quantity_adds_nothing(tmp_path: Path, figure: str) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.type(f"{figure}*garlic bread", "enter")
        await operator.see("! ", f"{figure}*garlic bread")
        assert "Nothing ordered yet." in operator.screen


@pytest.mark.parametrize("typed", ["0*garlic bread", "zzz"])
async def test_what_cannot_be_added_is_said(tmp_path: Path, typed: str) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.type(typed, "enter")
        await operator.see("! ")
        assert "Nothing ordered yet." in operator.screen


async def test_a_variant_is_asked_for_where_there_are_several(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.see("from 1.500")
        await operator.type("pepsi", "enter")
        await operator.see("Variant", "Bottle 1 l")
        await operator.type("bottle", "enter")
        await operator.see("Added 1 Pepsi, Bottle 1 l.", "✓")


async def test_going_back_from_the_variants_adds_nothing(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.type("pepsi", "enter")
        await operator.see("Variant")
        await operator.keys("f12")
        await operator.see("Nothing ordered yet.", "Menu  pepsi")


@pytest.mark.parametrize("typed", ["3*coke", "garlci", "chiken sup"])
async def test_keys_typed_ahead_never_take_a_guess(tmp_path: Path, typed: str) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.type(typed, *["enter"] * 3)
        await operator.see(f"Menu  {typed}", "is not on the menu. Enter adds", "▸ ? ")
        assert draft(operator) == ()


async def test_keys_typed_ahead_of_a_slow_search_never_take_what_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list still shows the whole menu when the second Enter finds the field empty."""
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.see("▸ Chicken Supreme")
        menu, may_answer = operator.session.menu, asyncio.Event()
        search = menu.search

        async def slow_search(text: str, category_id: str = "") -> MenuMatches:
            await may_answer.wait()
            return await search(text, category_id)

        monkeypatch.setattr(menu, "search", slow_search)
        await operator.type("garlci", "enter", "enter", "enter")
        may_answer.set()
        await operator.see("garlci is not on the menu. Enter adds", "▸ ? ")
        assert draft(operator) == ()


async def test_an_enter_too_many_typed_ahead_adds_nothing(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.type("fattoush", "enter", "enter", "enter")
        await operator.see("Added 1 Fattoush.")
        assert [line.item.title for line in draft(operator)] == ["Fattoush"]


async def test_a_guess_needs_an_enter_of_its_own(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.type("3*fattosh")
        await operator.see("? Fattoush", "1 guess")
        await operator.keys("enter")
        await operator.see("fattosh is not on the menu. Enter adds 3 Fattoush.", "Nothing ordered yet.")
        await operator.keys("enter")
        await operator.see("Added 3 Fattoush.")


async def test_another_guess_is_asked_for_again(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.type("garlci")
        await operator.see("guesses")
        await operator.keys("enter")
        await operator.see("Enter adds 1 Garlic Bread.")
        await operator.keys("down", "enter")
        await operator.see("Enter adds 1 Garlic Stick.")
        assert draft(operator) == ()


async def test_enter_faster_than_the_menu_adds_what_was_meant(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.type("garlic bread", "enter", *"2*greek", "enter", *"fattoush", "enter")
        await operator.see("Added 1 Fattoush")
        titles = [(line.quantity, line.item.title) for line in draft(operator)]
        assert titles == [(1, "Garlic Bread"), (2, "Greek Salad"), (1, "Fattoush")]


async def test_the_key_bar_names_the_side_that_f2_leads_to(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.see("F2 Order  Enter Add  ; Type order")
        await operator.keys("f2")
        await operator.see("F2 Menu   Enter Add  ; Type order")
        await operator.keys("f2")
        await operator.see("F2 Order  Enter Add")


async def test_a_quantity_is_typed_on_the_line(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.keys("tab")
        await operator.type("12")
        await operator.see("Quantity 12: Enter sets it")
        await operator.keys("enter")
        await operator.see("12 Garlic Bread.", "KWD 9.000 ✓")


async def test_a_quantity_that_is_left_stays_as_it_was(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.keys("tab")
        await operator.type("12", "backspace", "escape")
        await operator.see("Quantity unchanged.")
        assert draft(operator)[0].quantity == 1


@pytest.mark.parametrize("typed", ["dip", "umm", "7up", "3*pepsi", "سلط", "éclair"])
async def test_text_typed_in_the_order_searches_the_menu(tmp_path: Path, typed: str) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.keys("f2")
        await operator.type(typed)
        await operator.see(f"Menu  {typed}", "F2 Order")
        assert [(line.quantity, line.item.title) for line in draft(operator)] == [(1, "Garlic Bread")]


async def test_arrows_and_digits_of_every_script_change_a_quantity(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.keys("f2")
        await operator.type("٣", "enter")
        await operator.see("3 Garlic Bread.")
        await operator.keys("right", "right", "left")
        await operator.see("4 Garlic Bread.")


async def test_arabic_signs_are_the_same_keys(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.type("؟")
        await operator.see("Keys: Order")
        await operator.keys("escape")
        await operator.type("؛")
        await operator.see("Tab Complete")


FRENCH_DIGIT_KEYS = "&é\"'(-è_çà"
"""The digit keys of a French keyboard without Shift."""


def test_no_command_of_an_order_is_a_digit_key_in_france() -> None:
    digit_keys = set(map(key_of, FRENCH_DIGIT_KEYS))
    order_commands = (*order.COMMANDS, *order.SYMBOL_COMMANDS, *order.LETTERS)
    keys = {
        (command.action, key in digit_keys)
        for command in (*order_commands, *checkout.COMMANDS, *checkout.LETTERS)
        for key in command.keys.split(",")
    }
    assert {action for action, is_digit in keys if is_digit} == {"step(-1)"}
    assert ("step(-1)", False) in keys


async def test_plus_and_minus_change_the_line_touched_last(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.type("++-")
        await operator.see("2 Garlic Bread.")
        await operator.type("--")
        await operator.see("F8 removes the line.")


async def test_a_minus_in_a_text_is_a_letter(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.type("a-b+c?")
        await operator.see("Menu  a-b+c?")


async def test_removing_is_undone(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.keys("tab", "delete")
        await operator.see("Removed 1 Garlic Bread.", "Nothing ordered yet.")
        await operator.keys("f7")
        await operator.see("Undone.", "1  Garlic Bread")
        await operator.keys("f7", "f7")
        await operator.see("Nothing to undo.")


async def test_what_concerns_a_line_says_when_there_is_none(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        for keys in (["f8"], ["plus"], ["tab", "f3"]):
            await operator.keys(*keys)
            await operator.see("No order line is selected.")


async def test_a_category_narrows_the_menu(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.keys("f4")
        await operator.see("Products", "Desserts")
        await operator.type("des", "enter")
        await operator.see("F4 Dessert")
        assert "Chicken Supreme" not in operator.screen


async def test_the_menus_arrival_leaves_standing_what_was_said(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("garlic bread")
        operator.screen_of(OrderScreen).handle_event(MenuProgress(67, 67))
        assert operator.screen_of(OrderScreen).message == "Added 1 Garlic Bread."


async def test_fetch_shows_progress_and_stops_by_its_own_key(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        menu = operator.session.menu
        await operator.until(lambda: not menu.is_fetching, "the menu is there")
        operator.backend.switch(Switches(faults=(Fault("products.*", FaultKind.LATENCY, seconds=60.0),)))
        await operator.keys("f5")
        await operator.see("Fetching the menu. F5 stops.")
        operator.screen_of(OrderScreen).handle_event(MenuProgress(50, 200, 25.0, 6))
        await operator.see("Menu [###---------] 50 of 200, 25 a second, 6 s left. F5 stops.")
        await operator.keys("f5")
        await operator.see("Menu fetch stopped. F5 resumes it.")
        assert not menu.is_fetching


async def test_progress_leaves_standing_what_was_said(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("garlic bread")
        operator.screen_of(OrderScreen).handle_event(MenuProgress(10, 67))
        assert operator.screen_of(OrderScreen).message == "Added 1 Garlic Bread."


async def test_prices_that_are_old_look_it_without_colour_too(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        menu = operator.session.menu
        await operator.until(lambda: not menu.is_fetching, "the menu is there")
        assert menu.seen_at is not None
        menu.seen_at -= 3 * 3600
        await operator.type("garlic bread")
        await operator.see("! 3 h old", "~0.750")


async def test_a_changed_price_is_shown_as_a_difference(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        product = next(iter((await operator.session.menu.search("garlic bread")).products))
        operator.backend.switch(Switches(price_changes={product.product_id: Decimal("0.900")}))
        await operator.add("garlic bread")
        await operator.see("price was 0.750, is 0.900", "1 line differs", "KWD 0.900 !")


async def test_offline_the_order_is_saved_and_says_so(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        operator.backend.switch(OFFLINE)
        await operator.add("garlic bread")
        await operator.see("! Offline: saved here", "automatically.", "○ offline", "1 unsent")
        assert "Confirmed =" not in operator.screen


async def test_signing_out_with_unsent_lines_says_that_they_are_saved(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        operator.backend.switch(OFFLINE)
        await operator.add("garlic bread")
        await operator.see("1 unsent")
        await operator.keys("f12", "f12")
        await operator.see("Sign out?", "1 line is not on the platform yet.", "stays on this machine")


async def test_quitting_with_unsent_lines_asks_first(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        operator.backend.switch(OFFLINE)
        await operator.add("garlic bread")
        await operator.see("1 unsent")
        await operator.keys("ctrl+q")
        await operator.see("Quit?", "1 line is not on the platform yet.")
        await operator.keys("escape")
        await operator.see_gone("Quit?")
        await operator.keys("ctrl+q", "enter")
        assert not operator.app.is_running


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (PendingWork(), ()),
        (PendingWork(lines=2), ("2 lines are not on the platform yet.",)),
        (PendingWork(orders=1), ("1 order is not placed yet.",)),
        (PendingWork(1, 3), ("3 orders are not placed yet.", "1 line is not on the platform yet.")),
    ],
)
def test_leaving_reports_how_much_is_left_behind(left: PendingWork, said: tuple[str, ...]) -> None:
    assert pending_work_text(left)[:-1] == said


async def test_a_wide_window_shows_the_price_of_one(tmp_path: Path) -> None:
    async with run_console(tmp_path, size=HIGH) as operator:
        await operator.start_walk_in()
        await operator.add("3*garlic bread")
        await operator.see("Each", "KWD 2.250 ✓")
        assert any(r.split()[-3:] == ["0.750", "2.250", "="] for r in operator.rows)


async def test_stock_lists_this_store_first_and_who_has_enough(tmp_path: Path) -> None:
    """Stock lists this store first, and which stores can fill the quantity asked."""
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.type("2*garlic bread")
        await operator.see("F4 All: 2")
        await operator.keys("f3")
        await operator.see("Garlic Bread: which stores have 2?", "this store", "Hawalli", "As of ")
        await operator.type("+")
        await operator.see("which stores have 3?")
        await operator.keys("f12")
        await operator.see("Menu  2*garlic bread")


async def test_stock_of_a_product_with_variants_goes_through_them(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.type("pepsi")
        await operator.see("▸ Pepsi")
        await operator.keys("f3")
        await operator.see("Pepsi, ", "this store")
        before = operator.rows[2]
        await operator.keys("right")
        await operator.until(lambda: operator.rows[2] != before, "another variant")


async def test_what_is_offered_with_the_order_is_added_with_one_key(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.see(" ,  ")
        await operator.keys("comma")
        await operator.until(lambda: len(draft(operator)) == 2, "what is offered in the order")


async def test_that_nothing_fits_is_said_until_something_else_is_typed(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.type("xyzzy", "enter")
        await operator.see("! No menu item matches xyzzy.")
        await operator.keys("escape")
        await operator.see_gone("No menu item matches xyzzy.")
