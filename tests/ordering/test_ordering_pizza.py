"""Configuring a pizza: size and crust, toppings on its parts, their strength, two recipes on one base."""

import pytest

from console.ordering.draft import Component, Portion
from console.ordering.pizza import (
    ConfigureError,
    as_on_menu,
    base_variant,
    crusts,
    made_whole,
    on_both_halves,
    problems,
    put,
    removed,
    sizes,
    strengths,
    stronger,
    take_off,
    two_recipes,
    weaker,
    with_base,
)
from tests.ordering.menus import (
    BARBECUE,
    BEEF,
    BOGO,
    CHEESE,
    CLASSIC,
    CORN,
    FIRST,
    MARGHERITA,
    MUSHROOMS,
    OLIVES,
    ONIONS,
    PEPPERONI,
    TOMATO,
    menu,
    variant_id,
)

MENU = menu()
PIZZA = MENU[MARGHERITA]
PLAIN = as_on_menu(PIZZA, MENU)
LEFT, RIGHT, WHOLE = Portion.LEFT, Portion.RIGHT, Portion.WHOLE


def lying(components: tuple[Component, ...]) -> list[tuple[str, str]]:
    """The toppings and where each lies."""
    return [(c.title, c.portion.value) for c in components if c.product_id != CLASSIC]


def form(components: tuple[Component, ...], product_id: int, portion: Portion = WHOLE) -> int:
    return next(c.variant_id for c in components if (c.product_id, c.portion) == (product_id, portion))


def test_a_pizza_begins_as_the_menu_has_it() -> None:
    assert lying(PLAIN) == [("Tomato Sauce", "W"), ("Cheese", "W"), ("Onions", "W")]
    variant = base_variant(PIZZA, PLAIN)
    assert variant
    assert variant.label == "Medium Classic"
    assert problems(PIZZA, PLAIN, MENU) == ()


def test_what_lies_on_it_takes_the_form_of_the_size() -> None:
    large = with_base(PIZZA, put(PIZZA, PLAIN, CHEESE, strength="Extra"), size="large").components
    assert form(large, CHEESE) == variant_id(CHEESE, "Large", "Extra")
    assert form(large, TOMATO) == variant_id(TOMATO, "Large")


def test_another_crust_keeps_the_size() -> None:
    pan = with_base(PIZZA, PLAIN, crust="Pan").components
    assert pan[0].variant_id == variant_id(CLASSIC, "Medium", "Pan")
    assert pan[1:] == PLAIN[1:]


def test_what_has_no_form_in_the_new_size_is_dropped_and_named() -> None:
    refit = with_base(PIZZA, put(PIZZA, PLAIN, CORN, LEFT), size="Small")
    assert refit.dropped == ("Corn",)
    assert lying(refit.components) == lying(PLAIN)


def test_a_crust_that_a_size_does_not_have_is_refused_with_those_it_has() -> None:
    thin = with_base(PIZZA, PLAIN, crust="Thin").components
    with pytest.raises(ConfigureError, match=r"Large Margherita does not come as Thin: Classic, Pan\."):
        with_base(PIZZA, thin, size="Large")


def test_sizes_and_crusts_are_offered_as_the_store_has_them() -> None:
    assert sizes(PIZZA) == ("Small", "Medium", "Large")
    assert crusts(PIZZA, "Medium") == ("Classic", "Pan", "Thin")
    assert crusts(PIZZA, "Large") == ("Classic", "Pan")


def test_a_slot_offers_its_own_sizes_only() -> None:
    slot = MENU[BOGO].groups[0].items[0]
    assert MENU[BOGO].groups[0].group_id == FIRST
    assert sizes(PIZZA, slot=slot) == ("Medium", "Large")
    with pytest.raises(ConfigureError, match="no Small Margherita"):
        with_base(PIZZA, PLAIN, size="Small", slot=slot)


def test_a_topping_on_one_half_leaves_the_other() -> None:
    assert lying(put(PIZZA, PLAIN, OLIVES, LEFT))[-1] == ("Olives", "L")
    both = put(PIZZA, put(PIZZA, PLAIN, OLIVES, LEFT), OLIVES, RIGHT)
    assert lying(both)[-2:] == [("Olives", "L"), ("Olives", "R")]


def test_the_same_on_both_halves_offers_to_become_whole() -> None:
    both = put(PIZZA, put(PIZZA, PLAIN, OLIVES, LEFT), OLIVES, RIGHT)
    assert on_both_halves(both) == (OLIVES,)
    assert made_whole(PIZZA, both, OLIVES) == put(PIZZA, PLAIN, OLIVES)


def test_two_strengths_on_the_halves_do_not_offer_to_become_whole() -> None:
    both = put(PIZZA, put(PIZZA, PLAIN, OLIVES, LEFT), OLIVES, RIGHT, "Extra")
    assert on_both_halves(both) == ()


def test_the_whole_replaces_the_halves_and_a_half_the_whole() -> None:
    half = put(PIZZA, put(PIZZA, PLAIN, ONIONS, LEFT), OLIVES, LEFT)
    assert lying(half)[-2:] == [("Onions", "L"), ("Olives", "L")]
    assert lying(put(PIZZA, half, ONIONS))[-2:] == [("Onions", "W"), ("Olives", "L")]


def test_a_topping_that_moves_keeps_its_strength() -> None:
    extra = put(PIZZA, PLAIN, OLIVES, strength="extra")
    moved = put(PIZZA, extra, OLIVES, LEFT)
    assert form(moved, OLIVES, LEFT) == variant_id(OLIVES, "Medium", "Extra")


def test_what_goes_on_the_whole_only_refuses_a_half() -> None:
    with pytest.raises(ConfigureError, match="Barbecue Sauce goes on the whole only"):
        put(PIZZA, PLAIN, BARBECUE, LEFT)


def test_one_sauce_takes_the_place_of_the_other() -> None:
    other = put(PIZZA, PLAIN, BARBECUE)
    assert lying(other) == [("Barbecue Sauce", "W"), ("Cheese", "W"), ("Onions", "W")]


def test_a_group_that_is_full_says_so() -> None:
    full = put(PIZZA, put(PIZZA, PLAIN, OLIVES, LEFT), MUSHROOMS)
    with pytest.raises(ConfigureError, match=r"Vegetables takes 3 at most, and 3 are on it\."):
        put(PIZZA, full, CORN)


def test_a_topping_on_both_halves_counts_once() -> None:
    halves = put(PIZZA, put(PIZZA, PLAIN, OLIVES, LEFT), OLIVES, RIGHT)
    assert lying(put(PIZZA, halves, MUSHROOMS))[-1] == ("Mushrooms", "W")


def test_what_the_bundle_does_not_know_is_refused() -> None:
    with pytest.raises(ConfigureError, match="does not go on Margherita"):
        put(PIZZA, PLAIN, 999)


def test_a_default_that_is_taken_off_is_named() -> None:
    assert removed(PIZZA, take_off(PIZZA, PLAIN, ONIONS)) == ("Onions",)
    assert removed(PIZZA, take_off(PIZZA, PLAIN, ONIONS, LEFT)) == ()
    assert removed(PIZZA, put(PIZZA, PLAIN, BARBECUE)) == ()


def test_a_whole_one_taken_off_one_half_stays_on_the_other() -> None:
    assert lying(take_off(PIZZA, PLAIN, ONIONS, LEFT))[-1] == ("Onions", "R")


def test_what_is_not_on_it_cannot_be_taken_off() -> None:
    with pytest.raises(ConfigureError, match="Olives is not on it"):
        take_off(PIZZA, PLAIN, OLIVES)
    with pytest.raises(ConfigureError, match="Olives is not on the left half"):
        take_off(PIZZA, put(PIZZA, PLAIN, OLIVES, RIGHT), OLIVES, LEFT)


def test_strengths_go_from_weak_to_strong_and_end() -> None:
    item = PIZZA.groups[2].items[0]
    assert [v.options[1].value for v in strengths(item, "Large")] == ["Light", "Regular", "Extra"]
    extra = stronger(PIZZA, PLAIN, CHEESE)
    assert form(extra, CHEESE) == variant_id(CHEESE, "Medium", "Extra")
    assert weaker(PIZZA, extra, CHEESE) == PLAIN
    with pytest.raises(ConfigureError, match="comes no stronger"):
        stronger(PIZZA, extra, CHEESE)


def test_a_whole_topping_can_be_stronger_on_one_half() -> None:
    made = stronger(PIZZA, PLAIN, CHEESE, LEFT)
    assert form(made, CHEESE, LEFT) == variant_id(CHEESE, "Medium", "Extra")
    assert form(made, CHEESE, RIGHT) == variant_id(CHEESE, "Medium")


def test_two_recipes_lie_on_one_base_each_on_its_half() -> None:
    made = two_recipes(PIZZA, PIZZA, MENU[PEPPERONI], with_base(PIZZA, PLAIN, size="Large").components)
    assert lying(made) == [
        ("Tomato Sauce", "W"),
        ("Cheese", "W"),
        ("Beef Pepperoni", "R"),
        ("Onions", "L"),
    ]
    assert form(made, BEEF, RIGHT) == variant_id(BEEF, "Large")
    assert problems(PIZZA, made, MENU) == ()
