"""What bundles are made of: toppings, bases and the products of a deal, each read once for the whole menu.

Used by the service of bundles; the same toppings are in every pizza.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from console.api.client import ApiClient
from console.api.errors import InvalidInput, NotFound
from console.api.products.detail_models import WireBundleItem as Row
from console.api.products.models import LocationStock
from console.desk.few import few_at_a_time
from console.desk.forms import price_here, type_of, variant_of
from console.ordering.catalogue import Product, ProductType, Variant
from console.ordering.configuration.bundle import Bundle
from console.ordering.money import Currency


@dataclass(frozen=True, slots=True)
class Part:
    """A product that goes into bundles, as this store sells it. ``price`` is for one without variants."""

    product_id: int
    title: str
    product_type: ProductType
    price: Decimal
    variants: tuple[Variant, ...] = ()

    @property
    def is_bundle(self) -> bool:
        """Whether it has groups of its own."""
        return self.product_type in {ProductType.BUNDLE, ProductType.DEAL}


Parts = Mapping[int, Part]
"""What is known of what bundles are made of, by product id."""


class PartsReader:
    """Reads parts, and remembers the options of their variants, which do not change."""

    def __init__(
        self,
        *,
        api: ApiClient,
        location_id: int,
        currency: Currency,
        product: Callable[[int], Product | None],
    ) -> None:
        self._api = api
        self._location_id = location_id
        self._currency = currency
        self._product = product
        self._variants: dict[int, tuple[Variant, ...]] = {}

    def remember(self, bundles: Iterable[Bundle]) -> None:
        """Take over the variants of bundles that this machine has kept."""
        for bundle in bundles:
            for items in (*(group.items for group in bundle.groups), bundle.unplaced):
                self._variants.update({item.product_id: item.variants for item in items if item.variants})

    async def read(self, rows: Iterable[Row], others: Iterable[int]) -> dict[int, Part]:
        """The parts of these rows, and other products by id; what the platform does not know is left out.

        Raises:
            PlatformError: the platform is not there, or refuses.
        """
        listed: dict[int, list[Row]] = {}
        for row in rows:
            listed.setdefault(row.product_id, []).append(row)
        parts: dict[int, Part] = {}
        left: list[int] = []
        for product_id in dict.fromkeys((*listed, *others)):
            product = self._product(product_id)
            if product is not None and (product.variants is not None or not product.has_variants):
                parts[product_id] = _on_the_menu(product)
            else:
                left.append(product_id)
        unlisted = [product_id for product_id in left if product_id not in listed]
        records = await self._api.products.multiple(product_ids=unlisted) if unlisted else ()
        heads = {record.product_id: record for record in records}

        async def read_one(product_id: int) -> None:
            if product_id in listed:
                parts[product_id] = await self._listed(listed[product_id])
            elif product_id in heads:
                record = heads[product_id]
                part = Part(
                    product_id,
                    record.title,
                    type_of(record.product_type),
                    self._currency.round(record.web_price),
                )
                here = await self._here(product_id)
                variants = await self._asked(product_id, here) if record.is_parent else ()
                parts[product_id] = replace(
                    part, price=price_here(part.price, here.get(0), self._currency), variants=variants
                )

        await few_at_a_time(left, read_one)
        return parts

    async def _listed(self, rows: Sequence[Row]) -> Part:
        first = rows[0]
        here = await self._here(first.product_id)
        by_id = {row.variant_id: row for row in rows if row.variant_id}
        known = self._variants.get(first.product_id, ())
        if not by_id.keys() <= {variant.variant_id for variant in known}:
            known = await self._asked(first.product_id, here)
        return Part(
            first.product_id,
            first.title,
            type_of(first.product_type),
            price_here(first.web_price, here.get(0), self._currency),
            tuple(
                self._priced(variant, by_id[variant.variant_id], here.get(variant.variant_id))
                for variant in known
                if variant.variant_id in by_id
            ),
        )

    def _priced(self, variant: Variant, row: Row, here: LocationStock | None) -> Variant:
        return replace(
            variant,
            price=price_here(row.web_price, here, self._currency),
            list_price=self._currency.round(row.mrp),
            stock=here.inventory if here else variant.stock,
        )

    async def _asked(self, product_id: int, here: Mapping[int, LocationStock]) -> tuple[Variant, ...]:
        records = await self._api.products.variants(product_id=product_id)
        variants = tuple(
            variant_of(record, here.get(record.variant_id), self._currency)
            for record in records
            if record.is_available
        )
        self._variants[product_id] = variants
        return variants

    async def _here(self, product_id: int) -> dict[int, LocationStock]:
        """What this store says of a product by variant id; nothing where it has no stock of its own."""
        try:
            rows = await self._api.products.stock_by_location(
                product_id=product_id, location_id=self._location_id
            )
        except (InvalidInput, NotFound):
            return {}
        return {row.variant_id: row for row in rows}


def _on_the_menu(product: Product) -> Part:
    return Part(
        product.product_id, product.title, product.product_type, product.price, product.variants or ()
    )
