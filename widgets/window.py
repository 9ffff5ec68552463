"""Rows, a cursor among them, and which of their lines a window of some height shows. Draws nothing.

The line list keeps its state here.
"""

from collections.abc import Sequence
from typing import NamedTuple

from widgets.columns import Row
from widgets.marks import Marks


class Face(NamedTuple):
    """What one line of the window shows; lines whose faces are equal look the same."""

    row: Row | None
    note: str | None = None
    mark: str = " "
    has_cursor: bool = False


BLANK = Face(None)


class ListWindow:
    """A cursor that never leaves the rows, and a window that never leaves the cursor.

    A row takes one line, and one more for each of its notes. When the cursor leaves the window, the window
    turns so that the cursor is in its middle: a list that scrolled by lines would be drawn anew at each key.
    """

    def __init__(self) -> None:
        self.rows: tuple[Row, ...] = ()
        self.cursor = 0
        self.top = 0
        self.height = 0
        self._lines: list[tuple[int, str | None]] = []  # for each line its row's index, and its note
        self._starts: list[int] = []  # for each row its first line

    @property
    def key(self) -> str | None:
        """The key of the row under the cursor, ``None`` when there are no rows."""
        return self.rows[self.cursor].key if self.rows else None

    def set_rows(self, rows: Sequence[Row], *, home: bool = False) -> None:
        """Take other rows; the cursor stays on its key, or at its index where that key is gone."""
        key = self.key
        self.rows = tuple(rows)
        self._lines, self._starts = [], []
        for index, row in enumerate(self.rows):
            self._starts.append(len(self._lines))
            self._lines += ((index, None), *((index, note) for note in row.notes))
        self.cursor = 0 if home else min(self.cursor, max(0, len(self.rows) - 1))
        if not home and key is not None and self.key != key:
            self.cursor = self.index_of(key, self.cursor)
        self._follow()

    def index_of(self, key: str, default: int) -> int:
        """The index of the row with this key, ``default`` where there is none."""
        return next((index for index, row in enumerate(self.rows) if row.key == key), default)

    def go(self, index: int) -> None:
        """Put the cursor on a row; out of bounds means the first or the last one."""
        self.cursor = max(0, min(index, len(self.rows) - 1))
        self._follow()

    def resize(self, height: int) -> None:
        """Give the window so many lines."""
        self.height = max(0, height)
        self._follow()

    @property
    def cursor_line(self) -> int:
        """The window's line that the cursor is on, 0 when there are no rows."""
        return self._starts[self.cursor] - self.top if self.rows else 0

    def row_at(self, y: int) -> int | None:
        """The index of the row that the window's line ``y`` belongs to, ``None`` below the last one."""
        if not 0 <= y + self.top < len(self._lines):
            return None
        return self._lines[y + self.top][0]

    def face(self, y: int, marks: Marks) -> Face:
        """What the window's line ``y`` shows."""
        if not 0 <= y + self.top < len(self._lines):
            return BLANK
        index, note = self._lines[y + self.top]
        if note is not None:
            return Face(self.rows[index], note)
        if index == self.cursor:
            return Face(self.rows[index], mark=marks.cursor, has_cursor=True)
        if y == 0 and self.top:
            return Face(self.rows[index], mark=marks.above)
        if y == self.height - 1 and y + self.top < len(self._lines) - 1:
            return Face(self.rows[index], mark=marks.below)
        return Face(self.rows[index])

    def _follow(self) -> None:
        if not self.rows or not self.height:
            self.top = 0
            return
        first = self._starts[self.cursor]
        last = first + min(len(self.rows[self.cursor].notes), self.height - 1)
        if not self.top <= first <= last < self.top + self.height:
            self.top = max(last + 1 - self.height, first - self.height // 2)
        self.top = max(0, min(self.top, len(self._lines) - self.height))
