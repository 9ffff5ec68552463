"""A list to choose one row from: a store, a variant, an address, an open order, a command.

Letters narrow it, arrows move, Enter takes; the result is the row's key.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from screens.framework.commands import BACK, Command, bindings, hints, navigation_commands
from screens.framework.modal_screen import DialogScreen, TitleRow
from widgets.base_screen import BaseScreen
from widgets.key_bar import KeyBar
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.lists.line_list import LineList
from widgets.text_field import TextField

COMMANDS = (
    Command("choose.take", "enter", "select", "Take", "Take the selected row"),
    *navigation_commands("choose"),
    BACK,
)
MAX_LINES = 14
Value = TypeVar("Value")
Result = TypeVar("Result")


class SelectScreen(DialogScreen[str]):
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
        """``current_key`` is the row in force; ``initial_text`` was typed before this opened."""
        super().__init__()
        self._field = TextField(initial_text, placeholder="Letters narrow the list")
        self._title = title
        self._rows = tuple(rows)
        self._matching_rows = self._rows
        self._current_key = current_key
        self._list = self.navigated_list = LineList(*columns, can_focus=False, empty="No match.")

    def dialog_body(self) -> Iterable[Widget]:
        """Title, field, rows, keys."""
        yield TitleRow(self._title)
        yield self._field
        yield self._list
        yield KeyBar(hints(COMMANDS))

    def on_mount(self) -> None:
        """Show all rows, with the cursor on the one in force."""
        lines = sum(1 + len(row.notes) for row in self._rows)
        self._list.styles.height = min(lines + 1, MAX_LINES)
        self._list.set_rows(self._matching_rows)
        if self._current_key is not None:
            self._list.move_to_key(self._current_key)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the rows in which each typed word begins a word."""
        event.stop()
        self._filter_rows()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the selected row on Enter in the field."""
        event.stop()
        self.action_select()

    def type_ahead(self, letter: str) -> None:
        """Add a letter that was typed for this screen before it had the keys."""
        self._field.value += letter
        self._field.cursor_position = len(self._field.value)
        self._filter_rows()

    def action_select(self) -> None:
        """Close with the selected row."""
        if self._list.cursor_key is not None:
            self.close(self._list.cursor_key)

    def _filter_rows(self) -> None:
        words = self._field.value.casefold().split()
        matching = [row for row in self._rows if _matches(row, words)]
        if matching != list(self._matching_rows):
            self._matching_rows = tuple(matching)
            self._list.set_rows(matching, home=True)


@dataclass(frozen=True, slots=True)
class Choice(Generic[Value]):
    """A value and the cells of its row."""

    value: Value
    cells: tuple[str, ...]
    style: RowStyle = RowStyle.NORMAL


async def choose(
    screen: BaseScreen[Result],
    title: str,
    columns: Sequence[Column],
    choices: Sequence[Choice[Value]],
    current: Value | None = None,
) -> Choice[Value] | None:
    """Ask for one of the choices over ``screen``; None for going back. Only in a worker."""
    current_key = next((str(n) for n, choice in enumerate(choices) if choice.value == current), None)
    rows = [ListRow(str(n), choice.cells, choice.style) for n, choice in enumerate(choices)]
    key = await screen.ask(SelectScreen(title, columns, rows, current_key=current_key))
    return None if key is None else choices[int(key)]


def _matches(row: ListRow, words: list[str]) -> bool:
    row_words = " ".join(row.cells).casefold().split()
    return all(any(part.startswith(word) for part in row_words) for word in words)
