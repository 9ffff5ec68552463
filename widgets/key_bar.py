"""The bottom row of a screen, which shows its keys and handles none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

from widgets.text_rows import Span, Spans, TextRows, Tone, spans_width
from widgets.widget_options import WidgetOptions

ALWAYS_SHOWN_KEYS = frozenset({"?", "F1", "Esc"})
"""Keys that stay when there is no room for all: the key page and the way back."""


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key as printed on the keyboard, and its effect in a word or two."""

    key: str
    label: str


def fitting_hints(hints: Sequence[KeyHint], width: int) -> tuple[KeyHint, ...]:
    """The hints that fit into ``width`` cells: dropped from the right, the key page and Back last."""
    always_shown = [hint for hint in hints if hint.key in ALWAYS_SHOWN_KEYS]
    optional = [hint for hint in hints if hint.key not in ALWAYS_SHOWN_KEYS]
    while optional and spans_width(hint_spans((*optional, *always_shown))) > width:
        optional.pop()
    while always_shown and spans_width(hint_spans((*optional, *always_shown))) > width:
        always_shown.pop(0)
    return (*optional, *always_shown)


def hint_spans(hints: Sequence[KeyHint]) -> Spans:
    """The hints as drawn, two cells apart."""
    spans: list[Span] = []
    for index, hint in enumerate(hints):
        gap = "  " if index < len(hints) - 1 else ""
        spans += (Span(hint.key, Tone.KEY), Span(f" {hint.label}{gap}"))
    return tuple(spans)


class KeyBar(TextRows):
    """Shows as many keys as fit, ``?`` and ``Esc`` always among them."""

    DEFAULT_CSS = "KeyBar { dock: bottom; }"

    def __init__(self, hints: Sequence[KeyHint] = (), **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self._hints = tuple(hints)

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """All hints of the screen, also those that do not fit."""
        return self._hints

    @hints.setter
    def hints(self, hints: Sequence[KeyHint]) -> None:
        if (new_hints := tuple(hints)) != self._hints:
            self._hints = new_hints
            self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """One row."""
        return (hint_spans(fitting_hints(self._hints, self.size.width)),)
