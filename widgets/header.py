"""The row at the top: where, who, for whom, and how the line to the platform is.

Every screen after the sign-in begins with one.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Unpack

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.reactive import reactive

from widgets.band import Band, Piece, Pieces, Tone, push_right, width_of
from widgets.options import WidgetOptions


class Connection(StrEnum):
    """Whether the platform answers, in the word the header shows."""

    ONLINE = "online"
    OFFLINE = "offline"
    CHECKING = "checking"


@dataclass(frozen=True, slots=True)
class HeaderState:
    """What the header shows. Empty texts are left out; ``unsent`` counts changes not yet on the platform.

    ``to_place`` counts the orders that are to be placed and are not yet, ``needing`` those of them that go on
    only after the operator did something.

    ``connection`` is ``None`` where no line to a platform is concerned.
    """

    store: str = ""
    operator: str = ""
    customer: str = ""
    connection: Connection | None = None
    unsent: int = 0
    to_place: int = 0
    needing: int = 0


class HeaderBar(Horizontal):
    """Shows a ``HeaderState``. Its halves are painted apart: a new count of unsent changes costs little."""

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
        """Who on the left, how the line is on the right."""
        yield self._people
        yield self._status

    @property
    def state(self) -> HeaderState:
        """What is shown."""
        return self._state

    @state.setter
    def state(self, state: HeaderState) -> None:
        self._state = state
        self._people.show(state)
        self._status.show(state)


class HeaderPart(Band):
    """Half of the header."""

    DEFAULT_CSS = "HeaderPart { background: $panel; }"

    _state = HeaderState()

    def show(self, state: HeaderState) -> None:
        """Show this half of a state."""
        self._state = state
        self.repaint()


class HeaderPeople(HeaderPart):
    """Store, operator and customer."""

    def rows(self) -> tuple[Pieces, ...]:
        """One row: the store and the customer stand out; a narrow one shortens the operator first."""
        operator = self._state.operator
        shortened = (operator, *operator.split()[:1], "")
        rows = [self._naming(shorter) for shorter in shortened]
        return (next((row for row in rows if width_of(row) <= self.size.width), rows[0]),)

    def _naming(self, operator: str) -> Pieces:
        state = self._state
        pieces: list[Piece] = []
        if state.store:
            pieces.append(Piece(state.store, Tone.STRONG))
        if operator:
            pieces.append(Piece(f"  {operator}"))
        if state.customer:
            pieces += (Piece("  for "), Piece(state.customer, Tone.STRONG))
        return tuple(pieces)


class HeaderStatus(HeaderPart):
    """The connection in a mark and a word, and how much is still unsent."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"band--warn"}

    def rows(self) -> tuple[Pieces, ...]:
        """One row, at the right."""
        state = self._state
        waits: list[Piece] = []
        if state.needing:
            waits.append(Piece(f"! {state.needing} needs you  ", Tone.WARN))
        elif state.to_place:
            waits.append(Piece(f"{state.to_place} to place  ", Tone.STRONG))
        if state.unsent:
            waits.append(Piece(f"{state.unsent} unsent  ", Tone.STRONG))
        line = self._line(state.connection) if state.connection else ()
        if waits and not line:
            waits[-1] = Piece(waits[-1].text.rstrip(), waits[-1].tone)
        return (push_right((), (*waits, *line), self.size.width),)

    def _line(self, connection: Connection) -> Pieces:
        marks = self.marks
        mark, tone = {
            Connection.ONLINE: (marks.full, Tone.PLAIN),
            Connection.OFFLINE: (marks.hollow, Tone.WARN),
            Connection.CHECKING: (marks.half, Tone.PLAIN),
        }[connection]
        return (Piece(f"{mark} {connection}", tone),)
