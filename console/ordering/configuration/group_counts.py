"""The group of a component, and how many units of a group a configuration has."""

from console.ordering.configuration.base import Components
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem
from console.ordering.draft import Component


def placement_of(bundle: Bundle, component: Component) -> tuple[BundleGroup, BundleItem] | None:
    """The group and the item of a component, ``None`` if the bundle has no such item."""
    group = bundle.group(component.group_id)
    if group is None or group.item(component.product_id) is None:
        group = bundle.group_of(component.product_id)
    item = group.item(component.product_id) if group else None
    return (group, item) if group and item else None


def components_in_group(bundle: Bundle, group: BundleGroup, components: Components) -> Components:
    """The components of this group."""
    found = ((component, placement_of(bundle, component)) for component in components)
    return tuple(component for component, place in found if place and place[0].group_id == group.group_id)


def count_units(bundle: Bundle, group: BundleGroup, components: Components) -> int:
    """Count the units of a group; a topping counts once, on a half or on the whole."""
    part_count = 0
    toppings: dict[int, int] = {}
    for component in components_in_group(bundle, group, components):
        item = group.item(component.product_id)
        if bundle.is_deal or (item and item.is_bundle):
            part_count += component.quantity
        else:
            previous = toppings.get(component.product_id, 0)
            toppings[component.product_id] = max(previous, component.quantity)
    return part_count + sum(toppings.values())
