"""The service of bundles: what each pizza and deal may be made of, known before it is configured.

Used by the menu's service. The platform's own group data counts first, then the menu supplement, then
what the echo of the default bundle shows.
"""

import asyncio
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from types import MappingProxyType

from console.api.carts.models import CartItem
from console.api.carts.requests import CartItemRequest, WireDeliveryMode
from console.api.client import ApiClient
from console.api.errors import CartRefused, PlatformError, RateLimited, TimedOut, Unreachable
from console.api.products.detail_models import BundleContents
from console.api.products.detail_models import WireBundleItem as Row
from console.config.menu_supplement import Supplement
from console.ordering.catalogue import Product, ProductType
from console.ordering.configuration.bundle import Bundle, Bundles, BundleSource
from console.ordering.money import Currency
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
from console.storage.catalogue.bundle_store import BundleStore
from console.storage.errors import UnreadableRecord

_CONFIGURABLE = frozenset({ProductType.BUNDLE, ProductType.DEAL})


@dataclass(frozen=True, slots=True)
class _BundleListing:
    """What the platform lists of a product: everything, and what it comes with where it was asked for."""

    contents: BundleContents
    defaults: tuple[Row, ...] = ()


class BundleService:
    """The bundles and deals of one store."""

    def __init__(
        self,
        *,
        api: ApiClient,
        bundle_store: BundleStore,
        profile: str,
        location_id: int,
        currency: Currency,
        supplement: Supplement,
        parts: BundlePartReader,
    ) -> None:
        self._api = api
        self._bundle_store = bundle_store
        self._profile = profile
        self._location_id = location_id
        self._currency = currency
        self._supplement = supplement
        self._parts = parts
        self._known: dict[int, Bundle] = {}

    @property
    def known(self) -> Bundles:
        """Every bundle and deal that is known now."""
        return MappingProxyType(self._known)

    async def begin(self) -> None:
        """Take up the bundles as last seen.

        Raises:
            ServiceError: what this machine remembers cannot be read.
        """
        stored: tuple[Bundle, ...] = ()
        # Damaged ones are fetched anew with the menu.
        with storage_errors(), suppress(UnreadableRecord):
            stored = await self._bundle_store.load(self._profile, self._location_id)
        self._parts.remember(stored)
        self._known = {bundle.product_id: bundle for bundle in stored}

    def is_configurable(self, product: Product) -> bool:
        """Whether a product may have groups."""
        return (
            product.product_type in _CONFIGURABLE
            or self._supplement.find_bundle(product.product_id) is not None
        )

    async def fetch(self, product: Product) -> Bundle:
        """One bundle, and keep it.

        Raises:
            PlatformError: the platform is not there, or refuses.
            ServiceError: what it says does not make a bundle.
        """
        try:
            return await self._fetch(product)
        except UnusableBundle as why:
            raise ServiceError(_failure_message({product.title: str(why)})) from why

    def missing_nested(self, bundle: Bundle) -> tuple[int, ...]:
        """The bundles that may be inside this one, at any depth, and that are not known."""
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
        """What may be inside a bundle, so that price and words are whole; one that is refused is left.

        Raises:
            PlatformError: the platform is not there.
            ServiceError: it cannot be kept on this machine.
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
        """Every bundle of the menu; a sentence for the operator on those that are not to be had, or nothing.

        Raises:
            PlatformError: the platform is not there.
            ServiceError: they cannot be kept on this machine.
        """
        configurable = [product for product in products if self.is_configurable(product)]
        failures: dict[str, str] = {}
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
            # A key that was pressed meanwhile goes first.
            await asyncio.sleep(0)
        current_ids = {product.product_id for product in configurable}
        unchanged = {
            product_id: bundle for product_id, bundle in self._known.items() if product_id in current_ids
        }
        self._known = {**unchanged, **built}
        await self._save()
        return _failure_message(failures)

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
        inputs = BundleInputs(product, listing.contents, parts, self._currency, listing.defaults)
        if has_groups(listing.contents):
            return from_platform(inputs)
        entry = self._supplement.find_bundle(product.product_id)
        if entry is not None:
            return from_supplement(inputs, entry)
        known = self._known.get(product.product_id)
        refreshed = (
            refresh_prices(inputs, known) if known is not None and known.source is BundleSource.ECHO else None
        )
        return refreshed or await self._learn_from_echo(inputs)

    async def _learn_from_echo(self, inputs: BundleInputs) -> Bundle:
        """The bundle as the echo of the default one shows it."""
        line = await self._fetch_cart_echo(inputs.product)
        unlisted = [child.product_id for child in line.children if child.product_id not in inputs.parts]
        parts = {**inputs.parts, **await self._parts.read((), unlisted)}
        return from_cart_echo(replace(inputs, parts=parts), line)

    async def _fetch_cart_echo(self, product: Product) -> CartItem:
        """The default bundle as a cart shows it: a cart of nobody's, emptied again at once."""
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
            raise UnusableBundle(reason or "The platform does not take it into a cart.")
        return line

    async def _save(self) -> None:
        with storage_errors():
            await self._bundle_store.save(self._profile, self._location_id, self._known.values())


@contextmanager
def _collect_failure(failures: dict[str, str], product: Product) -> Generator[None]:
    """Around the work for one bundle: its refusal must not hide the others."""
    try:
        yield
    except (Unreachable, TimedOut, RateLimited):
        raise
    except CartRefused:
        # Not sold at this moment, such as a deal of certain hours: told to whoever asks for it, nobody else.
        pass
    except PlatformError as error:
        failures[product.title] = error.message
    except UnusableBundle as why:
        failures[product.title] = str(why)


def _failure_message(failures: dict[str, str]) -> str:
    """One sentence on those that cannot be configured."""
    if not failures:
        return ""
    title, why = next(iter(failures.items()))
    others = f" and {len(failures) - 1} more" if len(failures) > 1 else ""
    return f"{title}{others} cannot be configured here. {why}"
