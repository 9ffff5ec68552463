"""The stock of a product by store, and which store has the requested quantity."""

from collections.abc import Sequence
from typing import Unpack

from console.ordering.money import Currency
from console.ordering.stores import Location, StockLevel, StockReport
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.lists.line_list import LineList
from widgets.symbols import Symbols, symbols_of
from widgets.text_cells import Align
from widgets.widget_options import WidgetOptions

LOW_STOCK = 5
"""A quantity below this is shown as low."""
BAR_CELLS = 8

COLUMNS = (
    Column("Store"),
    Column("Where", 12),
    Column("Quantity", 8, Align.RIGHT),
    Column("", BAR_CELLS, min_list_width=72),
    Column("Price", 9, Align.RIGHT),
    Column("", 10),
)


def stock_rows(
    levels: Sequence[StockLevel],
    *,
    current_location: Location,
    currency: Currency,
    requested_quantity: int,
    symbols: Symbols,
    stale: bool = False,
) -> tuple[ListRow, ...]:
    """One row per store, in the given order; keys are location ids. ``stale`` figures get a ``~``."""
    estimate_prefix = "~" if stale else ""
    max_quantity = max((level.quantity for level in levels), default=0)
    return tuple(
        ListRow(
            key=str(level.location.location_id),
            cells=(
                level.location.name,
                _distance_text(level.location, current_location),
                f"{estimate_prefix}{level.quantity}",
                _bar(level.quantity, max_quantity, symbols),
                "" if level.price is None else f"{estimate_prefix}{currency.format_number(level.price)}",
                _availability_text(level.quantity, requested_quantity, symbols),
            ),
            style=RowStyle.DIM if stale else _row_style(level, current_location, requested_quantity),
        )
        for level in levels
    )


class StockTable(LineList):
    """Stores under a cursor; ``cursor_key`` is a location id as text."""

    def __init__(self, *, can_focus: bool = True, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(
            *COLUMNS, can_focus=can_focus, empty="No store has reported its stock yet.", **options
        )

    def show(
        self,
        report: StockReport,
        *,
        current_location: Location,
        currency: Currency,
        requested_quantity: int = 1,
        stale: bool = False,
    ) -> None:
        """Show a report from the view of ``current_location``.

        ``stale`` marks a report so old that no figure in it is certain.
        """
        symbols = symbols_of(self)
        self.set_rows(
            stock_rows(
                report.levels,
                current_location=current_location,
                currency=currency,
                requested_quantity=requested_quantity,
                symbols=symbols,
                stale=stale,
            )
        )


def _distance_text(location: Location, current_location: Location) -> str:
    if location.location_id == current_location.location_id:
        return "this store"
    distance = current_location.distance_km(location)
    return location.city if distance is None else f"{distance:.1f} km"


def _bar(quantity: int, max_quantity: int, symbols: Symbols) -> str:
    if quantity <= 0:
        return ""
    return symbols.bar_cell * max(1, quantity * BAR_CELLS // max_quantity)


def _availability_text(quantity: int, requested_quantity: int, symbols: Symbols) -> str:
    if quantity <= 0:
        return f"{symbols.bad} none"
    if quantity < requested_quantity:
        return f"{symbols.bad} not {requested_quantity}"
    return f"{symbols.good} {'low' if quantity < LOW_STOCK else 'enough'}"


def _row_style(level: StockLevel, current_location: Location, requested_quantity: int) -> RowStyle:
    if level.location.location_id == current_location.location_id:
        return RowStyle.STRONG
    return RowStyle.NORMAL if level.quantity >= max(1, requested_quantity) else RowStyle.DIM
