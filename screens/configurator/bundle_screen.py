"""The screen to configure a bundle: the pizza, its toppings by group, and the price below."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from console.ordering.configuration import (
    BaseChange,
    ConfigureError,
    base_variant,
    half_and_half,
    products_on_both_halves,
    remove_topping,
)
from console.ordering.configuration.bundle import CRUST, SIZE, BundleItem, option_value
from console.ordering.descriptions import details_text
from console.ordering.draft import Portion
from screens.configurator.bundle_commands import COMMANDS, LETTERS
from screens.configurator.bundle_edits import (
    change_strength,
    merge_halves,
    next_crust,
    next_size,
    positions_of,
    toggle_topping,
)
from screens.configurator.bundle_rows import (
    COLUMNS,
    UNPLACED,
    UNPLACED_TEXT,
    find_topping,
    key_of,
    pizza_state,
    rows,
    toppings,
)
from screens.configurator.price_bar import PriceBarState
from screens.configurator.screen import Components, ConfiguratorRequest, ConfiguratorScreen, ScreenFactory
from screens.dialogs.confirm import ConfirmScreen
from screens.dialogs.select import SelectScreen
from screens.framework.commands import bindings
from screens.framework.modal_screen import TitleRow
from widgets.key_bar import KeyHint
from widgets.lists.columns import Column, ListRow
from widgets.lists.grouped_list import GroupedList
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind
from widgets.pizza import PizzaDrawing
from widgets.symbols import symbols_of

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

NO_TOPPING_MATCHES = "No topping matches {}."


class BundleScreen(ConfiguratorScreen):
    """One bundle, with its toppings by group; the result is the configured item."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    SCREEN_COMMANDS = COMMANDS
    LETTER_COMMANDS = LETTERS
    SCREEN_TITLE = "Customise"
    AUTO_FOCUS = "GroupedList"
    DEFAULT_CSS = """
    BundleScreen {
        & #sides { height: 1fr; }
        & #pizza { width: 2fr; padding-right: 1; }
        & GroupedList { width: 3fr; }
    }
    """

    def __init__(
        self, session: "OperatorSession", request: ConfiguratorRequest, screen_factory: ScreenFactory
    ) -> None:
        self._groups = GroupedList(*COLUMNS, leading=2, empty="No toppings.")
        super().__init__(session, request, screen_factory, self._groups)
        self._drawing = PizzaDrawing()
        self._search_text = ""
        self._match_key: str | None = None
        self._last_half: tuple[int, Portion] | None = None

    def body(self) -> Iterable[Widget]:
        """The pizza beside the groups, the price below both."""
        title = TitleRow(self.request.title or self.request.bundle.title)
        yield Horizontal(Vertical(title, self._drawing, id="pizza"), self._groups, id="sides")
        yield self.price_bar

    # Toppings

    def action_toggle_topping(self, portion: str) -> None:
        """Put the selected topping on a portion, or remove it there."""
        if (item := self._selected_topping()) is not None:
            self._last_half = (item.product_id, Portion(portion))
            self._apply(lambda now: toggle_topping(self.request.bundle, now, item, Portion(portion)), item)

    def action_remove_topping(self) -> None:
        """Remove the selected topping."""
        if (item := self._selected_topping()) is not None:
            self._apply(lambda now: remove_topping(self.request.bundle, now, item.product_id), item)

    def action_strength(self, step: int) -> None:
        """Make the selected topping stronger or weaker; on the half touched last if it is on both."""
        if (item := self._selected_topping()) is not None:
            half = self._last_half[1] if self._last_half and self._last_half[0] == item.product_id else None
            self._apply(lambda now: change_strength(self.request.bundle, now, item, half, step), item)

    def action_merge_halves(self) -> None:
        """Make toppings on both halves whole."""
        item = self._selected_topping(quiet=True)
        self._apply(lambda now: merge_halves(self.request.bundle, now, item), item)

    # The base

    def action_size(self) -> None:
        """Change to the next size; ask first if that drops toppings."""
        try:
            size, refit, skipped_reason = next_size(
                self.request.bundle, self.components, self.request.deal_slot
            )
        except ConfigureError as error:
            self.say(str(error), MessageKind.WARN)
            return
        if refit.dropped_titles:
            self._confirm_size(size, refit)
        else:
            self.set_components(refit.components)
            self.say(skipped_reason)

    @work(exclusive=True, group="ask")
    async def _confirm_size(self, size: str, refit: BaseChange) -> None:
        dropped = refit.dropped_titles
        confirmed = await self.ask(
            ConfirmScreen(
                f"{size} has no {', '.join(dropped)}.",
                f"Yes changes the size and removes {'it' if len(dropped) == 1 else 'them'}.",
            )
        )
        if confirmed:
            self.set_components(refit.components)

    def action_crust(self) -> None:
        """Change to the next crust of this size."""
        self._apply(lambda now: next_crust(self.request.bundle, now, self.request.deal_slot).components)

    # Another recipe on the right half

    @work(exclusive=True, group="ask")
    async def action_recipe(self) -> None:
        """Choose another recipe for the right half among the known bundles."""
        current_bundle = self.request.bundle
        recipes = {
            str(number): bundle
            for number, bundle in self.bundles.items()
            if bundle.base is not None and number != current_bundle.product_id
        }
        if not recipes:
            self.reply("No other recipe is known.")
            return
        options = [ListRow(key, (bundle.title,)) for key, bundle in recipes.items()]
        screen = SelectScreen(f"Right half of {current_bundle.title}", (Column("Recipe"),), options)
        key = await self.ask(screen)
        if key is not None:
            self._apply(lambda now: half_and_half(current_bundle, current_bundle, recipes[key], now))

    # Finding a topping

    def handle_letter(self, letter: str) -> None:
        """Select the first topping that matches the typed letters."""
        self._find_topping(self._search_text + letter)

    def action_erase(self) -> None:
        """Delete the last letter; without one, remove the selected topping."""
        if self._search_text:
            self._find_topping(self._search_text[:-1])
        else:
            self.action_remove_topping()

    def on_line_list_highlighted(self, event: LineList.Highlighted) -> None:
        """Clear the typed letters when the selection moves."""
        event.stop()
        if self._search_text and self._groups.cursor_key != self._match_key:
            self.reply("")

    def _find_topping(self, text: str) -> None:
        self._search_text = text
        key = find_topping(self.request.bundle, text)
        if key is not None:
            self._groups.move_to_key(key)
        self._match_key = self._groups.cursor_key
        if key is None:
            self.say(NO_TOPPING_MATCHES.format(text), MessageKind.WARN)
        else:
            self.say(f"Find {text}" if text else "")

    # The screen

    def action_group(self, step: int) -> None:
        """Select the first topping of another group."""
        self._groups.move_to_group(step)

    def action_enter(self) -> None:
        """Open the selected nested bundle; on any other row, accept the configuration."""
        item = self._selected_topping(quiet=True)
        if item is not None and item.is_bundle and (part := positions_of(self.components, item.product_id)):
            self._open_nested(self.components.index(next(iter(part.values()))), item)
        else:
            self.action_done()

    @work(exclusive=True, group="nested")
    async def _open_nested(self, index: int, item: BundleItem) -> None:
        await self.configure_nested(index, item)

    async def action_back(self) -> None:
        """Clear the typed letters; without them, go back. Changes are kept."""
        if self._search_text:
            self.reply("")
        else:
            await super().action_back()

    def reply(self, text: str, kind: MessageKind = MessageKind.INFO) -> None:
        """Show a message in reply to a key, and clear the typed letters."""
        self._search_text = ""
        self.say(text, kind)

    def paint(self) -> None:
        """Show the current configuration."""
        bundle, components, currency = self.request.bundle, self.components, self.session.currency
        self._groups.set_rows(rows(bundle, components, self.own_price, currency, symbols_of(self._groups)))
        self._drawing.state = pizza_state(bundle, components)
        base = base_variant(bundle, components)
        self.price_bar.state = PriceBarState(
            keys=(
                KeyHint("F4", option_value(base, SIZE) or "size"),
                KeyHint("F5", option_value(base, CRUST) or "crust"),
                KeyHint("/", "second recipe"),
            ),
            price=currency.format_money(self.price(components)),
            difference=self.price_difference,
            description=details_text(bundle, components, self.bundles) or "As on the menu.",
            problem=next(iter(self.problems), ""),
        )

    def _selected_topping(self, *, quiet: bool = False) -> BundleItem | None:
        if self._search_text and find_topping(self.request.bundle, self._search_text) is None and not quiet:
            # The typed letters were meant for another topping than the selected one.
            self.reply(f"{NO_TOPPING_MATCHES.format(self._search_text)} Nothing changed.", MessageKind.WARN)
            return None
        key = self._groups.cursor_key or ""
        item = next((item for _, item in toppings(self.request.bundle) if key_of(item) == key), None)
        if item is None and key.startswith(UNPLACED) and not quiet:
            self.reply(UNPLACED_TEXT, MessageKind.WARN)
        return item

    def _apply(self, change: Callable[[Components], Components], item: BundleItem | None = None) -> None:
        try:
            changed = change(self.components)
        except ConfigureError as error:
            self.reply(str(error), MessageKind.WARN)
            return
        self.set_components(changed)
        both = item is not None and item.product_id in products_on_both_halves(changed)
        self.reply(f"{item.title} on both halves: F6 makes it whole." if item and both else "")
