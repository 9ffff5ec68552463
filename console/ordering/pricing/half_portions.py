"""Costs of toppings by the store's rule for halves, one amount each; free ones cost 0."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from console.ordering.draft import Portion
from console.ordering.money import ZERO, Currency
from console.ordering.pricing.half_rule import HalfRule


@dataclass(frozen=True, slots=True)
class PricedTopping:
    """A topping to be priced. ``unit_price`` is for one unit on a whole pizza.

    ``free_group`` is the group whose free units it may use, ``None`` if its price is included.
    """

    product_id: int
    unit_price: Decimal
    quantity: int = 1
    portion: Portion = Portion.WHOLE
    free_group: int | None = None


def topping_costs(
    toppings: Sequence[PricedTopping], free_units: dict[int, int], rule: HalfRule, currency: Currency
) -> tuple[Decimal, ...]:
    """The cost of each topping, rounded only where the rule says so. ``free_units`` is by group.

    For the dearer half and the average, each half is priced as a whole pizza with its own free units. A
    topping on the half that does not count costs nothing.
    """
    if all(topping.portion is Portion.WHOLE for topping in toppings):
        rule = HalfRule.FULL
    match rule:
        case HalfRule.FULL:
            return tuple(_full_costs(toppings, free_units))
        case HalfRule.HALF:
            return tuple(
                (price if topping.portion is Portion.WHOLE else currency.round(price / 2)) * units
                for topping, price, units in _paid_units(toppings, free_units)
            )
        case HalfRule.DEARER:
            left, right = _costs_by_half(toppings, free_units)
            return tuple(left if sum(left, ZERO) >= sum(right, ZERO) else right)
        case HalfRule.AVERAGE:
            return tuple(_average_costs(toppings, *_costs_by_half(toppings, free_units), currency))


def _paid_units(
    toppings: Sequence[PricedTopping], free_units: dict[int, int]
) -> Iterator[tuple[PricedTopping, Decimal, int]]:
    """Each topping with its full price and its number of paid units.

    A group's free units go to the first toppings, once for a product that is on both halves.
    """
    max_quantities: dict[int, int] = {}
    for topping in toppings:
        max_quantities[topping.product_id] = max(max_quantities.get(topping.product_id, 0), topping.quantity)
    remaining = dict(free_units)
    free_used: dict[tuple[int | None, int], int] = {}
    for topping in toppings:
        group, product_id = topping.free_group, topping.product_id
        key = (group, product_id)
        if group is not None and key not in free_used:
            free_used[key] = min(max_quantities[product_id], remaining[group])
            remaining[group] -= free_used[key]
        yield topping, topping.unit_price, max(0, topping.quantity - free_used.get(key, 0))


def _full_costs(toppings: Sequence[PricedTopping], free_units: dict[int, int]) -> list[Decimal]:
    return [price * units for _, price, units in _paid_units(toppings, free_units)]


def _costs_by_half(
    toppings: Sequence[PricedTopping], free_units: dict[int, int]
) -> tuple[list[Decimal], list[Decimal]]:
    return (
        _costs_of_half(toppings, free_units, Portion.LEFT),
        _costs_of_half(toppings, free_units, Portion.RIGHT),
    )


def _costs_of_half(
    toppings: Sequence[PricedTopping], free_units: dict[int, int], side: Portion
) -> list[Decimal]:
    """The cost of each topping if this half were a whole pizza; zero for those on the other half."""
    toppings_on_half = [topping for topping in toppings if topping.portion in (Portion.WHOLE, side)]
    costs = iter(_full_costs(toppings_on_half, free_units))
    return [next(costs) if topping.portion in (Portion.WHOLE, side) else ZERO for topping in toppings]


def _average_costs(
    toppings: Sequence[PricedTopping], left: list[Decimal], right: list[Decimal], currency: Currency
) -> list[Decimal]:
    """The mean of both halves, rounded down; the last half topping takes the rest of the rounded sum."""
    total = currency.round((sum(left, ZERO) + sum(right, ZERO)) / 2)
    step = currency.round(Decimal(0))
    costs = [((a + b) / 2).quantize(step, rounding=ROUND_DOWN) for a, b in zip(left, right, strict=True)]
    last = max(i for i, topping in enumerate(toppings) if topping.portion is not Portion.WHOLE)
    costs[last] += total - sum(costs, ZERO)
    return costs
