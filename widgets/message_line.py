"""What happened last, in a sentence.

Every screen has one above its keys; services' failures and the operator's successes are said here.
"""

from enum import StrEnum
from typing import ClassVar, Unpack

from widgets.text_cells import wrap
from widgets.text_rows import Span, Spans, TextRows, Tone
from widgets.widget_options import WidgetOptions


class MessageKind(StrEnum):
    """How a message is meant. Each kind has a mark of its own before the text."""

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

    A message that needs fewer rows keeps to the bottom, so that nothing moves when a longer one comes.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-rows--good", "text-rows--warn", "text-rows--bad"}

    def __init__(self, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self._kind = MessageKind.INFO
        self._text = ""

    @property
    def kind(self) -> MessageKind:
        """How the message is meant."""
        return self._kind

    @property
    def text(self) -> str:
        """The message, empty when there is none."""
        return self._text

    def show(self, kind: MessageKind, text: str) -> None:
        """Show a message in place of the last one."""
        self._kind, self._text = kind, text
        self.repaint()

    def clear_message(self) -> None:
        """Show nothing."""
        self.show(MessageKind.INFO, "")

    def rows(self) -> tuple[Spans, ...]:
        """The mark and the text, whose further rows are indented below its first."""
        if not self._text:
            return ()
        symbols = self.symbols
        symbol = {
            MessageKind.INFO: symbols.info,
            MessageKind.GOOD: symbols.good,
            MessageKind.WARN: "!",
            MessageKind.BAD: symbols.bad,
        }[self._kind]
        height = max(1, self.size.height)
        first, *continuation = wrap(self._text, self.size.width - 2, height, symbols.ellipsis) or ("",)
        return (
            *(() for _ in range(height - 1 - len(continuation))),
            (Span(symbol, _TONES[self._kind]), Span(f" {first}")),
            *((Span(f"  {line}"),) for line in continuation),
        )
