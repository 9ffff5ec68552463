"""What is done with an open order as a whole: check out, park, switch to another, look at the outbox.

The base of the order screen, which adds the menu's side and the lines'.
"""

from console.ordering.draft import Edit, EditError, NameOrder
from screens.ask import AskScreen
from screens.cart_stock import CartStockScreen
from screens.checkout import CheckoutScreen
from screens.draft_screen import DraftScreen
from screens.orders import OrdersScreen
from screens.outbox import OutboxScreen
from screens.placed import PlacedScreen
from screens.repeat import open_repeat
from screens.whose import choose_whose
from widgets.message_line import MessageKind


class OpenOrderScreen(DraftScreen[str | None]):
    """Answers with the id of another order to open, ``None`` for none."""

    def change(self, edit: Edit) -> bool:
        """Change the order and show it; false where the edit does not fit, which is said."""
        try:
            view = self.desk.orders.change(self.draft_id, edit)
        except EditError as error:
            self.say(str(error), MessageKind.WARN)
            return False
        self.paint(view)
        return True

    def action_checkout(self) -> None:
        """How it reaches the customer and is paid; then place it."""
        if self.view.draft.is_empty:
            self.say("Nothing is ordered yet.")
            return

        def checked_out(to_be_placed: bool | None) -> None:
            if to_be_placed:
                self.app.push_screen(PlacedScreen(self.desk, self.draft_id), self._go_on)
            else:
                self.paint(self.view)

        self.app.push_screen(CheckoutScreen(self.desk, self.draft_id), checked_out)

    def action_checkout_sign(self) -> None:
        """The same by a sign, for terminals that keep F10 to themselves."""
        self.action_checkout()

    def action_outbox(self) -> None:
        """Every order that is not over; one of them may be opened."""

        def chosen(draft_id: str | None) -> None:
            if draft_id is not None and draft_id != self.draft_id:
                self._go_on(draft_id)
            else:
                self.paint(self.view)

        self.app.push_screen(OutboxScreen(self.desk), chosen)

    def action_repeat(self) -> None:
        """The customer's last order once more, with what changed since."""
        open_repeat(self, self.draft_id, lambda: self.paint(self.view))

    def action_stores(self) -> None:
        """Which stores have all of it, and moving it to one of them."""
        if self.view.draft.is_empty:
            self.say("Nothing is ordered yet.")
            return

        def moved(draft_id: str | None) -> None:
            if draft_id is not None:
                self._go_on(draft_id)
            else:
                self.paint(self.view)

        self.app.push_screen(CartStockScreen(self.desk, self.draft_id), moved)

    def action_past_orders(self) -> None:
        """The customer's past orders."""
        past = OrdersScreen(self.desk, self.view.customer, self.draft_id)
        self.app.push_screen(past, lambda _: self.paint(self.view))

    def action_whose(self) -> None:
        """Let it be another's, while its own customer has no account."""
        choose_whose(self, lambda: self.paint(self.view))

    def action_park(self) -> None:
        """Leave the order open under a name, to go on with it later."""

        def named(name: str | None) -> None:
            if name is not None:
                if name != self.view.draft.name:
                    self.change(NameOrder(name))
                self.close()

        question = "Park the order under which name?"
        name = self.view.draft.name
        ask = AskScreen(question, value=name, placeholder="blue coat", replaces=True)
        self.app.push_screen(ask, named)

    def action_switch(self, step: int) -> None:
        """Go on with the next open order, or the one before."""
        open_orders = [view.draft_id for view in self.desk.orders.open_orders]
        if len(open_orders) < 2 or self.draft_id not in open_orders:
            self.say("No other order is open.")
        else:
            place = (open_orders.index(self.draft_id) + step) % len(open_orders)
            self._go_on(open_orders[place])

    def _go_on(self, draft_id: str | None) -> None:
        self.close(draft_id)
