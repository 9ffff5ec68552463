"""Text in terminal cells: cleaned of control characters, cut, padded and wrapped.

Every text from outside passes through here, so that none breaks a column or a terminal.
"""

from enum import StrEnum
from unicodedata import category

from rich.cells import cell_len, set_cell_size

_VARIATION_SELECTORS = range(0xFE00, 0xFE10)  # variation selectors, which terminals measure differently


class Align(StrEnum):
    """The side that a text is aligned to."""

    LEFT = "left"
    RIGHT = "right"


def clean(text: str) -> str:
    """Make text one line without anything that a terminal would obey.

    Line breaks and tabs become a space and other control characters a ``?``. Invisible format characters
    (direction overrides, joiners, variation selectors) are dropped: they hide or reorder their neighbours,
    and terminals disagree about their width.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_clean_character, text))


def one_line(text: str) -> str:
    """Make text one line that can be stored: breaks become spaces and control characters a ``?``.

    Nothing is dropped: joiners and variation selectors belong to names in many scripts.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_clean_character(character) or character for character in text)


def is_text(character: str) -> bool:
    """Return True if one character may stand in a text, seen or unseen: no control character or break."""
    return len(character) == 1 and category(character) not in {"Cc", "Cs", "Zl", "Zp"}


def fit(text: str, width: int, align: Align = Align.LEFT, ellipsis: str = "…") -> str:
    """Clean text and pad it, or cut it with ``ellipsis``, to exactly ``width`` cells."""
    text = clean(text)
    if width <= 0:
        return ""
    size = cell_len(text)
    if size > width:
        return set_cell_size(text, max(0, width - len(ellipsis))) + ellipsis[:width]
    padding = " " * (width - size)
    return padding + text if align is Align.RIGHT else text + padding


def wrap(text: str, width: int, max_rows: int, ellipsis: str = "…") -> tuple[str, ...]:
    """Wrap text at spaces into at most ``max_rows`` rows of ``width`` cells; the last row is cut.

    A word longer than a row is split at the end of the row.
    """
    lines: list[str] = []
    words = clean(text).split()
    while words and len(lines) < max_rows - 1:
        line = words.pop(0)
        if cell_len(line) > width:
            line, rest = _split_word(line, width)
            words[:0] = [rest] if rest else []
        while words and cell_len(line) + 1 + cell_len(words[0]) <= width:
            line = f"{line} {words.pop(0)}"
        lines.append(fit(line, width, ellipsis=ellipsis).rstrip())
    if words:
        lines.append(fit(" ".join(words), width, ellipsis=ellipsis).rstrip())
    return tuple(lines)


def _split_word(word: str, width: int) -> tuple[str, str]:
    """Split a word after ``width`` cells, but after one character at least."""
    size = next((n for n in range(len(word), 1, -1) if cell_len(word[:n]) <= width), 1)
    return word[:size], word[size:]


def _clean_character(character: str) -> str:
    if character in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    if ord(character) in _VARIATION_SELECTORS:
        return ""
    match category(character):
        case "Cc" | "Cs":
            return "?"
        case "Cf":
            return ""
        case _:
            return character
