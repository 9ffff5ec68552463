"""Prices of toppings on a pizza: the free ones, and those on one half.

The merchant's rule for halves is one of four, as vendors differ.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from console.sandbox.menu.menu import ZERO, MenuGroup

WHOLE = "W"
LEFT = "L"
RIGHT = "R"


class SandboxHalfRule(StrEnum):
    """Price rule for a topping on one half of a pizza."""

    HALF = "half"
    """Half of the topping's price, rounded half up to the currency's digits."""
    DEARER = "dearer"
    """The price of a whole pizza like the dearer half: toppings on the other half are free."""
    AVERAGE = "average"
    """The average of two whole pizzas like each half, rounded half up once."""
    FULL = "full"
    """The same price as on the whole."""


@dataclass(frozen=True, slots=True)
class PortionedTopping:
    """A topping with its portion. ``price`` is its price on a whole pizza.

    ``is_charged`` is true if it has no included price, so that it may be one of its group's free ones.
    """

    product_id: int
    portion: str
    quantity: int
    price: Decimal
    group: MenuGroup
    is_charged: bool


def topping_prices(
    toppings: Sequence[PortionedTopping], rule: SandboxHalfRule, digits: int
) -> tuple[Decimal, ...]:
    """Return the price of one unit of each topping, in the order given."""
    match rule:
        case SandboxHalfRule.FULL:
            return _prices_after_free(toppings)
        case SandboxHalfRule.HALF:
            return tuple(
                price if topping.portion == WHOLE else round_amount(price / 2, digits)
                for topping, price in zip(toppings, _prices_after_free(toppings), strict=True)
            )
        case SandboxHalfRule.DEARER:
            return max(
                _prices_of_half(toppings, LEFT),
                _prices_of_half(toppings, RIGHT),
                key=lambda s: _total(toppings, s),
            )
        case SandboxHalfRule.AVERAGE:
            return _averaged_prices(toppings, digits)


def count_by_product(toppings: Sequence[tuple[int, int]]) -> Counter[int]:
    """Count each product on a pizza, from products and quantities: its two halves count as one."""
    counts: Counter[int] = Counter()
    for product_id, quantity in toppings:
        counts[product_id] = max(counts[product_id], quantity)
    return counts


def round_amount(amount: Decimal, digits: int) -> Decimal:
    """Round an amount half up to the currency's digits."""
    return amount.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def _prices_after_free(toppings: Sequence[PortionedTopping]) -> tuple[Decimal, ...]:
    """Return the prices of toppings; the first ones of a group with free toppings cost nothing."""
    counts = count_by_product([(topping.product_id, topping.quantity) for topping in toppings])
    free_left = {topping.group.group_id: topping.group.free_count for topping in toppings}
    paid: dict[int, bool] = {}
    for topping in toppings:
        product_id, group_id = topping.product_id, topping.group.group_id
        if product_id not in paid:
            paid[product_id] = not topping.is_charged or counts[product_id] > free_left[group_id]
            if not paid[product_id]:
                free_left[group_id] -= counts[product_id]
    return tuple(topping.price if paid[topping.product_id] else ZERO for topping in toppings)


def _prices_of_half(toppings: Sequence[PortionedTopping], half: str) -> tuple[Decimal, ...]:
    """Return the prices if the whole pizza were like one half: toppings on the other half cost nothing."""
    prices = iter(_prices_after_free([topping for topping in toppings if topping.portion in (WHOLE, half)]))
    return tuple(next(prices) if topping.portion in (WHOLE, half) else ZERO for topping in toppings)


def _averaged_prices(toppings: Sequence[PortionedTopping], digits: int) -> tuple[Decimal, ...]:
    left, right = _prices_of_half(toppings, LEFT), _prices_of_half(toppings, RIGHT)
    shares = [
        round_amount((left_price + right_price) / 2, digits)
        for left_price, right_price in zip(left, right, strict=True)
    ]
    halves = [index for index, topping in enumerate(toppings) if topping.portion != WHOLE]
    if halves:
        # Each share was rounded: the last half that costs something takes the difference to the whole.
        last = next((place for place in reversed(halves) if shares[place]), halves[-1])
        whole = round_amount((_total(toppings, left) + _total(toppings, right)) / 2, digits)
        rest = whole - _total(toppings, shares)
        shares[last] += round_amount(rest / toppings[last].quantity, digits)
    return tuple(shares)


def _total(toppings: Sequence[PortionedTopping], prices: Sequence[Decimal]) -> Decimal:
    pairs = zip(toppings, prices, strict=True)
    return sum((price * topping.quantity for topping, price in pairs), ZERO)
