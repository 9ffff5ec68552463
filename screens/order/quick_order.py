"""The quick order: an order typed in one line, its meaning below it in words and money."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.timer import Timer
from textual.widget import Widget

from console.ordering.quick_order import QuickOrderLine
from console.services.events import Event, MenuProgress
from screens.framework.commands import BACK, Command, bindings, hints
from screens.framework.key_buffer import KeyBuffer
from screens.framework.modal_screen import DialogScreen
from widgets.key_bar import KeyBar
from widgets.quick_order_input import QuickOrderInput

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command("quick.add", "enter", "add", "Add", "Add what is shown", in_palette=False),
    Command("quick.complete", "tab", "complete", "Complete", "Take the first completion", in_palette=False),
    Command("quick.earlier", "up", "earlier", "Earlier", "The text typed before", in_palette=False),
    BACK,
)
"""Listed for the key bar; the field itself handles all but the last."""


READ_LATER_SECONDS = 0.1
"""Seconds until a text that was left to later keys is read."""


class QuickOrderScreen(DialogScreen[tuple[QuickOrderLine, ...]]):
    """The result is the lines that were shown."""

    BINDINGS: ClassVar[list[BindingType]] = bindings([BACK])
    AUTO_FOCUS = "QuickOrderField"
    DEFAULT_CSS = """
    QuickOrderScreen {
        align: center bottom;
        &> .box { width: 100%; height: auto; &> QuickOrderInput { height: 9; } }
    }
    """

    def __init__(self, session: "OperatorSession") -> None:
        super().__init__()
        self._session = session
        self._quick_input = QuickOrderInput(session.currency)
        self._history_index = len(session.quick_order.history)
        self._later: Timer | None = None

    def dialog_body(self) -> Iterable[Widget]:
        """The field with its feedback, and the keys."""
        yield self._quick_input
        yield KeyBar(hints(COMMANDS))

    def on_quick_order_input_changed(self, event: QuickOrderInput.Changed) -> None:
        """Parse the text at each letter; of a burst of letters, at the last one or a key that needs it."""
        event.stop()
        if self._has_waiting_keys and not event.is_needed:
            # The last of them may be one that changes nothing.
            if self._later is None:
                self._later = self.set_timer(READ_LATER_SECONDS, self._read_later)
            return
        self._quick_input.show(self._session.quick_order.read(event.text, event.cursor))

    @property
    def _has_waiting_keys(self) -> bool:
        # A paste without brackets arrives as keys: reading the text at each of them would take a minute.
        return isinstance(self.app, KeyBuffer) and self.app.has_waiting_keys

    def _read_later(self) -> None:
        self._later = None
        self._quick_input.request_read_if_stale()

    def handle_event(self, event: Event) -> None:
        """Parse an incomplete text again once more of the menu is here."""
        if isinstance(event, MenuProgress):
            self._quick_input.request_reread()

    def on_quick_order_input_submitted(self, event: QuickOrderInput.Submitted) -> None:
        """Add what was shown; with a mistake, stay open and show it."""
        event.stop()
        # Keys arrived faster than the text was parsed: the whole text counts, as it would have been shown.
        reading = event.reading or self._session.quick_order.read(event.text, len(event.text))
        if reading.is_ready:
            self._session.quick_order.remember(event.text)
            self.close(reading.lines)
        elif reading.mistake is None:  # only spaces and semicolons are typed
            self.close()
        else:
            self._quick_input.show(reading)

    def action_back(self) -> None:
        """Close without adding; Up recalls the text."""
        if self._quick_input.value.strip():
            self._session.quick_order.remember(self._quick_input.value)
        self.close()

    def on_quick_order_input_recall(self, event: QuickOrderInput.Recall) -> None:
        """Show the earlier or later text; after the last one, an empty field."""
        event.stop()
        history = self._session.quick_order.history
        self._history_index = min(max(self._history_index + event.step, 0), len(history))
        self._quick_input.value = history[self._history_index] if self._history_index < len(history) else ""
