"""A list with headings, such as toppings under their groups; the cursor skips the headings."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from widgets.lists.columns import GUTTER, ListRow, RowStyle
from widgets.lists.line_list import LineList
from widgets.symbols import Symbols
from widgets.text_cells import fit

HEADING_PREFIX = "#"
"""Prefix of the keys of headings."""


def heading_row(key: str, text: str) -> ListRow:
    """A heading across all columns."""
    return ListRow(f"{HEADING_PREFIX}{key}", (text,), RowStyle.STRONG)


class GroupedList(LineList, inherit_bindings=False):
    """Rows under headings. Only Home and End are bound here; other keys belong to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home", "first", "First row", show=False),
        Binding("end", "last", "Last row", show=False),
    ]

    def set_rows(self, rows: Sequence[ListRow], *, home: bool = False) -> None:
        """Show these rows, with the cursor on a row that is not a heading."""
        super().set_rows(rows, home=home)
        if self._is_heading(self.cursor):
            self.move_to(self.cursor)

    def move_to(self, index: int) -> None:
        """Put the cursor on a row; from a heading it goes on in the same direction."""
        index = max(0, min(index, self.row_count - 1))
        down = range(index, self.row_count)
        up = range(index, -1, -1)
        candidates = (*down, *up) if index >= self.cursor else (*up, *down)
        super().move_to(
            next((candidate for candidate in candidates if not self._is_heading(candidate)), index)
        )

    def move_to_group(self, step: int) -> None:
        """Put the cursor on the first row of the next or previous group, cyclically."""
        first_rows = [
            index + 1
            for index in range(self.row_count - 1)
            if self._is_heading(index) and not self._is_heading(index + 1)
        ]
        if not first_rows:
            return
        current_group = max(
            (number for number, first in enumerate(first_rows) if first <= self.cursor), default=0
        )
        self.move_to(first_rows[(current_group + step) % len(first_rows)])

    def _is_heading(self, index: int) -> bool:
        rows = self._viewport.rows
        return 0 <= index < len(rows) and rows[index].key.startswith(HEADING_PREFIX)

    def _join_cells(self, cells: Sequence[str], symbols: Symbols) -> str:
        if len(cells) == 1:
            return fit(cells[0], self.size.width - GUTTER, ellipsis=symbols.ellipsis)
        return super()._join_cells(cells, symbols)
