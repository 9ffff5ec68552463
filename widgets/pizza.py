"""A pizza drawn as a pizza: what lies on all of it across, below that what lies on each half.

Shown beside the groups while a bundle is configured; the screen says what lies where.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Unpack

from rich.cells import cell_len

from widgets.band import Band, Piece, Pieces, Tone
from widgets.cells import clean, fit, wrap
from widgets.marks import PLAIN, Marks
from widgets.options import WidgetOptions

MOST_WIDTH, MOST_HEIGHT = 55, 23
"""A larger pizza is no easier to read."""
LEAST_WIDTH, LEAST_HEIGHT = 19, 7
"""In less than this the same is said in words."""


@dataclass(frozen=True, slots=True)
class PizzaState:
    """What lies on a pizza, in words such as ``extra Mushrooms`` or ``no Onions``.

    ``note`` stands alone in the middle of a pizza with nothing on it.
    """

    whole: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    note: str = "nothing on it"

    @property
    def has_halves(self) -> bool:
        """Whether its halves differ."""
        return bool(self.left or self.right)


@dataclass(frozen=True, slots=True)
class Crust:
    """The signs that a pizza's edge is drawn with."""

    top_left: str
    top_right: str
    foot_left: str
    foot_right: str
    across: str
    down: str
    fork: str
    """Where the line between the halves begins."""
    foot: str
    """Where it ends."""


ROUND = Crust("╭", "╮", "╰", "╯", "─", "│", "┬", "┴")
ASCII = Crust(".", ".", "'", "'", "-", "|", "+", "+")


@dataclass(frozen=True, slots=True)
class Outline:
    """A pizza's edge. ``ins`` says for each row how far its edge stands in from the widest row's."""

    width: int
    ins: tuple[int, ...]
    crust: Crust

    @property
    def height(self) -> int:
        """Rows, both edges among them."""
        return len(self.ins)

    @property
    def rooms(self) -> tuple[int, ...]:
        """For each row between top and foot the cells for what lies there."""
        return tuple(self.width - 2 * self._inner(y) - 4 for y in range(1, self.height - 1))

    def edge(self, y: int, *, forked: bool) -> Pieces:
        """The top or the foot."""
        crust, middle = self.crust, self.width // 2 - self.ins[y] - 1
        line = crust.across * (self.width - 2 * self.ins[y] - 2)
        if forked:
            line = line[:middle] + (crust.foot if y else crust.fork) + line[middle + 1 :]
        begin, end = (crust.foot_left, crust.foot_right) if y else (crust.top_left, crust.top_right)
        return (Piece(" " * self.ins[y] + begin + line + end),)

    def row(self, y: int, inside: Pieces) -> Pieces:
        """A row between them, around what lies there."""
        crust, run = self.crust, self._inner(y) - self.ins[y]
        begin = end = crust.down
        if run and y < self.height / 2:
            begin = crust.top_left + crust.across * (run - 1) + crust.foot_right
            end = crust.foot_left + crust.across * (run - 1) + crust.top_right
        elif run:
            begin = crust.foot_left + crust.across * (run - 1) + crust.top_right
            end = crust.top_left + crust.across * (run - 1) + crust.foot_right
        return (Piece(f"{' ' * self.ins[y]}{begin} "), *inside, Piece(f" {end}"))

    def _inner(self, y: int) -> int:
        """Where the edge in this row ends: it comes from the row that is nearer to top or foot."""
        return self.ins[y - 1] if y < self.height / 2 else self.ins[y + 1]


def outline(width: int, height: int, crust: Crust) -> Outline:
    """A round edge; the width is made odd, so that there is a middle."""
    width -= 1 - width % 2
    a, b = width / 2, height / 2
    away = [abs(y + 0.5 - b) / b for y in range(height)]
    # Between a circle and a box: round to the eye, with room for a name next to the top.
    ins = tuple(round(a * (1 - sqrt(1 - part**3))) for part in away)
    return Outline(width, tuple(min(cells, width // 4) for cells in ins), crust)


def flow(names: Sequence[str], rooms: Sequence[int], tail: str, *, joined: bool) -> list[str]:
    """The names in rows of these widths, one after the other or each on a row of its own.

    What does not fit is counted in the last row.
    """
    for kept in range(len(names), -1, -1):
        more = [f"and {len(names) - kept} more"] if kept < len(names) else []
        lines = _flowing([*names[:kept], *more], rooms, tail, joined=joined)
        if lines is not None:
            return lines
    return []


def _flowing(names: Sequence[str], rooms: Sequence[int], tail: str, *, joined: bool) -> list[str] | None:
    """The rows, ``None`` where they are too few."""
    lines: list[str] = []
    for place, name in enumerate(names):
        last = place == len(names) - 1
        for number, word in enumerate(clean(name).split()):
            begins = not number and (not joined or not lines)
            text = word
            if joined and not last and number == len(name.split()) - 1:
                text += ","
            if not begins and cell_len(lines[-1]) + 1 + cell_len(text) <= rooms[len(lines) - 1]:
                lines[-1] += f" {text}"
                continue
            if len(lines) == len(rooms):
                return None
            indent = " " if number and not joined else ""
            room = rooms[len(lines)]
            text = indent + text
            lines.append(text if cell_len(text) <= room else fit(text, room, tail=tail))
    return lines


def pizza_rows(state: PizzaState, width: int, height: int, marks: Marks) -> tuple[Pieces, ...]:
    """The pizza in the middle of ``height`` rows of ``width`` cells."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return tuple((Piece(line),) for line in wrap(_in_words(state), width, max(1, height), marks.tail))
    crust = ASCII if marks is PLAIN else ROUND
    drawn = outline(min(width, MOST_WIDTH), min(height, MOST_HEIGHT), crust)
    inside = _halves(state, drawn, marks) if state.has_halves else _whole(state, drawn, marks)
    rows = (
        drawn.edge(0, forked=state.has_halves and not state.whole),
        *(drawn.row(y, inside[y - 1]) for y in range(1, drawn.height - 1)),
        drawn.edge(drawn.height - 1, forked=state.has_halves),
    )
    margin = Piece(" " * ((width - drawn.width) // 2))
    return (*(() for _ in range((height - drawn.height) // 2)), *((margin, *row) for row in rows))


def _whole(state: PizzaState, drawn: Outline, marks: Marks) -> list[Pieces]:
    """What lies on all of it, in the middle."""
    rooms, names = drawn.rooms, state.whole or (state.note,)
    lines: list[str] = []
    for top in range(len(rooms) // 2, -1, -1):
        lines = flow(names, rooms[top : len(rooms) - top], marks.tail, joined=True)
        if top == 0 or lines == flow(names, rooms[top:], marks.tail, joined=True):
            return _centred([*([""] * top), *lines], rooms)
    return _centred(lines, rooms)


def _halves(state: PizzaState, drawn: Outline, marks: Marks) -> list[Pieces]:
    """What lies on all of it, a line, and both halves with their own."""
    rooms = drawn.rooms
    sides = [max(0, (room - 3) // 2) for room in rooms]
    needed = 1 + max(
        len(flow(names, sides[1:], marks.tail, joined=False)) for names in (state.left, state.right)
    )
    most = max(len(rooms) // 3, len(rooms) - needed - 1)
    above = flow(state.whole, rooms[:most], marks.tail, joined=True)
    inside = _centred(above, rooms[: len(above)])
    if above:
        room, crust = rooms[len(above)], drawn.crust
        inside.append(
            (Piece(crust.across * (room // 2) + crust.fork + crust.across * (room // 2), Tone.DIM),)
        )
    if not above and len(rooms) > 5:
        inside.append(_divided(("", ""), sides[0], drawn, marks))  # too narrow for a word
    below = sides[len(inside) :]
    left = ["left", *flow(state.left, below[1:], marks.tail, joined=False)]
    right = ["right", *flow(state.right, below[1:], marks.tail, joined=False)]
    for y, room in enumerate(below):
        tone = Tone.STRONG if y == 0 else Tone.PLAIN
        signs = (f"{marks.left} ", f"{marks.right} ") if y == 0 else ("", "")
        texts = [
            sign + (lines[y] if y < len(lines) else "")
            for sign, lines in zip(signs, (left, right), strict=True)
        ]
        inside.append(_divided((texts[0], texts[1]), room, drawn, marks, tone))
    return inside


def _divided(
    texts: tuple[str, str], room: int, drawn: Outline, marks: Marks, tone: Tone = Tone.PLAIN
) -> Pieces:
    left, right = (fit(text, room, tail=marks.tail) for text in texts)
    return Piece(left, tone), Piece(f" {drawn.crust.down} "), Piece(right, tone)


def _centred(lines: Sequence[str], rooms: Sequence[int]) -> list[Pieces]:
    padded = [*lines, *([""] * (len(rooms) - len(lines)))]
    return [
        (Piece(fit(" " * ((room - cell_len(line)) // 2) + line, room)),)
        for line, room in zip(padded, rooms, strict=True)
    ]


def _in_words(state: PizzaState) -> str:
    parts = [
        ", ".join(state.whole),
        f"left: {', '.join(state.left)}" if state.left else "",
        f"right: {', '.join(state.right)}" if state.right else "",
    ]
    return "; ".join(part for part in parts if part) or state.note


class PizzaDrawing(Band):
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

    def rows(self) -> tuple[Pieces, ...]:
        """The pizza."""
        return pizza_rows(self._state, self.size.width, self.size.height, self.marks)
