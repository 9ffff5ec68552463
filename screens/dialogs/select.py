"""A list to choose one thing from: a store, a variant, a category, an open order, a command.

Letters narrow it, arrows move, Enter takes; the answer is the row's key, ``None`` for going back.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from screens.framework.commands import BACK, Command, bindings, hints, navigation_commands
from screens.framework.list_navigation import ListNavigation
from screens.framework.modal_screen import DialogScreen, TitleRow
from widgets.key_bar import KeyBar
from widgets.lists.columns import Column, ListRow
from widgets.lists.line_list import LineList
from widgets.text_field import TextField

COMMANDS = (
    Command("choose.take", "enter", "select", "Take", "Take the marked row"),
    *navigation_commands("choose"),
    BACK,
)
MAX_LINES = 14


class SelectScreen(ListNavigation, DialogScreen[str]):
    """Rows over the screen below."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    AUTO_FOCUS = "TextField"
    DEFAULT_CSS = "SelectScreen > .box { width: 72; & TextField { width: 100%; } }"

    def __init__(
        self,
        title: str,
        columns: Sequence[Column],
        rows: Sequence[ListRow],
        *,
        current_key: str | None = None,
        initial_text: str = "",
    ) -> None:
        """``at`` is the key of the row that is in force, ``typed`` what was typed before this was opened."""
        super().__init__()
        self._field = TextField(initial_text, placeholder="Letters narrow the list")
        self._title = title
        self._rows = tuple(rows)
        self._matching_rows = self._rows
        self._current_key = current_key
        self._list = LineList(*columns, can_focus=False, empty="Nothing begins like that.")

    def dialog_body(self) -> Iterable[Widget]:
        """Title, field, rows, keys."""
        yield TitleRow(self._title)
        yield self._field
        yield self._list
        yield KeyBar(hints(COMMANDS))

    def on_mount(self) -> None:
        """Show all rows, with the cursor on the one that is in force."""
        lines = sum(1 + len(row.notes) for row in self._rows)
        self._list.styles.height = min(lines + 1, MAX_LINES)
        self._list.set_rows(self._matching_rows)
        if self._current_key is not None:
            self._list.move_to_key(self._current_key)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the rows in which some word begins with each word typed."""
        event.stop()
        self._filter_rows()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field takes the marked row."""
        event.stop()
        self.action_select()

    def type_ahead(self, letter: str) -> None:
        """A letter that was typed for this screen before it had the keys."""
        self._field.value += letter
        self._field.cursor_position = len(self._field.value)
        self._filter_rows()

    def action_select(self) -> None:
        """Answer with the marked row."""
        if self._list.cursor_key is not None:
            self.close(self._list.cursor_key)

    def _filter_rows(self) -> None:
        words = self._field.value.casefold().split()
        matching = [row for row in self._rows if _matches(row, words)]
        if matching != list(self._matching_rows):
            self._matching_rows = tuple(matching)
            self._list.set_rows(matching, home=True)


def _matches(row: ListRow, words: list[str]) -> bool:
    row_words = " ".join(row.cells).casefold().split()
    return all(any(part.startswith(word) for part in row_words) for word in words)
