"""A question answered with a short text: a voucher code, a note, an amount."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from screens.framework.commands import BACK, Command, bindings, hints
from screens.framework.modal_screen import DialogScreen, TitleRow
from widgets.key_bar import KeyBar
from widgets.text_field import TextField

COMMANDS = (Command("ask.take", "enter", "submit", "Take", "Use the typed text"), BACK)


class PromptScreen(DialogScreen[str]):
    """Closes with the text, which may be empty."""

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
        """``select_value`` selects the value, so that typing replaces it."""
        super().__init__()
        self._title = TitleRow(question)
        self._field = TextField(value, placeholder=placeholder, restrict=restrict)
        self._field.select_on_focus = select_value

    def dialog_body(self) -> Iterable[Widget]:
        """Return question, field and keys."""
        yield self._title
        yield self._field
        yield KeyBar(hints(COMMANDS))

    def on_text_field_full(self, event: TextField.Full) -> None:
        """Show the sentence in place of the question."""
        event.stop()
        self._title.text = event.sentence

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close on Enter in the field."""
        event.stop()
        self.action_submit()

    def action_submit(self) -> None:
        """Close with the typed text."""
        self.close(self._field.value.strip())
