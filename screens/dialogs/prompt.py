"""A question answered with a short text: a voucher code, a note, an amount."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from console.ordering.number_input import NumberInputError
from screens.framework.commands import BACK, Command, bindings, hints
from screens.framework.modal_screen import DialogScreen, TitleRow
from widgets.key_bar import KeyBar
from widgets.message_line import MessageKind, MessageLine
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
        parse: Callable[[str], object] = str,
        select_value: bool = False,
    ) -> None:
        """``select_value`` selects the value, so that typing replaces it.

        ``parse`` raises ``NumberInputError`` for a text that cannot be used: the question stays open and
        says why.
        """
        super().__init__()
        self._question = question
        self._parse = parse
        self._field = TextField(value, placeholder=placeholder)
        self._message_line = MessageLine()
        self._field.select_on_focus = select_value

    def dialog_body(self) -> Iterable[Widget]:
        """Return question, field and keys."""
        yield TitleRow(self._question)
        yield self._field
        yield self._message_line
        yield KeyBar(hints(COMMANDS))

    def on_text_field_full(self, event: TextField.Full) -> None:
        """Show the sentence below the field."""
        event.stop()
        self._message_line.show(MessageKind.WARN, event.sentence)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close on Enter in the field."""
        event.stop()
        self.action_submit()

    def action_submit(self) -> None:
        """Close with the typed text, if it can be used."""
        text = self._field.value.strip()
        try:
            self._parse(text)
        except NumberInputError as error:
            self._message_line.show(MessageKind.WARN, str(error))
        else:
            self.close(text)
