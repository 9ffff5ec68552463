"""A bundle or a deal as the menu has it, before anybody changed anything.

Used wherever a configuration begins, and to tell what was changed.
"""

from collections.abc import Iterator

from console.ordering.configuration.base import Components, base_component, default_base
from console.ordering.configuration.bundle import SIZE, Bundle, BundleGroup, BundleItem, Bundles, option_value
from console.ordering.configuration.strength import comes_in_size, default_variant
from console.ordering.draft import Component, OrderItem


def default_configuration(
    bundle: Bundle, bundles: Bundles, *, deal_slot: BundleItem | None = None
) -> Components:
    """What the menu puts in unasked, the base first. ``deal_slot`` is its place in a deal.

    A default that cannot be had in the size of the base is left out.
    """
    base = default_base(bundle, deal_slot)
    size = option_value(base, SIZE)
    components = [base_component(group, base) for group in bundle.groups if group.is_base and base][:1]
    for group in bundle.groups:
        if not group.is_base:
            for item in group.items:
                if item.quantity and comes_in_size(item, size):
                    components += _default_components(bundle, group, item, size, bundles)
    return tuple(components)


def _default_components(
    bundle: Bundle, group: BundleGroup, item: BundleItem, size: str, bundles: Bundles
) -> Iterator[Component]:
    if bundle.is_deal or item.is_bundle:
        # Each is a place of its own, so that each can be configured by itself.
        for _ in range(item.quantity):
            yield choice_component(group, item, bundles_without(bundle, bundles))
    else:
        yield topping_component(group, item, size)


def choice_component(
    group: BundleGroup, item: BundleItem, bundles: Bundles, variant_id: int = 0
) -> Component:
    """A choice for a deal's slot as the menu has it: a bundle with its parts, a product in one form."""
    inner = bundles.get(item.product_id) if item.is_bundle else None
    parts = default_configuration(inner, bundles, deal_slot=item) if inner else ()
    form = default_variant(item, "")
    variant = 0 if item.is_bundle or form is None else variant_id or form.variant_id
    return Component(item.product_id, variant, group_id=group.group_id, title=item.title, components=parts)


def topping_component(group: BundleGroup, item: BundleItem, size: str) -> Component:
    """A topping on the whole in its usual form at this size."""
    form = default_variant(item, size)
    return Component(
        item.product_id,
        form.variant_id if form else 0,
        quantity=max(1, item.quantity),
        group_id=group.group_id,
        title=item.title,
    )


def bundles_without(bundle: Bundle, bundles: Bundles) -> Bundles:
    """The bundles that may be inside this one, so that a menu that goes in circles ends."""
    others = dict(bundles)  # a copy of a large menu costs less than looking through it
    others.pop(bundle.product_id, None)
    return others


def component_parts(component: Component, item: BundleItem, inner: Bundle, bundles: Bundles) -> Components:
    """What is in a bundle that is a part of another: as on the menu where nothing is said."""
    return component.components or default_configuration(inner, bundles, deal_slot=item)


def item_parts(item: OrderItem, bundles: Bundles) -> Components:
    """What is in an item: as it was configured, or what the menu puts into a deal ordered as it is."""
    deal = bundles.get(item.product_id)
    if item.components or deal is None or not deal.is_deal:
        return item.components
    return default_configuration(deal, bundles)
