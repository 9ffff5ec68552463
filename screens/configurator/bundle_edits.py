"""What a key does to a bundle's configuration: pure, and refused with the rule's sentence.

Used by the customise screen only; what may lie where is the rules' to say.
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
    """Where a topping lies: on all of it, or on one half or both."""
    return {part.portion: part for part in components if part.product_id == product_id}


def strength_of(item: BundleItem, component: Component) -> str:
    """How strong it is, in lower case; empty where it comes in no strengths."""
    return option_value(item.variant(component.variant_id), STRENGTH).casefold()


def toggle_topping(bundle: Bundle, components: Components, item: BundleItem, portion: Portion) -> Components:
    """The topping put there, or taken off there where it lies already; of a whole one a half stays.

    Raises:
        ConfigureError: it may not lie there.
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
    """The topping stronger or weaker wherever it lies; on ``half`` alone where it lies on both.

    Raises:
        ConfigureError: it is not on it, or comes no stronger or weaker.
    """
    positions = positions_of(components, item.product_id)
    if not positions and step > 0:
        return put_topping(bundle, components, item.product_id)
    portion = half if half in positions and half is not None else Portion.WHOLE
    return (make_stronger if step > 0 else make_weaker)(bundle, components, item.product_id, portion)


def merge_halves(bundle: Bundle, components: Components, item: BundleItem | None) -> Components:
    """What lies on both halves made whole: this topping where it does, else all that do.

    Raises:
        ConfigureError: nothing lies on both halves.
    """
    product_ids = products_on_both_halves(components)
    if item is not None and len(positions_of(components, item.product_id)) > 1:
        product_ids = (item.product_id,)
    if not product_ids:
        raise ConfigureError("Nothing lies on both halves.")
    for product_id in product_ids:
        components = put_on_whole(bundle, components, product_id)
    return components


def next_size(
    bundle: Bundle, components: Components, deal_slot: BundleItem | None
) -> tuple[str, BaseChange, str]:
    """The next size that the crust comes in, the configuration in it, and why others were passed over.

    Raises:
        ConfigureError: there is no other.
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
        ConfigureError: there is no other.
    """
    base = base_variant(bundle, components)
    others = _names_after(crusts(bundle, option_value(base, SIZE)), option_value(base, CRUST))
    if not others:
        raise ConfigureError(f"{bundle.title} comes on one crust only in this size.")
    return with_base(bundle, components, crust=others[0], deal_slot=deal_slot)


def _names_after(names: tuple[str, ...], current: str) -> tuple[str, ...]:
    """The others, from the one behind on and round."""
    place = names.index(current) if current in names else -1
    return tuple(name for name in (*names[place + 1 :], *names[: place + 1]) if name != current)
