"""The actions on an open order as a whole: check out, park, switch, reorder, outbox, stores."""

from console.ordering.draft import Edit, EditError, NameOrder
from screens.checkout.confirmation import PlacementScreen
from screens.checkout.screen import CheckoutScreen
from screens.customers.reassign_order import reassign_customer
from screens.dialogs.prompt import PromptScreen
from screens.history.past_orders import PastOrdersScreen
from screens.history.reorder import open_reorder
from screens.order_view.screen import OrderViewScreen
from screens.outbox.screen import OutboxScreen
from screens.stock.order_availability import OrderAvailabilityScreen
from widgets.message_line import MessageKind


class OrderActionsScreen(OrderViewScreen[str | None]):
    """The result is the id of another order to open, or ``None``."""

    def apply_edit(self, edit: Edit) -> bool:
        """Change and repaint the order; show why and return False if the edit is invalid."""
        try:
            view = self.session.orders.change(self.draft_id, edit)
        except EditError as error:
            self.say(str(error), MessageKind.WARN)
            return False
        self.paint(view)
        return True

    def action_checkout(self) -> None:
        """Open the checkout, and then the confirmation of the placed order."""
        if self.view.draft.is_empty:
            self.say("Nothing is ordered yet.")
            return

        def after_checkout(to_be_placed: bool | None) -> None:
            if to_be_placed:
                self.app.push_screen(PlacementScreen(self.session, self.draft_id), self._switch_to_order)
            else:
                self.paint(self.view)

        self.app.push_screen(CheckoutScreen(self.session, self.draft_id), after_checkout)

    def action_checkout_by_symbol(self) -> None:
        """Check out with a symbol key, for terminals that intercept F10."""
        self.action_checkout()

    def action_outbox(self) -> None:
        """Show all unfinished orders, and open the chosen one."""

        def chosen(draft_id: str | None) -> None:
            if draft_id is not None and draft_id != self.draft_id:
                self._switch_to_order(draft_id)
            else:
                self.paint(self.view)

        self.app.push_screen(OutboxScreen(self.session), chosen)

    def action_reorder(self) -> None:
        """Offer the customer's last order, with what changed since."""
        open_reorder(self, self.draft_id, lambda: self.paint(self.view))

    def action_stores(self) -> None:
        """Show which stores have all of it, and move it to one of them."""
        if self.view.draft.is_empty:
            self.say("Nothing is ordered yet.")
            return

        def after_move(draft_id: str | None) -> None:
            if draft_id is not None:
                self._switch_to_order(draft_id)
            else:
                self.paint(self.view)

        self.app.push_screen(OrderAvailabilityScreen(self.session, self.draft_id), after_move)

    def action_past_orders(self) -> None:
        """Show the customer's past orders."""
        screen = PastOrdersScreen(self.session, self.view.customer, self.draft_id)
        self.app.push_screen(screen, lambda _: self.paint(self.view))

    def action_reassign(self) -> None:
        """Reassign the order, while its customer has no account."""
        reassign_customer(self, lambda: self.paint(self.view))

    def action_park(self) -> None:
        """Leave the order open under a name, to continue it later."""

        def named(name: str | None) -> None:
            if name is not None:
                if name != self.view.draft.name:
                    self.apply_edit(NameOrder(name))
                self.close()

        question = "Park the order under which name?"
        name = self.view.draft.name
        prompt = PromptScreen(question, value=name, placeholder="blue coat", select_value=True)
        self.app.push_screen(prompt, named)

    def action_switch(self, step: int) -> None:
        """Switch to the next or previous open order."""
        open_orders = [view.draft_id for view in self.session.orders.open_orders]
        if len(open_orders) < 2 or self.draft_id not in open_orders:
            self.say("No other order is open.")
        else:
            index = (open_orders.index(self.draft_id) + step) % len(open_orders)
            self._switch_to_order(open_orders[index])

    def _switch_to_order(self, draft_id: str | None) -> None:
        self.close(draft_id)
