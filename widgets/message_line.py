"""What happened last, in a sentence.

Every screen has one above its keys; services' failures and the operator's successes are said here.
"""

from enum import StrEnum
from typing import ClassVar, Unpack

from widgets.band import Band, Piece, Pieces, Tone
from widgets.cells import wrap
from widgets.options import WidgetOptions


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


class MessageLine(Band):
    """Shows one message, over as many rows as the widget is high (CSS ``height``, 1 by default).

    A message that needs fewer rows keeps to the bottom, so that nothing moves when a longer one comes.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"band--good", "band--warn", "band--bad"}

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

    def rows(self) -> tuple[Pieces, ...]:
        """The mark and the text, whose further rows are indented below its first."""
        if not self._text:
            return ()
        marks = self.marks
        mark = {
            MessageKind.INFO: marks.info,
            MessageKind.GOOD: marks.good,
            MessageKind.WARN: "!",
            MessageKind.BAD: marks.bad,
        }[self._kind]
        height = max(1, self.size.height)
        first, *others = wrap(self._text, self.size.width - 2, height, marks.tail) or ("",)
        return (
            *(() for _ in range(height - 1 - len(others))),
            (Piece(mark, _TONES[self._kind]), Piece(f" {first}")),
            *((Piece(f"  {other}"),) for other in others),
        )
