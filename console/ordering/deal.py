"""Filling a deal: what goes into which place of which slot.

Used by the builder's list of slots and the order language; what fills a place is configured by ``pizza``.
"""

from dataclasses import dataclass, replace

from console.ordering.bundle import CRUST, SIZE, Bundle, BundleItem, Bundles, Group, option
from console.ordering.draft import Component
from console.ordering.pizza import ConfigureError, problems, with_base
from console.ordering.pizza.base import Components
from console.ordering.pizza.counts import belongs, members, units
from console.ordering.pizza.on_menu import below, choice


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a deal: the ``place``-th of its group, from 0, and what fills it.

    ``index`` is where the component stands in the configuration, -1 while the place is empty. ``problem``
    says what it still needs, empty where it is well or may stay empty.
    """

    group: Group
    place: int
    component: Component | None
    problem: str = ""
    index: int = -1


def places(deal: Bundle, components: Components, bundles: Bundles | None = None) -> tuple[Place, ...]:
    """Every place of a deal in the menu's order, the empty ones that may or must be filled too.

    With ``bundles`` the places that are filled say what is wrong inside them.
    """
    found: list[Place] = []
    for group in deal.groups:
        filled = members(deal, group, components)
        numbers = [i for i, component in enumerate(components) if _is_of(deal, group, component)]
        for place, (component, index) in enumerate(zip(filled, numbers, strict=True)):
            problem = _problem(deal, group, component, bundles or {})
            found.append(Place(group, place, component, problem, index))
        missing = max(0, group.minimum - units(deal, group, components))
        optional = group.maximum is None or units(deal, group, components) < group.maximum
        for number in range(missing or int(optional)):
            needs = f"Choose 1 of {group.title}." if missing else ""
            found.append(Place(group, len(filled) + number, None, needs))
    return tuple(found)


def choose(  # noqa: PLR0917
    deal: Bundle,
    bundles: Bundles,
    components: Components,
    group_id: int,
    place: int,
    product_id: int,
    variant_id: int = 0,
) -> Components:
    """The deal with this product in a place of a slot, a bundle as the menu has it there.

    A place that is filled is filled anew, one beyond those filled is the next. ``variant_id`` is the form
    of a product, or the base of a bundle. The same choice again leaves the place as it was configured.

    Raises:
        ConfigureError: the slot does not take it, not in that form, or is full.
    """
    group = deal.group(group_id)
    item = group.item(product_id) if group else None
    if group is None or item is None:
        raise ConfigureError(f"That does not go into {group.title if group else deal.title}.")
    filled = members(deal, group, components)
    before = filled[place] if 0 <= place < len(filled) else None
    fresh = _chosen(group, item, below(deal, bundles), variant_id)
    if before:
        if before.product_id == product_id and not variant_id:
            return components
        at = _numbers(deal, group, components)[place]
        return (*components[:at], fresh, *components[at + 1 :])
    count = units(deal, group, components)
    if group.maximum is not None and count >= group.maximum:
        raise ConfigureError(f"{group.title} takes {group.maximum} at most, and {count} are chosen.")
    at = _end_of(deal, group, components)
    return (*components[:at], fresh, *components[at:])


def configure(components: Components, index: int, inner: Components) -> Components:
    """The deal with the bundle at this index configured anew."""
    return (
        *components[:index],
        replace(components[index], components=inner),
        *components[index + 1 :],
    )


def clear(components: Components, index: int) -> Components:
    """The deal with the place at this index empty."""
    return (*components[:index], *components[index + 1 :])


def _chosen(group: Group, item: BundleItem, bundles: Bundles, variant_id: int) -> Component:
    inner = bundles.get(item.product_id) if item.is_bundle else None
    if inner is None:
        if variant_id and item.variants and item.variant(variant_id) is None:
            raise ConfigureError(f"{item.title} does not come in that form here.")
        return choice(group, item, bundles, variant_id)
    fresh = choice(group, item, bundles)
    base = inner.base.variant(variant_id) if inner.base and variant_id else None
    if base is None:
        return fresh
    size, crust = option(base, SIZE), option(base, CRUST)
    refit = with_base(inner, fresh.components, size=size, crust=crust, slot=item)
    return replace(fresh, components=refit.components)


def _problem(deal: Bundle, group: Group, component: Component, bundles: Bundles) -> str:
    item = group.item(component.product_id)
    inner = bundles.get(component.product_id) if item and item.is_bundle else None
    if inner is None or not component.components:
        return ""
    return next(iter(problems(inner, component.components, below(deal, bundles), slot=item)), "")


def _is_of(deal: Bundle, group: Group, component: Component) -> bool:
    place = belongs(deal, component)
    return place is not None and place[0].group_id == group.group_id


def _numbers(deal: Bundle, group: Group, components: Components) -> list[int]:
    return [number for number, component in enumerate(components) if _is_of(deal, group, component)]


def _end_of(deal: Bundle, group: Group, components: Components) -> int:
    """Where the next of a group stands: behind all of the groups up to it."""
    upto = deal.groups[: deal.groups.index(group) + 1]
    return max((number + 1 for g in upto for number in _numbers(deal, g, components)), default=0)
