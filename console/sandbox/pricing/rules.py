"""Prices of configured products: rules over the menu's data, and nothing else.

Shares no code with the console's estimate, so that each checks the other.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from console.sandbox.menu.configured_part import ConfiguredPart
from console.sandbox.menu.half_rule import PortionedTopping, SandboxHalfRule, topping_prices
from console.sandbox.menu.menu import (
    SIZE,
    ZERO,
    Menu,
    MenuBundle,
    MenuDealSlot,
    MenuProductKind,
    MenuVariant,
    regular_strength_variant,
)
from console.sandbox.pricing.price_book import PriceBook


@dataclass(frozen=True, slots=True)
class PricingRules:
    """The merchant's rules, and the current prices."""

    digits: int = 3
    half_rule: SandboxHalfRule = SandboxHalfRule.HALF
    prices: PriceBook = field(default_factory=PriceBook)


@dataclass(frozen=True, slots=True)
class PricedPart:
    """A part with the price of one unit, without its own parts.

    ``is_default``: it is in the menu's default configuration, ``is_primary``: it is the base of a pizza.
    """

    part: ConfiguredPart
    price: Decimal
    list_price: Decimal
    is_default: bool = False
    is_primary: bool = False
    parts: tuple["PricedPart", ...] = ()

    @property
    def unit_price(self) -> Decimal:
        """The price of one unit with all of its parts."""
        return self.price + sum((part.unit_price * part.part.quantity for part in self.parts), ZERO)


def price_part(menu: Menu, part: ConfiguredPart, rules: PricingRules) -> PricedPart:
    """Price a line's configuration, which must fit the menu."""
    product = menu.products[part.product_id]
    match product.kind:
        case MenuProductKind.BUNDLE:
            return _price_pizza(menu, part, rules, slot=None)
        case MenuProductKind.DEAL:
            return _price_deal(menu, part, rules)
        case _:
            return _price_product(menu, part, rules)


def _price_product(menu: Menu, part: ConfiguredPart, rules: PricingRules) -> PricedPart:
    product = menu.products[part.product_id]
    variant = product.variant(part.variant_id)
    return PricedPart(
        part,
        price=rules.prices.price(product, variant),
        list_price=rules.prices.list_price(product, variant),
    )


def _price_deal(menu: Menu, part: ConfiguredPart, rules: PricingRules) -> PricedPart:
    deal, product = menu.deals[part.product_id], menu.products[part.product_id]
    slots = {slot.group_id: slot for slot in deal.slots}
    deal_price = rules.prices.overrides.get(
        part.product_id, max(deal.price + rules.prices.price_shift(product), ZERO)
    )
    priced = PricedPart(
        part,
        price=deal_price,
        list_price=product.list_price,
        parts=tuple(_price_choice(menu, child, rules, slots[child.group_id]) for child in part.parts),
    )
    # The deal itself takes the difference to the minimum, so that its parts still sum to its price.
    return replace(priced, price=deal_price + max(deal.minimum_price - priced.unit_price, ZERO))


def _price_choice(menu: Menu, part: ConfiguredPart, rules: PricingRules, slot: MenuDealSlot) -> PricedPart:
    if menu.products[part.product_id].kind is MenuProductKind.BUNDLE:
        return _price_pizza(menu, part, rules, slot=slot)
    plain = _price_product(menu, part, rules)
    return PricedPart(
        part,
        price=slot.extra_prices.get(part.product_id, ZERO),
        list_price=plain.list_price,
        is_default=any(product_id == part.product_id for product_id, _ in slot.default),
    )


def _price_pizza(
    menu: Menu, part: ConfiguredPart, rules: PricingRules, *, slot: MenuDealSlot | None
) -> PricedPart:
    """Price a pizza as the sum of its parts; in a deal, the slot has the price of its base by size."""
    bundle = menu.bundles[part.product_id]
    toppings = [
        _portioned_topping(menu, child, rules, bundle)
        for child in part.parts
        if child.product_id != bundle.base_id
    ]
    prices = iter(topping_prices(toppings, rules.half_rule, rules.digits))
    parts = tuple(
        _price_base(menu, child, rules, pizza_id=part.product_id, slot=slot)
        if child.product_id == bundle.base_id
        else _priced_topping(menu, child, bundle, price=next(prices))
        for child in part.parts
    )
    list_price = menu.products[part.product_id].list_price if slot is None else ZERO
    return PricedPart(part, price=ZERO, list_price=list_price, parts=parts)


def _price_base(
    menu: Menu, part: ConfiguredPart, rules: PricingRules, *, pizza_id: int, slot: MenuDealSlot | None
) -> PricedPart:
    product, variant = menu.products[part.product_id], _variant(menu, part)
    if slot is None:
        base_price = rules.prices.price(product, variant) + rules.prices.price_shift(menu.products[pizza_id])
        amount = rules.prices.overrides.get(pizza_id, max(base_price, ZERO))
    else:
        amount = slot.base_prices[variant.option(SIZE)]
    return PricedPart(part, price=amount, list_price=variant.list_price, is_default=True, is_primary=True)


def _portioned_topping(
    menu: Menu, part: ConfiguredPart, rules: PricingRules, bundle: MenuBundle
) -> PortionedTopping:
    """Price a topping of regular strength as the pizza includes it, or at its own price.

    A stronger one adds the difference; a lighter one gets nothing back.
    """
    product, item = menu.products[part.product_id], bundle.items[part.product_id]
    variant = _variant(menu, part)
    amount = rules.prices.price(product, variant)
    if item.included_price is not None:
        regular = regular_strength_variant(product, variant.option(SIZE))
        surcharge = amount - rules.prices.price(product, regular)
        amount = item.included_price + max(surcharge, ZERO)
    return PortionedTopping(
        product_id=part.product_id,
        portion=part.portion,
        quantity=part.quantity,
        price=amount,
        group=bundle.groups[item.group_id],
        is_charged=item.included_price is None,
    )


def _priced_topping(menu: Menu, part: ConfiguredPart, bundle: MenuBundle, *, price: Decimal) -> PricedPart:
    listed = _variant(menu, part).list_price
    return PricedPart(
        part, price=price, list_price=listed, is_default=bundle.items[part.product_id].is_default
    )


def _variant(menu: Menu, part: ConfiguredPart) -> MenuVariant:
    variant = menu.products[part.product_id].variant(part.variant_id)
    if variant is None:
        raise KeyError(part.variant_id)
    return variant
