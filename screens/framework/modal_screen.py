"""A dialog: a framed box over a screen that takes every key until Escape closes it."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget

from console.services.events import Event
from widgets.base_screen import BaseScreen
from widgets.text_rows import Span, Spans, TextRows, Tone
from widgets.window_too_small import WindowTooSmall

Result = TypeVar("Result")


class TitleRow(TextRows):
    """A title in one row."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    @property
    def text(self) -> str:
        """The title shown."""
        return self._text

    @text.setter
    def text(self, text: str) -> None:
        self._text = text
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """Return the title."""
        return ((Span(self._text, Tone.STRONG),),)


class DialogScreen(BaseScreen[Result], ModalScreen[Result], Generic[Result]):
    """A box over the screen below, which stays visible around it."""

    DEFAULT_CSS = """
    DialogScreen {
        align: center middle;
        background: transparent;
        &:ansi { background: transparent; }
        &> .box {
            width: 64;
            height: auto;
            max-height: 24;
            background: $surface;
            border: solid $foreground;
            padding: 0 1;
            & KeyBar { dock: none; }
        }
    }
    """

    def compose(self) -> ComposeResult:
        """Return the box."""
        yield Vertical(*self.dialog_body(), classes="box")
        yield WindowTooSmall()

    def dialog_body(self) -> Iterable[Widget]:
        """Return the content from top to bottom."""
        return ()

    def handle_event(self, event: Event) -> None:
        """Ignore the event: most dialogs get all they show when they open."""

    def action_back(self) -> None:
        """Close without a result."""
        self.close()
