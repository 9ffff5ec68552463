"""What lies over a screen: a framed box in its middle, closed by Escape, that takes every key meanwhile.

The base of everything that chooses, asks or explains.
"""

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
    """One row that stands out."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def rows(self) -> tuple[Spans, ...]:
        """The text."""
        return ((Span(self._text, Tone.STRONG),),)


class DialogScreen(BaseScreen[Result], ModalScreen[Result], Generic[Result]):
    """A box over the screen below, which stays in sight around it."""

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
        """The box."""
        yield Vertical(*self.dialog_body(), classes="box")
        yield WindowTooSmall()

    def dialog_body(self) -> Iterable[Widget]:
        """What is in it, from top to bottom."""
        return ()

    def handle_event(self, event: Event) -> None:
        """Something is different at the desk; most boxes were told all they show when they were opened."""

    def action_back(self) -> None:
        """Close it; nothing is answered."""
        self.close()
