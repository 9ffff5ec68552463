"""Rows under headings: the cursor passes over headings, and groups are gone through one by one."""

import pytest

from tests.widgets.harness import WidgetApp, rendered_rows
from widgets.lists.columns import Column, ListRow
from widgets.lists.grouped_list import GroupedList, heading_row

pytestmark = pytest.mark.anyio

ROWS = [
    heading_row("sauces", "Sauces: 1 of 1"),
    ListRow("tomato", ("Tomato", "0.000")),
    ListRow("barbecue", ("Barbecue", "0.300")),
    heading_row("nothing", "Nothing in here"),
    heading_row("meat", "Meat: 0, of which none is free and all are counted"),
    ListRow("beef", ("Beef", "0.700")),
]


def groups() -> GroupedList:
    return GroupedList(Column("Topping"), Column("Price", 7))


async def test_the_cursor_begins_below_the_first_heading() -> None:
    shown = groups()
    async with WidgetApp(shown).run_test(size=(40, 8)):
        shown.set_rows(ROWS)
        assert shown.cursor_key == "tomato"


@pytest.mark.parametrize(
    ("steps", "at"),
    [
        ([-1], "tomato"),
        ([1], "barbecue"),
        ([1, 1], "beef"),
        ([1, 1, -1], "barbecue"),
        ([9], "beef"),
        ([9, -9], "tomato"),
    ],
)
async def test_the_cursor_is_never_on_a_heading(steps: list[int], at: str) -> None:
    shown = groups()
    async with WidgetApp(shown).run_test(size=(40, 8)):
        shown.set_rows(ROWS)
        for step in steps:
            shown.move(step)
        assert shown.cursor_key == at


async def test_home_and_end_are_on_rows() -> None:
    shown = groups()
    async with WidgetApp(shown).run_test(size=(40, 8)) as pilot:
        shown.set_rows(ROWS)
        await pilot.press("end")
        assert shown.cursor_key == "beef"
        await pilot.press("home")
        assert shown.cursor_key == "tomato"


async def test_groups_are_gone_through_round() -> None:
    shown = groups()
    async with WidgetApp(shown).run_test(size=(40, 8)):
        shown.set_rows(ROWS)
        seen = []
        for step in (1, 1, -1, -1):
            shown.move_to_group(step)
            seen.append(shown.cursor_key)
        assert seen == ["beef", "tomato", "beef", "tomato"]


async def test_a_heading_goes_across_all_columns() -> None:
    shown = groups()
    async with WidgetApp(shown).run_test(size=(40, 8)):
        shown.set_rows(ROWS)
        assert rendered_rows(shown)[5].strip().startswith("Meat: 0, of which none is free and")


async def test_rows_of_nothing_but_headings_and_no_rows_at_all() -> None:
    shown = groups()
    async with WidgetApp(shown).run_test(size=(40, 8)) as pilot:
        for rows in ([heading_row("a", "A")], []):
            shown.set_rows(rows)
            await pilot.press("end", "home")
            shown.move(1)
            shown.move_to_group(1)
