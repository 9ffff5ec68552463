"""Two recipes on one base: the left half of one bundle, the right half of another."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from console.ordering.configuration.base import Components, base_component, base_variant, default_base
from console.ordering.configuration.bundle import (
    SIZE,
    STRENGTH,
    Bundle,
    BundleGroup,
    BundleItem,
    option_value,
)
from console.ordering.configuration.defaults import topping_component
from console.ordering.configuration.errors import ConfigureError
from console.ordering.configuration.group_counts import count_units
from console.ordering.configuration.strength import (
    comes_in_size,
    default_variant,
    strength_variants,
    variant_of_strength,
)
from console.ordering.draft import Component, Portion

RecipeVariants = Mapping[int, int]
"""The host's variant of each topping of a recipe, by product."""


def half_and_half(host: Bundle, left: Bundle, right: Bundle, components: Components) -> Components:
    """The host's base with the toppings of one recipe on its left half, of another on its right.

    A topping that both have in one strength goes on the whole. Where a topping cannot be halved or
    excludes another, the pizza has what both recipes agree on, else what the host has.

    Raises:
        ConfigureError: the host does not know a topping of a recipe, or a group takes fewer.
    """
    base = base_variant(host, components) or default_base(host)
    size = option_value(base, SIZE)
    result = [base_component(group, base) for group in host.groups if group.is_base and base][:1]
    left_variants, right_variants = _recipe_variants(host, left, size), _recipe_variants(host, right, size)
    for group in host.groups:
        if not group.is_base:
            result += _group_toppings(group, left_variants, right_variants, size)
    for group in host.groups:
        count = count_units(host, group, tuple(result))
        if group.maximum is not None and count > group.maximum:
            raise ConfigureError(
                f"{group.title} takes {group.maximum} at most, and both recipes have {count}."
            )
    return tuple(result)


def _group_toppings(
    group: BundleGroup, left: RecipeVariants, right: RecipeVariants, size: str
) -> Iterator[Component]:
    """The toppings of one group of the host, in its own order."""
    in_both = left.keys() & right.keys()
    recipes_agree = any(item.product_id in in_both for item in group.items)
    for item in group.items:
        if not comes_in_size(item, size):
            continue
        whole = topping_component(group, item, size)
        if not (item.whole_only or item.is_bundle or group.is_exclusive):
            yield from _split_into_halves(whole, left.get(item.product_id), right.get(item.product_id))
        elif item.product_id in in_both:
            yield replace(whole, variant_id=left[item.product_id])
        elif item.quantity and not (group.is_exclusive and recipes_agree):
            yield whole


def _recipe_variants(host: Bundle, recipe: Bundle, size: str) -> RecipeVariants:
    """The variant of the host for each topping that a recipe has by default.

    Raises:
        ConfigureError: the host does not have a topping of the recipe.
    """
    variants: dict[int, int] = {}
    unknown: list[str] = []
    for item in (item for group in recipe.groups if not group.is_base for item in group.items):
        if not item.quantity:
            continue
        host_item = _host_item(host, item, size)
        if host_item is not None:
            variants[item.product_id] = _same_strength(item, host_item, size)
        elif not (item.whole_only or item.is_bundle):
            unknown.append(item.title)  # anything else is the host's own, as it cannot be halved
    if unknown:
        raise ConfigureError(f"{', '.join(unknown)} of {recipe.title} cannot go on {host.title}.")
    return variants


def _host_item(host: Bundle, item: BundleItem, size: str) -> BundleItem | None:
    """The host's own item of the same product, where it comes in this size."""
    group = host.group_of(item.product_id)
    host_item = group.item(item.product_id) if group else None
    return host_item if host_item and comes_in_size(host_item, size) else None


def _same_strength(item: BundleItem, host_item: BundleItem, size: str) -> int:
    """The host's variant in the strength that the recipe has by default, else in its own; 0 for none."""
    strength = option_value(default_variant(item, size), STRENGTH)
    variant = variant_of_strength(strength_variants(host_item, size), strength)
    variant = variant or default_variant(host_item, size)
    return variant.variant_id if variant else 0


def _split_into_halves(whole: Component, left: int | None, right: int | None) -> list[Component]:
    if left is not None and left == right:
        return [replace(whole, variant_id=left)]
    halves = ((Portion.LEFT, left), (Portion.RIGHT, right))
    return [
        replace(whole, portion=portion, variant_id=variant_id)
        for portion, variant_id in halves
        if variant_id is not None
    ]
