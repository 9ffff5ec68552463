"""Filling a deal place by place: what is missing is said, and what fills a place is configured by itself."""

from dataclasses import replace

import pytest

from console.ordering.catalogue import ProductType
from console.ordering.configuration import (
    ConfigureError,
    default_configuration,
    problems,
    put_topping,
    remove_topping,
    with_base,
)
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem
from console.ordering.configuration.deal import clear_place, configure_place, deal_places, fill_place
from console.ordering.descriptions import details_text, options_text
from console.ordering.draft import Component
from console.ordering.money import ZERO
from tests.ordering.menus import (
    BOGO,
    CLASSIC,
    DRINK,
    FIRST,
    MARGHERITA,
    OLIVES,
    PEPPERONI,
    PEPSI,
    SECOND,
    TOMATO,
    menu,
    variant_id,
)

MENU = menu()
DEAL, PIZZA = MENU[BOGO], MENU[MARGHERITA]


def filled() -> tuple[Component, ...]:
    return fill_place(DEAL, MENU, fill_place(DEAL, MENU, (), FIRST, 0, MARGHERITA), SECOND, 0, PEPPERONI)


def titles(components: tuple[Component, ...]) -> list[str]:
    return [component.title for component in components]


def test_an_empty_deal_says_what_each_slot_needs() -> None:
    found = deal_places(DEAL, ())
    assert [(p.group.title, p.component, p.problem) for p in found] == [
        ("First Pizza", None, "Choose 1 of First Pizza."),
        ("Second Pizza", None, "Choose 1 of Second Pizza."),
        ("Drink", None, ""),
    ]
    assert problems(DEAL, (), MENU) == ("Choose 1 of First Pizza.", "Choose 1 of Second Pizza.")


def test_a_pizza_is_chosen_as_the_menu_has_it() -> None:
    (pizza,) = fill_place(DEAL, MENU, (), FIRST, 0, MARGHERITA)
    assert (pizza.product_id, pizza.group_id, pizza.variant_id) == (MARGHERITA, FIRST, 0)
    assert pizza.components == default_configuration(PIZZA, MENU)


def test_slot_without_base_preselects_its_first_size() -> None:
    """A slot has the first size it names preselected, unless it names a base."""
    large_first = BundleItem(
        MARGHERITA, "Margherita", base_prices={"Large": ZERO, "Medium": ZERO}, is_bundle=True
    )
    large, medium = (
        default_configuration(PIZZA, MENU, deal_slot=large_first),
        default_configuration(PIZZA, MENU),
    )
    assert [options_text(PIZZA, parts) for parts in (large, medium)] == ["Large Classic", "Medium Classic"]
    named = replace(large_first, variant_id=medium[0].variant_id)
    assert default_configuration(PIZZA, MENU, deal_slot=named) == medium


def test_slots_follow_menu_order_whatever_was_chosen_first() -> None:
    made = fill_place(DEAL, MENU, (), DRINK, 0, PEPSI)
    made = fill_place(DEAL, MENU, made, SECOND, 0, PEPPERONI)
    made = fill_place(DEAL, MENU, made, FIRST, 0, MARGHERITA)
    assert titles(made) == ["Margherita", "Pepperoni", "Pepsi"]
    assert [place.index for place in deal_places(DEAL, made)] == [0, 1, 2]


def test_another_choice_takes_the_place_of_the_first() -> None:
    assert titles(fill_place(DEAL, MENU, filled(), FIRST, 0, PEPPERONI)) == ["Pepperoni", "Pepperoni"]


def test_the_same_choice_again_keeps_what_was_configured() -> None:
    made = configure_place(filled(), 0, put_topping(PIZZA, filled()[0].components, OLIVES))
    assert fill_place(DEAL, MENU, made, FIRST, 0, MARGHERITA) == made


def test_a_base_can_be_named_with_the_choice() -> None:
    made = fill_place(DEAL, MENU, (), FIRST, 0, MARGHERITA, variant_id(CLASSIC, "Large", "Pan"))
    large = with_base(PIZZA, default_configuration(PIZZA, MENU), size="Large", crust="Pan").components
    assert made[0].components == large


def test_a_size_that_the_slot_does_not_name_is_refused() -> None:
    with pytest.raises(ConfigureError, match="This deal has no Small Margherita"):
        fill_place(DEAL, MENU, (), FIRST, 0, MARGHERITA, variant_id(CLASSIC, "Small", "Pan"))
    small = with_base(PIZZA, default_configuration(PIZZA, MENU), size="Small").components
    assert problems(DEAL, configure_place(filled(), 0, small), MENU) == (
        "Margherita: This deal has no Small Classic Margherita.",
    )


def test_what_the_slot_does_not_take_is_refused() -> None:
    with pytest.raises(ConfigureError, match="That does not go into Drink"):
        fill_place(DEAL, MENU, (), DRINK, 0, MARGHERITA)


def test_a_full_slot_takes_no_more() -> None:
    with pytest.raises(ConfigureError, match="First Pizza takes 1 at most, and 1 are chosen"):
        fill_place(DEAL, MENU, filled(), FIRST, 1, PEPPERONI)


def test_a_place_can_be_emptied_again() -> None:
    assert titles(clear_place(fill_place(DEAL, MENU, filled(), DRINK, 0, PEPSI), 2)) == [
        "Margherita",
        "Pepperoni",
    ]


def test_a_filled_place_says_what_is_missing_inside() -> None:
    made = configure_place(filled(), 0, remove_topping(PIZZA, filled()[0].components, TOMATO))
    assert deal_places(DEAL, made, MENU)[0].problem == "Choose 1 of Sauces."
    assert problems(DEAL, made, MENU) == ("Margherita: Choose 1 of Sauces.",)


def test_two_of_a_kind_are_two_places() -> None:
    slot = BundleGroup(
        1, "Pizzas", (BundleItem(MARGHERITA, "Margherita", quantity=2, is_bundle=True),), minimum=2
    )
    family = Bundle(9, "Family", (slot,), ProductType.DEAL)
    made = default_configuration(family, MENU)
    made = configure_place(made, 1, put_topping(PIZZA, made[1].components, OLIVES))
    assert [place.position for place in deal_places(family, made)] == [0, 1, 2]
    assert (
        details_text(family, made, MENU)
        == "1: Medium Classic Margherita; 2: Medium Classic Margherita, Olives"
    )


def test_a_deal_in_a_deal_is_configured_and_said_like_any_other() -> None:
    outer = Bundle(
        9,
        "Party",
        (BundleGroup(1, "Deals", (BundleItem(BOGO, "Two for One", is_bundle=True),), minimum=1),),
        ProductType.DEAL,
    )
    bundles = {**MENU, 9: outer}
    made = fill_place(outer, bundles, (), 1, 0, BOGO)
    assert problems(outer, made, bundles) == (
        "Two for One: Choose 1 of First Pizza.",
        "Two for One: Choose 1 of Second Pizza.",
    )
    made = configure_place(made, 0, filled())
    assert problems(outer, made, bundles) == ()
    assert details_text(outer, made, bundles) == (
        "1: Two for One (1: Medium Classic Margherita; 2: Medium Classic Pepperoni)"
    )


def test_bundle_with_unknown_groups_is_chosen_as_on_menu() -> None:
    made = fill_place(DEAL, {BOGO: DEAL}, (), FIRST, 0, MARGHERITA)
    assert made == (Component(MARGHERITA, group_id=FIRST, title="Margherita"),)
    assert deal_places(DEAL, made, {BOGO: DEAL})[0].problem == ""


def test_a_drink_keeps_the_form_that_was_chosen_and_no_other() -> None:
    cola = BundleItem(PEPSI, "Pepsi", (MENU[MARGHERITA].groups[1].items[0].variants[0],))
    deal = replace(DEAL, groups=(*DEAL.groups[:2], replace(DEAL.groups[2], items=(cola,))))
    form = cola.variants[0].variant_id
    assert fill_place(deal, MENU, (), DRINK, 0, PEPSI, form)[0].variant_id == form
    with pytest.raises(ConfigureError, match="Pepsi does not come in that form here"):
        fill_place(deal, MENU, (), DRINK, 0, PEPSI, 1)
