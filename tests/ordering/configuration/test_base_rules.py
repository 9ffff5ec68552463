"""The base of a bundle, filling a deal, two recipes and copies: one rule a test."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.catalogue import Option, ProductType, Variant
from console.ordering.configuration import (
    ConfigureError,
    base_variant,
    crusts,
    default_configuration,
    half_and_half,
    put_topping,
    remove_topping,
    sizes,
    with_base,
)
from console.ordering.configuration.base import (
    BaseChange,
    base_size,
    base_text,
    base_variants,
    default_base,
    slot_allows,
)
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem, option_value
from console.ordering.configuration.copying import can_copy, copy_configuration
from console.ordering.configuration.deal import clear_place, deal_places, fill_place
from console.ordering.configuration.defaults import choice_component, item_parts
from console.ordering.draft import Component, OrderItem, Portion
from tests.ordering.menus import (
    BARBECUE,
    BEEF,
    BOGO,
    CHEESE,
    CLASSIC,
    CORN,
    DRINK,
    FIRST,
    MARGHERITA,
    MUSHROOMS,
    OLIVES,
    ONIONS,
    PEPPERONI,
    PEPSI,
    SECOND,
    TOMATO,
    menu,
    variant_id,
)

MENU = menu()
PIZZA, OTHER, DEAL = MENU[MARGHERITA], MENU[PEPPERONI], MENU[BOGO]
PLAIN = default_configuration(PIZZA, MENU)
SLOT = DEAL.groups[0].items[0]
LEFT, RIGHT, WHOLE = Portion.LEFT, Portion.RIGHT, Portion.WHOLE
Parts = tuple[Component, ...]


def base_id(size: str, crust: str) -> int:
    return variant_id(CLASSIC, size, crust)


def shown(variant: Variant | None) -> str:
    return variant.label if variant else ""


# The base


def test_base_is_the_one_component_that_gives_crust_and_size() -> None:
    large = Component(CLASSIC, base_id("Large", "Pan"))
    assert shown(base_variant(PIZZA, (PLAIN[1], large))) == "Large Pan"
    assert base_size(PIZZA, (large,)) == "Large"
    assert base_variant(PIZZA, (Component(CLASSIC, 1), large)) == base_variant(PIZZA, (large,))
    assert base_variant(PIZZA, PLAIN[1:]) is None
    assert base_variant(DEAL, (large,)) is None
    assert base_size(PIZZA, ()) == ""


def test_base_is_named_by_size_then_crust() -> None:
    crust_first = Variant(1, 1, "", (Option("Crust", "Pan"), Option("Size", "Large")), Decimal(1), Decimal(1))
    assert base_text(crust_first) == "Large Pan"
    assert base_text(replace(crust_first, options=(Option("CRUST", "Pan"),))) == "Pan"
    assert base_text(None) == ""
    assert option_value(crust_first, "size") == "Large"
    assert option_value(crust_first, "Strength") == ""


def test_slot_takes_the_sizes_it_names_in_any_case() -> None:
    small, large = (
        base_variant(PIZZA, (Component(CLASSIC, base_id(size, "Pan")),)) for size in ("Small", "Large")
    )
    assert small is not None
    assert large is not None
    shouting = replace(SLOT, base_prices={"LARGE": Decimal(1)})
    assert [slot_allows(slot, large) for slot in (None, shouting, replace(SLOT, base_prices={}))] == [
        True
    ] * 3
    assert not slot_allows(shouting, small)
    assert [shown(one) for one in base_variants(PIZZA, shouting)] == ["Large Classic", "Large Pan"]
    assert base_variants(DEAL) == ()


def test_crusts_are_those_of_the_size_in_any_case() -> None:
    assert (crusts(PIZZA, "LARGE"), crusts(PIZZA, "Huge")) == (("Classic", "Pan"), ())
    assert sizes(PIZZA) == ("Small", "Medium", "Large")


def test_default_base_is_the_slots_own_else_its_first_size_on_our_crust() -> None:
    own = replace(PIZZA, groups=(with_default_base("Medium", "Pan"), *PIZZA.groups[1:]))
    large_first = replace(SLOT, base_prices={"Large": Decimal(1), "Medium": Decimal(1)})
    named = replace(SLOT, variant_id=base_id("Medium", "Thin"))
    unknown = replace(SLOT, base_prices={"Huge": Decimal(1)})
    mixed = replace(SLOT, base_prices={"Huge": Decimal(1), "Small": Decimal(1)})
    assert shown(default_base(own)) == "Medium Pan"
    assert shown(default_base(own, large_first)) == "Large Pan"
    assert shown(default_base(own, named)) == "Medium Thin"
    assert shown(default_base(own, mixed)) == "Small Pan"
    assert default_base(own, unknown) is None
    assert shown(default_base(own, replace(SLOT, base_prices={}))) == "Medium Pan"
    assert default_base(DEAL) is None


def test_default_base_without_our_crust_is_the_first_of_its_size() -> None:
    thin = replace(PIZZA, groups=(with_default_base("Medium", "Thin"), *PIZZA.groups[1:]))
    large_only = replace(SLOT, base_prices={"Large": Decimal(1)})
    assert shown(default_base(thin, large_only)) == "Large Classic"


def test_unknown_default_base_is_the_first_of_the_menu() -> None:
    group = PIZZA.groups[0]
    lost = replace(group, items=(replace(group.items[0], variant_id=1),))
    assert shown(default_base(replace(PIZZA, groups=(lost, *PIZZA.groups[1:])))) == "Small Classic"


def test_default_toppings_come_in_the_size_of_the_default_base() -> None:
    large = replace(PIZZA, groups=(with_default_base("Large", "Pan"), *PIZZA.groups[1:]))
    toppings = default_configuration(large, MENU)[1:]
    assert [part.variant_id for part in toppings] == [
        variant_id(part.product_id, "Large") for part in toppings
    ]


def test_default_that_does_not_come_in_the_size_is_left_out() -> None:
    small = replace(
        PIZZA, groups=(with_default_base("Small", "Pan"), *with_default(PIZZA, CORN, "Regular").groups[1:])
    )
    assert CORN not in {part.product_id for part in default_configuration(small, MENU)}


def with_default_base(size: str, crust: str) -> BundleGroup:
    group = PIZZA.groups[0]
    return replace(group, items=(replace(group.items[0], variant_id=base_id(size, crust)),))


def test_size_and_crust_change_alone_or_together() -> None:
    pan = with_base(PIZZA, PLAIN, crust="pan").components
    assert shown(base_variant(PIZZA, pan)) == "Medium Pan"
    assert shown(base_variant(PIZZA, with_base(PIZZA, pan, size="LARGE").components)) == "Large Pan"
    assert (
        shown(base_variant(PIZZA, with_base(PIZZA, pan, size="Small", crust="Thin").components))
        == "Small Thin"
    )
    assert with_base(PIZZA, PLAIN) == BaseChange(PLAIN)


def test_base_is_put_first_and_there_is_one() -> None:
    mixed = (*PLAIN[1:], PLAIN[0], PLAIN[0])
    made = with_base(PIZZA, mixed, size="Large").components
    assert [part.product_id for part in made] == [CLASSIC, *(part.product_id for part in PLAIN[1:])]
    assert made[0] == Component(
        CLASSIC, base_id("Large", "Classic"), group_id=PLAIN[0].group_id, title="Base"
    )


def test_missing_base_is_the_default_one() -> None:
    assert with_base(PIZZA, PLAIN[1:]).components == PLAIN
    assert (
        shown(base_variant(PIZZA, with_base(PIZZA, (), crust="Pan", deal_slot=SLOT).components))
        == "Medium Pan"
    )


@pytest.mark.parametrize(
    ("bundle", "size", "crust", "message"),
    [
        (PIZZA, "Huge", "", "Margherita does not come in Huge: Small, Medium, Large."),
        (PIZZA, "Large", "Thin", "Large Margherita does not come as Thin: Classic, Pan."),
        (DEAL, "Large", "", "Two for One does not come in Large: ."),
        (DEAL, "", "", "Two for One does not come in that size: ."),
    ],
)
def test_unknown_base_is_refused_with_the_choices(
    bundle: Bundle, size: str, crust: str, message: str
) -> None:
    with pytest.raises(ConfigureError) as caught:
        with_base(bundle, PLAIN if bundle is PIZZA else (), size=size, crust=crust)
    assert str(caught.value) == message


def test_size_that_a_slot_does_not_take_is_refused() -> None:
    with pytest.raises(ConfigureError, match=r"^This deal has no Small Margherita\.$"):
        with_base(PIZZA, PLAIN, size="Small", deal_slot=SLOT)


def test_every_topping_takes_its_form_of_the_new_size() -> None:
    made = put_topping(PIZZA, put_topping(PIZZA, PLAIN, OLIVES, LEFT, "Light"), MUSHROOMS, RIGHT, "Extra")
    large = with_base(PIZZA, made, size="Large").components
    assert [(part.product_id, part.variant_id, part.portion) for part in large[-2:]] == [
        (OLIVES, variant_id(OLIVES, "Large", "Light"), LEFT),
        (MUSHROOMS, variant_id(MUSHROOMS, "Large", "Extra"), RIGHT),
    ]


def test_topping_without_a_form_in_the_new_size_is_named_once() -> None:
    made = put_topping(PIZZA, put_topping(PIZZA, PLAIN, CORN, LEFT), CORN, RIGHT)
    change = with_base(PIZZA, made, size="Small")
    assert change.dropped_titles == ("Corn",)
    assert CORN not in {part.product_id for part in change.components}


def test_part_that_the_bundle_does_not_know_stays_as_it_is() -> None:
    odd = Component(999, 5, title="Gravel")
    assert with_base(PIZZA, (*PLAIN, odd), size="Large").components[-1] == odd


# Deals


def filled() -> Parts:
    made = fill_place(DEAL, MENU, (), FIRST, 0, MARGHERITA)
    return fill_place(DEAL, MENU, fill_place(DEAL, MENU, made, SECOND, 0, PEPPERONI), DRINK, 0, PEPSI)


def family(**changes: object) -> Bundle:
    """A deal of two to three drinks of two kinds."""
    drinks = (BundleItem(60, "Cola", quantity=2), BundleItem(61, "Tea"))
    slot = BundleGroup(6, "Drinks", drinks, minimum=2, maximum=3)
    return Bundle(9, "Family", (replace(slot, **changes),), ProductType.DEAL)  # type: ignore[arg-type]


def test_places_are_those_filled_then_those_that_must_or_may_be() -> None:
    def places(deal: Bundle, count: int) -> list[tuple[int, int, str]]:
        components = tuple(Component(60, group_id=6, title="Cola") for _ in range(count))
        return [(one.position, one.index, one.problem) for one in deal_places(deal, components)]

    needs = "Choose 1 of Drinks."
    assert places(family(), 0) == [(0, -1, needs), (1, -1, needs)]
    assert places(family(), 1) == [(0, 0, ""), (1, -1, needs)]
    assert places(family(), 2) == [(0, 0, ""), (1, 1, ""), (2, -1, "")]
    assert places(family(), 3) == [(0, 0, ""), (1, 1, ""), (2, 2, "")]
    assert places(family(maximum=None), 4)[-1] == (4, -1, "")


def test_place_with_nothing_amiss_inside_has_no_problem() -> None:
    assert [place.problem for place in deal_places(DEAL, filled(), MENU)] == ["", "", ""]


def test_choice_replaces_the_one_at_its_position_only() -> None:
    two = default_configuration(family(), {})
    assert [part.title for part in two] == ["Cola", "Cola"]
    made = fill_place(family(), {}, two, 6, 1, 61)
    assert [part.title for part in made] == ["Cola", "Tea"]
    assert [part.title for part in fill_place(family(), {}, made, 6, 0, 61)] == ["Tea", "Tea"]


@pytest.mark.parametrize("position", [2, 7, -1])
def test_position_beyond_the_filled_ones_is_the_next(position: int) -> None:
    two = default_configuration(family(), {})
    assert [part.title for part in fill_place(family(), {}, two, 6, position, 61)] == ["Cola", "Cola", "Tea"]


def test_slot_is_full_at_its_maximum() -> None:
    three = fill_place(family(), {}, default_configuration(family(), {}), 6, 2, 61)
    with pytest.raises(ConfigureError, match=r"^Drinks takes 3 at most, and 3 are chosen\.$"):
        fill_place(family(), {}, three, 6, 3, 60)
    assert len(fill_place(family(maximum=None), {}, three, 6, 3, 60)) == 4


def test_same_choice_with_another_base_is_made_anew() -> None:
    made = filled()
    again = fill_place(DEAL, MENU, made, FIRST, 0, MARGHERITA, base_id("Large", "Pan"))
    assert shown(base_variant(PIZZA, again[0].components)) == "Large Pan"
    assert again[1:] == made[1:]
    assert fill_place(DEAL, MENU, made, FIRST, 0, MARGHERITA) is made


def test_unknown_slot_or_product_is_refused() -> None:
    with pytest.raises(ConfigureError, match=r"^That does not go into Two for One\.$"):
        fill_place(DEAL, MENU, (), 999, 0, MARGHERITA)
    with pytest.raises(ConfigureError, match=r"^That does not go into Drink\.$"):
        fill_place(DEAL, MENU, (), DRINK, 0, MARGHERITA)


def test_unknown_base_of_a_choice_is_the_menus() -> None:
    (pizza,) = fill_place(DEAL, MENU, (), FIRST, 0, MARGHERITA, 1)
    assert pizza.components == PLAIN


def test_place_that_is_emptied_leaves_the_others() -> None:
    assert [part.title for part in clear_place(filled(), 1)] == ["Margherita", "Pepsi"]


def test_choice_has_its_form_only_where_it_has_forms() -> None:
    can, bottle = (
        Variant(number, 60, "", (Option("Pack", name),), Decimal(1), Decimal(1))
        for number, name in enumerate(("Can", "Bottle"), 1)
    )
    group = BundleGroup(6, "Drinks", ())
    cola = BundleItem(60, "Cola", (can, bottle), quantity=1, variant_id=2)
    assert choice_component(group, cola, {}) == Component(60, 2, group_id=6, title="Cola")
    assert choice_component(group, cola, {}, 1).variant_id == 1
    assert choice_component(group, replace(cola, variants=()), {}, 1).variant_id == 0
    assert choice_component(group, replace(cola, is_bundle=True), {}, 1).variant_id == 0


def test_deal_ordered_without_changes_has_its_default_parts() -> None:
    plain = OrderItem(9, 0, "Family", "", Decimal(3))
    parts = default_configuration(family(), {})
    assert item_parts(plain, {9: family()}) == parts
    assert item_parts(replace(plain, components=parts[:1]), {9: family()}) == parts[:1]
    assert item_parts(plain, {}) == ()
    assert item_parts(replace(plain, product_id=MARGHERITA), MENU) == ()


# Two recipes


def test_recipes_keep_their_strengths_and_share_what_is_equal() -> None:
    light = with_default(OTHER, CHEESE, "Light")
    made = half_and_half(PIZZA, PIZZA, light, PLAIN)
    assert [
        (part.title, part.portion.value, part.variant_id) for part in made if part.product_id == CHEESE
    ] == [
        ("Cheese", "L", variant_id(CHEESE, "Medium")),
        ("Cheese", "R", variant_id(CHEESE, "Medium", "Light")),
    ]
    same = half_and_half(PIZZA, light, light, PLAIN)
    assert [part.variant_id for part in same if part.product_id == CHEESE] == [
        variant_id(CHEESE, "Medium", "Light")
    ]


def with_default(bundle: Bundle, product_id: int, strength: str) -> Bundle:
    """The bundle with another default strength of one topping."""
    groups = tuple(
        replace(
            group,
            items=tuple(
                replace(item, quantity=1, variant_id=variant_id(product_id, "Medium", strength))
                if item.product_id == product_id
                else item
                for item in group.items
            ),
        )
        for group in bundle.groups
    )
    return replace(bundle, groups=groups)


def test_sauce_that_both_recipes_have_is_as_strong_as_in_them() -> None:
    strong = with_default(PIZZA, TOMATO, "Extra"), with_default(OTHER, TOMATO, "Extra")
    made = half_and_half(PIZZA, *strong, PLAIN)
    assert [part.variant_id for part in made if part.product_id == TOMATO] == [
        variant_id(TOMATO, "Medium", "Extra")
    ]


def test_hosts_own_sauce_comes_in_the_size() -> None:
    sauces = OTHER.groups[1]
    other = replace(
        sauces, items=tuple(replace(one, quantity=int(one.product_id == BARBECUE)) for one in sauces.items)
    )
    smoky = replace(OTHER, groups=(OTHER.groups[0], other, *OTHER.groups[2:]))
    made = half_and_half(PIZZA, PIZZA, smoky, with_base(PIZZA, PLAIN, size="Large").components)
    assert [part.variant_id for part in made if part.product_id == TOMATO] == [variant_id(TOMATO, "Large")]


def test_recipe_on_the_right_is_on_the_right() -> None:
    made = half_and_half(PIZZA, OTHER, PIZZA, PLAIN)
    portions = {part.product_id: part.portion for part in made}
    assert (portions[BEEF], portions[ONIONS], portions[CHEESE], portions[TOMATO]) == (
        LEFT,
        RIGHT,
        WHOLE,
        WHOLE,
    )


def test_two_recipes_begin_with_the_hosts_base() -> None:
    pan = with_base(PIZZA, PLAIN, crust="Pan").components
    assert shown(base_variant(PIZZA, half_and_half(PIZZA, PIZZA, OTHER, pan))) == "Medium Pan"
    assert shown(base_variant(PIZZA, half_and_half(PIZZA, PIZZA, OTHER, ()))) == "Medium Classic"


def test_topping_that_does_not_come_in_the_size_is_refused_by_name() -> None:
    with_corn = with_default(OTHER, CORN, "Regular")
    small = with_base(PIZZA, PLAIN, size="Small").components
    with pytest.raises(ConfigureError, match=r"^Corn of Pepperoni cannot go on Margherita\.$"):
        half_and_half(PIZZA, PIZZA, with_corn, small)


def test_unknown_sauce_of_a_recipe_is_the_hosts() -> None:
    sauces = OTHER.groups[1]
    unknown = replace(sauces, items=(BundleItem(79, "Pesto", quantity=1, whole_only=True),))
    pesto = replace(OTHER, groups=(OTHER.groups[0], unknown, *OTHER.groups[2:]))
    made = half_and_half(PIZZA, PIZZA, pesto, PLAIN)
    assert TOMATO in {part.product_id for part in made}


# Copies


def test_copy_to_the_same_product_is_the_same() -> None:
    made = put_topping(PIZZA, PLAIN, OLIVES, LEFT)
    assert copy_configuration(PIZZA, made, PIZZA, MENU).components is made


def test_copy_has_base_toppings_portions_and_strengths() -> None:
    made = with_base(PIZZA, PLAIN, size="Large", crust="Pan").components
    made = put_topping(PIZZA, made, OLIVES, LEFT, "Extra")
    made = put_topping(PIZZA, remove_topping(PIZZA, made, ONIONS), BARBECUE)
    copied = copy_configuration(PIZZA, made, OTHER, MENU)
    assert copied.not_copied == ()
    assert shown(base_variant(OTHER, copied.components)) == "Large Pan"
    assert {(part.product_id, part.variant_id, part.portion) for part in copied.components[1:]} == {
        (BARBECUE, variant_id(BARBECUE, "Large"), WHOLE),
        (CHEESE, variant_id(CHEESE, "Large"), WHOLE),
        (OLIVES, variant_id(OLIVES, "Large", "Extra"), LEFT),
    }


def test_what_the_target_does_not_have_is_named_once() -> None:
    bare = replace(OTHER, groups=OTHER.groups[:3])
    made = put_topping(PIZZA, put_topping(PIZZA, PLAIN, OLIVES, LEFT), OLIVES, RIGHT)
    copied = copy_configuration(PIZZA, made, bare, MENU)
    assert copied.not_copied == ("Onions", "Olives")


def test_crust_that_the_target_does_not_have_is_named_and_the_size_is_kept() -> None:
    base = OTHER.groups[0]
    classic = tuple(one for one in base.items[0].variants if option_value(one, "Crust") == "Classic")
    plain = replace(base, items=(replace(base.items[0], variants=classic),))
    target = replace(OTHER, groups=(plain, *OTHER.groups[1:]))
    made = with_base(PIZZA, PLAIN, size="Large", crust="Pan").components
    copied = copy_configuration(PIZZA, made, target, MENU)
    assert (copied.not_copied, shown(base_variant(target, copied.components))) == (("Pan",), "Large Classic")


def test_copy_needs_the_same_product_or_two_bases() -> None:
    assert can_copy(PIZZA, OTHER)
    assert can_copy(DEAL, DEAL)
    assert not can_copy(PIZZA, DEAL)
    assert not can_copy(DEAL, PIZZA)
