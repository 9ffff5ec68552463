"""A bundle or a deal as the menu has it, before anybody changed anything.

Used wherever a configuration begins, and to tell what was changed.
"""

from collections.abc import Iterator

from console.ordering.bundle import SIZE, Bundle, BundleItem, Bundles, Group, option
from console.ordering.draft import Component, Item
from console.ordering.pizza.base import Components, base_component, menu_base
from console.ordering.pizza.strength import orderable, usual


def as_on_menu(bundle: Bundle, bundles: Bundles, *, slot: BundleItem | None = None) -> Components:
    """What the menu puts in unasked, the base first. ``slot`` is its place in a deal.

    A default that cannot be had in the size of the base is left out.
    """
    base = menu_base(bundle, slot)
    size = option(base, SIZE)
    components = [base_component(group, base) for group in bundle.groups if group.is_base and base][:1]
    for group in bundle.groups:
        if not group.is_base:
            for item in group.items:
                if item.quantity and orderable(item, size):
                    components += _unasked(bundle, group, item, size, bundles)
    return tuple(components)


def _unasked(
    bundle: Bundle, group: Group, item: BundleItem, size: str, bundles: Bundles
) -> Iterator[Component]:
    if bundle.is_deal or item.is_bundle:
        # Each is a place of its own, so that each can be configured by itself.
        for _ in range(item.quantity):
            yield choice(group, item, below(bundle, bundles))
    else:
        yield topping(group, item, size)


def choice(group: Group, item: BundleItem, bundles: Bundles, variant_id: int = 0) -> Component:
    """A choice for a deal's slot as the menu has it: a bundle with its parts, a product in one form."""
    inner = bundles.get(item.product_id) if item.is_bundle else None
    parts = as_on_menu(inner, bundles, slot=item) if inner else ()
    form = usual(item, "")
    variant = 0 if item.is_bundle or form is None else variant_id or form.variant_id
    return Component(item.product_id, variant, group_id=group.group_id, title=item.title, components=parts)


def topping(group: Group, item: BundleItem, size: str) -> Component:
    """A topping on the whole in its usual form at this size."""
    form = usual(item, size)
    return Component(
        item.product_id,
        form.variant_id if form else 0,
        quantity=max(1, item.quantity),
        group_id=group.group_id,
        title=item.title,
    )


def below(bundle: Bundle, bundles: Bundles) -> Bundles:
    """The bundles that may be inside this one, so that a menu that goes in circles ends."""
    inside = dict(bundles)  # a copy of a large menu costs less than looking through it
    inside.pop(bundle.product_id, None)
    return inside


def parts_of(component: Component, item: BundleItem, inner: Bundle, bundles: Bundles) -> Components:
    """What is in a bundle that is a part of another: as on the menu where nothing is said."""
    return component.components or as_on_menu(inner, bundles, slot=item)


def parts_in(item: Item, bundles: Bundles) -> Components:
    """What is in an item: as it was configured, or what the menu puts into a deal ordered as it is."""
    deal = bundles.get(item.product_id)
    if item.components or deal is None or not deal.is_deal:
        return item.components
    return as_on_menu(deal, bundles)
