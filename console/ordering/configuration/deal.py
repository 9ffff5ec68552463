"""Filling the slots of a deal. The bundle in a place is configured like any other."""

from dataclasses import dataclass, replace

from console.ordering.configuration import ConfigureError, problems, with_base
from console.ordering.configuration.base import Components
from console.ordering.configuration.bundle import (
    CRUST,
    SIZE,
    Bundle,
    BundleGroup,
    BundleItem,
    Bundles,
    option_value,
)
from console.ordering.configuration.defaults import bundles_without, choice_component
from console.ordering.configuration.group_counts import components_in_group, count_units, placement_of
from console.ordering.draft import Component


@dataclass(frozen=True, slots=True)
class DealPlace:
    """A place of a deal: the ``position``-th of its group, from 0, and the component in it.

    ``index`` is the component's position in the configuration, -1 for an empty place. ``problem`` says what
    is missing, empty if nothing is.
    """

    group: BundleGroup
    position: int
    component: Component | None
    problem: str = ""
    index: int = -1


def deal_places(
    deal: Bundle, components: Components, bundles: Bundles | None = None
) -> tuple[DealPlace, ...]:
    """Every place of a deal in the menu's order, with the empty ones that may or must be filled.

    With ``bundles``, filled places have the problems inside them too.
    """
    found: list[DealPlace] = []
    for group in deal.groups:
        chosen = components_in_group(deal, group, components)
        indexes = [i for i, component in enumerate(components) if _is_in_group(deal, group, component)]
        for place, (component, index) in enumerate(zip(chosen, indexes, strict=True)):
            problem = _place_problem(deal, group, component, bundles or {})
            found.append(DealPlace(group, place, component, problem, index))
        missing = max(0, group.minimum - count_units(deal, group, components))
        optional = group.maximum is None or count_units(deal, group, components) < group.maximum
        for number in range(missing or int(optional)):
            needs = f"Choose 1 of {group.title}." if missing else ""
            found.append(DealPlace(group, len(chosen) + number, None, needs))
    return tuple(found)


def fill_place(
    deal: Bundle,
    bundles: Bundles,
    components: Components,
    group_id: int,
    position: int,
    product_id: int,
    variant_id: int = 0,
) -> Components:
    """Put a product into a place of a slot; a bundle goes in as the menu has it there.

    A filled place is replaced; a position beyond the filled places is the next free one. ``variant_id`` is
    the variant of a product, or of the base of a bundle. The same choice again changes nothing.

    Raises:
        ConfigureError: the slot does not take it, not in that variant, or is full.
    """
    group = deal.group(group_id)
    item = group.item(product_id) if group else None
    if group is None or item is None:
        raise ConfigureError(f"That does not go into {group.title if group else deal.title}.")
    chosen = components_in_group(deal, group, components)
    current = chosen[position] if 0 <= position < len(chosen) else None
    new_component = _new_component(group, item, bundles_without(deal, bundles), variant_id)
    if current:
        if current.product_id == product_id and not variant_id:
            return components
        index = _indexes_in_group(deal, group, components)[position]
        return (*components[:index], new_component, *components[index + 1 :])
    count = count_units(deal, group, components)
    if group.maximum is not None and count >= group.maximum:
        raise ConfigureError(f"{group.title} takes {group.maximum} at most, and {count} are chosen.")
    index = _insert_index(deal, group, components)
    return (*components[:index], new_component, *components[index:])


def configure_place(components: Components, index: int, inner: Components) -> Components:
    """Replace the parts of the bundle at this index."""
    return (
        *components[:index],
        replace(components[index], components=inner),
        *components[index + 1 :],
    )


def clear_place(components: Components, index: int) -> Components:
    """Remove the component at this index."""
    return (*components[:index], *components[index + 1 :])


def _new_component(group: BundleGroup, item: BundleItem, bundles: Bundles, variant_id: int) -> Component:
    inner = bundles.get(item.product_id) if item.is_bundle else None
    if inner is None:
        if variant_id and item.variants and item.variant(variant_id) is None:
            raise ConfigureError(f"{item.title} does not come in that form here.")
        return choice_component(group, item, bundles, variant_id)
    component = choice_component(group, item, bundles)
    base = inner.base.variant(variant_id) if inner.base and variant_id else None
    if base is None:
        return component
    size, crust = option_value(base, SIZE), option_value(base, CRUST)
    change = with_base(inner, component.components, size=size, crust=crust, deal_slot=item)
    return replace(component, components=change.components)


def _place_problem(deal: Bundle, group: BundleGroup, component: Component, bundles: Bundles) -> str:
    item = group.item(component.product_id)
    inner = bundles.get(component.product_id) if item and item.is_bundle else None
    if inner is None or not component.components:
        return ""
    return next(
        iter(problems(inner, component.components, bundles_without(deal, bundles), deal_slot=item)), ""
    )


def _is_in_group(deal: Bundle, group: BundleGroup, component: Component) -> bool:
    place = placement_of(deal, component)
    return place is not None and place[0].group_id == group.group_id


def _indexes_in_group(deal: Bundle, group: BundleGroup, components: Components) -> list[int]:
    return [number for number, component in enumerate(components) if _is_in_group(deal, group, component)]


def _insert_index(deal: Bundle, group: BundleGroup, components: Components) -> int:
    """Index for the next component of a group: behind all of this group and those before it."""
    preceding_groups = deal.groups[: deal.groups.index(group) + 1]
    return max(
        (number + 1 for g in preceding_groups for number in _indexes_in_group(deal, g, components)), default=0
    )
