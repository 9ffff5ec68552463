"""The menu for the one-line order: its products and groups, indexed by their words.

The indexes of groups are made when first needed, or all at once with ``build_indexes``.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import repeat

from console.ordering.catalogue import Product, ProductType, Variant
from console.ordering.configuration import default_variant, strength_variants
from console.ordering.configuration.base import base_variants
from console.ordering.configuration.bundle import (
    SIZE,
    STRENGTH,
    Bundle,
    BundleGroup,
    BundleItem,
    Bundles,
    option_value,
)
from console.ordering.configuration.defaults import bundles_without
from console.ordering.money import Currency
from console.ordering.pricing.half_rule import HalfRule
from console.ordering.quick_order.lexer import fold, split_words
from console.ordering.quick_order.name_index import IndexEntry, NameIndex, OptionTerm, option_term
from console.ordering.quick_order.variant_options import (
    VariantOptions,
    free_variant_options,
    option_terms_of,
    variant_options_of,
)

_EXTRA, _LIGHT = ("x", "extra", "more"), ("lt", "light", "less")
"""Words for the strength above the default one and for the one below it."""
_KINDS_OF_TYPE = {ProductType.DEAL: ("deal", "deals", "combo", "meal", "offer")}
_PIZZA = ("pizza", "pizzas")
_NO_KIND = {"and", "the", "for"}
_FOODS = {
    "cheese": (
        "moz", "cheddar", "feta", "parmesan", "halloumi", "akkawi", "gouda", "provolone", "emmental",
        "ricotta", "gorgonzola", "kasar", "kashkaval",
    ),
}  # fmt: skip
"""Beginnings of titles of toppings that are called by what they are: ``extra cheese``."""
MIN_INITIALS = 4
"""Letters of the initials by which a deal is found: ``bogo`` for Buy One Get One Free."""


@dataclass(frozen=True, slots=True)
class QuickMenu:
    """The products of a store, the bundles whose parts are known, and how they are priced.

    ``index`` has the products in their order, ``half_mask`` the positions of those that can be one half.
    """

    products: tuple[Product, ...]
    bundles: Bundles
    currency: Currency
    half_rule: HalfRule
    index: NameIndex = field(compare=False, repr=False)
    half_mask: int = field(compare=False, repr=False)
    _indexes: dict[tuple[int, int], NameIndex] = field(
        default_factory=dict[tuple[int, int], NameIndex], compare=False, repr=False
    )

    def product(self, product_id: int) -> Product | None:
        """The product with this id."""
        return next((product for product in self.products if product.product_id == product_id), None)

    def variant_options(self, position: int) -> VariantOptions:
        """The options of the product at this position of the index."""
        product = self.products[position]
        bundle = self.bundles.get(product.product_id)
        if bundle is None:
            return variant_options_of(product.variants or ())
        return (
            free_variant_options(self.index.entries[position].option_terms)
            if bundle.is_deal
            else base_options(bundle)
        )

    def topping_index(self, bundle: Bundle) -> NameIndex:
        """The toppings of a bundle, with those of unknown group."""
        key = (bundle.product_id, 0)
        if key not in self._indexes:
            self._indexes[key] = NameIndex(map(_topping_entry, topping_items(bundle)))
        return self._indexes[key]

    def choice_index(self, deal: Bundle, group: BundleGroup, bundles: Bundles) -> NameIndex:
        """The choices of a slot."""
        key = (deal.product_id, group.group_id)
        if key not in self._indexes:
            self._indexes[key] = NameIndex(_choice_entry(item, bundles) for item in group.items)
        return self._indexes[key]

    def build_indexes(self) -> None:
        """Make every index now, so that no key waits for one; a long menu takes seconds."""
        for bundle in self.bundles.values():
            if bundle.is_deal:
                inside = bundles_without(bundle, self.bundles)
                for group in bundle.groups:
                    self.choice_index(bundle, group, inside)
            else:
                self.topping_index(bundle)


def build_quick_menu(
    products: Iterable[Product], bundles: Bundles, *, currency: Currency, half_rule: HalfRule
) -> QuickMenu:
    """Index the menu of a store: what is sold by itself and available there."""
    sold = tuple(p for p in products if p.available and p.product_type is not ProductType.ADD_ON)
    attributes: dict[int, tuple[OptionTerm, ...]] = {}
    unique: dict[tuple[OptionTerm, ...], tuple[OptionTerm, ...]] = {}
    for number, bundle in bundles.items():
        if not bundle.is_deal:
            own = option_terms_of(base_variants(bundle))
            attributes[number] = unique.setdefault(own, own)
    for number, bundle in bundles.items():
        if bundle.is_deal:
            attributes[number] = _deal_option_terms(bundle, bundles, attributes)
    words = {word for p in sold for word in split_words(p.title)}
    index = NameIndex(
        IndexEntry(
            p.product_id,
            p.title,
            tuple({fold(code) for code in (p.sku, p.barcode) if code} | _initials(p, words)),
            attributes[p.product_id] if p.product_id in attributes else option_terms_of(p.variants or ()),
            _kinds(p, bundles),
        )
        for p in sold
    )
    halves = sum(1 << n for n, p in enumerate(sold) if p.product_id in bundles and bundles[p.product_id].base)
    return QuickMenu(sold, bundles, currency, half_rule, index, halves)


def _kinds(product: Product, bundles: Bundles) -> tuple[str, ...]:
    """The words of its category, in the singular too, and of its type."""
    words = [word for word in split_words(product.category) if len(word) > 2 and word not in _NO_KIND]
    bundle = bundles.get(product.product_id)
    is_pizza = bundle is not None and bundle.base is not None
    kinds = (
        *words,
        *(word.removesuffix("s") for word in words),
        *_KINDS_OF_TYPE.get(product.product_type, ()),
    )
    return tuple(dict.fromkeys((*kinds, *(_PIZZA if is_pizza else ()))))


def _initials(product: Product, words: set[str]) -> set[str]:
    """The initials of a deal's long title and their beginnings, but for what begins a word of the menu."""
    if product.product_type is not ProductType.DEAL:
        return set()
    initials = "".join(word[0] for word in split_words(product.title))
    found = (initials[:size] for size in range(MIN_INITIALS, len(initials) + 1))
    return {one for one in found if not any(word.startswith(one) for word in words)}


def topping_items(bundle: Bundle) -> tuple[BundleItem, ...]:
    """The items of a bundle's groups without the base, then those of unknown group."""
    placed = (item for group in bundle.groups if not group.is_base for item in group.items)
    return (*placed, *bundle.unplaced)


def topping_options(item: BundleItem, size: str) -> VariantOptions:
    """The strengths of a topping at a size."""
    return VariantOptions(((STRENGTH, _strength_terms(item, size)),))


def base_options(bundle: Bundle, deal_slot: BundleItem | None = None) -> VariantOptions:
    """The sizes and crusts of a bundle that a slot takes."""
    return variant_options_of(base_variants(bundle, deal_slot))


def choice_options(item: BundleItem, bundles: Bundles) -> VariantOptions:
    """The options of a choice in its slot."""
    inner = bundles.get(item.product_id) if item.is_bundle else None
    if inner is None:
        return variant_options_of(item.variants)
    return (
        free_variant_options(_deal_option_terms(inner, bundles, {}))
        if inner.is_deal
        else base_options(inner, item)
    )


def _deal_option_terms(
    deal: Bundle, bundles: Bundles, known: dict[int, tuple[OptionTerm, ...]]
) -> tuple[OptionTerm, ...]:
    """The sizes and crusts of the bundles in a deal, and in deals inside it."""
    found: dict[OptionTerm, None] = {}
    inner_bundles: Bundles | None = None
    # Most choices of a slot share their sizes. Holding them in ``seen`` keeps their ids unique.
    seen: dict[tuple[int, tuple[str, ...]], tuple[OptionTerm, ...]] = {}
    for item in (item for group in deal.groups for item in group.items):
        inner = bundles.get(item.product_id) if item.is_bundle else None
        if inner is None or inner is deal:
            continue
        if inner.is_deal:
            inner_bundles = inner_bundles or bundles_without(deal, bundles)
            found |= dict.fromkeys(_deal_option_terms(inner, inner_bundles, known))
        else:
            own = known.get(inner.product_id) or option_terms_of(base_variants(inner))
            kind = (id(own), tuple(item.base_prices))
            if kind not in seen:
                seen[kind] = own
                found |= dict.fromkeys(one for one in own if _slot_allows(item, one))
    return tuple(found)


def _slot_allows(deal_slot: BundleItem, term: OptionTerm) -> bool:
    """Return True if a slot takes a base of this size."""
    if term.name.casefold() != SIZE.casefold() or not deal_slot.base_prices:
        return True
    return term.value.casefold() in {size.casefold() for size in deal_slot.base_prices}


def _choice_entry(item: BundleItem, bundles: Bundles) -> IndexEntry:
    options = choice_options(item, bundles)
    return IndexEntry(
        item.product_id, item.title, (), tuple(one for _, values in options.options for one in values)
    )


def _topping_entry(item: BundleItem) -> IndexEntry:
    sizes = dict.fromkeys(option_value(variant, SIZE) for variant in item.variants)
    found = dict.fromkeys(one for size in sizes for one in _strength_terms(item, size))
    words = split_words(item.title)
    kinds = (food for food, names in _FOODS.items() if any(map(str.startswith, words, repeat(names))))
    return IndexEntry(item.product_id, item.title, (), tuple(found), tuple(kinds))


def _strength_terms(item: BundleItem, size: str) -> tuple[OptionTerm, ...]:
    """The strengths as words ask for them, of two letters at least: ``l`` and ``r`` are halves."""
    variants = strength_variants(item, size)
    expected = default_variant(item, size)
    index = variants.index(expected) if expected in variants else -1
    extra = _strength_named("extra", variants) or (
        variants[index + 1] if 0 <= index < len(variants) - 1 else None
    )
    light = _strength_named("light", variants) or (variants[index - 1] if index > 0 else None)
    short = {extra.variant_id if extra else 0: _EXTRA, light.variant_id if light else 0: _LIGHT}
    return tuple(
        option_term(STRENGTH, value, short.get(variant.variant_id, ()), 2)
        for variant in variants
        if (value := option_value(variant, STRENGTH))
    )


def _strength_named(name: str, variants: tuple[Variant, ...]) -> Variant | None:
    return next((variant for variant in variants if fold(option_value(variant, STRENGTH)) == name), None)
