"""The order screen: the menu on the left, the customer's order on the right.

Every change is painted at once; the service stores it and sync sends it in the background.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input

from console.ordering.catalogue import Product
from console.ordering.draft import (
    AddLine,
    DraftLine,
    Edit,
    NameOrder,
    OrderItem,
    ReplaceItem,
    SetCheckout,
)
from console.ordering.number_input import NumberInputError, digit_value
from console.services.events import Event, MenuProgress, always
from console.services.views import OrderView
from screens.checkout.confirmation import PlacementScreen
from screens.checkout.screen import QUEUED, CheckoutScreen
from screens.configurator.open import configure_product
from screens.customers.reassign_order import reassign_customer
from screens.dialogs.prompt import PromptScreen
from screens.dialogs.select import SelectScreen
from screens.framework.commands import bindings
from screens.history.past_orders import PastOrdersScreen
from screens.history.reorder import reorder
from screens.order.commands import (
    COMMANDS,
    KEY_HINTS,
    KEY_HINTS_IN_ORDER,
    LETTERS,
    LIST_KEYS,
    SYMBOL_ACTIONS,
    SYMBOL_COMMANDS,
)
from screens.order.copy_configuration import copy_to_line
from screens.order.line_editor import NO_LINE_SELECTED, LineEditor
from screens.order.menu_fetch import MenuFetch
from screens.order.menu_panel import MenuPanel
from screens.order.product_entry import ProductEntry
from screens.order.quick_order import QuickOrderScreen
from screens.order.suggestions import SuggestionPresenter
from screens.order_view.rows import first_conflict_id, rows, totals
from screens.order_view.screen import OrderViewScreen
from screens.outbox.screen import OutboxScreen
from screens.stock.order_availability import OrderAvailabilityScreen
from screens.stock.product_stock import ProductStockScreen
from widgets.key_bar import KeyBar
from widgets.lists.columns import Column, ListRow
from widgets.lists.line_list import LineList
from widgets.lists.order_lines import OrderLines
from widgets.message_line import MessageKind
from widgets.suggestion_line import SuggestionLine
from widgets.text_cells import Align
from widgets.totals import TotalsPanel

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession


PREPARE_DELAY = 0.3
"""Seconds after opening; by then the screen is painted."""


class OrderScreen(OrderViewScreen[str | None]):
    """One draft beside the menu; the result is the id of another order to open, or ``None``."""

    BINDINGS: ClassVar[list[BindingType]] = bindings((*COMMANDS, *SYMBOL_COMMANDS, *LIST_KEYS))
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

    def __init__(
        self,
        session: "OperatorSession",
        draft_id: str,
        message: str = "",
        *,
        is_message_current: Callable[[], bool] = always,
    ) -> None:
        """``message`` is shown first, as long as it is current."""
        super().__init__(session, draft_id)
        self.shown_view = self.view
        self._message = message
        self._is_first_message_current = is_message_current
        self._menu = MenuPanel(session.currency)
        self._lines = OrderLines(empty="Nothing ordered yet.")
        self._suggestion_line = SuggestionLine(session.currency, key=",")
        self._totals = TotalsPanel()
        self.navigated_list = self._menu.product_list
        self._product_entry = ProductEntry(self, self._menu, self._add_item)
        self._suggestions = SuggestionPresenter(self, self._suggestion_line, self._product_entry)
        self._editor = LineEditor(self, self._lines)
        self._menu_fetch = MenuFetch(self)

    def body(self) -> Iterable[Widget]:
        """Menu on the left, order on the right."""
        yield Horizontal(
            self._menu, Vertical(self._lines, self._suggestion_line, self._totals, id="order"), id="sides"
        )

    def on_mount(self) -> None:
        """Show the saved order, with the first conflict selected, and the menu."""
        self.paint(self.view)
        if (first_conflict := first_conflict_id(self.view)) is not None:
            self._editor.select(first_conflict)
        self._product_entry.search()
        self._prepare_quick_order()
        if self._message:
            self.say(self._message, is_current=self._is_first_message_current)

    def handle_event(self, event: Event) -> None:
        """Show the progress of the menu, and what the platform confirmed."""
        match event:
            case MenuProgress(location_id=store) if store not in (0, self.session.location.location_id):
                pass
            case MenuProgress(done, total):
                if done >= total:
                    self._product_entry.search(home=False)
                    self._prepare_quick_order()
                self._menu_fetch.show_progress(event)
            case _:
                super().handle_event(event)

    def _prepare_quick_order(self) -> None:
        """Index the menu for the quick order, after the first paint: a busy thread would slow that."""

        def prepare() -> None:
            self.run_worker(self.session.quick_order.prepare, name="prepare the quick order", group="prepare")

        self.set_timer(PREPARE_DELAY, prepare)

    def apply_edit(self, edit: Edit) -> bool:
        """Change and repaint the order; show why and return False if the edit is invalid."""
        if problem := self.session.menu.quantity_problem(self.view.draft, edit):
            self.say(problem, MessageKind.WARN)
            return False
        with self.attempt() as change:
            self.paint(self.session.orders.change(self.draft_id, edit))
        return not change.failed

    # The menu

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search the local menu at each letter."""
        event.stop()
        self._product_entry.handle_text_change()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Add the selected product."""
        event.stop()
        self.action_enter()

    @work(exclusive=True, group="ask")
    async def action_category(self) -> None:
        """Choose the category of the menu to show."""
        all_row = ListRow("", ("All", ""))
        category_rows = [
            ListRow(c.category_id, (c.name, str(c.product_count))) for c in self.session.menu.categories
        ]
        columns = (Column("Category"), Column("Products", 8, Align.RIGHT))
        category_id = await self.ask(
            SelectScreen(
                "Category", columns, (all_row, *category_rows), current_key=self._product_entry.category
            )
        )
        if category_id is not None:
            self._product_entry.category = category_id
            self._product_entry.search()

    def action_refresh(self) -> None:
        """Fetch the menu again; while the message line shows its progress, stop it."""
        self._menu_fetch.toggle()

    def _add_item(self, item: OrderItem, quantity: int) -> bool:
        """Append a new line and select it."""
        line = DraftLine(self.session.orders.new_line_id(), item, quantity)
        if not self.apply_edit(AddLine(line)):
            return False
        self._editor.select(line.line_id)
        return True

    def action_accept_suggestion(self) -> None:
        """Accept the suggested deal or product."""
        self._suggestions.accept()

    # Its lines

    def action_switch_side(self) -> None:
        """Move the focus between the menu and the order."""
        self._editor.set_typed_quantity()
        (self._menu.search_field if self._order_has_focus else self._lines).focus()

    def action_enter(self) -> None:
        """Add the selected product; in the order, set the typed quantity."""
        if self._order_has_focus:
            self._editor.set_typed_quantity()
        else:
            self._product_entry.submit()

    def on_line_list_selected(self, event: LineList.Selected) -> None:
        """Set the typed quantity."""
        event.stop()
        self._editor.set_typed_quantity()

    def on_line_list_highlighted(self, event: LineList.Highlighted) -> None:
        """Set the typed quantity of the line that was selected before."""
        event.stop()
        if event.line_list is self._lines:
            self._editor.handle_selection(event.key)

    def on_key(self, event: Key) -> None:
        """Search for a letter typed in the order; a digit of another script is one of a quantity."""
        character = event.character or " "
        is_bound = character.isascii() and character.isdecimal()
        if self._order_has_focus and character.isprintable() and not character.isspace() and not is_bound:
            event.stop()
            # The application dispatches key bindings: in its queue, letters stay in order with them.
            self.app.call_later(self._handle_character, character)

    def _handle_character(self, character: str) -> None:
        if not self.is_active:
            return
        if (digit := digit_value(character)) is not None:
            self.action_digit(digit)
        else:
            self._menu.search_field.value = self._editor.take_typed_quantity() + character
            self._menu.search_field.cursor_position = len(self._menu.search_field.value)
            self.set_focus(self._menu.search_field)
            self.say("")

    def action_digit(self, digit: int) -> None:
        """Append a digit to the new quantity; Enter or leaving the line sets it."""
        self._editor.type_digit(digit)

    def action_erase(self) -> None:
        """Delete the last digit of the new quantity."""
        self._editor.erase_digit()

    def action_step(self, step: int) -> None:
        """Change the quantity of the selected line by one."""
        self._editor.step(step)

    def action_accept(self) -> None:
        """Accept the platform's version of the selected line."""
        self._editor.accept()

    def action_remove(self) -> None:
        """Remove the selected line."""
        self._editor.remove()

    def action_undo(self) -> None:
        """Undo the last change."""
        self._editor.discard_typed_quantity()
        if self.view.draft.edits:
            self.paint(self.session.orders.undo(self.draft_id))
            self.say("Undone.", MessageKind.GOOD)
        else:
            self.say("Nothing to undo.")

    @work(exclusive=True, group="ask")
    async def action_quick_order(self) -> None:
        """Type the order, or more of it, in one line, and add it."""
        lines = await self.ask(QuickOrderScreen(self.session)) or ()
        added = [line for line in lines if self._add_item(line.item, line.quantity)]
        notes = [line.order_note for line in added if line.notes]
        if notes:
            checkout = self.view.draft.checkout
            order_note = "; ".join(filter(None, (checkout.notes, *notes)))
            self.apply_edit(SetCheckout(replace(checkout, notes=order_note)))
        # A line that was refused has said why.
        if lines and len(added) == len(lines):
            description = lines[0].description if len(lines) == 1 else f"{len(lines)} lines"
            noted = " The order's note says what to leave out." if notes else ""
            self.say(f"Added {description}.{noted}", MessageKind.GOOD)

    @work(exclusive=True, group="bundle")
    async def action_customise(self) -> None:
        """Configure the selected or last line; without one, the selected product."""
        line = self._editor.target
        product = None if self._order_has_focus else self._menu.selected_product
        if line is not None:
            item = await configure_product(self, self._product_of(line), line.item)
            if item is not None and self.apply_edit(ReplaceItem(line.line_id, item)):
                self.say(f"{item.title} changed. F7 undoes it.", MessageKind.GOOD)
        elif product is not None:
            item = await configure_product(self, product, None)
            if item is not None:
                self._add_item(item, product.limits.smallest if product.limits else 1)
        else:
            self.say(NO_LINE_SELECTED)

    @work(exclusive=True, group="ask")
    async def action_copy(self) -> None:
        """Copy the configuration of the selected line to another."""
        if (line := self._editor.target) is not None:
            await copy_to_line(self, line)
        else:
            self.say(NO_LINE_SELECTED)

    def _product_of(self, line: DraftLine) -> Product:
        item = line.item
        product = self.session.menu.product(item.product_id)
        return product or Product(item.product_id, item.title, "", "", "", Decimal(0), Decimal(0))

    def action_stock(self) -> None:
        """Show which stores have the selected product or line."""
        if not self._order_has_focus:
            if (product := self._menu.selected_product) is not None:
                quantity = 1
                with suppress(NumberInputError):
                    quantity = self._menu.quantity
                self._show_stock(product, 0, quantity)
        elif (line := self._editor.target) is not None:
            self._show_stock(self._product_of(line), line.item.variant_id, line.quantity)
        else:
            self.say(NO_LINE_SELECTED)

    def _show_stock(self, product: Product, variant_id: int, quantity: int) -> None:
        self.app.push_screen(
            ProductStockScreen(
                self.session, product, variant_id, quantity=quantity, customer=self.customer_name()
            )
        )

    # The order as a whole

    @work(exclusive=True, group="ask")
    async def action_checkout(self) -> None:
        """Open the checkout, and then the confirmation of the placed order."""
        if self.view.draft.is_empty:
            self.say("Nothing is ordered yet.")
        elif (result := await self.ask(CheckoutScreen(self.session, self.draft_id))) == QUEUED:
            self.close(await self.ask(PlacementScreen(self.session, self.draft_id)))
        else:
            self._open_or_repaint(result)

    def action_checkout_by_symbol(self) -> None:
        """Check out with a symbol key, for terminals that intercept F10."""
        self.action_checkout()

    @work(exclusive=True, group="ask")
    async def action_outbox(self) -> None:
        """Show all unfinished orders, and open the chosen one."""
        self._open_or_repaint(await self.ask(OutboxScreen(self.session)))

    @work(exclusive=True, group="ask")
    async def action_reorder(self) -> None:
        """Offer the customer's last order, with what changed since."""
        if await reorder(self, self.draft_id):
            self.paint(self.view)

    @work(exclusive=True, group="ask")
    async def action_stores(self) -> None:
        """Show which stores have all of it, and move it to one of them."""
        if self.view.draft.is_empty:
            self.say("Nothing is ordered yet.")
        else:
            self._open_or_repaint(await self.ask(OrderAvailabilityScreen(self.session, self.draft_id)))

    @work(exclusive=True, group="ask")
    async def action_past_orders(self) -> None:
        """Show the customer's past orders."""
        await self.ask(PastOrdersScreen(self.session, self.view.customer, self.draft_id))
        self.paint(self.view)

    @work(exclusive=True, group="ask")
    async def action_reassign(self) -> None:
        """Reassign the order, while its customer has no account."""
        if await reassign_customer(self):
            self.paint(self.view)

    @work(exclusive=True, group="ask")
    async def action_park(self) -> None:
        """Leave the order open under a name, to continue it later."""
        question, current_name = "Park the order under which name?", self.view.draft.name
        name = await self.ask(
            PromptScreen(question, value=current_name, placeholder="blue coat", select_value=True)
        )
        if name is None:
            return
        if name != current_name:
            self.apply_edit(NameOrder(name))
        self.close()

    def action_switch(self, step: int) -> None:
        """Switch to the next or previous open order."""
        open_orders = [view.draft_id for view in self.session.orders.open_orders]
        if len(open_orders) < 2 or self.draft_id not in open_orders:
            self.say("No other order is open.")
        else:
            index = (open_orders.index(self.draft_id) + step) % len(open_orders)
            self.close(open_orders[index])

    def _open_or_repaint(self, draft_id: str | None) -> None:
        """Switch to another order, if one was chosen."""
        if draft_id is not None and draft_id != self.draft_id:
            self.close(draft_id)
        else:
            self.paint(self.view)

    # Both sides

    async def action_back(self) -> None:
        """Clear the text; without one, go back. The order stays open."""
        if self._editor.discard_typed_quantity():
            self.say("Quantity unchanged.")
        elif self._menu.search_field.value:
            self._menu.search_field.value = ""
        else:
            with self.attempt():
                await self.session.orders.close_if_done(self.draft_id)
                self.close()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return False for a symbol key that belongs to the text being typed."""
        if action in SYMBOL_ACTIONS:
            return not self.is_typing
        return super().check_action(action, parameters)

    def on_descendant_focus(self) -> None:
        """Let the arrows move the list of the focused side, and name the side that F2 leads to."""
        self.navigated_list = self._lines if self._order_has_focus else self._menu.product_list
        self.query_one(KeyBar).hints = KEY_HINTS_IN_ORDER if self._order_has_focus else KEY_HINTS

    @property
    def _order_has_focus(self) -> bool:
        return self.focused is self._lines

    def paint(self, view: OrderView) -> None:
        """Show lines, totals and the suggestion."""
        self.shown_view = view
        self._lines.show(rows(view), currency=view.currency)
        self._totals.state = totals(view)
        self.show_header()
        self._suggestions.update(view)
