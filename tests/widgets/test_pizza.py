"""The pizza: what lies where is read off the drawing, in any size, without colour and in plain signs."""

import re
from itertools import pairwise
from random import Random

import pytest

from tests.widgets.harness import HOSTILE, WidgetApp, rendered_rows
from widgets.pizza import UNICODE_EDGE, PizzaDrawing, PizzaState, pizza_rows, round_outline
from widgets.symbols import ASCII_CLASS, ASCII_SYMBOLS, UNICODE_SYMBOLS, Symbols
from widgets.text_rows import spans_width

SIZES = [(31, 16), (50, 26), (19, 7), (80, 40), (32, 15)]
HALVES = PizzaState(("Mozzarella", "Pizza Sauce"), ("Black Olives",), ("extra Mushrooms", "no Onions"))
MANY = tuple(f"Topping {number}" for number in range(30))


def drawn(
    state: PizzaState, width: int = 31, height: int = 16, marks: Symbols = UNICODE_SYMBOLS
) -> list[str]:
    return ["".join(piece.text for piece in row) for row in pizza_rows(state, width, height, marks)]


def inside(rows: list[str]) -> list[str]:
    """What stands within the edge, row by row."""
    return [re.sub(r"[╭╮╰╯─┬┴]+", " ", row).strip(" │") for row in rows]


def test_what_lies_on_all_of_it_goes_across() -> None:
    rows = drawn(PizzaState(("Mozzarella", "Pizza Sauce")))
    assert "Mozzarella, Pizza Sauce" in " ".join(inside(rows))
    assert not any(sign in "".join(rows) for sign in "┬┴")


def test_each_half_has_its_own_side() -> None:
    rows = drawn(HALVES, 51, 20)
    left, right = next(row for row in inside(rows) if "left" in row).split("│")
    assert (left.strip(), right.strip()) == ("◐ left", "◑ right")
    left, right = next(row for row in inside(rows) if "Black Olives" in row).split("│")
    assert (left.strip(), right.strip()) == ("Black Olives", "extra Mushrooms")


def test_what_lies_on_all_of_it_stands_above_the_halves() -> None:
    rows = inside(drawn(HALVES))
    assert next(y for y, row in enumerate(rows) if "Sauce" in row) < next(
        y for y, row in enumerate(rows) if "left" in row
    )


def test_a_name_too_long_for_its_half_takes_two_rows() -> None:
    rows = inside(drawn(HALVES))
    y = next(y for y, row in enumerate(rows) if row.endswith("extra"))
    assert rows[y + 1].endswith("Mushrooms")


@pytest.mark.parametrize("state", [PizzaState(MANY), PizzaState((), MANY), PizzaState(MANY, MANY, MANY)])
def test_what_finds_no_room_is_counted(state: PizzaState) -> None:
    text = " ".join(" ".join(inside(drawn(state))).split())
    assert re.search(r"and \d+ ?\D* more", text)


def test_an_empty_pizza_says_so() -> None:
    assert "nothing on it" in inside(drawn(PizzaState()))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_it_is_round(width: int, height: int) -> None:
    ins = round_outline(width, height, UNICODE_EDGE).insets
    assert ins == ins[::-1]
    upper = ins[: (height + 1) // 2]
    assert all(above >= below for above, below in pairwise(upper))
    assert upper[0] > upper[-1] == 0


@pytest.mark.parametrize("marks", [UNICODE_SYMBOLS, ASCII_SYMBOLS])
@pytest.mark.parametrize(("width", "height"), [*SIZES, (10, 3), (18, 7)])
def test_no_row_leaves_its_cells(width: int, height: int, marks: Symbols) -> None:
    random = Random(5)
    for _ in range(50):
        names = (*MANY, HOSTILE, "x" * 60, "مرحبا بالعالم", "双层芝士")
        whole, left, right = (tuple(random.sample(names, random.randrange(9))) for _ in range(3))
        state = PizzaState(whole, left, right)
        rows = pizza_rows(state, width, height, marks)
        assert len(rows) <= height
        assert all(spans_width(row) <= width for row in rows)


def test_plain_signs_are_plain() -> None:
    rows = drawn(HALVES, marks=ASCII_SYMBOLS)
    assert all(row.isascii() for row in rows)
    assert any("L left" in row and "R right" in row for row in rows)


def test_where_no_pizza_can_be_drawn_it_is_said() -> None:
    assert " ".join(drawn(HALVES, 18, 8)) == (
        "Mozzarella, Pizza Sauce; left: Black Olives; right: extra Mushrooms, no Onions"
    )


@pytest.mark.anyio
async def test_one_more_topping_repaints_what_changed() -> None:
    drawing = PizzaDrawing()
    async with WidgetApp(drawing).run_test(size=(31, 16)) as pilot:
        drawing.state = HALVES
        await pilot.pause()
        before = rendered_rows(drawing)
        drawing.state = PizzaState(HALVES.whole, (*HALVES.left, "Beef"), HALVES.right)
        await pilot.pause()
        changed = [
            y for y, (old, new) in enumerate(zip(before, rendered_rows(drawing), strict=True)) if old != new
        ]
        assert len(changed) == 1
        assert "Beef" in rendered_rows(drawing)[changed[0]]


@pytest.mark.anyio
async def test_a_plain_terminal_gets_a_plain_pizza() -> None:
    stage = WidgetApp(drawing := PizzaDrawing())
    stage.set_class(True, ASCII_CLASS)
    async with stage.run_test(size=(31, 16)):
        drawing.state = HALVES
        assert all(line.isascii() for line in rendered_rows(drawing))
