"""Default configurations: a bundle or a deal as the menu has it."""

from collections.abc import Iterator

from console.ordering.configuration.base import Components, base_component, default_base
from console.ordering.configuration.bundle import SIZE, Bundle, BundleGroup, BundleItem, Bundles, option_value
from console.ordering.configuration.strength import comes_in_size, default_variant
from console.ordering.draft import Component, OrderItem


def default_configuration(
    bundle: Bundle, bundles: Bundles, *, deal_slot: BundleItem | None = None
) -> Components:
    """The components that the menu puts in by default, the base first.

    ``deal_slot`` is its place in a deal. A default that does not come in the size of the base is left out.
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
        # One component for each unit, so that each can be configured by itself.
        for _ in range(item.quantity):
            yield choice_component(group, item, bundles_without(bundle, bundles))
    else:
        yield topping_component(group, item, size)


def choice_component(
    group: BundleGroup, item: BundleItem, bundles: Bundles, variant_id: int = 0
) -> Component:
    """The default component for a choice in a deal: a bundle with its parts, a product in one variant."""
    inner = bundles.get(item.product_id) if item.is_bundle else None
    parts = default_configuration(inner, bundles, deal_slot=item) if inner else ()
    default = default_variant(item, "")
    variant = 0 if item.is_bundle or default is None else variant_id or default.variant_id
    return Component(item.product_id, variant, group_id=group.group_id, title=item.title, components=parts)


def topping_component(group: BundleGroup, item: BundleItem, size: str) -> Component:
    """A topping on the whole in its default variant at this size."""
    variant = default_variant(item, size)
    return Component(
        item.product_id,
        variant.variant_id if variant else 0,
        quantity=max(1, item.quantity),
        group_id=group.group_id,
        title=item.title,
    )


def bundles_without(bundle: Bundle, bundles: Bundles) -> Bundles:
    """The bundles that may be inside this one, so that a cyclic menu ends."""
    others = dict(bundles)  # for a large menu, copying is faster than filtering
    others.pop(bundle.product_id, None)
    return others


def component_parts(component: Component, item: BundleItem, inner: Bundle, bundles: Bundles) -> Components:
    """The parts of a bundle inside another one: as configured, else the default."""
    return component.components or default_configuration(inner, bundles, deal_slot=item)


def item_parts(item: OrderItem, bundles: Bundles) -> Components:
    """The parts of an item: as configured, or the default of a deal ordered without changes."""
    deal = bundles.get(item.product_id)
    if item.components or deal is None or not deal.is_deal:
        return item.components
    return default_configuration(deal, bundles)
