"""The row at the bottom that shows the keys of the screen.

Every screen ends with one; it shows keys and handles none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

from widgets.band import Band, Piece, Pieces, Tone, width_of
from widgets.options import WidgetOptions

KEPT_KEYS = frozenset({"?", "F1", "Esc"})
"""Keys that stay when others have to give way: how to see all keys, and how to leave."""


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key as it is printed on the keyboard, and what it does in a word or two."""

    key: str
    label: str


def fitting(hints: Sequence[KeyHint], width: int) -> tuple[KeyHint, ...]:
    """The hints that fit into ``width`` cells: kept keys last, others dropped from the right."""
    kept = [hint for hint in hints if hint.key in KEPT_KEYS]
    others = [hint for hint in hints if hint.key not in KEPT_KEYS]
    while others and width_of(pieces_of((*others, *kept))) > width:
        others.pop()
    while kept and width_of(pieces_of((*others, *kept))) > width:
        kept.pop(0)
    return (*others, *kept)


def pieces_of(hints: Sequence[KeyHint]) -> Pieces:
    """The hints as they are drawn, two cells apart."""
    pieces: list[Piece] = []
    for place, hint in enumerate(hints):
        gap = "  " if place < len(hints) - 1 else ""
        pieces += (Piece(hint.key, Tone.KEY), Piece(f" {hint.label}{gap}"))
    return tuple(pieces)


class KeyBar(Band):
    """Shows as many keys as fit; ``?`` and ``Esc`` are always among them."""

    DEFAULT_CSS = "KeyBar { dock: bottom; }"

    def __init__(self, hints: Sequence[KeyHint] = (), **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self._hints = tuple(hints)

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """All keys of the screen, whether or not they fit."""
        return self._hints

    @hints.setter
    def hints(self, hints: Sequence[KeyHint]) -> None:
        self._hints = tuple(hints)
        self.repaint()

    def rows(self) -> tuple[Pieces, ...]:
        """One row."""
        return (pieces_of(fitting(self._hints, self.size.width)),)
