"""The symbols that widgets draw, in Unicode and, with ``ASCII_CLASS`` on the app, in ASCII."""

from dataclasses import dataclass

from textual.widget import Widget

ASCII_CLASS = "-ascii-symbols"
"""CSS class of an application whose terminal shows ASCII only."""


@dataclass(frozen=True, slots=True)
class Symbols:
    """One set of symbols, each one cell wide."""

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

_PLAIN_TEXT = str.maketrans(
    "…·•\N{EN DASH}\N{EM DASH}\N{MULTIPLICATION SIGN}\N{RIGHT SINGLE QUOTATION MARK}", "~-*--x'"
)
"""What texts hold besides the symbols, each in one cell."""


def plain_if_needed(text: str, symbols: Symbols) -> str:
    """Return the text without signs that this terminal cannot show; names stay as they are."""
    return text if symbols is not ASCII_SYMBOLS or text.isascii() else text.translate(_PLAIN_TEXT)


def symbols_of(widget: Widget) -> Symbols:
    """The symbols that the terminal of this widget's application can show."""
    return ASCII_SYMBOLS if any(node.has_class(ASCII_CLASS) for node in widget.ancestors) else UNICODE_SYMBOLS
