"""The one-line order on the order screen: what is shown is added, nothing else; mistakes stay in sight."""

from pathlib import Path

import pytest

from console.ordering.quick_order import QuickOrderResult
from console.sandbox.switches import Fault, FaultKind, Switches
from screens.order.screen import OrderScreen
from tests.screens.driving import ConsolePilot, run_console

pytestmark = pytest.mark.anyio


async def typing(operator: ConsolePilot, text: str) -> None:
    """A walk-in's order with the builder's parts known, and a text in the quick line."""
    await operator.start_walk_in()
    await operator.until(lambda: bool(operator.session.menu.bundles), "pizzas in parts")
    await operator.keys("semicolon")
    await operator.see("Enter Add  Tab Complete")
    await operator.type(text)


async def test_typed_order_is_shown_with_price_and_added_on_enter(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await typing(operator, "2 garlic bread; fattoush")
        await operator.see("2 Garlic Bread", "1.500", "1 Fattoush", "Enter adds it")
        await operator.keys("enter")
        await operator.see("Added 2 lines.", "Fattoush", "✓")


async def test_a_mistake_is_marked_and_enter_adds_nothing(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await typing(operator, "garlic bread; zzz")
        await operator.see("^^^", "so far")
        await operator.keys("enter")
        await operator.see("^^^")
        await operator.keys("escape")
        await operator.see("Nothing ordered yet.")


async def test_enter_on_nothing_but_semicolons_closes_it(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await typing(operator, " ; ")
        await operator.keys("enter")
        await operator.see_gone("Tab Complete")
        await operator.see("Nothing ordered yet.")


async def test_tab_completes_and_up_recalls_what_was_added(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await typing(operator, "fatt")
        await operator.see("Tab ")
        await operator.keys("tab")
        await operator.keys("enter")
        await operator.see("Added 1 Fattoush.")
        await operator.keys("semicolon", "up")
        await operator.see("1 Fattoush", "Enter adds it")


async def test_what_is_not_on_it_anyway_goes_into_the_note_of_the_order(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await typing(operator, "2 marg no onion; fattoush -mint")
        await operator.see("2 Medium Classic Margherita, note: no Onions", "Enter adds it")
        await operator.keys("enter")
        await operator.see("Added 2 lines. The order's note says what to leave out.")
        assert operator.screen_of(OrderScreen).view.draft.checkout.notes == (
            "2 Margherita: no Onions; 1 Fattoush: no mint"
        )


async def test_a_second_note_is_added_to_the_first(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await typing(operator, "fattoush -mint")
        await operator.keys("enter", "semicolon")
        await operator.type("greek no feta", "enter")
        await operator.see("Added 1 Greek Salad, note: no feta.")
        notes = operator.screen_of(OrderScreen).view.draft.checkout.notes
        assert notes == "1 Fattoush: no mint; 1 Greek Salad: no feta"


async def test_tab_takes_an_offered_correction(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await typing(operator, "2 margerita")
        await operator.see("Nothing here is called margerita.", "Tab margherita")
        await operator.keys("tab")
        await operator.see("2 Medium Classic Margherita", "Enter adds it")


async def test_up_recalls_what_was_typed_and_not_added(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await typing(operator, "2 garlic bread; fattoush")
        await operator.see("Enter adds it")
        await operator.keys("escape")
        await operator.see("Nothing ordered yet.")
        await operator.keys("semicolon", "up")
        await operator.see("; 2 garlic bread; fattoush", "Enter adds it")


async def test_a_semicolon_in_a_begun_search_is_a_letter(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.type("ga;")
        await operator.see("Menu  ga;")


@pytest.mark.fetches_menu
async def test_text_typed_before_the_menu_is_read_when_it_comes(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        operator.backend.switch(Switches(faults=(Fault("products.bundle_items", FaultKind.STATUS_500),)))
        await operator.start_walk_in()
        await operator.keys("semicolon")
        await operator.type("l ma/pe")
        await operator.see("^", "Nothing here is called l.")
        operator.backend.switch(Switches())
        menu = next(s.session.menu for s in operator.app.screen_stack if isinstance(s, OrderScreen))
        menu.refresh()
        await operator.see("1 Large", "Enter adds it")


async def test_paste_without_brackets_is_read_once_and_bounded(tmp_path: Path) -> None:
    """520 letters as keys: they are read at the end, and the sentence says that they are too many."""
    async with run_console(tmp_path) as operator:
        await typing(operator, "")
        quick_order = operator.session.quick_order
        read, readings = quick_order.read, []

        def counted(text: str, cursor: int) -> QuickOrderResult:
            readings.append(text)
            return read(text, cursor)

        quick_order.read = counted
        await operator.type("garlic bread " * 40)
        while not operator.app._key_queue.is_idle:
            await operator.pilot.pause()
        await operator.see("At most 500 letters in one line.")
        assert len(readings) < 10
        await operator.keys("enter")
        await operator.see("At most 500 letters in one line.")


async def test_tab_typed_ahead_completes_what_was_not_read_yet(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await typing(operator, "")
        await operator.type("garl", "tab")
        await operator.see("garlic bread", "Enter adds it")
