"""The message above the keys: the last success, failure or notice, in a sentence."""

from enum import StrEnum
from typing import ClassVar, Unpack

from widgets.text_cells import wrap
from widgets.text_rows import Span, Spans, TextRows, Tone
from widgets.widget_options import WidgetOptions


class MessageKind(StrEnum):
    """The kind of a message; each has its own symbol before the text."""

    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


_TONES = {
    MessageKind.INFO: Tone.PLAIN,
    MessageKind.GOOD: Tone.GOOD,
    MessageKind.WARN: Tone.WARN,
    MessageKind.BAD: Tone.BAD,
}


class MessageLine(TextRows):
    """Shows one message, over as many rows as the widget is high (CSS ``height``, 1 by default).

    A shorter message stays at the bottom, so that nothing moves when a longer one follows. While there is
    none, the ``standing`` notice is shown: what stays true until somebody changes it.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-rows--good", "text-rows--warn", "text-rows--bad"}

    def __init__(self, *, standing: str = "", **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self._kind = MessageKind.INFO
        self._text = ""
        self._standing = standing

    @property
    def kind(self) -> MessageKind:
        """The kind of the message."""
        return self._kind

    @property
    def text(self) -> str:
        """The message, empty when there is none."""
        return self._text

    def show(self, kind: MessageKind, text: str) -> None:
        """Show a message instead of the last one."""
        self._kind, self._text = kind, text
        self.repaint()

    def clear_message(self) -> None:
        """Show nothing but the standing notice."""
        self.show(MessageKind.INFO, "")

    def show_standing(self, text: str) -> None:
        """Show another standing notice, or with an empty text none."""
        if text != self._standing:
            self._standing = text
            self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """The symbol and the text; continuation rows are indented."""
        text, kind = self._text, self._kind
        if not text:
            text, kind = self._standing, MessageKind.WARN
        if not text:
            return ()
        symbols = self.symbols
        symbol = {
            MessageKind.INFO: symbols.info,
            MessageKind.GOOD: symbols.good,
            MessageKind.WARN: "!",
            MessageKind.BAD: symbols.bad,
        }[kind]
        height = max(1, self.size.height)
        first, *continuation = wrap(text, self.size.width - 2, height, symbols.ellipsis) or ("",)
        return (
            *(() for _ in range(height - 1 - len(continuation))),
            (Span(symbol, _TONES[kind]), Span(f" {first}")),
            *((Span(f"  {line}"),) for line in continuation),
        )
