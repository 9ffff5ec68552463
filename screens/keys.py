"""The keys page: every command of the screen below, with its keys and what it does."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen

from screens.commands import EVERYWHERE, Command, bindings
from widgets.band import Band, Piece, Tone

CLOSE = Command("keys.close", "escape,f12,f1,question_mark,enter", "close", "Back", "Close this page")


class KeysPage(Band):
    """Two columns: keys, and what they do."""

    DEFAULT_CSS = "KeysPage { height: auto; }"

    def __init__(self, title: str, commands: tuple[Command, ...]) -> None:
        super().__init__()
        self._title = title
        self._commands = commands
        self.styles.height = len(commands) + 2

    def rows(self) -> tuple[tuple[Piece, ...], ...]:
        """A title, a gap, and one row for each command."""
        title = (Piece(f"Keys: {self._title}", Tone.STRONG),)
        return (title, (), *(self._row(command) for command in self._commands))

    def _row(self, command: Command) -> tuple[Piece, ...]:
        return (Piece(f"{'  '.join(command.key_names):<16}", Tone.STRONG), Piece(command.help))


class KeysScreen(ModalScreen[None]):
    """Closed by any of the keys that lead back."""

    BINDINGS: ClassVar[list[BindingType]] = bindings([CLOSE])
    DEFAULT_CSS = """
    KeysScreen {
        align: center middle;
        background: $background;
        &> KeysPage { width: 76; }
    }
    """

    def __init__(self, title: str, commands: tuple[Command, ...]) -> None:
        super().__init__()
        self._title = title
        self._commands = commands

    def compose(self) -> ComposeResult:
        """The page."""
        shown = dict.fromkeys((*self._commands, *EVERYWHERE, CLOSE))
        yield KeysPage(self._title, tuple(shown))

    def action_close(self) -> None:
        """Back to the screen below."""
        self.dismiss()
