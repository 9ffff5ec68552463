"""What a configured product costs: rules over the menu's data, and nothing else.

Used by the carts for every echo. Shares no code with the console's estimate, so that each checks the other.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from console.sandbox.menu.menu import (
    SIZE,
    STRENGTH,
    USUAL_STRENGTH,
    ZERO,
    Bundle,
    Kind,
    Menu,
    Product,
    Slot,
    Variant,
)
from console.sandbox.pricing.half_rules import WHOLE, HalfRule, Topping, costs
from console.sandbox.pricing.price_book import PriceBook


@dataclass(frozen=True, slots=True)
class Rules:
    """The merchant's rules, and the prices in force."""

    digits: int = 3
    half_rule: HalfRule = HalfRule.HALF
    prices: PriceBook = field(default_factory=PriceBook)


@dataclass(frozen=True, slots=True)
class Part:
    """A configured product: a line of a cart, or a part of one.

    ``quantity`` is for one unit of what it is a part of.
    """

    product_id: int
    variant_id: int = 0
    quantity: int = 1
    portion: str = WHOLE
    group_id: int = 0
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True)
class Priced:
    """A part with what one of it costs, without its own parts.

    ``default`` says it belongs to the menu's own composition, ``primary`` that it is the base of a pizza.
    """

    part: Part
    price: Decimal
    list_price: Decimal
    default: bool = False
    primary: bool = False
    parts: tuple["Priced", ...] = ()

    @property
    def unit_price(self) -> Decimal:
        """What one of it costs with all of its parts."""
        return self.price + sum((part.unit_price * part.part.quantity for part in self.parts), ZERO)


def price(menu: Menu, part: Part, rules: Rules) -> Priced:
    """Price a line's configuration, which must fit the menu."""
    product = menu.products[part.product_id]
    match product.kind:
        case Kind.BUNDLE:
            return _pizza(menu, part, rules, slot=None)
        case Kind.DEAL:
            return _deal(menu, part, rules)
        case _:
            return _plain(menu, part, rules)


def _plain(menu: Menu, part: Part, rules: Rules) -> Priced:
    product = menu.products[part.product_id]
    variant = product.variant(part.variant_id)
    return Priced(
        part,
        price=rules.prices.price(product, variant),
        list_price=rules.prices.list_price(product, variant),
    )


def _deal(menu: Menu, part: Part, rules: Rules) -> Priced:
    deal, product = menu.deals[part.product_id], menu.products[part.product_id]
    slots = {slot.group_id: slot for slot in deal.slots}
    own = rules.prices.switched.get(part.product_id, max(deal.price + rules.prices.shift(product), ZERO))
    priced = Priced(
        part,
        price=own,
        list_price=product.list_price,
        parts=tuple(_in_slot(menu, child, rules, slots[child.group_id]) for child in part.parts),
    )
    # What a deal lacks to its floor is the deal's own, so that its parts still sum to it.
    return replace(priced, price=own + max(deal.floor - priced.unit_price, ZERO))


def _in_slot(menu: Menu, part: Part, rules: Rules, slot: Slot) -> Priced:
    if menu.products[part.product_id].kind is Kind.BUNDLE:
        return _pizza(menu, part, rules, slot=slot)
    plain = _plain(menu, part, rules)
    return Priced(
        part,
        price=slot.extra.get(part.product_id, ZERO),
        list_price=plain.list_price,
        default=any(product_id == part.product_id for product_id, _ in slot.default),
    )


def _pizza(menu: Menu, part: Part, rules: Rules, *, slot: Slot | None) -> Priced:
    """A pizza costs what its parts cost; in a deal, its base costs what the slot says for its size."""
    bundle = menu.bundles[part.product_id]
    lying = [_lying(menu, child, rules, bundle) for child in part.parts if child.product_id != bundle.base_id]
    prices = iter(costs(lying, rules.half_rule, rules.digits))
    parts = tuple(
        _base(menu, child, rules, pizza_id=part.product_id, slot=slot)
        if child.product_id == bundle.base_id
        else _topping(menu, child, bundle, price=next(prices))
        for child in part.parts
    )
    list_price = menu.products[part.product_id].list_price if slot is None else ZERO
    return Priced(part, price=ZERO, list_price=list_price, parts=parts)


def _base(menu: Menu, part: Part, rules: Rules, *, pizza_id: int, slot: Slot | None) -> Priced:
    product, variant = menu.products[part.product_id], _variant(menu, part)
    if slot is None:
        usual = rules.prices.price(product, variant) + rules.prices.shift(menu.products[pizza_id])
        amount = rules.prices.switched.get(pizza_id, max(usual, ZERO))
    else:
        amount = slot.prices[variant.option(SIZE)]
    return Priced(part, price=amount, list_price=variant.list_price, default=True, primary=True)


def _lying(menu: Menu, part: Part, rules: Rules, bundle: Bundle) -> Topping:
    """A topping of the usual strength costs what the pizza includes it at, else its own price.

    A stronger one costs the difference on top; a lighter one gives nothing back.
    """
    product, item = menu.products[part.product_id], bundle.items[part.product_id]
    variant = _variant(menu, part)
    amount = rules.prices.price(product, variant)
    if item.included is not None:
        usual = usual_variant(product, variant.option(SIZE))
        more = amount - rules.prices.price(product, usual)
        amount = item.included + max(more, ZERO)
    return Topping(
        product_id=part.product_id,
        portion=part.portion,
        quantity=part.quantity,
        price=amount,
        group=bundle.groups[item.group_id],
        charged=item.included is None,
    )


def _topping(menu: Menu, part: Part, bundle: Bundle, *, price: Decimal) -> Priced:
    listed = _variant(menu, part).list_price
    return Priced(part, price=price, list_price=listed, default=bundle.items[part.product_id].default)


def _variant(menu: Menu, part: Part) -> Variant:
    variant = menu.products[part.product_id].variant(part.variant_id)
    if variant is None:
        raise KeyError(part.variant_id)
    return variant


def usual_variant(topping: Product, size: str) -> Variant:
    """The variant of a topping in the usual strength for this size of pizza.

    Raises:
        KeyError: the topping does not come in this size.
    """
    for variant in topping.variants:
        if variant.option(SIZE) == size and variant.option(STRENGTH) == USUAL_STRENGTH:
            return variant
    raise KeyError(size)
