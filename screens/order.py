"""The order: the menu on one side, the customer's order on the other, every change on the screen at once.

Opened for one draft; the desk keeps it and sync sends it behind.
"""

from collections import deque
from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from console.desk.values import Change, MenuChange, OrderChange, OrderView, Trouble
from console.ordering.draft import AddLine, Edit, EditError, Item, Line, RemoveLine, SetQuantity
from console.ordering.menu import Product, Variant
from screens.base import DeskScreen
from screens.choose import ChooseScreen
from screens.commands import bindings
from screens.menu_pane import Asked, MenuPane
from screens.order_commands import COMMANDS, LETTERS
from screens.order_rows import added, is_mine, rows, totals
from screens.stock import StockScreen
from screens.variants import VariantsScreen
from widgets.cells import Align
from widgets.columns import Column, Row
from widgets.line_list import LineList
from widgets.message_line import MessageKind
from widgets.order_lines import OrderLines
from widgets.progress import ProgressState
from widgets.totals import Totals

if TYPE_CHECKING:
    from console.desk.desk import Desk


NO_LINE = "No line of the order is marked."


class OrderScreen(DeskScreen[None]):
    """One draft, both sides of it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings((*COMMANDS, *LETTERS))
    COMMANDS_HERE = COMMANDS
    LETTERS_HERE = LETTERS
    TITLE_HERE = "Order"
    DEFAULT_CSS = """
    OrderScreen {
        & #sides { height: 1fr; }
        & MenuPane { width: 9fr; padding-right: 1; }
        & #order { width: 11fr; }
    }
    """

    def __init__(self, desk: "Desk", draft_id: str, message: str = "") -> None:
        super().__init__(desk)
        self._draft_id = draft_id
        self._who = self.view.who
        self._message = message
        self._menu = MenuPane(desk.currency)
        self._lines = OrderLines(empty="Nothing ordered yet.")
        self._totals = Totals()
        self._category = ""
        self._shown_for: str | None = None
        self._ahead: deque[Asked] = deque()
        self._last_line: str | None = None
        self._typed = ""
        self._progress = ""

    def body(self) -> Iterable[Widget]:
        """Menu on the left, order on the right."""
        yield Horizontal(self._menu, Vertical(self._lines, self._totals, id="order"), id="sides")

    def customer_name(self) -> str:
        """Whose session this is."""
        return self._who

    @property
    def view(self) -> OrderView:
        """The order as it is now."""
        return self.desk.orders.view(self._draft_id)

    def on_mount(self) -> None:
        """Show the order as it was last saved, and the menu."""
        self._paint(self.view)
        self._find()
        if self._message:
            self.say(self._message)

    def desk_changed(self, change: Change) -> None:
        """The platform confirmed something, or the menu came."""
        match change:
            case OrderChange(draft_id) if draft_id == self._draft_id:
                self._paint(self.view)
            case MenuChange(done, total):
                if done < total:
                    self._say_progress(ProgressState("Menu", done, total).text)
                else:
                    self._find(home=False)
                    if self.message == self._progress:  # what was said since then stays
                        self.say("")
            case _:
                super().desk_changed(change)

    # The menu's side

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search this machine's menu at each letter."""
        event.stop()
        self._find()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field adds the marked product."""
        event.stop()
        self.action_enter()

    def action_category(self) -> None:
        """Choose which category of the menu is shown."""
        everything = Row("", ("All", ""))
        shown = [Row(c.category_id, (c.name, str(c.products))) for c in self.desk.menu.categories]
        columns = (Column("Category"), Column("Products", 8, Align.RIGHT))

        def chosen(category_id: str | None) -> None:
            if category_id is not None:
                self._category = category_id
                self._find()

        self.app.push_screen(
            ChooseScreen("Category", columns, (everything, *shown), at=self._category), chosen
        )

    def action_refresh(self) -> None:
        """Fetch the menu anew."""
        self._say_progress("Fetching the menu.")
        self.desk.menu.refresh()

    def _say_progress(self, text: str) -> None:
        self._progress = text
        self.say(text)

    def _find(self, *, home: bool = True) -> None:
        self.run_worker(partial(self._search, home=home), name="menu", group="menu", exclusive=True)

    async def _search(self, *, home: bool) -> None:
        menu, wanted = self.desk.menu, self._menu.wanted
        try:
            found = await menu.search(wanted, self._category)
        except Trouble as trouble:
            self.say(trouble.sentence, MessageKind.BAD)
            return
        name = next((c.name for c in menu.categories if c.category_id == self._category), "All")
        self._menu.show_category(f"F4 {name}: {len(found)}")
        nothing = f"Nothing on the menu fits {wanted.strip()}." if wanted.strip() else "No menu yet."
        self._menu.show(found, empty=nothing, home=home)
        self._shown_for = wanted

    async def _add_ahead(self) -> None:
        """Add what was typed faster than the list could follow: for each Enter what fits its text best."""
        while self._ahead:
            asked = self._ahead[0]
            try:
                found = await self.desk.menu.search(asked.wanted, self._category)
            except Trouble as trouble:
                self.say(trouble.sentence, MessageKind.BAD)
                found = ()
            self._ahead.popleft()
            if found:
                self._add(found[0], asked)
            else:
                self._type_again(asked)
                self.say(f"Nothing on the menu fits {asked.wanted.strip()}.", MessageKind.WARN)

    def _type_again(self, asked: Asked) -> None:
        """What came to nothing stands in the field again, unless something else is typed by now."""
        if not self._menu.field.value:
            self._menu.field.value = asked.typed

    def _add(self, product: Product, asked: Asked) -> None:
        if not product.has_variants:
            self._add_item(product, None, asked)
        elif product.variants is not None:
            self._choose_variant(product, product.variants, asked)
        else:
            self.say(f"Reading what {product.title} comes in.")
            reading = partial(self._read_variants, product, asked)
            self.run_worker(reading, name="variants", group="variants", exclusive=True)

    async def _read_variants(self, product: Product, asked: Asked) -> None:
        try:
            variants = await self.desk.menu.variants(product)
        except Trouble as trouble:
            self._type_again(asked)
            self.say(trouble.sentence, MessageKind.BAD)
            return
        self.say("")
        if self.is_active:
            self._choose_variant(product, variants, asked)

    def _choose_variant(self, product: Product, variants: tuple[Variant, ...], asked: Asked) -> None:
        if len(variants) < 2:
            self._add_item(product, variants[0] if variants else None, asked)
            return

        def chosen(variant_id: str | None) -> None:
            variant = next((v for v in variants if str(v.variant_id) == variant_id), None)
            if variant is not None:
                self._add_item(product, variant, asked)
            else:
                self._type_again(asked)

        self.app.push_screen(VariantsScreen(product, variants, self.desk.currency), chosen)

    def _add_item(self, product: Product, variant: Variant | None, asked: Asked) -> None:
        item = Item(
            product_id=product.product_id,
            variant_id=variant.variant_id if variant else 0,
            title=product.title,
            options=variant.label if variant else "",
            unit_price=variant.price if variant else product.price,
        )
        line = Line(self.desk.orders.new_line_id(), item, asked.quantity)
        if not self._change(AddLine(line)):
            return
        self._last_line = line.line_id
        self._lines.go_to_key(line.line_id)
        if self._menu.field.value == asked.typed:
            self._menu.field.value = ""
        self.say(*added(product, variant, asked.quantity))

    # The order's side

    def action_side(self) -> None:
        """Between the menu and the order."""
        self._set_typed_quantity()
        (self._menu.field if self._in_the_order else self._lines).focus()

    def action_enter(self) -> None:
        """Add, or in the order set the quantity that was typed."""
        if self._in_the_order:
            self._set_typed_quantity()
        elif self._shown_for == self._menu.wanted:
            if (product := self._menu.marked) is not None:
                self._add(product, self._menu.asked)
            else:
                self.say(f"Nothing on the menu fits {self._menu.wanted.strip()}.", MessageKind.WARN)
        else:
            self._ahead.append(self._menu.asked)
            self._menu.field.value = ""
            if len(self._ahead) == 1:
                self.run_worker(self._add_ahead(), name="add what was typed ahead", group="ahead")

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
        elif self._change(SetQuantity(line.line_id, line.quantity + step)):
            self.say(f"{line.quantity + step} {line.item.title}.", MessageKind.GOOD)

    def action_remove(self) -> None:
        """Remove the marked line; undo brings it back."""
        self._typed = ""
        line = self._target()
        if line is None:
            self.say(NO_LINE)
        elif self._change(RemoveLine(line.line_id)):
            self.say(f"Removed {line.quantity} {line.item.title}. F7 brings it back.", MessageKind.GOOD)

    def action_undo(self) -> None:
        """Take back the last change."""
        self._typed = ""
        if self.view.draft.edits:
            self._paint(self.desk.orders.undo(self._draft_id))
            self.say("The last change is taken back.", MessageKind.GOOD)
        else:
            self.say("There is nothing to take back.")

    def action_send(self) -> None:
        """Try again now to send what waits."""
        self.desk.orders.try_again()
        self.say("Trying again.")

    def action_stock(self) -> None:
        """Which stores have it."""
        if not self._in_the_order:
            if (product := self._menu.marked) is not None:
                self._show_stock(product, 0, self._menu.quantity)
        elif (line := self._target()) is not None:
            item = line.item
            known = self.desk.menu.product(item.product_id)
            product = known or Product(item.product_id, item.title, "", "", "", Decimal(0), Decimal(0))
            self._show_stock(product, item.variant_id, line.quantity)
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
                await self.desk.orders.leave(self._draft_id)
            except Trouble as trouble:
                self.say(trouble.sentence, MessageKind.BAD)
            else:
                self.leave()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A plus or a minus belongs to the text that is being typed."""
        if action == "step":
            return not self.is_typing
        return super().check_action(action, parameters)

    @property
    def _in_the_order(self) -> bool:
        return self.focused is self._lines

    def _target(self) -> Line | None:
        """The marked line in the order; from the menu, the line touched last."""
        key = self._lines.cursor_key if self._in_the_order else self._last_line
        return self.view.draft.line(key) if key is not None else None

    def _change(self, edit: Edit) -> bool:
        try:
            view = self.desk.orders.change(self._draft_id, edit)
        except EditError as error:
            self.say(str(error), MessageKind.WARN)
            return False
        self._paint(view)
        return True

    def _set_typed_quantity(self) -> None:
        typed, self._typed = self._typed, ""
        line = self.view.draft.line(self._last_line) if self._last_line else None
        if typed and line is not None and self._change(SetQuantity(line.line_id, int(typed))):
            self.say(f"{typed} {line.item.title}.", MessageKind.GOOD)

    def _show_typed(self) -> None:
        if self._typed:
            self.say(f"Quantity {self._typed}: Enter sets it, Esc leaves it as it was.")
        else:
            self.say("")

    def _paint(self, view: OrderView) -> None:
        self._lines.show(rows(view), currency=view.currency)
        self._totals.state = totals(view)
        self.show_header()
