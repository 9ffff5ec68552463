"""What is offered with the order on the screen, and the one key that takes it.

Used by the order screen: a deal that the platform suggests goes before a product of the menu.
"""

from functools import partial

from console.ordering.draft import ReplaceItem
from console.services.views import DealSuggestion, OrderView
from screens.adding import Adding
from screens.open_order import OpenOrderScreen
from widgets.message_line import MessageKind
from widgets.suggestion_line import SuggestionLine


class Offering:
    """Keeps what is offered equal to the order; ``line`` shows it, and ``adding`` adds a product."""

    def __init__(self, screen: OpenOrderScreen, line: SuggestionLine, adding: Adding) -> None:
        self._host = screen
        self._line = line
        self._adding = adding
        self._deal: DealSuggestion | None = None
        self._held: frozenset[int] = frozenset()
        """The products of the order that was last looked for something to offer."""

    def find(self, view: OrderView) -> None:
        """Show the deal at once; look behind for a product whenever the order holds others than before."""
        self._deal = self._host.desk.suggestions.suggest_deal(view)
        if self._deal is not None:
            self._line.show_deal(self._deal.item, self._deal.line)
        else:
            self._line.clear_deal()
        held = frozenset(line.item.product_id for line in view.draft.lines)
        if held != self._held:
            self._held = held
            finding = partial(self._show_product, view)
            self._host.run_worker(finding, name="offer", group="offer", exclusive=True)

    def take(self) -> None:
        """Put the deal in the place of its line, or add the product."""
        if (deal := self._deal) is not None:
            if self._host.change(ReplaceItem(deal.line.line_id, deal.item)):
                said = f"{deal.item.title} in place of {deal.line.item.title}. F7 takes it back."
                self._host.say(said, MessageKind.GOOD)
        elif (product := self._line.product) is not None:
            self._adding.add(product)
        else:
            self._host.say("Nothing is offered with this order.")

    async def _show_product(self, view: OrderView) -> None:
        self._line.show(await self._host.desk.suggestions.suggest_product(view.draft))
