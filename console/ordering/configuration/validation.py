"""Problems of a configuration: what is missing, too much, or not on the menu."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from console.ordering.configuration.base import Components, base_size, base_text, base_variant, slot_allows
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem, Bundles
from console.ordering.configuration.defaults import bundles_without, component_parts
from console.ordering.configuration.group_counts import count_units, placement_of
from console.ordering.configuration.strength import fits_size
from console.ordering.draft import Component, Portion


class ProblemKind(Enum):
    """Kinds of problems. ``problem_text`` has the sentence for each."""

    NO_BASE = auto()
    BASE_NOT_IN_DEAL = auto()
    SEVERAL_BASES = auto()
    NOT_ON_BUNDLE = auto()
    NOT_IN_SIZE = auto()
    WHOLE_ONLY = auto()
    NO_QUANTITY = auto()
    OVERLAPPING = auto()
    TOO_FEW = auto()
    TOO_MANY = auto()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a configuration from being ordered.

    ``title`` is of the bundle, group or item that is concerned. ``detail`` is the size or the base asked
    for, or the bundle it does not go on. ``count`` is how many there are and ``limit`` how many there may
    or must be. ``inside`` has the titles of the bundles around it, the outermost first.
    """

    kind: ProblemKind
    title: str
    detail: str = ""
    count: int = 0
    limit: int = 0
    inside: tuple[str, ...] = ()


def find_problems(
    bundle: Bundle, components: Components, bundles: Bundles, *, deal_slot: BundleItem | None = None
) -> tuple[Problem, ...]:
    """All problems of a configuration. ``deal_slot`` is its place in a deal."""
    found = [*_base_problems(bundle, components, deal_slot), *_topping_problems(bundle, components)]
    for group in bundle.groups:
        if not group.is_base:
            found += _count_problems(bundle, group, components)
    for component in components:
        found += _inner_problems(bundle, component, bundles)
    return tuple(found)


def _base_problems(bundle: Bundle, components: Components, deal_slot: BundleItem | None) -> Iterator[Problem]:
    base = bundle.base
    if base is None:
        return
    variant = base_variant(bundle, components)
    if variant is None:
        yield Problem(ProblemKind.NO_BASE, bundle.title)
    elif not slot_allows(deal_slot, variant):
        yield Problem(ProblemKind.BASE_NOT_IN_DEAL, bundle.title, base_text(variant))
    if sum(component.product_id == base.product_id for component in components) > 1:
        yield Problem(ProblemKind.SEVERAL_BASES, bundle.title)


def _topping_problems(bundle: Bundle, components: Components) -> Iterator[Problem]:
    size = base_size(bundle, components)
    for number, component in enumerate(components):
        place = placement_of(bundle, component)
        if place is None:
            yield Problem(ProblemKind.NOT_ON_BUNDLE, component.title, bundle.title)
            continue
        group, item = place
        if group.is_base:
            continue
        if not _variant_fits(bundle, item, component, size):
            yield Problem(ProblemKind.NOT_IN_SIZE, item.title, size)
        if component.portion is not Portion.WHOLE and (item.whole_only or item.is_bundle or bundle.is_deal):
            yield Problem(ProblemKind.WHOLE_ONLY, item.title)
        if component.quantity < 1:
            yield Problem(ProblemKind.NO_QUANTITY, item.title)
        # Two of a deal's choices may be the same product.
        if not (bundle.is_deal or item.is_bundle) and _overlaps(component, components[:number]):
            yield Problem(ProblemKind.OVERLAPPING, item.title)


def _variant_fits(bundle: Bundle, item: BundleItem, component: Component, size: str) -> bool:
    if not item.variants or item.is_bundle:
        return True
    variant = item.variant(component.variant_id)
    return variant is not None and (bundle.is_deal or fits_size(variant, size))


def _overlaps(component: Component, others: Components) -> bool:
    """Return True if one of the others is the same topping on the same part of the base."""
    return any(
        other.product_id == component.product_id
        and (Portion.WHOLE in (component.portion, other.portion) or component.portion is other.portion)
        for other in others
    )


def _count_problems(bundle: Bundle, group: BundleGroup, components: Components) -> Iterator[Problem]:
    count = count_units(bundle, group, components)
    if count < group.minimum:
        yield Problem(ProblemKind.TOO_FEW, group.title, count=count, limit=group.minimum)
    if group.maximum is not None and count > group.maximum:
        yield Problem(ProblemKind.TOO_MANY, group.title, count=count, limit=group.maximum)


def _inner_problems(bundle: Bundle, component: Component, bundles: Bundles) -> Iterator[Problem]:
    place = placement_of(bundle, component)
    inner = bundles.get(component.product_id) if place and place[1].is_bundle else None
    if place and inner and inner is not bundle:
        inner_bundles = bundles_without(bundle, bundles)
        parts = component_parts(component, place[1], inner, inner_bundles)
        for problem in find_problems(inner, parts, inner_bundles, deal_slot=place[1]):
            yield replace(problem, inside=(inner.title, *problem.inside))
