"""Keeps the suggestion up to date with the order; a deal comes before a product."""

from functools import partial

from console.ordering.draft import ReplaceItem
from console.services.views import DealSuggestion, OrderView
from screens.order.order_editor import OrderEditor
from screens.order.product_entry import ProductEntry
from widgets.message_line import MessageKind
from widgets.suggestion_line import SuggestionLine


class SuggestionPresenter:
    """Shows a suggestion for the current order, and accepts it."""

    def __init__(
        self, screen: OrderEditor, suggestion_line: SuggestionLine, product_entry: ProductEntry
    ) -> None:
        self._order_screen = screen
        self._suggestion_line = suggestion_line
        self._product_entry = product_entry
        self._deal: DealSuggestion | None = None
        self._product_ids: frozenset[int] = frozenset()
        """The products of the order that the last search was for."""

    def update(self, view: OrderView) -> None:
        """Show a deal at once; search for a product in the background if the products changed."""
        self._deal = self._order_screen.session.suggestions.suggest_deal(view)
        if self._deal is not None:
            self._suggestion_line.show_deal(self._deal.item, self._deal.line)
        else:
            self._suggestion_line.clear_deal()
        product_ids = frozenset(line.item.product_id for line in view.draft.lines)
        if product_ids != self._product_ids:
            self._product_ids = product_ids
            show_product = partial(self._show_product, view)
            self._order_screen.run_worker(
                show_product, name="suggest a product", group="suggestion", exclusive=True
            )

    def accept(self) -> None:
        """Accept the deal, which replaces its line, or add the product."""
        if (deal := self._deal) is not None:
            if self._order_screen.apply_edit(ReplaceItem(deal.line.line_id, deal.item)):
                text = f"{deal.item.title} replaces {deal.line.item.title}. F7 undoes it."
                self._order_screen.say(text, MessageKind.GOOD)
        elif (product := self._suggestion_line.product) is not None:
            self._product_entry.add_product(product)
        else:
            self._order_screen.say("No suggestion for this order.")

    async def _show_product(self, view: OrderView) -> None:
        self._suggestion_line.show(await self._order_screen.session.suggestions.suggest_product(view.draft))
