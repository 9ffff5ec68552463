"""Stock of a product or variant at every store; the last report is saved with its age."""

from contextlib import suppress
from dataclasses import replace

from console.api.products.models import LocationStock
from console.ordering.stores import Location, StockLevel, StockReport, sort_by_distance
from console.services.error_mapping import platform_errors, storage_errors
from console.services.session_context import SessionContext
from console.storage.errors import UnreadableRecord


class StockService:
    """Stock of one product or variant by store."""

    def __init__(self, context: SessionContext, location: Location) -> None:
        self._api = context.api
        self._monitor = context.monitor
        self._locations = context.locations
        self._catalogue_store = context.storage.catalogue
        self._profile = context.menu_key
        self._currency = context.currency
        self._clock = context.clock
        self._location = location
        self._reports: dict[tuple[int, int], StockReport] = {}

    def last_report(self, product_id: int, variant_id: int) -> StockReport | None:
        """Return the latest report of this session, if any, without waiting."""
        return self._reports.get((product_id, variant_id))

    async def saved_report(self, product_id: int, variant_id: int) -> StockReport | None:
        """Load the latest report from this machine; its ``seen_at`` gives its age. Works offline.

        Raises:
            ServiceError: this machine's files cannot be read.
        """
        if (report := self.last_report(product_id, variant_id)) is None:
            # A damaged report is as good as none: it is fetched again.
            with storage_errors(), suppress(UnreadableRecord):
                report = await self._catalogue_store.load_stock(self._profile, product_id, variant_id)
            if report is not None:
                # It was sorted for the store it was fetched at, which may be another.
                report = replace(report, levels=sort_by_distance(list(report.levels), self._location))
                self._reports.setdefault((product_id, variant_id), report)
        return report

    async def fetch_report(self, product_id: int, variant_id: int) -> StockReport:
        """Fetch the stock of every store (LocationStockPrice), this one first, the others by distance.

        Raises:
            ServiceError: the platform is unreachable, or refused; or the report cannot be saved.
        """
        with platform_errors(self._monitor):
            rows = await self._api.products.stock_by_location(product_id=product_id)
        stores = {location.location_id: location for location in await self._locations.all()}
        own_rows = [row for row in rows if row.variant_id == variant_id]
        levels = [
            self._to_level(row.inventory, row, stores.get(row.location_id))
            for row in own_rows
            if row.inventory is not None
        ]
        report = StockReport(
            product_id,
            variant_id,
            sort_by_distance(levels, self._location),
            self._clock.now(),
            unreadable=rows.unreadable + len(own_rows) - len(levels),
        )
        self._reports[product_id, variant_id] = report
        with storage_errors():
            await self._catalogue_store.save_stock(self._profile, report)
        return report

    def _to_level(self, quantity: int, row: LocationStock, location: Location | None) -> StockLevel:
        price = self._currency.round(row.web_price) if row.web_price else None
        named = location or Location(row.location_id, "", str(row.location_id))
        return StockLevel(named, quantity, price)
