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
from console.desk.bundle_echo import from_echo, renewed
from console.desk.bundle_parts import Parts, PartsReader
from console.desk.bundle_sources import (
    NotUsable,
    Told,
    from_platform,
    from_supplement,
    has_groups,
    says_defaults,
)
from console.desk.changes import Trouble
from console.desk.few import few_at_a_time
from console.desk.words import remembering
from console.ordering.catalogue import Product, ProductType
from console.ordering.configuration.bundle import Bundle, Bundles, BundleSource
from console.ordering.money import Currency
from console.storage.catalogue.bundle_store import BundleStore
from console.storage.errors import UnreadableRecord

_CONFIGURABLE = frozenset({ProductType.BUNDLE, ProductType.DEAL})


@dataclass(frozen=True, slots=True)
class _Listed:
    """What the platform lists of a product: everything, and what it comes with where it was asked for."""

    contents: BundleContents
    defaults: tuple[Row, ...] = ()


class BundlesDesk:
    """The bundles and deals of one store."""

    def __init__(
        self,
        *,
        api: ApiClient,
        store: BundleStore,
        profile: str,
        location_id: int,
        currency: Currency,
        supplement: Supplement,
        parts: PartsReader,
    ) -> None:
        self._api = api
        self._store = store
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
            Trouble: what this machine remembers cannot be read.
        """
        kept: tuple[Bundle, ...] = ()
        # Damaged ones are fetched anew with the menu.
        with remembering(), suppress(UnreadableRecord):
            kept = await self._store.load(self._profile, self._location_id)
        self._parts.remember(kept)
        self._known = {bundle.product_id: bundle for bundle in kept}

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
            Trouble: what it says does not make a bundle.
        """
        try:
            return await self._fetch(product)
        except NotUsable as why:
            raise Trouble(_sentence({product.title: str(why)})) from why

    def missing_inside(self, bundle: Bundle) -> tuple[int, ...]:
        """The bundles that may be inside this one, at any depth, and that are not known."""
        seen: dict[int, None] = {}
        waiting = [bundle]
        while waiting:
            for item in (item for group in waiting.pop().groups for item in group.items):
                if item.is_bundle and item.product_id not in seen:
                    seen[item.product_id] = None
                    if (inner := self._known.get(item.product_id)) is not None:
                        waiting.append(inner)
        return tuple(product_id for product_id in seen if product_id not in self._known)

    async def fetch_inside(self, bundle: Bundle, products: Mapping[int, Product]) -> None:
        """What may be inside a bundle, so that price and words are whole; one that is refused is left.

        Raises:
            PlatformError: the platform is not there.
            Trouble: it cannot be kept on this machine.
        """
        failed: dict[str, str] = {}

        async def fetch_one(product: Product) -> None:
            with _failing(failed, product):
                await self._fetch(product)

        tried: set[int] = set()
        while wanted := [n for n in self.missing_inside(bundle) if n in products and n not in tried]:
            tried |= set(wanted)
            await few_at_a_time([products[number] for number in wanted], fetch_one)

    async def fetch_all(self, products: Iterable[Product]) -> str:
        """Every bundle of the menu; a sentence for the operator on those that are not to be had, or nothing.

        Raises:
            PlatformError: the platform is not there.
            Trouble: they cannot be kept on this machine.
        """
        wanted = [product for product in products if self.is_configurable(product)]
        failed: dict[str, str] = {}
        listed: dict[int, _Listed] = {}

        async def list_one(product: Product) -> None:
            with _failing(failed, product):
                listed[product.product_id] = await self._list(product)

        await few_at_a_time(wanted, list_one)
        have = [(product, listed[product.product_id]) for product in wanted if product.product_id in listed]
        parts = await self._read_parts(have)
        made: dict[int, Bundle] = {}
        for product, told in have:
            with _failing(failed, product):
                made[product.product_id] = await self._made(product, told, parts)
            # A key that was pressed meanwhile goes first.
            await asyncio.sleep(0)
        still = {product.product_id for product in wanted}
        kept = {product_id: bundle for product_id, bundle in self._known.items() if product_id in still}
        self._known = {**kept, **made}
        await self._keep()
        return _sentence(failed)

    async def _fetch(self, product: Product) -> Bundle:
        listed = await self._list(product)
        parts = await self._read_parts([(product, listed)])
        bundle = await self._made(product, listed, parts)
        self._known = {**self._known, product.product_id: bundle}
        await self._keep()
        return bundle

    async def _list(self, product: Product) -> _Listed:
        products = self._api.products
        contents = await products.bundle_items(product_id=product.product_id)
        if not has_groups(contents) or says_defaults(contents):
            return _Listed(contents)
        default = await products.bundle_items(product_id=product.product_id, only_default=True)
        return _Listed(contents, default.items)

    async def _read_parts(self, listed: Iterable[tuple[Product, _Listed]]) -> Parts:
        rows: list[Row] = []
        others: list[int] = []
        for product, told in listed:
            rows += told.contents.items
            entry = self._supplement.find_bundle(product.product_id)
            kept = self._known.get(product.product_id)
            if entry is not None:
                others += [item.product for group in entry.groups for item in group.items]
            elif kept is not None and kept.source is BundleSource.ECHO:
                others += [item.product_id for group in kept.groups for item in group.items]
        return await self._parts.read(rows, others)

    async def _made(self, product: Product, listed: _Listed, parts: Parts) -> Bundle:
        told = Told(product, listed.contents, parts, self._currency, listed.defaults)
        if has_groups(listed.contents):
            return from_platform(told)
        entry = self._supplement.find_bundle(product.product_id)
        if entry is not None:
            return from_supplement(told, entry)
        kept = self._known.get(product.product_id)
        again = renewed(told, kept) if kept is not None and kept.source is BundleSource.ECHO else None
        return again or await self._learnt(told)

    async def _learnt(self, told: Told) -> Bundle:
        """The bundle as the echo of the default one shows it."""
        line = await self._echo(told.product)
        unlisted = [child.product_id for child in line.children if child.product_id not in told.parts]
        parts = {**told.parts, **await self._parts.read((), unlisted)}
        return from_echo(replace(told, parts=parts), line)

    async def _echo(self, product: Product) -> CartItem:
        """The default bundle as a cart shows it: a cart of nobody's, emptied again at once."""
        carts = self._api.carts
        token = (await self._api.customers.access_token()).access_token
        wish = CartItemRequest(product.product_id, self._location_id)
        try:
            answer = await carts.add_items(token=token, items=[wish], delivery_mode=WireDeliveryMode.PICKUP)
        finally:
            await carts.remove_all(token=token)
        lines = (line for line in answer.cart.items if line.product_id == product.product_id)
        if (line := next(lines, None)) is None:
            refused = next((item.reason for item in answer.failed_items if item.reason), "")
            raise NotUsable(refused or "The platform does not take it into a cart.")
        return line

    async def _keep(self) -> None:
        with remembering():
            await self._store.save(self._profile, self._location_id, self._known.values())


@contextmanager
def _failing(failed: dict[str, str], product: Product) -> Generator[None]:
    """Around the work for one bundle: its refusal must not hide the others."""
    try:
        yield
    except (Unreachable, TimedOut, RateLimited):
        raise
    except CartRefused:
        # Not sold at this moment, such as a deal of certain hours: told to whoever asks for it, nobody else.
        pass
    except PlatformError as error:
        failed[product.title] = error.message
    except NotUsable as why:
        failed[product.title] = str(why)


def _sentence(failed: dict[str, str]) -> str:
    """One sentence on those that cannot be configured."""
    if not failed:
        return ""
    title, why = next(iter(failed.items()))
    others = f" and {len(failed) - 1} more" if len(failed) > 1 else ""
    return f"{title}{others} cannot be configured here. {why}"
