"""What an order comes to: the estimate of this machine against what the platform confirmed.

Shown below the order's lines; the screen works out the state from the draft and from the cart's echo.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Unpack

from console.ordering.money import Currency
from widgets.band import Band, Piece, Pieces, Tone, push_right
from widgets.cells import wrap
from widgets.marks import Marks
from widgets.options import WidgetOptions

WORDS_ROWS = 2
"""Rows for how the order stands, above the figures."""


@dataclass(frozen=True, slots=True)
class ConfirmedTotals:
    """The platform's amounts, in the currency of the totals. ``discount`` is what is taken off, positive."""

    products: Decimal
    shipping: Decimal
    tax: Decimal
    discount: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class TotalsState:
    """What the totals show.

    ``pending`` says that changes are still on their way to the platform, ``progress`` in a few words how
    that goes; ``differences`` counts the lines that the platform has otherwise than wished. ``problem`` is a
    sentence, empty while all is well.
    """

    currency: Currency
    estimate: Decimal | None = None
    confirmed: ConfirmedTotals | None = None
    pending: bool = False
    differences: int = 0
    progress: str = ""
    problem: str = ""

    @property
    def is_final(self) -> bool:
        """Whether the confirmed total is the one that counts."""
        return self.confirmed is not None and not self.pending


def estimate_row(state: TotalsState) -> Pieces:
    """The estimate, marked ``~``; it steps back once a confirmed total counts."""
    if state.estimate is None:
        return ()
    tone = Tone.DIM if state.is_final else Tone.PLAIN
    return (
        Piece("Estimate  ~ ", tone),
        Piece(state.currency.format_money(state.estimate), tone),
        Piece("  "),
    )


def confirmed_row(state: TotalsState, marks: Marks) -> Pieces:
    """What the platform confirmed, marked ``=``; its sign behind says whether that is the last word."""
    if state.confirmed is None:
        return (Piece(f"not confirmed yet {marks.waiting}"),) if state.pending else ()
    if state.differences:
        sign = Piece(" !", Tone.WARN)
    elif state.pending:
        sign = Piece(f" {marks.waiting}")
    else:
        sign = Piece(f" {marks.good}", Tone.GOOD)
    tone = Tone.STRONG if state.is_final else Tone.DIM
    return (
        Piece("Confirmed = ", tone),
        Piece(state.currency.format_money(state.confirmed.total), tone),
        sign,
    )


def _parts(state: TotalsState) -> tuple[str, ...]:
    if state.confirmed is None:
        return ()
    figures = state.currency.format_number
    totals = state.confirmed
    parts = [f"products {figures(totals.products)}"]
    if totals.shipping:
        parts.append(f"delivery {figures(totals.shipping)}")
    if totals.tax:
        parts.append(f"tax {figures(totals.tax)}")
    if totals.discount:
        parts.append(f"discount -{figures(totals.discount)}")
    return tuple(parts)


def breakdown(state: TotalsState) -> str:
    """What the confirmed total is made of, without the parts that are nothing."""
    return "  ".join(_parts(state))


def _in_rows(parts: tuple[str, ...], width: int) -> list[str]:
    rows: list[str] = []
    for part in parts:
        if rows and len(rows[-1]) + len(part) + 2 <= width:
            rows[-1] = f"{rows[-1]}  {part}"
        else:
            rows.append(part)
    return rows


def words(state: TotalsState) -> Piece:
    """How the order stands, where there is something to say: the worst of it."""
    if state.problem:
        return Piece(f"! {state.problem}", Tone.WARN)
    if state.differences:
        lines = "1 line differs" if state.differences == 1 else f"{state.differences} lines differ"
        return Piece(f"! {lines} from what was asked.", Tone.WARN)
    return Piece(state.progress if state.pending else "")


class Totals(Band):
    """How the order stands in words, then the estimate above the confirmed total, their figures in a column.

    Where there is nothing to say, the words' rows have what the confirmed total is made of.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"band--good", "band--warn"}

    DEFAULT_CSS = "Totals { height: 4; }"

    def __init__(self, state: TotalsState | None = None, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self._state = state

    @property
    def state(self) -> TotalsState | None:
        """What is shown; ``None`` shows nothing."""
        return self._state

    @state.setter
    def state(self, state: TotalsState | None) -> None:
        self._state = state
        self.repaint()

    def rows(self) -> tuple[Pieces, ...]:
        """Words on the left, figures on the right."""
        if self._state is None:
            return ()
        width, state = self.size.width, self._state
        return (
            *self._words(state, width),
            push_right((), estimate_row(state), width),
            push_right((), confirmed_row(state, self.marks), width),
        )

    def _words(self, state: TotalsState, width: int) -> tuple[Pieces, ...]:
        said = words(state)
        lines: list[Pieces] = [
            (Piece(line, said.tone),) for line in wrap(said.text, width, WORDS_ROWS, self.marks.tail)
        ]
        parts = _in_rows(_parts(state), width - 2)
        if len(lines) + len(parts) <= WORDS_ROWS:
            lines += (push_right((), (Piece(row, Tone.DIM), Piece("  ")), width) for row in parts)
        return (*(() for _ in range(WORDS_ROWS - len(lines))), *lines)
