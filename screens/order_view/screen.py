"""What the screens of one draft have in common: whose it is, how it stands, and reading it to the customer.

The base of the order and checkout screens.
"""

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
    """A screen of one draft; ``paint`` shows it whenever it is not what it was."""

    def __init__(self, session: "OperatorSession", draft_id: str) -> None:
        super().__init__(session)
        self.draft_id = draft_id
        self._who = self.view.customer_name

    @property
    def view(self) -> OrderView:
        """The order as it is now."""
        return self.session.orders.view(self.draft_id)

    def header(self) -> HeaderState:
        """With the store where it is ordered: it may have been moved to another."""
        return replace(super().header(), store=self.view.store.name)

    def customer_name(self) -> str:
        """Whose order it is."""
        return self._who

    def paint(self, view: OrderView) -> None:
        """Show the order."""

    def handle_event(self, event: Event) -> None:
        """The order changed here, or the platform confirmed something of it."""
        if isinstance(event, OrderChanged) and event.draft_id == self.draft_id:
            view = self.view
            if view.customer_name != self._who:
                # Who was made without a line may have an account of another name.
                self._who = view.customer_name
                self.show_header()
            self.paint(view)
        else:
            super().handle_event(event)

    def action_read_back(self) -> None:
        """The whole order as sentences to read to the customer."""
        self.app.push_screen(ReadBackScreen(read_back_sentences(self.view, self.session.menu.bundles)))
