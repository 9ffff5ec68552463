"""Toppings, one rule a test, with two toppings where only one is meant."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.catalogue import Option, Variant
from console.ordering.configuration import (
    ConfigureError,
    default_configuration,
    make_stronger,
    make_weaker,
    products_on_both_halves,
    put_on_whole,
    put_topping,
    remove_topping,
    removed_defaults,
    with_base,
)
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem
from console.ordering.configuration.group_counts import components_in_group, count_units, placement_of
from console.ordering.configuration.strength import (
    comes_in_size,
    default_variant,
    fits_size,
    strength_variants,
    topping_text,
)
from console.ordering.configuration.toppings import topping_variant
from console.ordering.draft import Component, Portion
from tests.ordering.menus import (
    BARBECUE,
    BEEF,
    BOGO,
    CHEESE,
    CORN,
    MARGHERITA,
    MUSHROOMS,
    OLIVES,
    ONIONS,
    PEPPERONI,
    SAUCES,
    TOMATO,
    VEGETABLES,
    menu,
    variant_id,
)

MENU = menu()
PIZZA = MENU[MARGHERITA]
PLAIN = default_configuration(PIZZA, MENU)
LEFT, RIGHT, WHOLE = Portion.LEFT, Portion.RIGHT, Portion.WHOLE
Parts = tuple[Component, ...]


def put(*toppings: tuple[int, Portion] | tuple[int, Portion, str], on: Parts = PLAIN) -> Parts:
    for product_id, portion, *strength in toppings:
        on = put_topping(PIZZA, on, product_id, portion, *strength)
    return on


def strengths(parts: Parts) -> list[tuple[str, str, str]]:
    """Title, portion and strength of each topping that was added to the plain pizza."""
    return [
        (part.title, part.portion.value, ("Light", "Regular", "Extra")[part.variant_id % 10])
        for part in parts
        if part not in PLAIN
    ]


# Putting on


def test_left_half_leaves_another_topping_on_the_left_alone() -> None:
    made = put((OLIVES, LEFT, "Extra"), (MUSHROOMS, LEFT, "Light"), (OLIVES, RIGHT))
    assert strengths(made) == [
        ("Olives", "L", "Extra"),
        ("Olives", "R", "Regular"),
        ("Mushrooms", "L", "Light"),
    ]


def test_half_that_is_put_on_again_takes_the_new_strength_in_place() -> None:
    made = put((OLIVES, LEFT), (OLIVES, RIGHT), (MUSHROOMS, WHOLE), (OLIVES, LEFT, "Extra"))
    assert strengths(made) == [
        ("Olives", "L", "Extra"),
        ("Olives", "R", "Regular"),
        ("Mushrooms", "W", "Regular"),
    ]


def test_whole_replaces_both_halves_where_the_first_was() -> None:
    made = put((OLIVES, LEFT), (OLIVES, RIGHT), (MUSHROOMS, WHOLE), (OLIVES, WHOLE))
    assert strengths(made) == [("Olives", "W", "Regular"), ("Mushrooms", "W", "Regular")]


def test_two_strengths_become_the_default_one_on_the_whole() -> None:
    made = put((OLIVES, LEFT, "Light"), (OLIVES, RIGHT, "Extra"), (OLIVES, WHOLE))
    assert strengths(made) == [("Olives", "W", "Regular")]


def test_one_strength_on_both_halves_stays_on_the_whole() -> None:
    made = put((OLIVES, LEFT, "Light"), (OLIVES, RIGHT, "Light"), (OLIVES, WHOLE))
    assert strengths(made) == [("Olives", "W", "Light")]


def test_strength_that_was_asked_for_replaces_the_one_there() -> None:
    assert strengths(put((OLIVES, WHOLE, "Light"), (OLIVES, WHOLE, "Extra"))) == [("Olives", "W", "Extra")]


def test_strength_of_another_size_is_not_kept() -> None:
    large_extra = replace(put((OLIVES, WHOLE))[-1], variant_id=variant_id(OLIVES, "Large", "Extra"))
    made = put_topping(PIZZA, (*PLAIN, large_extra), OLIVES)
    assert made[-1].variant_id == variant_id(OLIVES, "Medium")


def test_exclusive_item_that_is_there_is_changed_in_place() -> None:
    made = put((TOMATO, WHOLE, "Extra"))
    assert [part.product_id for part in made] == [part.product_id for part in PLAIN]
    assert made[1].variant_id == variant_id(TOMATO, "Medium", "Extra")


def test_full_group_takes_a_change_of_what_is_there() -> None:
    full = put((OLIVES, WHOLE), (MUSHROOMS, WHOLE))
    assert strengths(put((OLIVES, LEFT, "Extra"), on=full))[0] == ("Olives", "L", "Extra")


def test_topping_of_two_units_needs_room_for_both() -> None:
    items = BundleItem(OLIVES, "Olives", quantity=2), BundleItem(ONIONS, "Onions")
    pair = Bundle(9, "Bread", (BundleGroup(VEGETABLES, "Vegetables", items, maximum=2),))
    assert put_topping(pair, (), OLIVES)[0].quantity == 2
    with pytest.raises(ConfigureError, match=r"^Vegetables takes 2 at most, and 1 are on it\.$"):
        put_topping(pair, (Component(ONIONS, group_id=VEGETABLES),), OLIVES)


def test_group_without_a_maximum_takes_all() -> None:
    open_group = replace(PIZZA.groups[3], maximum=None)
    roomy = replace(PIZZA, groups=(*PIZZA.groups[:3], open_group))
    made = PLAIN
    for product_id in (OLIVES, MUSHROOMS, CORN):
        made = put_topping(roomy, made, product_id)
    assert count_units(roomy, open_group, made) == 4


def test_topping_that_does_not_come_in_the_size_is_refused() -> None:
    small = with_base(PIZZA, PLAIN, size="Small").components
    with pytest.raises(ConfigureError, match=r"^Corn cannot be had in Small\.$"):
        put_topping(PIZZA, small, CORN)


def test_bundle_inside_is_not_halved() -> None:
    inner = BundleItem(90, "Calzone", quantity=1, is_bundle=True)
    box = Bundle(9, "Box", (BundleGroup(1, "Inside", (inner, BundleItem(91, "Dip"))),))
    with pytest.raises(ConfigureError, match=r"^Calzone goes on the whole only\.$"):
        put_topping(box, (), 90, LEFT)
    with pytest.raises(ConfigureError, match=r"^Calzone goes on the whole only\.$"):
        remove_topping(box, (Component(90, group_id=1),), 90, LEFT)
    assert put_topping(box, (), 91, LEFT)[0].portion is LEFT


# Taking off


def test_left_half_is_taken_off_and_other_toppings_stay() -> None:
    made = put((OLIVES, LEFT), (OLIVES, RIGHT), (MUSHROOMS, LEFT))
    assert strengths(remove_topping(PIZZA, made, OLIVES, LEFT)) == [
        ("Olives", "R", "Regular"),
        ("Mushrooms", "L", "Regular"),
    ]


@pytest.mark.parametrize("portion", [None, WHOLE])
def test_topping_taken_off_is_gone_from_both_halves(portion: Portion | None) -> None:
    made = put((OLIVES, LEFT), (OLIVES, RIGHT), (MUSHROOMS, LEFT))
    assert strengths(remove_topping(PIZZA, made, OLIVES, portion)) == [("Mushrooms", "L", "Regular")]


@pytest.mark.parametrize(("portion", "left"), [(LEFT, "R"), (RIGHT, "L")])
def test_half_of_a_whole_topping_stays_on_the_other(portion: Portion, left: str) -> None:
    made = remove_topping(PIZZA, put((OLIVES, WHOLE, "Extra"), (MUSHROOMS, WHOLE)), OLIVES, portion)
    assert strengths(made) == [("Olives", left, "Extra"), ("Mushrooms", "W", "Regular")]


def test_topping_that_is_not_on_that_half_is_not_taken_off() -> None:
    made = put((OLIVES, RIGHT), (MUSHROOMS, LEFT))
    with pytest.raises(ConfigureError, match=r"^Olives is not on the left half\.$"):
        remove_topping(PIZZA, made, OLIVES, LEFT)
    with pytest.raises(ConfigureError, match=r"^Mushrooms is not on the right half\.$"):
        remove_topping(PIZZA, made, MUSHROOMS, RIGHT)


def test_sauce_is_not_taken_off_one_half() -> None:
    with pytest.raises(ConfigureError, match=r"^Tomato Sauce goes on the whole only\.$"):
        remove_topping(PIZZA, PLAIN, TOMATO, LEFT)
    assert TOMATO not in {part.product_id for part in remove_topping(PIZZA, PLAIN, TOMATO)}


# Strength


@pytest.mark.parametrize(("change", "strength"), [(make_stronger, "Extra"), (make_weaker, "Light")])
def test_strength_changes_on_one_half_only(change: object, strength: str) -> None:
    shift = make_stronger if change is make_stronger else make_weaker
    halves = put((OLIVES, LEFT), (OLIVES, RIGHT))
    assert strengths(shift(PIZZA, halves, OLIVES, RIGHT)) == [
        ("Olives", "L", "Regular"),
        ("Olives", "R", strength),
    ]
    whole = put((OLIVES, WHOLE))
    assert sorted(strengths(shift(PIZZA, whole, OLIVES, LEFT))) == [
        ("Olives", "L", strength),
        ("Olives", "R", "Regular"),
    ]


def test_both_halves_change_where_each_can() -> None:
    halves = put((OLIVES, LEFT, "Light"), (OLIVES, RIGHT, "Extra"))
    assert strengths(make_stronger(PIZZA, halves, OLIVES)) == [
        ("Olives", "L", "Regular"),
        ("Olives", "R", "Extra"),
    ]
    assert strengths(make_weaker(PIZZA, halves, OLIVES)) == [
        ("Olives", "L", "Light"),
        ("Olives", "R", "Regular"),
    ]


def test_end_of_the_strengths_is_said() -> None:
    with pytest.raises(ConfigureError, match=r"^Olives has no weaker form\.$"):
        make_weaker(PIZZA, put((OLIVES, WHOLE, "Light")), OLIVES)
    with pytest.raises(ConfigureError, match=r"^Olives has no stronger form\.$"):
        make_stronger(PIZZA, put((OLIVES, LEFT, "Extra")), OLIVES, LEFT)


def test_strength_of_what_is_not_there_is_not_changed() -> None:
    with pytest.raises(ConfigureError, match=r"^Olives is not on it\.$"):
        make_stronger(PIZZA, PLAIN, OLIVES)
    with pytest.raises(ConfigureError, match=r"^Olives is not on the left half\.$"):
        make_stronger(PIZZA, put((OLIVES, RIGHT)), OLIVES, LEFT)
    with pytest.raises(ConfigureError, match=r"^Olives is not on the right half\.$"):
        make_weaker(PIZZA, put((OLIVES, LEFT)), OLIVES, RIGHT)


def test_topping_without_strengths_has_no_other() -> None:
    plain = BundleItem(78, "Basil")
    group = replace(PIZZA.groups[2], items=(*PIZZA.groups[2].items, plain))
    pizza = replace(PIZZA, groups=(*PIZZA.groups[:2], group, PIZZA.groups[3]))
    with pytest.raises(ConfigureError, match=r"^Basil has no stronger form\.$"):
        make_stronger(pizza, put_topping(pizza, PLAIN, 78), 78)
    with pytest.raises(ConfigureError, match=r"^Basil has no Extra: it has one strength\.$"):
        put_topping(pizza, PLAIN, 78, strength="Extra")


def test_variant_of_a_strength_is_that_of_the_size() -> None:
    olives = PIZZA.groups[3].items[1]
    found = topping_variant(olives, "Large", "extra")
    assert found is not None
    assert found.variant_id == variant_id(OLIVES, "Large", "Extra")
    usual = topping_variant(olives, "Large", "")
    assert usual is not None
    assert usual.variant_id == variant_id(OLIVES, "Large")


# Both halves


def test_only_the_same_on_both_halves_can_become_whole() -> None:
    made = put(
        (OLIVES, LEFT),
        (OLIVES, RIGHT),
        (CHEESE, LEFT),
        (BEEF, RIGHT),
        (MUSHROOMS, LEFT),
        (MUSHROOMS, RIGHT, "Light"),
    )
    assert products_on_both_halves(made) == (OLIVES,)
    more = (*made[:-1], replace(made[-1], quantity=2))
    assert products_on_both_halves(more) == (OLIVES,)


def test_stronger_half_is_put_on_the_whole() -> None:
    made = put((OLIVES, LEFT, "Extra"), (OLIVES, RIGHT, "Light"), (MUSHROOMS, LEFT, "Light"))
    assert strengths(put_on_whole(PIZZA, made, OLIVES)) == [
        ("Olives", "W", "Extra"),
        ("Mushrooms", "L", "Light"),
    ]
    with pytest.raises(ConfigureError, match=r"^Corn is not on it\.$"):
        put_on_whole(PIZZA, made, CORN)


# Defaults


def test_every_default_that_is_gone_is_named() -> None:
    bare = remove_topping(PIZZA, remove_topping(PIZZA, PLAIN, ONIONS), CHEESE)
    assert removed_defaults(PIZZA, bare) == ("Cheese", "Onions")
    assert removed_defaults(PIZZA, remove_topping(PIZZA, PLAIN, TOMATO)) == ("Tomato Sauce",)
    assert removed_defaults(PIZZA, PLAIN) == ()


def test_base_is_no_default_topping() -> None:
    assert removed_defaults(PIZZA, PLAIN[1:]) == ()


# Groups


def test_component_is_placed_by_its_group_or_by_its_product() -> None:
    olives = Component(OLIVES, group_id=VEGETABLES)
    for group_id in (VEGETABLES, 0, SAUCES):
        place = placement_of(PIZZA, replace(olives, group_id=group_id))
        assert place is not None
        assert (place[0].group_id, place[1].product_id) == (VEGETABLES, OLIVES)
    assert placement_of(PIZZA, Component(999, group_id=VEGETABLES)) is None


def test_product_in_two_groups_is_in_the_group_it_names() -> None:
    deal = MENU[BOGO]
    first, second = (Component(PEPPERONI, group_id=group.group_id) for group in deal.groups[:2])
    assert components_in_group(deal, deal.groups[0], (first, second)) == (first,)
    assert components_in_group(deal, deal.groups[1], (first, second)) == (second,)


def test_halves_count_once_and_the_larger_quantity_counts() -> None:
    halves = (Component(OLIVES, portion=LEFT), Component(OLIVES, portion=RIGHT, quantity=2), Component(CORN))
    assert count_units(PIZZA, PIZZA.groups[3], halves) == 3
    assert count_units(PIZZA, PIZZA.groups[3], halves[::-1]) == 3


def test_choices_of_a_deal_count_each() -> None:
    deal = MENU[BOGO]
    chosen = Component(PEPPERONI, group_id=deal.groups[0].group_id)
    assert count_units(deal, deal.groups[0], (chosen, replace(chosen, quantity=2))) == 3


def test_bundles_inside_a_bundle_count_each() -> None:
    box = Bundle(9, "Box", (BundleGroup(1, "Inside", (BundleItem(90, "Calzone", is_bundle=True),)),))
    assert count_units(box, box.groups[0], (Component(90), Component(90))) == 2


# Variants


def one(number: int, price: str, **options: str) -> Variant:
    amount = Decimal(price)
    chosen = tuple(Option(name, value) for name, value in options.items())
    return Variant(number, 5, "", chosen, amount, amount)


def test_variant_without_a_size_fits_any() -> None:
    anywhere, large = one(1, "1", Strength="Extra"), one(2, "1", Size="Large")
    assert [fits_size(anywhere, size) for size in ("", "Large")] == [True, True]
    assert [fits_size(large, size) for size in ("", "LARGE", "Small")] == [True, True, False]
    assert comes_in_size(BundleItem(5, "Honey"), "Small")
    assert comes_in_size(BundleItem(5, "Honey", (large, anywhere)), "Small")
    assert not comes_in_size(BundleItem(5, "Honey", (large,)), "Small")


def test_of_two_variants_of_one_strength_the_cheaper_counts() -> None:
    item = BundleItem(
        5,
        "Honey",
        (one(2, "2", Strength="Light"), one(1, "1", Strength="light"), one(3, "1", Strength="Light")),
    )
    assert [variant.variant_id for variant in strength_variants(item, "")] == [1]


def test_default_strength_of_the_menu_is_kept_in_another_size() -> None:
    variants = tuple(
        one(number, "1", Size=size, Strength=strength)
        for number, (size, strength) in enumerate(
            [("Small", "Light"), ("Small", "Regular"), ("Large", "Light"), ("Large", "Regular")], 1
        )
    )
    by_default = BundleItem(5, "Honey", variants, quantity=1, variant_id=1)
    assert [default_variant(by_default, size) for size in ("Small", "Large", "")] == [
        variants[0],
        variants[2],
        variants[0],
    ]
    by_choice = replace(by_default, quantity=0)
    assert default_variant(by_choice, "Large") == variants[3]
    assert default_variant(by_choice, "Huge") is None


def test_topping_is_named_with_what_is_unusual() -> None:
    strengths = tuple(
        one(number, "1", Strength=name) for number, name in enumerate(["None", "Regular", "Extra"], 1)
    )
    item = BundleItem(5, "Honey", strengths)
    names = [topping_text(item, Component(5, number), "") for number in (1, 2, 3, 9)]
    assert names == ["no Honey", "Honey", "extra Honey", "Honey"]
    assert topping_text(item, Component(5, 3, quantity=2), "") == "2 x extra Honey"
    assert topping_text(replace(item, quantity=2), Component(5, 2, quantity=2), "") == "Honey"
    assert topping_text(replace(item, quantity=2), Component(5, 2, quantity=1), "") == "1 x Honey"


def test_sauces_exclude_each_other_by_their_group() -> None:
    assert [group.is_exclusive for group in PIZZA.groups] == [True, True, False, False]
    assert BARBECUE in {part.product_id for part in put((BARBECUE, WHOLE))}
