"""Two recipes on one base: the left half of one bundle, the right half of another.

Used by the builder and the order language.
"""

from dataclasses import replace

from console.ordering.configuration.base import Components, base_component, base_variant, default_base
from console.ordering.configuration.bundle import SIZE, STRENGTH, Bundle, option_value
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


def half_and_half(host: Bundle, left: Bundle, right: Bundle, components: Components) -> Components:
    """The host's base with the toppings of one recipe on its left half, of another on its right.

    What both have in one strength lies on the whole. Of what cannot be halved, and of what excludes
    another, it has what both recipes agree on, else what the host has.

    Raises:
        ConfigureError: the host does not know a topping of a recipe, or a group takes fewer.
    """
    base = base_variant(host, components) or default_base(host)
    size = option_value(base, SIZE)
    result = [base_component(group, base) for group in host.groups if group.is_base and base][:1]
    left_toppings, right_toppings = _default_toppings(host, left, size), _default_toppings(host, right, size)
    for group in host.groups:
        if group.is_base:
            continue
        has_common_choice = any(
            item.product_id in left_toppings and item.product_id in right_toppings for item in group.items
        )
        for item in group.items:
            if not comes_in_size(item, size):
                continue
            whole = topping_component(group, item, size)
            left_form, right_form = left_toppings.get(item.product_id), right_toppings.get(item.product_id)
            if not (item.whole_only or item.is_bundle or group.is_exclusive):
                result += _split_into_halves(whole, left_form, right_form)
            elif left_form is not None and right_form is not None:
                result.append(replace(whole, variant_id=left_form))
            elif item.quantity and not (group.is_exclusive and has_common_choice):
                result.append(whole)
    for group in host.groups:
        count = count_units(host, group, tuple(result))
        if group.maximum is not None and count > group.maximum:
            raise ConfigureError(
                f"{group.title} takes {group.maximum} at most, and both recipes have {count}."
            )
    return tuple(result)


def _default_toppings(host: Bundle, recipe: Bundle, size: str) -> dict[int, int]:
    """The variant of the host for each topping that a recipe has unasked, by product."""
    found: dict[int, int] = {}
    unknown: list[str] = []
    for item in (item for group in recipe.groups if not group.is_base for item in group.items):
        if not item.quantity:
            continue
        group = host.group_of(item.product_id)
        host_item = group.item(item.product_id) if group else None
        if host_item is None or not comes_in_size(host_item, size):
            # What cannot be halved is the host's own anyway.
            unknown += [] if item.whole_only or item.is_bundle else [item.title]
            continue
        form = variant_of_strength(
            strength_variants(host_item, size), option_value(default_variant(item, size), STRENGTH)
        ) or default_variant(host_item, size)
        found[item.product_id] = form.variant_id if form else 0
    if unknown:
        raise ConfigureError(f"{', '.join(unknown)} of {recipe.title} cannot go on {host.title}.")
    return found


def _split_into_halves(whole: Component, left: int | None, right: int | None) -> list[Component]:
    if left is not None and left == right:
        return [replace(whole, variant_id=left)]
    halves = ((Portion.LEFT, left), (Portion.RIGHT, right))
    return [
        replace(whole, portion=portion, variant_id=variant_id)
        for portion, variant_id in halves
        if variant_id is not None
    ]
