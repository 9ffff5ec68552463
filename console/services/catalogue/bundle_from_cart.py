"""Learns a bundle's groups from the cart echo of its default configuration. Pure.

Used where neither the platform nor a menu supplement has groups.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from console.api.carts.models import CartChild, CartItem
from console.ordering.catalogue import Variant
from console.ordering.configuration.bundle import SIZE, Bundle, BundleGroup, BundleItem, BundleSource
from console.ordering.money import without_noise
from console.services.catalogue.bundle_sources import BundleInputs, UnusableBundle, default_group_title

BASE_TITLE = "Base"


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
    make = _deal_slot_from_echo if not any(child.is_primary for child in children) else _group_from_echo
    groups = (make(inputs, line, group_id, its) for group_id, its in grouped.items())
    return inputs.bundle(groups, BundleSource.ECHO, price=line.web_price)


def _group_from_echo(
    inputs: BundleInputs, line: CartItem, group_id: int, children: Sequence[CartChild]
) -> BundleGroup:
    is_base = any(child.is_primary for child in children)
    items: list[BundleItem] = []
    for child in children:
        item = inputs.item(child.product_id)
        if item is not None:
            quantity = child.quantity // line.quantity
            included = None if child.is_primary else _included_price(item, child)
            items.append(replace(item, quantity=quantity, variant_id=child.variant_id, included=included))
    return BundleGroup(
        group_id=group_id,
        title=BASE_TITLE if is_base else _group_title(group_id, children),
        items=tuple(items),
        minimum=int(is_base),
        maximum=1 if is_base else None,
        is_base=is_base,
    )


def _included_price(item: BundleItem, child: CartChild) -> Decimal | None:
    """Return the charged price, None where it is the item's own."""
    variant = item.variant(child.variant_id)
    own = item.price if variant is None else variant.price
    charged = without_noise(child.web_price)
    return None if charged == own else charged


def _deal_slot_from_echo(
    inputs: BundleInputs, line: CartItem, group_id: int, children: Sequence[CartChild]
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
                if part.is_primary and part.bundle_reference_key == child.reference_key
            ),
            None,
        )
        items.append(
            replace(
                item,
                quantity=child.quantity // line.quantity,
                variant_id=child.variant_id,
                base_prices={} if base is None else _base_prices(base),
                extra=without_noise(child.web_price),
                is_bundle=item.is_bundle or base is not None,
            )
        )
    filled = sum(child.quantity for child in children) // line.quantity
    return BundleGroup(group_id, default_group_title(group_id), tuple(items), minimum=filled, maximum=filled)


def _base_prices(base: CartChild) -> dict[str, Decimal]:
    size = next((info.value for info in base.variant if info.name.casefold() == SIZE.casefold()), "")
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
