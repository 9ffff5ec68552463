"""On a terminal without signs every screen is drawn in ASCII: lists, boxes, dots, marks and cut texts."""

from pathlib import Path

import pytest

from tests.screens.driving import ConsolePilot, run_console

pytestmark = pytest.mark.anyio

FROM_THE_ORDER = (
    ("f1", "Keys: Order"),
    ("f4", "Products"),
    ("f3", "this store"),
    ("ctrl+t", "stores have all of it"),
    ("ctrl+o", "Today at"),
    ("ctrl+p", "Commands"),
    ("f9", "Secrets"),
    ("at", "Resolve"),
    ("semicolon", "Tab Complete"),
    ("colon", "Read"),
    ("slash", "Done"),
    ("f10", "Pickup at"),
)


async def see_plain(operator: ConsolePilot, *texts: str) -> None:
    await operator.see(*texts)
    assert operator.screen.isascii(), operator.screen


async def test_every_screen_is_drawn_in_ascii(tmp_path: Path) -> None:
    async with run_console(tmp_path, plain=True) as operator:
        await see_plain(operator, "F2 fills in")
        await operator.keys("f2")
        await see_plain(operator, "Password          *********")
        await operator.keys("enter")
        await see_plain(operator, "* online", "F3 New")
        await operator.keys("f2")
        await see_plain(operator, "for Walk-in", "Chicken Supreme")
        for text in ("margherita", "garlic bread", "family night"):
            await operator.add(text)
        await operator.see("Confirmed =")
        for key, text in FROM_THE_ORDER:
            await operator.keys(key)
            await see_plain(operator, text)
            await operator.keys("escape")
            await see_plain(operator, "F10 Pay")


async def test_cut_text_and_a_refused_password_are_drawn_in_ascii(tmp_path: Path) -> None:
    async with run_console(tmp_path, plain=True) as operator:
        await operator.see("F2 fills in")
        await operator.type("layla@sandbox.example", "enter", *"wrong", "enter")
        await see_plain(operator, "x ", "password")
        await operator.keys("f9")
        await operator.see("Store profile")
        await operator.keys("p")
        await operator.type("x" * 200, "f2")
        await see_plain(operator, "xxx~")
