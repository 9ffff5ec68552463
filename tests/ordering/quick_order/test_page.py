"""The page of the one-line order: every example exists on the sandbox's menu and means what the page says."""

import re

import pytest

from console.ordering.draft import Portion
from console.ordering.quick_order import QuickMenu, interpret
from tests.ordering.quick_order.quick_menu import MARGHERITA, quick_menu
from tests.paths import DOCS
from tests.saved_menu import fetch_quick_menu

PAGE = (DOCS / "quick-order.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(.+?)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
MISTAKES = re.compile(r"^## Mistakes$(.+?)^## ", re.MULTILINE | re.DOTALL)
WRONG = ROW.findall(MISTAKES.findall(PAGE)[0])
RIGHT = [row for row in ROW.findall(PAGE) if row not in WRONG]
AIM = 25
"""Keys for the half-and-half with two toppings, opening the field and Enter among them."""


@pytest.fixture(scope="module")
def menu(tmp_path_factory: pytest.TempPathFactory) -> QuickMenu:
    """The menu of the sandbox's first store."""
    return fetch_quick_menu(tmp_path_factory.mktemp("quick-order"))


def test_the_page_has_its_examples() -> None:
    assert len(RIGHT) > 35
    assert len(WRONG) > 10


@pytest.mark.parametrize(("typed", "means", "costs"), RIGHT)
def test_an_example_means_what_the_page_says(menu: QuickMenu, typed: str, means: str, costs: str) -> None:
    reading = interpret(typed, menu)
    assert reading.mistake is None
    assert "; ".join(line.description for line in reading.lines) == means
    assert str(reading.total) == costs


@pytest.mark.parametrize(("typed", "underlined", "said"), WRONG)
def test_a_mistake_is_said_as_on_the_page(menu: QuickMenu, typed: str, underlined: str, said: str) -> None:
    error = interpret(typed, menu).mistake
    assert error is not None
    assert f"`{typed[error.start : error.end]}`" == underlined
    assert " ".join((error.message, ", ".join(error.choices))).strip() == said


def test_the_first_example_is_three_lines(menu: QuickMenu) -> None:
    typed = re.findall(r"^    (2 l pan .+)$", PAGE, re.MULTILINE)[0]
    reading = interpret(typed, menu)
    assert [line.description for line in reading.lines] == [
        "2 Large Pan Veggie Supreme, left: Sliced Black Olives, right: extra Mushrooms, no Onions",
        "3 Pepsi, Bottle 1 l",
        "1 BUY ONE GET ONE FREE- Medium, 1: Medium Classic Classic Pepperoni;"
        " 2: Medium Classic Margherita, Jalapeno",
    ]


@pytest.mark.parametrize("page", ["README.md", "docs/operators.md"])
def test_the_lines_on_other_pages_can_be_ordered_too(menu: QuickMenu, page: str) -> None:
    text = (DOCS.parent / page).read_text(encoding="utf-8")
    lines = re.findall(r"`((?:\d+ [a-z]|\d\*)[^`]+)`", text)
    assert lines
    for line in lines:
        assert interpret(line, menu).is_ready, line


def test_half_and_half_with_light_topping_takes_few_keys() -> None:
    typed = "l marg+ol:l lt+mu:r"
    assert len(f";{typed}") + 1 <= AIM
    (line,) = interpret(typed, quick_menu()).lines
    assert line.item.product_id == MARGHERITA
    assert line.description == "1 Large Classic Margherita, left: light Sliced Black Olives, right: Mushrooms"
    assert [c.portion for c in line.item.components[-2:]] == [Portion.LEFT, Portion.RIGHT]


def test_two_recipes_with_extra_toppings_take_few_keys() -> None:
    typed = "l ma/pe+ol:l lt+mu:r"
    assert len(f";{typed}") + 1 <= AIM
    assert interpret(typed, quick_menu()).is_ready
