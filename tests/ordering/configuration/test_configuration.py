"""Configuring a pizza: size and crust, toppings on its parts, their strength, two recipes on one base."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.catalogue import Option, Variant
from console.ordering.configuration import (
    ConfigureError,
    base_variant,
    crusts,
    default_configuration,
    default_variant,
    half_and_half,
    make_stronger,
    make_weaker,
    problems,
    products_on_both_halves,
    put_on_whole,
    put_topping,
    remove_topping,
    removed_defaults,
    sizes,
    strength_variants,
    with_base,
)
from console.ordering.configuration.bundle import Bundle, BundleItem
from console.ordering.draft import Component, Portion
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
PLAIN = default_configuration(PIZZA, MENU)
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
    large = with_base(PIZZA, put_topping(PIZZA, PLAIN, CHEESE, strength="Extra"), size="large").components
    assert form(large, CHEESE) == variant_id(CHEESE, "Large", "Extra")
    assert form(large, TOMATO) == variant_id(TOMATO, "Large")


def test_another_crust_keeps_the_size() -> None:
    pan = with_base(PIZZA, PLAIN, crust="Pan").components
    assert pan[0].variant_id == variant_id(CLASSIC, "Medium", "Pan")
    assert pan[1:] == PLAIN[1:]


def test_what_has_no_form_in_the_new_size_is_dropped_and_named() -> None:
    refit = with_base(PIZZA, put_topping(PIZZA, PLAIN, CORN, LEFT), size="Small")
    assert refit.dropped_titles == ("Corn",)
    assert lying(refit.components) == lying(PLAIN)


def test_crust_not_in_size_is_refused_with_the_choices() -> None:
    """A crust that a size does not have is refused with those it has."""
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
    assert sizes(PIZZA, deal_slot=slot) == ("Medium", "Large")
    with pytest.raises(ConfigureError, match="no Small Margherita"):
        with_base(PIZZA, PLAIN, size="Small", deal_slot=slot)


def test_a_topping_on_one_half_leaves_the_other() -> None:
    assert lying(put_topping(PIZZA, PLAIN, OLIVES, LEFT))[-1] == ("Olives", "L")
    both = put_topping(PIZZA, put_topping(PIZZA, PLAIN, OLIVES, LEFT), OLIVES, RIGHT)
    assert lying(both)[-2:] == [("Olives", "L"), ("Olives", "R")]


def test_the_same_on_both_halves_offers_to_become_whole() -> None:
    both = put_topping(PIZZA, put_topping(PIZZA, PLAIN, OLIVES, LEFT), OLIVES, RIGHT)
    assert products_on_both_halves(both) == (OLIVES,)
    assert put_on_whole(PIZZA, both, OLIVES) == put_topping(PIZZA, PLAIN, OLIVES)


def test_halves_with_different_strengths_stay_halves() -> None:
    """Two strengths on the halves do not offer to become a whole topping."""
    both = put_topping(PIZZA, put_topping(PIZZA, PLAIN, OLIVES, LEFT), OLIVES, RIGHT, "Extra")
    assert products_on_both_halves(both) == ()


def test_the_whole_replaces_the_halves_and_a_half_the_whole() -> None:
    half = put_topping(PIZZA, put_topping(PIZZA, PLAIN, ONIONS, LEFT), OLIVES, LEFT)
    assert lying(half)[-2:] == [("Onions", "L"), ("Olives", "L")]
    assert lying(put_topping(PIZZA, half, ONIONS))[-2:] == [("Onions", "W"), ("Olives", "L")]


def test_a_topping_that_moves_keeps_its_strength() -> None:
    extra = put_topping(PIZZA, PLAIN, OLIVES, strength="extra")
    moved = put_topping(PIZZA, extra, OLIVES, LEFT)
    assert form(moved, OLIVES, LEFT) == variant_id(OLIVES, "Medium", "Extra")


def test_what_goes_on_the_whole_only_refuses_a_half() -> None:
    with pytest.raises(ConfigureError, match="Barbecue Sauce goes on the whole only"):
        put_topping(PIZZA, PLAIN, BARBECUE, LEFT)


def test_one_sauce_takes_the_place_of_the_other() -> None:
    other = put_topping(PIZZA, PLAIN, BARBECUE)
    assert lying(other) == [("Barbecue Sauce", "W"), ("Cheese", "W"), ("Onions", "W")]


def test_a_group_that_is_full_says_so() -> None:
    full = put_topping(PIZZA, put_topping(PIZZA, PLAIN, OLIVES, LEFT), MUSHROOMS)
    with pytest.raises(ConfigureError, match=r"Vegetables takes 3 at most, and 3 are on it\."):
        put_topping(PIZZA, full, CORN)


def test_a_topping_on_both_halves_counts_once() -> None:
    halves = put_topping(PIZZA, put_topping(PIZZA, PLAIN, OLIVES, LEFT), OLIVES, RIGHT)
    assert lying(put_topping(PIZZA, halves, MUSHROOMS))[-1] == ("Mushrooms", "W")


def test_what_the_bundle_does_not_know_is_refused() -> None:
    with pytest.raises(ConfigureError, match="does not go on Margherita"):
        put_topping(PIZZA, PLAIN, 999)


def test_a_default_that_is_taken_off_is_named() -> None:
    assert removed_defaults(PIZZA, remove_topping(PIZZA, PLAIN, ONIONS)) == ("Onions",)
    assert removed_defaults(PIZZA, remove_topping(PIZZA, PLAIN, ONIONS, LEFT)) == ()
    assert removed_defaults(PIZZA, put_topping(PIZZA, PLAIN, BARBECUE)) == ()


def test_a_whole_one_taken_off_one_half_stays_on_the_other() -> None:
    assert lying(remove_topping(PIZZA, PLAIN, ONIONS, LEFT))[-1] == ("Onions", "R")


def test_what_is_not_on_it_cannot_be_taken_off() -> None:
    with pytest.raises(ConfigureError, match="Olives is not on it"):
        remove_topping(PIZZA, PLAIN, OLIVES)
    with pytest.raises(ConfigureError, match="Olives is not on the left half"):
        remove_topping(PIZZA, put_topping(PIZZA, PLAIN, OLIVES, RIGHT), OLIVES, LEFT)


def test_strengths_go_from_weak_to_strong_and_end() -> None:
    item = PIZZA.groups[2].items[0]
    assert [v.options[1].value for v in strength_variants(item, "Large")] == ["Light", "Regular", "Extra"]
    extra = make_stronger(PIZZA, PLAIN, CHEESE)
    assert form(extra, CHEESE) == variant_id(CHEESE, "Medium", "Extra")
    assert make_weaker(PIZZA, extra, CHEESE) == PLAIN
    with pytest.raises(ConfigureError, match="has no stronger form"):
        make_stronger(PIZZA, extra, CHEESE)


def test_a_whole_topping_can_be_stronger_on_one_half() -> None:
    made = make_stronger(PIZZA, PLAIN, CHEESE, LEFT)
    assert form(made, CHEESE, LEFT) == variant_id(CHEESE, "Medium", "Extra")
    assert form(made, CHEESE, RIGHT) == variant_id(CHEESE, "Medium")


def test_two_recipes_lie_on_one_base_each_on_its_half() -> None:
    made = half_and_half(PIZZA, PIZZA, MENU[PEPPERONI], with_base(PIZZA, PLAIN, size="Large").components)
    assert lying(made) == [
        ("Tomato Sauce", "W"),
        ("Cheese", "W"),
        ("Beef Pepperoni", "R"),
        ("Onions", "L"),
    ]
    assert form(made, BEEF, RIGHT) == variant_id(BEEF, "Large")
    assert problems(PIZZA, made, MENU) == ()


def with_sauce(bundle: Bundle, default: int) -> Bundle:
    """The same with another sauce."""
    sauces = bundle.groups[1]
    items = tuple(replace(item, quantity=int(item.product_id == default)) for item in sauces.items)
    return replace(bundle, groups=(bundle.groups[0], replace(sauces, items=items), *bundle.groups[2:]))


def test_sauce_of_two_recipes_is_shared_or_the_hosts() -> None:
    """A sauce that both recipes have is on the whole; otherwise the host's sauce is."""
    smoky = [with_sauce(bundle, BARBECUE) for bundle in (PIZZA, MENU[PEPPERONI])]
    assert lying(half_and_half(PIZZA, smoky[0], smoky[1], PLAIN))[0] == ("Barbecue Sauce", "W")
    assert lying(half_and_half(PIZZA, PIZZA, smoky[1], PLAIN))[0] == ("Tomato Sauce", "W")


def test_recipe_unknown_to_host_is_refused_by_name() -> None:
    """A recipe with a topping that the host does not know is refused by name."""
    vegetarian = replace(PIZZA, groups=(*PIZZA.groups[:2], PIZZA.groups[3]))
    with pytest.raises(ConfigureError, match="Cheese, Beef Pepperoni of Pepperoni cannot go on Margherita"):
        half_and_half(vegetarian, vegetarian, MENU[PEPPERONI], default_configuration(vegetarian, MENU))


def test_two_recipes_keep_to_what_a_group_takes() -> None:
    mains = PIZZA.groups[2]
    more = replace(mains, items=(*mains.items, BundleItem(77, "Ham", quantity=1)), maximum=2)
    host = replace(PIZZA, groups=(*PIZZA.groups[:2], more, PIZZA.groups[3]))
    with pytest.raises(ConfigureError, match="Cheese and Meat takes 2 at most, and both recipes have 3"):
        half_and_half(host, host, MENU[PEPPERONI], PLAIN)


def test_an_item_of_unknown_group_is_not_put_on_and_says_why() -> None:
    learnt = replace(PIZZA, unplaced=(BundleItem(78, "Pineapple"),))
    with pytest.raises(ConfigureError, match="The menu does not say where Pineapple belongs"):
        put_topping(learnt, PLAIN, 78)


def test_the_base_is_changed_and_not_taken_off() -> None:
    with pytest.raises(ConfigureError, match="Choose another size or crust"):
        remove_topping(PIZZA, PLAIN, CLASSIC)


def test_unknown_strength_is_refused_with_the_choices() -> None:
    """A strength that a topping does not have is refused with those it has."""
    with pytest.raises(ConfigureError, match="Olives has no Triple: Light, Regular, Extra"):
        put_topping(PIZZA, PLAIN, OLIVES, strength="Triple")


@pytest.mark.parametrize(
    ("components", "problem"),
    [
        (PLAIN[1:], "Choose a size and a crust of Margherita."),
        ((*PLAIN, Component(999, title="Gravel")), "Gravel does not go on Margherita."),
        ((*PLAIN, PLAIN[3]), "Onions is on it twice."),
        (tuple(c for c in PLAIN if c.product_id != TOMATO), "Choose 1 of Sauces."),
        ((*PLAIN, Component(OLIVES, variant_id(OLIVES, "Small"))), "Olives cannot be had in Medium."),
        (
            (*PLAIN[:1], replace(PLAIN[1], portion=LEFT), *PLAIN[2:]),
            "Tomato Sauce goes on the whole only.",
        ),
        (
            (*PLAIN, Component(BARBECUE, variant_id(BARBECUE, "Medium"))),
            "Sauces takes 1 at most, and 2 are on it.",
        ),
    ],
)
def test_what_is_amiss_is_said_in_a_sentence(components: tuple[Component, ...], problem: str) -> None:
    assert problems(PIZZA, components, MENU) == (problem,)


def forms(*named: tuple[str, str]) -> BundleItem:
    """A topping with these strengths at these prices."""
    variants = tuple(
        Variant(number, 5, "", (Option("Strength", name),), Decimal(price), Decimal(price))
        for number, (name, price) in enumerate(named, 1)
    )
    return BundleItem(5, "Honey", variants)


@pytest.mark.parametrize(
    ("named", "order", "usual_one"),
    [
        ((("Extra", "2"), ("None", "0"), ("Regular", "1")), ["None", "Regular", "Extra"], "Regular"),
        ((("Double", "1"), ("LESS", "1"), ("normal", "1")), ["LESS", "normal", "Double"], "normal"),
        ((("Extra", "3"), ("A touch", "1.5"), ("Light", "1")), ["Light", "A touch", "Extra"], "A touch"),
        ((("Flood", "9"), ("Drop", "1"), ("Spoon", "4")), ["Drop", "Spoon", "Flood"], "Spoon"),
    ],
)
def test_strengths_are_ordered_by_name_and_unknown_ones_by_price(
    named: tuple[tuple[str, str], ...], order: list[str], usual_one: str
) -> None:
    item = forms(*named)
    assert [variant.label for variant in strength_variants(item, "Large")] == order
    form = default_variant(item, "Large")
    assert form
    assert form.label == usual_one


def test_usual_strength_of_default_is_the_menus() -> None:
    item = replace(forms(("Light", "1"), ("Regular", "1")), quantity=1, variant_id=1)
    form = default_variant(item, "Large")
    assert form
    assert form.label == "Light"
