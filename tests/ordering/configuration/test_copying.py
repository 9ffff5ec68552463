"""A configuration copied onto another pizza: the same toppings, and what it has not is named."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from console.ordering.configuration import (
    default_configuration,
    make_stronger,
    problems,
    put_topping,
    remove_topping,
    with_base,
)
from console.ordering.configuration.bundle import Bundle
from console.ordering.configuration.copying import can_copy, copy_configuration
from console.ordering.draft import Portion
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
    parts = put_topping(SOURCE, default_configuration(SOURCE, BUNDLES), OLIVES, Portion.LEFT)
    parts = with_base(SOURCE, make_stronger(SOURCE, parts, OLIVES), size="Large", crust="Pan").components
    made = copy_configuration(SOURCE, parts, OTHER, BUNDLES)
    assert lying(made.components) == lying(parts)
    assert made.not_copied == ()


def test_what_the_other_comes_with_and_this_has_not_is_not_on_it() -> None:
    made = copy_configuration(SOURCE, default_configuration(SOURCE, BUNDLES), OTHER, BUNDLES)
    assert BEEF not in {part.product_id for part in made.components}
    assert ONIONS in {part.product_id for part in made.components}


def test_what_the_other_has_not_is_named() -> None:
    poor = replace(OTHER, groups=OTHER.groups[:-1])
    parts = put_topping(SOURCE, default_configuration(SOURCE, BUNDLES), OLIVES, Portion.RIGHT)
    made = copy_configuration(SOURCE, parts, poor, BUNDLES)
    assert made.not_copied == ("Onions", "Olives")
    assert {part.product_id for part in made.components[1:]} == {TOMATO, CHEESE}


def test_missing_crust_is_named_and_own_crust_used() -> None:
    """A crust that the other product does not have is named, and its own is used."""
    base = OTHER.groups[0].items[0]
    no_pan = tuple(v for v in base.variants if v.variant_id != variant_id(base.product_id, "Large", "Pan"))
    poor = replace(
        OTHER,
        groups=(replace(OTHER.groups[0], items=(replace(base, variants=no_pan),)), *OTHER.groups[1:]),
    )
    parts = with_base(SOURCE, default_configuration(SOURCE, BUNDLES), size="Large", crust="Pan").components
    made = copy_configuration(SOURCE, parts, poor, BUNDLES)
    assert made.not_copied == ("Pan",)
    assert made.components[0].variant_id == variant_id(base.product_id, "Large", "Classic")


def test_a_deal_takes_only_what_is_on_the_same_deal() -> None:
    deal = BUNDLES[BOGO]
    assert can_copy(deal, deal)
    assert can_copy(SOURCE, OTHER)
    assert not can_copy(deal, OTHER)
    assert not can_copy(SOURCE, replace(deal, product_id=BOGO + 1))


def test_onto_itself_it_is_the_same() -> None:
    parts = remove_topping(SOURCE, default_configuration(SOURCE, BUNDLES), ONIONS)
    assert copy_configuration(SOURCE, parts, SOURCE, BUNDLES).components == parts


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
    parts = default_configuration(one, BUNDLES)
    for product_id, portion in toppings:
        full = put_topping(one, parts, product_id, portion) if len(parts) < 5 else parts
        parts = parts if problems(one, full, BUNDLES) else full
    assert problems(other, copy_configuration(one, parts, other, BUNDLES).components, BUNDLES) == ()
