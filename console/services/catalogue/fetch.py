"""Fetching the products of one store, page by page, so that it goes on where it was cut off.

Used by the menu's service, behind the screens.
"""

from collections.abc import Callable
from itertools import chain

from console.api.client import ApiClient
from console.api.errors import InvalidInput
from console.api.products.models import LocationStock, ProductSearch
from console.api.products.models import WireProduct as Record
from console.ordering.catalogue import Catalogue, Product
from console.services.catalogue.fetch_rate import RateEstimator, seconds_left
from console.services.error_mapping import storage_errors
from console.services.events import Event, MenuProgress
from console.storage.catalogue.fetch_cache import CachedPages, FetchCache
from console.storage.errors import UnreadableRecord
from console.sync.clock import Clock

PAGE_SIZE = 50
"""Products asked for in one call."""
RESUME_SECONDS = 1800.0
"""Seconds after which a fetch that was cut off begins anew: the menu may be another one by then."""

StoreStock = dict[tuple[int, int], LocationStock]
"""Prices and stock of one store by product and variant."""


class MenuFetcher:
    """One store's fetches, one after the other. ``to_product`` makes a product of the platform's record."""

    def __init__(
        self,
        *,
        api: ApiClient,
        pages: FetchCache,
        profile: str,
        location_id: int,
        to_product: Callable[[Record, StoreStock], Product],
        clock: Clock,
        publish: Callable[[Event], None],
    ) -> None:
        self._api = api
        self._pages = pages
        self._cache_key = (profile, location_id)
        self._to_product = to_product
        self._clock = clock
        self._publish = publish

    async def fetch(self) -> Catalogue:
        """The whole menu as it is now; each page of it is kept as soon as it is there.

        Raises:
            PlatformError: the platform is not there, or refuses; what has come is kept.
            ServiceError: this machine cannot keep it.
        """
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
            page = tuple(self._to_product(record, stock) for record in records if record.is_available)
            now = self._clock.now()
            with storage_errors():
                await self._pages.save_products(*self._cache_key, len(pages), page, seen_at=now)
            pages.append(page)
            done = min(done + PAGE_SIZE, len(ids))
            rate = estimator.update(now, done)
            if done < len(ids):
                self._publish(MenuProgress(done, len(ids), rate, seconds_left(rate, len(ids) - done)))
        return Catalogue(self._cache_key[1], tuple(chain.from_iterable(pages)), began_at)

    async def clear_cache(self) -> None:
        """The menu is kept as a whole: its pages are no longer needed.

        Raises:
            ServiceError: this machine cannot forget them.
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
        while not pages or len(pages[-1]) == PAGE_SIZE:
            found = await self._api.products.search(ProductSearch(page=len(pages) + 1, page_size=PAGE_SIZE))
            known = len(ids)
            ids.update(dict.fromkeys(found))
            if found and len(ids) == known:
                break  # a platform that begins again after its last page
            with storage_errors():
                await self._pages.save_ids(*self._cache_key, len(pages), found, seen_at=self._clock.now())
            pages.append(found)
        return list(ids)

    async def _fetch_store_stock(self) -> StoreStock:
        """Prices and stock of this store for the whole menu, where the platform gives them in one answer."""
        try:
            rows = await self._api.products.stock_by_location(location_id=self._cache_key[1])
        except InvalidInput:
            # A platform that wants a product named; then the menu has the merchant's own prices.
            return {}
        return {(row.product_id, row.variant_id): row for row in rows}
