"""Adding and removing toppings, and changing their strength, on the whole or on a half."""

from dataclasses import replace

from console.ordering.catalogue import Variant
from console.ordering.configuration.base import Components, base_size
from console.ordering.configuration.bundle import STRENGTH, Bundle, BundleGroup, BundleItem, option_value
from console.ordering.configuration.defaults import topping_component
from console.ordering.configuration.errors import ConfigureError
from console.ordering.configuration.group_counts import components_in_group, count_units
from console.ordering.configuration.strength import (
    comes_in_size,
    default_variant,
    fits_size,
    strength_variants,
    variant_of_strength,
)
from console.ordering.draft import Component, Portion

_OTHER_HALF = {Portion.LEFT: Portion.RIGHT, Portion.RIGHT: Portion.LEFT}
_HALF_NAME = {Portion.LEFT: "left half", Portion.RIGHT: "right half"}


def put_topping(
    bundle: Bundle,
    components: Components,
    product_id: int,
    portion: Portion = Portion.WHOLE,
    strength: str = "",
) -> Components:
    """Put a topping on the whole or on a half.

    Without a strength it keeps the one it has there, else takes the default one. The whole replaces both
    halves, a half replaces the whole; the other half stays. In an exclusive group it replaces the other item.

    Raises:
        ConfigureError: it does not go on it, not on a half, not in this strength, or the group is full.
    """
    group, item = _require_topping(bundle, product_id)
    size = base_size(bundle, components)
    if portion is not Portion.WHOLE and (item.whole_only or item.is_bundle):
        raise ConfigureError(f"{item.title} goes on the whole only.")
    if not comes_in_size(item, size):
        raise ConfigureError(f"{item.title} cannot be had in {size}.")
    current = _components_of(components, product_id)
    replaced = [c for c in current if Portion.WHOLE in (portion, c.portion) or c.portion is portion]
    variant = _variant_to_put(item, size, strength, replaced)
    new_component = replace(
        replaced[0] if replaced else topping_component(group, item, size),
        variant_id=variant.variant_id if variant else 0,
    )
    removed_components = (
        list(components_in_group(bundle, group, components))
        if group.is_exclusive and not current
        else replaced
    )
    if not current and not group.is_exclusive:
        _check_group_maximum(bundle, group, new_component, components)
    return _replace_components(
        components, removed_components, replace(new_component, portion=portion), after=current
    )


def remove_topping(
    bundle: Bundle, components: Components, product_id: int, portion: Portion | None = None
) -> Components:
    """Remove a topping, or remove it from one half: of a whole one the other half stays.

    Raises:
        ConfigureError: it is not there, it cannot be halved, or it is the base.
    """
    _, item = _require_topping(bundle, product_id)
    current = _components_of(components, product_id)
    if not current:
        raise ConfigureError(f"{item.title} is not on it.")
    if portion is None or portion is Portion.WHOLE:
        return tuple(c for c in components if c not in current)
    whole = next((c for c in current if c.portion is Portion.WHOLE), None)
    if whole:
        if item.whole_only or item.is_bundle:
            raise ConfigureError(f"{item.title} goes on the whole only.")
        return tuple(replace(c, portion=_OTHER_HALF[portion]) if c is whole else c for c in components)
    if all(c.portion is not portion for c in current):
        raise ConfigureError(f"{item.title} is not on the {_HALF_NAME[portion]}.")
    return tuple(c for c in components if c.product_id != product_id or c.portion is not portion)


def make_stronger(
    bundle: Bundle, components: Components, product_id: int, portion: Portion = Portion.WHOLE
) -> Components:
    """Change a topping to its next stronger variant; a whole one on that half alone.

    Raises:
        ConfigureError: it is not there, or there is no stronger variant.
    """
    return _shift_strength(bundle, components, product_id, portion, 1)


def make_weaker(
    bundle: Bundle, components: Components, product_id: int, portion: Portion = Portion.WHOLE
) -> Components:
    """Change a topping to its next weaker variant; a whole one on that half alone.

    Raises:
        ConfigureError: it is not there, or there is no weaker variant.
    """
    return _shift_strength(bundle, components, product_id, portion, -1)


def products_on_both_halves(components: Components) -> tuple[int, ...]:
    """The products on both halves in one strength: each can be put on the whole instead."""
    right = {(c.product_id, c.variant_id, c.quantity) for c in components if c.portion is Portion.RIGHT}
    both = (c for c in components if c.portion is Portion.LEFT)
    return tuple(c.product_id for c in both if (c.product_id, c.variant_id, c.quantity) in right)


def put_on_whole(bundle: Bundle, components: Components, product_id: int) -> Components:
    """Put a topping on the whole, in the stronger variant of its halves.

    Raises:
        ConfigureError: it is not on it.
    """
    _, item = _require_topping(bundle, product_id)
    current_variants = {c.variant_id for c in _components_of(components, product_id)}
    if not current_variants:
        raise ConfigureError(f"{item.title} is not on it.")
    present_variants = [
        v for v in strength_variants(item, base_size(bundle, components)) if v.variant_id in current_variants
    ]
    return put_topping(
        bundle,
        components,
        product_id,
        strength=option_value(present_variants[-1], STRENGTH) if present_variants else "",
    )


def removed_defaults(bundle: Bundle, components: Components) -> tuple[str, ...]:
    """Titles of defaults that are not on it, except those that another item replaced."""
    present = {component.product_id for component in components}
    return tuple(
        item.title
        for group in bundle.groups
        if not group.is_base and not (group.is_exclusive and components_in_group(bundle, group, components))
        for item in group.items
        if item.quantity and item.product_id not in present
    )


def topping_variant(item: BundleItem, size: str, strength: str) -> Variant | None:
    """The variant of this strength, the default one if it is empty, ``None`` if there are no variants.

    Raises:
        ConfigureError: it has no such strength at this size.
    """
    if not strength:
        return default_variant(item, size)
    variants = strength_variants(item, size)
    variant = variant_of_strength(variants, strength)
    if variant is None:
        names = ", ".join(name for v in variants if (name := option_value(v, STRENGTH)))
        raise ConfigureError(f"{item.title} has no {strength}: {names or 'it has one strength'}.")
    return variant


def _variant_to_put(item: BundleItem, size: str, strength: str, replaced: list[Component]) -> Variant | None:
    """The requested variant; without a strength the replaced one, if there is just one."""
    present = {component.variant_id for component in replaced}
    current_variant = item.variant(present.pop()) if len(present) == 1 and not strength else None
    if current_variant and fits_size(current_variant, size):
        return current_variant
    return topping_variant(item, size, strength)


def _shift_strength(
    bundle: Bundle, components: Components, product_id: int, portion: Portion, step: int
) -> Components:
    _, item = _require_topping(bundle, product_id)
    current = _components_of(components, product_id)
    affected = [c for c in current if portion is Portion.WHOLE or c.portion in (portion, Portion.WHOLE)]
    if not affected:
        raise ConfigureError(
            f"{item.title} is not on it." if not current else _not_on_half_text(item, portion)
        )
    names = [option_value(v, STRENGTH) for v in strength_variants(item, base_size(bundle, components))]
    present = [(c, option_value(item.variant(c.variant_id), STRENGTH)) for c in affected]
    moves = [
        (c, names[names.index(name) + step])
        for c, name in present
        if name in names and 0 <= names.index(name) + step < len(names)
    ]
    if not moves:
        raise ConfigureError(f"{item.title} has no {'stronger' if step > 0 else 'weaker'} form.")
    for component, name in moves:
        where = component.portion
        if portion is not Portion.WHOLE and where is Portion.WHOLE:
            current_name = option_value(item.variant(component.variant_id), STRENGTH)
            components = put_topping(bundle, components, product_id, portion, name)
            components = put_topping(bundle, components, product_id, _OTHER_HALF[portion], current_name)
        else:
            components = put_topping(bundle, components, product_id, where, name)
    return components


def _not_on_half_text(item: BundleItem, portion: Portion) -> str:
    return f"{item.title} is not on the {_HALF_NAME[portion]}."


def _require_topping(bundle: Bundle, product_id: int) -> tuple[BundleGroup, BundleItem]:
    group = bundle.group_of(product_id)
    item = group.item(product_id) if group else None
    if group is None or item is None:
        unplaced = next((i for i in bundle.unplaced if i.product_id == product_id), None)
        if unplaced:
            raise ConfigureError(f"The menu does not say where {unplaced.title} belongs.")
        raise ConfigureError(f"That does not go on {bundle.title}.")
    if group.is_base:
        raise ConfigureError(f"{item.title} is the base. Choose another size or crust instead.")
    return group, item


def _components_of(components: Components, product_id: int) -> list[Component]:
    return [component for component in components if component.product_id == product_id]


def _check_group_maximum(
    bundle: Bundle, group: BundleGroup, new_component: Component, components: Components
) -> None:
    count = count_units(bundle, group, components)
    if group.maximum is not None and count + new_component.quantity > group.maximum:
        raise ConfigureError(f"{group.title} takes {group.maximum} at most, and {count} are on it.")


def _replace_components(
    components: Components, removed: list[Component], new_component: Component, *, after: list[Component]
) -> Components:
    """Insert the new component where the removed ones were; a second half next to the first."""
    end = components.index(after[-1]) + 1 if after else len(components)
    place = components.index(removed[0]) if removed else end
    before = tuple(c for c in components[:place] if c not in removed)
    return (*before, new_component, *(c for c in components[place:] if c not in removed))
