"""The bars around a screen: keys, header, messages, progress, and the window that is too small."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.widgets.harness import HOSTILE, WidgetApp, rendered_rows
from widgets.header import ConnectionIndicator, HeaderBar, HeaderPeople, HeaderState
from widgets.key_bar import KeyBar, KeyHint, fitting_hints, hint_spans
from widgets.message_line import MessageKind, MessageLine
from widgets.progress import ProgressState
from widgets.text_rows import spans_width
from widgets.window_too_small import WindowTooSmall, is_too_small

KEYS = tuple(KeyHint(f"K{number}", f"Label {number}") for number in range(1, 10))
ENDS = (KeyHint("?", "Keys"), KeyHint("Esc", "Back"))
HINTS = st.lists(st.builds(KeyHint, st.text(max_size=5), st.text(max_size=12)), max_size=12)


@given(HINTS, st.integers(0, 120))
def test_the_keys_shown_fit(hints: list[KeyHint], width: int) -> None:
    assert spans_width(hint_spans(fitting_hints(hints, width))) <= width


@given(st.integers(20, 120))
def test_how_to_leave_and_how_to_see_all_keys_stay_last(width: int) -> None:
    assert fitting_hints((*ENDS, *KEYS), width)[-2:] == ENDS


def test_keys_are_dropped_from_the_right() -> None:
    assert [hint.key for hint in fitting_hints((*KEYS, *ENDS), 60)] == ["K1", "K2", "K3", "?", "Esc"]


@pytest.mark.anyio
async def test_the_key_bar_is_one_row_at_the_bottom() -> None:
    bar = KeyBar((KeyHint("F2", "New order"), ENDS[1]))
    async with WidgetApp(bar).run_test(size=(40, 5)):
        assert rendered_rows(bar) == ["F2 New order  Esc Back".ljust(40)]
        assert bar.region.y == 4


@pytest.mark.anyio
async def test_header_shows_store_operator_and_connection() -> None:
    header = HeaderBar(HeaderState("Salmiya", "tom", "Ahmed", ConnectionIndicator.ONLINE))
    async with WidgetApp(header).run_test(size=(80, 3)):
        people, status = header.children
        assert rendered_rows(people)[0].rstrip() == "Salmiya  tom  for Ahmed"
        assert rendered_rows(status)[0].strip() == "● online"
        header.state = HeaderState("Salmiya", "tom", "Ahmed", ConnectionIndicator.OFFLINE, pending_changes=2)
        assert rendered_rows(status)[0].strip() == "2 unsent  ○ offline"


@pytest.mark.anyio
async def test_long_name_is_cut_before_the_connection_state() -> None:
    header = HeaderBar(HeaderState("Salmiya", "tom", "Ahmed" * 30))
    async with WidgetApp(header).run_test(size=(80, 3)):
        assert rendered_rows(header.children[0])[0].endswith("…")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("kind", "mark"),
    [(MessageKind.INFO, "·"), (MessageKind.GOOD, "✓"), (MessageKind.WARN, "!"), (MessageKind.BAD, "✗")],
)
async def test_each_kind_of_message_has_a_mark(kind: MessageKind, mark: str) -> None:
    message = MessageLine()
    async with WidgetApp(message).run_test(size=(40, 3)):
        message.show(kind, "It is so.")
        assert rendered_rows(message) == [f"{mark} It is so.".ljust(40)]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("customer", "shown"),
    [
        ("Tom Sawyer", "Salmiya  Layla Al-Mutairi  for Tom Sawyer"),
        ("Tommy Fernandes", "Salmiya  Layla  for Tommy Fernandes"),
        ("Tommy Fernandes de Albuquerque", "Salmiya  for Tommy Fernandes de Albuquerque"),
    ],
)
async def test_narrow_bar_drops_the_operator_for_the_customer(customer: str, shown: str) -> None:
    header = HeaderBar(HeaderState("Salmiya", "Layla Al-Mutairi", customer, ConnectionIndicator.ONLINE))
    async with WidgetApp(header).run_test(size=(80, 5)):
        assert rendered_rows(header.query_one(HeaderPeople))[0].rstrip() == shown


@pytest.mark.anyio
async def test_a_hostile_message_is_text() -> None:
    message = MessageLine()
    async with WidgetApp(message).run_test(size=(60, 3)):
        message.show(MessageKind.BAD, HOSTILE)
        assert rendered_rows(message)[0].rstrip() == "✗ [red]x[/ ?[31mred?]0;title? gnitirw a b"


@pytest.mark.anyio
async def test_a_message_line_of_two_rows_breaks_at_a_space() -> None:
    message = MessageLine()
    message.styles.height = 2
    async with WidgetApp(message).run_test(size=(24, 4)):
        message.show(MessageKind.WARN, "The order is kept here until it is sent.")
        assert rendered_rows(message) == ["! The order is kept here", "  until it is sent.     "]


@pytest.mark.anyio
async def test_a_short_message_keeps_to_the_last_of_two_rows() -> None:
    message = MessageLine()
    message.styles.height = 2
    async with WidgetApp(message).run_test(size=(24, 4)):
        message.show(MessageKind.INFO, "It is so.")
        assert [line.rstrip() for line in rendered_rows(message)] == ["", "· It is so."]


@pytest.mark.anyio
async def test_a_header_that_concerns_no_line_says_nothing_of_one() -> None:
    header = HeaderBar(HeaderState("Settings"))
    async with WidgetApp(header).run_test(size=(80, 3)):
        assert rendered_rows(header.children[1]) == [" " * 36]


def test_progress_is_a_bar_with_figures() -> None:
    progress = ProgressState("Menu", 120, 340, 6, 40.0)
    assert progress.text == "Menu [####--------] 120 of 340, 40 a second, 6 s left"


@pytest.mark.parametrize(
    ("state", "text"),
    [
        (ProgressState("Menu", 0, 0), "Menu [------------] 0 of 0"),
        (ProgressState("Menu", 340, 340), "Menu [############] 340 of 340"),
        (ProgressState("Menu", 339, 340, 0, 40.0), "Menu [###########-] 339 of 340, 40 a second, 0 s left"),
        (ProgressState("Menu", 1, 340, 678, 0.5), "Menu [------------] 1 of 340, 30 a minute, 11 min left"),
    ],
)
def test_bar_is_full_only_at_the_end_and_never_overstates(state: ProgressState, text: str) -> None:
    """A bar is full only at the end and says no more than is known."""
    assert state.text == text


@pytest.mark.anyio
async def test_small_window_shows_its_size() -> None:
    notice = WindowTooSmall()
    notice.styles.display = "block"
    async with WidgetApp(notice).run_test(size=(30, 10)) as pilot:
        assert is_too_small(pilot.app.size)
        text = " ".join(line.strip() for line in rendered_rows(notice))
        assert text.startswith("This console needs 80x24; the window is 30x10.")


def test_key_bar_same_hints_is_not_painted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen that opens sets its hints once more when the focus arrives."""
    bar, painted = KeyBar(ENDS), list[str]()
    monkeypatch.setattr(bar, "repaint", lambda: painted.append("bar"))
    bar.hints = ENDS
    assert painted == []
    bar.hints = (KeyHint("F2", "New order"), *ENDS)
    assert painted == ["bar"]
