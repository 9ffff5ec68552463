"""Copy a configuration to another bundle, as far as the other has the same toppings."""

from dataclasses import dataclass

from console.ordering.configuration.base import Components, base_variant, with_base
from console.ordering.configuration.bundle import CRUST, SIZE, STRENGTH, Bundle, Bundles, option_value
from console.ordering.configuration.defaults import default_configuration
from console.ordering.configuration.errors import ConfigureError
from console.ordering.configuration.group_counts import placement_of
from console.ordering.configuration.toppings import put_topping


@dataclass(frozen=True, slots=True)
class CopiedConfiguration:
    """A copied configuration. ``not_copied`` has the titles of what the target does not have."""

    components: Components
    not_copied: tuple[str, ...] = ()


def can_copy(bundle: Bundle, target: Bundle) -> bool:
    """Return True if a copy is possible: the same product, or both with a base of their own."""
    return bundle.product_id == target.product_id or (bundle.base is not None and target.base is not None)


def copy_configuration(
    bundle: Bundle, components: Components, target: Bundle, bundles: Bundles
) -> CopiedConfiguration:
    """Copy size, crust and toppings to another bundle, each on the same part and as strong.

    Defaults of the target that the source does not have are left out. Bundles within a bundle are not
    copied. The result may lack what the target requires: check it with ``problems``.
    """
    if target.product_id == bundle.product_id:
        return CopiedConfiguration(components)
    copied, not_copied = _copy_base(bundle, components, target, default_configuration(target, bundles))
    for component in components:
        place = placement_of(bundle, component)
        if place is None or place[0].is_base:
            continue
        strength = option_value(place[1].variant(component.variant_id), STRENGTH)
        try:
            copied = put_topping(target, copied, component.product_id, component.portion, strength)
        except ConfigureError:
            not_copied.append(component.title or place[1].title)
    return CopiedConfiguration(copied, tuple(dict.fromkeys(not_copied)))


def _copy_base(
    bundle: Bundle, components: Components, target: Bundle, initial: Components
) -> tuple[Components, list[str]]:
    """The target's base alone, in this size and crust if it has both, else in this size."""
    base = base_variant(bundle, components)
    size, crust = option_value(base, SIZE), option_value(base, CRUST)
    not_copied: list[str] = []
    for wanted_crust in (crust, ""):
        try:
            initial = with_base(target, initial, size=size, crust=wanted_crust).components
            break
        except ConfigureError:
            not_copied.append(wanted_crust or size)
    own = target.base
    return tuple(part for part in initial if own and part.product_id == own.product_id), not_copied
