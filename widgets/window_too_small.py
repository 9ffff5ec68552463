"""A notice that covers a screen while the terminal's window is too small for it.

Every screen has one on a layer of its own; the application shows it until the window has grown.
"""

from textual.geometry import Size

from widgets.text_cells import wrap
from widgets.text_rows import Span, Spans, TextRows, Tone

MIN_SIZE = Size(80, 24)
"""The smallest window, in cells, that fits every screen."""
SMALL_WINDOW_CLASS = "-small-window"
"""CSS class of an application whose window is smaller."""


def is_too_small(size: Size) -> bool:
    """Return True if a window has fewer columns or rows than the screens need."""
    return size.width < MIN_SIZE.width or size.height < MIN_SIZE.height


class WindowTooSmall(TextRows):
    """Shows the required and the current size; fills the window."""

    DEFAULT_CSS = """
    WindowTooSmall {
        layer: small;
        display: none;
        width: 100%;
        height: 100%;
        background: $background;
    }
    """

    def rows(self) -> tuple[Spans, ...]:
        """The sentence at the top left, where the smallest window shows it."""
        window = self.screen.size
        sentence = (
            f"This console needs {MIN_SIZE.width}x{MIN_SIZE.height}; "
            f"the window is {window.width}x{window.height}. "
            "Make the window larger to continue; nothing is lost. Ctrl+Q quits."
        )
        lines = wrap(sentence, max(1, self.size.width), max(1, self.size.height))
        return tuple((Span(line, Tone.STRONG),) for line in lines)
