"""The base of the screens of one draft: its view, its customer, and reading it back."""

from dataclasses import replace
from typing import TYPE_CHECKING

from console.services.events import Event, OrderChanged
from console.services.views import OrderView
from screens.framework.console_screen import OperatorScreen, Result
from screens.order_view.read_back import ReadBackScreen, read_back_sentences
from widgets.header import HeaderState

if TYPE_CHECKING:
    from console.services.operator_session import OperatorSession


class OrderViewScreen(OperatorScreen[Result]):
    """A screen of one draft, which is painted again whenever the draft changes."""

    def __init__(self, session: "OperatorSession", draft_id: str) -> None:
        # Menu, stock and "this store" are those of the order's own store.
        super().__init__(session.at_store(session.orders.view(draft_id).store))
        self.draft_id = draft_id
        self._customer_name = self.view.customer_name

    @property
    def view(self) -> OrderView:
        """The current order."""
        return self.session.orders.view(self.draft_id)

    def header(self) -> HeaderState:
        """The header with the store of the order, which may have been moved to another."""
        return replace(super().header(), store=self.view.store.name)

    def customer_name(self) -> str:
        """The customer of the order."""
        return self._customer_name

    def paint(self, view: OrderView) -> None:
        """Show the order; called whenever it changes."""

    def handle_event(self, event: Event) -> None:
        """Repaint after a change of the order, here or on the platform."""
        if isinstance(event, OrderChanged) and event.draft_id == self.draft_id:
            view = self.view
            if view.customer_name != self._customer_name:
                # A customer created offline may turn out to have an account with another name.
                self._customer_name = view.customer_name
                self.show_header()
            self.paint(view)
        else:
            super().handle_event(event)

    def action_read_back(self) -> None:
        """Show the order as sentences to read to the customer."""
        self.app.push_screen(ReadBackScreen(read_back_sentences(self.view, self.session.menu.bundles)))
