"""Setting a product's stock: sold out, by operators with the role, undone with one key."""

from pathlib import Path

import pytest

from tests.screens.driving import ConsolePilot, run_console

pytestmark = pytest.mark.anyio

HERE, GARLIC_BREAD = 27299, 13047603


async def to_the_stock(operator: ConsolePilot, name: str, password: str) -> None:
    await operator.see("F2 fills in")
    await operator.type(name, "enter", *password, "enter")
    await operator.see("F3 New")
    await operator.keys("f2")
    await operator.see("for Walk-in", "Chicken Supreme")
    await operator.type("garlic bread")
    await operator.see("F4 All: 2")
    await operator.keys("f3")
    await operator.see("which stores have 1?", "this store")
    await operator.see_gone("Asking")


async def test_a_product_is_86d_and_taken_back(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        before = operator.backend.store.stock(HERE, GARLIC_BREAD)
        await to_the_stock(operator, "maryam@sandbox.example", "manager-3")
        await operator.keys("f8")
        await operator.see("New stock of Garlic Bread at Salmiya?")
        await operator.keys("enter")
        await operator.see(f"Garlic Bread: was {before}, is 0.", "none")
        assert operator.backend.store.stock(HERE, GARLIC_BREAD) == 0
        await operator.keys("f7")
        await operator.see(f"Garlic Bread: was 0, is {before} again.")
        assert operator.backend.store.stock(HERE, GARLIC_BREAD) == before
        await operator.keys("f7")
        await operator.see("No stock change of this product to undo.")


async def test_going_back_from_the_question_sets_nothing(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        before = operator.backend.store.stock(HERE, GARLIC_BREAD)
        await to_the_stock(operator, "maryam@sandbox.example", "manager-3")
        await operator.keys("f8")
        await operator.see("New stock of")
        await operator.keys("escape")
        await operator.see("which stores have 1?")
        assert operator.backend.store.stock(HERE, GARLIC_BREAD) == before


async def test_without_the_role_a_sentence_says_who_may(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await to_the_stock(operator, "layla@sandbox.example", "counter-1")
        await operator.keys("f8")
        await operator.see("Only an operator with the role Order Manager may set stock.")
