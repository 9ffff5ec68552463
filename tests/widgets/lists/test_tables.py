"""The stock of stores and the lines of an order, as rows."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.money import Currency
from console.ordering.stores import Location, StockLevel, StockReport
from tests.widgets.harness import WidgetApp, rendered_rows
from widgets.lists.columns import RowStyle
from widgets.lists.order_lines import OrderLines, OrderRow, OrderRowState, order_rows
from widgets.lists.stock_table import StockTable, stock_rows
from widgets.symbols import UNICODE_SYMBOLS

KWD = Currency("KWD")
HERE = Location(1, "SAL", "Salmiya", "Kuwait City", latitude=29.33, longitude=48.08)
NEAR = Location(2, "HAW", "Hawally", "Kuwait City", latitude=29.34, longitude=48.02)
FAR = Location(3, "JAH", "Jahra", "Jahra")
LEVELS = (
    StockLevel(HERE, 2, Decimal("2.5")),
    StockLevel(NEAR, 12, Decimal("2.75")),
    StockLevel(FAR, 0, None),
)
PIZZA = OrderRow("a", 1, 2, "Margherita", Decimal("2.5"), Decimal(5), "Large Pan", OrderRowState.CONFIRMED)
COLA = OrderRow(
    "b", 2, 1, "Cola", Decimal("0.5"), Decimal("0.5"), state=OrderRowState.DIFFERS, difference="costs 0.600"
)


def test_each_store_says_where_it_is_and_what_it_can_give() -> None:
    rows = stock_rows(
        LEVELS, current_location=HERE, currency=KWD, requested_quantity=3, symbols=UNICODE_SYMBOLS
    )
    assert [row.cells for row in rows] == [
        ("Salmiya", "this store", "2", "█", "2.500", "✗ not 3"),
        ("Hawally", "5.9 km", "12", "████████", "2.750", "✓ enough"),
        ("Jahra", "Jahra", "0", "", "", "✗ none"),
    ]


def test_a_few_are_enough_but_called_low() -> None:
    row, *_ = stock_rows(
        LEVELS, current_location=HERE, currency=KWD, requested_quantity=1, symbols=UNICODE_SYMBOLS
    )
    assert row.cells[-1] == "✓ low"


@pytest.mark.anyio
async def test_the_stock_table_fits_eighty_columns() -> None:
    table = StockTable()
    async with WidgetApp(table).run_test(size=(80, 5)):
        table.show(StockReport(5, 0, LEVELS, 0.0), current_location=HERE, currency=KWD, requested_quantity=3)
        assert table.cursor_key == "1"
        assert rendered_rows(table)[2].split() == [
            "Hawally",
            "5.9",
            "km",
            "12",
            "████████",
            "2.750",
            "✓",
            "enough",
        ]


def test_each_line_of_an_order_has_the_sign_of_its_state() -> None:
    rows = order_rows([PIZZA, COLA], currency=KWD, symbols=UNICODE_SYMBOLS, width=80)
    assert rows[0].cells == ("1", "2", "Margherita, Large Pan", "2.500", "5.000", "=")
    assert rows[1].cells[-1] == "!"
    assert rows[1].style is RowStyle.WARN


def test_options_too_long_for_their_title_stand_below_it() -> None:
    row, _ = order_rows([PIZZA, COLA], currency=KWD, symbols=UNICODE_SYMBOLS, width=44)
    assert row.cells[2] == "Margherita"
    assert [note.strip() for note in row.notes] == ["Large Pan"]


def test_both_pizzas_of_a_deal_fit_the_narrowest_screen() -> None:
    first = "1: Large Cheesy Bites Super Supreme, left: Green Pepper Strips, Mushrooms, Sliced Black Olives"
    deal = replace(PIZZA, title="Family Night", options=f"{first}; 2: Large Pan Margherita; Garlic Bread")
    (row,) = order_rows([deal], currency=KWD, symbols=UNICODE_SYMBOLS, width=44)
    assert "2: Large Pan Margherita; Garlic Bread" in " ".join(note.strip() for note in row.notes)


def test_a_long_difference_is_said_whole() -> None:
    said = "1 of 2 taken: the store has no more of it; price was 2.500, is 2.750"
    (row,) = order_rows([replace(PIZZA, difference=said)], currency=KWD, symbols=UNICODE_SYMBOLS, width=80)
    assert " ".join(note.strip() for note in row.notes) == said


@pytest.mark.anyio
@pytest.mark.parametrize("count", [9, 99, 100, 120, 1000])
async def test_every_line_of_a_long_order_has_its_whole_number(count: int) -> None:
    table = OrderLines()
    async with WidgetApp(table).run_test(size=(44, 5)) as pilot:
        table.show([replace(COLA, line_id="b", number=1)], currency=KWD)
        await pilot.pause()
        table.show([replace(COLA, line_id=str(n), number=n) for n in range(1, count + 1)], currency=KWD)
        table.last()
        await pilot.pause()
        (row,) = (row for row in rendered_rows(table) if "▸" in row)
        assert row.lstrip("▸! ").split()[:3] == [str(count), "1", "Cola"]


@pytest.mark.anyio
async def test_a_difference_stands_below_its_line() -> None:
    table = OrderLines()
    async with WidgetApp(table).run_test(size=(60, 5)):
        table.show([PIZZA, COLA], currency=KWD)
        assert [line.split() for line in rendered_rows(table)[2:4]] == [
            ["!", "2", "1", "Cola", "0.500", "0.500", "!"],
            ["costs", "0.600"],
        ]
