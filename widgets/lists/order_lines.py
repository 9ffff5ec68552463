"""The lines of an order, each with its state: pending, estimated, confirmed or different."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Unpack

from rich.cells import cell_len

from console.ordering.money import Currency
from widgets.lists.columns import COLUMN_GAP, GUTTER, Column, ListRow, RowStyle, column_widths
from widgets.lists.fitting_list import FittingList
from widgets.symbols import Symbols, symbols_of
from widgets.text_cells import Align, clean, wrap
from widgets.widget_options import WidgetOptions

MIN_NUMBER_WIDTH = 2
"""Cells for the number of a line; from line 100 on it takes more."""
COLUMNS = (
    Column("#", MIN_NUMBER_WIDTH, Align.RIGHT),
    Column("Qty", 3, Align.RIGHT),
    Column("Item"),
    Column("Each", 8, Align.RIGHT, min_list_width=50),
    Column("Total", 9, Align.RIGHT),
    Column("", 1),
)
ITEM_COLUMN = 2
"""Index of the column with the item."""
MAX_OPTION_ROWS, MAX_NOTE_ROWS = 6, 3
"""Rows below a title for its options, such as two pizzas of a deal, and for a difference."""


class OrderRowState(StrEnum):
    """The state of a line."""

    PENDING = "unsent"
    ESTIMATE = "estimate"
    CONFIRMED = "confirmed"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One line of the order. ``number`` counts from 1; amounts are in the order's currency.

    ``difference`` is how the platform's line differs, in words, shown on a row of its own.
    """

    line_id: str
    number: int
    quantity: int
    title: str
    unit_price: Decimal
    total: Decimal
    options: str = ""
    state: OrderRowState = OrderRowState.ESTIMATE
    difference: str = ""


def order_rows(
    lines: Sequence[OrderRow], *, currency: Currency, symbols: Symbols, width: int
) -> tuple[ListRow, ...]:
    """The rows of a list of ``width`` cells; keys are line ids.

    Options that do not fit after the title are shown below it, as is a difference.
    """
    widths = column_widths(columns_for(lines), width)
    return tuple(_list_row(line, currency, symbols, width, widths) for line in lines)


def columns_for(lines: Sequence[OrderRow]) -> tuple[Column, ...]:
    """The columns, the first wide enough for every number."""
    width = max((len(str(line.number)) for line in lines), default=MIN_NUMBER_WIDTH)
    first, *others = COLUMNS
    return (replace(first, width=max(MIN_NUMBER_WIDTH, width)), *others)


class OrderLines(FittingList):
    """The order lines under a cursor; ``cursor_key`` is a line id."""

    def __init__(self, *, can_focus: bool = True, empty: str = "", **options: Unpack[WidgetOptions]) -> None:
        super().__init__(*COLUMNS, leading=3, can_focus=can_focus, empty=empty, **options)

    def show(self, lines: Sequence[OrderRow], *, currency: Currency) -> None:
        """Show these lines; the cursor stays on the same line."""
        self.columns = columns_for(lines)
        self.fit_rows(partial(order_rows, tuple(lines), currency=currency, symbols=symbols_of(self)))


def _list_row(
    line: OrderRow, currency: Currency, symbols: Symbols, width: int, widths: Sequence[int]
) -> ListRow:
    # Notes begin below the item.
    indent = " " * sum(size + COLUMN_GAP for size in widths[:ITEM_COLUMN])
    note_width = max(1, width - GUTTER - len(indent))
    cell_text, overflow = _split_title(line, widths[ITEM_COLUMN])
    notes = [
        *wrap(overflow, note_width, MAX_OPTION_ROWS, symbols.ellipsis),
        *wrap(line.difference, note_width, MAX_NOTE_ROWS, symbols.ellipsis),
    ]
    return ListRow(
        key=line.line_id,
        cells=(
            str(line.number),
            str(line.quantity),
            cell_text,
            currency.format_number(line.unit_price),
            currency.format_number(line.total),
            _state_symbol(line.state, symbols),
        ),
        style=RowStyle.WARN if line.state is OrderRowState.DIFFERS else RowStyle.NORMAL,
        notes=tuple(indent + note for note in notes),
    )


def _split_title(line: OrderRow, width: int) -> tuple[str, str]:
    """Split title and options into the cell and the rows below it, never inside a word."""
    full_title = f"{line.title}, {line.options}" if line.options else line.title
    if cell_len(clean(full_title)) <= width:
        return full_title, ""
    if cell_len(clean(line.title)) <= width:
        return line.title, line.options
    words = full_title.split()
    fitting = 1
    while fitting < len(words) and cell_len(clean(" ".join(words[: fitting + 1]))) <= width:
        fitting += 1
    return " ".join(words[:fitting]), " ".join(words[fitting:])


def _state_symbol(state: OrderRowState, symbols: Symbols) -> str:
    return {
        OrderRowState.PENDING: symbols.pending,
        OrderRowState.ESTIMATE: "~",
        OrderRowState.CONFIRMED: "=",
        OrderRowState.DIFFERS: "!",
    }[state]
