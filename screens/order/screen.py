"""The order screen: the menu on the left, the customer's order on the right.

Every change is painted at once; the service stores it and sync sends it in the background.
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
from screens.configurator.open import open_configurator
from screens.dialogs.select import SelectScreen
from screens.framework.commands import bindings
from screens.order.commands import COMMANDS, KEY_HINTS, KEY_HINTS_IN_ORDER, LETTERS, SYMBOL_COMMANDS
from screens.order.copy_configuration import open_copy_dialog
from screens.order.menu_panel import MenuPanel
from screens.order.order_actions import OrderActionsScreen
from screens.order.product_entry import ProductEntry
from screens.order.quick_order import QuickOrderScreen
from screens.order.suggestions import SuggestionPresenter
from screens.order_view.rows import first_conflict_id, is_order_line, rows, totals, unexpected_line
from screens.stock.product_stock import ProductStockScreen
from widgets.key_bar import KeyBar
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


NO_LINE_SELECTED = "No order line is selected."
ACTIONS_WHILE_NOT_TYPING = frozenset(
    {
        "accept",
        "accept_suggestion",
        "checkout_by_symbol",
        "customise",
        "outbox",
        "quick_order",
        "read_back",
        "reorder",
        "step",
        "switch",
    }
)
"""Actions of symbol keys, which belong to the text while one is being typed."""

PREPARE_DELAY = 0.3
"""Seconds after opening; by then the screen is painted."""


class OrderScreen(OrderActionsScreen):
    """One draft beside the menu."""

    BINDINGS: ClassVar[list[BindingType]] = bindings((*COMMANDS, *SYMBOL_COMMANDS, *LETTERS))
    SCREEN_COMMANDS = (*COMMANDS, *SYMBOL_COMMANDS)
    LETTER_COMMANDS = LETTERS
    SCREEN_TITLE = "Order"
    DEFAULT_CSS = """
    OrderScreen {
        & #sides { height: 1fr; }
        & MenuPanel { width: 9fr; padding-right: 1; }
        & #order { width: 11fr; }
    }
    """

    def __init__(self, session: "OperatorSession", draft_id: str, message: str = "") -> None:
        super().__init__(session, draft_id)
        self._message = message
        self._menu = MenuPanel(session.currency)
        self._lines = OrderLines(empty="Nothing ordered yet.")
        self._suggestion_line = SuggestionLine(session.currency, key="&")
        self._totals = TotalsPanel()
        self._product_entry = ProductEntry(self, self._menu, self._add_item)
        self._suggestions = SuggestionPresenter(self, self._suggestion_line, self._product_entry)
        self._last_line_id: str | None = None
        self._typed_quantity = ""
        self._progress = ""

    def body(self) -> Iterable[Widget]:
        """Menu on the left, order on the right."""
        yield Horizontal(
            self._menu, Vertical(self._lines, self._suggestion_line, self._totals, id="order"), id="sides"
        )

    def on_mount(self) -> None:
        """Show the saved order, with the first conflict selected, and the menu."""
        self.paint(self.view)
        if (first_conflict := first_conflict_id(self.view)) is not None:
            self._last_line_id = first_conflict
            self._lines.move_to_key(first_conflict)
        self._product_entry.search()
        self._prepare_quick_order()
        if self._message:
            self.say(self._message)

    def handle_event(self, event: Event) -> None:
        """Show the progress of the menu, and what the platform confirmed."""
        match event:
            case MenuProgress(done, total):
                if done < total and self.message in {"", self._progress}:
                    state = ProgressState(event.label, done, total, event.seconds_left, event.rate)
                    self._say_progress(f"{state.text}. F5 stops.")
                elif done >= total:
                    self._product_entry.search(home=False)
                    self._prepare_quick_order()
                    if self.message == self._progress:  # a later message stays
                        self.say("")
            case _:
                super().handle_event(event)

    def _prepare_quick_order(self) -> None:
        """Index the menu for the quick order, after the first paint: a busy thread would slow that."""

        def prepare() -> None:
            self.run_worker(self.session.quick_order.prepare, name="prepare the quick order", group="prepare")

        self.set_timer(PREPARE_DELAY, prepare)

    # The menu

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search the local menu at each letter."""
        event.stop()
        self._product_entry.handle_text_change()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Add the selected product."""
        event.stop()
        self.action_enter()

    def action_category(self) -> None:
        """Choose the category of the menu to show."""
        all_row = ListRow("", ("All", ""))
        category_rows = [
            ListRow(c.category_id, (c.name, str(c.product_count))) for c in self.session.menu.categories
        ]
        columns = (Column("Category"), Column("Products", 8, Align.RIGHT))

        def chosen(category_id: str | None) -> None:
            if category_id is not None:
                self._product_entry.category = category_id
                self._product_entry.search()

        self.app.push_screen(
            SelectScreen(
                "Category", columns, (all_row, *category_rows), current_key=self._product_entry.category
            ),
            chosen,
        )

    def action_refresh(self) -> None:
        """Fetch the menu again; while the message line shows its progress, stop it."""
        if self.session.menu.is_fetching and self._progress and self.message == self._progress:
            self.say("")
            self.session.menu.cancel()
        else:
            self._say_progress("Fetching the menu. F5 stops.")
            self.session.menu.refresh()

    def _say_progress(self, text: str) -> None:
        self._progress = text
        self.say(text)

    def _add_item(self, item: OrderItem, quantity: int) -> bool:
        """Append a new line and select it."""
        line = DraftLine(self.session.orders.new_line_id(), item, quantity)
        if not self.apply_edit(AddLine(line)):
            return False
        self._last_line_id = line.line_id
        self._lines.move_to_key(line.line_id)
        return True

    def action_accept_suggestion(self) -> None:
        """Accept the suggested deal or product."""
        self._suggestions.accept()

    # The order

    def action_switch_side(self) -> None:
        """Move the focus between the menu and the order."""
        self._set_typed_quantity()
        (self._menu.search_field if self._order_has_focus else self._lines).focus()

    def action_enter(self) -> None:
        """Add the selected product; in the order, set the typed quantity."""
        if self._order_has_focus:
            self._set_typed_quantity()
        else:
            self._product_entry.submit()

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        """Set the typed quantity."""
        event.stop()
        self._set_typed_quantity()

    def on_line_list_highlighted(self, event: LineList.Highlighted) -> None:
        """Set the typed quantity of the line that was selected before."""
        event.stop()
        if event.line_list is self._lines and is_order_line(event.key):
            self._set_typed_quantity()
            self._last_line_id = event.key

    def action_digit(self, digit: int) -> None:
        """Append a digit to the new quantity; Enter or leaving the line sets it."""
        if self._target_line() is not None:
            self._typed_quantity = (self._typed_quantity + str(digit)).lstrip("0")[:3]
            self._show_typed_quantity()

    def action_erase(self) -> None:
        """Delete the last digit."""
        self._typed_quantity = self._typed_quantity[:-1]
        self._show_typed_quantity()

    def action_step(self, step: int) -> None:
        """Change the quantity by one; removing a line has its own key."""
        self._set_typed_quantity()
        line = self._target_line()
        if line is None:
            self.say(NO_LINE_SELECTED)
        elif line.quantity + step < 1:
            self.say("F8 removes the line.")
        elif self.apply_edit(SetQuantity(line.line_id, line.quantity + step)):
            self.say(f"{line.quantity + step} {line.item.title}.", MessageKind.GOOD)

    def action_accept(self) -> None:
        """Accept the platform's version of the selected line, or keep an unexpected one."""
        unexpected, line = self._selected_unexpected_line(), self._target_line()
        if unexpected is not None:
            accepted = self.session.orders.keep_unexpected(self.draft_id, unexpected)
            self._report_acceptance(accepted, f"{unexpected.title} stays in the order.")
        elif line is not None:
            accepted = self.session.orders.accept_line(self.draft_id, line.line_id)
            self._report_acceptance(accepted, f"Accepted the platform's {line.item.title}.")
        else:
            self.say(NO_LINE_SELECTED)

    def _report_acceptance(self, accepted: bool, text: str) -> None:
        if accepted:
            self.paint(self.view)
            self.say(f"{text} F7 undoes it.", MessageKind.GOOD)
        else:
            self.say("Nothing to accept here.")

    def action_remove(self) -> None:
        """Remove the selected line; undo restores it."""
        self._typed_quantity = ""
        line = self._target_line()
        if (unexpected := self._selected_unexpected_line()) is not None:
            if self.session.orders.remove_unexpected(self.draft_id, unexpected):
                self.paint(self.view)
                self.say(f"{unexpected.title} will be removed from the cart. F7 undoes it.", MessageKind.GOOD)
            else:
                self.say("Free from the platform: it goes when its item goes.")
            return
        if line is None:
            self.say(NO_LINE_SELECTED)
        elif self.apply_edit(RemoveLine(line.line_id)):
            self.say(f"Removed {line.quantity} {line.item.title}. F7 undoes it.", MessageKind.GOOD)

    def action_undo(self) -> None:
        """Undo the last change."""
        self._typed_quantity = ""
        if self.view.draft.edits:
            self.paint(self.session.orders.undo(self.draft_id))
            self.say("Undone.", MessageKind.GOOD)
        else:
            self.say("Nothing to undo.")

    def action_quick_order(self) -> None:
        """Type the order, or more of it, in one line, and add it."""

        def add_lines(lines: tuple[QuickOrderLine, ...] | None) -> None:
            for line in lines or ():
                self._add_item(line.item, line.quantity)
            if lines:
                words = lines[0].description if len(lines) == 1 else f"{len(lines)} lines"
                self.say(f"Added {words}.", MessageKind.GOOD)

        self.app.push_screen(QuickOrderScreen(self.session), add_lines)

    def action_customise(self) -> None:
        """Configure the selected or last line; without one, the selected product."""
        product = None if self._order_has_focus else self._menu.selected_product
        line = self._target_line()
        if line is None and product is not None:
            open_configurator(self, self.session, product, None, self._add_single_item)
        elif line is not None:
            line_id = line.line_id
            configured_product = self._product_of(line)
            open_configurator(
                self,
                self.session,
                configured_product,
                line.item,
                lambda item: self._replace_item(ReplaceItem(line_id, item)),
            )
        else:
            self.say(NO_LINE_SELECTED)

    def action_copy(self) -> None:
        """Copy the configuration of the selected line to another."""
        if (line := self._target_line()) is not None:
            open_copy_dialog(self, line)
        else:
            self.say(NO_LINE_SELECTED)

    def _add_single_item(self, item: OrderItem) -> None:
        self._add_item(item, 1)

    def _replace_item(self, edit: ReplaceItem) -> None:
        if self.apply_edit(edit):
            self.say(f"{edit.item.title} changed. F7 undoes it.", MessageKind.GOOD)

    def _product_of(self, line: DraftLine) -> Product:
        item = line.item
        product = self.session.menu.product(item.product_id)
        return product or Product(item.product_id, item.title, "", "", "", Decimal(0), Decimal(0))

    def action_stock(self) -> None:
        """Show which stores have the selected product or line."""
        if not self._order_has_focus:
            if (product := self._menu.selected_product) is not None:
                self._show_stock(product, 0, self._menu.quantity)
        elif (line := self._target_line()) is not None:
            self._show_stock(self._product_of(line), line.item.variant_id, line.quantity)
        else:
            self.say(NO_LINE_SELECTED)

    def _show_stock(self, product: Product, variant_id: int, quantity: int) -> None:
        self.app.push_screen(
            ProductStockScreen(
                self.session, product, variant_id, quantity=quantity, customer=self.customer_name()
            )
        )

    # Both sides

    def action_move(self, step: int) -> None:
        """Move the cursor of the focused side."""
        (self._lines if self._order_has_focus else self._menu.product_list).move(step)

    def action_page(self, step: int) -> None:
        """Move the cursor of the focused side by a page."""
        (self._lines if self._order_has_focus else self._menu.product_list).page(step)

    async def action_back(self) -> None:
        """Clear the text; without one, go back. The order stays open."""
        if self._typed_quantity:
            self._typed_quantity = ""
            self.say("Quantity unchanged.")
        elif self._menu.search_field.value:
            self._menu.search_field.value = ""
        else:
            try:
                await self.session.orders.close_if_done(self.draft_id)
            except ServiceError as trouble:
                self.say(trouble.message, MessageKind.BAD)
            else:
                self.close()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return False for a symbol key that belongs to the text being typed."""
        if action in ACTIONS_WHILE_NOT_TYPING:
            return not self.is_typing
        return super().check_action(action, parameters)

    def on_descendant_focus(self) -> None:
        """Name the side that F2 leads to."""
        self.query_one(KeyBar).hints = KEY_HINTS_IN_ORDER if self._order_has_focus else KEY_HINTS

    @property
    def _order_has_focus(self) -> bool:
        return self.focused is self._lines

    def _target_line(self) -> DraftLine | None:
        """The selected line of the order; in the menu, the line touched last."""
        key = self._lines.cursor_key if self._order_has_focus else self._last_line_id
        return self.view.draft.line(key) if key is not None else None

    def _selected_unexpected_line(self) -> UnexpectedLine | None:
        """The selected unexpected line."""
        return unexpected_line(self.view, self._lines.cursor_key) if self._order_has_focus else None

    def _set_typed_quantity(self) -> None:
        quantity_text, self._typed_quantity = self._typed_quantity, ""
        line = self.view.draft.line(self._last_line_id) if self._last_line_id else None
        if (
            quantity_text
            and line is not None
            and self.apply_edit(SetQuantity(line.line_id, int(quantity_text)))
        ):
            self.say(f"{quantity_text} {line.item.title}.", MessageKind.GOOD)

    def _show_typed_quantity(self) -> None:
        if self._typed_quantity:
            self.say(f"Quantity {self._typed_quantity}: Enter sets it, Esc cancels.")
        else:
            self.say("")

    def paint(self, view: OrderView) -> None:
        """Show lines, totals and the suggestion."""
        self._lines.show(rows(view), currency=view.currency)
        self._totals.state = totals(view)
        self.show_header()
        self._suggestions.update(view)
