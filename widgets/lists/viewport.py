"""Rows, a cursor among them, and which of their lines a window of some height shows. Draws nothing.

The line list keeps its state here.
"""

from collections.abc import Sequence
from typing import NamedTuple

from widgets.lists.columns import ListRow
from widgets.symbols import Symbols


class RenderedLine(NamedTuple):
    """What one line of the window shows; lines whose faces are equal look the same."""

    row: ListRow | None
    note: str | None = None
    symbol: str = " "
    has_cursor: bool = False


BLANK_LINE = RenderedLine(None)


class ListViewport:
    """A cursor that never leaves the rows, and a window that never leaves the cursor.

    A row takes one line, and one more for each of its notes. When the cursor leaves the window, the window
    turns so that the cursor is in its middle: a list that scrolled by lines would be drawn anew at each key.
    """

    def __init__(self) -> None:
        self.rows: tuple[ListRow, ...] = ()
        self.cursor = 0
        self.top = 0
        self.height = 0
        self._lines: list[tuple[int, str | None]] = []  # for each line its row's index, and its note
        self._first_lines: list[int] = []  # for each row its first line

    @property
    def key(self) -> str | None:
        """The key of the row under the cursor, ``None`` when there are no rows."""
        return self.rows[self.cursor].key if self.rows else None

    def set_rows(self, rows: Sequence[ListRow], *, home: bool = False) -> None:
        """Take other rows; the cursor stays on its key, or at its index where that key is gone."""
        key = self.key
        self.rows = tuple(rows)
        self._lines, self._first_lines = [], []
        for index, row in enumerate(self.rows):
            self._first_lines.append(len(self._lines))
            self._lines += ((index, None), *((index, note) for note in row.notes))
        self.cursor = 0 if home else min(self.cursor, max(0, len(self.rows) - 1))
        if not home and key is not None and self.key != key:
            self.cursor = self.index_of(key, self.cursor)
        self._scroll_to_cursor()

    def index_of(self, key: str, default: int) -> int:
        """The index of the row with this key, ``default`` where there is none."""
        return next((index for index, row in enumerate(self.rows) if row.key == key), default)

    def move_to(self, index: int) -> None:
        """Put the cursor on a row; out of bounds means the first or the last one."""
        self.cursor = max(0, min(index, len(self.rows) - 1))
        self._scroll_to_cursor()

    def resize(self, height: int) -> None:
        """Give the window so many lines."""
        self.height = max(0, height)
        self._scroll_to_cursor()

    @property
    def cursor_line(self) -> int:
        """The window's line that the cursor is on, 0 when there are no rows."""
        return self._first_lines[self.cursor] - self.top if self.rows else 0

    def row_at(self, y: int) -> int | None:
        """The index of the row that the window's line ``y`` belongs to, ``None`` below the last one."""
        if not 0 <= y + self.top < len(self._lines):
            return None
        return self._lines[y + self.top][0]

    def rendered_line(self, y: int, symbols: Symbols) -> RenderedLine:
        """What the window's line ``y`` shows."""
        if not 0 <= y + self.top < len(self._lines):
            return BLANK_LINE
        index, note = self._lines[y + self.top]
        if note is not None:
            return RenderedLine(self.rows[index], note)
        if index == self.cursor:
            return RenderedLine(self.rows[index], symbol=symbols.cursor, has_cursor=True)
        if y == 0 and self.top:
            return RenderedLine(self.rows[index], symbol=symbols.more_above)
        if y == self.height - 1 and y + self.top < len(self._lines) - 1:
            return RenderedLine(self.rows[index], symbol=symbols.more_below)
        return RenderedLine(self.rows[index])

    def _scroll_to_cursor(self) -> None:
        if not self.rows or not self.height:
            self.top = 0
            return
        first = self._first_lines[self.cursor]
        last = first + min(len(self.rows[self.cursor].notes), self.height - 1)
        if not self.top <= first <= last < self.top + self.height:
            self.top = max(last + 1 - self.height, first - self.height // 2)
        self.top = max(0, min(self.top, len(self._lines) - self.height))
