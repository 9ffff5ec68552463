"""Rows and columns of a list, and the width of each column."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from widgets.text_cells import Align, fit

GUTTER = 2
"""Cells before the first column: one for the cursor symbol, one for a warning."""
COLUMN_GAP = 2
"""Cells between two columns."""


class RowStyle(StrEnum):
    """The emphasis of a row. WARN also puts a ``!`` before it, as colour alone says nothing."""

    NORMAL = "normal"
    DIM = "dim"
    STRONG = "strong"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``width`` is in cells; columns without a width share the rest.

    The column is hidden while the list is narrower than ``min_list_width`` cells.
    """

    title: str
    width: int | None = None
    align: Align = Align.LEFT
    min_list_width: int = 0


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row. ``key`` identifies it and is not shown; ``notes`` are lines below the cells."""

    key: str
    cells: tuple[str, ...]
    style: RowStyle = RowStyle.NORMAL
    notes: tuple[str, ...] = ()


def column_widths(columns: Sequence[Column], width: int) -> tuple[int, ...]:
    """The width of each column in a list of ``width`` cells, 0 for a hidden one."""
    shown = [column for column in columns if width >= column.min_list_width]
    flexible = sum(column.width is None for column in shown)
    fixed = sum(column.width or 0 for column in shown)
    remaining = max(0, width - GUTTER - COLUMN_GAP * (len(shown) - 1) - fixed)
    share, rest = divmod(remaining, flexible) if flexible else (0, 0)
    result: list[int] = []
    for column in columns:
        if width < column.min_list_width:
            result.append(0)
        elif column.width is not None:
            result.append(column.width)
        else:
            result.append(share + (rest > 0))
            rest -= 1
    return tuple(result)


def join_cells(cells: Sequence[str], columns: Sequence[Column], sizes: Sequence[int], ellipsis: str) -> str:
    """Join the cells of a row, each padded to its column; missing cells are blank."""
    padded = (*cells, *("" for _ in range(len(columns) - len(cells))))
    return (" " * COLUMN_GAP).join(
        fit(cell, size, column.align, ellipsis)
        for cell, column, size in zip(padded, columns, sizes, strict=False)
        if size
    )
