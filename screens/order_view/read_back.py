"""The order as sentences to read to the customer, one selected at a time."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from console.ordering.checkout import DeliveryMode
from console.ordering.configuration.bundle import Bundles
from console.ordering.descriptions import read_back
from console.ordering.placed.purchase_descriptions import read_back_purchase
from console.ordering.placed.purchased_order import AS_SOON_AS_POSSIBLE
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
ESTIMATE_NOTE = "An estimate: the platform has not confirmed this order yet."


def read_back_sentences(view: OrderView, bundles: Bundles) -> tuple[str, ...]:
    """The sentences to read to the customer: each line, pickup or delivery, and the total.

    They are of what the platform has; without that, of the draft, and the last one says so. ``bundles`` are
    those of the menu.
    """
    if (record := view.record) is not None:
        when = (
            record.wanted_time if record.wanted_time == AS_SOON_AS_POSSIBLE else f"for {record.wanted_time}"
        )
        sentences = read_back_purchase(record, view.currency, when, bundles)
        return _with_place(sentences, view, record.mode, record.address)
    checkout = view.draft.checkout
    when = f"for {checkout.delivery_slot.label}" if checkout.delivery_slot else "as soon as possible"
    sentences = read_back(view.draft, view.currency, view.total, when, bundles, delivery=view.delivery_fee)
    address = checkout.address.one_line if checkout.address else ""
    if view.draft.is_empty:
        return sentences
    return (*_with_place(sentences, view, checkout.mode, address), ESTIMATE_NOTE)


def _with_place(
    sentences: tuple[str, ...], view: OrderView, mode: DeliveryMode, address: str
) -> tuple[str, ...]:
    """Add where the order goes, before the total."""
    where = f"To be collected at {view.store.name}."
    if mode is DeliveryMode.DELIVERY:
        where = f"To {address}." if address else ""
    return (*sentences[:-1], where, sentences[-1]) if where and len(sentences) > 1 else sentences


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
