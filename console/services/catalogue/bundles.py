"""The groups of every bundle and deal, known before one is configured.

Sources, the best first: the platform's own group data, the menu supplement, the cart echo of the default
bundle.
"""

import asyncio
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from types import MappingProxyType

from console.api.carts.models import CartItem
from console.api.carts.requests import CartItemRequest, WireDeliveryMode
from console.api.errors import CartRefused, PlatformError, RateLimited, TimedOut, Unreachable
from console.api.products.detail_models import BundleContents
from console.api.products.detail_models import WireBundleItem as Row
from console.ordering.catalogue import Product, ProductType, Variant
from console.ordering.configuration.bundle import Bundle, Bundles, BundleSource
from console.ordering.stores import Location
from console.services.catalogue.bundle_from_cart import from_cart_echo, refresh_prices
from console.services.catalogue.bundle_parts import BundlePartReader, BundleParts
from console.services.catalogue.bundle_sources import (
    BundleInputs,
    UnusableBundle,
    from_platform,
    from_supplement,
    has_defaults,
    has_groups,
)
from console.services.error_mapping import storage_errors
from console.services.events import ServiceError
from console.services.limited_concurrency import for_each_limited
from console.services.session_context import SessionContext
from console.services.unreadable_text import faults_text
from console.storage.errors import UnreadableRecord

_CONFIGURABLE = frozenset({ProductType.BUNDLE, ProductType.DEAL})


@dataclass(frozen=True, slots=True)
class _BundleListing:
    """The platform's list of a bundle's items; ``defaults`` only where they were asked for."""

    contents: BundleContents
    defaults: tuple[Row, ...] = ()


class BundleService:
    """The bundles and deals of one store."""

    def __init__(self, context: SessionContext, location: Location, parts: BundlePartReader) -> None:
        self._api = context.api
        self._bundle_store = context.storage.bundles
        self._profile = context.menu_key
        self._location_id = location.location_id
        self._supplement = context.supplement
        self._properties = context.vocabulary.properties
        self._parts = parts
        self._known: dict[int, Bundle] = {}
        self._item_faults: list[str] = []

    @property
    def known(self) -> Bundles:
        """Every bundle and deal that is known, by product id."""
        return MappingProxyType(self._known)

    async def begin(self) -> None:
        """Load the saved bundles.

        Raises:
            ServiceError: this machine's files cannot be read.
        """
        stored: tuple[Bundle, ...] = ()
        # Damaged ones are fetched again with the menu.
        with storage_errors(), suppress(UnreadableRecord):
            stored = await self._bundle_store.load(self._profile, self._location_id)
        self._parts.remember(stored)
        self._properties.remember(variant for bundle in stored for variant in _variants_of(bundle))
        self._known = {bundle.product_id: bundle for bundle in stored}

    def is_configurable(self, product: Product) -> bool:
        """Return True if a product may have groups."""
        return (
            product.product_type in _CONFIGURABLE
            or self._supplement.find_bundle(product.product_id) is not None
        )

    async def fetch(self, product: Product) -> Bundle:
        """Fetch one bundle and save it.

        Raises:
            PlatformError: the platform is unreachable, or refuses.
            ServiceError: the response does not make a bundle.
        """
        try:
            return await self._fetch(product)
        except UnusableBundle as error:
            raise ServiceError(_failure_message({product.title: str(error)})) from error

    def missing_nested(self, bundle: Bundle) -> tuple[int, ...]:
        """Return the ids of unknown bundles nested in this one, at any depth."""
        nested_ids: dict[int, None] = {}
        queue = [bundle]
        while queue:
            for item in (item for group in queue.pop().groups for item in group.items):
                if item.is_bundle and item.product_id not in nested_ids:
                    nested_ids[item.product_id] = None
                    if (inner := self._known.get(item.product_id)) is not None:
                        queue.append(inner)
        return tuple(product_id for product_id in nested_ids if product_id not in self._known)

    async def fetch_nested(self, bundle: Bundle, products: Mapping[int, Product]) -> None:
        """Fetch the bundles nested in one, so that its price and text are complete.

        One that the platform refuses is left out.

        Raises:
            PlatformError: the platform is unreachable.
            ServiceError: a bundle cannot be saved.
        """
        failures: dict[str, str] = {}

        async def fetch_one(product: Product) -> None:
            with _collect_failure(failures, product):
                await self._fetch(product)

        attempted: set[int] = set()
        while missing := [n for n in self.missing_nested(bundle) if n in products and n not in attempted]:
            attempted |= set(missing)
            await for_each_limited([products[number] for number in missing], fetch_one)

    async def fetch_all(self, products: Iterable[Product]) -> str:
        """Fetch every bundle of the menu; return a sentence on those that failed, or "".

        Raises:
            PlatformError: the platform is unreachable.
            ServiceError: they cannot be saved.
        """
        configurable = [product for product in products if self.is_configurable(product)]
        failures: dict[str, str] = {}
        self._item_faults.clear()
        listings: dict[int, _BundleListing] = {}

        async def list_one(product: Product) -> None:
            with _collect_failure(failures, product):
                listings[product.product_id] = await self._fetch_listing(product)

        await for_each_limited(configurable, list_one)
        listed = [
            (product, listings[product.product_id])
            for product in configurable
            if product.product_id in listings
        ]
        parts = await self._read_parts(listed)
        built: dict[int, Bundle] = {}
        for product, listing in listed:
            with _collect_failure(failures, product):
                built[product.product_id] = await self._build(product, listing, parts)
            # Yield, so that a key pressed in the meantime is handled first.
            await asyncio.sleep(0)
        current_ids = {product.product_id for product in configurable}
        unchanged = {
            product_id: bundle for product_id, bundle in self._known.items() if product_id in current_ids
        }
        self._known = {**unchanged, **built}
        await self._save()
        return f"{_failure_message(failures)} {faults_text(self._item_faults, 'bundle item')}".strip()

    async def _fetch(self, product: Product) -> Bundle:
        listing = await self._fetch_listing(product)
        parts = await self._read_parts([(product, listing)])
        bundle = await self._build(product, listing, parts)
        self._known = {**self._known, product.product_id: bundle}
        await self._save()
        return bundle

    async def _fetch_listing(self, product: Product) -> _BundleListing:
        products = self._api.products
        contents = await products.bundle_items(product_id=product.product_id)
        self._item_faults += contents.items.faults
        if not has_groups(contents) or has_defaults(contents):
            return _BundleListing(contents)
        default = await products.bundle_items(product_id=product.product_id, only_default=True)
        return _BundleListing(contents, default.items)

    async def _read_parts(self, listings: Iterable[tuple[Product, _BundleListing]]) -> BundleParts:
        rows: list[Row] = []
        product_ids: list[int] = []
        for product, listing in listings:
            rows += listing.contents.items
            entry = self._supplement.find_bundle(product.product_id)
            known = self._known.get(product.product_id)
            if entry is not None:
                product_ids += [item.product for group in entry.groups for item in group.items]
            elif known is not None and known.source is BundleSource.ECHO:
                product_ids += [item.product_id for group in known.groups for item in group.items]
        return await self._parts.read(rows, product_ids)

    async def _build(self, product: Product, listing: _BundleListing, parts: BundleParts) -> Bundle:
        inputs = BundleInputs(product, listing.contents, parts, self._properties, listing.defaults)
        entry = self._supplement.find_bundle(product.product_id)
        base_groups = [group for group in entry.groups if group.base] if entry else []
        inputs.learn_properties(item.product for group in base_groups for item in group.items)
        if has_groups(listing.contents):
            return from_platform(inputs)
        if entry is not None:
            return from_supplement(inputs, entry)
        known = self._known.get(product.product_id)
        refreshed = (
            refresh_prices(inputs, known) if known is not None and known.source is BundleSource.ECHO else None
        )
        return refreshed or await self._learn_from_echo(inputs)

    async def _learn_from_echo(self, inputs: BundleInputs) -> Bundle:
        """Learn the bundle from the cart echo of its default configuration."""
        line = await self._fetch_cart_echo(inputs.product)
        unlisted = [child.product_id for child in line.children if child.product_id not in inputs.parts]
        parts = {**inputs.parts, **await self._parts.read((), unlisted)}
        return from_cart_echo(replace(inputs, parts=parts), line)

    async def _fetch_cart_echo(self, product: Product) -> CartItem:
        """Put the default bundle into an anonymous cart, which is emptied at once; return its line."""
        carts = self._api.carts
        token = (await self._api.customers.access_token()).access_token
        request = CartItemRequest(product.product_id, self._location_id)
        try:
            response = await carts.add_items(
                token=token, items=[request], delivery_mode=WireDeliveryMode.PICKUP
            )
        finally:
            await carts.remove_all(token=token)
        lines = (line for line in response.cart.items if line.product_id == product.product_id)
        if (line := next(lines, None)) is None:
            reason = next((item.reason for item in response.failed_items if item.reason), "")
            raise UnusableBundle(reason or "The platform does not accept it in a cart.")
        return line

    async def _save(self) -> None:
        with storage_errors():
            await self._bundle_store.save(self._profile, self._location_id, self._known.values())


def _variants_of(bundle: Bundle) -> Iterable[Variant]:
    return (variant for group in bundle.groups for item in group.items for variant in item.variants)


@contextmanager
def _collect_failure(failures: dict[str, str], product: Product) -> Generator[None]:
    """Collect the failure of one bundle, so that the others are still fetched."""
    try:
        yield
    except (Unreachable, TimedOut, RateLimited):
        raise
    except CartRefused:
        # Not sold at this moment, such as a lunch deal: reported only to who asks for it.
        pass
    except PlatformError as error:
        failures[product.title] = error.message
    except UnusableBundle as error:
        failures[product.title] = str(error)


def _failure_message(failures: dict[str, str]) -> str:
    """Return one sentence on the bundles that cannot be configured, or ""."""
    if not failures:
        return ""
    title, reason = next(iter(failures.items()))
    others = f" and {len(failures) - 1} more" if len(failures) > 1 else ""
    return f"{title}{others} cannot be configured here. {reason}"
