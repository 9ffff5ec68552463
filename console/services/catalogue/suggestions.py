"""Suggestions for an order: a deal in place of a line, or a similar or better product.

Offline, nothing is suggested.
"""

from console.api.errors import PlatformError
from console.ordering.catalogue import Product
from console.ordering.draft import Draft, OrderItem
from console.ordering.stores import Location
from console.services.catalogue.service import MenuService
from console.services.session_context import SessionContext
from console.services.views import DealSuggestion, OrderView
from console.sync.connection.monitor import REACHABLE


class SuggestionService:
    """Asks once for each product and keeps the response until sign-out."""

    def __init__(self, context: SessionContext, location: Location, menu: MenuService) -> None:
        self._api = context.api
        self._monitor = context.monitor
        self._menu = menu
        self._location_id = location.location_id
        self._companion_ids: dict[int, tuple[int, ...]] = {}

    def suggest_deal(self, view: OrderView) -> DealSuggestion | None:
        """Return a deal that the platform suggests for this order, for its latest line first.

        Only a deal that is in stock, on the menu, and without variants.
        """
        for suggested in reversed(view.suggested_deals):
            line, deal = view.draft.line(suggested.line_id), self._menu.product(suggested.product_id)
            if line is not None and deal is not None and deal.stock != 0 and not deal.has_variants:
                return DealSuggestion(line, OrderItem(deal.product_id, 0, deal.title, "", deal.price))
        return None

    async def suggest_product(self, draft: Draft) -> Product | None:
        """Return a product to offer with this order, for its latest line first, or None.

        Only a product that is in stock, on the menu, and not in the order.
        """
        ordered_ids = {line.item.product_id for line in draft.lines}
        for line in reversed(draft.lines):
            for product_id in await self._find_companions(line.item.product_id):
                product = self._menu.product(product_id)
                if product is not None and product_id not in ordered_ids and product.stock != 0:
                    return product
        return None

    async def _find_companions(self, product_id: int) -> tuple[int, ...]:
        if product_id not in self._companion_ids and self._monitor.state in REACHABLE:
            products = self._api.products
            try:
                dearer = await products.upsell(product_id=product_id, location_id=self._location_id)
                similar = await products.similar(product_id=product_id, location_id=self._location_id)
            except PlatformError:
                # A suggestion is optional: its failure is not worth a notification.
                return ()
            self._companion_ids[product_id] = tuple(dict.fromkeys(p.product_id for p in (*dearer, *similar)))
        return self._companion_ids.get(product_id, ())
