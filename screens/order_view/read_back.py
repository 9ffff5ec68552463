"""The order as sentences to read to the customer, one selected at a time."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from console.ordering.checkout import DeliveryMode
from console.ordering.configuration.bundle import Bundles
from console.ordering.descriptions import read_back
from console.services.views import OrderView
from screens.framework.commands import BACK, Command, bindings, hints, navigation_commands
from screens.framework.modal_screen import DialogScreen, TitleRow
from widgets.key_bar import KeyBar
from widgets.lists.columns import Column, ListRow
from widgets.lists.line_list import LineList
from widgets.text_cells import wrap

COMMANDS = (Command("read_back.next", "enter,space", "next", "Next", "Select the next sentence"), BACK)
WIDTH = 66
MAX_LINES = 16
ESTIMATE_NOTE = "The total is an estimate: the platform has not confirmed it yet."


def read_back_sentences(view: OrderView, bundles: Bundles) -> tuple[str, ...]:
    """The sentences to read to the customer: each line, pickup or delivery, and the total.

    ``bundles`` are those of the menu.
    """
    checkout = view.draft.checkout
    when = f"for {checkout.delivery_slot.label}" if checkout.delivery_slot else "as soon as possible"
    sentences = read_back(view.draft, view.currency, view.total, when, bundles, delivery=view.delivery_fee)
    where = f"To be collected at {view.store.name}."
    if checkout.mode is DeliveryMode.DELIVERY:
        where = f"To {checkout.address.one_line}." if checkout.address else ""
    if where and not view.draft.is_empty:
        sentences = (*sentences[:-1], where, sentences[-1])
    return sentences if view.is_confirmed or view.draft.is_empty else (*sentences, ESTIMATE_NOTE)


class ReadBackScreen(DialogScreen[None]):
    """The sentences in a dialog."""

    BINDINGS: ClassVar[list[BindingType]] = bindings((*COMMANDS, *navigation_commands("read_back")))
    DEFAULT_CSS = "ReadBackScreen > .box { width: 74; }"

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__()
        self._rows = [_row(number, sentence) for number, sentence in enumerate(sentences)]
        self._list = self.navigated_list = LineList(Column("Read to the customer"))

    def dialog_body(self) -> Iterable[Widget]:
        """Title, sentences and keys."""
        yield TitleRow("The order")
        yield self._list
        yield KeyBar(hints(COMMANDS))

    def on_mount(self) -> None:
        """Show the sentences, with the first one selected."""
        lines = sum(1 + len(row.notes) for row in self._rows)
        self._list.styles.height = min(lines + 1, MAX_LINES)
        self._list.set_rows(self._rows)

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        """Select the next sentence."""
        event.stop()
        self.action_next()

    def action_next(self) -> None:
        """Select the next sentence; after the last one, close."""
        if self._list.cursor_key == self._rows[-1].key:
            self.close()
        else:
            self._list.move(1)


def _row(number: int, sentence: str) -> ListRow:
    first, *continuation = wrap(sentence, WIDTH, 8)
    return ListRow(str(number), (first,), notes=tuple(f"  {other}" for other in continuation))
