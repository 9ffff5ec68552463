"""Names of variants: from the menu and its bundles, else from the platform.

Toppings and crusts are not sold by themselves, so menus leave them out.
"""

from collections.abc import Iterable

from console.api.errors import InvalidInput, NotFound
from console.api.products.models import WireVariant as Record
from console.api.transport.records import Records
from console.ordering.catalogue import Variant
from console.ordering.configuration.bundle import Bundles
from console.ordering.configuration.defaults import item_parts
from console.ordering.draft import Component, OrderItem
from console.ordering.money import without_noise
from console.services.catalogue.product_mapping import options_of
from console.services.catalogue.service import MenuService
from console.services.limited_concurrency import for_each_limited
from console.services.session_context import SessionContext


class VariantNameService:
    """Names variants; what it fetched is kept until sign-out."""

    def __init__(self, context: SessionContext, menu: MenuService) -> None:
        self._api = context.api
        self._menu = menu
        self._properties = context.vocabulary.properties
        self._fetched: dict[int, tuple[Variant, ...]] = {}
        self._bundle_variants: dict[tuple[int, int], Variant] = {}

    def find(self, product_id: int, variant_id: int) -> Variant | None:
        """Return a variant of a product, or None while it is unknown."""
        product = self._menu.product(product_id)
        found = product.variant(variant_id) if product else None
        fetched = self._fetched.get(product_id, ())
        found = found or next((v for v in fetched if v.variant_id == variant_id), None)
        return found or self._find_in_bundles(product_id, variant_id)

    @property
    def bundles(self) -> Bundles:
        """The bundles and deals of the menu."""
        return self._menu.bundles

    def parts_of(self, item: OrderItem) -> tuple[Component, ...]:
        """Return an item's components, the menu's where it was ordered unchanged."""
        return item_parts(item, self._menu.bundles)

    async def fetch_missing(self, wanted: Iterable[tuple[int, int]]) -> None:
        """Fetch the unknown variants among these pairs of product and variant id.

        A product that the platform refuses stays unnamed.

        Raises:
            PlatformError: the platform is unreachable.
        """
        unknown = {
            product_id
            for product_id, variant_id in wanted
            if variant_id and product_id not in self._fetched and self.find(product_id, variant_id) is None
        }

        async def fetch_one(product_id: int) -> None:
            try:
                records = await self._api.products.variants(product_id=product_id)
            except (InvalidInput, NotFound):
                records = Records()
            self._fetched[product_id] = tuple(self._properties.renamed(_to_variant(r)) for r in records)

        await for_each_limited(sorted(unknown), fetch_one)

    def _find_in_bundles(self, product_id: int, variant_id: int) -> Variant | None:
        """Return a topping or a base, which menus do not list as products."""
        key = product_id, variant_id
        if key not in self._bundle_variants:
            items = (
                group.item(product_id) for bundle in self._menu.bundles.values() for group in bundle.groups
            )
            variants = (item.variant(variant_id) for item in items if item is not None)
            found = next((variant for variant in variants if variant is not None), None)
            if found is None:
                return None
            self._bundle_variants[key] = found
        return self._bundle_variants[key]


def _to_variant(record: Record) -> Variant:
    return Variant(
        variant_id=record.variant_id,
        product_id=record.product_id,
        sku=record.sku,
        options=options_of(record),
        price=without_noise(record.web_price),
        list_price=without_noise(record.mrp),
    )
