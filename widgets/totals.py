"""What an order comes to: the estimate of this machine against what the platform confirmed.

Shown below the order's lines; the screen works out the state from the draft and from the cart's echo.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Unpack

from console.ordering.money import Currency
from widgets.band import Band, Piece, Pieces, Tone, push_right, width_of
from widgets.marks import Marks
from widgets.options import WidgetOptions


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

    ``pending`` says that changes are still on their way to the platform; ``differences`` counts the lines
    that the platform has otherwise than wished.
    """

    currency: Currency
    estimate: Decimal | None = None
    confirmed: ConfirmedTotals | None = None
    pending: bool = False
    differences: int = 0


def estimate_row(state: TotalsState) -> Pieces:
    """The estimate, marked ``~``."""
    if state.estimate is None:
        return ()
    return (Piece("Estimate  ~ "), Piece(state.currency.text(state.estimate)), Piece("  "))


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
    return (Piece("Confirmed = "), Piece(state.currency.text(state.confirmed.total), Tone.STRONG), sign)


def breakdown(state: TotalsState) -> str:
    """What the confirmed total is made of, without the parts that are nothing."""
    if state.confirmed is None:
        return ""
    figures = state.currency.figures
    totals = state.confirmed
    parts = [f"products {figures(totals.products)}"]
    if totals.shipping:
        parts.append(f"delivery {figures(totals.shipping)}")
    if totals.tax:
        parts.append(f"tax {figures(totals.tax)}")
    if totals.discount:
        parts.append(f"discount -{figures(totals.discount)}")
    return "  ".join(parts)


def remark(state: TotalsState) -> Piece:
    """What the operator should know about the two figures, in words."""
    if state.differences:
        lines = "1 line differs" if state.differences == 1 else f"{state.differences} lines differ"
        return Piece(f"! {lines} from what was asked", Tone.WARN)
    if state.pending:
        return Piece("changes on their way")
    return Piece("")


class Totals(Band):
    """Two rows: the estimate above the confirmed total, their figures in one column at the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"band--good", "band--warn"}

    DEFAULT_CSS = "Totals { height: 2; }"

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
        """Words at the left where there is room for them whole, figures at the right."""
        if self._state is None:
            return ()
        width = self.size.width
        above = estimate_row(self._state)
        below = confirmed_row(self._state, self.marks)
        parts = Piece(breakdown(self._state), Tone.DIM)
        if width_of((parts, *below)) >= width:
            parts = Piece("")
        return (
            push_right((remark(self._state),), above, width),
            push_right((parts,), below, width),
        )
