"""A menu as the one-line order needs it: its products by their words, its groups by theirs.

Built once for a menu by whoever hosts the quick line; the indexes of groups are made when first asked for,
or all at once beforehand.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from console.ordering.bundle import SIZE, STRENGTH, Bundle, BundleItem, Bundles, Group, option
from console.ordering.half_rule import HalfRule
from console.ordering.menu import Product, ProductType, Variant
from console.ordering.money import Currency
from console.ordering.pizza import strengths, usual
from console.ordering.pizza.base import base_variants
from console.ordering.pizza.on_menu import below
from console.ordering.quickline.forms import Forms, attributes_of, forms_of, free_forms
from console.ordering.quickline.names import Attribute, Index, Named, attribute
from console.ordering.quickline.words import fold

_EXTRA, _LIGHT = "x", "lt"
"""The short words for the strength above the usual one and for the one below it."""


@dataclass(frozen=True, slots=True)
class QuickMenu:
    """The products that are sold by themselves, the bundles whose parts are known, and how they are priced.

    ``index`` has the products in their order, ``halves`` the places of those that may lie on half of a base.
    """

    products: tuple[Product, ...]
    bundles: Bundles
    currency: Currency
    half_rule: HalfRule
    index: Index = field(compare=False, repr=False)
    halves: int = field(compare=False, repr=False)
    _groups: dict[tuple[int, int], Index] = field(
        default_factory=dict[tuple[int, int], Index], compare=False, repr=False
    )

    def product(self, product_id: int) -> Product | None:
        """The product with this id."""
        return next((product for product in self.products if product.product_id == product_id), None)

    def forms(self, place: int) -> Forms:
        """What the product at this place of the index comes in."""
        product = self.products[place]
        bundle = self.bundles.get(product.product_id)
        if bundle is None:
            return forms_of(product.variants or ())
        return free_forms(self.index.named[place].attributes) if bundle.is_deal else base_forms(bundle)

    def toppings(self, bundle: Bundle) -> Index:
        """What goes on a bundle, and what is known of no group."""
        key = (bundle.product_id, 0)
        if key not in self._groups:
            self._groups[key] = Index(map(_topping, topping_items(bundle)))
        return self._groups[key]

    def choices(self, deal: Bundle, group: Group, bundles: Bundles) -> Index:
        """What goes into a slot of a deal."""
        key = (deal.product_id, group.group_id)
        if key not in self._groups:
            self._groups[key] = Index(_choice(item, bundles) for item in group.items)
        return self._groups[key]

    def complete(self) -> None:
        """Make every index now, so that no key waits for one; long menus take seconds."""
        for bundle in self.bundles.values():
            if bundle.is_deal:
                inside = below(bundle, self.bundles)
                for group in bundle.groups:
                    self.choices(bundle, group, inside)
            else:
                self.toppings(bundle)


def quick_menu(
    products: Iterable[Product], bundles: Bundles, *, currency: Currency, half_rule: HalfRule
) -> QuickMenu:
    """The menu of a store: what is sold by itself and can be had there."""
    sold = tuple(p for p in products if p.available and p.product_type is not ProductType.ADD_ON)
    attributes: dict[int, tuple[Attribute, ...]] = {}
    alike: dict[tuple[Attribute, ...], tuple[Attribute, ...]] = {}
    for number, bundle in bundles.items():
        if not bundle.is_deal:
            own = attributes_of(base_variants(bundle))
            attributes[number] = alike.setdefault(own, own)
    for number, bundle in bundles.items():
        if bundle.is_deal:
            attributes[number] = _inside(bundle, bundles, attributes)
    index = Index(
        Named(
            p.product_id,
            p.title,
            tuple({fold(code) for code in (p.sku, p.barcode) if code}),
            attributes[p.product_id] if p.product_id in attributes else attributes_of(p.variants or ()),
        )
        for p in sold
    )
    halves = sum(1 << n for n, p in enumerate(sold) if p.product_id in bundles and bundles[p.product_id].base)
    return QuickMenu(sold, bundles, currency, half_rule, index, halves)


def topping_items(bundle: Bundle) -> tuple[BundleItem, ...]:
    """The items of a bundle's groups but its base, then those of unknown group."""
    placed = (item for group in bundle.groups if not group.is_base for item in group.items)
    return (*placed, *bundle.unplaced)


def topping_forms(item: BundleItem, size: str) -> Forms:
    """The strengths that a topping has at a size."""
    return Forms(((STRENGTH, _strengths(item, size)),))


def base_forms(bundle: Bundle, slot: BundleItem | None = None) -> Forms:
    """The sizes and crusts of a bundle; those that a slot takes."""
    return forms_of(base_variants(bundle, slot))


def choice_forms(item: BundleItem, bundles: Bundles) -> Forms:
    """What a choice of a slot comes in there."""
    inner = bundles.get(item.product_id) if item.is_bundle else None
    if inner is None:
        return forms_of(item.variants)
    return free_forms(_inside(inner, bundles, {})) if inner.is_deal else base_forms(inner, item)


def _inside(deal: Bundle, bundles: Bundles, known: dict[int, tuple[Attribute, ...]]) -> tuple[Attribute, ...]:
    """The sizes and crusts of the bundles that go into a deal, in deals within it too."""
    found: dict[Attribute, None] = {}
    inside: Bundles | None = None
    # Most choices of a slot come in the same sizes; what is seen is kept, so that its id stays its own.
    seen: dict[tuple[int, tuple[str, ...]], tuple[Attribute, ...]] = {}
    for item in (item for group in deal.groups for item in group.items):
        inner = bundles.get(item.product_id) if item.is_bundle else None
        if inner is None or inner is deal:
            continue
        if inner.is_deal:
            inside = inside or below(deal, bundles)
            found |= dict.fromkeys(_inside(inner, inside, known))
        else:
            own = known.get(inner.product_id) or attributes_of(base_variants(inner))
            kind = (id(own), tuple(item.base_prices))
            if kind not in seen:
                seen[kind] = own
                found |= dict.fromkeys(one for one in own if _is_taken(item, one))
    return tuple(found)


def _is_taken(slot: BundleItem, one: Attribute) -> bool:
    """Whether a slot takes a base of this size."""
    if one.name.casefold() != SIZE.casefold() or not slot.base_prices:
        return True
    return one.value.casefold() in {size.casefold() for size in slot.base_prices}


def _choice(item: BundleItem, bundles: Bundles) -> Named:
    forms = choice_forms(item, bundles)
    return Named(item.product_id, item.title, (), tuple(one for _, values in forms.options for one in values))


def _topping(item: BundleItem) -> Named:
    sizes = dict.fromkeys(option(variant, SIZE) for variant in item.variants)
    found = dict.fromkeys(one for size in sizes for one in _strengths(item, size))
    return Named(item.product_id, item.title, (), tuple(found))


def _strengths(item: BundleItem, size: str) -> tuple[Attribute, ...]:
    """The strengths as words ask for them, two letters at least: ``l`` and ``r`` are halves."""
    forms = strengths(item, size)
    expected = usual(item, size)
    at = forms.index(expected) if expected in forms else -1
    extra = _called("extra", forms) or (forms[at + 1] if 0 <= at < len(forms) - 1 else None)
    light = _called("light", forms) or (forms[at - 1] if at > 0 else None)
    short = {extra.variant_id if extra else 0: _EXTRA, light.variant_id if light else 0: _LIGHT}
    return tuple(
        attribute(STRENGTH, value, short.get(form.variant_id, ""), 2)
        for form in forms
        if (value := option(form, STRENGTH))
    )


def _called(name: str, forms: tuple[Variant, ...]) -> Variant | None:
    return next((form for form in forms if fold(option(form, STRENGTH)) == name), None)
