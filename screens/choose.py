"""A list to choose one thing from: a store, a variant, a category, an open order, a command.

Letters narrow it, arrows move, Enter takes; the answer is the row's key, ``None`` for going back.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from screens.commands import BACK, Command, bindings, hints, moving
from screens.moving import MovesMark
from screens.over import OverScreen, Title
from widgets.key_bar import KeyBar
from widgets.lists.columns import Column, ListRow
from widgets.lists.line_list import LineList
from widgets.text_field import TextField

COMMANDS = (
    Command("choose.take", "enter", "take", "Take", "Take the marked row"),
    *moving("choose"),
    BACK,
)
MOST_LINES = 14


class ChooseScreen(MovesMark, OverScreen[str]):
    """Rows over the screen below."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    AUTO_FOCUS = "TextField"
    DEFAULT_CSS = "ChooseScreen > .box { width: 72; & TextField { width: 100%; } }"

    def __init__(
        self,
        title: str,
        columns: Sequence[Column],
        rows: Sequence[ListRow],
        *,
        at: str | None = None,
        typed: str = "",
    ) -> None:
        """``at`` is the key of the row that is in force, ``typed`` what was typed before this was opened."""
        super().__init__()
        self._field = TextField(typed, placeholder="Letters narrow the list")
        self._title = title
        self._rows = tuple(rows)
        self._fitting = self._rows
        self._at = at
        self._list = LineList(*columns, can_focus=False, empty="Nothing begins like that.")

    def box(self) -> Iterable[Widget]:
        """Title, field, rows, keys."""
        yield Title(self._title)
        yield self._field
        yield self._list
        yield KeyBar(hints(COMMANDS))

    def on_mount(self) -> None:
        """Show all rows, with the cursor on the one that is in force."""
        lines = sum(1 + len(row.notes) for row in self._rows)
        self._list.styles.height = min(lines + 1, MOST_LINES)
        self._list.set_rows(self._fitting)
        if self._at is not None:
            self._list.move_to_key(self._at)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the rows in which some word begins with each word typed."""
        event.stop()
        self._narrow()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field takes the marked row."""
        event.stop()
        self.action_take()

    def type_ahead(self, letter: str) -> None:
        """A letter that was typed for this screen before it had the keys."""
        self._field.value += letter
        self._field.cursor_position = len(self._field.value)
        self._narrow()

    def action_take(self) -> None:
        """Answer with the marked row."""
        if self._list.cursor_key is not None:
            self.close(self._list.cursor_key)

    def _narrow(self) -> None:
        words = self._field.value.casefold().split()
        fitting = [row for row in self._rows if _fits(row, words)]
        if fitting != list(self._fitting):
            self._fitting = tuple(fitting)
            self._list.set_rows(fitting, home=True)


def _fits(row: ListRow, words: list[str]) -> bool:
    begun = " ".join(row.cells).casefold().split()
    return all(any(part.startswith(word) for part in begun) for word in words)
