"""What to offer with an order, one at a time: a deal in a line's place, similar and dearer products.

Called by the order screen behind its keys; without a line nothing is offered, and nothing is said of it.
"""

from console.api.client import ApiClient
from console.api.errors import PlatformError
from console.ordering.catalogue import Product
from console.ordering.draft import Draft, OrderItem
from console.ordering.stores import Location
from console.services.catalogue.service import MenuService
from console.services.views import DealSuggestion, OrderView
from console.sync.connection.monitor import ConnectionMonitor, ConnectionState


class SuggestionService:
    """Asks once for each product and remembers the answer until sign-out."""

    def __init__(
        self, *, api: ApiClient, monitor: ConnectionMonitor, menu: MenuService, location: Location
    ) -> None:
        self._api = api
        self._monitor = monitor
        self._menu = menu
        self._location_id = location.location_id
        self._companion_ids: dict[int, tuple[int, ...]] = {}

    def suggest_deal(self, view: OrderView) -> DealSuggestion | None:
        """The deal that the platform suggests with this order, for its latest line first.

        One is offered that this store has, that is on the menu, and that comes in one form only.
        """
        for suggested in reversed(view.suggested_deals):
            line, deal = view.draft.line(suggested.line_id), self._menu.product(suggested.product_id)
            if line is not None and deal is not None and deal.stock != 0 and not deal.has_variants:
                return DealSuggestion(line, OrderItem(deal.product_id, 0, deal.title, "", deal.price))
        return None

    async def suggest_product(self, draft: Draft) -> Product | None:
        """A product to offer with this order, for its latest line first; ``None`` where there is none.

        A product is offered that this store has, that is on the menu, and that the order does not hold.
        """
        ordered_ids = {line.item.product_id for line in draft.lines}
        for line in reversed(draft.lines):
            for product_id in await self._find_companions(line.item.product_id):
                product = self._menu.product(product_id)
                if product is not None and product_id not in ordered_ids and product.stock != 0:
                    return product
        return None

    async def _find_companions(self, product_id: int) -> tuple[int, ...]:
        if product_id not in self._companion_ids and self._monitor.state is ConnectionState.ONLINE:
            products = self._api.products
            try:
                dearer = await products.upsell(product_id=product_id, location_id=self._location_id)
                similar = await products.similar(product_id=product_id, location_id=self._location_id)
            except PlatformError:
                # An offer is a courtesy: that there is none now is no news for anybody.
                return ()
            self._companion_ids[product_id] = tuple(dict.fromkeys(p.product_id for p in (*dearer, *similar)))
        return self._companion_ids.get(product_id, ())
