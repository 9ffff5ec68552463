"""The quick order input: what it shows beneath the text, and the messages it posts."""

import pytest
from textual.app import App, ComposeResult
from textual.message import Message

from console.ordering.money import Currency
from console.ordering.quick_order import interpret
from tests.ordering.quick_order.quick_menu import quick_menu
from tests.widgets.harness import HOSTILE, rendered_rows
from widgets.quick_order_input import QuickOrderFeedback, QuickOrderInput

pytestmark = pytest.mark.anyio
MENU = quick_menu()


class Counter(App[None]):
    """A screen of nothing but the quick line, which reads what is typed as the order screen does."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QuickOrderInput(Currency("KWD"))
        self.recorded: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.line

    def on_mount(self) -> None:
        self.line.field.focus()

    def on_quick_order_input_changed(self, message: QuickOrderInput.Changed) -> None:
        self.line.show(interpret(message.text, MENU, message.cursor))

    def on_quick_order_input_submitted(self, message: QuickOrderInput.Submitted) -> None:
        self.recorded.append(message)

    def on_quick_order_input_recall(self, message: QuickOrderInput.Recall) -> None:
        self.recorded.append(message)

    def shown(self) -> list[str]:
        return [row.rstrip() for row in rendered_rows(self.query_one(QuickOrderFeedback))]


async def test_what_is_typed_is_said_in_words_and_money() -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"2 l pan marg -on; coke")
        await pilot.pause()
        shown = app.shown()
        assert shown[0] == ""
        assert shown[1] == "  2 Large Pan Margherita, no Onions".ljust(75) + "7.500"
        assert shown[2] == "  1 Coke, Can 330 ml".ljust(75) + "0.300"
        assert shown[3] == "  Total (Enter adds it)".ljust(71) + "KWD 7.800"


async def test_a_mistake_is_underlined_and_said_with_its_choices() -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"2 chick")
        await pilot.pause()
        shown = app.shown()
        assert shown[0] == "    ^^^^^"
        assert "! chick is several things; say which. Chicken Supreme, Chicken Wings" in shown


async def test_the_mark_follows_a_text_that_is_scrolled() -> None:
    app = Counter()
    async with app.run_test(size=(30, 24)) as pilot:
        await pilot.press(*"2 l pan margherita -onions +zzz")
        await pilot.pause()
        row = rendered_rows(app.line.field)[0]
        assert row.index("zzz") + 2 == app.shown()[0].index("^^^")


async def test_a_mistake_out_of_sight_is_pointed_to() -> None:
    app = Counter()
    async with app.run_test(size=(30, 24)) as pilot:
        await pilot.press(*"zzz; 2 large pan margherita; coke")
        await pilot.pause()
        assert app.shown()[0] == "  <"


async def test_tab_takes_the_first_completion() -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"2 l mar")
        await pilot.pause()
        assert "Tab margherita  Margherita  KWD 2.500" in app.shown()
        await pilot.press("tab")
        await pilot.pause()
        assert app.line.value == "2 l margherita"
        assert app.line.field.cursor_position == len("2 l margherita")


async def test_the_word_under_the_cursor_is_completed() -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"mar; coke", *["left"] * 6)
        await pilot.pause()
        await pilot.press("tab")
        assert app.line.value == "margherita; coke"


async def test_enter_gives_what_was_shown() -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"coke", "enter")
        await pilot.pause()
        (message,) = app.recorded
        assert isinstance(message, QuickOrderInput.Submitted)
        assert message.reading == interpret("coke", MENU, 4)


async def test_up_and_down_ask_for_earlier_lines() -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("up", "up", "down")
        await pilot.pause()
        assert [m.step for m in app.recorded if isinstance(m, QuickOrderInput.Recall)] == [-1, -1, 1]


async def test_a_value_that_is_set_is_read_too() -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        app.line.value = "coke"
        await pilot.pause()
        assert app.shown()[1].startswith("  1 Coke, Can 330 ml")
        assert app.line.field.cursor_position == 4


async def test_a_reading_of_another_text_is_left_out() -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"coke")
        await pilot.pause()
        before = app.shown()
        app.line.show(interpret("pepsi", MENU))
        assert app.shown() == before


async def test_many_lines_leave_the_total_in_sight() -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        app.line.value = "; ".join(["coke"] * 20)
        await pilot.pause()
        assert app.shown()[1] == "  16 above"
        assert app.shown()[-1] == "  Total (Enter adds it)".ljust(71) + "KWD 6.000"


async def test_all_of_a_long_line_is_shown_before_it_is_added() -> None:
    app = Counter()
    async with app.run_test(size=(60, 24)) as pilot:
        app.line.value = "bogo [marg/sup +mush:l +jala, pepp +mush x]"
        await pilot.pause()
        shown = " ".join(row.strip() for row in app.shown())
        assert "extra Mushrooms Total (Enter adds it)" in shown
        app.line.value += "; zzz"
        await pilot.pause()
        assert "1 BOGO Medium" in app.shown()[1]
        assert any(row.startswith("  Total so far") for row in app.shown())


async def test_hostile_text_is_text() -> None:
    app = Counter()
    async with app.run_test(size=(80, 24)) as pilot:
        app.line.value = HOSTILE
        await pilot.pause()
        assert not any("\x1b" in row or "\u202e" in row for row in app.shown())
        assert any("^" in row for row in app.shown())
