"""Configuring a bundle: the pizza on one side, its groups on the other, the price below.

Opened from the order and from a deal's slot; the answer is the configured item, ``None`` for going back.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from console.ordering.configuration import (
    ConfigureError,
    base_variant,
    half_and_half,
    products_on_both_halves,
    remove_topping,
)
from console.ordering.configuration.bundle import CRUST, SIZE, BundleItem, option_value
from console.ordering.descriptions import details_text
from console.ordering.draft import Portion
from screens.builder_figures import FiguresState
from screens.builder_screen import BuilderScreen, Components, Opener, Work
from screens.choose import ChooseScreen
from screens.commands import bindings
from screens.confirm import ConfirmScreen
from screens.customise_commands import COMMANDS, LETTERS
from screens.customise_edits import joined, laid, lying, next_crust, next_size, strengthened
from screens.customise_rows import (
    COLUMNS,
    UNPLACED,
    WHY_UNPLACED,
    found,
    key_of,
    pizza,
    rows,
    toppings,
)
from screens.over import Title
from widgets.key_bar import KeyHint
from widgets.lists.columns import Column, ListRow
from widgets.lists.grouped_list import GroupedList
from widgets.lists.line_list import LineList
from widgets.message_line import MessageKind
from widgets.pizza import PizzaDrawing
from widgets.symbols import symbols_of

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession

NOTHING = "No topping begins like {}."


class CustomiseScreen(BuilderScreen):
    """One bundle, its toppings under their groups."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(COMMANDS)
    COMMANDS_HERE = COMMANDS
    LETTERS_HERE = LETTERS
    TITLE_HERE = "Customise"
    AUTO_FOCUS = "GroupedList"
    DEFAULT_CSS = """
    CustomiseScreen {
        & #sides { height: 1fr; }
        & #pizza { width: 2fr; padding-right: 1; }
        & GroupedList { width: 3fr; }
    }
    """

    def __init__(self, desk: "OperatorSession", work: Work, opened: Opener) -> None:
        self._groups = GroupedList(*COLUMNS, leading=2, empty="Nothing can be put on it.")
        super().__init__(desk, work, opened, self._groups)
        self._drawing = PizzaDrawing()
        self._typed = ""
        self._found_at: str | None = None
        self._half: tuple[int, Portion] | None = None

    def body(self) -> Iterable[Widget]:
        """The pizza and the groups, the price below both."""
        title = Title(self.work.title or self.work.bundle.title)
        yield Horizontal(Vertical(title, self._drawing, id="pizza"), self._groups, id="sides")
        yield self.figures

    # Toppings

    def action_lay(self, portion: str) -> None:
        """The marked topping there, or off there."""
        if (item := self._marked()) is not None:
            self._half = (item.product_id, Portion(portion))
            self._change(lambda now: laid(self.work.bundle, now, item, Portion(portion)), item)

    def action_off(self) -> None:
        """The marked topping off."""
        if (item := self._marked()) is not None:
            self._change(lambda now: remove_topping(self.work.bundle, now, item.product_id), item)

    def action_strength(self, step: int) -> None:
        """More or less of the marked topping, on the half touched last where it lies on both."""
        if (item := self._marked()) is not None:
            half = self._half[1] if self._half and self._half[0] == item.product_id else None
            self._change(lambda now: strengthened(self.work.bundle, now, item, half, step), item)

    def action_join(self) -> None:
        """What lies on both halves becomes whole."""
        item = self._marked(quiet=True)
        self._change(lambda now: joined(self.work.bundle, now, item), item)

    # The base

    def action_size(self) -> None:
        """The next size; what has no form in it is named before it is dropped."""
        try:
            size, refit, passed = next_size(self.work.bundle, self.now, self.work.slot)
        except ConfigureError as error:
            self.say(str(error), MessageKind.WARN)
            return
        if not refit.dropped_titles:
            self.change_to(refit.components)
            self.say(passed)
            return
        self.app.push_screen(
            ConfirmScreen(
                f"In {size} there is no {', '.join(refit.dropped_titles)}.",
                f"Yes changes the size and takes {'it' if len(refit.dropped_titles) == 1 else 'them'} off.",
            ),
            lambda yes: self.change_to(refit.components) if yes else None,
        )

    def action_crust(self) -> None:
        """The next crust of this size."""
        self._change(lambda now: next_crust(self.work.bundle, now, self.work.slot).components)

    # Another recipe on the right half

    def action_recipe(self) -> None:
        """Choose it among the bundles that are known."""
        mine = self.work.bundle
        others = {
            str(number): bundle
            for number, bundle in self.bundles.items()
            if bundle.base is not None and number != mine.product_id
        }
        if not others:
            self.reply("No other recipe is known here.")
            return

        def chosen(key: str | None) -> None:
            if key is not None:
                self._change(lambda now: half_and_half(mine, mine, others[key], now))

        options = [ListRow(key, (bundle.title,)) for key, bundle in others.items()]
        screen = ChooseScreen(f"On the right half of {mine.title}", (Column("Recipe"),), options)
        self.app.push_screen(screen, chosen)

    # Finding a topping

    def letter(self, letter: str) -> None:
        """To the first topping that begins like what is typed."""
        self._find(self._typed + letter)

    def action_erase(self) -> None:
        """Take back a letter; with none typed, the marked topping."""
        if self._typed:
            self._find(self._typed[:-1])
        else:
            self.action_off()

    def on_line_list_highlighted(self, event: LineList.Highlighted) -> None:
        """Moving ends what was typed."""
        event.stop()
        if self._typed and self._groups.cursor_key != self._found_at:
            self.reply("")

    def _find(self, typed: str) -> None:
        self._typed = typed
        key = found(self.work.bundle, typed)
        if key is not None:
            self._groups.move_to_key(key)
        self._found_at = self._groups.cursor_key
        if key is None:
            self.say(NOTHING.format(typed), MessageKind.WARN)
        else:
            self.say(f"Find {typed}" if typed else "")

    # The screen

    def action_group(self, step: int) -> None:
        """Move the mark to another group."""
        self._groups.move_to_group(step)

    def action_enter(self) -> None:
        """On a bundle that is a part of this one open it; elsewhere it is done."""
        item = self._marked(quiet=True)
        if item is not None and item.is_bundle and (part := lying(self.now, item.product_id)):
            self.open_inside(self.now.index(next(iter(part.values()))), item)
        else:
            self.action_done()

    async def action_back(self) -> None:
        """End what is typed; with nothing typed, go back. What was set is kept."""
        if self._typed:
            self.reply("")
        else:
            await super().action_back()

    def reply(self, text: str, kind: MessageKind = MessageKind.INFO) -> None:
        """Say it in answer to a key; what was typed has served."""
        self._typed = ""
        self.say(text, kind)

    def paint(self) -> None:
        """Show it as it stands now."""
        bundle, now, currency = self.work.bundle, self.now, self.desk.currency
        self._groups.set_rows(rows(bundle, now, self.own_price, currency, symbols_of(self._groups)))
        self._drawing.state = pizza(bundle, now)
        base = base_variant(bundle, now)
        self.figures.state = FiguresState(
            keys=(
                KeyHint("F4", option_value(base, SIZE) or "size"),
                KeyHint("F5", option_value(base, CRUST) or "crust"),
                KeyHint("/", "second recipe"),
            ),
            price=currency.format_money(self.price(now)),
            difference=self.more,
            words=details_text(bundle, now, self.bundles) or "As on the menu.",
            problem=next(iter(self.problems), ""),
        )

    def _marked(self, *, quiet: bool = False) -> BundleItem | None:
        if self._typed and found(self.work.bundle, self._typed) is None and not quiet:
            # What was typed was meant for another topping than the marked one.
            self.reply(f"{NOTHING.format(self._typed)} Nothing is changed.", MessageKind.WARN)
            return None
        key = self._groups.cursor_key or ""
        item = next((item for _, item in toppings(self.work.bundle) if key_of(item) == key), None)
        if item is None and key.startswith(UNPLACED) and not quiet:
            self.reply(WHY_UNPLACED, MessageKind.WARN)
        return item

    def _change(self, change: Callable[[Components], Components], item: BundleItem | None = None) -> None:
        try:
            changed = change(self.now)
        except ConfigureError as error:
            self.reply(str(error), MessageKind.WARN)
            return
        self.change_to(changed)
        both = item is not None and item.product_id in products_on_both_halves(changed)
        self.reply(f"{item.title} on both halves: F6 makes it whole." if item and both else "")
