"""Two rows below a configuration: keys and price, then its description or its first problem."""

from dataclasses import dataclass
from typing import ClassVar

from widgets.key_bar import KeyHint
from widgets.text_rows import Span, Spans, TextRows, Tone, justify


@dataclass(frozen=True, slots=True)
class PriceBarState:
    """``keys`` with their current values, and amounts as text; ``problem`` replaces ``description``."""

    keys: tuple[KeyHint, ...] = ()
    price: str = ""
    difference: str = ""
    description: str = ""
    problem: str = ""


class PriceBar(TextRows):
    """Shows a ``PriceBarState``."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-rows--warn"}
    DEFAULT_CSS = "PriceBar { height: 2; }"

    def __init__(self) -> None:
        super().__init__()
        self._state = PriceBarState()

    @property
    def state(self) -> PriceBarState:
        """The values shown."""
        return self._state

    @state.setter
    def state(self, state: PriceBarState) -> None:
        self._state = state
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """Keys on the left, the price on the right; the description below."""
        state = self._state
        keys: list[Span] = []
        for hint in state.keys:
            keys += (Span(hint.key, Tone.KEY), Span(f" {hint.label}  "))
        difference = f"  {state.difference}" if state.difference else ""
        price_spans = (Span("~ "), Span(state.price, Tone.STRONG), Span(f"{difference} "))
        status_span = (
            Span(f"! {state.problem}", Tone.WARN) if state.problem else Span(f"  {state.description}")
        )
        return justify(tuple(keys), price_spans, self.size.width), (status_span,)
