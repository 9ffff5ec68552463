"""The window of a list: the cursor stays on the rows, and the window stays with the cursor."""

from hypothesis import given
from hypothesis import strategies as st

from widgets.lists.columns import ListRow
from widgets.lists.viewport import ListViewport
from widgets.symbols import UNICODE_SYMBOLS

KEYS = st.lists(st.integers(0, 50).map(str), unique=True, max_size=30)
NOTED = st.lists(st.booleans(), min_size=30, max_size=30)
STEPS = st.lists(st.integers(-40, 40), max_size=20)


def window(keys: list[str], height: int = 5, noted: list[bool] | None = None) -> ListViewport:
    made = ListViewport()
    made.resize(height)
    made.set_rows([row(key, noted=bool(noted and noted[place])) for place, key in enumerate(keys)])
    return made


def row(key: str, *, noted: bool = False) -> ListRow:
    return ListRow(key, (f"row {key}",), notes=("a note",) if noted else ())


@given(KEYS, NOTED, STEPS, st.integers(2, 12))
def test_the_cursor_is_always_on_a_row_and_in_the_window(
    keys: list[str], noted: list[bool], steps: list[int], height: int
) -> None:
    shown = window(keys, height, noted)
    for step in steps:
        shown.move_to(shown.cursor + step)
        marked = [y for y in range(height) if shown.rendered_line(y, UNICODE_SYMBOLS).has_cursor]
        assert len(marked) == (1 if keys else 0)


@given(KEYS, KEYS, st.integers(0, 30))
def test_new_rows_keep_the_cursor_on_its_key(before: list[str], after: list[str], index: int) -> None:
    shown = window(before)
    shown.move_to(index)
    key = shown.key
    shown.set_rows([row(other) for other in after])
    assert shown.key == key if key in after else shown.key in (*after, None)


@given(KEYS, NOTED, st.integers(1, 12))
def test_window_has_no_blank_line_while_rows_remain(keys: list[str], noted: list[bool], height: int) -> None:
    shown = window(keys, height, noted)
    shown.move_to(len(keys))
    filled = sum(shown.rendered_line(y, UNICODE_SYMBOLS).row is not None for y in range(height))
    assert filled == min(height, len(keys) + sum(noted[: len(keys)]))


def test_a_row_that_is_gone_leaves_the_cursor_at_its_place() -> None:
    shown = window(["a", "b", "c"])
    shown.move_to(1)
    shown.set_rows([row("a"), row("c")])
    assert shown.key == "c"


def test_new_rows_may_be_begun_at_the_top() -> None:
    shown = window(["a", "b"])
    shown.move_to(1)
    shown.set_rows([row("x"), row("b")], home=True)
    assert shown.key == "x"


def test_a_note_is_a_line_of_its_own_that_the_cursor_passes_over() -> None:
    shown = window(["a", "b"], noted=[True, False])
    shown.move_to(1)
    assert [shown.rendered_line(y, UNICODE_SYMBOLS).has_cursor for y in range(3)] == [False, False, True]


def test_the_edges_say_that_there_is_more() -> None:
    shown = window([str(number) for number in range(20)])
    shown.move_to(10)
    assert (
        shown.rendered_line(0, UNICODE_SYMBOLS).symbol,
        shown.rendered_line(4, UNICODE_SYMBOLS).symbol,
    ) == ("↑", "↓")
