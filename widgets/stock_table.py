"""How much of a product each store has, and which store can give the asked quantity.

Used by the stock screen, which fetches the report and says how old it is.
"""

from collections.abc import Sequence
from typing import Unpack

from console.ordering.money import Currency
from console.ordering.stores import Location, StockLevel, StockReport
from widgets.cells import Align
from widgets.columns import Column, Row, RowStyle
from widgets.line_list import LineList
from widgets.marks import Marks, marks_of
from widgets.options import WidgetOptions

LOW_STOCK = 5
"""Fewer than this are called low."""
BAR_CELLS = 8

COLUMNS = (
    Column("Store"),
    Column("Where", 12),
    Column("Quantity", 8, Align.RIGHT),
    Column("", BAR_CELLS, from_width=72),
    Column("Price", 9, Align.RIGHT),
    Column("", 10),
)


def stock_rows(
    levels: Sequence[StockLevel],
    *,
    here: Location,
    currency: Currency,
    asked: int,
    marks: Marks,
    stale: bool = False,
) -> tuple[Row, ...]:
    """One row a store, in the order given; keys are location ids as text. ``stale`` figures have a ``~``."""
    about = "~" if stale else ""
    most = max((level.quantity for level in levels), default=0)
    return tuple(
        Row(
            key=str(level.location.location_id),
            cells=(
                level.location.name,
                _place(level.location, here),
                f"{about}{level.quantity}",
                _bar(level.quantity, most, marks),
                "" if level.price is None else f"{about}{currency.format_number(level.price)}",
                _verdict(level.quantity, asked, marks),
            ),
            style=RowStyle.DIM if stale else _style(level, here, asked),
        )
        for level in levels
    )


class StockTable(LineList):
    """Stores under a cursor; ``cursor_key`` is a location id as text."""

    def __init__(self, *, can_focus: bool = True, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(*COLUMNS, can_focus=can_focus, empty="No store has said what it has.", **options)

    def show(
        self,
        report: StockReport,
        *,
        here: Location,
        currency: Currency,
        asked: int = 1,
        stale: bool = False,
    ) -> None:
        """Show a report as seen from the store ``here``; ``asked`` is the quantity a store should give.

        ``stale`` is for one so old that no figure of it is certain.
        """
        marks = marks_of(self)
        self.set_rows(
            stock_rows(report.levels, here=here, currency=currency, asked=asked, marks=marks, stale=stale)
        )


def _place(location: Location, here: Location) -> str:
    if location.location_id == here.location_id:
        return "this store"
    distance = here.distance_km(location)
    return location.city if distance is None else f"{distance:.1f} km"


def _bar(quantity: int, most: int, marks: Marks) -> str:
    if quantity <= 0:
        return ""
    return marks.bar * max(1, quantity * BAR_CELLS // most)


def _verdict(quantity: int, asked: int, marks: Marks) -> str:
    if quantity <= 0:
        return f"{marks.bad} none"
    if quantity < asked:
        return f"{marks.bad} not {asked}"
    return f"{marks.good} {'low' if quantity < LOW_STOCK else 'enough'}"


def _style(level: StockLevel, here: Location, asked: int) -> RowStyle:
    if level.location.location_id == here.location_id:
        return RowStyle.STRONG
    return RowStyle.NORMAL if level.quantity >= max(1, asked) else RowStyle.DIM
