"""The lines of an order, each with how it stands between this machine and the platform.

Used by the order screen, which makes the rows from the draft and from what sync observed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Unpack

from rich.cells import cell_len

from console.ordering.money import Currency
from widgets.cells import Align, clean, wrap
from widgets.columns import GUTTER, Column, Row, RowStyle, widths
from widgets.fitting_list import FittingList
from widgets.marks import Marks, marks_of
from widgets.options import WidgetOptions

COLUMNS = (
    Column("#", 2, Align.RIGHT),
    Column("Qty", 3, Align.RIGHT),
    Column("Item"),
    Column("Each", 8, Align.RIGHT, from_width=50),
    Column("Total", 9, Align.RIGHT),
    Column("", 1),
)
ITEM = 2
"""Which of the columns is the item's."""
INDENT = " " * 9
"""What stands below an item begins where the item does."""
WORD_ROWS, NOTE_ROWS = 6, 3
"""Rows that what is in a line may take below its title, such as two pizzas of a deal, and a difference."""


class LineState(StrEnum):
    """How far a line has come."""

    UNSENT = "unsent"
    ESTIMATE = "estimate"
    CONFIRMED = "confirmed"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One line of the order. ``number`` counts from 1; amounts are in the order's currency.

    ``difference`` says in words what the platform has otherwise, and is shown on a row of its own.
    """

    line_id: str
    number: int
    quantity: int
    title: str
    unit: Decimal
    total: Decimal
    options: str = ""
    state: LineState = LineState.ESTIMATE
    difference: str = ""


def order_rows(lines: Sequence[OrderRow], *, currency: Currency, marks: Marks, width: int) -> tuple[Row, ...]:
    """The rows of a list of ``width`` cells; keys are line ids.

    Options that do not fit behind their title stand below it, and so does a difference.
    """
    return tuple(_row(line, currency, marks, width) for line in lines)


class OrderLines(FittingList):
    """The order's lines under a cursor; ``cursor_key`` is a line id."""

    def __init__(self, *, can_focus: bool = True, empty: str = "", **options: Unpack[WidgetOptions]) -> None:
        super().__init__(*COLUMNS, leading=3, can_focus=can_focus, empty=empty, **options)

    def show(self, lines: Sequence[OrderRow], *, currency: Currency) -> None:
        """Show these lines; the cursor stays on the line it was on."""
        self.fit_rows(partial(order_rows, tuple(lines), currency=currency, marks=marks_of(self)))


def _row(line: OrderRow, currency: Currency, marks: Marks, width: int) -> Row:
    room = max(1, width - GUTTER - len(INDENT))
    item, below = _item(line, widths(COLUMNS, width)[ITEM])
    notes = [
        *wrap(below, room, WORD_ROWS, marks.tail),
        *wrap(line.difference, room, NOTE_ROWS, marks.tail),
    ]
    return Row(
        key=line.line_id,
        cells=(
            str(line.number),
            str(line.quantity),
            item,
            currency.format_number(line.unit),
            currency.format_number(line.total),
            _sign(line.state, marks),
        ),
        style=RowStyle.WARN if line.state is LineState.DIFFERS else RowStyle.NORMAL,
        notes=tuple(INDENT + note for note in notes),
    )


def _item(line: OrderRow, width: int) -> tuple[str, str]:
    """What stands in the item's cell and what below it: no word of a title is cut."""
    whole = f"{line.title}, {line.options}" if line.options else line.title
    if cell_len(clean(whole)) <= width:
        return whole, ""
    if cell_len(clean(line.title)) <= width:
        return line.title, line.options
    words = whole.split()
    first = 1
    while first < len(words) and cell_len(clean(" ".join(words[: first + 1]))) <= width:
        first += 1
    return " ".join(words[:first]), " ".join(words[first:])


def _sign(state: LineState, marks: Marks) -> str:
    return {
        LineState.UNSENT: marks.waiting,
        LineState.ESTIMATE: "~",
        LineState.CONFIRMED: "=",
        LineState.DIFFERS: "!",
    }[state]
