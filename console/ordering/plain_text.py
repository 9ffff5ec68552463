"""Plain text of a width in cells, for printers: without control characters, wrapped and aligned."""

from unicodedata import category, combining, east_asian_width


def clean(text: str) -> str:
    """Remove what a device would obey: breaks become spaces, other control characters a ``?``."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_clean_character, text))


def cell_width(text: str) -> int:
    """Cells of a cleaned text: two for wide characters, none for combining ones."""
    return sum(map(_character_width, text))


def truncate(text: str, width: int) -> str:
    """The beginning of the text that fits into ``width`` cells."""
    used = 0
    for place, character in enumerate(text):
        used += _character_width(character)
        if used > width:
            return text[:place]
    return text


def pad(text: str, width: int) -> str:
    """Cut or fill the text to ``width`` cells."""
    text = truncate(clean(text), width)
    return text + " " * (width - cell_width(text))


def align_ends(left: str, right: str, width: int) -> str:
    """Put ``left`` at the start and ``right`` at the end of a row; only ``left`` is cut."""
    right = truncate(clean(right), width)
    room = max(0, width - cell_width(right))
    return pad(left, room - 1 if room else 0) + (" " if room else "") + right


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """Wrap the text to rows of at most ``width`` cells, each behind ``indent``; long words are broken."""
    room = max(2, width - len(indent))
    lines: list[str] = []
    line = ""
    for word in clean(text).split():
        rest = word
        if line and cell_width(line) + 1 + cell_width(rest) <= room:
            line = f"{line} {rest}"
            continue
        if line:
            lines.append(line)
        while cell_width(rest) > room:
            head = truncate(rest, room)
            lines.append(head)
            rest = rest[len(head) :]
        line = rest
    return [indent + line for line in (*lines, line) if line]


def _character_width(character: str) -> int:
    if combining(character) or category(character) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _clean_character(character: str) -> str:
    if character.isspace() or character in "\x85\u2028\u2029":
        return " "
    match category(character):
        case "Cc" | "Cs" | "Co" | "Cn":
            return "?"
        case "Cf":
            return ""
        case _:
            return character
