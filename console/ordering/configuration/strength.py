"""How strong a topping is: its forms at a size from the weakest to the strongest, and the usual one.

Used wherever a topping is put on, priced or named.
"""

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
    """The item's forms at this size, weakest first, one for each strength; at any size where it is empty.

    Names that are not well known come where their price puts them.
    """
    forms = [variant for variant in item.variants if fits_size(variant, size)]
    known = [(variant.price, _RANKS[name]) for variant in forms if (name := strength_name(variant)) in _RANKS]

    def key(variant: Variant) -> tuple[float, object, int]:
        cheaper = (rank for price, rank in known if price <= variant.price)
        rank = _RANKS.get(strength_name(variant))
        place = max(cheaper, default=-1.0) + 0.5 if rank is None else rank
        return place, variant.price, variant.variant_id

    first: dict[str, Variant] = {}
    for variant in sorted(forms, key=key):
        first.setdefault(strength_name(variant), variant)
    return tuple(first.values())


def default_variant(item: BundleItem, size: str) -> Variant | None:
    """The form that is meant where no strength is said, ``None`` where it has none at this size.

    The strength that the menu puts in unasked, else the regular one, else the middle one.
    """
    named = item.variant(item.variant_id) if item.quantity else None
    if named and fits_size(named, size):
        return named
    forms = strength_variants(item, size)
    if named and (same := variant_of_strength(forms, strength_name(named))):
        return same
    regular = next((form for form in forms if _RANKS.get(strength_name(form)) == _REGULAR), None)
    return regular or (forms[len(forms) // 2] if forms else None)


def strength_name(variant: Variant | None) -> str:
    """The name of a form's strength, for comparing."""
    return option_value(variant, STRENGTH).casefold()


def variant_of_strength(forms: tuple[Variant, ...], name: str) -> Variant | None:
    """The form of this strength."""
    wanted = name.casefold()
    return next((form for form in forms if strength_name(form) == wanted), None)


def fits_size(variant: Variant, size: str) -> bool:
    """Whether a form is for this size, or for any."""
    return not size or option_value(variant, SIZE).casefold() in {"", size.casefold()}


def comes_in_size(item: BundleItem, size: str) -> bool:
    """Whether the item can be had at this size."""
    return not item.variants or any(fits_size(variant, size) for variant in item.variants)


def topping_text(item: BundleItem, component: Component, size: str) -> str:
    """A topping as people say it: ``extra Mushrooms``, ``Olives`` in the usual strength."""
    variant, expected = item.variant(component.variant_id), default_variant(item, size)
    name = strength_name(variant)
    text = item.title
    if name and name != strength_name(expected):
        text = f"{'no' if _RANKS.get(name) == _NONE else name} {item.title}"
    return text if component.quantity == max(1, item.quantity) else f"{component.quantity} x {text}"
