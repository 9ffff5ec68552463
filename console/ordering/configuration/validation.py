"""What is wrong with a configuration, in sentences: what is missing, too much, or not on the menu.

Asked by the builder before a line is added, and by ``deal`` for each of its slots.
"""

from collections.abc import Iterator

from console.ordering.configuration.base import Components, base_size, base_text, base_variant, slot_allows
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem, Bundles
from console.ordering.configuration.defaults import bundles_without, component_parts
from console.ordering.configuration.group_counts import count_units, placement_of
from console.ordering.configuration.strength import fits_size
from console.ordering.draft import Component, Portion


def problems(
    bundle: Bundle, components: Components, bundles: Bundles, *, deal_slot: BundleItem | None = None
) -> tuple[str, ...]:
    """Why it cannot be ordered as it is; empty when it can. ``deal_slot`` is its place in a deal."""
    found = [*_base_problems(bundle, components, deal_slot), *_component_problems(bundle, components)]
    for group in bundle.groups:
        if not group.is_base:
            found += _count_problems(bundle, group, components)
    for component in components:
        found += _inner_problems(bundle, component, bundles)
    return tuple(dict.fromkeys(found))


def missing_units(bundle: Bundle, group: BundleGroup, components: Components) -> int:
    """How many units a group still needs."""
    return max(0, group.minimum - count_units(bundle, group, components))


def _base_problems(bundle: Bundle, components: Components, deal_slot: BundleItem | None) -> Iterator[str]:
    base = bundle.base
    if base is None:
        return
    variant = base_variant(bundle, components)
    if variant is None:
        yield f"Choose a size and a crust of {bundle.title}."
    elif not slot_allows(deal_slot, variant):
        yield f"This deal has no {base_text(variant)} {bundle.title}."
    if sum(component.product_id == base.product_id for component in components) > 1:
        yield f"{bundle.title} has more than one base."


def _component_problems(bundle: Bundle, components: Components) -> Iterator[str]:
    size = base_size(bundle, components)
    portions_by_product: dict[int, list[Portion]] = {}
    for component in components:
        place = placement_of(bundle, component)
        if place is None:
            yield f"{component.title or 'A part'} does not go on {bundle.title}."
            continue
        group, item = place
        if group.is_base:
            continue
        if not _variant_fits(bundle, item, component, size):
            yield f"{item.title} cannot be had in {size or 'this form'}."
        if component.portion is not Portion.WHOLE and (item.whole_only or item.is_bundle or bundle.is_deal):
            yield f"{item.title} goes on the whole only."
        if component.quantity < 1:
            yield f"{item.title} has no quantity."
        if not bundle.is_deal and not item.is_bundle:
            portions = portions_by_product.setdefault(item.product_id, [])
            if (
                portions and Portion.WHOLE in (component.portion, *portions)
            ) or component.portion in portions:
                yield f"{item.title} is on it twice."
            portions.append(component.portion)


def _variant_fits(bundle: Bundle, item: BundleItem, component: Component, size: str) -> bool:
    if not item.variants or item.is_bundle:
        return True
    variant = item.variant(component.variant_id)
    return variant is not None and (bundle.is_deal or fits_size(variant, size))


def _count_problems(bundle: Bundle, group: BundleGroup, components: Components) -> Iterator[str]:
    count, missing = count_units(bundle, group, components), missing_units(bundle, group, components)
    if missing:
        yield f"Choose {missing} more of {group.title}." if count else f"Choose {missing} of {group.title}."
    if group.maximum is not None and count > group.maximum:
        yield f"{group.title} takes {group.maximum} at most, and {count} are on it."


def _inner_problems(bundle: Bundle, component: Component, bundles: Bundles) -> Iterator[str]:
    place = placement_of(bundle, component)
    inner = bundles.get(component.product_id) if place and place[1].is_bundle else None
    if place and inner and inner is not bundle:
        inner_bundles = bundles_without(bundle, bundles)
        parts = component_parts(component, place[1], inner, inner_bundles)
        for problem in problems(inner, parts, inner_bundles, deal_slot=place[1]):
            yield f"{inner.title}: {problem}"
