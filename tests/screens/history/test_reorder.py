"""The last order once more, by keys: what changed is shown first, and any line can be left out."""

from decimal import Decimal
from pathlib import Path

import pytest

from console.sandbox.switches import Fault, FaultKind, Switches
from screens.order.screen import OrderScreen
from tests.past_orders import GARLIC_BREAD
from tests.screens.driving import ConsolePilot, run_console
from tests.screens.walks import past_order, serve_tom

pytestmark = pytest.mark.anyio

KEYS_PER_ORDER = 16


def titles(operator: ConsolePilot) -> list[tuple[int, str]]:
    return [(line.quantity, line.item.title) for line in operator.screen_of(OrderScreen).view.draft.lines]


async def test_one_key_brings_the_last_order_and_enter_adds_it(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        number = await past_order(operator, 2, pizza=True)
        await serve_tom(operator)
        await operator.keys("percent_sign")
        await operator.see(f"Order {number}", "was 6.000, is now ~ KWD 6.000", "Nothing changed since.")
        await operator.keys("enter")
        await operator.see("Added 2 lines of the past order.", "✓")
        assert titles(operator) == [(2, "Garlic Bread"), (1, "New Spicy Chicken Ranch")]


async def test_enter_behind_the_key_adds_what_did_not_change(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await past_order(operator, 2)
        await serve_tom(operator)
        await operator.type("%", "enter")
        await operator.see("Added 1 line of the past order.")


async def test_a_line_can_be_left_out_and_taken_in_again(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await past_order(operator, 2, pizza=True)
        await serve_tom(operator)
        await operator.keys("percent_sign")
        await operator.see("Nothing changed since.")
        await operator.keys("space")
        await operator.see("out", "was 4.500, is now ~ KWD 4.500")
        await operator.keys("space")
        await operator.see("was 6.000, is now ~ KWD 6.000")
        await operator.keys("down", "space", "enter")
        await operator.see("Added 1 line of the past order.")
        assert titles(operator) == [(2, "Garlic Bread")]


@pytest.mark.fetches_menu
async def test_changes_are_shown_first_and_added_by_another_key(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await past_order(operator, 2)
        prices = {GARLIC_BREAD: Decimal("0.900")}
        slow = Fault("orders.*", FaultKind.LATENCY, seconds=0.2)  # so that Enter comes before the order
        operator.backend.switch(Switches(price_changes=prices, faults=(slow,)))
        await serve_tom(operator)
        await operator.type("%", "enter")
        await operator.see("! was 0.750, is 0.900", "Something changed since")
        await operator.keys("enter")
        await operator.see("Added 1 line of the past order.")


async def test_going_back_adds_nothing(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await past_order(operator)
        await serve_tom(operator)
        await operator.keys("percent_sign")
        await operator.see("Nothing changed since.")
        await operator.keys("escape")
        await operator.see("Nothing ordered yet.")


async def test_without_a_past_order_it_says_so(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await serve_tom(operator)
        await operator.keys("percent_sign")
        await operator.see("Tom Sawyer has no past orders.", "Nothing to repeat.")
        await operator.keys("escape")
        await operator.see("Nothing ordered yet.")


async def test_a_walk_in_has_none(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.keys("percent_sign")
        await operator.see("A walk-in has no past orders.")


async def test_any_past_order_is_added_from_where_it_is_shown(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await past_order(operator, 3)
        await past_order(operator, 1)
        await serve_tom(operator)
        await operator.keys("ctrl+o")
        await operator.see("Orders of Tom Sawyer: 2")
        await operator.keys("down", "enter")
        await operator.see("2.250", "Garlic Bread")
        await operator.keys("a")
        await operator.see("Nothing changed since.")
        await operator.keys("enter")
        await operator.keys("escape", "escape")
        await operator.see("F10 Pay")
        assert titles(operator) == [(3, "Garlic Bread")]


async def test_from_the_customer_to_placed_it_takes_few_keys(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await past_order(operator, 2)
        await operator.sign_in()
        keys = [*"tom.s", "enter", "percent_sign", "enter"]
        await operator.type("tom.s")
        await operator.see("tom.sawyer@")
        await operator.keys("enter")
        await operator.see("for Tom Sawyer", "Chicken Supreme")
        await operator.until(lambda: not operator.screen_of(OrderScreen).session.menu.is_fetching, "the menu")
        await operator.keys("percent_sign", "enter")
        await operator.see("Added 1 line", "✓")
        for key in ("f10", "f10", "enter"):
            keys.append(key)
            await operator.keys(key)
            await operator.pilot.pause()
        await operator.see("7400003")
        assert len(keys) <= KEYS_PER_ORDER
