"""Where a component belongs, and how much of a group is on it.

Used by the operations and the checks of ``pizza`` and ``deal``, and by the estimate.
"""

from console.ordering.bundle import Bundle, BundleItem, Group
from console.ordering.draft import Component
from console.ordering.pizza.base import Components


def belongs(bundle: Bundle, component: Component) -> tuple[Group, BundleItem] | None:
    """The group and the item that a component is of, ``None`` where the bundle knows no such item."""
    group = bundle.group(component.group_id)
    if group is None or group.item(component.product_id) is None:
        group = bundle.group_of(component.product_id)
    item = group.item(component.product_id) if group else None
    return (group, item) if group and item else None


def members(bundle: Bundle, group: Group, components: Components) -> Components:
    """The components that are of this group."""
    found = ((component, belongs(bundle, component)) for component in components)
    return tuple(component for component, place in found if place and place[0].group_id == group.group_id)


def units(bundle: Bundle, group: Group, components: Components) -> int:
    """How many units of this group are on it: a topping counts once wherever it lies."""
    places = 0
    toppings: dict[int, int] = {}
    for component in members(bundle, group, components):
        item = group.item(component.product_id)
        if bundle.is_deal or (item and item.is_bundle):
            places += component.quantity
        else:
            most = toppings.get(component.product_id, 0)
            toppings[component.product_id] = max(most, component.quantity)
    return places + sum(toppings.values())
