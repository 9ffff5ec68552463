"""The two rows below what is being configured: keys and price, then what it is in words or what it needs.

Shown by the customise and the deal screen.
"""

from dataclasses import dataclass
from typing import ClassVar

from widgets.band import Band, Piece, Pieces, Tone, push_right
from widgets.key_bar import KeyHint


@dataclass(frozen=True, slots=True)
class FiguresState:
    """``keys`` with what they stand at, amounts as text, ``problem`` instead of ``words``."""

    keys: tuple[KeyHint, ...] = ()
    price: str = ""
    difference: str = ""
    words: str = ""
    problem: str = ""


class BuilderFigures(Band):
    """Repaints what changed of the two rows."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"band--warn"}
    DEFAULT_CSS = "BuilderFigures { height: 2; }"

    def __init__(self) -> None:
        super().__init__()
        self._state = FiguresState()

    @property
    def state(self) -> FiguresState:
        """What is shown."""
        return self._state

    @state.setter
    def state(self, state: FiguresState) -> None:
        self._state = state
        self.repaint()

    def rows(self) -> tuple[Pieces, ...]:
        """Keys on the left, the price on the right; the words below."""
        state = self._state
        keys: list[Piece] = []
        for hint in state.keys:
            keys += (Piece(hint.key, Tone.KEY), Piece(f" {hint.label}  "))
        difference = f"  {state.difference}" if state.difference else ""
        figures = (Piece("~ "), Piece(state.price, Tone.STRONG), Piece(f"{difference} "))
        said = Piece(f"! {state.problem}", Tone.WARN) if state.problem else Piece(f"  {state.words}")
        return push_right(tuple(keys), figures, self.size.width), (said,)
