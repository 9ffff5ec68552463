"""Whatever is typed or pasted, reading it at a key is bounded work: a menu of 2,000 products."""

import time
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quick_order import menu_parts
from console.ordering.money import Currency
from console.ordering.pricing.half_rule import HalfRule
from console.ordering.quick_order import MAX_LETTERS, MAX_LINES, QuickMenu, build_quick_menu, interpret

BUDGET_SECONDS = 0.5
"""Of this process's own time, on a machine that others use too; alone the worst text takes a tenth of it."""


@cache
def menu() -> QuickMenu:
    quick_menu = build_quick_menu(
        *menu_parts(2000, 100, seed=3), currency=Currency("KWD"), half_rule=HalfRule.HALF
    )
    quick_menu.build_indexes()
    return quick_menu


def title(*, of_a_deal: bool) -> str:
    return next(b.title.lower() for b in menu().bundles.values() if b.is_deal is of_a_deal)


FRAGMENTS = [
    "l ", "p ", "m ", "p;", "3*p;", "[", "]", "[p,", ",", "/", "+o ", "-o ", "+", "-", ":l", "-* ",
    '"', '"p" ', "#1 ", "9 ", "1.2", "é", "ب ", "\u0301", "\ufdfa", "🍕 ", "ba", "\x1b[2J", " ",
]  # fmt: skip


def seconds_to_read(text: str, cursor: int) -> float:
    began = time.process_time()
    interpret(text, menu(), cursor)
    return time.process_time() - began


@pytest.mark.parametrize("fragment", FRAGMENTS)
@pytest.mark.parametrize("start", ["", "pizza", "deal"])
def test_a_fragment_again_and_again_is_read_in_time(fragment: str, start: str) -> None:
    head = {"": "", "pizza": title(of_a_deal=False) + " ", "deal": title(of_a_deal=True) + " ["}[start]
    text = (head + fragment * MAX_LETTERS)[:MAX_LETTERS]

    assert seconds_to_read(text, len(text)) < BUDGET_SECONDS


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=300), st.integers(0, MAX_LETTERS))
def test_any_mixture_is_read_in_time(fragments: list[str], cursor: int) -> None:
    assert seconds_to_read("".join(fragments)[:MAX_LETTERS], cursor) < BUDGET_SECONDS


@pytest.mark.parametrize("letters", [MAX_LETTERS + 1, 2_400, 10**6])
def test_longer_texts_cost_nothing_and_say_why(letters: int) -> None:
    reading = interpret("p" * letters, menu(), letters)

    assert reading.lines == ()
    assert reading.mistake is not None
    assert reading.mistake.message == "At most 500 letters in one line. Shorten it, then type the rest."
    assert seconds_to_read("p" * letters, letters) < BUDGET_SECONDS / 10


def test_more_lines_than_fit_are_a_mistake_where_they_begin() -> None:
    name = f"#{menu().products[-1].product_id};"
    assert interpret(name * MAX_LINES, menu()).is_ready

    reading = interpret(name * (MAX_LINES + 1), menu())

    assert len(reading.lines) == MAX_LINES
    assert reading.mistake is not None
    assert reading.mistake.start == len(name) * MAX_LINES
    assert reading.mistake.message == "At most 30 lines at once. Add these first, then type the rest."
