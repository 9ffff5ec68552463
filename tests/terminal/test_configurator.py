"""Pizzas, halves and deals by keys alone, in the installed command, against the sandbox's own record."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.paths import API_SAMPLES
from tests.terminal.consoles import Console, print_carts
from tests.terminal.steps import Counted, confirmed_total, start_toms_session

# Real processes in pseudo-terminals; one walk, in test_path.py, stays with the quick tests.
pytestmark = pytest.mark.slow


@pytest.fixture
def counted(home: Path, consoles: list[Console]) -> Counted:
    """Tom's session in the store inside the console."""
    console = Console(home)
    consoles.append(console)
    console.sign_in()
    console.see("Type a number")
    start_toms_session(console)
    return Counted(console)


def documented_deal() -> dict[str, Any]:
    form = (API_SAMPLES / "carts.add_items.customized_deal.request.txt").read_text()
    return json.loads(form.partition("InputData=")[2])["cart"]["Item"][0]


def lines(home: Path) -> list[dict[str, Any]]:
    (cart,) = [cart for cart in json.loads(print_carts(home, "--json")) if cart["lines"]]
    return cart["lines"]


def ordered_parts(home: Path, number: int) -> dict[str, tuple[str, str]]:
    """The parts of a line by title: portion and options."""
    return {part["title"]: (part["portion"], part["options"]) for part in lines(home)[number]["parts"]}


def test_documented_deal_built_by_keys_costs_as_documented(home: Path, counted: Counted) -> None:
    console = counted.console
    counted.type("buy")
    console.see("BUY ONE GET ONE FRE")
    counted.press("enter")
    console.see("Added 1 BUY ONE GET ONE FREE- Medium")
    counted.press("/")
    console.see("Second pizza", "2 of 2 slots filled")
    counted.press("down", "enter")
    console.see("F5 Classic")
    counted.press("f5")
    console.see("F5 Pan")
    counted.press("enter")
    console.see("Medium Pan Classic Pepperoni")
    counted.press("f2")
    console.see("changed")
    assert confirmed_total(console) == "5.650"
    (line,) = lines(home)
    requested = {
        (
            bundle["ProductID"],
            *(
                (c["productId"], c["variantProductId"], c["portion"])
                for c in sorted(bundle["ChildItem"], key=lambda child: child["productId"])
            ),
        )
        for bundle in documented_deal()["ChildItem"]
    }
    built = {
        (
            bundle["product_id"],
            *(
                (c["product_id"], c["variant_id"], c["portion"])
                for c in sorted(bundle["parts"], key=lambda child: child["product_id"])
            ),
        )
        for bundle in line["parts"]
    }
    assert built == requested
    console.keys("f10")
    console.see("Pickup at Salmiya")
    console.keys("d")
    console.see("Another address")
    console.type("another")
    console.keys("enter")
    console.see("Street, house")
    console.type("Salem Al Mubarak Street 4")
    console.keys("tab")
    console.type("salmi")
    console.see("▸ Salmiya")
    console.keys("enter", "f2")
    console.see("Delivery", "= KWD 6.150")
    assert counted.keys_pressed == 10


def test_a_half_and_half_is_built_edited_and_repeated_by_keys(home: Path, counted: Counted) -> None:
    console = counted.console
    counted.type("marg")
    console.see("Margherita")
    counted.press("enter")
    console.see("Added 1 Margherita")
    counted.press("/")
    console.see("F4 Medium")
    counted.press("f4")
    console.see("F4 Large")
    counted.type("mu")
    counted.press("right")
    console.see("right: Mushrooms")
    counted.type("oli")
    counted.press("left", "-")
    console.see("left: light Sliced Black Olives")
    counted.press("enter")
    console.see("changed")
    assert counted.keys_pressed == 16
    confirmed_total(console)
    assert ordered_parts(home, 0)["Sliced Black Olives"] == ("L", "Light Large")
    assert ordered_parts(home, 0)["Mushrooms"] == ("R", "Regular Large")
    console.keys("f2", "/")
    console.see("right: Mushrooms")
    console.type("mu")
    console.keys("+", "enter")
    console.see("changed", "right: extra")
    console.keys(".")
    console.see("New line, the same Margherita")
    console.keys("enter")
    console.until(lambda screen: screen.count("Margherita, left: light") == 2, "the line once more")
    confirmed_total(console)
    assert sum(line["quantity"] for line in lines(home)) == 2
    assert ordered_parts(home, 0)["Mushrooms"] == ("R", "Extra Large")


@pytest.mark.parametrize(
    ("typed", "means", "keys", "total"),
    [
        ("buy [,pan", "2: Medium Pan Classic Pepperoni", 11, "5.650"),
        ("l marg+ol:l lt+mu:r", "light Sliced Black Olives, right:", 21, "3.625"),
    ],
)
def test_the_same_in_one_line(counted: Counted, typed: str, means: str, keys: int, total: str) -> None:
    console = counted.console
    counted.press(";")
    console.see("Tab Complete")
    counted.type(typed)
    console.see(means, "Enter adds it")
    counted.press("enter")
    assert confirmed_total(console) == total
    assert counted.keys_pressed == keys <= 25
