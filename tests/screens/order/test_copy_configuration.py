"""What is on one line put onto another: only where it can be, and never so that it cannot be ordered."""

from pathlib import Path

import pytest

from console.ordering.configuration import default_configuration
from console.ordering.draft import AddLine, DraftLine, OrderItem
from screens.order.screen import OrderScreen
from tests.screens.driving import ConsolePilot, run_console

pytestmark = pytest.mark.anyio


async def with_lines(operator: ConsolePilot, *texts: str) -> None:
    """A walk-in's order of these, with the mark on the last of its lines."""
    await operator.start_walk_in()
    for text in texts:
        await operator.add(text)
    await operator.keys("f2")


async def test_a_pizza_is_put_onto_another_and_taken_back(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await with_lines(operator, "margherita", "veggie supreme")
        await operator.keys("full_stop")
        await operator.see("Copy line 2", "1  Margherita")
        await operator.keys("down", "enter")
        await operator.see("Margherita is configured the same. F7 undoes it.", "Sliced")
        await operator.keys("f7")
        await operator.see_gone("Sliced")


async def test_a_deal_goes_onto_no_other_product(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await with_lines(operator, "margherita", "party box", "family night", "party box")
        await operator.keys("full_stop")
        await operator.see("New line, the same Party Box", "2  Party Box")
        await operator.see_gone("3  Family Night")
        assert "1  Margherita" not in operator.screen.partition("Copy line")[2]


async def test_copy_without_a_mandatory_part_changes_nothing(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await with_lines(operator, "margherita", "veggie supreme")
        screen = operator.screen_of(OrderScreen)
        bundles = screen.session.menu.bundles
        (pizza,) = (bundle for bundle in bundles.values() if bundle.title == "Margherita")
        base = default_configuration(pizza, bundles)[:1]
        bare = OrderItem(
            pizza.product_id, 0, pizza.title, "", screen.view.draft.lines[0].item.unit_price, base
        )
        screen.apply_edit(AddLine(DraftLine("bare", bare, 1)))
        await operator.keys("down", "full_stop")
        await operator.see("Copy line 3")
        await operator.keys(*"veg", "enter")
        await operator.see("Veggie Supreme is unchanged: Choose 1 of Sauce.")
