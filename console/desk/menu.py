"""The menu's service: the catalogue of the operator's store, searched on this machine, fetched behind.

Called by the order screen; no key waits for it.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from console.api.errors import InvalidInput, NotFound
from console.api.product_models import LocationStock, ProductSearch
from console.api.product_models import Product as Record
from console.api.product_models import Variant as VariantRecord
from console.api.service import Api
from console.desk.values import Change, MenuChange, Notice, Trouble
from console.desk.words import asking, remembering
from console.local.catalogue import CatalogueStore
from console.ordering.menu import Catalogue, Category, Option, Product, ProductType, Variant
from console.ordering.money import Currency
from console.ordering.store import Location
from console.sync.background import background
from console.sync.link import Link
from console.sync.timer import Timer

PAGE = 50
"""Products asked for in one call."""
VARIANTS_AT_ONCE = 4
FOUND = 200
"""More rows than anybody reads; a longer search should be typed on."""


class MenuDesk:
    """The menu of one store, as last seen and as it is."""

    def __init__(
        self,
        *,
        api: Api,
        link: Link,
        store: CatalogueStore,
        profile: str,
        location: Location,
        currency: Currency,
        timer: Timer,
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
        self._products: dict[int, Product] = {}
        self._fetching: asyncio.Task[None] | None = None
        self._waits = False
        self.seen_at: float | None = None

    async def begin(self) -> None:
        """Show the menu as last seen, and fetch it behind.

        Raises:
            Trouble: what this machine remembers cannot be read.
        """
        with remembering():
            kept = await self._store.load(self._profile, self._location_id)
        if kept is not None:
            self._take(kept)
        self.refresh()

    def refresh(self) -> None:
        """Fetch the menu anew, unless that is being done."""
        if self._fetching is not None and self._waits:
            self._fetching.cancel()
        if self._fetching is None or self._fetching.done() or self._waits:
            self._waits = False
            self._fetching = background(self._fetch(), name="fetch the menu", broken=self._fetch_broke)

    async def end(self) -> None:
        """Stop fetching."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories that have something to sell."""
        return Catalogue(0, tuple(self._products.values()), 0.0).categories

    def product(self, product_id: int) -> Product | None:
        """A product of this menu."""
        return self._products.get(product_id)

    async def search(self, text: str, category_id: str = "") -> tuple[Product, ...]:
        """Products that fit what is typed, best first; with nothing typed, the whole category or menu."""
        if not text.strip():
            found: Iterable[Product] = self._products.values()
        else:
            with remembering():
                ids = await self._store.search(self._profile, self._location_id, text, limit=FOUND)
            found = (self._products[product_id] for product_id in ids if product_id in self._products)
        return tuple(p for p in found if not category_id or p.category_id == category_id)

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

    async def _fetch(self) -> None:
        """Fetch products, then variants; with the line down, again once it is back."""
        while (trouble := await self._fetched()) is not None:
            self._say_how_old(trouble.sentence)
            if not trouble.offline:
                return
            self._waits = True
            await self._link.online()
            self._waits = False

    async def _fetched(self) -> Trouble | None:
        """Fetch everything once; what prevented it."""
        try:
            with asking(self._link):
                catalogue = await self._fetch_products()
            with remembering():
                await self._store.save(self._profile, catalogue)
            self._take(catalogue)
            with asking(self._link):
                await self._fetch_all_variants()
        except Trouble as trouble:
            return trouble
        return None

    def _fetch_broke(self) -> None:
        self._say_how_old("A fault of this program stopped the fetching of the menu.")

    def _say_how_old(self, sentence: str) -> None:
        age = "The menu is shown as last seen." if self._products else "There is no menu yet; F5 asks again."
        self._tell(Notice(f"{sentence} {age}", bad=not self._products))

    async def _fetch_products(self) -> Catalogue:
        ids: list[int] = []
        page = 1
        while True:
            found = await self._api.products.search(ProductSearch(page=page, page_size=PAGE))
            new = [product_id for product_id in found if product_id not in ids]
            ids += new
            if len(found) < PAGE or not new:
                break
            page += 1
        stock = await self._stock_here()
        products: list[Product] = []
        for start in range(0, len(ids), PAGE):
            records = await self._api.products.multiple(product_ids=ids[start : start + PAGE])
            products += [self._product(record, stock) for record in records if record.is_available]
            self._tell(MenuChange(len(products), len(ids)))
        return Catalogue(self._location_id, tuple(products), self._timer.now())

    async def _stock_here(self) -> dict[tuple[int, int], LocationStock]:
        """Prices and stock of this store for the whole menu, where the platform gives them in one answer."""
        try:
            rows = await self._api.products.stock_by_location(location_id=self._location_id)
        except InvalidInput:
            # A platform that wants a product named; then the menu has the merchant's own prices.
            return {}
        return {(row.product_id, row.variant_id): row for row in rows}

    async def _fetch_all_variants(self) -> None:
        """Every product's variants as they are now, a few at a time; choosing one never waits after that."""
        waiting = iter([product for product in self._products.values() if product.has_variants])

        async def fetch_some() -> None:
            for product in waiting:
                try:
                    await self._fetch_variants(product)
                except (InvalidInput, NotFound) as error:
                    # One product's refusal must not hide the others; choosing it asks again.
                    self._tell(Notice(f"{product.title}: {error.sentence}"))

        fetching = [asyncio.create_task(fetch_some()) for _ in range(VARIANTS_AT_ONCE)]
        try:
            await asyncio.gather(*fetching)
        finally:
            for task in fetching:
                task.cancel()
            await asyncio.gather(*fetching, return_exceptions=True)
        self._tell(MenuChange(len(self._products), len(self._products)))

    async def _fetch_variants(self, product: Product) -> tuple[Variant, ...]:
        product_id = product.product_id
        records = await self._api.products.variants(product_id=product_id)
        stock = await self._api.products.stock_by_location(
            product_id=product_id, location_id=self._location_id
        )
        here = {row.variant_id: row for row in stock}
        variants = tuple(self._variant(r, here.get(r.variant_id)) for r in records if r.is_available)
        if (known := self._products.get(product_id)) is not None:
            self._products[product_id] = replace(known, variants=variants)
        with remembering():
            await self._store.save_variants(
                self._profile, self._location_id, product_id, variants, seen_at=self._timer.now()
            )
        return variants

    def _take(self, catalogue: Catalogue) -> None:
        known = {p.product_id: p.variants for p in self._products.values()}
        self._products = {
            p.product_id: p if p.variants is not None else replace(p, variants=known.get(p.product_id))
            for p in catalogue.products
        }
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
            price=self._price(record.web_price, here),
            list_price=self._currency.round(record.mrp),
            product_type=_type(record.product_type),
            has_variants=record.is_parent,
            stock=here.inventory if here else record.inventory,
            barcode=record.barcode,
            description=record.short_description,
        )

    def _variant(self, record: VariantRecord, here: LocationStock | None) -> Variant:
        return Variant(
            variant_id=record.variant_id,
            product_id=record.product_id,
            sku=record.sku,
            options=options_of(record),
            price=self._price(record.web_price, here),
            list_price=self._currency.round(record.mrp),
            stock=here.inventory if here else record.inventory,
        )

    def _price(self, menu_price: Decimal, here: LocationStock | None) -> Decimal:
        """The store's own price where it has one."""
        return self._currency.round(here.web_price if here and here.web_price else menu_price)


def options_of(record: VariantRecord) -> tuple[Option, ...]:
    """What a variant differs by, in the platform's own order."""
    values: Sequence[tuple[int, Option]] = [(v.rank, Option(v.name, v.value)) for v in record.values]
    return tuple(option for _, option in sorted(values, key=lambda pair: pair[0]))


def _type(letter: str) -> ProductType:
    try:
        return ProductType(letter)
    except ValueError:
        return ProductType.NORMAL
