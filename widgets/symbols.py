"""The signs that widgets draw, in Unicode and in plain ASCII.

Read by every widget when it draws; ``app.set_class(True, PLAIN_CLASS)`` chooses the plain ones.
"""

from dataclasses import dataclass

from textual.widget import Widget

ASCII_CLASS = "-ascii-symbols"
"""The class of an application whose terminal cannot show more than ASCII."""


@dataclass(frozen=True, slots=True)
class Symbols:
    """One set of signs, each one cell wide."""

    cursor: str
    more_above: str
    more_below: str
    ellipsis: str
    filled_circle: str
    hollow_circle: str
    half_circle: str
    good: str
    bad: str
    info: str
    pending: str
    bar_cell: str
    whole_portion: str
    left_portion: str
    right_portion: str


UNICODE_SYMBOLS = Symbols("▸", "↑", "↓", "…", "●", "○", "◐", "✓", "✗", "·", "…", "█", "●", "◐", "◑")
ASCII_SYMBOLS = Symbols(">", "^", "v", "~", "*", "o", "?", "+", "x", "-", ".", "#", "W", "L", "R")


def symbols_of(widget: Widget) -> Symbols:
    """The signs that the terminal of this widget's application can show."""
    return ASCII_SYMBOLS if any(node.has_class(ASCII_CLASS) for node in widget.ancestors) else UNICODE_SYMBOLS
