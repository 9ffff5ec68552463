"""A list of rows in columns with a cursor, drawn line by line: long lists cost one screenful."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Unpack

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from widgets.lists.columns import COLUMN_GAP, GUTTER, Column, ListRow, RowStyle, column_widths, join_cells
from widgets.lists.viewport import ListViewport, RenderedLine
from widgets.symbols import Symbols, plain_if_needed, symbols_of
from widgets.text_cells import fit
from widgets.widget_options import WidgetOptions

if TYPE_CHECKING:
    from textual.app import App

WHEEL_ROWS = 3
"""Rows that the cursor moves at one notch of the mouse wheel."""


class LineList(Widget, can_focus=True, inherit_bindings=False):
    """Rows under a cursor.

    Moving the cursor within the window repaints its symbol and the leading columns of two rows; leaving the
    window scrolls by half a page. ``active`` is true while keys move this cursor: it follows the focus, and
    a list that cannot take the focus is always active, as the keys of its screen move it.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-list--warn"}
    DEFAULT_CSS = """
    LineList {
        height: 1fr;
        width: 1fr;
        &> .line-list--warn { color: $text-warning; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Row up", show=False),
        Binding("down", "move(1)", "Row down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "first", "First row", show=False),
        Binding("end", "last", "Last row", show=False),
        Binding("enter", "select", "Select", show=False),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor moved to another row. ``index`` counts from 0."""

        line_list: "LineList"
        key: str
        index: int

        @property
        def control(self) -> "LineList":
            """The list, for ``on`` selectors."""
            return self.line_list

    @dataclass
    class Selected(Message):
        """The operator selected the row under the cursor."""

        line_list: "LineList"
        key: str

        @property
        def control(self) -> "LineList":
            """The list, for ``on`` selectors."""
            return self.line_list

    if TYPE_CHECKING:
        # Textual's applications may return anything; ours returns nothing.
        @property
        def app(self) -> "App[None]": ...

    # Textual repeats the layout of the screen whenever the virtual size changes; we scroll by ourselves.
    virtual_size = reactive(Size(0, 0), repaint=False)

    def __init__(
        self,
        *columns: Column,
        titles: bool = True,
        empty: str = "",
        leading: int = 1,
        can_focus: bool = True,
        **options: Unpack[WidgetOptions],
    ) -> None:
        """``titles`` draws a first line with the titles, ``empty`` is shown while there are no rows.

        ``leading`` is the number of columns reversed in the row under the cursor.
        """
        super().__init__(**options)
        self.can_focus = can_focus
        self._columns = columns
        self._has_titles = titles
        self._empty = empty
        self._leading_columns = leading
        self._active = not can_focus
        self._viewport = ListViewport()

    @property
    def cursor(self) -> int:
        """The index of the row under the cursor, from 0; also 0 without rows."""
        return self._viewport.cursor

    @property
    def cursor_key(self) -> str | None:
        """The key of the row under the cursor, ``None`` without rows."""
        return self._viewport.key

    @property
    def row_count(self) -> int:
        """The number of rows."""
        return len(self._viewport.rows)

    @property
    def active(self) -> bool:
        """True while keys move this cursor. Shown without colour: titles underlined, cursor reversed."""
        return self._active

    @active.setter
    def active(self, active: bool) -> None:
        if active != self._active:
            self._active = active
            if self._has_titles:
                self._repaint_line(-1, self.size.width)
            for y, line in enumerate(self._rendered_lines()):
                if line.has_cursor:
                    self._repaint_line(y, self._leading_width)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns."""
        return self._columns

    @columns.setter
    def columns(self, columns: tuple[Column, ...]) -> None:
        if columns != self._columns:
            self._columns = columns
            self.refresh()

    @property
    def empty(self) -> str:
        """The text shown while there are no rows."""
        return self._empty

    @empty.setter
    def empty(self, text: str) -> None:
        if text != self._empty:
            self._empty = text
            if not self._viewport.rows:
                self._repaint_line(0, self.size.width)

    def set_rows(self, rows: Sequence[ListRow], *, home: bool = False) -> None:
        """Show these rows and repaint the lines that differ.

        The cursor stays on the row with the same key, or at its index if that row is gone; ``home`` moves
        it to the first row.
        """
        key, lines_before, was_empty = self.cursor_key, self._rendered_lines(), not self._viewport.rows
        self._viewport.set_rows(rows, home=home)
        self.place_terminal_cursor()
        self._repaint(lines_before)
        if was_empty != (not self._viewport.rows):
            self._repaint_line(0, self.size.width)
        self._post_if_moved(key)

    def move_to(self, index: int) -> None:
        """Put the cursor on a row; an index out of bounds means the first or last row."""
        key, lines_before = self.cursor_key, self._rendered_lines()
        self._viewport.move_to(index)
        self.place_terminal_cursor()
        self._repaint(lines_before)
        self._post_if_moved(key)

    def move_to_key(self, key: str) -> bool:
        """Put the cursor on the row with this key; return False if there is none."""
        index = self._viewport.index_of(key, -1)
        if index >= 0:
            self.move_to(index)
        return index >= 0

    def move(self, step: int) -> None:
        """Move the cursor by rows; a positive ``step`` is down."""
        self.move_to(self.cursor + step)

    def page(self, step: int) -> None:
        """Move the cursor by windows."""
        self.move(step * max(1, self._viewport.height - 1))

    def first(self) -> None:
        """Put the cursor on the first row."""
        self.move_to(0)

    def last(self) -> None:
        """Put the cursor on the last row."""
        self.move_to(self.row_count - 1)

    def select(self) -> None:
        """Select the row under the cursor: post ``Selected``, unless there are no rows."""
        if (key := self.cursor_key) is not None:
            self.post_message(self.Selected(self, key))

    def place_terminal_cursor(self) -> None:
        """Put the terminal's own cursor on the selected row, for screen readers."""
        if self.has_focus:
            line = min(self._has_titles + self._viewport.cursor_line, max(0, self.size.height - 1))
            self.app.cursor_position = self.content_region.offset + Offset(0, line)

    action_move = move
    action_page = page
    action_first = first
    action_last = last
    action_select = select

    def on_focus(self, event: events.Focus) -> None:
        """Become active."""
        event.prevent_default()  # it would repaint every row
        self.has_focus = self.active = True
        self.place_terminal_cursor()
        if self.parent is not None:
            self.parent.post_message(events.DescendantFocus(self))

    def on_blur(self, event: events.Blur) -> None:
        """Become inactive."""
        event.prevent_default()
        self.has_focus = self.active = False
        if self.parent is not None:
            self.parent.post_message(events.DescendantBlur(self))

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor inside the window."""
        height = max(0, event.size.height - self._has_titles)
        lines_before = self._rendered_lines(height)
        self._viewport.resize(height)
        self.place_terminal_cursor()
        self._repaint(lines_before)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the clicked row; a double click selects it."""
        index = self._viewport.row_at(event.y - self._has_titles) if event.y >= self._has_titles else None
        if index is not None:
            self.move_to(index)
            if event.chain > 1:
                self.select()

    def on_mouse_scroll_down(self) -> None:
        """Move the cursor down."""
        self.move(WHEEL_ROWS)

    def on_mouse_scroll_up(self) -> None:
        """Move the cursor up."""
        self.move(-WHEEL_ROWS)

    def render_line(self, y: int) -> Strip:
        """The titles, or a line of the window."""
        width = self.size.width
        symbols = symbols_of(self)
        if self._has_titles and y == 0:
            titles = self._join_cells([column.title for column in self._columns], symbols)
            style = self.rich_style + Style(bold=True, underline=self._active)
            return Strip(
                [Segment(fit(" " * GUTTER + titles, width, ellipsis=symbols.ellipsis), style)], width
            )
        if not self._viewport.rows and y == self._has_titles:
            text = fit(" " * GUTTER + self._empty, width, ellipsis=symbols.ellipsis)
            return Strip([Segment(text, self._style(RowStyle.DIM))], width)
        line = self._viewport.rendered_line(y - self._has_titles, symbols)
        if line.row is None:
            return Strip([Segment(" " * width, self.rich_style)], width)
        style = self._style(line.row.style)
        if line.note is not None:
            text = plain_if_needed(fit(" " * GUTTER + line.note, width, ellipsis=symbols.ellipsis), symbols)
            return Strip([Segment(text, style)], width)
        warning = "!" if line.row.style is RowStyle.WARN else " "
        text = plain_if_needed(line.symbol + warning + self._join_cells(line.row.cells, symbols), symbols)
        text = fit(text, width, ellipsis=symbols.ellipsis)
        strip = Strip([Segment(text, style)], width)
        if not line.has_cursor:
            return strip
        lead, rest = strip.divide([self._leading_width, width])
        cursor_style = style + (Style(reverse=True) if self._active else Style(bold=True))
        return Strip.join([Strip([Segment(lead.text, cursor_style)]), rest])

    @property
    def _leading_width(self) -> int:
        leading = [
            size for size in column_widths(self._columns, self.size.width)[: self._leading_columns] if size
        ]
        return min(self.size.width, GUTTER + sum(leading) + COLUMN_GAP * max(0, len(leading) - 1))

    def _join_cells(self, cells: Sequence[str], symbols: Symbols) -> str:
        return join_cells(
            cells, self._columns, column_widths(self._columns, self.size.width), symbols.ellipsis
        )

    def _style(self, style: RowStyle) -> Style:
        match style:
            case RowStyle.NORMAL:
                return self.rich_style
            case RowStyle.DIM:
                return self.rich_style + Style(dim=True)
            case RowStyle.STRONG:
                return self.rich_style + Style(bold=True)
            case RowStyle.WARN:
                return self.rich_style + self.get_component_rich_style("line-list--warn", partial=True)

    def _rendered_lines(self, height: int | None = None) -> list[RenderedLine]:
        symbols = symbols_of(self)
        return [
            self._viewport.rendered_line(y, symbols)
            for y in range(self._viewport.height if height is None else height)
        ]

    def _repaint(self, lines_before: list[RenderedLine]) -> None:
        """Repaint the lines that changed."""
        if not self._viewport.height and self.size.height:
            # Laid out, perhaps painted, but the resize event is still queued: the lines are not known yet.
            self.refresh()
        for y, (old, new) in enumerate(zip(lines_before, self._rendered_lines(), strict=True)):
            if old != new:
                same_text = old.row == new.row and old.note == new.note
                self._repaint_line(y, self._leading_width if same_text else self.size.width)

    def _repaint_line(self, y: int, cells: int) -> None:
        self.refresh(Region(0, y + self._has_titles, cells, 1))

    def _post_if_moved(self, previous_key: str | None) -> None:
        if self.cursor_key is not None and self.cursor_key != previous_key:
            self.post_message(self.Highlighted(self, self.cursor_key, self.cursor))
