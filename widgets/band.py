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

from widgets.cells import clean, fit
from widgets.marks import Marks, marks_of


class Tone(StrEnum):
    """How a piece of text stands out. A tone repeats what the text says and never says it alone."""

    PLAIN = "plain"
    STRONG = "strong"
    DIM = "dim"
    KEY = "key"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


_ATTRIBUTES = {
    Tone.PLAIN: Style.null(),
    Tone.STRONG: Style(bold=True),
    Tone.DIM: Style(dim=True),
    Tone.KEY: Style(reverse=True),
    Tone.GOOD: Style(bold=True),
    Tone.WARN: Style(bold=True),
    Tone.BAD: Style(bold=True, reverse=True),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one tone."""

    text: str
    tone: Tone = Tone.PLAIN


Pieces = tuple[Piece, ...]
"""One row: its pieces from left to right."""


def width_of(pieces: Pieces) -> int:
    """The cells that the pieces need."""
    return sum(cell_len(clean(piece.text)) for piece in pieces)


def push_right(left: Pieces, right: Pieces, width: int) -> Pieces:
    """One row with ``left`` at its start and ``right`` at its end; where both do not fit, ``left`` is cut."""
    room = max(0, width - width_of(right))
    kept: list[Piece] = []
    for piece in left:
        size = min(room, width_of((piece,)))
        kept.append(Piece(fit(piece.text, size), piece.tone))
        room -= size
    return (*kept, Piece(" " * room), *right)


class Band(Widget):
    """Rows of pieces of text. A subclass says in ``rows`` what they are; ``repaint`` draws what changed.

    A subclass that uses the coloured tones names their classes (``band--warn``) in ``COMPONENT_CLASSES``:
    each one named costs time whenever a screen opens or the focus moves.
    """

    DEFAULT_CSS = """
    Band {
        height: 1;
        width: 1fr;
        &> .band--good { color: $text-success; }
        &> .band--warn { color: $text-warning; }
        &> .band--bad { color: $text-error; }
    }
    """

    # A widget lays the screen out a second time whenever its virtual size changes; a band never scrolls.
    virtual_size = reactive(Size(0, 0), repaint=False)

    _painted: tuple[Pieces, ...] = ()
    _painted_width = -1

    @property
    def marks(self) -> Marks:
        """The signs that this terminal can show."""
        return marks_of(self)

    def rows(self) -> tuple[Pieces, ...]:
        """The rows as they should be at the widget's present width; none until a subclass says more."""
        return ()

    def repaint(self) -> None:
        """Draw again those rows that are not what they were."""
        if not self.is_mounted or self._painted_width != self.size.width:
            self.refresh()
            self._painted_width = -1
            return
        before, self._painted = self._painted, self.rows()
        for y, (old, new) in enumerate(zip_longest(before, self._painted, fillvalue=())):
            if old != new:
                self.refresh(Region(0, y, min(self.size.width, max(width_of(old), width_of(new))), 1))

    def render_line(self, y: int) -> Strip:
        """The row at ``y`` in exactly the widget's width."""
        width = self.size.width
        if self._painted_width != width:
            self._painted_width, self._painted = width, self.rows()
        room = width
        segments: list[Segment] = []
        tail = self.marks.tail
        for piece in self._painted[y] if y < len(self._painted) else ():
            text = fit(piece.text, min(room, width_of((piece,))), tail=tail)
            segments.append(Segment(text, self._style(piece.tone)))
            room -= cell_len(text)
        segments.append(Segment(" " * room, self.rich_style))
        return Strip([segment for segment in segments if segment.text], width).simplify()

    def _style(self, tone: Tone) -> Style:
        colour = self.get_component_rich_style(f"band--{tone}", partial=True, default=Style.null())
        return self.rich_style + _ATTRIBUTES[tone] + colour
