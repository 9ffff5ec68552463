"""A drawing of a pizza: the toppings of the whole across, below them those of each half."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple, Unpack

from rich.cells import cell_len

from widgets.symbols import ASCII_SYMBOLS, Symbols
from widgets.text_cells import clean, fit, wrap
from widgets.text_rows import Span, Spans, TextRows, Tone
from widgets.widget_options import WidgetOptions

MAX_WIDTH, MAX_HEIGHT = 55, 23
"""A larger pizza is no easier to read."""
MIN_WIDTH, MIN_HEIGHT = 19, 7
"""Below this size the toppings are listed in words."""


@dataclass(frozen=True, slots=True)
class PizzaState:
    """The toppings of a pizza, in words such as ``extra Mushrooms`` or ``no Onions``.

    ``empty_text`` is shown on a pizza without toppings.
    """

    whole: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    empty_text: str = "nothing on it"

    @property
    def has_halves(self) -> bool:
        """Return True if the halves differ."""
        return bool(self.left or self.right)


@dataclass(frozen=True, slots=True)
class EdgeCharacters:
    """The characters that draw the edge of a pizza."""

    top_left: str
    top_right: str
    bottom_left: str
    bottom_right: str
    horizontal: str
    vertical: str
    tee_down: str
    """Top of the border between the halves."""
    tee_up: str
    """Bottom of that border."""


UNICODE_EDGE = EdgeCharacters("╭", "╮", "╰", "╯", "─", "│", "┬", "┴")
ASCII_EDGE = EdgeCharacters(".", ".", "'", "'", "-", "|", "+", "+")


@dataclass(frozen=True, slots=True)
class Outline:
    """The edge of a pizza. ``insets`` is the distance of each row from the widest one, in cells."""

    width: int
    insets: tuple[int, ...]
    characters: EdgeCharacters

    @property
    def height(self) -> int:
        """The number of rows, including top and bottom edge."""
        return len(self.insets)

    @property
    def inner_widths(self) -> tuple[int, ...]:
        """The cells inside the edge, for each row between top and bottom."""
        return tuple(self.width - 2 * self._edge_end(y) - 4 for y in range(1, self.height - 1))

    def edge_row(self, y: int, *, split: bool) -> Spans:
        """The top edge (``y`` 0) or the bottom edge."""
        characters, middle = self.characters, self.width // 2 - self.insets[y] - 1
        line = characters.horizontal * (self.width - 2 * self.insets[y] - 2)
        if split:
            line = line[:middle] + (characters.tee_up if y else characters.tee_down) + line[middle + 1 :]
        begin, end = (
            (characters.bottom_left, characters.bottom_right)
            if y
            else (characters.top_left, characters.top_right)
        )
        return (Span(" " * self.insets[y] + begin + line + end),)

    def inner_row(self, y: int, content: Spans) -> Spans:
        """A row between top and bottom edge, around its content."""
        characters, run = self.characters, self._edge_end(y) - self.insets[y]
        begin = end = characters.vertical
        if run and y < self.height / 2:
            begin = characters.top_left + characters.horizontal * (run - 1) + characters.bottom_right
            end = characters.bottom_left + characters.horizontal * (run - 1) + characters.top_right
        elif run:
            begin = characters.bottom_left + characters.horizontal * (run - 1) + characters.top_right
            end = characters.top_left + characters.horizontal * (run - 1) + characters.bottom_right
        return (Span(f"{' ' * self.insets[y]}{begin} "), *content, Span(f" {end}"))

    def _edge_end(self, y: int) -> int:
        """The inset at which the edge of this row ends: that of the row nearer to top or bottom."""
        return self.insets[y - 1] if y < self.height / 2 else self.insets[y + 1]


def round_outline(width: int, height: int, characters: EdgeCharacters) -> Outline:
    """Make a round edge; the width is made odd, so that there is a middle column."""
    width -= 1 - width % 2
    a, b = width / 2, height / 2
    distances = [abs(y + 0.5 - b) / b for y in range(height)]
    # Between a circle and a box: it looks round and has room for a name in its first row.
    insets = tuple(round(a * (1 - sqrt(1 - part**3))) for part in distances)
    return Outline(width, tuple(min(cells, width // 4) for cells in insets), characters)


def flow_names(names: Sequence[str], widths: Sequence[int], ellipsis: str, *, inline: bool) -> list[str]:
    """Flow names into rows of these widths: separated by commas, or each on its own row.

    Names that do not fit are counted in the last row, as ``and 3 more``.
    """
    for shown_count in range(len(names), -1, -1):
        more = [f"and {len(names) - shown_count} more"] if shown_count < len(names) else []
        shown_names = [*names[:shown_count], *more]
        words = _inline_words(shown_names) if inline else _block_words(shown_names)
        lines = _pack_words(words, widths, ellipsis)
        if lines is not None:
            return lines
    return []


class _Word(NamedTuple):
    """A word of a name. One that ``starts_row`` never joins the row before; ``indent`` precedes a new row."""

    text: str
    starts_row: bool = False
    indent: str = ""


def _inline_words(names: Sequence[str]) -> Iterator[_Word]:
    """The words of names one after the other, with commas between the names."""
    for index, name in enumerate(names):
        words = clean(name).split()
        if words and index < len(names) - 1:
            words[-1] += ","
        yield from map(_Word, words)


def _block_words(names: Sequence[str]) -> Iterator[_Word]:
    """The words of names that each begin a row; continuation rows are indented."""
    for name in names:
        for index, word in enumerate(clean(name).split()):
            yield _Word(word, starts_row=not index, indent=" " if index else "")


def _pack_words(words: Iterable[_Word], widths: Sequence[int], ellipsis: str) -> list[str] | None:
    """Pack words into rows of these widths, ``None`` if there are too few rows.

    A word that is wider than its row is cut.
    """
    lines: list[str] = []
    for word in words:
        joined = f"{lines[-1]} {word.text}" if lines and not word.starts_row else None
        if joined is not None and cell_len(joined) <= widths[len(lines) - 1]:
            lines[-1] = joined
        elif len(lines) == len(widths):
            return None
        else:
            text, width = word.indent + word.text, widths[len(lines)]
            lines.append(text if cell_len(text) <= width else fit(text, width, ellipsis=ellipsis))
    return lines


def pizza_rows(state: PizzaState, width: int, height: int, symbols: Symbols) -> tuple[Spans, ...]:
    """Draw the pizza in the middle of ``height`` rows of ``width`` cells."""
    if width < MIN_WIDTH or height < MIN_HEIGHT:
        return tuple(
            (Span(line),) for line in wrap(_summary_text(state), width, max(1, height), symbols.ellipsis)
        )
    characters = ASCII_EDGE if symbols is ASCII_SYMBOLS else UNICODE_EDGE
    outline = round_outline(min(width, MAX_WIDTH), min(height, MAX_HEIGHT), characters)
    content = (
        _half_rows(state, outline, symbols) if state.has_halves else _whole_rows(state, outline, symbols)
    )
    rows = (
        outline.edge_row(0, split=state.has_halves and not state.whole),
        *(outline.inner_row(y, content[y - 1]) for y in range(1, outline.height - 1)),
        outline.edge_row(outline.height - 1, split=state.has_halves),
    )
    margin = Span(" " * ((width - outline.width) // 2))
    return (*(() for _ in range((height - outline.height) // 2)), *((margin, *row) for row in rows))


def _whole_rows(state: PizzaState, outline: Outline, symbols: Symbols) -> list[Spans]:
    """The toppings of the whole, in the middle."""
    widths, names = outline.inner_widths, state.whole or (state.empty_text,)
    lines: list[str] = []
    for top in range(len(widths) // 2, -1, -1):
        lines = flow_names(names, widths[top : len(widths) - top], symbols.ellipsis, inline=True)
        if top == 0 or lines == flow_names(names, widths[top:], symbols.ellipsis, inline=True):
            return _centred_rows([*([""] * top), *lines], widths)
    return _centred_rows(lines, widths)


def _half_rows(state: PizzaState, outline: Outline, symbols: Symbols) -> list[Spans]:
    """The toppings of the whole, a border, and the toppings of each half."""
    widths = outline.inner_widths
    half_widths = [max(0, (width - 3) // 2) for width in widths]
    half_row_count = 1 + max(
        len(flow_names(names, half_widths[1:], symbols.ellipsis, inline=False))
        for names in (state.left, state.right)
    )
    max_whole_rows = max(len(widths) // 3, len(widths) - half_row_count - 1)
    whole_rows = flow_names(state.whole, widths[:max_whole_rows], symbols.ellipsis, inline=True)
    content = _centred_rows(whole_rows, widths[: len(whole_rows)])
    if whole_rows:
        room, characters = widths[len(whole_rows)], outline.characters
        content.append(
            (
                Span(
                    characters.horizontal * (room // 2)
                    + characters.tee_down
                    + characters.horizontal * (room // 2),
                    Tone.DIM,
                ),
            )
        )
    if not whole_rows and len(widths) > 5:
        content.append(
            _split_row(("", ""), half_widths[0], outline, symbols)
        )  # this row is too narrow for a word
    remaining_widths = half_widths[len(content) :]
    left = ["left", *flow_names(state.left, remaining_widths[1:], symbols.ellipsis, inline=False)]
    right = ["right", *flow_names(state.right, remaining_widths[1:], symbols.ellipsis, inline=False)]
    for y, room in enumerate(remaining_widths):
        tone = Tone.STRONG if y == 0 else Tone.PLAIN
        prefixes = (f"{symbols.left_portion} ", f"{symbols.right_portion} ") if y == 0 else ("", "")
        texts = [
            prefix + (lines[y] if y < len(lines) else "")
            for prefix, lines in zip(prefixes, (left, right), strict=True)
        ]
        content.append(_split_row((texts[0], texts[1]), room, outline, symbols, tone))
    return content


def _split_row(
    texts: tuple[str, str], width: int, outline: Outline, symbols: Symbols, tone: Tone = Tone.PLAIN
) -> Spans:
    left, right = (fit(text, width, ellipsis=symbols.ellipsis) for text in texts)
    return Span(left, tone), Span(f" {outline.characters.vertical} "), Span(right, tone)


def _centred_rows(lines: Sequence[str], widths: Sequence[int]) -> list[Spans]:
    padded = [*lines, *([""] * (len(widths) - len(lines)))]
    return [
        (Span(fit(" " * ((width - cell_len(line)) // 2) + line, width)),)
        for line, width in zip(padded, widths, strict=True)
    ]


def _summary_text(state: PizzaState) -> str:
    parts = [
        ", ".join(state.whole),
        f"left: {', '.join(state.left)}" if state.left else "",
        f"right: {', '.join(state.right)}" if state.right else "",
    ]
    return "; ".join(part for part in parts if part) or state.empty_text


class PizzaDrawing(TextRows):
    """Draws the pizza as large as the widget, and repaints the rows that changed."""

    DEFAULT_CSS = "PizzaDrawing { height: 1fr; }"

    def __init__(self, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self._state = PizzaState()

    @property
    def state(self) -> PizzaState:
        """The toppings shown."""
        return self._state

    @state.setter
    def state(self, state: PizzaState) -> None:
        self._state = state
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """The pizza."""
        return pizza_rows(self._state, self.size.width, self.size.height, self.symbols)
