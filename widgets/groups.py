"""A list whose rows stand under headings: toppings under their groups. The cursor passes over headings.

Used where a bundle or a deal is configured; the screen makes the rows.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from widgets.cells import fit
from widgets.columns import GUTTER, Row, RowStyle
from widgets.line_list import LineList
from widgets.marks import Marks

HEADING = "#"
"""What the keys of headings begin with."""


def heading(key: str, text: str) -> Row:
    """A heading over the rows that follow it, across all columns."""
    return Row(f"{HEADING}{key}", (text,), RowStyle.STRONG)


class GroupList(LineList, inherit_bindings=False):
    """Rows under headings. Home, End and the pages end on rows too; all other keys are the screen's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home", "first", "First row", show=False),
        Binding("end", "last", "Last row", show=False),
    ]

    def set_rows(self, rows: Sequence[Row], *, home: bool = False) -> None:
        """Show these rows; the cursor is put on one that is no heading."""
        super().set_rows(rows, home=home)
        if self._is_heading(self.cursor):
            self.go(self.cursor)

    def go(self, index: int) -> None:
        """Put the cursor on a row, or on the next one in the same direction where that is a heading."""
        index = max(0, min(index, self.row_count - 1))
        down = range(index, self.row_count)
        up = range(index, -1, -1)
        ways = (*down, *up) if index >= self.cursor else (*up, *down)
        super().go(next((place for place in ways if not self._is_heading(place)), index))

    def group(self, step: int) -> None:
        """Put the cursor on the first row of the next group, or of the one before; round at the ends."""
        firsts = [
            place + 1
            for place in range(self.row_count - 1)
            if self._is_heading(place) and not self._is_heading(place + 1)
        ]
        if not firsts:
            return
        here = max((number for number, first in enumerate(firsts) if first <= self.cursor), default=0)
        self.go(firsts[(here + step) % len(firsts)])

    def _is_heading(self, index: int) -> bool:
        rows = self._window.rows
        return 0 <= index < len(rows) and rows[index].key.startswith(HEADING)

    def _joined(self, cells: Sequence[str], marks: Marks) -> str:
        if len(cells) == 1:
            return fit(cells[0], self.size.width - GUTTER, tail=marks.tail)
        return super()._joined(cells, marks)
