"""The stock service: what every store has of one product or variant.

Called by the stock screen; reports are kept on this machine, so that the last one shows with its age.
"""

from dataclasses import replace

from console.api.client import ApiClient
from console.api.products.models import LocationStock
from console.ordering.money import Currency
from console.ordering.stores import Location, StockLevel, StockReport, sort_by_distance
from console.services.error_mapping import platform_errors, storage_errors
from console.services.stores.locations import LocationService
from console.storage.catalogue.catalogue_store import CatalogueStore
from console.sync.clock import Clock
from console.sync.connection.monitor import ConnectionMonitor


class StockService:
    """Stock by location."""

    def __init__(
        self,
        *,
        api: ApiClient,
        monitor: ConnectionMonitor,
        locations: LocationService,
        catalogue_store: CatalogueStore,
        profile: str,
        location: Location,
        currency: Currency,
        clock: Clock,
    ) -> None:
        self._api = api
        self._monitor = monitor
        self._locations = locations
        self._catalogue_store = catalogue_store
        self._profile = profile
        self._location = location
        self._currency = currency
        self._clock = clock
        self._reports: dict[tuple[int, int], StockReport] = {}

    def last_report(self, product_id: int, variant_id: int) -> StockReport | None:
        """The report as last seen since this console started, or as ``saved_report`` gave it; at once."""
        return self._reports.get((product_id, variant_id))

    async def saved_report(self, product_id: int, variant_id: int) -> StockReport | None:
        """The report as last seen on this machine, needing no line; its ``seen_at`` tells its age.

        Raises:
            ServiceError: what this machine remembers cannot be read.
        """
        if (report := self.last_report(product_id, variant_id)) is None:
            with storage_errors():
                report = await self._catalogue_store.load_stock(self._profile, product_id, variant_id)
            if report is not None:
                # Asked in another order since, perhaps by an operator of another store.
                report = replace(report, levels=sort_by_distance(list(report.levels), self._location))
                self._reports.setdefault((product_id, variant_id), report)
        return report

    async def fetch_report(self, product_id: int, variant_id: int) -> StockReport:
        """Ask every store (LocationStockPrice), this one first, the others by distance.

        Raises:
            ServiceError: the platform is not there, or refused; or this machine cannot keep the answer.
        """
        with platform_errors(self._monitor):
            rows = await self._api.products.stock_by_location(product_id=product_id)
        stores = {location.location_id: location for location in await self._locations.all()}
        levels = [
            self._to_level(
                row, stores.get(row.location_id) or Location(row.location_id, "", str(row.location_id))
            )
            for row in rows
            if row.variant_id == variant_id
        ]
        report = StockReport(
            product_id, variant_id, sort_by_distance(levels, self._location), self._clock.now()
        )
        self._reports[product_id, variant_id] = report
        with storage_errors():
            await self._catalogue_store.save_stock(self._profile, report)
        return report

    def _to_level(self, row: LocationStock, location: Location) -> StockLevel:
        price = self._currency.round(row.web_price) if row.web_price else None
        return StockLevel(location, row.inventory, price)
