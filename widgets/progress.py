"""How far a long piece of work has come, as a figure that is drawn when it changes and never moves by itself.

Used while a menu is fetched and while waiting orders are sent.
"""

from dataclasses import dataclass
from typing import Unpack

from widgets.band import Band, Piece, Pieces
from widgets.options import WidgetOptions


@dataclass(frozen=True, slots=True)
class ProgressState:
    """``done`` of ``total`` pieces of what ``label`` names; ``seconds_left`` where somebody knows."""

    label: str
    done: int
    total: int
    seconds_left: int | None = None

    @property
    def text(self) -> str:
        """``Menu 120 of 340, 3 s left``."""
        left = "" if self.seconds_left is None else f", {self.seconds_left} s left"
        return f"{self.label} {self.done} of {self.total}{left}"


class Progress(Band):
    """Shows a ``ProgressState``; ``None`` shows nothing."""

    def __init__(self, state: ProgressState | None = None, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self._state = state

    @property
    def state(self) -> ProgressState | None:
        """What is shown."""
        return self._state

    @state.setter
    def state(self, state: ProgressState | None) -> None:
        self._state = state
        self.repaint()

    def rows(self) -> tuple[Pieces, ...]:
        """One row."""
        return ((Piece(self._state.text),),) if self._state else ()
