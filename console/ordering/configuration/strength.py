"""Strengths of a topping: its variants at a size from weakest to strongest, and the default one."""

from console.ordering.catalogue import Variant
from console.ordering.configuration.bundle import SIZE, STRENGTH, BundleItem, option_value
from console.ordering.draft import Component

_RANKS = {
    "none": 0.0,
    "light": 1.0, "less": 1.0,
    "regular": 2.0, "normal": 2.0, "standard": 2.0,
    "extra": 3.0, "double": 3.0,
    "triple": 4.0,
}  # fmt: skip
_REGULAR = 2.0
_NONE = 0.0


def strength_variants(item: BundleItem, size: str) -> tuple[Variant, ...]:
    """The item's variants at this size (any, if empty), weakest first, one for each strength.

    Unknown names are sorted in by their price.
    """
    variants = [variant for variant in item.variants if fits_size(variant, size)]
    known = [
        (variant.price, _RANKS[name]) for variant in variants if (name := strength_name(variant)) in _RANKS
    ]

    def key(variant: Variant) -> tuple[float, object, int]:
        cheaper = (rank for price, rank in known if price <= variant.price)
        rank = _RANKS.get(strength_name(variant))
        place = max(cheaper, default=-1.0) + 0.5 if rank is None else rank
        return place, variant.price, variant.variant_id

    first: dict[str, Variant] = {}
    for variant in sorted(variants, key=key):
        first.setdefault(strength_name(variant), variant)
    return tuple(first.values())


def default_variant(item: BundleItem, size: str) -> Variant | None:
    """The variant for an unspecified strength, ``None`` if there is none at this size.

    It is the strength that the menu puts in by default, else the regular one, else the middle one.
    """
    named = item.variant(item.variant_id) if item.quantity else None
    if named and fits_size(named, size):
        return named
    variants = strength_variants(item, size)
    if named and (same := variant_of_strength(variants, strength_name(named))):
        return same
    regular = next((variant for variant in variants if _RANKS.get(strength_name(variant)) == _REGULAR), None)
    return regular or (variants[len(variants) // 2] if variants else None)


def strength_name(variant: Variant | None) -> str:
    """The strength of a variant, case folded."""
    return option_value(variant, STRENGTH).casefold()


def variant_of_strength(forms: tuple[Variant, ...], name: str) -> Variant | None:
    """The variant of this strength."""
    folded_name = name.casefold()
    return next((form for form in forms if strength_name(form) == folded_name), None)


def fits_size(variant: Variant, size: str) -> bool:
    """Return True if a variant is for this size, or for any."""
    return not size or option_value(variant, SIZE).casefold() in {"", size.casefold()}


def comes_in_size(item: BundleItem, size: str) -> bool:
    """Return True if the item comes in this size."""
    return not item.variants or any(fits_size(variant, size) for variant in item.variants)


def topping_text(item: BundleItem, component: Component, size: str) -> str:
    """Name a topping: ``extra Mushrooms``, ``Olives`` in the default strength."""
    variant, expected = item.variant(component.variant_id), default_variant(item, size)
    name = strength_name(variant)
    text = item.title
    if name and name != strength_name(expected):
        text = f"{'no' if _RANKS.get(name) == _NONE else name} {item.title}"
    return text if component.quantity == max(1, item.quantity) else f"{component.quantity} x {text}"
