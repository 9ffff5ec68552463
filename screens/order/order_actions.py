"""What is done with an open order as a whole: check out, park, switch to another, look at the outbox.

The base of the order screen, which adds the menu's side and the lines'.
"""

from textual import work

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
    """Answers with the id of another order to open, ``None`` for none."""

    def apply_edit(self, edit: Edit) -> bool:
        """Change the order and show it; false where the edit does not fit, which is said."""
        try:
            view = self.session.orders.change(self.draft_id, edit)
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

        def after_checkout(to_be_placed: bool | None) -> None:
            if to_be_placed:
                self.app.push_screen(PlacementScreen(self.session, self.draft_id), self._switch_to_order)
            else:
                self.paint(self.view)

        self.app.push_screen(CheckoutScreen(self.session, self.draft_id), after_checkout)

    def action_checkout_by_symbol(self) -> None:
        """The same by a sign, for terminals that keep F10 to themselves."""
        self.action_checkout()

    def action_outbox(self) -> None:
        """Every order that is not over; one of them may be opened."""

        def chosen(draft_id: str | None) -> None:
            if draft_id is not None and draft_id != self.draft_id:
                self._switch_to_order(draft_id)
            else:
                self.paint(self.view)

        self.app.push_screen(OutboxScreen(self.session), chosen)

    def action_reorder(self) -> None:
        """The customer's last order once more, with what changed since."""
        open_reorder(self, self.draft_id, lambda: self.paint(self.view))

    def action_stores(self) -> None:
        """Which stores have all of it, and moving it to one of them."""
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
        """The customer's past orders."""
        screen = PastOrdersScreen(self.session, self.view.customer, self.draft_id)
        self.app.push_screen(screen, lambda _: self.paint(self.view))

    @work(exclusive=True, group="ask")
    async def action_reassign(self) -> None:
        """Reassign the order, while its customer has no account."""
        if await reassign_customer(self):
            self.paint(self.view)

    def action_park(self) -> None:
        """Leave the order open under a name, to go on with it later."""

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
        """Go on with the next open order, or the one before."""
        open_orders = [view.draft_id for view in self.session.orders.open_orders]
        if len(open_orders) < 2 or self.draft_id not in open_orders:
            self.say("No other order is open.")
        else:
            index = (open_orders.index(self.draft_id) + step) % len(open_orders)
            self._switch_to_order(open_orders[index])

    def _switch_to_order(self, draft_id: str | None) -> None:
        self.close(draft_id)
