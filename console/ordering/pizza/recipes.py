"""Two recipes on one base: the left half of one bundle, the right half of another.

Used by the builder and the order language.
"""

from dataclasses import replace

from console.ordering.bundle import SIZE, STRENGTH, Bundle, option
from console.ordering.draft import Component, Portion
from console.ordering.pizza.base import Components, base_component, base_variant, menu_base
from console.ordering.pizza.counts import units
from console.ordering.pizza.errors import ConfigureError
from console.ordering.pizza.on_menu import topping
from console.ordering.pizza.strength import of_strength, orderable, strengths, usual


def two_recipes(host: Bundle, left: Bundle, right: Bundle, components: Components) -> Components:
    """The host's base with the toppings of one recipe on its left half, of another on its right.

    What both have in one strength lies on the whole. Of what cannot be halved, and of what excludes
    another, it has what both recipes agree on, else what the host has.

    Raises:
        ConfigureError: the host does not know a topping of a recipe, or a group takes fewer.
    """
    base = base_variant(host, components) or menu_base(host)
    size = option(base, SIZE)
    made = [base_component(group, base) for group in host.groups if group.is_base and base][:1]
    lefts, rights = _recipe(host, left, size), _recipe(host, right, size)
    for group in host.groups:
        if group.is_base:
            continue
        agreed = any(item.product_id in lefts and item.product_id in rights for item in group.items)
        for item in group.items:
            if not orderable(item, size):
                continue
            whole = topping(group, item, size)
            left_form, right_form = lefts.get(item.product_id), rights.get(item.product_id)
            if not (item.whole_only or item.is_bundle or group.is_exclusive):
                made += _halves(whole, left_form, right_form)
            elif left_form is not None and right_form is not None:
                made.append(replace(whole, variant_id=left_form))
            elif item.quantity and not (group.is_exclusive and agreed):
                made.append(whole)
    for group in host.groups:
        count = units(host, group, tuple(made))
        if group.maximum is not None and count > group.maximum:
            raise ConfigureError(
                f"{group.title} takes {group.maximum} at most, and both recipes have {count}."
            )
    return tuple(made)


def _recipe(host: Bundle, recipe: Bundle, size: str) -> dict[int, int]:
    """The variant of the host for each topping that a recipe has unasked, by product."""
    found: dict[int, int] = {}
    unknown: list[str] = []
    for item in (item for group in recipe.groups if not group.is_base for item in group.items):
        if not item.quantity:
            continue
        group = host.group_of(item.product_id)
        own = group.item(item.product_id) if group else None
        if own is None or not orderable(own, size):
            # What cannot be halved is the host's own anyway.
            unknown += [] if item.whole_only or item.is_bundle else [item.title]
            continue
        form = of_strength(strengths(own, size), option(usual(item, size), STRENGTH)) or usual(own, size)
        found[item.product_id] = form.variant_id if form else 0
    if unknown:
        raise ConfigureError(f"{', '.join(unknown)} of {recipe.title} cannot go on {host.title}.")
    return found


def _halves(whole: Component, left: int | None, right: int | None) -> list[Component]:
    if left is not None and left == right:
        return [replace(whole, variant_id=left)]
    halves = ((Portion.LEFT, left), (Portion.RIGHT, right))
    return [
        replace(whole, portion=portion, variant_id=variant_id)
        for portion, variant_id in halves
        if variant_id is not None
    ]
