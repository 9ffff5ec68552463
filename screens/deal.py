"""Filling a deal: its slots as a checklist, each opened, filled with something else or left as it is.

Opened from the order and from a slot of another deal; the answer is the configured item.
"""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget

from console.ordering.configuration import ConfigureError
from console.ordering.configuration.deal import DealPlace, clear_place, deal_places
from screens.builder_figures import FiguresState
from screens.builder_screen import BuilderScreen, Opener, Work
from screens.choose import ChooseScreen
from screens.commands import KEYS, Command, bindings, moving
from screens.deal_rows import CHOICES, COLUMNS, choices, chosen, item_in, key_of, rows
from screens.over import Title
from widgets.key_bar import KeyHint
from widgets.lists.grouped_list import GroupedList
from widgets.message_line import MessageKind
from widgets.symbols import symbols_of

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command("deal.enter", "enter", "enter", "Open", "Customise what fills the slot; fill an empty one"),
    Command("deal.done", "f2", "done", "Done", "Take the deal as it stands"),
    Command(
        "deal.other", "f4,space", "other", "Other choice", "Fill the slot with something else; a letter too"
    ),
    Command("deal.clear", "delete,f8", "clear", "Empty", "Leave the slot empty"),
    Command("deal.undo", "f7", "undo", "Undo", "Take back the last change"),
    *moving("deal"),
    *KEYS,
    Command("deal.back", "escape,f12", "back", "Back", "Go back; what was set is kept for the next time"),
)


LETTERS = (
    Command(
        "deal.letters",
        "a",
        "letters",
        "",
        "Choose what fills the slot by its name",
        shown="a to z  0 to 9",
        in_palette=False,
    ),
)
"""Told on the keys page, and not bound: a letter begins a name."""


class DealScreen(BuilderScreen):
    """One deal. Enter leads into a slot, Escape out of it again with what was set."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    COMMANDS_HERE = COMMANDS
    LETTERS_HERE = LETTERS
    TITLE_HERE = "Deal"
    AUTO_FOCUS = "GroupedList"

    def __init__(self, desk: "OperatorSession", work: Work, opened: Opener) -> None:
        self._slots = GroupedList(*COLUMNS, leading=2, empty="This deal has no slots.")
        super().__init__(desk, work, opened, self._slots)

    def body(self) -> Iterable[Widget]:
        """The checklist, the price below."""
        yield Vertical(Title(self.work.title or self.work.bundle.title), self._slots, classes="body")
        yield self.figures

    def on_resize(self) -> None:
        """Words are wrapped to the window."""
        self.call_after_refresh(self.paint)

    # A slot

    def action_enter(self) -> None:
        """Customise what fills the slot; where there is nothing to customise, choose what fills it."""
        place = self._marked
        item = item_in(place) if place is not None else None
        if place is None or item is None or not item.is_bundle:
            self.action_other()
            return
        title = f"{place.group.title}: {item.title}"
        self.open_inside(place.index, item, title, partial(self.go_on, self._slots.cursor + 1))

    def action_other(self) -> None:
        """Choose what fills the slot."""
        self._choose("")

    def letter(self, letter: str) -> None:
        """A letter begins to choose."""
        self._choose(letter)

    def action_clear(self) -> None:
        """Leave the slot empty."""
        place = self._marked
        if place is not None and place.component is not None:
            self.change_to(clear_place(self.now, place.index))
            self.reply(f"{place.group.title} is empty. F7 fills it again.")
        else:
            self.reply("Nothing is in this slot.")

    def _choose(self, typed: str) -> None:
        place = self._marked
        if place is None:
            return
        offered = choices(
            self.work.bundle, self.now, place, self.bundles, self.price, currency=self.desk.currency
        )
        filled = f"{place.component.product_id}:{place.component.variant_id}" if place.component else None
        self.app.push_screen(
            ChooseScreen(place.group.title, CHOICES, offered, at=filled, typed=typed),
            partial(self._fill, place),
        )

    def _fill(self, place: DealPlace, key: str | None) -> None:
        if key is None:
            return
        try:
            changed = chosen(self.work.bundle, self.now, place, self.bundles, key)
        except ConfigureError as error:
            self.reply(str(error), MessageKind.WARN)
            return
        self.change_to(changed)
        self.reply("")
        self._slots.move_to_key(key_of(place))

    # The deal

    def action_done(self) -> None:
        """Answer with the filled deal; where something is missing, mark it and say what."""
        super().action_done()
        if self.problems:
            self.go_on(self._slots.cursor)

    def paint(self) -> None:
        """Show it as it stands now."""
        deal, now, currency = self.work.bundle, self.now, self.desk.currency
        found = self._places
        width = self._slots.size.width or self.app.size.width
        self._slots.set_rows(
            rows(deal, found, self.bundles, currency, marks=symbols_of(self._slots), width=width)
        )
        wrong = self.problems
        well = sum(place.component is not None and not place.problem for place in found)
        self.figures.state = FiguresState(
            keys=(KeyHint("Enter", "open the slot") if wrong else KeyHint("F2", "take the deal"),),
            price=currency.format_money(self.price(now)),
            difference=self.more,
            words=f"{well} of {len(found)} slots filled, nothing is missing.",
            problem=next(iter(wrong), ""),
        )

    @property
    def _places(self) -> tuple[DealPlace, ...]:
        return deal_places(self.work.bundle, self.now, self.bundles)

    @property
    def _marked(self) -> DealPlace | None:
        return next((place for place in self._places if key_of(place) == self._slots.cursor_key), None)

    def go_on(self, index: int) -> None:
        """Put the mark on the first slot that needs something, else on this one."""
        wrong = (at for at, place in enumerate(self._places) if place.problem)
        self._slots.move_to(next(wrong, index))
