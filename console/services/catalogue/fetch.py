"""Fetches a store's products page by page, so that an interrupted fetch is resumed."""

from collections.abc import Callable
from itertools import chain

from console.api.errors import InvalidInput
from console.api.products.models import LocationStock, ProductSearch
from console.api.products.models import WireProduct as Record
from console.ordering.catalogue import Catalogue, Product
from console.ordering.stores import Location
from console.services.catalogue.fetch_rate import RateEstimator, seconds_left
from console.services.catalogue.product_mapping import STORE_PRICE_FAULT, has_readable_price
from console.services.error_mapping import storage_errors
from console.services.events import MenuProgress, ServiceError
from console.services.session_context import SessionContext
from console.services.unreadable_text import faults_text
from console.storage.catalogue.fetch_cache import CachedPages
from console.storage.errors import UnreadableRecord

PAGE_SIZE = 50
"""Products requested in one call."""
RESUME_SECONDS = 1800.0
"""Age in seconds at which an interrupted fetch restarts: the menu may have changed by then."""

StoreStock = dict[tuple[int, int], LocationStock]
"""Price and stock at one store, by product and variant id."""


class MenuFetcher:
    """Fetches the products of one store. ``to_product`` converts the platform's record."""

    def __init__(
        self, context: SessionContext, location: Location, to_product: Callable[[Record, StoreStock], Product]
    ) -> None:
        self._api = context.api
        self._pages = context.storage.fetched_pages
        self._clock = context.clock
        self._publish = context.publish
        self._cache_key = (context.menu_key, location.location_id)
        self._to_product = to_product
        self.faults: list[str] = []
        """Which fields were odd of each record that the last fetch could not read."""

    async def fetch(self) -> Catalogue:
        """Fetch the whole menu; each page is saved as soon as it arrives.

        Raises:
            PlatformError: the platform is unreachable, or refuses; the pages so far stay saved.
            ServiceError: a page cannot be saved.
        """
        self.faults.clear()
        cached = await self._load_cached()
        began_at = self._clock.now() if cached.seen_at is None else cached.seen_at
        ids = await self._fetch_ids(cached.id_pages)
        pages = list(cached.product_pages)
        stock = await self._fetch_store_stock()
        estimator = RateEstimator()
        done = min(len(pages) * PAGE_SIZE, len(ids))
        estimator.update(self._clock.now(), done)
        while done < len(ids):
            records = await self._api.products.multiple(product_ids=ids[done : done + PAGE_SIZE])
            self.faults += records.faults
            page = tuple(
                self._to_product(record, stock) for record in records if self._is_for_sale(record, stock)
            )
            now = self._clock.now()
            with storage_errors():
                await self._pages.save_products(*self._cache_key, len(pages), page, seen_at=now)
            pages.append(page)
            done = min(done + PAGE_SIZE, len(ids))
            rate = estimator.update(now, done)
            if done < len(ids):
                remaining = seconds_left(rate, len(ids) - done)
                self._publish(MenuProgress(done, len(ids), rate, remaining, location_id=self._cache_key[1]))
        if self.faults and not any(pages):
            # The saved menu is better than none.
            raise ServiceError(f"{faults_text(self.faults, 'product')} No other is on the menu.")
        return Catalogue(self._cache_key[1], tuple(chain.from_iterable(pages)), began_at)

    def _is_for_sale(self, record: Record, stock: StoreStock) -> bool:
        """Return True for an available product whose price here can be read."""
        if not record.is_available:
            return False
        if has_readable_price(stock.get((record.product_id, 0))):
            return True
        self.faults.append(STORE_PRICE_FAULT)
        return False

    async def clear_cache(self) -> None:
        """Delete the saved pages, once the menu is saved as a whole.

        Raises:
            ServiceError: they cannot be deleted.
        """
        with storage_errors():
            await self._pages.clear(*self._cache_key)

    async def _load_cached(self) -> CachedPages:
        now = self._clock.now()
        with storage_errors():
            try:
                cached = await self._pages.load(*self._cache_key, since=now - RESUME_SECONDS, until=now)
            except UnreadableRecord:
                cached = CachedPages()
            if cached.seen_at is None:
                await self._pages.clear(*self._cache_key)
        return cached

    async def _fetch_ids(self, cached: tuple[tuple[int, ...], ...]) -> list[int]:
        pages = list(cached)
        ids = dict.fromkeys(chain.from_iterable(pages))
        length, is_saved = len(pages[-1]) if pages else PAGE_SIZE, True
        while length == PAGE_SIZE:
            found = await self._api.products.search(ProductSearch(page=len(pages) + 1, page_size=PAGE_SIZE))
            known = len(ids)
            ids.update(dict.fromkeys(found))
            if found and len(ids) == known:
                break  # the platform starts again after its last page
            self.faults += found.faults
            length = len(found) + found.unreadable
            # A page that lacks an id would look like the last one.
            is_saved = is_saved and not found.unreadable
            if is_saved:
                with storage_errors():
                    await self._pages.save_ids(*self._cache_key, len(pages), found, seen_at=self._clock.now())
            pages.append(found)
        return list(ids)

    async def _fetch_store_stock(self) -> StoreStock:
        """Fetch price and stock of the whole menu, where the platform has one response for it."""
        try:
            rows = await self._api.products.stock_by_location(location_id=self._cache_key[1])
        except InvalidInput:
            # This platform requires a product id; the menu keeps the merchant's own prices.
            return {}
        self.faults += rows.faults
        return {(row.product_id, row.variant_id): row for row in rows}
