"""Builds a bundle's groups from the platform's data or the menu supplement. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from console.api.products.detail_models import BundleContents
from console.api.products.detail_models import WireBundleItem as Row
from console.config.menu_supplement import BundleEntry, GroupEntry, ItemEntry
from console.ordering.catalogue import Product, ProductType
from console.ordering.configuration.bundle import (
    Bundle,
    BundleGroup,
    BundleItem,
    BundleSource,
)
from console.ordering.money import ZERO, without_noise
from console.ordering.property_names import PartProperties, PropertyNames
from console.services.catalogue.bundle_parts import BundleParts


class UnusableBundle(Exception):
    """The data does not make a bundle; the text is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class BundleInputs:
    """A configurable product, the platform's list of its items, and the parts behind them."""

    product: Product
    contents: BundleContents
    parts: BundleParts
    properties: PropertyNames
    defaults: tuple[Row, ...] = ()
    """The items of the default bundle, where they were asked for."""
    rows: Mapping[int, tuple[Row, ...]] = field(init=False)
    """The rows of each product."""

    def __post_init__(self) -> None:
        rows: dict[int, tuple[Row, ...]] = {}
        for row in self.contents.items:
            rows[row.product_id] = (*rows.get(row.product_id, ()), row)
        object.__setattr__(self, "rows", rows)

    def item(self, product_id: int) -> BundleItem | None:
        """Return a product as an item of this bundle, with the variants that the bundle lists."""
        part = self.parts.get(product_id)
        if part is None:
            return None
        listed = {row.variant_id for row in self.rows.get(product_id, ())} - {0}
        return BundleItem(
            product_id=product_id,
            title=part.title,
            variants=tuple(
                self.properties.renamed(v) for v in part.variants if not listed or v.variant_id in listed
            ),
            price=part.price,
            is_bundle=part.is_bundle,
        )

    @property
    def base_id(self) -> int:
        """The listed product with crust and size: as the platform flags it, else by its variants."""
        primary = next((row.product_id for row in self.contents.items if row.is_primary), 0)
        if primary or self.product.product_type is ProductType.DEAL:
            return primary
        return next((product_id for product_id in self.rows if self._has_crust(product_id)), 0)

    def learn_properties(self, base_ids: Iterable[int] = ()) -> None:
        """Learn what this bundle says about names of properties; ``base_ids`` are known to be bases."""
        if self.product.product_type is ProductType.DEAL:
            return
        bases = {*base_ids, *(row.product_id for row in self.contents.items if row.is_primary)}
        self.properties.learn(
            [
                PartProperties(self._property_names(product_id), product_id in bases)
                for product_id in dict.fromkeys((*bases, *self.rows))
            ]
        )

    def _has_crust(self, product_id: int) -> bool:
        return any(map(self.properties.is_crust, self._property_names(product_id)))

    def _property_names(self, product_id: int) -> tuple[str, ...]:
        part = self.parts.get(product_id)
        options = (option for variant in (part.variants if part else ()) for option in variant.options)
        return tuple(dict.fromkeys(option.printed_name or option.name for option in options))

    def bundle(
        self,
        groups: Iterable[BundleGroup],
        source: BundleSource,
        *,
        price: Decimal = ZERO,
        floor: Decimal = ZERO,
    ) -> Bundle:
        """Build the bundle of these groups, the base's first; other listed items are unplaced."""
        ordered_groups = tuple(sorted(groups, key=lambda group: not group.is_base))
        placed_ids = {item.product_id for group in ordered_groups for item in group.items}
        has_base = any(group.is_base for group in ordered_groups)
        unplaced = (self.item(product_id) for product_id in self.rows if product_id not in placed_ids)
        return Bundle(
            product_id=self.product.product_id,
            title=self.product.title,
            groups=ordered_groups,
            product_type=ProductType.BUNDLE if has_base else ProductType.DEAL,
            price=without_noise(price),
            floor=without_noise(floor),
            source=source,
            unplaced=tuple(item for item in unplaced if item is not None),
        )


def has_groups(contents: BundleContents) -> bool:
    """Return True if the platform sent groups with a bundle's items."""
    return any(row.group_id for row in contents.items)


def has_defaults(contents: BundleContents) -> bool:
    """Return True if the platform flagged the bundle's default items and their variants."""
    flagged = [row for row in contents.items if row.is_default]
    return bool(flagged) and sum(row.is_primary for row in flagged) <= 1


def from_platform(inputs: BundleInputs) -> Bundle:
    """Build the bundle from the platform's own group data."""
    grouped: dict[int, list[Row]] = {}
    for row in inputs.contents.items:
        if row.group_id:
            grouped.setdefault(row.group_id, []).append(row)
    terms = inputs.contents.pricing
    return inputs.bundle(
        (_platform_group(inputs, group_id, rows) for group_id, rows in grouped.items()),
        BundleSource.PLATFORM,
        price=terms.price or ZERO,
        floor=terms.floor or ZERO,
    )


def _platform_group(inputs: BundleInputs, group_id: int, rows: Sequence[Row]) -> BundleGroup:
    by_product: dict[int, list[Row]] = {}
    for row in rows:
        by_product.setdefault(row.product_id, []).append(row)
    items = (_platform_item(inputs, group_id, its) for its in by_product.values())
    is_base = any(row.product_id == inputs.base_id for row in rows)
    first = rows[0]
    return BundleGroup(
        group_id=group_id,
        title=first.group_name or default_group_title(group_id),
        items=tuple(item for item in items if item is not None),
        minimum=1 if is_base else first.minimum or 0,
        maximum=1 if is_base else first.maximum,
        free=first.free or 0,
        is_base=is_base,
    )


def _platform_item(inputs: BundleInputs, group_id: int, rows: Sequence[Row]) -> BundleItem | None:
    first = rows[0]
    item = inputs.item(first.product_id)
    if item is None:
        return None
    defaults = [
        row for row in inputs.defaults if (row.product_id, row.group_id) == (first.product_id, group_id)
    ]
    defaults = defaults or [row for row in rows if row.is_default]
    return replace(
        item,
        quantity=max((row.default_quantity or 1 for row in defaults), default=0),
        # Flagged in every variant, it comes in the default one.
        variant_id=defaults[0].variant_id if len(defaults) == 1 else 0,
        included=None if first.included is None else without_noise(first.included),
        base_prices={size: without_noise(price) for size, price in first.deal_slot_prices.items()},
        extra=without_noise(first.extra or ZERO),
        whole_only=any(row.whole_only for row in rows),
    )


def from_supplement(inputs: BundleInputs, entry: BundleEntry) -> Bundle:
    """Build the bundle from the menu supplement; items unknown to the platform are left out.

    Raises:
        UnusableBundle: the platform knows no item of a required group.
    """
    groups = [_supplement_group(inputs, group) for group in entry.groups]
    for group in groups:
        if group.minimum and not group.items:
            raise UnusableBundle(f"The platform knows no item of the menu supplement's {group.title}.")
    return inputs.bundle(groups, BundleSource.SUPPLEMENT, price=entry.price, floor=entry.floor)


def _supplement_group(inputs: BundleInputs, entry: GroupEntry) -> BundleGroup:
    items = (_supplement_item(inputs, item) for item in entry.items)
    return BundleGroup(
        group_id=entry.group_id,
        title=entry.title,
        items=tuple(item for item in items if item is not None),
        minimum=1 if entry.base else entry.minimum,
        maximum=1 if entry.base else entry.maximum,
        free=entry.free,
        is_base=entry.base,
    )


def _supplement_item(inputs: BundleInputs, entry: ItemEntry) -> BundleItem | None:
    item = inputs.item(entry.product)
    if item is None:
        return None
    return replace(
        item,
        quantity=entry.quantity,
        variant_id=entry.variant or 0,
        included=None if entry.included is None else without_noise(entry.included),
        base_prices={size: without_noise(price) for size, price in entry.base_prices.items()},
        extra=without_noise(entry.extra),
        is_bundle=item.is_bundle or entry.is_bundle,
        whole_only=entry.whole_only,
    )


def default_group_title(group_id: int) -> str:
    """Return the title of a group without a name."""
    return f"Group {group_id}"
