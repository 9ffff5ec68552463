"""An order in words, as people say it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from console.ordering.catalogue import Option, Variant
from console.ordering.configuration import (
    base_variant,
    default_configuration,
    put_topping,
    remove_topping,
    with_base,
)
from console.ordering.configuration.bundle import Bundle, BundleGroup, BundleItem, option_value
from console.ordering.configuration.deal import configure_place, fill_place
from console.ordering.descriptions import build_order_item, details_text, options_text, read_back
from console.ordering.draft import AddLine, Component, Draft, DraftLine, OrderItem, Portion
from console.ordering.money import Currency
from console.ordering.pricing.half_rule import HalfRule
from tests.ordering.menus import (
    BARBECUE,
    BASES,
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
    any_pizzas,
    apply_edits,
    menu,
)

MENU = menu()
PIZZA, DEAL = MENU[MARGHERITA], MENU[BOGO]
PLAIN = default_configuration(PIZZA, MENU)
KWD = Currency("KWD")


def ordered() -> tuple[Component, ...]:
    made = with_base(PIZZA, PLAIN, size="Large", crust="Pan").components
    made = put_topping(PIZZA, made, OLIVES, Portion.LEFT)
    made = put_topping(PIZZA, made, MUSHROOMS, Portion.RIGHT, "Extra")
    return remove_topping(PIZZA, made, ONIONS)


def item(bundle: Bundle, components: tuple[Component, ...]) -> OrderItem:
    return build_order_item(bundle, components, bundles=MENU, currency=KWD, half_rule=HalfRule.HALF)


def test_a_pizza_is_said_as_people_say_it() -> None:
    assert options_text(PIZZA, ordered()) == "Large Pan"
    assert details_text(PIZZA, ordered(), MENU) == "left: Olives, right: extra Mushrooms, no Onions"


def test_what_is_as_on_the_menu_needs_no_words() -> None:
    assert details_text(PIZZA, PLAIN, MENU) == ""
    assert details_text(PIZZA, with_base(PIZZA, PLAIN, size="Large").components, MENU) == ""


@pytest.mark.parametrize(
    ("product_id", "portion", "strength", "words"),
    [
        (CORN, Portion.WHOLE, "", "Corn"),
        (CHEESE, Portion.WHOLE, "Light", "light Cheese"),
        (BARBECUE, Portion.WHOLE, "", "Barbecue Sauce"),
        (ONIONS, Portion.LEFT, "", "left: Onions"),
    ],
)
def test_what_was_changed_is_said(product_id: int, portion: Portion, strength: str, words: str) -> None:
    assert details_text(PIZZA, put_topping(PIZZA, PLAIN, product_id, portion, strength), MENU) == words


def test_two_toppings_on_a_half_are_joined() -> None:
    made = put_topping(PIZZA, put_topping(PIZZA, PLAIN, OLIVES, Portion.LEFT), CORN, Portion.LEFT)
    assert details_text(PIZZA, made, MENU) == "left: Olives and Corn"


def test_a_deal_says_what_fills_its_places() -> None:
    made = fill_place(DEAL, MENU, (), FIRST, 0, MARGHERITA)
    made = fill_place(DEAL, MENU, made, SECOND, 0, PEPPERONI)
    made = fill_place(DEAL, MENU, made, DRINK, 0, PEPSI)
    made = configure_place(made, 0, ordered())
    assert details_text(DEAL, made, MENU) == (
        "1: Large Pan Margherita, left: Olives, right: extra Mushrooms, no Onions; "
        "2: Medium Classic Pepperoni; Pepsi"
    )


def test_a_line_carries_its_words_and_its_estimate() -> None:
    made = item(PIZZA, ordered())
    assert (made.title, made.options, made.components) == ("Margherita", "Large Pan", ordered())
    assert made.details.startswith("left: Olives")
    # 3.750 for the base, olives free, half of 1.000 for the extra mushrooms.
    assert made.unit_price == Decimal("4.250")


def test_an_order_is_read_back_in_sentences() -> None:
    draft = Draft.replay(
        [
            AddLine(DraftLine("A", item(PIZZA, ordered()), 1)),
            AddLine(DraftLine("B", OrderItem(9, 0, "Garlic Bread", "", Decimal("0.950")), 13)),
        ]
    )
    assert read_back(draft, KWD, Decimal("16.600"), "ready at 18:40", MENU) == (
        "One Large Pan Margherita, left half Olives, right half extra Mushrooms, without Onions.",
        "13 Garlic Bread.",
        "Together KWD 16.600, ready at 18:40.",
    )


def test_a_deal_is_read_back_place_by_place() -> None:
    made = fill_place(DEAL, MENU, fill_place(DEAL, MENU, (), FIRST, 0, MARGHERITA), SECOND, 0, PEPPERONI)
    draft = Draft().apply(AddLine(DraftLine("A", item(DEAL, made), 2)))
    assert read_back(draft, KWD, Decimal(7), "", MENU)[0] == (
        "Two Two for One, number one, Medium Classic Margherita; number two, Medium Classic Pepperoni."
    )


def test_a_deal_as_on_the_menu_is_read_back_with_what_is_in_it() -> None:
    filled = tuple(
        replace(group, items=(replace(group.items[0], quantity=1), *group.items[1:])) for group in DEAL.groups
    )
    menu = {**MENU, DEAL.product_id: replace(DEAL, groups=filled)}
    plain = OrderItem(DEAL.product_id, 0, DEAL.title, "", Decimal(7))
    draft = Draft().apply(AddLine(DraftLine("A", plain, 1)))
    assert read_back(draft, KWD, Decimal(7), "", menu)[0] == (
        "One Two for One, number one, Medium Classic Margherita; number two, Medium Classic Margherita;"
        " Pepsi."
    )


def test_what_is_in_a_deal_several_times_is_said_once() -> None:
    drinks = replace(DEAL.groups[2], items=(replace(DEAL.groups[2].items[0], quantity=3),), maximum=3)
    deal = replace(DEAL, groups=(*DEAL.groups[:2], drinks))
    menu = {**MENU, DEAL.product_id: deal}
    made = fill_place(deal, menu, default_configuration(deal, menu), FIRST, 0, MARGHERITA)
    assert details_text(deal, made, menu) == "1: Medium Classic Margherita; 3 x Pepsi"
    draft = Draft().apply(
        AddLine(DraftLine("A", OrderItem(BOGO, 0, deal.title, "", Decimal(7), made, "3 x Pepsi"), 1))
    )
    assert read_back(draft, KWD, Decimal(7), "", menu)[0] == "One Two for One, three Pepsi."


@given(any_pizzas(), RANDOM_EDITS)
def test_topping_is_described_only_if_not_as_on_the_menu(pizza: Bundle, edits: list[RandomEdit]) -> None:
    def lying(components: tuple[Component, ...]) -> set[tuple[int, int, Portion, int]]:
        return {
            (c.product_id, c.variant_id, c.portion, c.quantity) for c in components if c.group_id != BASES
        }

    made = apply_edits(pizza, {}, edits)
    base = base_variant(pizza, made)
    size, crust = (option_value(base, name) for name in ("Size", "Crust"))
    on_menu = with_base(pizza, default_configuration(pizza, {}), size=size, crust=crust).components
    assert (details_text(pizza, made, {}) == "") == (lying(made) == lying(on_menu))


def test_an_empty_order_says_so() -> None:
    assert read_back(Draft(), KWD, Decimal(0), "", MENU) == ("Nothing ordered yet.",)


def test_a_strength_of_none_is_said_as_none_of_it() -> None:
    none = BundleItem(
        5,
        "Salt",
        (
            Variant(1, 5, "", (Option("Strength", "None"),), Decimal(0), Decimal(0)),
            Variant(2, 5, "", (Option("Strength", "Regular"),), Decimal(0), Decimal(0)),
        ),
        quantity=1,
        variant_id=2,
    )
    fries = Bundle(6, "Fries", (BundleGroup(1, "On top", (none,)),))
    assert (
        details_text(fries, put_topping(fries, default_configuration(fries, {}), 5, strength="None"), {})
        == "no Salt"
    )
