"""The estimate, one rule a test: surcharges in a deal, bundles inside bundles, unknown parts, free units."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.catalogue import Option, ProductType, Variant
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem, Bundles
from console.ordering.draft import Component, Draft, Portion
from console.ordering.money import Currency
from console.ordering.pricing.estimate import estimate_bundle, estimate_draft
from console.ordering.pricing.half_portions import PricedTopping, topping_costs
from console.ordering.pricing.half_rule import HalfRule

KWD = Currency("KWD")
LEFT, RIGHT, WHOLE = Portion.LEFT, Portion.RIGHT, Portion.WHOLE
DIP = BundleItem(91, "Dip", price=Decimal("0.200"))
SIDE = Bundle(
    90,
    "Wings",
    (BundleGroup(1, "Dips", (DIP, replace(DIP, product_id=92, title="Salsa"))),),
    price=Decimal("1.000"),
)


def estimated(
    bundle: Bundle, *components: Component, bundles: Bundles | None = None, slot: BundleItem | None = None
) -> list[tuple[str, str]]:
    estimate = estimate_bundle(
        bundle, components, bundles=bundles or {}, currency=KWD, half_rule=HalfRule.HALF, deal_slot=slot
    )
    return [(line.label, str(line.amount)) for line in estimate.lines]


def deal(*items: BundleItem, price: str = "2.000", floor: str = "0") -> Bundle:
    return Bundle(
        9,
        "Deal",
        (BundleGroup(5, "Slot", items),),
        ProductType.DEAL,
        price=Decimal(price),
        floor=Decimal(floor),
    )


# Deals


def test_surcharge_of_a_bundle_in_a_deal_is_charged_beside_its_parts() -> None:
    wings = BundleItem(90, "Wings", is_bundle=True, extra=Decimal("0.500"))
    assert estimated(
        deal(wings), Component(90, group_id=5, components=(Component(91),)), bundles={90: SIDE}
    ) == [
        ("Deal", "2.000"),
        ("1: Wings", "0.500"),
        ("1: Wings", "1.000"),
        ("1: Dip", "0.200"),
    ]


def test_bundle_without_a_surcharge_has_no_line_of_its_own() -> None:
    wings = BundleItem(90, "Wings", is_bundle=True)
    assert estimated(
        deal(wings), Component(90, group_id=5, components=(Component(91),)), bundles={90: SIDE}
    ) == [
        ("Deal", "2.000"),
        ("1: Wings", "1.000"),
        ("1: Dip", "0.200"),
    ]


def test_product_in_a_deal_has_a_line_even_if_it_costs_nothing() -> None:
    form = Variant(7, 80, "", (Option("Size", "Can"),), Decimal(1), Decimal(1))
    cola = BundleItem(80, "Cola", (form,))
    assert estimated(deal(cola), Component(80, 7, group_id=5), Component(80, group_id=5)) == [
        ("Deal", "2.000"),
        ("1: Cola Can", "0.000"),
        ("2: Cola", "0.000"),
    ]


def test_bundle_of_unknown_groups_costs_its_surcharge() -> None:
    wings = BundleItem(90, "Wings", is_bundle=True, extra=Decimal("0.500"))
    assert estimated(deal(wings), Component(90, group_id=5)) == [("Deal", "2.000"), ("1: Wings", "0.500")]


def test_part_of_a_deal_is_charged_by_its_quantity() -> None:
    cola = BundleItem(80, "Cola", extra=Decimal("0.150"))
    assert estimated(deal(cola), Component(80, quantity=3, group_id=5)) == [
        ("Deal", "2.000"),
        ("1: Cola", "0.450"),
    ]


def test_part_that_the_deal_does_not_know_costs_nothing() -> None:
    cola = BundleItem(80, "Cola", extra=Decimal("0.150"))
    assert estimated(deal(cola), Component(999), Component(80, group_id=5)) == [
        ("Deal", "2.000"),
        ("2: Cola", "0.150"),
    ]


def test_floor_is_reached_and_an_equal_sum_is_left_alone() -> None:
    cola = BundleItem(80, "Cola")
    chosen = Component(80, group_id=5)
    assert estimated(deal(cola, floor="2.500"), chosen)[-1] == ("Deal, up to its lowest price", "0.500")
    assert estimated(deal(cola, floor="2.000"), chosen)[-1] == ("1: Cola", "0.000")


# Bundles inside a bundle


def test_bundle_inside_a_bundle_costs_its_price_and_parts() -> None:
    box = Bundle(
        9,
        "Box",
        (
            BundleGroup(
                5,
                "Inside",
                (BundleItem(90, "Wings", is_bundle=True), BundleItem(93, "Bread", price=Decimal(1))),
            ),
        ),
        price=Decimal("3.000"),
    )
    inside = Component(90, quantity=2, group_id=5, components=(Component(91), Component(92)))
    assert estimated(box, inside, Component(93, group_id=5), bundles={90: SIDE}) == [
        ("Box", "3.000"),
        ("Bread", "1.000"),
        ("Wings", "2.000"),
        ("Dip", "0.400"),
        ("Salsa", "0.400"),
    ]


def test_part_that_a_bundle_does_not_know_costs_nothing() -> None:
    assert estimated(SIDE, Component(999), Component(91)) == [("Wings", "1.000"), ("Dip", "0.200")]


# Bases


BASES = tuple(
    Variant(number, 10, "", (Option("Size", size), Option("Crust", "Pan")), Decimal(price), Decimal(price))
    for number, (size, price) in enumerate([("Small", "1.000"), ("Large", "2.000")], 1)
)
PIZZA = Bundle(
    20,
    "Pizza",
    (BundleGroup(1, "Base", (BundleItem(10, "Base", BASES),), is_base=True),),
    floor=Decimal("1.500"),
)


def test_base_costs_its_variant_or_what_the_slot_says_of_its_size() -> None:
    slot = BundleItem(20, "Pizza", base_prices={"SMALL": Decimal("0.500")}, is_bundle=True)
    free_slot = BundleItem(20, "Pizza", is_bundle=True)
    large, small = Component(10, 2), Component(10, 1)
    assert estimated(PIZZA, large) == [("Large Pan Pizza", "2.000")]
    assert estimated(PIZZA, small, slot=slot) == [("Small Pan Pizza", "0.500")]
    assert estimated(PIZZA, large, slot=slot) == [("Large Pan Pizza", "2.000")]
    lowest = ("Pizza, up to its lowest price", "0.500")
    assert (
        estimated(PIZZA, small)
        == estimated(PIZZA, small, slot=free_slot)
        == [("Small Pan Pizza", "1.000"), lowest]
    )


def test_bundle_with_a_price_of_its_own_and_a_base_has_both() -> None:
    dear = replace(PIZZA, price=Decimal("0.750"))
    assert estimated(dear, Component(10, 2)) == [("Pizza", "0.750"), ("Large Pan Pizza", "2.000")]
    assert estimated(replace(PIZZA, floor=Decimal(0))) == [("Pizza", "0.000")]


def test_estimate_of_a_draft_is_in_its_currency() -> None:
    assert estimate_draft(Draft(), KWD).currency == KWD


# Toppings


def test_included_topping_costs_what_its_variant_costs_above_the_default() -> None:
    forms = tuple(
        Variant(number, 30, "", (Option("Strength", name),), Decimal(price), Decimal(price))
        for number, (name, price) in enumerate(
            [("Light", "0.100"), ("Regular", "0.300"), ("Extra", "0.600")], 1
        )
    )
    cheese = BundleItem(30, "Cheese", forms, quantity=1, variant_id=2, included=Decimal("0.050"))
    bundle = Bundle(9, "Bread", (BundleGroup(1, "Toppings", (cheese,), free=1),))
    costs = [estimated(bundle, Component(30, number))[-1] for number in (1, 2, 3)]
    assert costs == [("light Cheese", "0.050"), ("Cheese", "0.050"), ("extra Cheese", "0.350")]


def test_included_topping_without_variants_costs_what_is_included() -> None:
    cheese = BundleItem(30, "Cheese", quantity=1, price=Decimal("0.300"), included=Decimal("0.050"))
    assert estimated(Bundle(9, "Bread", (BundleGroup(1, "Toppings", (cheese,)),)), Component(30))[-1] == (
        "Cheese",
        "0.050",
    )


def topping(
    product_id: int, price: str, portion: Portion = WHOLE, quantity: int = 1, group: int | None = 1
) -> PricedTopping:
    return PricedTopping(product_id, Decimal(price), quantity, portion, group)


def costs(
    *toppings: PricedTopping, free: int = 0, rule: HalfRule = HalfRule.FULL, other_free: int = 0
) -> list[str]:
    """The exact costs, without trailing zeros."""
    exact = topping_costs(toppings, {1: free, 2: other_free}, rule, KWD)
    return [f"{cost.normalize():f}" for cost in exact]


def test_free_units_go_to_the_first_toppings_of_their_group() -> None:
    assert costs(topping(1, "0.3"), topping(2, "0.4"), topping(3, "0.5", group=2), free=1) == [
        "0",
        "0.4",
        "0.5",
    ]


def test_free_units_are_used_up_unit_by_unit() -> None:
    assert costs(topping(1, "0.3", quantity=3), topping(2, "0.4"), free=2) == ["0.3", "0.4"]
    assert costs(topping(1, "0.3", quantity=2), topping(2, "0.4", quantity=2), free=3) == ["0", "0.4"]


def test_included_topping_uses_no_free_unit() -> None:
    assert costs(topping(1, "0.3", group=None), topping(2, "0.4"), free=1) == ["0.3", "0"]


def test_both_halves_use_as_many_free_units_as_the_larger_has() -> None:
    halves = topping(1, "0.3", LEFT, 1), topping(1, "0.3", RIGHT, 2)
    assert costs(*halves, topping(2, "0.4"), free=2) == ["0", "0", "0.4"]
    assert costs(*halves, topping(2, "0.4"), free=3) == ["0", "0", "0"]
    assert costs(*halves, topping(2, "0.4"), free=1) == ["0", "0.3", "0.4"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (HalfRule.FULL, ["0.3", "0.4", "0.5"]),
        (HalfRule.HALF, ["0.15", "0.2", "0.5"]),
        (HalfRule.DEARER, ["0", "0.4", "0.5"]),
        (HalfRule.AVERAGE, ["0.15", "0.2", "0.5"]),
    ],
)
def test_halves_cost_by_the_rule_and_wholes_in_full(rule: HalfRule, expected: list[str]) -> None:
    assert costs(topping(1, "0.3", LEFT), topping(2, "0.4", RIGHT), topping(3, "0.5"), rule=rule) == expected


def test_fraction_of_a_coin_is_kept_in_a_full_price() -> None:
    toppings = topping(1, "0.3004", LEFT, 3), topping(2, "0.4006", RIGHT), topping(3, "0.5002")
    assert costs(*toppings) == ["0.9012", "0.4006", "0.5002"]
    # The left half, 0.9012 + 0.5002, is dearer than the right one, 0.4006 + 0.5002.
    assert costs(*toppings, rule=HalfRule.DEARER) == ["0.9012", "0", "0.5002"]


def test_of_two_equally_dear_halves_the_left_counts() -> None:
    halves = topping(1, "0.3", LEFT), topping(2, "0.3", RIGHT)
    assert costs(*halves, rule=HalfRule.DEARER) == ["0.3", "0"]


def test_each_half_has_its_own_free_units_as_a_whole_pizza() -> None:
    halves = topping(1, "0.3", LEFT), topping(2, "0.4", LEFT), topping(3, "0.5", RIGHT)
    assert costs(*halves, free=1, rule=HalfRule.DEARER) == ["0", "0.4", "0"]
    assert costs(*halves, free=1, rule=HalfRule.AVERAGE) == ["0", "0.2", "0"]


def test_average_is_rounded_once_and_the_last_half_takes_the_rest() -> None:
    toppings = topping(1, "0.001", LEFT), topping(2, "0.001", RIGHT), topping(3, "0.001")
    assert costs(*toppings, rule=HalfRule.AVERAGE) == ["0", "0.001", "0.001"]
    assert costs(topping(1, "0.001", LEFT), topping(3, "0.001"), rule=HalfRule.AVERAGE) == ["0.001", "0.001"]


def test_half_a_price_is_rounded_for_each_unit() -> None:
    assert costs(topping(1, "0.001", LEFT, 3), rule=HalfRule.HALF) == ["0.003"]
