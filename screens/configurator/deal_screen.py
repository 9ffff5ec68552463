"""The screen to fill a deal: its slots as a checklist."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget

from console.ordering.configuration import ConfigureError
from console.ordering.configuration.bundle import BundleItem
from console.ordering.configuration.deal import DealPlace, clear_place, deal_places
from screens.configurator.deal_rows import (
    CHOICE_COLUMNS,
    COLUMNS,
    choice_rows,
    item_in_slot,
    key_of,
    rows,
    with_choice,
)
from screens.configurator.price_bar import PriceBarState
from screens.configurator.screen import ConfiguratorRequest, ConfiguratorScreen, ScreenFactory
from screens.dialogs.select import SelectScreen
from screens.framework.commands import HELP_COMMANDS, Command, bindings, navigation_commands
from screens.framework.modal_screen import TitleRow
from widgets.key_bar import KeyHint
from widgets.lists.grouped_list import GroupedList
from widgets.message_line import MessageKind
from widgets.symbols import symbols_of

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

COMMANDS = (
    Command("deal.enter", "enter", "enter", "Open", "Configure the item in the slot; fill an empty slot"),
    Command("deal.done", "f2", "done", "Done", "Accept the deal"),
    Command(
        "deal.other", "f4,space", "choose", "Other choice", "Choose another item for the slot; a letter too"
    ),
    Command("deal.clear", "delete,f8", "clear", "Empty", "Empty the slot"),
    Command("deal.undo", "f7", "undo", "Undo", "Undo the last change"),
    *navigation_commands("deal"),
    *HELP_COMMANDS,
    Command("deal.back", "escape,f12", "back", "Back", "Go back; changes are kept for the next time"),
)


LETTERS = (
    Command(
        "deal.letters",
        "a",
        "letters",
        "",
        "Choose an item for the slot by its name",
        keys_text="a to z  0 to 9",
        in_palette=False,
    ),
)
"""For the keys page only, not bound: a letter begins a name."""


class DealScreen(ConfiguratorScreen):
    """One deal. Enter opens a slot, Escape leaves it again and keeps its changes."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    LETTER_COMMANDS = LETTERS
    SCREEN_TITLE = "Deal"
    AUTO_FOCUS = "GroupedList"

    def __init__(
        self, session: "OperatorSession", request: ConfiguratorRequest, screen_factory: ScreenFactory
    ) -> None:
        self._slots = GroupedList(*COLUMNS, leading=2, empty="This deal has no slots.")
        super().__init__(session, request, screen_factory, self._slots)

    def body(self) -> Iterable[Widget]:
        """The slots, the price below."""
        yield Vertical(TitleRow(self.request.title or self.request.bundle.title), self._slots, classes="body")
        yield self.price_bar

    def on_resize(self) -> None:
        """Wrap the notes to the new width."""
        self.call_after_refresh(self.paint)

    # A slot

    def action_enter(self) -> None:
        """Configure the item in the slot; choose one if there is none to configure."""
        deal_slot = self._selected_slot
        item = item_in_slot(deal_slot) if deal_slot is not None else None
        if deal_slot is None or item is None or not item.is_bundle:
            self.action_choose()
            return
        self._open_slot(deal_slot, item)

    @work(exclusive=True, group="nested")
    async def _open_slot(self, deal_slot: DealPlace, item: BundleItem) -> None:
        """Configure the item in a slot, then select the next slot with a problem."""
        cursor = self._slots.cursor
        if await self.configure_nested(deal_slot.index, item, f"{deal_slot.group.title}: {item.title}"):
            self.select_next_problem(cursor + 1)

    def action_choose(self) -> None:
        """Choose an item for the slot."""
        self._choose("")

    def handle_letter(self, letter: str) -> None:
        """Choose an item for the slot, starting with this letter."""
        self._choose(letter)

    def action_clear(self) -> None:
        """Empty the slot."""
        deal_slot = self._selected_slot
        if deal_slot is not None and deal_slot.component is not None:
            self.set_components(clear_place(self.components, deal_slot.index))
            self.reply(f"{deal_slot.group.title} is empty. F7 undoes it.")
        else:
            self.reply("This slot is empty.")

    @work(exclusive=True, group="ask")
    async def _choose(self, initial_text: str) -> None:
        """Choose an item for the slot; ``initial_text`` narrows the choices."""
        deal_slot = self._selected_slot
        if deal_slot is None:
            return
        option_rows = choice_rows(
            self.request.bundle,
            self.components,
            deal_slot,
            self.bundles,
            self.price,
            currency=self.session.currency,
        )
        current_key = (
            f"{deal_slot.component.product_id}:{deal_slot.component.variant_id}"
            if deal_slot.component
            else None
        )
        key = await self.ask(
            SelectScreen(
                deal_slot.group.title,
                CHOICE_COLUMNS,
                option_rows,
                current_key=current_key,
                initial_text=initial_text,
            )
        )
        if key is not None:
            self._fill(deal_slot, key)

    def _fill(self, deal_slot: DealPlace, key: str) -> None:
        try:
            changed = with_choice(self.request.bundle, self.components, deal_slot, self.bundles, key)
        except ConfigureError as error:
            self.reply(str(error), MessageKind.WARN)
            return
        self.set_components(changed)
        self.reply("")
        self._slots.move_to_key(key_of(deal_slot))

    # The deal

    def action_done(self) -> None:
        """Close with the filled deal; if something is missing, select its slot and say what."""
        super().action_done()
        if self.problems:
            self.select_next_problem(self._slots.cursor)

    def paint(self) -> None:
        """Show the current configuration."""
        deal, components, currency = self.request.bundle, self.components, self.session.currency
        deal_slots = self._deal_slots
        width = self._slots.size.width or self.app.size.width
        self._slots.set_rows(
            rows(deal, deal_slots, self.bundles, currency, symbols=symbols_of(self._slots), width=width)
        )
        problems = self.problems
        filled_count = sum(
            deal_slot.component is not None and not deal_slot.problem for deal_slot in deal_slots
        )
        self.price_bar.state = PriceBarState(
            keys=(KeyHint("Enter", "open the slot") if problems else KeyHint("F2", "accept the deal"),),
            price=currency.format_money(self.price(components)),
            difference=self.price_difference,
            description=f"{filled_count} of {len(deal_slots)} slots filled, nothing missing.",
            problem=next(iter(problems), ""),
        )

    @property
    def _deal_slots(self) -> tuple[DealPlace, ...]:
        return deal_places(self.request.bundle, self.components, self.bundles)

    @property
    def _selected_slot(self) -> DealPlace | None:
        return next(
            (deal_slot for deal_slot in self._deal_slots if key_of(deal_slot) == self._slots.cursor_key), None
        )

    def select_next_problem(self, index: int) -> None:
        """Select the first slot with a problem, or else the one at ``index``."""
        problem_indexes = (number for number, deal_slot in enumerate(self._deal_slots) if deal_slot.problem)
        self._slots.move_to(next(problem_indexes, index))
