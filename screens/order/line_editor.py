"""Changes the lines of the order: typed quantities, one more or less, accepting and removing."""

from console.ordering.draft import DraftLine, RemoveLine, SetQuantity
from console.services.views import LineComparison, UnexpectedLine
from screens.order.order_editor import OrderEditor
from screens.order_view.rows import is_order_line, unexpected_line
from widgets.lists.order_lines import OrderLines
from widgets.message_line import MessageKind

NO_LINE_SELECTED = "No order line is selected."
MAX_QUANTITY_DIGITS = 3


class LineEditor:
    """Edits the selected line or, while the menu has the focus, the last touched one."""

    def __init__(self, screen: OrderEditor, lines: OrderLines) -> None:
        self._order_screen = screen
        self._lines = lines
        self._last_line_id: str | None = None
        self._typed_quantity = ""

    @property
    def target(self) -> DraftLine | None:
        """The order line that a key changes, ``None`` without one."""
        key = self._lines.cursor_key if self._is_focused else self._last_line_id
        return self._order_screen.view.draft.line(key) if key is not None else None

    @property
    def _unexpected(self) -> UnexpectedLine | None:
        """The selected unexpected line."""
        if not self._is_focused:
            return None
        return unexpected_line(self._order_screen.shown_view, self._lines.cursor_key)

    def _comparison(self, line: DraftLine) -> LineComparison | None:
        """The comparison of a line as it was painted."""
        comparisons = self._order_screen.shown_view.comparisons
        return next((one for one in comparisons if one.line_id == line.line_id), None)

    @property
    def _is_focused(self) -> bool:
        # Not has_focus: that follows only when the list handles its event.
        return self._lines.screen.focused is self._lines

    def select(self, line_id: str) -> None:
        """Select a line, and remember it as touched last."""
        self._last_line_id = line_id
        self._lines.move_to_key(line_id)

    def handle_selection(self, line_id: str) -> None:
        """Set the typed quantity of the line that was selected before this one."""
        if is_order_line(line_id):
            self.set_typed_quantity()
            self._last_line_id = line_id

    # Typed quantity

    def type_digit(self, digit: int) -> None:
        """Append a digit to the new quantity; one more than fits is refused."""
        if self.target is not None:
            quantity = (self._typed_quantity + str(digit)).lstrip("0")
            if len(quantity) > MAX_QUANTITY_DIGITS:
                self._order_screen.say(
                    f"Quantity {self._typed_quantity}: a quantity has at most {MAX_QUANTITY_DIGITS} digits.",
                    MessageKind.WARN,
                )
                return
            self._typed_quantity = quantity
            self._show_typed_quantity()

    def erase_digit(self) -> None:
        """Delete the last digit."""
        self._typed_quantity = self._typed_quantity[:-1]
        self._show_typed_quantity()

    def set_typed_quantity(self) -> None:
        """Set the quantity that was typed, if one was."""
        quantity_text, self._typed_quantity = self._typed_quantity, ""
        line = self._order_screen.view.draft.line(self._last_line_id) if self._last_line_id else None
        if quantity_text and line is not None:
            self._set_quantity(line, int(quantity_text))

    def take_typed_quantity(self) -> str:
        """Return the digits of the new quantity and forget them: they begin a text, such as ``7up``."""
        digits, self._typed_quantity = self._typed_quantity, ""
        return digits

    def discard_typed_quantity(self) -> bool:
        """Forget the typed quantity; return False if there was none."""
        return bool(self.take_typed_quantity())

    def _show_typed_quantity(self) -> None:
        quantity = self._typed_quantity
        self._order_screen.say(f"Quantity {quantity}: Enter sets it, Esc cancels." if quantity else "")

    # Line edits

    def step(self, step: int) -> None:
        """Change the quantity by one; removing a line has its own key."""
        self.set_typed_quantity()
        line = self.target
        if line is None:
            self._order_screen.say(NO_LINE_SELECTED)
        elif line.quantity + step < 1:
            self._order_screen.say("F8 removes the line.")
        else:
            self._set_quantity(line, line.quantity + step)

    def accept(self) -> None:
        """Accept the platform's version of a line, or keep an unexpected line."""
        orders, draft_id = self._order_screen.session.orders, self._order_screen.draft_id
        unexpected, line = self._unexpected, self.target
        if unexpected is not None:
            accepted = orders.keep_unexpected(draft_id, unexpected)
            self._report(accepted, f"{unexpected.title} stays in the order.", "Nothing to accept here.")
        elif line is not None:
            shown = self._comparison(line)
            accepted = shown is not None and orders.accept_line(draft_id, shown)
            self._report(accepted, f"Accepted the platform's {line.item.title}.", "Nothing to accept here.")
        else:
            self._order_screen.say(NO_LINE_SELECTED)

    def remove(self) -> None:
        """Remove a line; undo restores it."""
        self.discard_typed_quantity()
        unexpected, line = self._unexpected, self.target
        if unexpected is not None:
            removed = self._order_screen.session.orders.remove_unexpected(
                self._order_screen.draft_id, unexpected
            )
            self._report(
                removed,
                f"{unexpected.title} will be removed from the cart.",
                "Free from the platform: it goes when its item goes.",
            )
        elif line is None:
            self._order_screen.say(NO_LINE_SELECTED)
        elif self._remove_line(line):
            self._order_screen.say(
                f"Removed {line.quantity} {line.item.title}. F7 undoes it.", MessageKind.GOOD
            )

    def _remove_line(self, line: DraftLine) -> bool:
        """Remove a line; one that differs in the cart is decided by that."""
        shown, order_screen = self._comparison(line), self._order_screen
        if shown is not None and order_screen.session.orders.remove_line(order_screen.draft_id, shown):
            order_screen.paint(order_screen.view)
            return True
        return order_screen.apply_edit(RemoveLine(line.line_id))

    def _set_quantity(self, line: DraftLine, quantity: int) -> None:
        if self._order_screen.apply_edit(SetQuantity(line.line_id, quantity)):
            self._order_screen.say(f"{quantity} {line.item.title}.", MessageKind.GOOD)

    def _report(self, changed: bool, success: str, refusal: str) -> None:
        if changed:
            self._order_screen.paint(self._order_screen.view)
            self._order_screen.say(f"{success} F7 undoes it.", MessageKind.GOOD)
        else:
            self._order_screen.say(refusal)
