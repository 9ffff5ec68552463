"""What is wrong with a configuration, in sentences: what is missing, too much, or not on the menu.

Asked by the builder before a line is added, and by ``deal`` for each of its slots.
"""

from collections.abc import Iterator

from console.ordering.bundle import Bundle, BundleItem, Bundles, Group
from console.ordering.draft import Component, Portion
from console.ordering.pizza.base import Components, allowed, base_size, base_text, base_variant
from console.ordering.pizza.counts import belongs, units
from console.ordering.pizza.on_menu import below, parts_of
from console.ordering.pizza.strength import fits


def problems(
    bundle: Bundle, components: Components, bundles: Bundles, *, slot: BundleItem | None = None
) -> tuple[str, ...]:
    """Why it cannot be ordered as it is; empty when it can. ``slot`` is its place in a deal."""
    found = [*_base(bundle, components, slot), *_lying(bundle, components)]
    for group in bundle.groups:
        if not group.is_base:
            found += _count(bundle, group, components)
    for component in components:
        found += _inside(bundle, component, bundles)
    return tuple(dict.fromkeys(found))


def missing(bundle: Bundle, group: Group, components: Components) -> int:
    """How many units a group still needs."""
    return max(0, group.minimum - units(bundle, group, components))


def _base(bundle: Bundle, components: Components, slot: BundleItem | None) -> Iterator[str]:
    base = bundle.base
    if base is None:
        return
    variant = base_variant(bundle, components)
    if variant is None:
        yield f"Choose a size and a crust of {bundle.title}."
    elif not allowed(slot, variant):
        yield f"This deal has no {base_text(variant)} {bundle.title}."
    if sum(component.product_id == base.product_id for component in components) > 1:
        yield f"{bundle.title} has more than one base."


def _lying(bundle: Bundle, components: Components) -> Iterator[str]:
    size = base_size(bundle, components)
    lies: dict[int, list[Portion]] = {}
    for component in components:
        place = belongs(bundle, component)
        if place is None:
            yield f"{component.title or 'A part'} does not go on {bundle.title}."
            continue
        group, item = place
        if group.is_base:
            continue
        if not _form_fits(bundle, item, component, size):
            yield f"{item.title} cannot be had in {size or 'this form'}."
        if component.portion is not Portion.WHOLE and (item.whole_only or item.is_bundle or bundle.is_deal):
            yield f"{item.title} goes on the whole only."
        if component.quantity < 1:
            yield f"{item.title} has no quantity."
        if not bundle.is_deal and not item.is_bundle:
            before = lies.setdefault(item.product_id, [])
            if (before and Portion.WHOLE in (component.portion, *before)) or component.portion in before:
                yield f"{item.title} is on it twice."
            before.append(component.portion)


def _form_fits(bundle: Bundle, item: BundleItem, component: Component, size: str) -> bool:
    if not item.variants or item.is_bundle:
        return True
    variant = item.variant(component.variant_id)
    return variant is not None and (bundle.is_deal or fits(variant, size))


def _count(bundle: Bundle, group: Group, components: Components) -> Iterator[str]:
    count, more = units(bundle, group, components), missing(bundle, group, components)
    if more:
        yield f"Choose {more} more of {group.title}." if count else f"Choose {more} of {group.title}."
    if group.maximum is not None and count > group.maximum:
        yield f"{group.title} takes {group.maximum} at most, and {count} are on it."


def _inside(bundle: Bundle, component: Component, bundles: Bundles) -> Iterator[str]:
    place = belongs(bundle, component)
    inner = bundles.get(component.product_id) if place and place[1].is_bundle else None
    if place and inner and inner is not bundle:
        inside = below(bundle, bundles)
        parts = parts_of(component, place[1], inner, inside)
        for problem in problems(inner, parts, inside, slot=place[1]):
            yield f"{inner.title}: {problem}"
