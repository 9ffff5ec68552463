"""Putting toppings on a bundle, taking them off, making them stronger or weaker, on either half.

Used by the builder's keys and the order language.
"""

from dataclasses import replace

from console.ordering.bundle import STRENGTH, Bundle, BundleItem, Group, option
from console.ordering.draft import Component, Portion
from console.ordering.menu import Variant
from console.ordering.pizza.base import Components, base_size
from console.ordering.pizza.counts import members, units
from console.ordering.pizza.errors import ConfigureError
from console.ordering.pizza.on_menu import topping
from console.ordering.pizza.strength import fits, of_strength, orderable, strengths, usual

_OTHER = {Portion.LEFT: Portion.RIGHT, Portion.RIGHT: Portion.LEFT}
_HALF = {Portion.LEFT: "left half", Portion.RIGHT: "right half"}


def put(
    bundle: Bundle,
    components: Components,
    product_id: int,
    portion: Portion = Portion.WHOLE,
    strength: str = "",
) -> Components:
    """The bundle with this topping on the whole or on a half of it.

    Without a strength it keeps the one it has there, else takes the usual one. The whole replaces the
    halves, a half replaces the whole; the other half stays. In an exclusive group it takes the place of
    what was there.

    Raises:
        ConfigureError: it does not go on it, not on a half, not in this strength, or the group is full.
    """
    group, item = _topping_item(bundle, product_id)
    size = base_size(bundle, components)
    if portion is not Portion.WHOLE and (item.whole_only or item.is_bundle):
        raise ConfigureError(f"{item.title} goes on the whole only.")
    if not orderable(item, size):
        raise ConfigureError(f"{item.title} cannot be had in {size}.")
    mine = _of(components, product_id)
    gone = [c for c in mine if Portion.WHOLE in (portion, c.portion) or c.portion is portion]
    form = _form(item, size, strength, gone)
    fresh = replace(
        gone[0] if gone else topping(group, item, size), variant_id=form.variant_id if form else 0
    )
    out = list(members(bundle, group, components)) if group.is_exclusive and not mine else gone
    if not mine and not group.is_exclusive:
        _check_room(bundle, group, fresh, components)
    return _exchanged(components, out, replace(fresh, portion=portion), after=mine)


def take_off(
    bundle: Bundle, components: Components, product_id: int, portion: Portion | None = None
) -> Components:
    """The bundle without this topping, or without it on one half: a whole one leaves its other half.

    Raises:
        ConfigureError: it is not on it there, it cannot be halved, or it is the base.
    """
    _, item = _topping_item(bundle, product_id)
    mine = _of(components, product_id)
    if not mine:
        raise ConfigureError(f"{item.title} is not on it.")
    if portion is None or portion is Portion.WHOLE:
        return tuple(c for c in components if c not in mine)
    whole = next((c for c in mine if c.portion is Portion.WHOLE), None)
    if whole:
        if item.whole_only or item.is_bundle:
            raise ConfigureError(f"{item.title} goes on the whole only.")
        return tuple(replace(c, portion=_OTHER[portion]) if c is whole else c for c in components)
    if all(c.portion is not portion for c in mine):
        raise ConfigureError(f"{item.title} is not on the {_HALF[portion]}.")
    return tuple(c for c in components if c.product_id != product_id or c.portion is not portion)


def stronger(
    bundle: Bundle, components: Components, product_id: int, portion: Portion = Portion.WHOLE
) -> Components:
    """The bundle with the next stronger form of a topping; of a whole one on that half alone.

    Raises:
        ConfigureError: it is not on it there, or there is no stronger form.
    """
    return _moved(bundle, components, product_id, portion, 1)


def weaker(
    bundle: Bundle, components: Components, product_id: int, portion: Portion = Portion.WHOLE
) -> Components:
    """The bundle with the next weaker form of a topping; of a whole one on that half alone.

    Raises:
        ConfigureError: it is not on it there, or there is no weaker form.
    """
    return _moved(bundle, components, product_id, portion, -1)


def on_both_halves(components: Components) -> tuple[int, ...]:
    """The products that lie on both halves in one strength: each could as well lie on the whole."""
    right = {(c.product_id, c.variant_id, c.quantity) for c in components if c.portion is Portion.RIGHT}
    both = (c for c in components if c.portion is Portion.LEFT)
    return tuple(c.product_id for c in both if (c.product_id, c.variant_id, c.quantity) in right)


def made_whole(bundle: Bundle, components: Components, product_id: int) -> Components:
    """The bundle with this topping on the whole, in the stronger form of its halves.

    Raises:
        ConfigureError: it is not on it.
    """
    _, item = _topping_item(bundle, product_id)
    mine = {c.variant_id for c in _of(components, product_id)}
    if not mine:
        raise ConfigureError(f"{item.title} is not on it.")
    forms = [v for v in strengths(item, base_size(bundle, components)) if v.variant_id in mine]
    return put(bundle, components, product_id, strength=option(forms[-1], STRENGTH) if forms else "")


def removed(bundle: Bundle, components: Components) -> tuple[str, ...]:
    """The titles of the defaults that are not on it; one that another took the place of is not named."""
    on_it = {component.product_id for component in components}
    return tuple(
        item.title
        for group in bundle.groups
        if not group.is_base and not (group.is_exclusive and members(bundle, group, components))
        for item in group.items
        if item.quantity and item.product_id not in on_it
    )


def topping_form(item: BundleItem, size: str, strength: str) -> Variant | None:
    """The form of this strength, the usual one where it is empty, ``None`` where the item has no forms.

    Raises:
        ConfigureError: it has no such strength at this size.
    """
    if not strength:
        return usual(item, size)
    forms = strengths(item, size)
    form = of_strength(forms, strength)
    if form is None:
        names = ", ".join(name for v in forms if (name := option(v, STRENGTH)))
        raise ConfigureError(f"{item.title} has no {strength}: {names or 'it has one strength'}.")
    return form


def _form(item: BundleItem, size: str, strength: str, gone: list[Component]) -> Variant | None:
    """The form asked for; without a word the one that is replaced, where there is just one."""
    present = {component.variant_id for component in gone}
    kept = item.variant(present.pop()) if len(present) == 1 and not strength else None
    if kept and fits(kept, size):
        return kept
    return topping_form(item, size, strength)


def _moved(
    bundle: Bundle, components: Components, product_id: int, portion: Portion, step: int
) -> Components:
    _, item = _topping_item(bundle, product_id)
    mine = _of(components, product_id)
    touched = [c for c in mine if portion is Portion.WHOLE or c.portion in (portion, Portion.WHOLE)]
    if not touched:
        raise ConfigureError(f"{item.title} is not on it." if not mine else _not_there(item, portion))
    names = [option(v, STRENGTH) for v in strengths(item, base_size(bundle, components))]
    present = [(c, option(item.variant(c.variant_id), STRENGTH)) for c in touched]
    moves = [
        (c, names[names.index(name) + step])
        for c, name in present
        if name in names and 0 <= names.index(name) + step < len(names)
    ]
    if not moves:
        raise ConfigureError(f"{item.title} comes no {'stronger' if step > 0 else 'weaker'}.")
    for component, name in moves:
        where = component.portion
        if portion is not Portion.WHOLE and where is Portion.WHOLE:
            kept = option(item.variant(component.variant_id), STRENGTH)
            components = put(bundle, components, product_id, portion, name)
            components = put(bundle, components, product_id, _OTHER[portion], kept)
        else:
            components = put(bundle, components, product_id, where, name)
    return components


def _not_there(item: BundleItem, portion: Portion) -> str:
    return f"{item.title} is not on the {_HALF[portion]}."


def _topping_item(bundle: Bundle, product_id: int) -> tuple[Group, BundleItem]:
    group = bundle.group_of(product_id)
    item = group.item(product_id) if group else None
    if group is None or item is None:
        unplaced = next((i for i in bundle.unplaced if i.product_id == product_id), None)
        if unplaced:
            raise ConfigureError(f"The menu does not say where {unplaced.title} belongs.")
        raise ConfigureError(f"That does not go on {bundle.title}.")
    if group.is_base:
        raise ConfigureError(f"{item.title} is the base: choose another size or crust instead.")
    return group, item


def _of(components: Components, product_id: int) -> list[Component]:
    return [component for component in components if component.product_id == product_id]


def _check_room(bundle: Bundle, group: Group, fresh: Component, components: Components) -> None:
    on_it = units(bundle, group, components)
    if group.maximum is not None and on_it + fresh.quantity > group.maximum:
        raise ConfigureError(f"{group.title} takes {group.maximum} at most, and {on_it} are on it.")


def _exchanged(
    components: Components, out: list[Component], fresh: Component, *, after: list[Component]
) -> Components:
    """What goes out makes place for what comes in; a second half lies beside the first."""
    end = components.index(after[-1]) + 1 if after else len(components)
    place = components.index(out[0]) if out else end
    before = tuple(c for c in components[:place] if c not in out)
    return (*before, fresh, *(c for c in components[place:] if c not in out))
