"""The signs that widgets draw, in Unicode and in plain ASCII.

Read by every widget when it draws; ``app.set_class(True, PLAIN_CLASS)`` chooses the plain ones.
"""

from dataclasses import dataclass

from textual.widget import Widget

PLAIN_CLASS = "-plain-marks"
"""The class of an application whose terminal cannot show more than ASCII."""


@dataclass(frozen=True, slots=True)
class Marks:
    """One set of signs, each one cell wide."""

    cursor: str
    above: str
    below: str
    tail: str
    full: str
    hollow: str
    half: str
    good: str
    bad: str
    info: str
    waiting: str
    bar: str
    whole: str
    left: str
    right: str


UNICODE = Marks("▸", "↑", "↓", "…", "●", "○", "◐", "✓", "✗", "·", "…", "█", "●", "◐", "◑")
PLAIN = Marks(">", "^", "v", "~", "*", "o", "?", "+", "x", "-", ".", "#", "W", "L", "R")


def marks_of(widget: Widget) -> Marks:
    """The signs that the terminal of this widget's application can show."""
    return PLAIN if any(node.has_class(PLAIN_CLASS) for node in widget.ancestors) else UNICODE
