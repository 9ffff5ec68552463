"""A configuration copied onto another pizza: the same toppings, and what it has not is named."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from console.ordering.bundle import Bundle
from console.ordering.draft import Portion
from console.ordering.pizza import as_on_menu, problems, put, stronger, take_off, with_base
from console.ordering.pizza.copying import copied_onto, takes_copy
from tests.ordering.menus import (
    BEEF,
    BOGO,
    CHEESE,
    CORN,
    MARGHERITA,
    MUSHROOMS,
    OLIVES,
    ONIONS,
    PEPPERONI,
    TOMATO,
    menu,
    variant_id,
)

BUNDLES = menu()
SOURCE, OTHER = BUNDLES[MARGHERITA], BUNDLES[PEPPERONI]


def lying(components: tuple[object, ...]) -> set[tuple[int, str, int]]:
    return {(c.product_id, c.portion.value, c.variant_id) for c in components}  # type: ignore[attr-defined]


def test_size_toppings_portions_and_strengths_are_repeated() -> None:
    parts = put(SOURCE, as_on_menu(SOURCE, BUNDLES), OLIVES, Portion.LEFT)
    parts = with_base(SOURCE, stronger(SOURCE, parts, OLIVES), size="Large", crust="Pan").components
    made = copied_onto(SOURCE, parts, OTHER, BUNDLES)
    assert lying(made.components) == lying(parts)
    assert made.missing == ()


def test_what_the_other_comes_with_and_this_has_not_is_not_on_it() -> None:
    made = copied_onto(SOURCE, as_on_menu(SOURCE, BUNDLES), OTHER, BUNDLES)
    assert BEEF not in {part.product_id for part in made.components}
    assert ONIONS in {part.product_id for part in made.components}


def test_what_the_other_has_not_is_named() -> None:
    poor = replace(OTHER, groups=OTHER.groups[:-1])
    parts = put(SOURCE, as_on_menu(SOURCE, BUNDLES), OLIVES, Portion.RIGHT)
    made = copied_onto(SOURCE, parts, poor, BUNDLES)
    assert made.missing == ("Onions", "Olives")
    assert {part.product_id for part in made.components[1:]} == {TOMATO, CHEESE}


def test_a_crust_that_the_other_has_not_is_named_and_its_own_taken() -> None:
    base = OTHER.groups[0].items[0]
    no_pan = tuple(v for v in base.variants if v.variant_id != variant_id(base.product_id, "Large", "Pan"))
    poor = replace(
        OTHER,
        groups=(replace(OTHER.groups[0], items=(replace(base, variants=no_pan),)), *OTHER.groups[1:]),
    )
    parts = with_base(SOURCE, as_on_menu(SOURCE, BUNDLES), size="Large", crust="Pan").components
    made = copied_onto(SOURCE, parts, poor, BUNDLES)
    assert made.missing == ("Pan",)
    assert made.components[0].variant_id == variant_id(base.product_id, "Large", "Classic")


def test_a_deal_takes_only_what_is_on_the_same_deal() -> None:
    deal = BUNDLES[BOGO]
    assert takes_copy(deal, deal)
    assert takes_copy(SOURCE, OTHER)
    assert not takes_copy(deal, OTHER)
    assert not takes_copy(SOURCE, replace(deal, product_id=BOGO + 1))


def test_onto_itself_it_is_the_same() -> None:
    parts = take_off(SOURCE, as_on_menu(SOURCE, BUNDLES), ONIONS)
    assert copied_onto(SOURCE, parts, SOURCE, BUNDLES).components == parts


@given(
    st.lists(
        st.tuples(st.sampled_from([OLIVES, MUSHROOMS, CORN, BEEF]), st.sampled_from(Portion)), max_size=5
    ),
    st.sampled_from([(SOURCE, OTHER), (OTHER, SOURCE)]),
)
def test_what_is_repeated_can_be_ordered_wherever_the_first_can(
    toppings: list[tuple[int, Portion]], pair: tuple[Bundle, Bundle]
) -> None:
    one, other = pair
    parts = as_on_menu(one, BUNDLES)
    for product_id, portion in toppings:
        full = put(one, parts, product_id, portion) if len(parts) < 5 else parts
        parts = parts if problems(one, full, BUNDLES) else full
    assert problems(other, copied_onto(one, parts, other, BUNDLES).components, BUNDLES) == ()
