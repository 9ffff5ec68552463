"""The stock service: what every store has of one product or variant.

Called by the stock screen; the last report is kept, so that coming back shows it at once with its age.
"""

from console.api.product_models import LocationStock
from console.api.service import Api
from console.desk.locations import LocationsDesk
from console.desk.words import asking
from console.ordering.money import Currency
from console.ordering.store import Location, StockLevel, StockReport, arrange
from console.sync.link import Link
from console.sync.timer import Timer


class StockDesk:
    """Stock by location."""

    def __init__(
        self,
        *,
        api: Api,
        link: Link,
        locations: LocationsDesk,
        here: Location,
        currency: Currency,
        timer: Timer,
    ) -> None:
        self._api = api
        self._link = link
        self._locations = locations
        self._here = here
        self._currency = currency
        self._timer = timer
        self._seen: dict[tuple[int, int], StockReport] = {}

    def last(self, product_id: int, variant_id: int) -> StockReport | None:
        """The report as last seen; its ``seen_at`` tells its age."""
        return self._seen.get((product_id, variant_id))

    async def by_location(self, product_id: int, variant_id: int) -> StockReport:
        """Ask every store (LocationStockPrice), this one first, the others by distance.

        Raises:
            Trouble: the platform is not there, or refused.
        """
        with asking(self._link):
            rows = await self._api.products.stock_by_location(product_id=product_id)
        stores = {location.location_id: location for location in await self._locations.all()}
        levels = [
            self._level(
                row, stores.get(row.location_id) or Location(row.location_id, "", str(row.location_id))
            )
            for row in rows
            if row.variant_id == variant_id
        ]
        report = StockReport(product_id, variant_id, arrange(levels, self._here), self._timer.now())
        self._seen[product_id, variant_id] = report
        return report

    def _level(self, row: LocationStock, location: Location) -> StockLevel:
        price = self._currency.round(row.web_price) if row.web_price else None
        return StockLevel(location, row.inventory, price)
