"""Each problem of a configuration alone, and the bounds at which there is none."""

from dataclasses import replace

import pytest

from console.ordering.catalogue import ProductType
from console.ordering.configuration import default_configuration
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem
from console.ordering.configuration.problem_text import problem_text, problems
from console.ordering.configuration.validation import Problem, ProblemKind, find_problems
from console.ordering.draft import Component, Portion
from tests.ordering.menus import (
    BARBECUE,
    BOGO,
    CLASSIC,
    CORN,
    MARGHERITA,
    MUSHROOMS,
    OLIVES,
    TOMATO,
    VEGETABLES,
    menu,
    variant_id,
)

MENU = menu()
PIZZA, DEAL = MENU[MARGHERITA], MENU[BOGO]
PLAIN = default_configuration(PIZZA, MENU)
LEFT, RIGHT = Portion.LEFT, Portion.RIGHT
Parts = tuple[Component, ...]


def olives(portion: Portion = Portion.WHOLE, quantity: int = 1) -> Component:
    return Component(OLIVES, variant_id(OLIVES, "Medium"), quantity, portion, VEGETABLES, "Olives")


def found(*more: Component, on: Parts = PLAIN) -> tuple[Problem, ...]:
    return find_problems(PIZZA, (*on, *more), MENU)


def test_plain_pizza_has_no_problem() -> None:
    assert found() == ()


def test_two_bases_are_one_problem() -> None:
    assert found(PLAIN[0]) == (Problem(ProblemKind.SEVERAL_BASES, "Margherita"),)


def test_base_of_another_size_than_the_slot_has_is_named() -> None:
    slot = DEAL.groups[0].items[0]
    small = replace(PLAIN[0], variant_id=variant_id(CLASSIC, "Small", "Classic"))
    kinds = find_problems(PIZZA, (small,), MENU, deal_slot=slot)
    assert kinds[0] == Problem(ProblemKind.BASE_NOT_IN_DEAL, "Margherita", "Small Classic")
    assert find_problems(PIZZA, PLAIN, MENU, deal_slot=slot) == ()


def test_unknown_part_is_named_and_the_others_are_checked() -> None:
    gravel = Component(999, title="Gravel")
    assert found(gravel, olives(quantity=0)) == (
        Problem(ProblemKind.NOT_ON_BUNDLE, "Gravel", "Margherita"),
        Problem(ProblemKind.NO_QUANTITY, "Olives"),
    )


@pytest.mark.parametrize("quantity", [0, -1])
def test_topping_needs_a_quantity(quantity: int) -> None:
    assert found(olives(quantity=quantity)) == (Problem(ProblemKind.NO_QUANTITY, "Olives"),)


def test_halves_of_one_topping_do_not_overlap() -> None:
    assert found(olives(LEFT), olives(RIGHT)) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Portion.WHOLE, Portion.WHOLE),
        (Portion.WHOLE, LEFT),
        (RIGHT, Portion.WHOLE),
        (LEFT, LEFT),
    ],
)
def test_same_topping_twice_on_one_part_overlaps(one: Portion, other: Portion) -> None:
    assert found(olives(one), olives(other)) == (Problem(ProblemKind.OVERLAPPING, "Olives"),)


def test_two_toppings_on_one_half_do_not_overlap() -> None:
    corn = Component(CORN, variant_id(CORN, "Medium"), portion=LEFT, title="Corn")
    assert found(olives(LEFT), corn) == ()


def test_group_is_full_at_its_maximum_and_too_full_beyond() -> None:
    corn = Component(CORN, variant_id(CORN, "Medium"), title="Corn")
    mushrooms = Component(MUSHROOMS, variant_id(MUSHROOMS, "Medium"), title="Mushrooms")
    assert found(olives(), corn) == ()
    assert found(olives(), corn, mushrooms) == (
        Problem(ProblemKind.TOO_MANY, "Vegetables", count=4, limit=3),
    )


def test_group_is_enough_at_its_minimum() -> None:
    without = tuple(part for part in PLAIN if part.product_id != TOMATO)
    assert found(on=without) == (Problem(ProblemKind.TOO_FEW, "Sauces", count=0, limit=1),)
    barbecue = Component(BARBECUE, variant_id(BARBECUE, "Medium"), title="Barbecue Sauce")
    assert found(barbecue, on=without) == ()


def test_topping_of_another_size_or_variant_does_not_fit() -> None:
    small = replace(olives(), variant_id=variant_id(OLIVES, "Small"))
    unknown = replace(olives(), variant_id=1)
    problem = Problem(ProblemKind.NOT_IN_SIZE, "Olives", "Medium")
    assert (found(small), found(unknown)) == ((problem,), (problem,))


def test_topping_without_variants_fits_any_size() -> None:
    basil = BundleItem(78, "Basil")
    group = replace(PIZZA.groups[2], items=(*PIZZA.groups[2].items, basil))
    pizza = replace(PIZZA, groups=(*PIZZA.groups[:2], group, PIZZA.groups[3]))
    assert find_problems(pizza, (*PLAIN, Component(78, 12345)), MENU) == ()


def test_half_of_a_part_that_has_no_halves_is_named() -> None:
    half_sauce = tuple(replace(part, portion=LEFT) if part.product_id == TOMATO else part for part in PLAIN)
    assert found(on=half_sauce) == (Problem(ProblemKind.WHOLE_ONLY, "Tomato Sauce"),)


# Deals and bundles inside


CALZONE = Bundle(90, "Calzone", (BundleGroup(1, "Filling", (BundleItem(91, "Ham"),), minimum=1),))
BOX = Bundle(80, "Box", (BundleGroup(5, "Inside", (BundleItem(90, "Calzone", is_bundle=True),)),))


def test_choice_of_a_deal_has_no_half() -> None:
    cola = Bundle(81, "Deal", (BundleGroup(5, "Drink", (BundleItem(92, "Cola"),)),), ProductType.DEAL)
    assert find_problems(cola, (Component(92, portion=LEFT),), {}) == (
        Problem(ProblemKind.WHOLE_ONLY, "Cola"),
    )


def test_two_equal_choices_of_a_deal_do_not_overlap() -> None:
    cola = Bundle(81, "Deal", (BundleGroup(5, "Drink", (BundleItem(92, "Cola"),)),), ProductType.DEAL)
    assert find_problems(cola, (Component(92), Component(92)), {}) == ()


def test_bundle_inside_a_bundle_has_no_half_and_may_be_there_twice() -> None:
    filled = Component(90, components=(Component(91),))
    bundles = {90: CALZONE, 80: BOX}
    assert find_problems(BOX, (filled, filled), bundles) == ()
    assert find_problems(BOX, (replace(filled, portion=LEFT),), bundles) == (
        Problem(ProblemKind.WHOLE_ONLY, "Calzone"),
    )


def test_problem_inside_is_named_with_what_it_is_in() -> None:
    outer = Bundle(
        70, "Party", (BundleGroup(7, "Boxes", (BundleItem(80, "Box", is_bundle=True),)),), ProductType.DEAL
    )
    bundles = {90: CALZONE, 80: BOX, 70: outer}
    nested = Component(
        80, components=(Component(90, components=(Component(999, title="Gravel"), Component(91))),)
    )
    (problem,) = find_problems(outer, (nested,), bundles)
    assert problem == Problem(ProblemKind.NOT_ON_BUNDLE, "Gravel", "Calzone", inside=("Box", "Calzone"))
    assert problem_text(problem) == "Box: Calzone: Gravel does not go on Calzone."


def test_slot_of_a_deal_decides_about_the_base_inside() -> None:
    small = (replace(PLAIN[0], variant_id=variant_id(CLASSIC, "Small", "Classic")),)
    chosen = Component(MARGHERITA, group_id=DEAL.groups[0].group_id, components=small)
    kinds = {one.kind for one in find_problems(DEAL, (chosen,), MENU)}
    assert ProblemKind.BASE_NOT_IN_DEAL in kinds


def test_part_that_is_no_bundle_is_not_looked_into() -> None:
    assert found(replace(olives(), components=(Component(999),))) == ()


# Sentences


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (Problem(ProblemKind.NO_BASE, "Pizza"), "Choose a size and a crust of Pizza."),
        (Problem(ProblemKind.BASE_NOT_IN_DEAL, "Pizza", "Small Pan"), "This deal has no Small Pan Pizza."),
        (Problem(ProblemKind.SEVERAL_BASES, "Pizza"), "Pizza has more than one base."),
        (Problem(ProblemKind.NOT_ON_BUNDLE, "Ham", "Pizza"), "Ham does not go on Pizza."),
        (Problem(ProblemKind.NOT_ON_BUNDLE, "", "Pizza"), "A part does not go on Pizza."),
        (Problem(ProblemKind.NOT_IN_SIZE, "Ham", "Small"), "Ham cannot be had in Small."),
        (Problem(ProblemKind.NOT_IN_SIZE, "Ham"), "Ham cannot be had in this form."),
        (Problem(ProblemKind.WHOLE_ONLY, "Ham"), "Ham goes on the whole only."),
        (Problem(ProblemKind.NO_QUANTITY, "Ham"), "Ham has no quantity."),
        (Problem(ProblemKind.OVERLAPPING, "Ham"), "Ham is on it twice."),
        (Problem(ProblemKind.TOO_FEW, "Dips", count=0, limit=2), "Choose 2 of Dips."),
        (Problem(ProblemKind.TOO_FEW, "Dips", count=1, limit=3), "Choose 2 more of Dips."),
        (Problem(ProblemKind.TOO_MANY, "Dips", count=4, limit=3), "Dips takes 3 at most, and 4 are on it."),
    ],
)
def test_every_problem_has_its_sentence(problem: Problem, sentence: str) -> None:
    assert problem_text(problem) == sentence


def test_equal_sentences_are_said_once() -> None:
    gravel = Component(999, title="Gravel")
    assert problems(PIZZA, (*PLAIN, gravel, gravel), MENU) == ("Gravel does not go on Margherita.",)
