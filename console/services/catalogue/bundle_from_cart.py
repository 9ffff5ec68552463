"""Learns a bundle's groups from the cart echo of its default configuration. Pure.

Used where neither the platform nor a menu supplement has groups.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from console.api.carts.models import CartChild, CartItem
from console.ordering.catalogue import Variant
from console.ordering.configuration.bundle import SIZE, Bundle, BundleGroup, BundleItem, BundleSource
from console.ordering.money import without_noise
from console.ordering.property_names import PartProperties
from console.services.catalogue.bundle_sources import BundleInputs, UnusableBundle, default_group_title

BASE_TITLE = "Base"

IsBase = Callable[[CartChild], bool]
"""Tells the part that carries size and crust: by the platform's flag, which may be missing, or its crust."""


def from_cart_echo(inputs: BundleInputs, line: CartItem) -> Bundle:
    """Build a bundle from the echo of its default: the groups of the items in it.

    Other items have no known group. Bounds do not show: a bundle's group is taken as open, a deal's slot as
    full.

    Raises:
        UnusableBundle: the echo has no items.
    """
    children = [child for child in line.children if child.bundle_reference_key == line.reference_key]
    grouped: dict[int, list[CartChild]] = {}
    for child in children:
        grouped.setdefault(child.group_id, []).append(child)
    if not grouped:
        raise UnusableBundle("The platform does not show its items.")
    is_base = _base_finder(inputs, line)
    make = _group_from_echo if any(map(is_base, children)) else _deal_slot_from_echo
    groups = (make(inputs, line, group_id, its, is_base) for group_id, its in grouped.items())
    return inputs.bundle(groups, BundleSource.ECHO, price=line.web_price)


def _group_from_echo(
    inputs: BundleInputs, line: CartItem, group_id: int, children: Sequence[CartChild], is_base: IsBase
) -> BundleGroup:
    has_base = any(map(is_base, children))
    items: list[BundleItem] = []
    for child in children:
        item = inputs.item(child.product_id)
        if item is not None:
            quantity = child.quantity // line.quantity
            included = None if is_base(child) else _included_price(item, child)
            items.append(replace(item, quantity=quantity, variant_id=child.variant_id, included=included))
    return BundleGroup(
        group_id=group_id,
        title=BASE_TITLE if has_base else _group_title(group_id, children),
        items=tuple(items),
        minimum=int(has_base),
        maximum=1 if has_base else None,
        is_base=has_base,
    )


def _included_price(item: BundleItem, child: CartChild) -> Decimal | None:
    """Return the charged price, None where it is the item's own."""
    variant = item.variant(child.variant_id)
    own = item.price if variant is None else variant.price
    charged = without_noise(child.web_price)
    return None if charged == own else charged


def _deal_slot_from_echo(
    inputs: BundleInputs, line: CartItem, group_id: int, children: Sequence[CartChild], is_base: IsBase
) -> BundleGroup:
    items: list[BundleItem] = []
    for child in children:
        item = inputs.item(child.product_id)
        if item is None:
            continue
        base = next(
            (
                part
                for part in line.children
                if is_base(part) and part.bundle_reference_key == child.reference_key
            ),
            None,
        )
        items.append(
            replace(
                item,
                quantity=child.quantity // line.quantity,
                variant_id=child.variant_id,
                base_prices={} if base is None else _base_prices(inputs, base),
                extra=without_noise(child.web_price),
                is_bundle=item.is_bundle or base is not None,
            )
        )
    filled = sum(child.quantity for child in children) // line.quantity
    return BundleGroup(group_id, default_group_title(group_id), tuple(items), minimum=filled, maximum=filled)


def _base_finder(inputs: BundleInputs, line: CartItem) -> IsBase:
    properties = inputs.properties
    parts_by_parent: dict[str, list[PartProperties]] = {}
    for child in line.children:
        part = PartProperties(tuple(info.name for info in child.variant), child.is_primary)
        parts_by_parent.setdefault(child.bundle_reference_key, []).append(part)
    for parts in parts_by_parent.values():
        properties.learn(parts)

    def is_base(child: CartChild) -> bool:
        return child.is_primary or any(properties.is_crust(info.name) for info in child.variant)

    return is_base


def _base_prices(inputs: BundleInputs, base: CartChild) -> dict[str, Decimal]:
    names = inputs.properties
    size = next((info.value for info in base.variant if names.internal_name(info.name) == SIZE), "")
    return {size: without_noise(base.web_price)} if size else {}


def _group_title(group_id: int, children: Sequence[CartChild]) -> str:
    """Return the category that a group's items share: an echo names no group."""
    names = {child.category_name for child in children}
    return names.pop() if len(names) == 1 and "" not in names else default_group_title(group_id)


def refresh_prices(inputs: BundleInputs, previous: Bundle) -> Bundle | None:
    """Return a bundle learnt earlier with today's prices, None if its items have changed."""
    groups: list[BundleGroup] = []
    for group in previous.groups:
        items = [_refresh_item(inputs, item) for item in group.items]
        if None in items:
            return None
        groups.append(replace(group, items=tuple(item for item in items if item is not None)))
    known = {item.product_id for item in previous.unplaced} | {
        item.product_id for group in groups for item in group.items
    }
    bundle = inputs.bundle(groups, BundleSource.ECHO, price=previous.price)
    return bundle if known >= inputs.rows.keys() and len(bundle.unplaced) == len(previous.unplaced) else None


def _refresh_item(inputs: BundleInputs, previous: BundleItem) -> BundleItem | None:
    item = inputs.item(previous.product_id)
    if item is None or _variant_ids(item.variants) != _variant_ids(previous.variants):
        return None
    return replace(previous, title=item.title, variants=item.variants, price=item.price)


def _variant_ids(variants: Iterable[Variant]) -> frozenset[int]:
    return frozenset(variant.variant_id for variant in variants)
