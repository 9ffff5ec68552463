"""How old what is shown is, in words."""

from datetime import datetime
from decimal import Decimal

import pytest

from console.ordering.money import Currency
from console.ordering.store_time import MACHINE_TIME
from console.ordering.stores import Location, StockLevel
from widgets.lists.columns import RowStyle
from widgets.lists.stock_table import stock_rows
from widgets.staleness import age_text, as_of_text, is_stale
from widgets.symbols import ASCII_SYMBOLS

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0


@pytest.mark.parametrize(
    ("age", "stale"), [(None, False), (0.0, False), (15 * MINUTE, False), (15 * MINUTE + 1, True)]
)
def test_what_was_read_within_a_quarter_of_an_hour_is_fresh(age: float | None, stale: bool) -> None:
    assert is_stale(age) is stale


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (16 * MINUTE, "16 min old"),
        (119 * MINUTE, "119 min old"),
        (3 * HOUR + 59 * MINUTE, "3 h old"),
        (47 * HOUR, "47 h old"),
        (9 * DAY, "9 days old"),
    ],
)
def test_an_age_is_said_in_the_unit_that_tells_most(age: float, text: str) -> None:
    assert age_text(age) == text


def test_the_time_has_a_day_where_that_is_not_today() -> None:
    noon = datetime(2026, 3, 4, 12, 5).astimezone().timestamp()
    assert as_of_text(noon, 5 * MINUTE, MACHINE_TIME) == "As of 12:05"
    assert as_of_text(noon, 30 * MINUTE, MACHINE_TIME) == "! As of 12:05, 30 min old"
    assert as_of_text(noon, 2 * DAY, MACHINE_TIME) == "! As of 04 Mar 12:05, 2 days old"


def test_every_figure_of_an_old_stock_report_has_a_sign() -> None:
    here = Location(1, "S1", "Salmiya", "Kuwait")
    (row,) = stock_rows(
        (StockLevel(here, 40, Decimal("1.250")),),
        current_location=here,
        currency=Currency("KWD"),
        requested_quantity=1,
        symbols=ASCII_SYMBOLS,
        stale=True,
    )
    assert (row.cells[2], row.cells[4], row.style) == ("~40", "~1.250", RowStyle.DIM)
