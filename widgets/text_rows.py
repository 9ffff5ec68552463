"""A band of rows made of pieces of text, painted only where they changed.

The header, the key bar, the message line and every other widget without a cursor is one.
"""

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

from widgets.symbols import Symbols, symbols_of
from widgets.text_cells import clean, fit


class Tone(StrEnum):
    """How a piece of text stands out. A tone repeats what the text says and never says it alone."""

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
"""One row: its pieces from left to right."""


def spans_width(spans: Spans) -> int:
    """The cells that the pieces need."""
    return sum(cell_len(clean(span.text)) for span in spans)


def justify(left: Spans, right: Spans, width: int) -> Spans:
    """One row with ``left`` at its start and ``right`` at its end; where both do not fit, ``left`` is cut."""
    remaining = max(0, width - spans_width(right))
    shortened: list[Span] = []
    for span in left:
        size = min(remaining, spans_width((span,)))
        shortened.append(Span(fit(span.text, size), span.tone))
        remaining -= size
    return (*shortened, Span(" " * remaining), *right)


class TextRows(Widget):
    """Rows of pieces of text. A subclass says in ``rows`` what they are; ``repaint`` draws what changed.

    A subclass that uses the coloured tones names their classes (``text-rows--warn``) in ``COMPONENT_CLASSES``:
    each one named costs time whenever a screen opens or the focus moves.
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

    # A widget lays the screen out a second time whenever its virtual size changes; a band never scrolls.
    virtual_size = reactive(Size(0, 0), repaint=False)

    _painted_rows: tuple[Spans, ...] = ()
    _painted_width = -1

    @property
    def symbols(self) -> Symbols:
        """The signs that this terminal can show."""
        return symbols_of(self)

    def rows(self) -> tuple[Spans, ...]:
        """The rows as they should be at the widget's present width; none until a subclass says more."""
        return ()

    def repaint(self) -> None:
        """Draw again those rows that are not what they were."""
        if not self.is_mounted or self._painted_width != self.size.width:
            self.refresh()
            self._painted_width = -1
            return
        painted, self._painted_rows = self._painted_rows, self.rows()
        for y, (old, new) in enumerate(zip_longest(painted, self._painted_rows, fillvalue=())):
            if old != new:
                self.refresh(Region(0, y, min(self.size.width, max(spans_width(old), spans_width(new))), 1))

    def render_line(self, y: int) -> Strip:
        """The row at ``y`` in exactly the widget's width."""
        width = self.size.width
        if self._painted_width != width:
            self._painted_width, self._painted_rows = width, self.rows()
        remaining = width
        segments: list[Segment] = []
        ellipsis = self.symbols.ellipsis
        for span in self._painted_rows[y] if y < len(self._painted_rows) else ():
            text = fit(span.text, min(remaining, spans_width((span,))), ellipsis=ellipsis)
            segments.append(Segment(text, self._style(span.tone)))
            remaining -= cell_len(text)
        segments.append(Segment(" " * remaining, self.rich_style))
        return Strip([segment for segment in segments if segment.text], width).simplify()

    def _style(self, tone: Tone) -> Style:
        colour = self.get_component_rich_style(f"text-rows--{tone}", partial=True, default=Style.null())
        return self.rich_style + _TONE_STYLES[tone] + colour
