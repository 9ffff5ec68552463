"""Edits of a bundle's configuration, one for each key; pure.

The rules decide what is allowed: an edit that breaks one raises ``ConfigureError`` with its sentence.
"""

from console.ordering.configuration import (
    BaseChange,
    ConfigureError,
    base_variant,
    crusts,
    make_stronger,
    make_weaker,
    products_on_both_halves,
    put_on_whole,
    put_topping,
    remove_topping,
    sizes,
    with_base,
)
from console.ordering.configuration.bundle import CRUST, SIZE, STRENGTH, Bundle, BundleItem, option_value
from console.ordering.draft import Component, Portion
from screens.configurator.common import Components


def positions_of(components: Components, product_id: int) -> dict[Portion, Component]:
    """The portions with a topping: the whole, one half, or both halves."""
    return {part.portion: part for part in components if part.product_id == product_id}


def strength_of(item: BundleItem, component: Component) -> str:
    """The strength in lower case, empty for a topping without strengths."""
    return option_value(item.variant(component.variant_id), STRENGTH).casefold()


def toggle_topping(bundle: Bundle, components: Components, item: BundleItem, portion: Portion) -> Components:
    """Put a topping on a portion, or remove it there; half of a whole topping may be removed.

    Raises:
        ConfigureError: the topping is not allowed there.
    """
    positions = positions_of(components, item.product_id)
    if portion in positions:
        return remove_topping(bundle, components, item.product_id, portion)
    if portion is Portion.WHOLE and len(positions) > 1:
        return put_on_whole(bundle, components, item.product_id)
    return put_topping(bundle, components, item.product_id, portion)


def change_strength(
    bundle: Bundle, components: Components, item: BundleItem, half: Portion | None, step: int
) -> Components:
    """Make a topping stronger or weaker; on ``half`` alone if it is on both halves.

    Raises:
        ConfigureError: the topping is absent, or has no other strength in this direction.
    """
    positions = positions_of(components, item.product_id)
    if not positions and step > 0:
        return put_topping(bundle, components, item.product_id)
    portion = half if half in positions and half is not None else Portion.WHOLE
    return (make_stronger if step > 0 else make_weaker)(bundle, components, item.product_id, portion)


def merge_halves(bundle: Bundle, components: Components, item: BundleItem | None) -> Components:
    """Make a topping on both halves whole: ``item`` if it is one, or else all of them.

    Raises:
        ConfigureError: no topping is on both halves.
    """
    product_ids = products_on_both_halves(components)
    if item is not None and len(positions_of(components, item.product_id)) > 1:
        product_ids = (item.product_id,)
    if not product_ids:
        raise ConfigureError("No topping is on both halves.")
    for product_id in product_ids:
        components = put_on_whole(bundle, components, product_id)
    return components


def next_size(
    bundle: Bundle, components: Components, deal_slot: BundleItem | None
) -> tuple[str, BaseChange, str]:
    """The next size that the crust is available in, its configuration, and why others were skipped.

    Raises:
        ConfigureError: there is no other size.
    """
    available = sizes(bundle, deal_slot=deal_slot)
    now = option_value(base_variant(bundle, components), SIZE)
    skipped_reason = ""
    for size in _names_after(available, now):
        try:
            return size, with_base(bundle, components, size=size, deal_slot=deal_slot), skipped_reason
        except ConfigureError as error:
            skipped_reason = str(error)
    scope = "This deal takes" if len(sizes(bundle)) > 1 else f"{bundle.title} comes in"
    raise ConfigureError(skipped_reason or f"{scope} one size only.")


def next_crust(bundle: Bundle, components: Components, deal_slot: BundleItem | None) -> BaseChange:
    """The configuration on the next crust of its size.

    Raises:
        ConfigureError: there is no other crust.
    """
    base = base_variant(bundle, components)
    others = _names_after(crusts(bundle, option_value(base, SIZE)), option_value(base, CRUST))
    if not others:
        raise ConfigureError(f"{bundle.title} has one crust only in this size.")
    return with_base(bundle, components, crust=others[0], deal_slot=deal_slot)


def _names_after(names: tuple[str, ...], current: str) -> tuple[str, ...]:
    """The other names, starting after the current one, cyclically."""
    index = names.index(current) if current in names else -1
    return tuple(name for name in (*names[index + 1 :], *names[: index + 1]) if name != current)
