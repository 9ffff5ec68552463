"""What the toppings of a bundle cost by the store's half rule, one amount for each, and free ones at 0.

Used by the local estimate; nothing here knows what a topping is called.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from console.ordering.draft import Portion
from console.ordering.half_rule import HalfRule
from console.ordering.money import ZERO, Currency


@dataclass(frozen=True, slots=True)
class Topping:
    """A topping to be priced: ``each`` is what one unit costs on a whole pizza, ``quantity`` how many.

    ``free_group`` is the group whose free units it may use, ``None`` where its price is included.
    """

    product_id: int
    each: Decimal
    quantity: int = 1
    portion: Portion = Portion.WHOLE
    free_group: int | None = None


def topping_costs(
    toppings: Sequence[Topping], free: dict[int, int], rule: HalfRule, currency: Currency
) -> tuple[Decimal, ...]:
    """What each topping costs, in the currency's digits. ``free`` is each group's number of free units.

    The dearer half and the average are of two whole pizzas, each with free units of its own: a topping on
    the half that does not count costs nothing.
    """
    if all(topping.portion is Portion.WHOLE for topping in toppings):
        rule = HalfRule.FULL
    match rule:
        case HalfRule.FULL:
            return tuple(_whole(toppings, free, currency))
        case HalfRule.HALF:
            return tuple(
                (price if topping.portion is Portion.WHOLE else currency.round(price / 2)) * units
                for topping, price, units in _paid(toppings, free, currency)
            )
        case HalfRule.DEARER:
            left, right = _sides(toppings, free, currency)
            return tuple(left if sum(left, ZERO) >= sum(right, ZERO) else right)
        case HalfRule.AVERAGE:
            return tuple(_average(toppings, *_sides(toppings, free, currency), currency))


def _paid(
    toppings: Sequence[Topping], free: dict[int, int], currency: Currency
) -> Iterator[tuple[Topping, Decimal, int]]:
    """Each with its price in full and how many units of it are paid.

    A group's free units go to what was put on first, once for a product that lies on both halves.
    """
    most: dict[int, int] = {}
    for topping in toppings:
        most[topping.product_id] = max(most.get(topping.product_id, 0), topping.quantity)
    left = dict(free)
    given: dict[tuple[int | None, int], int] = {}
    for topping in toppings:
        group, product_id = topping.free_group, topping.product_id
        key = (group, product_id)
        if group is not None and key not in given:
            given[key] = min(most[product_id], left[group])
            left[group] -= given[key]
        yield topping, currency.round(topping.each), max(0, topping.quantity - given.get(key, 0))


def _whole(toppings: Sequence[Topping], free: dict[int, int], currency: Currency) -> list[Decimal]:
    return [price * units for _, price, units in _paid(toppings, free, currency)]


def _sides(
    toppings: Sequence[Topping], free: dict[int, int], currency: Currency
) -> tuple[list[Decimal], list[Decimal]]:
    return (
        _side(toppings, free, currency, Portion.LEFT),
        _side(toppings, free, currency, Portion.RIGHT),
    )


def _side(
    toppings: Sequence[Topping], free: dict[int, int], currency: Currency, side: Portion
) -> list[Decimal]:
    """What each costs in the whole pizza that one half would be; what is on the other half costs nothing."""
    there = [topping for topping in toppings if topping.portion in (Portion.WHOLE, side)]
    costs = iter(_whole(there, free, currency))
    return [
        next(costs) if topping.portion in (Portion.WHOLE, side) else currency.round(ZERO)
        for topping in toppings
    ]


def _average(
    toppings: Sequence[Topping], left: list[Decimal], right: list[Decimal], currency: Currency
) -> list[Decimal]:
    """Half of both, rounded down but for the last half topping, which takes the rest of the rounded sum."""
    total = currency.round((sum(left, ZERO) + sum(right, ZERO)) / 2)
    step = currency.round(Decimal(0))
    costs = [((a + b) / 2).quantize(step, rounding=ROUND_DOWN) for a, b in zip(left, right, strict=True)]
    last = max(i for i, topping in enumerate(toppings) if topping.portion is not Portion.WHOLE)
    costs[last] += total - sum(costs, ZERO)
    return costs
