"""The menu of the operator's store: searched on this machine, fetched in the background."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from console.api.errors import InvalidInput, NotFound
from console.api.products.models import LocationStock
from console.api.products.models import WireProduct as Record
from console.ordering.catalogue import Catalogue, Category, MenuMatches, Product, Variant
from console.ordering.configuration.bundle import Bundle, Bundles
from console.ordering.draft import Draft, Edit
from console.ordering.money import without_noise
from console.ordering.quantity_limits import QuantityLimits, quantity_problem
from console.ordering.stores import Location
from console.services.catalogue.bundle_parts import BundlePartReader
from console.services.catalogue.bundles import BundleService
from console.services.catalogue.fetch import RESUME_SECONDS, MenuFetcher
from console.services.catalogue.fetch_rate import RateEstimator, seconds_left
from console.services.catalogue.product_mapping import (
    STORE_PRICE_FAULT,
    has_readable_price,
    price_at_store,
    to_limits,
    to_product_type,
    to_variant,
)
from console.services.error_mapping import platform_errors, storage_errors
from console.services.events import MenuProgress, Notification, ServiceError
from console.services.limited_concurrency import for_each_limited
from console.services.session_context import SessionContext
from console.services.unreadable_text import faults_text
from console.storage.errors import UnreadableRecord
from console.sync.background_task import spawn

PROGRESS_EVERY = 100
"""Products whose variants are read between two progress events."""
MAX_FOUND = 200
"""Search results returned: more rows than anybody reads, who rather types on."""
MAX_BROWSED = 1000
"""Products returned for a category or a menu while nothing is typed."""


class MenuService:
    """The menu of one store: searched on this machine, fetched in the background."""

    def __init__(self, context: SessionContext, location: Location) -> None:
        self._api = context.api
        self._monitor = context.monitor
        self._catalogue_store = context.storage.catalogue
        self._profile = context.menu_key
        self._location_id = location.location_id
        self._clock = context.clock
        self._publish = context.publish
        self._bundles = BundleService(context, location, BundlePartReader(context, location, self.product))
        self._products: dict[int, Product] = {}
        self._categories: tuple[Category, ...] = ()
        self._fetcher = MenuFetcher(context, location, self._to_product)
        self._unfetched: dict[int, Product] = {}
        """Products whose variants the running fetch has not read yet."""
        self._fetch_task: asyncio.Task[None] | None = None
        self._waits_for_connection = False
        self._variant_faults: list[str] = []
        self.seen_at: float | None = None

    async def begin(self) -> None:
        """Load the saved menu, and fetch the current one in the background.

        Raises:
            ServiceError: this machine's files cannot be read.
        """
        stored = None
        with storage_errors():
            try:
                stored = await self._catalogue_store.load(self._profile, self._location_id)
            except UnreadableRecord:
                # The platform has the whole menu: go on with what is left of the saved one.
                self._publish(Notification("The saved menu is damaged. Fetching it again.", is_error=True))
                stored = await self._catalogue_store.load(
                    self._profile, self._location_id, without_damaged=True
                )
        await self._bundles.begin()
        if stored is not None:
            self._set_catalogue(stored)
        self.refresh()

    def refresh(self) -> None:
        """Fetch the menu again, unless a fetch is running; an interrupted one is resumed."""
        if self._fetch_task is not None and self._waits_for_connection:
            self._fetch_task.cancel()
        if not self.is_fetching:
            self._waits_for_connection = False
            self._fetch_task = spawn(self._fetch(), name="fetch the menu", on_failure=self._on_fetch_failure)

    @property
    def is_fetching(self) -> bool:
        """Return True if a fetch is running, and not only waiting for the connection."""
        return self._fetch_task is not None and not self._fetch_task.done() and not self._waits_for_connection

    def cancel(self) -> None:
        """Stop fetching; what was fetched is saved, and the next fetch resumes."""
        if self._fetch_task is not None and not self._fetch_task.done():
            self._fetch_task.cancel()
            self._waits_for_connection = False
            self._notify_with_age("Menu fetch stopped. F5 resumes it.")

    @property
    def age(self) -> float | None:
        """Seconds since this menu, with its prices and stock, was read; None without one."""
        return None if self.seen_at is None else max(0.0, self._clock.now() - self.seen_at)

    async def end(self) -> None:
        """Stop fetching."""
        if self._fetch_task is not None:
            self._fetch_task.cancel()
            await asyncio.gather(self._fetch_task, return_exceptions=True)

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories with something to sell."""
        return self._categories

    @property
    def products(self) -> tuple[Product, ...]:
        """Every product of this menu, in its order."""
        return tuple(self._products.values())

    def product(self, product_id: int) -> Product | None:
        """Return a product of this menu."""
        return self._products.get(product_id)

    def quantity_problem(self, draft: Draft, edit: Edit) -> str:
        """Return why an edit's quantity is none that this menu allows, as a sentence; empty if it is one."""
        return quantity_problem(draft, edit, self._limits_of)

    def _limits_of(self, product_id: int) -> QuantityLimits | None:
        product = self._products.get(product_id)
        return None if product is None else product.limits

    async def search(self, text: str, category_id: str = "") -> MenuMatches:
        """Find products that match a text, the best first; without one, the whole category or menu.

        At most MAX_FOUND are returned, and at most MAX_BROWSED without a text.
        """
        if not text.strip():
            fits = (p for p in self._products.values() if not category_id or p.category_id == category_id)
            return MenuMatches(tuple(islice(fits, MAX_BROWSED)))
        category = next((c for c in self._categories if c.category_id == category_id), None)
        if category_id and category is None:
            return MenuMatches()
        with storage_errors():
            found = await self._catalogue_store.search(
                self._profile, self._location_id, text, category=category, limit=MAX_FOUND
            )
        known = (self._products.get(product_id) for product_id in found.product_ids)
        return MenuMatches(tuple(product for product in known if product is not None), found.is_guess)

    async def variants(self, product: Product) -> tuple[Variant, ...]:
        """Return a product's variants, from this machine where they are known.

        Raises:
            ServiceError: they are unknown and the platform is unreachable, or refused.
        """
        known = self._products.get(product.product_id, product).variants
        if known is not None:
            return known
        with platform_errors(self._monitor):
            return await self._fetch_variants(product)

    @property
    def bundles(self) -> Bundles:
        """Every bundle and deal whose groups are known."""
        return self._bundles.known

    async def bundle(self, product: Product) -> Bundle | None:
        """Return a product's bundle, from this machine where it is known; None for a plain product.

        The bundles nested in it are known then, too, except those the platform refuses.

        Raises:
            ServiceError: it is unknown and the platform is unreachable, refused, or sent too little.
        """
        known = self.bundles.get(product.product_id)
        if self.has_complete_bundle(product) or not self._bundles.is_configurable(product):
            return known
        with platform_errors(self._monitor):
            bundle = known or await self._bundles.fetch(product)
            await self._bundles.fetch_nested(bundle, self._products)
        return bundle

    def has_complete_bundle(self, product: Product) -> bool:
        """Return True if a product's groups are known, and those of every bundle nested in it."""
        known = self.bundles.get(product.product_id)
        return known is not None and not self._bundles.missing_nested(known)

    async def _fetch(self) -> None:
        """Fetch products, then variants, then bundles; offline, again once the connection is back."""
        while (error := await self._fetch_once()) is not None:
            self._notify_with_age(error.message)
            if not error.offline:
                return
            self._waits_for_connection = True
            await self._monitor.wait_online()
            self._waits_for_connection = False

    async def _fetch_once(self) -> ServiceError | None:
        """Fetch what is not fetched yet; return the error that ended it, if any."""
        if self.age is None or self.age > RESUME_SECONDS:
            self._unfetched.clear()
        try:
            if not self._unfetched:
                with platform_errors(self._monitor):
                    catalogue = await self._fetcher.fetch()
                with storage_errors():
                    await self._catalogue_store.save(self._profile, catalogue)
                await self._fetcher.clear_cache()
                self._set_catalogue(catalogue)
                self._report(self._fetcher.faults, "product")
                self._unfetched = {p.product_id: p for p in self._products.values() if p.has_variants}
            with platform_errors(self._monitor):
                await self._fetch_all_variants()
            with platform_errors(self._monitor):
                await self._fetch_bundles()
        except ServiceError as error:
            return error
        return None

    def _on_fetch_failure(self) -> None:
        self._notify_with_age("A program fault stopped the menu fetch.")

    def _notify_with_age(self, message: str) -> None:
        age = "Showing the saved menu." if self._products else "No menu yet. F5 retries."
        shown = self._products
        self._publish(
            Notification(
                f"{message} {age}",
                is_error=not self._products,
                is_current=lambda: self._products is shown,
            )
        )

    async def _fetch_all_variants(self) -> None:
        """Fetch all variants, CONCURRENCY at a time, so that choosing one never blocks."""
        unfetched = tuple(self._unfetched.values())
        total = len(unfetched)
        estimator = RateEstimator()
        estimator.update(self._clock.now(), 0)

        async def fetch_one(product: Product) -> None:
            try:
                await self._fetch_variants(product)
            except (InvalidInput, NotFound) as error:
                # One refused product must not end the others; choosing it asks again.
                self._publish(Notification(f"{product.title}: {error.message}"))
            self._unfetched.pop(product.product_id, None)
            if (remaining := len(self._unfetched)) and remaining % PROGRESS_EVERY == 0:
                rate = estimator.update(self._clock.now(), total - remaining)
                self._publish(
                    MenuProgress(
                        total - remaining,
                        total,
                        rate,
                        seconds_left(rate, remaining),
                        "Options",
                        self._location_id,
                    )
                )

        self._variant_faults.clear()
        await for_each_limited(unfetched, fetch_one)
        self._publish_complete()
        self._report(self._variant_faults, "option")

    def _report(self, faults: Sequence[str], noun: str) -> None:
        """Say how many records of the menu are left out."""
        if faults:
            self._publish(Notification(f"{faults_text(faults, noun)} F5 fetches the menu again."))

    async def _fetch_bundles(self) -> None:
        """Fetch all bundles and deals, so that configuring one never blocks."""
        message = await self._bundles.fetch_all(tuple(self._products.values()))
        if message:
            self._publish(Notification(message))
        self._publish_complete()

    def _publish_complete(self) -> None:
        count = len(self._products)
        self._publish(MenuProgress(count, count, location_id=self._location_id))

    async def _fetch_variants(self, product: Product) -> tuple[Variant, ...]:
        product_id = product.product_id
        records = await self._api.products.variants(product_id=product_id)
        stock = await self._api.products.stock_by_location(
            product_id=product_id, location_id=self._location_id
        )
        stock_by_variant = {row.variant_id: row for row in stock}
        readable = [r for r in records if has_readable_price(stock_by_variant.get(r.variant_id))]
        self._variant_faults += [*records.faults, *[STORE_PRICE_FAULT] * (len(records) - len(readable))]
        variants = tuple(
            to_variant(record, stock_by_variant.get(record.variant_id))
            for record in readable
            if record.is_available
        )
        if (known := self._products.get(product_id)) is not None:
            self._products[product_id] = replace(known, variants=variants)
        with storage_errors():
            await self._catalogue_store.save_variants(self._profile, self._location_id, product_id, variants)
        return variants

    def _set_catalogue(self, catalogue: Catalogue) -> None:
        known = {p.product_id: p.variants for p in self._products.values() if p.variants is not None}
        self._products = {
            p.product_id: p
            if p.variants is not None or p.product_id not in known
            else replace(p, variants=known[p.product_id])
            for p in catalogue.products
        }
        self._categories = catalogue.categories
        self.seen_at = catalogue.seen_at
        self._publish_complete()

    def _to_product(self, record: Record, stock: dict[tuple[int, int], LocationStock]) -> Product:
        local_stock = stock.get((record.product_id, 0))
        return Product(
            product_id=record.product_id,
            title=record.title,
            sku=record.sku,
            category_id=record.category_id,
            category=record.category_name,
            price=price_at_store(record.web_price, local_stock),
            list_price=without_noise(record.mrp),
            product_type=to_product_type(record.product_type),
            has_variants=record.is_parent,
            stock=local_stock.inventory if local_stock else record.inventory,
            barcode=record.barcode,
            description=record.short_description,
            limits=to_limits(record),
        )
