"""The base of a bundle: its crusts and sizes, and changing it under the toppings."""

from dataclasses import dataclass, replace

from console.ordering.catalogue import Variant
from console.ordering.configuration.bundle import CRUST, SIZE, Bundle, BundleGroup, BundleItem, option_value
from console.ordering.configuration.errors import ConfigureError
from console.ordering.configuration.strength import (
    default_variant,
    fits_size,
    strength_name,
    strength_variants,
    variant_of_strength,
)
from console.ordering.draft import Component

Components = tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class BaseChange:
    """A configuration on another base, and the titles of toppings that do not come in the new size."""

    components: Components
    dropped_titles: tuple[str, ...] = ()


def base_variant(bundle: Bundle, components: Components) -> Variant | None:
    """The variant that gives crust and size, ``None`` if there is none yet."""
    base = bundle.base
    if base is None:
        return None
    variants = (base.variant(c.variant_id) for c in components if c.product_id == base.product_id)
    return next((variant for variant in variants if variant), None)


def base_size(bundle: Bundle, components: Components) -> str:
    """The size of the base, empty if unknown."""
    return option_value(base_variant(bundle, components), SIZE)


def base_text(variant: Variant | None) -> str:
    """Name a base: ``Large Pan``."""
    return " ".join(part for part in (option_value(variant, SIZE), option_value(variant, CRUST)) if part)


def sizes(bundle: Bundle, *, deal_slot: BundleItem | None = None) -> tuple[str, ...]:
    """The sizes of a bundle in the menu's order, only those that the deal's slot allows."""
    return _distinct_values(SIZE, base_variants(bundle, deal_slot))


def crusts(bundle: Bundle, size: str) -> tuple[str, ...]:
    """The crusts of a bundle at this size, in the menu's order."""
    return _distinct_values(CRUST, tuple(v for v in base_variants(bundle) if _has_option(v, SIZE, size)))


def base_variants(bundle: Bundle, deal_slot: BundleItem | None = None) -> tuple[Variant, ...]:
    """The variants of the base that a deal's slot allows."""
    variants = bundle.base.variants if bundle.base else ()
    return tuple(variant for variant in variants if slot_allows(deal_slot, variant))


def slot_allows(deal_slot: BundleItem | None, variant: Variant) -> bool:
    """Return True if a deal's slot takes a base of this size."""
    if deal_slot is None or not deal_slot.base_prices:
        return True
    return option_value(variant, SIZE).casefold() in {size.casefold() for size in deal_slot.base_prices}


def default_base(bundle: Bundle, deal_slot: BundleItem | None = None) -> Variant | None:
    """The base that the menu puts in by default: the slot's own, else the bundle's own.

    A slot with prices by size has its first size by default, on the bundle's own crust if there is one.
    """
    variants = base_variants(bundle, deal_slot)
    named = next((v for v in variants if deal_slot and v.variant_id == deal_slot.variant_id), None)
    if named is not None:
        return named
    own = bundle.base.variant(bundle.base.variant_id) if bundle.base else None
    for size in deal_slot.base_prices if deal_slot else ():
        of_size = [variant for variant in variants if _has_option(variant, SIZE, size)]
        if of_size:
            return next((v for v in of_size if _has_option(v, CRUST, option_value(own, CRUST))), of_size[0])
    return own if own in variants else next(iter(variants), None)


def base_component(group: BundleGroup, variant: Variant) -> Component:
    """Make the component of a base."""
    item = group.items[0]
    return Component(item.product_id, variant.variant_id, group_id=group.group_id, title=item.title)


def with_base(
    bundle: Bundle,
    components: Components,
    *,
    size: str = "",
    crust: str = "",
    deal_slot: BundleItem | None = None,
) -> BaseChange:
    """Put a configuration on another base; an empty size or crust stays as it is.

    A topping keeps its strength if the new size has it, else takes the default one. A topping that does not
    come in the new size is dropped and named.

    Raises:
        ConfigureError: there is no such crust and size, or the deal's slot does not take it.
    """
    current = base_variant(bundle, components) or default_base(bundle, deal_slot)
    size, crust = size or option_value(current, SIZE), crust or option_value(current, CRUST)
    group = next((group for group in bundle.groups if group.is_base), None)
    variant = next(
        (v for v in base_variants(bundle) if _has_option(v, SIZE, size) and _has_option(v, CRUST, crust)),
        None,
    )
    if group is None or variant is None:
        raise ConfigureError(_unknown_base_text(bundle, size, crust))
    if not slot_allows(deal_slot, variant):
        raise ConfigureError(f"This deal has no {size} {bundle.title}.")
    new_components = [base_component(group, variant)]
    dropped_titles: list[str] = []
    for component in components:
        if component.product_id == group.items[0].product_id:
            continue
        fitted_component = _fit_to_size(bundle, component, option_value(variant, SIZE))
        if fitted_component:
            new_components.append(fitted_component)
        elif component.title not in dropped_titles:
            dropped_titles.append(component.title)
    return BaseChange(tuple(new_components), tuple(dropped_titles))


def _fit_to_size(bundle: Bundle, component: Component, size: str) -> Component | None:
    group = bundle.group_of(component.product_id)
    item = group.item(component.product_id) if group else None
    if item is None or not item.variants or item.is_bundle:
        return component
    variant = item.variant(component.variant_id)
    if variant and fits_size(variant, size):
        return component
    replacement = variant_of_strength(
        strength_variants(item, size), strength_name(variant)
    ) or default_variant(item, size)
    return replace(component, variant_id=replacement.variant_id) if replacement else None


def _unknown_base_text(bundle: Bundle, size: str, crust: str) -> str:
    offered = crusts(bundle, size)
    if not offered:
        return f"{bundle.title} does not come in {size or 'that size'}: {', '.join(sizes(bundle))}."
    return f"{size} {bundle.title} does not come as {crust or 'that crust'}: {', '.join(offered)}."


def _has_option(variant: Variant, name: str, value: str) -> bool:
    return option_value(variant, name).casefold() == value.casefold()


def _distinct_values(name: str, variants: tuple[Variant, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for variant in variants if (value := option_value(variant, name))))
