"""Rows under headings: the cursor passes over headings, and groups are gone through one by one."""

import pytest

from tests.widgets.harness import WidgetApp, rendered_rows
from widgets.columns import Column, Row
from widgets.groups import GroupList, heading

pytestmark = pytest.mark.anyio

ROWS = [
    heading("sauces", "Sauces: 1 of 1"),
    Row("tomato", ("Tomato", "0.000")),
    Row("barbecue", ("Barbecue", "0.300")),
    heading("nothing", "Nothing in here"),
    heading("meat", "Meat: 0, of which none is free and all are counted"),
    Row("beef", ("Beef", "0.700")),
]


def groups() -> GroupList:
    return GroupList(Column("Topping"), Column("Price", 7))


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
            shown.group(step)
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
        for rows in ([heading("a", "A")], []):
            shown.set_rows(rows)
            await pilot.press("end", "home")
            shown.move(1)
            shown.group(1)
