"""A question with one key for yes; every other way closes it and changes nothing."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from console.services.events import PendingWork
from screens.framework.commands import BACK, Command, bindings, hints
from screens.framework.modal_screen import DialogScreen
from widgets.key_bar import KeyBar
from widgets.text_cells import wrap
from widgets.text_rows import Span, Spans, TextRows

COMMANDS = (Command("confirm.yes", "enter,y", "yes", "Yes", "Do it"), BACK)
WIDTH = 64
"""Width of the text in cells."""
MAX_QUESTION_ROWS, MAX_SENTENCE_ROWS = 8, 3
"""Rows for the question, which is never cut, and for each sentence after it."""


class DialogText(TextRows):
    """Sentences, each on its own rows."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__()
        rows = (MAX_QUESTION_ROWS, *(MAX_SENTENCE_ROWS for _ in sentences[1:]))
        wrapped = (
            wrap(sentence, WIDTH, max_rows) for sentence, max_rows in zip(sentences, rows, strict=True)
        )
        self._lines = tuple(line for lines in wrapped for line in lines)
        self.styles.height = len(self._lines)

    def rows(self) -> tuple[Spans, ...]:
        """Return the rows of the sentences."""
        return tuple((Span(line),) for line in self._lines)


class ConfirmScreen(DialogScreen[bool]):
    """Closes with True for a yes."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    DEFAULT_CSS = """
    ConfirmScreen > .box {
        width: 70;
        padding: 1 2;
        & DialogText { margin-bottom: 1; }
    }
    """

    def __init__(self, *sentences: str) -> None:
        super().__init__()
        self._sentences = sentences

    def dialog_body(self) -> Iterable[Widget]:
        """Return the question and its keys."""
        yield DialogText(self._sentences)
        yield KeyBar(hints(COMMANDS))

    def action_yes(self) -> None:
        """Close with True."""
        self.close(True)


def pending_work_text(pending_work: PendingWork) -> tuple[str, ...]:
    """Return what happens to unsent work when the operator leaves."""
    if not pending_work.has_work:
        return ()
    sentences = [
        f"1 {what} is not {where} yet." if count == 1 else f"{count} {what}s are not {where} yet."
        for count, what, where in (
            (pending_work.orders, "order", "placed"),
            (pending_work.lines, "line", "on the platform"),
        )
        if count
    ]
    return (*sentences, "Unsent work stays on this machine and is sent when you sign in again.")
