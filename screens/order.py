"""The order: the menu on one side, the customer's order on the other, every change on the screen at once.

Opened for one draft; the desk keeps it and sync sends it behind.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from console.ordering.catalogue import Product
from console.ordering.draft import AddLine, DraftLine, OrderItem, RemoveLine, ReplaceItem, SetQuantity
from console.ordering.quick_order import QuickOrderLine
from console.services.events import Event, MenuProgress, ServiceError
from console.services.views import OrderView, UnexpectedLine
from screens.adding import Adding
from screens.builder import open_builder
from screens.choose import ChooseScreen
from screens.commands import bindings
from screens.copying import open_copy
from screens.menu_pane import MenuPane
from screens.offering import Offering
from screens.open_order import OpenOrderScreen
from screens.order_commands import COMMANDS, LETTERS, SIGNS
from screens.order_rows import first_differing, is_mine, rows, strange_line, totals
from screens.quick import QuickScreen
from screens.stock import StockScreen
from widgets.lists.columns import Column, ListRow
from widgets.lists.line_list import LineList
from widgets.lists.order_lines import OrderLines
from widgets.message_line import MessageKind
from widgets.progress import ProgressState
from widgets.suggestion_line import SuggestionLine
from widgets.text_cells import Align
from widgets.totals import TotalsPanel

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession


NO_LINE = "No line of the order is marked."
WHILE_NOT_TYPING = frozenset(
    {"accept", "checkout_sign", "customise", "outbox", "quick", "read_back", "repeat", "step", "switch"}
    | {"take_offer"}
)
"""Actions of signs that belong to a text while one is being typed."""

PREPARE_AFTER = 0.3
"""Seconds."""


class OrderScreen(OpenOrderScreen):
    """One draft, both sides of it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings((*COMMANDS, *SIGNS, *LETTERS))
    COMMANDS_HERE = (*COMMANDS, *SIGNS)
    LETTERS_HERE = LETTERS
    TITLE_HERE = "Order"
    DEFAULT_CSS = """
    OrderScreen {
        & #sides { height: 1fr; }
        & MenuPane { width: 9fr; padding-right: 1; }
        & #order { width: 11fr; }
    }
    """

    def __init__(self, desk: "OperatorSession", draft_id: str, message: str = "") -> None:
        super().__init__(desk, draft_id)
        self._message = message
        self._menu = MenuPane(desk.currency)
        self._lines = OrderLines(empty="Nothing ordered yet.")
        self._offer = SuggestionLine(desk.currency, key="&")
        self._totals = TotalsPanel()
        self._adding = Adding(self, self._menu, self._add_item)
        self._offering = Offering(self, self._offer, self._adding)
        self._last_line: str | None = None
        self._typed = ""
        self._progress = ""

    def body(self) -> Iterable[Widget]:
        """Menu on the left, order on the right."""
        yield Horizontal(self._menu, Vertical(self._lines, self._offer, self._totals, id="order"), id="sides")

    def on_mount(self) -> None:
        """Show the order as it was last saved, with the mark on the first line that differs, and the menu."""
        self.paint(self.view)
        if (differing := first_differing(self.view)) is not None:
            self._last_line = differing
            self._lines.move_to_key(differing)
        self._adding.find()
        self._prepare()
        if self._message:
            self.say(self._message)

    def desk_changed(self, change: Event) -> None:
        """The platform confirmed something, or the menu came."""
        match change:
            case MenuProgress(done, total):
                if done < total and self.message in {"", self._progress}:
                    state = ProgressState(change.label, done, total, change.seconds_left, change.rate)
                    self._say_progress(f"{state.text}. F5 stops.")
                elif done >= total:
                    self._adding.find(home=False)
                    self._prepare()
                    if self.message == self._progress:  # what was said since then stays
                        self.say("")
            case _:
                super().desk_changed(change)

    def _prepare(self) -> None:
        """Get the one-line order's words ready, once the screen is painted: a thread at work slows that."""

        def prepare() -> None:
            self.run_worker(self.desk.quick_order.prepare, name="prepare the one-line order", group="prepare")

        self.set_timer(PREPARE_AFTER, prepare)

    # The menu's side

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search this machine's menu at each letter."""
        event.stop()
        self._adding.typed()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field adds the marked product."""
        event.stop()
        self.action_enter()

    def action_category(self) -> None:
        """Choose which category of the menu is shown."""
        everything = ListRow("", ("All", ""))
        shown = [ListRow(c.category_id, (c.name, str(c.products))) for c in self.desk.menu.categories]
        columns = (Column("Category"), Column("Products", 8, Align.RIGHT))

        def chosen(category_id: str | None) -> None:
            if category_id is not None:
                self._adding.category = category_id
                self._adding.find()

        self.app.push_screen(
            ChooseScreen("Category", columns, (everything, *shown), at=self._adding.category), chosen
        )

    def action_refresh(self) -> None:
        """Fetch the menu anew; while the message line says how far that is, stop it."""
        if self.desk.menu.is_fetching and self._progress and self.message == self._progress:
            self.say("")
            self.desk.menu.cancel()
        else:
            self._say_progress("Fetching the menu. F5 stops.")
            self.desk.menu.refresh()

    def _say_progress(self, text: str) -> None:
        self._progress = text
        self.say(text)

    def _add_item(self, item: OrderItem, quantity: int) -> bool:
        """Put a new line at the end and mark it."""
        line = DraftLine(self.desk.orders.new_line_id(), item, quantity)
        if not self.change(AddLine(line)):
            return False
        self._last_line = line.line_id
        self._lines.move_to_key(line.line_id)
        return True

    def action_take_offer(self) -> None:
        """Take what is offered: a deal in the place of its line, or one more product."""
        self._offering.take()

    # The order's side

    def action_side(self) -> None:
        """Between the menu and the order."""
        self._set_typed_quantity()
        (self._menu.field if self._in_the_order else self._lines).focus()

    def action_enter(self) -> None:
        """Add, or in the order set the quantity that was typed."""
        if self._in_the_order:
            self._set_typed_quantity()
        else:
            self._adding.enter()

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        """Enter on a line of the order."""
        event.stop()
        self._set_typed_quantity()

    def on_line_list_highlighted(self, event: LineList.Highlighted) -> None:
        """A quantity that was being typed belongs to the line that was marked before."""
        event.stop()
        if event.line_list is self._lines and is_mine(event.key):
            self._set_typed_quantity()
            self._last_line = event.key

    def action_digit(self, digit: int) -> None:
        """A digit of the marked line's new quantity; Enter or leaving the line sets it."""
        if self._target() is not None:
            self._typed = (self._typed + str(digit)).lstrip("0")[:3]
            self._show_typed()

    def action_erase(self) -> None:
        """Take back a digit."""
        self._typed = self._typed[:-1]
        self._show_typed()

    def action_step(self, step: int) -> None:
        """One more or one less; a line is removed by a key of its own."""
        self._set_typed_quantity()
        line = self._target()
        if line is None:
            self.say(NO_LINE)
        elif line.quantity + step < 1:
            self.say("F8 removes the line.")
        elif self.change(SetQuantity(line.line_id, line.quantity + step)):
            self.say(f"{line.quantity + step} {line.item.title}.", MessageKind.GOOD)

    def action_accept(self) -> None:
        """Wish for what the platform has in place of the marked line, or keep what others added."""
        strange, line = self._strange(), self._target()
        if strange is not None:
            changed = self.desk.orders.keep_unexpected(self.draft_id, strange)
            self._settled(changed, f"{strange.title} stays in the order.")
        elif line is not None:
            changed = self.desk.orders.accept_line(self.draft_id, line.line_id)
            self._settled(changed, f"Accepted what the platform has for {line.item.title}.")
        else:
            self.say(NO_LINE)

    def _settled(self, changed: bool, said: str) -> None:
        if changed:
            self.paint(self.view)
            self.say(f"{said} F7 takes it back.", MessageKind.GOOD)
        else:
            self.say("There is nothing to accept here.")

    def action_remove(self) -> None:
        """Remove the marked line; undo brings it back."""
        self._typed = ""
        line = self._target()
        if (strange := self._strange()) is not None:
            if self.desk.orders.remove_unexpected(self.draft_id, strange):
                self.paint(self.view)
                self.say(f"{strange.title} is taken out of the cart. F7 lets it stay.", MessageKind.GOOD)
            else:
                self.say("The platform gives it free; it goes with what it comes with.")
            return
        if line is None:
            self.say(NO_LINE)
        elif self.change(RemoveLine(line.line_id)):
            self.say(f"Removed {line.quantity} {line.item.title}. F7 brings it back.", MessageKind.GOOD)

    def action_undo(self) -> None:
        """Take back the last change."""
        self._typed = ""
        if self.view.draft.edits:
            self.paint(self.desk.orders.undo(self.draft_id))
            self.say("The last change is taken back.", MessageKind.GOOD)
        else:
            self.say("There is nothing to take back.")

    def action_quick(self) -> None:
        """Type the order, or more of it, in one line."""

        def typed(lines: tuple[QuickOrderLine, ...] | None) -> None:
            for line in lines or ():
                self._add_item(line.item, line.quantity)
            if lines:
                words = lines[0].description if len(lines) == 1 else f"{len(lines)} lines"
                self.say(f"Added {words}.", MessageKind.GOOD)

        self.app.push_screen(QuickScreen(self.desk), typed)

    def action_customise(self) -> None:
        """Change what is in the marked or last line; without one, make one of the marked product."""
        product = None if self._in_the_order else self._menu.marked
        line = self._target()
        if line is None and product is not None:
            open_builder(self, self.desk, product, None, self._add_one)
        elif line is not None:
            line_id = line.line_id
            known = self._product_of(line)
            open_builder(
                self, self.desk, known, line.item, lambda item: self._replace(ReplaceItem(line_id, item))
            )
        else:
            self.say(NO_LINE)

    def action_copy(self) -> None:
        """Put the marked line's configuration onto another line."""
        if (line := self._target()) is not None:
            open_copy(self, line)
        else:
            self.say(NO_LINE)

    def _add_one(self, item: OrderItem) -> None:
        self._add_item(item, 1)

    def _replace(self, edit: ReplaceItem) -> None:
        if self.change(edit):
            self.say(f"{edit.item.title} is as you wished. F7 takes it back.", MessageKind.GOOD)

    def _product_of(self, line: DraftLine) -> Product:
        item = line.item
        known = self.desk.menu.product(item.product_id)
        return known or Product(item.product_id, item.title, "", "", "", Decimal(0), Decimal(0))

    def action_stock(self) -> None:
        """Which stores have it."""
        if not self._in_the_order:
            if (product := self._menu.marked) is not None:
                self._show_stock(product, 0, self._menu.quantity)
        elif (line := self._target()) is not None:
            self._show_stock(self._product_of(line), line.item.variant_id, line.quantity)
        else:
            self.say(NO_LINE)

    def _show_stock(self, product: Product, variant_id: int, asked: int) -> None:
        self.app.push_screen(
            StockScreen(self.desk, product, variant_id, asked=asked, customer=self.customer_name())
        )

    # Both sides

    def action_move(self, step: int) -> None:
        """Move the cursor of this side."""
        (self._lines if self._in_the_order else self._menu.list).move(step)

    def action_page(self, step: int) -> None:
        """Move it by a page."""
        (self._lines if self._in_the_order else self._menu.list).page(step)

    async def action_back(self) -> None:
        """Clear what is typed; with nothing typed, go back. The order is kept."""
        if self._typed:
            self._typed = ""
            self.say("The quantity stays as it was.")
        elif self._menu.field.value:
            self._menu.field.value = ""
        else:
            try:
                await self.desk.orders.close_if_done(self.draft_id)
            except ServiceError as trouble:
                self.say(trouble.message, MessageKind.BAD)
            else:
                self.close()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A plus or a minus belongs to the text that is being typed."""
        if action in WHILE_NOT_TYPING:
            return not self.is_typing
        return super().check_action(action, parameters)

    @property
    def _in_the_order(self) -> bool:
        return self.focused is self._lines

    def _target(self) -> DraftLine | None:
        """The marked line in the order; from the menu, the line touched last."""
        key = self._lines.cursor_key if self._in_the_order else self._last_line
        return self.view.draft.line(key) if key is not None else None

    def _strange(self) -> UnexpectedLine | None:
        """What nobody here added, where the mark in the order is on it."""
        return strange_line(self.view, self._lines.cursor_key) if self._in_the_order else None

    def _set_typed_quantity(self) -> None:
        typed, self._typed = self._typed, ""
        line = self.view.draft.line(self._last_line) if self._last_line else None
        if typed and line is not None and self.change(SetQuantity(line.line_id, int(typed))):
            self.say(f"{typed} {line.item.title}.", MessageKind.GOOD)

    def _show_typed(self) -> None:
        if self._typed:
            self.say(f"Quantity {self._typed}: Enter sets it, Esc leaves it as it was.")
        else:
            self.say("")

    def paint(self, view: OrderView) -> None:
        """Show lines, totals and what is offered."""
        self._lines.show(rows(view), currency=view.currency)
        self._totals.state = totals(view)
        self.show_header()
        self._offering.find(view)
