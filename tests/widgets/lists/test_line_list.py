"""The line list on a screen: keys, messages, what it shows and what it repaints."""

from typing import Any

import pytest
from textual import events
from textual.geometry import Offset, Region

from tests.widgets.harness import HOSTILE, WidgetApp, rendered_rows
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.lists.line_list import LineList
from widgets.symbols import ASCII_CLASS
from widgets.text_cells import Align

pytestmark = pytest.mark.anyio


def people(**options: Any) -> LineList:
    return LineList(Column("Name"), Column("Owes", 8, Align.RIGHT), **options)


def rows(count: int) -> list[ListRow]:
    return [ListRow(str(number), (f"Customer {number}", f"{number}.500")) for number in range(count)]


async def test_keys_move_the_cursor_within_its_bounds() -> None:
    names = people()
    async with WidgetApp(names).run_test(size=(30, 6)) as pilot:
        names.set_rows(rows(100))
        await pilot.press("up", "down", "down", "pagedown")
        assert names.cursor_key == "6"
        await pilot.press("end", "down")
        assert names.cursor_key == "99"
        await pilot.press("home")
        assert names.cursor_key == "0"


async def test_it_says_which_row_was_come_to_and_which_was_chosen() -> None:
    names = people()
    stage = WidgetApp(names)
    async with stage.run_test() as pilot:
        names.set_rows(rows(3))
        await pilot.press("down", "enter")
    assert [
        (type(message), message.key)
        for message in stage.posted_messages
        if isinstance(message, LineList.Highlighted | LineList.Selected)
    ] == [
        (LineList.Highlighted, "0"),
        (LineList.Highlighted, "1"),
        (LineList.Selected, "1"),
    ]


async def test_rows_shown_before_the_first_resize_are_painted() -> None:
    class Painted(LineList):
        """Painted while it is empty, and given its rows before it hears of its size."""

        def on_resize(self, event: events.Resize) -> None:
            event.prevent_default()
            assert "Customer 1" not in painted(self)
            self.set_rows(rows(9))
            super().on_resize(event)

    names = Painted(Column("Name"), Column("Owes", 8, Align.RIGHT))
    async with WidgetApp(names).run_test(size=(30, 6)):
        assert [f"Customer {number}" in painted(names) for number in range(5)] == [True] * 5


def painted(names: LineList) -> str:
    """What is on the screen by now: lines that were not repainted are as they were."""
    return "\n".join(strip.text for strip in names.render_lines(names.size.region))


async def test_an_empty_list_says_so_and_chooses_nothing() -> None:
    names = people(empty="Nobody by that name")
    stage = WidgetApp(names)
    async with stage.run_test(size=(30, 4)) as pilot:
        await pilot.press("enter")
        assert rendered_rows(names)[1].strip() == "Nobody by that name"
        assert not stage.posted_messages


async def test_the_cursor_is_a_mark_before_the_row() -> None:
    names = people()
    async with WidgetApp(names).run_test(size=(30, 4)) as pilot:
        names.set_rows(rows(2))
        await pilot.press("down")
        assert rendered_rows(names) == [
            "  Name                    Owes",
            "  Customer 0             0.500",
            "▸ Customer 1             1.500",
            " " * 30,
        ]


async def test_without_unicode_the_marks_are_ascii() -> None:
    names = people()
    stage = WidgetApp(names)
    stage.set_class(True, ASCII_CLASS)
    async with stage.run_test(size=(20, 4)) as pilot:
        names.set_rows(rows(9))
        await pilot.pause()
        assert [line[0] for line in rendered_rows(names)] == [" ", ">", " ", "v"]


async def test_a_warned_row_has_a_mark_and_its_note_below() -> None:
    names = people()
    async with WidgetApp(names).run_test(size=(30, 4)):
        names.set_rows([ListRow("1", ("Tom", "1"), RowStyle.WARN, notes=("owes more", "since May"))])
        assert [line.rstrip() for line in rendered_rows(names)[1:4]] == [
            "▸!Tom                        1",
            "  owes more",
            "  since May",
        ]


async def test_hostile_text_is_shown_as_text_and_breaks_no_column() -> None:
    names = people()
    async with WidgetApp(names).run_test(size=(60, 3)):
        names.set_rows([ListRow("1", (HOSTILE, "1.500"))])
        name = "[red]x[/ ?[31mred?]0;title? gnitirw a b"
        assert rendered_rows(names)[1] == f"▸ {name:<48}  {'1.500':>8}"


async def test_a_narrow_list_drops_the_columns_that_need_more_room() -> None:
    names = LineList(Column("Name"), Column("City", 10, min_list_width=40))
    async with WidgetApp(names).run_test(size=(30, 2)):
        assert "City" not in rendered_rows(names)[0]


async def test_the_focus_is_seen_without_colour() -> None:
    first, second = people(), people()
    async with WidgetApp(first, second).run_test() as pilot:
        first.set_rows(rows(2))
        await pilot.press("tab")
        assert [part.style is not None and part.style.underline for part in first.render_line(0)] == [False]
        assert [part.style is not None and part.style.underline for part in second.render_line(0)] == [True]
        assert not any(part.style is not None and part.style.reverse for part in first.render_line(1))


async def test_a_list_without_focus_is_driven_by_others() -> None:
    names = LineList(Column("Name"), can_focus=False)
    async with WidgetApp(names).run_test():
        names.set_rows(rows(5))
        names.move(2)
        assert names.active
        assert names.cursor_key == "2"


async def test_a_move_repaints_the_marks_of_two_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    names = people()
    async with WidgetApp(names).run_test(size=(40, 10)) as pilot:
        names.set_rows(rows(5))
        await pilot.pause()
        painted = watch(names, monkeypatch)
        names.move(1)
        assert painted == [Region(0, 1, 30, 1), Region(0, 2, 30, 1)]


async def test_the_same_rows_again_repaint_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    names = people()
    async with WidgetApp(names).run_test(size=(40, 10)) as pilot:
        names.set_rows(rows(5))
        await pilot.pause()
        painted = watch(names, monkeypatch)
        names.set_rows(rows(5))
        assert painted == []
        names.set_rows([*rows(4), ListRow("4", ("Another", ""))])
        assert painted == [Region(0, 5, 40, 1)]


async def test_the_terminals_cursor_is_on_the_row_under_the_cursor() -> None:
    names = people()
    async with WidgetApp(names).run_test(size=(40, 10)) as pilot:
        names.set_rows(rows(3))
        await pilot.press("down")
        assert pilot.app.cursor_position == Offset(0, 2)


def watch(names: LineList, monkeypatch: pytest.MonkeyPatch) -> list[Region]:
    painted: list[Region] = []
    monkeypatch.setattr(names, "refresh", lambda *regions: painted.extend(regions))
    return painted


async def test_the_focus_repaints_titles_and_cursor_only(monkeypatch: pytest.MonkeyPatch) -> None:
    names = people()
    async with WidgetApp(people(), names).run_test(size=(40, 10)) as pilot:
        names.set_rows(rows(3))
        await pilot.pause()
        painted = watch(names, monkeypatch)
        await pilot.press("tab")
        assert painted == [Region(0, 0, 40, 1), Region(0, 1, 30, 1)]
