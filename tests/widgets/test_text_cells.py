"""Text in cells: whatever the text, a column has its width and the terminal obeys nothing."""

from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.text_cells import Align, clean, fit, wrap

ANY_TEXT = st.text(st.characters(), max_size=60) | st.text("aé顧客إسم\x1b\u200d\ufe0f👩️ \n", max_size=40)
OBEYED = {"Cc", "Cf", "Cs"}


@given(ANY_TEXT, st.integers(0, 40), st.sampled_from(Align))
def test_fitted_text_has_exactly_its_width(text: str, width: int, align: Align) -> None:
    assert cell_len(fit(text, width, align)) == width


@given(ANY_TEXT, st.integers(0, 40))
def test_fitted_text_holds_nothing_a_terminal_obeys(text: str, width: int) -> None:
    assert not {category(character) for character in fit(text, width)} & OBEYED


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANY_TEXT, st.integers(1, 40), st.integers(1, 4))
def test_wrapped_text_keeps_to_its_rows_and_cells(text: str, width: int, rows: int) -> None:
    wrapped = wrap(text, width, rows)
    assert len(wrapped) <= rows
    assert all(cell_len(line) <= width for line in wrapped)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tom", "Tom     "),
        ("a long name", "a long …"),
        ("顧客の名前", "顧客の …"),
        ("\x1b[31mred", "?[31mred"),
        ("a\tb\nc", "a b c   "),
        ("\u202eabc", "abc     "),
    ],
)
def test_text_is_padded_or_cut_by_cells(text: str, shown: str) -> None:
    assert fit(text, 8) == shown


def test_figures_keep_to_the_right() -> None:
    assert fit("12.500", 8, Align.RIGHT) == "  12.500"


def test_wrapping_breaks_at_spaces_and_cuts_the_last_row() -> None:
    assert wrap("no network, the order is kept here", 14, 2) == ("no network,", "the order is …")
