"""Before placing is asked, what differs in the cart is decided, one key each; the question names it."""

from decimal import Decimal
from pathlib import Path

import pytest

from console.sandbox.switches import Switches
from screens.checkout.screen import CheckoutScreen
from screens.outbox.conflicts_screen import ConflictsScreen
from tests.screens.driving import ConsolePilot, run_console
from tests.screens.walks import placed

pytestmark = pytest.mark.anyio

GARLIC_BREAD, KARAK_TEA = 13047603, 13047649


async def bread_and_tea(operator: ConsolePilot, switches: Switches) -> None:
    """A walk-in's three garlic breads and a karak tea at checkout, on a platform that behaves like this."""
    await operator.start_walk_in()
    operator.backend.switch(switches)
    await operator.add("3*garlic bread")
    await operator.add("karak tea")
    await operator.see("differ")
    await operator.keys("f10")
    await operator.see("Pickup at Salmiya")


async def test_missing_bread_and_dearer_tea_are_decided_and_named(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        dearer = Switches(stock_changes={GARLIC_BREAD: 1}, price_changes={KARAK_TEA: Decimal("0.400")})
        await bread_and_tea(operator, dearer)
        await operator.keys("f10")
        await operator.see(
            "Not placed yet. 2 to decide: a accepts, x removes.", "Ordered  ~ KWD 2.600", "Enter Go on"
        )
        await operator.keys("enter")
        operator.screen_of(ConflictsScreen)
        await operator.keys("a")
        await operator.see("Accepted. F7 undoes it. a accepts it, x removes it.")
        await operator.keys("a")
        await operator.see("Accepted. F7 undoes it. Enter goes on.", "= KWD 0.400")
        await operator.keys("enter")
        await operator.see("Without 3 Garlic Bread; Karak Tea 0.400, was 0.350.", "0.400, Cash?", "Enter Yes")
        assert placed(operator) == 0
        await operator.keys("enter")
        await operator.see("placed, 7400001")
        assert placed(operator) == 1


async def test_leaving_the_differences_places_nothing_and_undo_brings_them_back(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await bread_and_tea(operator, Switches(refuse=frozenset({GARLIC_BREAD})))
        await operator.keys("f10")
        await operator.see("a accepts it, x removes it.")
        await operator.keys("escape")
        operator.screen_of(CheckoutScreen)
        await operator.keys("f10")
        await operator.see("a accepts it, x removes it.")
        await operator.keys("a")
        await operator.see("Enter goes on.")
        await operator.keys("f7")
        await operator.see("Undone.", "Garlic Bread")
        await operator.keys("enter")
        await operator.see("a accepts it, x removes it.")
        assert placed(operator) == 0


async def test_swapping_leads_back_to_the_order(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await bread_and_tea(operator, Switches(refuse=frozenset({GARLIC_BREAD})))
        await operator.keys("f10")
        await operator.see("a accepts it, x removes it.")
        await operator.keys("s")
        await operator.see("Menu  name or SKU", "Garlic Bread")
        assert placed(operator) == 0


async def test_difference_that_comes_while_deciding_is_asked_too(tmp_path: Path) -> None:
    """The message about the next key is corrected: Enter does not go on any more."""
    async with run_console(tmp_path) as operator:
        await bread_and_tea(operator, Switches(refuse=frozenset({GARLIC_BREAD})))
        await operator.keys("f10")
        await operator.see("a accepts it, x removes it.")
        dearer = Switches(price_changes={KARAK_TEA: Decimal("0.400")})
        operator.backend.switch(dearer)
        await operator.keys("a")
        await operator.see("price was 0.350, is 0.400", "! a accepts it, x removes it.")
        await operator.see_gone("Enter goes on.")
        await operator.keys("enter")
        operator.screen_of(ConflictsScreen)
        assert placed(operator) == 0
