"""One question with one key for yes; every other way leads back and changes nothing."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from screens.commands import BACK, Command, bindings, hints
from widgets.band import Band, Piece, Pieces
from widgets.key_bar import KeyBar

COMMANDS = (Command("confirm.yes", "enter,y", "yes", "Yes", "Do it"), BACK)


class Question(Band):
    """A few sentences, one a row."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__()
        self._lines = lines
        self.styles.height = len(lines)

    def rows(self) -> tuple[Pieces, ...]:
        """The sentences."""
        return tuple((Piece(line),) for line in self._lines)


class ConfirmScreen(ModalScreen[bool]):
    """Answers true only for a yes."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    DEFAULT_CSS = """
    ConfirmScreen {
        align: center middle;
        background: $background 0%;
        &> Vertical {
            width: 70;
            height: auto;
            background: $surface;
            border: solid $foreground;
            padding: 1 2;
            &> Question { margin-bottom: 1; }
            &> KeyBar { dock: none; }
        }
    }
    """

    def __init__(self, *lines: str) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        """The question and its keys."""
        with Vertical():
            yield Question(self._lines)
            yield KeyBar(hints(COMMANDS))

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)

    def action_back(self) -> None:
        """Answer no."""
        self.dismiss(False)
