"""The stock service: what every store has of one product or variant.

Called by the stock screen; reports are kept on this machine, so that the last one shows with its age.
"""

from dataclasses import replace

from console.api.client import ApiClient
from console.api.products.models import LocationStock
from console.desk.locations import LocationsDesk
from console.desk.words import asking, remembering
from console.ordering.money import Currency
from console.ordering.stores import Location, StockLevel, StockReport, sort_by_distance
from console.storage.catalogue.catalogue_store import CatalogueStore
from console.sync.clock import Clock
from console.sync.connection.monitor import ConnectionMonitor


class StockDesk:
    """Stock by location."""

    def __init__(
        self,
        *,
        api: ApiClient,
        link: ConnectionMonitor,
        locations: LocationsDesk,
        store: CatalogueStore,
        profile: str,
        here: Location,
        currency: Currency,
        timer: Clock,
    ) -> None:
        self._api = api
        self._link = link
        self._locations = locations
        self._store = store
        self._profile = profile
        self._here = here
        self._currency = currency
        self._timer = timer
        self._seen: dict[tuple[int, int], StockReport] = {}

    def last(self, product_id: int, variant_id: int) -> StockReport | None:
        """The report as last seen since this console started, or as ``kept`` gave it; at once."""
        return self._seen.get((product_id, variant_id))

    async def kept(self, product_id: int, variant_id: int) -> StockReport | None:
        """The report as last seen on this machine, needing no line; its ``seen_at`` tells its age.

        Raises:
            Trouble: what this machine remembers cannot be read.
        """
        if (report := self.last(product_id, variant_id)) is None:
            with remembering():
                report = await self._store.load_stock(self._profile, product_id, variant_id)
            if report is not None:
                # Asked in another order since, perhaps by an operator of another store.
                report = replace(report, levels=sort_by_distance(list(report.levels), self._here))
                self._seen.setdefault((product_id, variant_id), report)
        return report

    async def by_location(self, product_id: int, variant_id: int) -> StockReport:
        """Ask every store (LocationStockPrice), this one first, the others by distance.

        Raises:
            Trouble: the platform is not there, or refused; or this machine cannot keep the answer.
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
        report = StockReport(product_id, variant_id, sort_by_distance(levels, self._here), self._timer.now())
        self._seen[product_id, variant_id] = report
        with remembering():
            await self._store.save_stock(self._profile, report)
        return report

    def _level(self, row: LocationStock, location: Location) -> StockLevel:
        price = self._currency.round(row.web_price) if row.web_price else None
        return StockLevel(location, row.inventory, price)
