"""Rows and columns of a list, and how wide each column is in a window of some width.

Used by the line list and by everything built on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from widgets.text_cells import Align, fit

GUTTER = 2
"""Cells before the first column: one for the cursor's mark, one for a warning's."""
COLUMN_GAP = 2
"""Cells between two columns."""


class RowStyle(StrEnum):
    """How a row stands out. WARN also puts a ``!`` before the row, DIM and STRONG only help the eye."""

    NORMAL = "normal"
    DIM = "dim"
    STRONG = "strong"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``width`` is in cells; columns without one share what the others leave.

    ``from_width`` hides the column while the list is narrower than this.
    """

    title: str
    width: int | None = None
    align: Align = Align.LEFT
    min_list_width: int = 0


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row. ``key`` tells rows apart and is not shown; ``notes`` are lines below the cells."""

    key: str
    cells: tuple[str, ...]
    style: RowStyle = RowStyle.NORMAL
    notes: tuple[str, ...] = ()


def column_widths(columns: Sequence[Column], width: int) -> tuple[int, ...]:
    """The cells each column gets in a list of ``width`` cells, 0 for a hidden one."""
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
    """The cells of a row side by side, each in its column; missing cells are blank."""
    padded = (*cells, *("" for _ in range(len(columns) - len(cells))))
    return (" " * COLUMN_GAP).join(
        fit(cell, size, column.align, ellipsis)
        for cell, column, size in zip(padded, columns, sizes, strict=False)
        if size
    )
