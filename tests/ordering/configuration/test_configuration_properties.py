"""What holds for any menu and any keys: a configuration stays one that can be ordered, but for minimums."""

from hypothesis import given
from hypothesis import strategies as st

from console.ordering.configuration import (
    ConfigureError,
    base_variant,
    default_configuration,
    problems,
    products_on_both_halves,
    put_on_whole,
    put_topping,
    remove_topping,
    sizes,
    strength_variants,
    with_base,
)
from console.ordering.configuration.bundle import SIZE, STRENGTH, Bundle, Bundles, option_value
from console.ordering.draft import Component, Portion
from tests.ordering.menus import RANDOM_EDITS, RandomEdit, any_menu, any_pizzas, apply_edits


@given(any_menu())
def test_what_the_menu_has_can_be_ordered(bundles: Bundles) -> None:
    for bundle in bundles.values():
        assert problems(bundle, default_configuration(bundle, bundles), bundles) == ()


@given(any_menu(), RANDOM_EDITS)
def test_no_key_leaves_more_amiss_than_a_minimum(bundles: Bundles, edits: list[RandomEdit]) -> None:
    for bundle in bundles.values():
        for problem in problems(bundle, apply_edits(bundle, bundles, edits), bundles):
            assert "Choose " in problem


@given(any_pizzas(), RANDOM_EDITS, st.sampled_from(["Small", "Medium", "Large"]))
def test_another_size_keeps_each_strength_where_it_can(
    pizza: Bundle, edits: list[RandomEdit], size: str
) -> None:
    before = apply_edits(pizza, {}, edits)
    if size not in sizes(pizza):
        return
    crust = (
        next(v for v in pizza.base.variants if option_value(v, SIZE) == size).options[1].value
        if pizza.base
        else ""
    )
    refit = with_base(pizza, before, size=size, crust=crust)
    assert option_value(base_variant(pizza, refit.components), SIZE) == size
    after = {(c.product_id, c.portion): c for c in refit.components}
    for component in before[1:]:
        group = pizza.group_of(component.product_id)
        item = group.item(component.product_id) if group else None
        assert item
        kept = after.get((component.product_id, component.portion))
        names = [option_value(variant, STRENGTH) for variant in strength_variants(item, size)]
        if item.variants and not names:
            assert kept is None
            assert item.title in refit.dropped_titles
            continue
        assert kept
        strength = option_value(item.variant(component.variant_id), STRENGTH)
        if strength in names:
            assert option_value(item.variant(kept.variant_id), STRENGTH) == strength


@given(any_pizzas(), RANDOM_EDITS)
def test_the_same_base_again_changes_nothing(pizza: Bundle, edits: list[RandomEdit]) -> None:
    components = apply_edits(pizza, {}, edits)
    assert with_base(pizza, components).components == components


@given(any_pizzas(), RANDOM_EDITS, st.integers(0, 11), st.sampled_from(Portion))
def test_what_was_put_on_can_be_taken_off_again(
    pizza: Bundle, edits: list[RandomEdit], number: int, portion: Portion
) -> None:
    components = apply_edits(pizza, {}, edits)
    items = [
        item for group in pizza.groups if not (group.is_base or group.is_exclusive) for item in group.items
    ]
    if not items:
        return
    product_id = items[number % len(items)].product_id
    if any(component.product_id == product_id for component in components):
        return
    try:
        with_it = put_topping(pizza, components, product_id, portion)
    except ConfigureError:
        return
    assert remove_topping(pizza, with_it, product_id, portion) == components


@given(any_pizzas(), RANDOM_EDITS)
def test_what_lies_on_both_halves_can_be_made_whole(pizza: Bundle, edits: list[RandomEdit]) -> None:
    components = apply_edits(pizza, {}, edits)
    for product_id in products_on_both_halves(components):
        components = put_on_whole(pizza, components, product_id)
    assert products_on_both_halves(components) == ()


@given(any_pizzas(), RANDOM_EDITS)
def test_nothing_lies_on_one_part_twice(pizza: Bundle, edits: list[RandomEdit]) -> None:
    components = apply_edits(pizza, {}, edits)
    for half in (Portion.LEFT, Portion.RIGHT):
        there = [c.product_id for c in components if covers(c, half)]
        assert len(there) == len(set(there))


def covers(component: Component, half: Portion) -> bool:
    return component.portion in (Portion.WHOLE, half)
