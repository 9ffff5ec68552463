"""The estimate of a configured bundle: what is included, what is free, halves, deals and their floors."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ordering.catalogue import ProductType
from console.ordering.configuration import (
    default_configuration,
    make_stronger,
    make_weaker,
    put_topping,
    remove_topping,
    with_base,
)
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem, Bundles
from console.ordering.configuration.deal import configure_place, fill_place
from console.ordering.draft import Component, Portion
from console.ordering.money import Currency
from console.ordering.pricing.estimate import Estimate, estimate_bundle
from console.ordering.pricing.half_rule import HalfRule
from tests.ordering.menus import (
    BARBECUE,
    BEEF,
    BOGO,
    CHEESE,
    CORN,
    DRINK,
    FIRST,
    MARGHERITA,
    MUSHROOMS,
    OLIVES,
    ONIONS,
    PEPPERONI,
    PEPSI,
    RANDOM_EDITS,
    SECOND,
    RandomEdit,
    any_menu,
    any_pizzas,
    apply_edits,
    menu,
    swap_halves,
    whole_from_half,
)

MENU = menu()
PIZZA, DEAL = MENU[MARGHERITA], MENU[BOGO]
PLAIN = default_configuration(PIZZA, MENU)
KWD = Currency("KWD")
CURRENCIES = st.sampled_from([KWD, Currency("INR"), Currency("JPY")])
RULES = st.sampled_from(HalfRule)
LEFT, RIGHT = Portion.LEFT, Portion.RIGHT


def priced(
    bundle: Bundle,
    components: tuple[Component, ...],
    rule: HalfRule = HalfRule.HALF,
    bundles: Bundles = MENU,
    currency: Currency = KWD,
) -> Estimate:
    return estimate_bundle(bundle, components, bundles=bundles, currency=currency, half_rule=rule)


def lines(estimate: Estimate) -> list[tuple[str, str]]:
    return [(amount.label, str(amount.amount)) for amount in estimate.lines]


def test_what_comes_with_it_costs_what_the_menu_says() -> None:
    assert lines(priced(PIZZA, PLAIN)) == [
        ("Medium Classic Margherita", "2.500"),
        ("Tomato Sauce", "0.000"),
        ("Cheese", "0.000"),
        ("Onions", "0.000"),
    ]


def test_a_default_may_cost_something_of_its_own() -> None:
    group = PIZZA.groups[2]
    cheese = replace(group.items[0], included=Decimal("0.400"))
    dearer = replace(PIZZA, groups=(*PIZZA.groups[:2], replace(group, items=(cheese,)), PIZZA.groups[3]))
    assert priced(dearer, PLAIN).total == Decimal("2.900")


def test_stronger_default_costs_more_and_lighter_is_not_refunded() -> None:
    """A stronger default costs the difference; a lighter one gives nothing back."""
    assert priced(PIZZA, make_stronger(PIZZA, PLAIN, CHEESE)).total == Decimal("3.100")
    assert priced(PIZZA, make_weaker(PIZZA, PLAIN, CHEESE)).total == Decimal("2.500")


def test_first_topping_is_free_and_next_costs_price_at_size() -> None:
    """The topping added first is free; the next costs its price at the size."""
    made = put_topping(PIZZA, put_topping(PIZZA, PLAIN, OLIVES), MUSHROOMS)
    assert lines(priced(PIZZA, made))[-2:] == [("Olives", "0.000"), ("Mushrooms", "0.400")]
    large = with_base(PIZZA, made, size="Large").components
    assert lines(priced(PIZZA, large))[-2:] == [("Olives", "0.000"), ("Mushrooms", "0.500")]


def test_an_extra_without_a_free_one_costs_its_price() -> None:
    assert lines(priced(PIZZA, put_topping(PIZZA, PLAIN, BARBECUE)))[1] == ("Barbecue Sauce", "0.300")


def test_a_topping_on_both_halves_takes_one_free_unit() -> None:
    made = put_topping(PIZZA, put_topping(PIZZA, PLAIN, OLIVES, LEFT), OLIVES, RIGHT)
    assert lines(priced(PIZZA, made, HalfRule.FULL))[-2:] == [
        ("Olives, left", "0.000"),
        ("Olives, right", "0.000"),
    ]


@pytest.mark.parametrize(
    ("rule", "left", "right"),
    [
        # On the left beef at 0.700, on the right extra mushrooms at 0.800 after the free olives.
        (HalfRule.HALF, "0.350", "0.400"),
        (HalfRule.FULL, "0.700", "0.800"),
        (HalfRule.DEARER, "0.000", "0.800"),
        (HalfRule.AVERAGE, "0.350", "0.400"),
    ],
)
def test_half_a_topping_costs_what_the_rule_says(rule: HalfRule, left: str, right: str) -> None:
    made = put_topping(PIZZA, put_topping(PIZZA, PLAIN, OLIVES), BEEF, LEFT)
    made = put_topping(PIZZA, made, MUSHROOMS, RIGHT, "Extra")
    assert lines(priced(PIZZA, made, rule))[-2:] == [
        ("Beef Pepperoni, left", left),
        ("extra Mushrooms, right", right),
    ]


def test_half_a_price_is_rounded_half_up_in_the_currency() -> None:
    made = put_topping(PIZZA, PLAIN, BEEF, LEFT)
    estimate = priced(PIZZA, made, currency=Currency("JPY"))
    # Half of beef at 0.700 is 0.350, which is no yen; the base at 2.500 is 3.
    assert [int(amount.amount) for amount in estimate.lines] == [3, 0, 0, 0, 0]


def test_average_rule_rounds_on_the_last_half_topping() -> None:
    """The average puts the rest of its rounding on the last half topping."""

    def item(number: int) -> BundleItem:
        return BundleItem(number, f"Topping {number}", price=Decimal("0.001"))

    bundle = Bundle(7, "Bread", (BundleGroup(1, "Toppings", tuple(item(n) for n in (1, 2, 3))),))
    made: tuple[Component, ...] = ()
    for number in (1, 2, 3):
        made = put_topping(bundle, made, number, LEFT)
    assert [str(a.amount) for a in priced(bundle, made, HalfRule.AVERAGE).lines] == [
        "0.000", "0.000", "0.000", "0.002",
    ]  # fmt: skip


def filled() -> tuple[Component, ...]:
    return fill_place(DEAL, MENU, fill_place(DEAL, MENU, (), FIRST, 0, MARGHERITA), SECOND, 0, PEPPERONI)


def test_a_deal_costs_its_price_and_what_its_slots_say() -> None:
    made = filled()
    large = with_base(PIZZA, made[0].components, size="Large", crust="Pan").components
    made = configure_place(made, 0, put_topping(PIZZA, put_topping(PIZZA, large, OLIVES), CORN))
    made = fill_place(DEAL, MENU, made, DRINK, 0, PEPSI)
    assert [line for line in lines(priced(DEAL, made)) if line[1] != "0.000"] == [
        ("Two for One", "1.000"),
        ("1: Large Pan Margherita", "3.000"),
        ("1: Corn", "0.500"),
        ("3: Pepsi", "0.250"),
    ]


def test_a_deal_never_falls_below_its_floor() -> None:
    made = filled()
    made = configure_place(made, 0, remove_topping(PIZZA, made[0].components, ONIONS))
    estimate = priced(DEAL, made)
    assert estimate.total == Decimal("3.500")
    assert lines(estimate)[-1] == ("Two for One, up to its lowest price", "0.500")


def test_slot_with_own_prices_ignores_lowest_pizza_price() -> None:
    """The lowest price of a pizza does not hold in a slot with prices of its own."""
    dear = {**MENU, PEPPERONI: replace(MENU[PEPPERONI], floor=Decimal(9))}
    assert priced(DEAL, filled(), bundles=dear).total == Decimal("3.500")
    assert priced(dear[PEPPERONI], default_configuration(dear[PEPPERONI], dear), bundles=dear).total == 9


def test_unconfigured_part_costs_its_menu_price() -> None:
    bare = tuple(replace(component, components=()) for component in filled())
    assert priced(DEAL, bare) == priced(DEAL, filled())


def test_a_deal_that_holds_itself_ends() -> None:
    slot = BundleItem(8, "Round and round", quantity=1, is_bundle=True)
    deal = Bundle(
        8, "Round and round", (BundleGroup(1, "Slot", (slot,)),), ProductType.DEAL, price=Decimal(1)
    )
    assert priced(deal, default_configuration(deal, {8: deal}), bundles={8: deal}).total == 1


@given(any_menu(), RANDOM_EDITS, RULES, CURRENCIES)
def test_amounts_are_whole_coins_and_reach_the_floor(
    bundles: Bundles, edits: list[RandomEdit], rule: HalfRule, currency: Currency
) -> None:
    """Amounts are whole coins, and their sum is no less than the floor."""
    for bundle in bundles.values():
        estimate = priced(bundle, apply_edits(bundle, bundles, edits), rule, bundles, currency)
        assert estimate.total == sum((amount.amount for amount in estimate.lines), Decimal(0))
        assert all(currency.round(amount.amount) == amount.amount >= 0 for amount in estimate.lines)
        assert estimate.total >= currency.round(bundle.floor)


@given(any_menu(), RANDOM_EDITS, RULES, CURRENCIES)
def test_left_and_right_cost_the_same(
    bundles: Bundles, edits: list[RandomEdit], rule: HalfRule, currency: Currency
) -> None:
    for bundle in bundles.values():
        made = apply_edits(bundle, bundles, edits)
        other = priced(bundle, swap_halves(made), rule, bundles, currency)
        assert priced(bundle, made, rule, bundles, currency).total == other.total


@given(any_pizzas(), RANDOM_EDITS, CURRENCIES)
def test_half_rules_use_prices_of_the_whole_pizzas(
    pizza: Bundle, edits: list[RandomEdit], currency: Currency
) -> None:
    """The rules price halves by the whole pizzas that the halves would make."""
    free_fall = replace(pizza, floor=Decimal(0))
    made = apply_edits(free_fall, {}, edits)

    def total(components: tuple[Component, ...], rule: HalfRule) -> Decimal:
        return priced(free_fall, components, rule, {}, currency).exact_total

    left, right = (total(whole_from_half(made, half), HalfRule.FULL) for half in (LEFT, RIGHT))
    assert total(made, HalfRule.DEARER) == max(left, right)
    # Rounded to a coin for one pizza, whatever fraction the price of its base has.
    half_a_coin = Decimal("0.5").scaleb(-currency.digits)
    assert abs(total(made, HalfRule.AVERAGE) - (left + right) / 2) <= half_a_coin
    assert total(made, HalfRule.FULL) >= max(left, right)
    assert total(made, HalfRule.FULL) >= total(made, HalfRule.HALF)


@given(any_pizzas(), RANDOM_EDITS, RULES)
def test_a_pizza_without_halves_costs_the_same_by_every_rule(
    pizza: Bundle, edits: list[RandomEdit], rule: HalfRule
) -> None:
    whole = whole_from_half(apply_edits(pizza, {}, edits), LEFT)
    assert priced(pizza, whole, rule, {}).lines == priced(pizza, whole, HalfRule.FULL, {}).lines
