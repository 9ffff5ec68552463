"""One question with one line of text for an answer: a voucher's code, a note, an amount.

Enter answers with what is in the field, Escape leaves everything as it was.
"""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from screens.framework.commands import BACK, Command, bindings, hints
from screens.framework.modal_screen import DialogScreen, TitleRow
from widgets.key_bar import KeyBar
from widgets.text_field import TextField

COMMANDS = (Command("ask.take", "enter", "submit", "Take", "Answer with what is typed"), BACK)


class PromptScreen(DialogScreen[str]):
    """Answers with the text; an empty one is an answer, too."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    AUTO_FOCUS = "TextField"
    DEFAULT_CSS = "PromptScreen > .box { width: 70; & TextField { width: 100%; } }"

    def __init__(
        self,
        question: str,
        *,
        value: str = "",
        placeholder: str = "",
        restrict: str | None = None,
        select_value: bool = False,
    ) -> None:
        """``replaces`` marks the value that is there, so that what is typed takes its place."""
        super().__init__()
        self._question = question
        self._field = TextField(value, placeholder=placeholder, restrict=restrict, max_length=200)
        self._field.select_on_focus = select_value

    def dialog_body(self) -> Iterable[Widget]:
        """The question, the field, the keys."""
        yield TitleRow(self._question)
        yield self._field
        yield KeyBar(hints(COMMANDS))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field."""
        event.stop()
        self.action_submit()

    def action_submit(self) -> None:
        """Answer with what is typed."""
        self.close(self._field.value.strip())
