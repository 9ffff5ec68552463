"""One configuration on another bundle: the same toppings in the same places, as far as it has them.

Used by the order screen, to put what is on one line onto another.
"""

from dataclasses import dataclass

from console.ordering.bundle import CRUST, SIZE, STRENGTH, Bundle, Bundles, option
from console.ordering.pizza.base import Components, base_variant, with_base
from console.ordering.pizza.counts import belongs
from console.ordering.pizza.errors import ConfigureError
from console.ordering.pizza.on_menu import as_on_menu
from console.ordering.pizza.toppings import put


@dataclass(frozen=True, slots=True)
class Copied:
    """A configuration made like another one. ``missing`` names what could not be copied."""

    components: Components
    missing: tuple[str, ...] = ()


def takes_copy(bundle: Bundle, onto: Bundle) -> bool:
    """Whether the one can have what is on the other: the same product, or both with a base of their own."""
    return bundle.product_id == onto.product_id or (bundle.base is not None and onto.base is not None)


def copied_onto(bundle: Bundle, components: Components, onto: Bundle, bundles: Bundles) -> Copied:
    """What is on one bundle put on another: size and crust, and its toppings where and as strong as there.

    What the other comes with and this has not is not on it. Bundles in a bundle are not copied. It may
    lack what the other must have: whoever asks looks for problems.
    """
    if onto.product_id == bundle.product_id:
        return Copied(components)
    made, missing = _on_base(bundle, components, onto, as_on_menu(onto, bundles))
    for component in components:
        place = belongs(bundle, component)
        if place is None or place[0].is_base:
            continue
        form = option(place[1].variant(component.variant_id), STRENGTH)
        try:
            made = put(onto, made, component.product_id, component.portion, form)
        except ConfigureError:
            missing.append(component.title or place[1].title)
    return Copied(made, tuple(dict.fromkeys(missing)))


def _on_base(
    bundle: Bundle, components: Components, onto: Bundle, begun: Components
) -> tuple[Components, list[str]]:
    """The other's base alone, in this size and crust where it comes in both, else in this size."""
    base = base_variant(bundle, components)
    size, crust = option(base, SIZE), option(base, CRUST)
    missing: list[str] = []
    for wish in (crust, ""):
        try:
            begun = with_base(onto, begun, size=size, crust=wish).components
            break
        except ConfigureError:
            missing.append(wish or size)
    own = onto.base
    return tuple(part for part in begun if own and part.product_id == own.product_id), missing
