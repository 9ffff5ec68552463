"""The keys page: every command of the screen below, with its keys and its help."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from screens.framework.commands import Command, bindings, hints
from screens.framework.modal_screen import DialogScreen, TitleRow
from widgets.key_bar import KeyBar
from widgets.lists.columns import Column, ListRow, RowStyle
from widgets.lists.line_list import LineList

CLOSE = Command("keys.close", "escape,f12,f1,question_mark,enter", "back", "Back", "Close this page")
COLUMNS = (Column("Keys", 20), Column("What they do"))


class HelpScreen(DialogScreen[None]):
    """Any of the back keys closes it; arrows scroll in a low window."""

    BINDINGS: ClassVar[list[BindingType]] = bindings([CLOSE])
    AUTO_FOCUS = "LineList"
    DEFAULT_CSS = "HelpScreen > .box { width: 80; max-height: 100%; }"

    def __init__(
        self,
        title: str,
        commands: Sequence[Command],
        letter_commands: Sequence[Command],
        global_commands: Sequence[Command],
    ) -> None:
        super().__init__()
        self._title = title
        shown_ids = {command.id for command in commands}
        self._rows = [
            *_rows(commands),
            *_section("In the list (no text field active)", letter_commands),
            *_section("On every screen", [c for c in global_commands if c.id not in shown_ids]),
        ]
        self._list = LineList(*COLUMNS, titles=False)

    def dialog_body(self) -> Iterable[Widget]:
        """Return title, keys, and the key that closes it."""
        yield TitleRow(f"Keys: {self._title}")
        yield self._list
        yield KeyBar(hints([CLOSE]))

    def on_mount(self) -> None:
        """Fit the height to the page or the window."""
        self._list.styles.height = min(len(self._rows), self.app.size.height - 4)
        self._list.set_rows(self._rows)


def _section(title: str, commands: Sequence[Command]) -> list[ListRow]:
    rows = _rows(commands)
    return [ListRow("", ()), ListRow("", ("", title), RowStyle.STRONG), *rows] if rows else []


def _rows(commands: Sequence[Command]) -> list[ListRow]:
    return [ListRow(c.id, (c.key_names, c.help)) for c in commands if c.help]
