"""The state of a list: its rows, its cursor and the lines in its window. Draws nothing."""

from collections.abc import Sequence
from typing import NamedTuple

from widgets.lists.columns import ListRow
from widgets.symbols import Symbols


class RenderedLine(NamedTuple):
    """One line of the window; equal values look the same."""

    row: ListRow | None
    note: str | None = None
    symbol: str = " "
    has_cursor: bool = False


BLANK_LINE = RenderedLine(None)


class ListViewport:
    """A cursor that stays on the rows, and a window that stays around the cursor.

    A row takes one line, and one more for each of its notes. When the cursor leaves the window, the window
    scrolls until the cursor is in its middle: scrolling by lines would repaint the whole list at each key.
    """

    def __init__(self) -> None:
        self.rows: tuple[ListRow, ...] = ()
        self.cursor = 0
        self.top = 0
        self.height = 0
        self._lines: list[tuple[int, str | None]] = []  # row index and note of each line
        self._first_lines: list[int] = []  # first line of each row

    @property
    def key(self) -> str | None:
        """The key of the row under the cursor, ``None`` without rows."""
        return self.rows[self.cursor].key if self.rows else None

    def set_rows(self, rows: Sequence[ListRow], *, home: bool = False) -> None:
        """Replace the rows; the cursor stays on its key, or at its index if the key is gone."""
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
        """The index of the row with this key, or ``default``."""
        return next((index for index, row in enumerate(self.rows) if row.key == key), default)

    def move_to(self, index: int) -> None:
        """Put the cursor on a row; an index out of bounds means the first or last row."""
        self.cursor = max(0, min(index, len(self.rows) - 1))
        self._scroll_to_cursor()

    def resize(self, height: int) -> None:
        """Set the height of the window in lines."""
        self.height = max(0, height)
        self._scroll_to_cursor()

    @property
    def cursor_line(self) -> int:
        """The window line with the cursor, 0 without rows."""
        return self._first_lines[self.cursor] - self.top if self.rows else 0

    def row_at(self, y: int) -> int | None:
        """The index of the row at line ``y`` of the window, ``None`` below the last row."""
        if not 0 <= y + self.top < len(self._lines):
            return None
        return self._lines[y + self.top][0]

    def rendered_line(self, y: int, symbols: Symbols) -> RenderedLine:
        """The content of line ``y`` of the window."""
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
