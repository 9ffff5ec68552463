"""The total of an order: our estimate until the platform has confirmed it, then the confirmed one."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Unpack

from console.ordering.money import ZERO, Currency
from console.ordering.pricing.delivery_fee import money_text
from widgets.symbols import Symbols
from widgets.text_cells import wrap
from widgets.text_rows import Span, Spans, TextRows, Tone, justify
from widgets.widget_options import WidgetOptions

STATUS_ROWS = 2
"""Rows for the status of the order, above the total."""


@dataclass(frozen=True, slots=True)
class ConfirmedTotals:
    """The platform's amounts. ``discount`` is positive."""

    products: Decimal
    shipping: Decimal
    tax: Decimal
    discount: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class TotalsState:
    """The values that the totals show.

    ``confirmed`` is ``None`` until it is for the order as it is now, and the estimate counts till then;
    ``estimated_delivery`` is the fee in it, ``None`` if nobody knows the fee. ``pending`` is true while
    changes are on their way to the platform, and ``progress_text`` describes their progress.
    ``differences`` counts the lines in which cart and draft differ. ``problem`` is a
    sentence, empty if there is none.
    """

    currency: Currency
    estimate: Decimal | None = None
    estimated_delivery: Decimal | None = ZERO
    confirmed: ConfirmedTotals | None = None
    pending: bool = False
    differences: int = 0
    progress_text: str = ""
    problem: str = ""


def total_row(state: TotalsState, symbols: Symbols, width: int) -> Spans:
    """The one total: confirmed, marked ``=``, or else the estimate, marked ``~``."""
    if state.confirmed is not None:
        text = f"Confirmed = {state.currency.format_money(state.confirmed.total)}"
        status_symbol = Span(" !", Tone.WARN) if state.differences else Span(f" {symbols.good}", Tone.GOOD)
        return (Span(text, Tone.STRONG), status_symbol)
    if state.estimate is None:
        return ()
    text = f"~ {money_text(state.estimate, state.estimated_delivery, state.currency)}"
    status = f" {symbols.pending}" if state.pending else "  "
    # A large amount "plus delivery" takes the whole row of a narrow panel: the sign says what it is.
    label = "Estimate  " if len("Estimate  ") + len(text) + len(status) <= width else ""
    return (Span(label + text, Tone.STRONG), Span(status))


def _breakdown_parts(state: TotalsState) -> tuple[str, ...]:
    figures = state.currency.format_number
    if state.confirmed is None:
        estimate, fee = state.estimate, state.estimated_delivery
        if not estimate or not fee:
            return ()
        return (f"products {figures(estimate - fee)}", f"delivery {figures(fee)}")
    totals = state.confirmed
    parts = [f"products {figures(totals.products)}"]
    if totals.shipping:
        parts.append(f"delivery {figures(totals.shipping)}")
    if totals.tax:
        parts.append(f"tax {figures(totals.tax)}")
    if totals.discount:
        parts.append(f"discount -{figures(totals.discount)}")
    return tuple(parts)


def breakdown_text(state: TotalsState) -> str:
    """The parts of the total, without those that are zero."""
    return "  ".join(_breakdown_parts(state))


def _wrap_parts(parts: tuple[str, ...], width: int) -> list[str]:
    rows: list[str] = []
    for part in parts:
        if rows and len(rows[-1]) + len(part) + 2 <= width:
            rows[-1] = f"{rows[-1]}  {part}"
        else:
            rows.append(part)
    return rows


def status_span(state: TotalsState) -> Span:
    """The status of the order: a problem before differences before progress."""
    if state.problem:
        return Span(f"! {state.problem}", Tone.WARN)
    if state.differences:
        count_text = "1 line differs" if state.differences == 1 else f"{state.differences} lines differ"
        return Span(f"! {count_text} from the order.", Tone.WARN)
    return Span(state.progress_text if state.pending else "")


class TotalsPanel(TextRows):
    """The status in words, and below it the total. Rows that the status does not need show its parts."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-rows--good", "text-rows--warn"}

    DEFAULT_CSS = "TotalsPanel { height: 3; }"

    def __init__(self, state: TotalsState | None = None, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self._state = state

    @property
    def state(self) -> TotalsState | None:
        """The values shown; ``None`` shows nothing."""
        return self._state

    @state.setter
    def state(self, state: TotalsState | None) -> None:
        self._state = state
        self.repaint()

    def rows(self) -> tuple[Spans, ...]:
        """Words on the left, figures on the right."""
        if self._state is None:
            return ()
        width, state = self.size.width, self._state
        return (
            *self._status_rows(state, width),
            justify((), total_row(state, self.symbols, width), width),
        )

    def _status_rows(self, state: TotalsState, width: int) -> tuple[Spans, ...]:
        status = status_span(state)
        lines: list[Spans] = [
            (Span(line, status.tone),)
            for line in wrap(status.text, width, STATUS_ROWS, self.symbols.ellipsis)
        ]
        parts = _wrap_parts(_breakdown_parts(state), width - 2)
        if len(lines) + len(parts) <= STATUS_ROWS:
            lines += (justify((), (Span(row, Tone.DIM), Span("  ")), width) for row in parts)
        return (*(() for _ in range(STATUS_ROWS - len(lines))), *lines)
