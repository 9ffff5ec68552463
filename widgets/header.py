"""The top row of a screen: store, operator, customer and connection state."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Unpack

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.reactive import reactive

from widgets.text_rows import Span, Spans, TextRows, Tone, justify, spans_width
from widgets.widget_options import WidgetOptions


class ConnectionIndicator(StrEnum):
    """The state of the connection, in the word that the header shows."""

    ONLINE = "online"
    SLOW = "slow"
    OFFLINE = "offline"
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class HeaderState:
    """The values that the header shows. Empty texts are left out.

    ``pending_changes`` counts changes that are not on the platform yet. ``orders_to_place`` counts orders
    that wait to be placed, ``needs_attention`` those of them that wait for the operator. ``connection`` is
    ``None`` on a screen that has nothing to do with a platform.
    """

    store: str = ""
    operator: str = ""
    customer: str = ""
    connection: ConnectionIndicator | None = None
    pending_changes: int = 0
    orders_to_place: int = 0
    needs_attention: int = 0


class HeaderBar(Horizontal):
    """Shows a ``HeaderState`` in two halves, so that a new count repaints only one of them."""

    DEFAULT_CSS = """
    HeaderBar {
        dock: top;
        height: 1;
        background: $panel;
        &> HeaderStatus { width: 36; }
    }
    """

    virtual_size = reactive(Size(0, 0), repaint=False)

    def __init__(self, state: HeaderState | None = None, **options: Unpack[WidgetOptions]) -> None:
        super().__init__(**options)
        self._people = HeaderPeople()
        self._status = HeaderStatus()
        self._state = HeaderState()
        self.state = state or self._state

    def compose(self) -> ComposeResult:
        """People on the left, connection and counts on the right."""
        yield self._people
        yield self._status

    @property
    def state(self) -> HeaderState:
        """The values shown."""
        return self._state

    @state.setter
    def state(self, state: HeaderState) -> None:
        self._state = state
        self._people.show(state)
        self._status.show(state)


class HeaderPart(TextRows):
    """One half of the header."""

    DEFAULT_CSS = "HeaderPart { background: $panel; }"

    _state = HeaderState()

    def show(self, state: HeaderState) -> None:
        """Show the part of a state that belongs to this half."""
        self._state = state
        self.repaint()


class HeaderPeople(HeaderPart):
    """Store, operator and customer."""

    def rows(self) -> tuple[Spans, ...]:
        """One row, store and customer emphasised; a narrow row shortens the operator first."""
        operator = self._state.operator
        shortened = (operator, *operator.split()[:1], "")
        rows = [self._names_row(name) for name in shortened]
        return (next((row for row in rows if spans_width(row) <= self.size.width), rows[0]),)

    def _names_row(self, operator: str) -> Spans:
        state = self._state
        spans: list[Span] = []
        if state.store:
            spans.append(Span(state.store, Tone.STRONG))
        if operator:
            spans.append(Span(f"  {operator}"))
        if state.customer:
            spans += (Span("  for "), Span(state.customer, Tone.STRONG))
        return tuple(spans)


class HeaderStatus(HeaderPart):
    """The connection as a symbol and a word, and how much is still unsent."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"text-rows--warn"}

    def rows(self) -> tuple[Spans, ...]:
        """One row, aligned to the right."""
        state = self._state
        pending_spans: list[Span] = []
        if state.needs_attention:
            verb = "needs" if state.needs_attention == 1 else "need"
            pending_spans.append(Span(f"! {state.needs_attention} {verb} you  ", Tone.WARN))
        elif state.orders_to_place:
            pending_spans.append(Span(f"{state.orders_to_place} to place  ", Tone.STRONG))
        if state.pending_changes:
            pending_spans.append(Span(f"{state.pending_changes} unsent  ", Tone.STRONG))
        connection_spans = self._connection_spans(state.connection) if state.connection else ()
        if pending_spans and not connection_spans:
            pending_spans[-1] = Span(pending_spans[-1].text.rstrip(), pending_spans[-1].tone)
        return (justify((), (*pending_spans, *connection_spans), self.size.width),)

    def _connection_spans(self, connection: ConnectionIndicator) -> Spans:
        symbols = self.symbols
        symbol, tone = {
            ConnectionIndicator.ONLINE: (symbols.filled_circle, Tone.PLAIN),
            ConnectionIndicator.SLOW: (symbols.half_circle, Tone.WARN),
            ConnectionIndicator.OFFLINE: (symbols.hollow_circle, Tone.WARN),
            ConnectionIndicator.CHECKING: (symbols.half_circle, Tone.PLAIN),
        }[connection]
        return (Span(f"{symbol} {connection}", tone),)
