"""The menu's service: the catalogue of the operator's store, searched on this machine, fetched behind.

Called by the order screen; no key waits for it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from itertools import islice

from console.api.client import ApiClient
from console.api.errors import InvalidInput, NotFound
from console.api.products.models import LocationStock
from console.api.products.models import WireProduct as Record
from console.config.menu_supplement import Supplement
from console.desk.bundle_parts import PartsReader
from console.desk.bundles import BundlesDesk
from console.desk.changes import Change, MenuChange, Notice, Trouble
from console.desk.few import few_at_a_time
from console.desk.forms import price_here, type_of, variant_of
from console.desk.menu_fetch import GOES_ON, MenuFetch
from console.desk.pace import Pace, seconds_left
from console.desk.words import asking, remembering
from console.ordering.catalogue import Catalogue, Category, Product, Variant
from console.ordering.configuration.bundle import Bundle, Bundles
from console.ordering.money import Currency
from console.ordering.stores import Location
from console.storage.catalogue.bundle_store import BundleStore
from console.storage.catalogue.catalogue_store import CatalogueStore
from console.storage.catalogue.fetch_cache import FetchCache
from console.storage.errors import UnreadableRecord
from console.sync.background_task import spawn
from console.sync.clock import Clock
from console.sync.connection.monitor import ConnectionMonitor

TOLD_EVERY = 100
"""Products whose variants are read between two reports of progress."""
FOUND = 200
"""More rows than anybody reads; a longer search should be typed on."""
BROWSED = 1000
"""The same for a category, or a menu, that is looked through with nothing typed."""


class MenuDesk:
    """The menu of one store, as last seen and as it is."""

    def __init__(
        self,
        *,
        api: ApiClient,
        link: ConnectionMonitor,
        store: CatalogueStore,
        pages: FetchCache,
        bundle_store: BundleStore,
        supplement: Supplement,
        profile: str,
        location: Location,
        currency: Currency,
        timer: Clock,
        tell: Callable[[Change], None],
    ) -> None:
        self._api = api
        self._link = link
        self._store = store
        self._profile = profile
        self._location_id = location.location_id
        self._currency = currency
        self._timer = timer
        self._tell = tell
        self._bundles = BundlesDesk(
            api=api,
            store=bundle_store,
            profile=profile,
            location_id=location.location_id,
            currency=currency,
            supplement=supplement,
            parts=PartsReader(
                api=api, location_id=location.location_id, currency=currency, product=self.product
            ),
        )
        self._products: dict[int, Product] = {}
        self._categories: tuple[Category, ...] = ()
        self._fetch_pages = MenuFetch(
            api=api,
            pages=pages,
            profile=profile,
            location_id=location.location_id,
            make=self._product,
            timer=timer,
            tell=tell,
        )
        self._unread: dict[int, Product] = {}
        """Products whose variants a fetch that is under way has not read yet."""
        self._fetching: asyncio.Task[None] | None = None
        self._waits = False
        self.seen_at: float | None = None

    async def begin(self) -> None:
        """Show the menu as last seen, and fetch it behind.

        Raises:
            Trouble: what this machine remembers cannot be read.
        """
        kept = None
        with remembering():
            try:
                kept = await self._store.load(self._profile, self._location_id)
            except UnreadableRecord:
                # The platform has it all, so nobody is kept from working.
                self._tell(Notice("The menu kept on this machine is damaged; it is fetched anew.", bad=True))
        await self._bundles.begin()
        if kept is not None:
            self._take(kept)
        self.refresh()

    def refresh(self) -> None:
        """Fetch the menu anew, unless that is being done; one that was cut off goes on where it was."""
        if self._fetching is not None and self._waits:
            self._fetching.cancel()
        if not self.fetches:
            self._waits = False
            self._fetching = spawn(self._fetch(), name="fetch the menu", on_failure=self._fetch_broke)

    @property
    def fetches(self) -> bool:
        """Whether the menu is being fetched, and not only waited for with the line down."""
        return self._fetching is not None and not self._fetching.done() and not self._waits

    def cancel(self) -> None:
        """Stop fetching; what has come is kept, and the next fetch goes on from there."""
        if self._fetching is not None and not self._fetching.done():
            self._fetching.cancel()
            self._waits = False
            self._say_how_old("The fetching of the menu was stopped; F5 goes on.")

    @property
    def age(self) -> float | None:
        """Seconds since this menu, with its prices and stock, was read; ``None`` without one."""
        return None if self.seen_at is None else max(0.0, self._timer.now() - self.seen_at)

    async def end(self) -> None:
        """Stop fetching."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories that have something to sell."""
        return self._categories

    @property
    def products(self) -> tuple[Product, ...]:
        """Everything on this menu, in its order."""
        return tuple(self._products.values())

    def product(self, product_id: int) -> Product | None:
        """A product of this menu."""
        return self._products.get(product_id)

    async def search(self, text: str, category_id: str = "") -> tuple[Product, ...]:
        """Products that fit what is typed, best first; with nothing typed, the whole category or menu.

        No more than ``FOUND`` are found, and no more than ``BROWSED`` with nothing typed.
        """
        if not text.strip():
            fits = (p for p in self._products.values() if not category_id or p.category_id == category_id)
            return tuple(islice(fits, BROWSED))
        category = next((c for c in self._categories if c.category_id == category_id), None)
        if category_id and category is None:
            return ()
        with remembering():
            ids = await self._store.search(
                self._profile, self._location_id, text, category=category, limit=FOUND
            )
        return tuple(self._products[product_id] for product_id in ids if product_id in self._products)

    async def variants(self, product: Product) -> tuple[Variant, ...]:
        """The variants of a product, from this machine where they are known.

        Raises:
            Trouble: they are not known and the platform is not there, or refused.
        """
        known = self._products.get(product.product_id, product).variants
        if known is not None:
            return known
        with asking(self._link):
            return await self._fetch_variants(product)

    @property
    def bundles(self) -> Bundles:
        """Every pizza and deal whose groups are known now."""
        return self._bundles.known

    async def bundle(self, product: Product) -> Bundle | None:
        """What a product may be made of, from this machine where it is known; ``None`` for a plain one.

        What may be inside it is known by then, too, but for what the platform refuses.

        Raises:
            Trouble: it is not known and the platform is not there, refused, or does not tell enough.
        """
        known = self.bundles.get(product.product_id)
        if self.knows_inside(product) or not self._bundles.is_configurable(product):
            return known
        with asking(self._link):
            bundle = known or await self._bundles.fetch(product)
            await self._bundles.fetch_inside(bundle, self._products)
        return bundle

    def knows_inside(self, product: Product) -> bool:
        """Whether a product's groups are known, and those of everything that may be inside it."""
        known = self.bundles.get(product.product_id)
        return known is not None and not self._bundles.missing_inside(known)

    async def _fetch(self) -> None:
        """Fetch products, then variants, then bundles; with the line down, again once it is back."""
        while (trouble := await self._fetched()) is not None:
            self._say_how_old(trouble.sentence)
            if not trouble.offline:
                return
            self._waits = True
            await self._link.wait_online()
            self._waits = False

    async def _fetched(self) -> Trouble | None:
        """Fetch everything once; what prevented it. What was read before that is not read again."""
        if self.age is None or self.age > GOES_ON:
            self._unread.clear()
        try:
            if not self._unread:
                with asking(self._link):
                    catalogue = await self._fetch_pages.products()
                with remembering():
                    await self._store.save(self._profile, catalogue)
                await self._fetch_pages.complete()
                self._take(catalogue)
                self._unread = {p.product_id: p for p in self._products.values() if p.has_variants}
            with asking(self._link):
                await self._fetch_all_variants()
            with asking(self._link):
                await self._fetch_bundles()
        except Trouble as trouble:
            return trouble
        return None

    def _fetch_broke(self) -> None:
        self._say_how_old("A fault of this program stopped the fetching of the menu.")

    def _say_how_old(self, sentence: str) -> None:
        age = "The menu is shown as last seen." if self._products else "There is no menu yet; F5 asks again."
        self._tell(Notice(f"{sentence} {age}", bad=not self._products))

    async def _fetch_all_variants(self) -> None:
        """Every product's variants as they are now, a few at a time; choosing one never waits after that."""
        unread = tuple(self._unread.values())
        total = len(unread)
        pace = Pace()
        pace.at(self._timer.now(), 0)

        async def fetch_one(product: Product) -> None:
            try:
                await self._fetch_variants(product)
            except (InvalidInput, NotFound) as error:
                # One product's refusal must not hide the others; choosing it asks again.
                self._tell(Notice(f"{product.title}: {error.message}"))
            self._unread.pop(product.product_id, None)
            if (left := len(self._unread)) and left % TOLD_EVERY == 0:
                rate = pace.at(self._timer.now(), total - left)
                self._tell(MenuChange(total - left, total, rate, seconds_left(rate, left), "Options"))

        await few_at_a_time(unread, fetch_one)
        self._tell(MenuChange(len(self._products), len(self._products)))

    async def _fetch_bundles(self) -> None:
        """What every pizza and deal may be made of; configuring one never waits after that."""
        sentence = await self._bundles.fetch_all(tuple(self._products.values()))
        if sentence:
            self._tell(Notice(sentence))
        self._tell(MenuChange(len(self._products), len(self._products)))

    async def _fetch_variants(self, product: Product) -> tuple[Variant, ...]:
        product_id = product.product_id
        records = await self._api.products.variants(product_id=product_id)
        stock = await self._api.products.stock_by_location(
            product_id=product_id, location_id=self._location_id
        )
        here = {row.variant_id: row for row in stock}
        variants = tuple(
            variant_of(record, here.get(record.variant_id), self._currency)
            for record in records
            if record.is_available
        )
        if (known := self._products.get(product_id)) is not None:
            self._products[product_id] = replace(known, variants=variants)
        with remembering():
            await self._store.save_variants(
                self._profile, self._location_id, product_id, variants, seen_at=self._timer.now()
            )
        return variants

    def _take(self, catalogue: Catalogue) -> None:
        known = {p.product_id: p.variants for p in self._products.values() if p.variants is not None}
        self._products = {
            p.product_id: p
            if p.variants is not None or p.product_id not in known
            else replace(p, variants=known[p.product_id])
            for p in catalogue.products
        }
        self._categories = catalogue.categories
        self.seen_at = catalogue.seen_at
        self._tell(MenuChange(len(self._products), len(self._products)))

    def _product(self, record: Record, stock: dict[tuple[int, int], LocationStock]) -> Product:
        here = stock.get((record.product_id, 0))
        return Product(
            product_id=record.product_id,
            title=record.title,
            sku=record.sku,
            category_id=record.category_id,
            category=record.category_name,
            price=price_here(record.web_price, here, self._currency),
            list_price=self._currency.round(record.mrp),
            product_type=type_of(record.product_type),
            has_variants=record.is_parent,
            stock=here.inventory if here else record.inventory,
            barcode=record.barcode,
            description=record.short_description,
        )
