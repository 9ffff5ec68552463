"""The totals of an order: our estimate above the total that the platform confirmed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Unpack

from console.ordering.money import Currency
from widgets.symbols import Symbols
from widgets.text_cells import wrap
from widgets.text_rows import Span, Spans, TextRows, Tone, justify
from widgets.widget_options import WidgetOptions

STATUS_ROWS = 2
"""Rows for the status of the order, above the figures."""


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

    ``pending`` is true while changes are on their way to the platform, and ``progress_text`` describes
    their progress. ``differences`` counts the lines in which cart and draft differ. ``problem`` is a
    sentence, empty if there is none.
    """

    currency: Currency
    estimate: Decimal | None = None
    confirmed: ConfirmedTotals | None = None
    pending: bool = False
    differences: int = 0
    progress_text: str = ""
    problem: str = ""

    @property
    def is_final(self) -> bool:
        """Return True if the confirmed total is the valid one."""
        return self.confirmed is not None and not self.pending


def estimate_row(state: TotalsState) -> Spans:
    """The estimate, marked ``~``, dimmed once a confirmed total is valid."""
    if state.estimate is None:
        return ()
    tone = Tone.DIM if state.is_final else Tone.PLAIN
    return (Span("Estimate  ~ ", tone), Span(state.currency.format_money(state.estimate), tone), Span("  "))


def confirmed_row(state: TotalsState, symbols: Symbols) -> Spans:
    """The confirmed total, marked ``=``, with a symbol that shows whether it is final."""
    if state.confirmed is None:
        return (Span(f"not confirmed yet {symbols.pending}"),) if state.pending else ()
    if state.differences:
        status_symbol = Span(" !", Tone.WARN)
    elif state.pending:
        status_symbol = Span(f" {symbols.pending}")
    else:
        status_symbol = Span(f" {symbols.good}", Tone.GOOD)
    tone = Tone.STRONG if state.is_final else Tone.DIM
    return (
        Span("Confirmed = ", tone),
        Span(state.currency.format_money(state.confirmed.total), tone),
        status_symbol,
    )


def _breakdown_parts(state: TotalsState) -> tuple[str, ...]:
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


def breakdown_text(state: TotalsState) -> str:
    """The parts of the confirmed total, without those that are zero."""
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
    """The status in words, then the estimate above the confirmed total, their figures in a column.

    Rows that the status does not need show the parts of the confirmed total.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-rows--good", "text-rows--warn"}

    DEFAULT_CSS = "TotalsPanel { height: 4; }"

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
            justify((), estimate_row(state), width),
            justify((), confirmed_row(state, self.symbols), width),
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
