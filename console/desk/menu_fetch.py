"""Fetching the products of one store, page by page, so that it goes on where it was cut off.

Used by the menu's service, behind the screens.
"""

from collections.abc import Callable
from itertools import chain

from console.api.client import ApiClient
from console.api.errors import InvalidInput
from console.api.products.models import LocationStock, ProductSearch
from console.api.products.models import WireProduct as Record
from console.desk.changes import Change, MenuChange
from console.desk.pace import Pace, seconds_left
from console.desk.words import remembering
from console.ordering.catalogue import Catalogue, Product
from console.storage.catalogue.fetch_cache import CachedPages, FetchCache
from console.storage.errors import UnreadableRecord
from console.sync.clock import Clock

PAGE = 50
"""Products asked for in one call."""
GOES_ON = 1800.0
"""Seconds after which a fetch that was cut off begins anew: the menu may be another one by then."""

StockHere = dict[tuple[int, int], LocationStock]
"""Prices and stock of one store by product and variant."""


class MenuFetch:
    """One store's fetches, one after the other. ``make`` makes a product of the platform's record."""

    def __init__(
        self,
        *,
        api: ApiClient,
        pages: FetchCache,
        profile: str,
        location_id: int,
        make: Callable[[Record, StockHere], Product],
        timer: Clock,
        tell: Callable[[Change], None],
    ) -> None:
        self._api = api
        self._pages = pages
        self._place = (profile, location_id)
        self._make = make
        self._timer = timer
        self._tell = tell

    async def products(self) -> Catalogue:
        """The whole menu as it is now; each page of it is kept as soon as it is there.

        Raises:
            PlatformError: the platform is not there, or refuses; what has come is kept.
            Trouble: this machine cannot keep it.
        """
        kept = await self._kept()
        began_at = self._timer.now() if kept.seen_at is None else kept.seen_at
        ids = await self._ids(kept.id_pages)
        pages = list(kept.product_pages)
        stock = await self._stock_here()
        pace = Pace()
        done = min(len(pages) * PAGE, len(ids))
        pace.at(self._timer.now(), done)
        while done < len(ids):
            records = await self._api.products.multiple(product_ids=ids[done : done + PAGE])
            page = tuple(self._make(record, stock) for record in records if record.is_available)
            now = self._timer.now()
            with remembering():
                await self._pages.save_products(*self._place, len(pages), page, seen_at=now)
            pages.append(page)
            done = min(done + PAGE, len(ids))
            rate = pace.at(now, done)
            if done < len(ids):
                self._tell(MenuChange(done, len(ids), rate, seconds_left(rate, len(ids) - done)))
        return Catalogue(self._place[1], tuple(chain.from_iterable(pages)), began_at)

    async def complete(self) -> None:
        """The menu is kept as a whole: its pages are no longer needed.

        Raises:
            Trouble: this machine cannot forget them.
        """
        with remembering():
            await self._pages.clear(*self._place)

    async def _kept(self) -> CachedPages:
        now = self._timer.now()
        with remembering():
            try:
                kept = await self._pages.load(*self._place, since=now - GOES_ON, until=now)
            except UnreadableRecord:
                kept = CachedPages()
            if kept.seen_at is None:
                await self._pages.clear(*self._place)
        return kept

    async def _ids(self, kept: tuple[tuple[int, ...], ...]) -> list[int]:
        pages = list(kept)
        ids = dict.fromkeys(chain.from_iterable(pages))
        while not pages or len(pages[-1]) == PAGE:
            found = await self._api.products.search(ProductSearch(page=len(pages) + 1, page_size=PAGE))
            known = len(ids)
            ids.update(dict.fromkeys(found))
            if found and len(ids) == known:
                break  # a platform that begins again after its last page
            with remembering():
                await self._pages.save_ids(*self._place, len(pages), found, seen_at=self._timer.now())
            pages.append(found)
        return list(ids)

    async def _stock_here(self) -> StockHere:
        """Prices and stock of this store for the whole menu, where the platform gives them in one answer."""
        try:
            rows = await self._api.products.stock_by_location(location_id=self._place[1])
        except InvalidInput:
            # A platform that wants a product named; then the menu has the merchant's own prices.
            return {}
        return {(row.product_id, row.variant_id): row for row in rows}
