"""Quantities that the merchant does not allow are refused where they are typed."""

from pathlib import Path

import pytest

from tests.screens.driving import ConsolePilot, run_console

pytestmark = [pytest.mark.anyio, pytest.mark.fetches_menu]
GARLIC_BREAD = 13047603


def limit(operator: ConsolePilot, **fields: str) -> None:
    """Set what Update Product Information sets, before the menu is fetched."""
    store = operator.backend.store
    with store.transaction():
        for name, value in fields.items():
            store.run("INSERT INTO product_change VALUES (?, 0, ?, ?)", GARLIC_BREAD, name, value)
    store.invalidate_menu()


async def test_typed_quantity_outside_the_limits_is_refused(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        limit(operator, minimumorderquantity="4", maximumorderquantity="8", pkgqty="2")
        await operator.start_walk_in()
        await operator.type("garlic bread", "enter")
        await operator.see("Added 4 Garlic Bread")
        await operator.keys("tab")
        for typed, refusal in (
            ("2", "Garlic Bread: at least 4 in an order."),
            ("10", "Garlic Bread: at most 8 in an order."),
            ("7", "Garlic Bread is sold in multiples of 2."),
        ):
            await operator.type(typed, "enter")
            await operator.see(refusal)
        await operator.type("6", "enter")
        await operator.see("6 Garlic Bread.")


async def order_in_one_line(operator: ConsolePilot, text: str) -> None:
    """A walk-in's order, typed in one line and entered."""
    await operator.start_walk_in()
    await operator.see("Garlic Bread")
    await operator.keys("semicolon")
    await operator.see("Tab Complete")
    await operator.type(text)
    await operator.see("Enter adds it")
    await operator.keys("enter")


async def test_quick_order_outside_the_limits_is_not_called_added(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        limit(operator, maximumorderquantity="8")
        await order_in_one_line(operator, "9 garlic bread")
        await operator.see("Garlic Bread: at most 8 in an order.", "Nothing ordered yet.")


async def test_a_guess_says_how_many_the_next_enter_adds(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        limit(operator, minimumorderquantity="4")
        await operator.start_walk_in()
        await operator.type("garlci bread")
        await operator.see("? Garlic Bread")
        await operator.keys("enter")
        await operator.see("Enter adds 4 Garlic Bread.")
        await operator.keys("enter")
        await operator.see("Added 4 Garlic Bread.")


async def test_a_refused_line_leaves_no_note_in_the_order(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        limit(operator, maximumorderquantity="8")
        await order_in_one_line(operator, "9 garlic bread no onion")
        await operator.see("Garlic Bread: at most 8 in an order.", "Nothing ordered yet.")
        assert operator.session.orders.open_orders[0].draft.checkout.notes == ""
