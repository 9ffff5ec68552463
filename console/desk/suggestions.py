"""What to offer with an order, one at a time: a deal in a line's place, similar and dearer products.

Called by the order screen behind its keys; without a line nothing is offered, and nothing is said of it.
"""

from console.api.client import ApiClient
from console.api.errors import PlatformError
from console.desk.menu import MenuDesk
from console.desk.values import DealOffer, OrderView
from console.ordering.catalogue import Product
from console.ordering.draft import Draft, OrderItem
from console.ordering.stores import Location
from console.sync.connection.monitor import ConnectionMonitor, ConnectionState


class SuggestionsDesk:
    """Asks once for each product and remembers the answer until sign-out."""

    def __init__(
        self, *, api: ApiClient, link: ConnectionMonitor, menu: MenuDesk, location: Location
    ) -> None:
        self._api = api
        self._link = link
        self._menu = menu
        self._location_id = location.location_id
        self._known: dict[int, tuple[int, ...]] = {}

    def deal(self, view: OrderView) -> DealOffer | None:
        """The deal that the platform suggests with this order, for its latest line first.

        One is offered that this store has, that is on the menu, and that comes in one form only.
        """
        for suggested in reversed(view.suggested):
            line, deal = view.draft.line(suggested.line_id), self._menu.product(suggested.product_id)
            if line is not None and deal is not None and deal.stock != 0 and not deal.has_variants:
                return DealOffer(line, OrderItem(deal.product_id, 0, deal.title, "", deal.price))
        return None

    async def for_order(self, draft: Draft) -> Product | None:
        """A product to offer with this order, for its latest line first; ``None`` where there is none.

        A product is offered that this store has, that is on the menu, and that the order does not hold.
        """
        held = {line.item.product_id for line in draft.lines}
        for line in reversed(draft.lines):
            for product_id in await self._companions(line.item.product_id):
                product = self._menu.product(product_id)
                if product is not None and product_id not in held and product.stock != 0:
                    return product
        return None

    async def _companions(self, product_id: int) -> tuple[int, ...]:
        if product_id not in self._known and self._link.state is ConnectionState.ONLINE:
            products = self._api.products
            try:
                dearer = await products.upsell(product_id=product_id, location_id=self._location_id)
                similar = await products.similar(product_id=product_id, location_id=self._location_id)
            except PlatformError:
                # An offer is a courtesy: that there is none now is no news for anybody.
                return ()
            self._known[product_id] = tuple(dict.fromkeys(p.product_id for p in (*dearer, *similar)))
        return self._known.get(product_id, ())
