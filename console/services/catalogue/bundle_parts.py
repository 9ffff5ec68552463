"""Parts of bundles: toppings, bases and the products of a deal, each read once for the menu."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from console.api.errors import InvalidInput, NotFound
from console.api.products.detail_models import WireBundleItem as Row
from console.api.products.models import LocationStock
from console.ordering.catalogue import Product, ProductType, Variant
from console.ordering.configuration.bundle import Bundle
from console.ordering.money import without_noise
from console.ordering.stores import Location
from console.services.catalogue.product_mapping import (
    has_readable_price,
    price_at_store,
    to_product_type,
    to_variant,
)
from console.services.limited_concurrency import for_each_limited
from console.services.session_context import SessionContext


@dataclass(frozen=True, slots=True)
class BundlePart:
    """A product that goes into bundles; ``price`` counts where it has no variants."""

    product_id: int
    title: str
    product_type: ProductType
    price: Decimal
    variants: tuple[Variant, ...] = ()

    @property
    def is_bundle(self) -> bool:
        """Return True if it has groups of its own."""
        return self.product_type in {ProductType.BUNDLE, ProductType.DEAL}


BundleParts = Mapping[int, BundlePart]
"""Known parts by product id."""


class BundlePartReader:
    """Reads parts, and caches their variants' options, which do not change."""

    def __init__(
        self, context: SessionContext, location: Location, find_product: Callable[[int], Product | None]
    ) -> None:
        self._api = context.api
        self._location_id = location.location_id
        self._find_product = find_product
        self._variants: dict[int, tuple[Variant, ...]] = {}

    def remember(self, bundles: Iterable[Bundle]) -> None:
        """Cache the variants of saved bundles."""
        for bundle in bundles:
            for items in (*(group.items for group in bundle.groups), bundle.unplaced):
                self._variants.update({item.product_id: item.variants for item in items if item.variants})

    async def read(self, rows: Iterable[Row], product_ids: Iterable[int]) -> dict[int, BundlePart]:
        """Read the parts of these rows and ids.

        Left out is a product that is unknown to the platform, or whose price here cannot be read.

        Raises:
            PlatformError: the platform is unreachable, or refuses.
        """
        rows_by_product: dict[int, list[Row]] = {}
        for row in rows:
            rows_by_product.setdefault(row.product_id, []).append(row)
        parts: dict[int, BundlePart] = {}
        unread_ids: list[int] = []
        for product_id in dict.fromkeys((*rows_by_product, *product_ids)):
            product = self._find_product(product_id)
            if product is not None and (product.variants is not None or not product.has_variants):
                parts[product_id] = _part_from_menu(product)
            else:
                unread_ids.append(product_id)
        unlisted_ids = [product_id for product_id in unread_ids if product_id not in rows_by_product]
        records = await self._api.products.multiple(product_ids=unlisted_ids) if unlisted_ids else ()
        records_by_id = {record.product_id: record for record in records}

        async def read_one(product_id: int) -> None:
            if product_id in rows_by_product:
                if (part := await self._part_from_rows(rows_by_product[product_id])) is not None:
                    parts[product_id] = part
            elif product_id in records_by_id:
                record = records_by_id[product_id]
                part = BundlePart(
                    product_id,
                    record.title,
                    to_product_type(record.product_type),
                    without_noise(record.web_price),
                )
                stock = await self._fetch_store_stock(product_id)
                if not has_readable_price(stock.get(0)):
                    return
                variants = await self._fetch_variants(product_id, stock) if record.is_parent else ()
                parts[product_id] = replace(
                    part, price=price_at_store(part.price, stock.get(0)), variants=variants
                )

        await for_each_limited(unread_ids, read_one)
        return parts

    async def _part_from_rows(self, rows: Sequence[Row]) -> BundlePart | None:
        first = rows[0]
        stock = await self._fetch_store_stock(first.product_id)
        if not has_readable_price(stock.get(0)):
            return None
        rows_by_variant = {row.variant_id: row for row in rows if row.variant_id}
        known = self._variants.get(first.product_id, ())
        if not rows_by_variant.keys() <= {variant.variant_id for variant in known}:
            known = await self._fetch_variants(first.product_id, stock)
        return BundlePart(
            first.product_id,
            first.title,
            to_product_type(first.product_type),
            price_at_store(first.web_price, stock.get(0)),
            tuple(
                self._with_price(variant, rows_by_variant[variant.variant_id], stock.get(variant.variant_id))
                for variant in known
                if variant.variant_id in rows_by_variant and has_readable_price(stock.get(variant.variant_id))
            ),
        )

    def _with_price(self, variant: Variant, row: Row, stock: LocationStock | None) -> Variant:
        return replace(
            variant,
            price=price_at_store(row.web_price, stock),
            list_price=without_noise(row.mrp),
            stock=stock.inventory if stock else variant.stock,
        )

    async def _fetch_variants(
        self, product_id: int, stock: Mapping[int, LocationStock]
    ) -> tuple[Variant, ...]:
        records = await self._api.products.variants(product_id=product_id)
        variants = tuple(
            to_variant(record, stock.get(record.variant_id))
            for record in records
            if record.is_available and has_readable_price(stock.get(record.variant_id))
        )
        self._variants[product_id] = variants
        return variants

    async def _fetch_store_stock(self, product_id: int) -> dict[int, LocationStock]:
        """Fetch this store's stock of a product by variant id; empty where it has none of its own."""
        try:
            rows = await self._api.products.stock_by_location(
                product_id=product_id, location_id=self._location_id
            )
        except (InvalidInput, NotFound):
            return {}
        return {row.variant_id: row for row in rows}


def _part_from_menu(product: Product) -> BundlePart:
    return BundlePart(
        product.product_id, product.title, product.product_type, product.price, product.variants or ()
    )
