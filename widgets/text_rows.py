"""Rows of styled text, repainted only where they changed: the base of widgets without a cursor."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from widgets.symbols import Symbols, plain_if_needed, symbols_of
from widgets.text_cells import clean, fit


class Tone(StrEnum):
    """The emphasis of a text. A tone repeats what the text says, and never says it alone."""

    PLAIN = "plain"
    STRONG = "strong"
    DIM = "dim"
    KEY = "key"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


_TONE_STYLES = {
    Tone.PLAIN: Style.null(),
    Tone.STRONG: Style(bold=True),
    Tone.DIM: Style(dim=True),
    Tone.KEY: Style(reverse=True),
    Tone.GOOD: Style(bold=True),
    Tone.WARN: Style(bold=True),
    Tone.BAD: Style(bold=True, reverse=True),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one tone."""

    text: str
    tone: Tone = Tone.PLAIN


Spans = tuple[Span, ...]
"""One row, from left to right."""


def spans_width(spans: Spans) -> int:
    """The width of a row in cells."""
    return sum(cell_len(clean(span.text)) for span in spans)


def justify(left: Spans, right: Spans, width: int) -> Spans:
    """Align ``left`` and ``right`` in one row of ``width`` cells; ``left`` is cut if both do not fit."""
    remaining = max(0, width - spans_width(right))
    shortened: list[Span] = []
    for span in left:
        size = min(remaining, spans_width((span,)))
        shortened.append(Span(fit(span.text, size), span.tone))
        remaining -= size
    return (*shortened, Span(" " * remaining), *right)


def _changed_width(old: Spans, new: Spans) -> int:
    """The cells up to the last one that differs. Textual paints a row from its start in any case."""
    width = spans_width(new)
    if spans_width(old) != width:
        return max(spans_width(old), width)
    for old_span, new_span in zip(reversed(old), reversed(new), strict=False):
        if old_span != new_span:
            break
        width -= spans_width((new_span,))
    return width


class TextRows(Widget):
    """Rows of spans. A subclass returns them from ``rows``; ``repaint`` draws what changed.

    A subclass names the coloured tones it uses (``text-rows--warn``) in ``COMPONENT_CLASSES``, and no others:
    each one costs time whenever a screen opens or the focus moves.
    """

    DEFAULT_CSS = """
    TextRows {
        height: 1;
        width: 1fr;
        &> .text-rows--good { color: $text-success; }
        &> .text-rows--warn { color: $text-warning; }
        &> .text-rows--bad { color: $text-error; }
    }
    """

    # Textual repeats the layout of the screen whenever the virtual size changes; these rows never scroll.
    virtual_size = reactive(Size(0, 0), repaint=False)

    _painted_rows: tuple[Spans, ...] = ()
    _painted_width = -1

    @property
    def symbols(self) -> Symbols:
        """The symbols that this terminal can show."""
        return symbols_of(self)

    def rows(self) -> tuple[Spans, ...]:
        """The rows for the widget's current width; none unless a subclass overrides this."""
        return ()

    def repaint(self) -> None:
        """Repaint the rows that changed, up to their last changed cell."""
        if not self.is_mounted or self._painted_width != self.size.width:
            self.refresh()
            self._painted_width = -1
            return
        painted, self._painted_rows = self._painted_rows, self.rows()
        for y, (old, new) in enumerate(zip_longest(painted, self._painted_rows, fillvalue=())):
            if old != new:
                self.refresh(Region(0, y, min(self.size.width, _changed_width(old, new)), 1))

    def render_line(self, y: int) -> Strip:
        """The row at ``y``, exactly as wide as the widget."""
        width = self.size.width
        if self._painted_width != width:
            self._painted_width, self._painted_rows = width, self.rows()
        remaining = width
        segments: list[Segment] = []
        symbols = self.symbols
        for span in self._painted_rows[y] if y < len(self._painted_rows) else ():
            text = fit(span.text, min(remaining, spans_width((span,))), ellipsis=symbols.ellipsis)
            segments.append(Segment(plain_if_needed(text, symbols), self._style(span.tone)))
            remaining -= cell_len(text)
        segments.append(Segment(" " * remaining, self.rich_style))
        return Strip([segment for segment in segments if segment.text], width).simplify()

    def _style(self, tone: Tone) -> Style:
        colour = self.get_component_rich_style(f"text-rows--{tone}", partial=True, default=Style.null())
        return self.rich_style + _TONE_STYLES[tone] + colour
