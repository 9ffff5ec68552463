"""A pizza drawn as a pizza: what lies on all of it across, below that what lies on each half.

Shown beside the groups while a bundle is configured; the screen says what lies where.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Unpack

from rich.cells import cell_len

from widgets.symbols import ASCII_SYMBOLS, Symbols
from widgets.text_cells import clean, fit, wrap
from widgets.text_rows import Span, Spans, TextRows, Tone
from widgets.widget_options import WidgetOptions

MAX_WIDTH, MAX_HEIGHT = 55, 23
"""A larger pizza is no easier to read."""
MIN_WIDTH, MIN_HEIGHT = 19, 7
"""In less than this the same is said in words."""


@dataclass(frozen=True, slots=True)
class PizzaState:
    """What lies on a pizza, in words such as ``extra Mushrooms`` or ``no Onions``.

    ``note`` stands alone in the middle of a pizza with nothing on it.
    """

    whole: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    empty_text: str = "nothing on it"

    @property
    def has_halves(self) -> bool:
        """Whether its halves differ."""
        return bool(self.left or self.right)


@dataclass(frozen=True, slots=True)
class EdgeCharacters:
    """The signs that a pizza's edge is drawn with."""

    top_left: str
    top_right: str
    bottom_left: str
    bottom_right: str
    horizontal: str
    vertical: str
    tee_down: str
    """Where the line between the halves begins."""
    tee_up: str
    """Where it ends."""


UNICODE_EDGE = EdgeCharacters("╭", "╮", "╰", "╯", "─", "│", "┬", "┴")
ASCII_EDGE = EdgeCharacters(".", ".", "'", "'", "-", "|", "+", "+")


@dataclass(frozen=True, slots=True)
class Outline:
    """A pizza's edge. ``ins`` says for each row how far its edge stands in from the widest row's."""

    width: int
    insets: tuple[int, ...]
    characters: EdgeCharacters

    @property
    def height(self) -> int:
        """Rows, both edges among them."""
        return len(self.insets)

    @property
    def inner_widths(self) -> tuple[int, ...]:
        """For each row between top and foot the cells for what lies there."""
        return tuple(self.width - 2 * self._edge_end(y) - 4 for y in range(1, self.height - 1))

    def edge_row(self, y: int, *, split: bool) -> Spans:
        """The top or the foot."""
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
        """A row between them, around what lies there."""
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
        """Where the edge in this row ends: it comes from the row that is nearer to top or foot."""
        return self.insets[y - 1] if y < self.height / 2 else self.insets[y + 1]


def round_outline(width: int, height: int, characters: EdgeCharacters) -> Outline:
    """A round edge; the width is made odd, so that there is a middle."""
    width -= 1 - width % 2
    a, b = width / 2, height / 2
    distances = [abs(y + 0.5 - b) / b for y in range(height)]
    # Between a circle and a box: round to the eye, with room for a name next to the top.
    insets = tuple(round(a * (1 - sqrt(1 - part**3))) for part in distances)
    return Outline(width, tuple(min(cells, width // 4) for cells in insets), characters)


def flow_names(names: Sequence[str], widths: Sequence[int], ellipsis: str, *, inline: bool) -> list[str]:
    """The names in rows of these widths, one after the other or each on a row of its own.

    What does not fit is counted in the last row.
    """
    for shown_count in range(len(names), -1, -1):
        more = [f"and {len(names) - shown_count} more"] if shown_count < len(names) else []
        lines = _fill_rows([*names[:shown_count], *more], widths, ellipsis, inline=inline)
        if lines is not None:
            return lines
    return []


def _fill_rows(
    names: Sequence[str], widths: Sequence[int], ellipsis: str, *, inline: bool
) -> list[str] | None:
    """The rows, ``None`` where they are too few."""
    lines: list[str] = []
    for index, name in enumerate(names):
        last = index == len(names) - 1
        for word_index, word in enumerate(clean(name).split()):
            starts_row = not word_index and (not inline or not lines)
            text = word
            if inline and not last and word_index == len(name.split()) - 1:
                text += ","
            if not starts_row and cell_len(lines[-1]) + 1 + cell_len(text) <= widths[len(lines) - 1]:
                lines[-1] += f" {text}"
                continue
            if len(lines) == len(widths):
                return None
            indent = " " if word_index and not inline else ""
            width = widths[len(lines)]
            text = indent + text
            lines.append(text if cell_len(text) <= width else fit(text, width, ellipsis=ellipsis))
    return lines


def pizza_rows(state: PizzaState, width: int, height: int, symbols: Symbols) -> tuple[Spans, ...]:
    """The pizza in the middle of ``height`` rows of ``width`` cells."""
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
    """What lies on all of it, in the middle."""
    widths, names = outline.inner_widths, state.whole or (state.empty_text,)
    lines: list[str] = []
    for top in range(len(widths) // 2, -1, -1):
        lines = flow_names(names, widths[top : len(widths) - top], symbols.ellipsis, inline=True)
        if top == 0 or lines == flow_names(names, widths[top:], symbols.ellipsis, inline=True):
            return _centred_rows([*([""] * top), *lines], widths)
    return _centred_rows(lines, widths)


def _half_rows(state: PizzaState, outline: Outline, symbols: Symbols) -> list[Spans]:
    """What lies on all of it, a line, and both halves with their own."""
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
        content.append(_split_row(("", ""), half_widths[0], outline, symbols))  # too narrow for a word
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
    """Draws the pizza in all of its height, and repaints the rows that changed."""

    DEFAULT_CSS = "PizzaDrawing { height: 1fr; }"

    def __init__(self, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self._state = PizzaState()

    @property
    def state(self) -> PizzaState:
        """What lies on it."""
        return self._state

    @state.setter
    def state(self, state: PizzaState) -> None:
        self._state = state
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """The pizza."""
        return pizza_rows(self._state, self.size.width, self.size.height, self.symbols)
