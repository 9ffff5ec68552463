"""Differences between a requested bundle and the cart's, part by part."""

from dataclasses import replace
from decimal import Decimal

from console.ordering.draft import Component, OrderItem, Portion
from console.ordering.money import Currency
from console.services.orders.problem_texts import line_difference_text
from console.sync.cart.bundle_differences import PartChange, PartDifference, as_item, part_differences
from console.sync.cart.observed_cart import CartLine, Configuration, PartName

PIZZA = OrderItem(
    10,
    0,
    "Margherita",
    "Large Pan",
    Decimal(4),
    components=(
        Component(11, 111, title="Margherita"),
        Component(12, 121, portion=Portion.LEFT, title="Olives"),
        Component(13, 131, title="Onions"),
    ),
)


def notes(item: OrderItem, line: CartLine) -> tuple[str, ...]:
    """The differences as an operator reads them."""
    return tuple(line_difference_text(one, Currency("KWD")) for one in part_differences(item, line))


def pizza_there(*parts: Configuration) -> CartLine:
    names = (PartName(13, 132, "Onions", "Light Large"), PartName(14, 141, "Corn", "Regular Large"))
    return CartLine(
        "k", Configuration(10, components=parts), 1, "Margherita", "", Decimal(4), part_names=names
    )


BASE, OLIVES = Configuration(11, 111), Configuration(12, 121, portion=Portion.LEFT)
ONIONS = Configuration(13, 131)


def test_parts_as_requested_need_no_words() -> None:
    assert notes(PIZZA, pizza_there(ONIONS, OLIVES, BASE)) == ()


def test_missing_and_unexpected_parts_are_named() -> None:
    corn = Configuration(14, 141)
    assert notes(PIZZA, pizza_there(BASE, OLIVES, corn)) == ("Onions is missing", "Corn was added")


def test_portion_and_strength_differences_show_both_values() -> None:
    """Another portion and another strength are said, requested against actual."""
    whole, light = replace(OLIVES, portion=Portion.WHOLE), replace(ONIONS, variant_id=132)
    found = notes(PIZZA, pizza_there(BASE, whole, light))
    assert found == ("Olives was left, is whole", "Onions is Light Large")


def test_a_part_of_a_part_is_named_with_what_it_belongs_to() -> None:
    deal = OrderItem(
        20, 0, "Two", "", Decimal(4), (Component(10, title="Margherita", components=PIZZA.components),)
    )
    there = CartLine(
        "k",
        Configuration(20, components=(Configuration(10, components=(BASE, OLIVES)),)),
        1,
        "Two",
        "",
        Decimal(4),
    )
    assert notes(deal, there) == ("Margherita: Onions is missing",)


def test_a_fact_as_an_item_has_the_facts_own_configuration() -> None:
    line = pizza_there(BASE, OLIVES, ONIONS)
    assert Configuration.of(as_item(line)) == line.configuration
    assert [part.title for part in as_item(line).components if part.product_id == 13] == ["Onions"]


# Each difference alone


def changes(*parts: Configuration) -> list[PartDifference]:
    return list(part_differences(PIZZA, pizza_there(*parts)))


def test_another_quantity_is_both_figures() -> None:
    more = replace(ONIONS, quantity=2)
    assert changes(BASE, OLIVES, more) == [
        PartDifference(PartChange.QUANTITY, ("Onions",), quantities=(1, 2))
    ]


def test_another_portion_is_both_portions() -> None:
    moved = replace(OLIVES, portion=Portion.RIGHT)
    assert changes(BASE, moved, ONIONS) == [
        PartDifference(PartChange.PORTION, ("Olives",), portions=(Portion.LEFT, Portion.RIGHT))
    ]


def test_another_variant_is_the_carts_in_words_or_nothing() -> None:
    assert changes(BASE, OLIVES, replace(ONIONS, variant_id=132)) == [
        PartDifference(PartChange.VARIANT, ("Onions",), options="Light Large")
    ]
    assert changes(BASE, OLIVES, replace(ONIONS, variant_id=139)) == [
        PartDifference(PartChange.VARIANT, ("Onions",))
    ]


def test_all_that_differs_of_one_part_is_said() -> None:
    other = replace(ONIONS, variant_id=139, quantity=3, portion=Portion.LEFT)
    assert [one.change for one in changes(BASE, OLIVES, other)] == [
        PartChange.PORTION,
        PartChange.VARIANT,
        PartChange.QUANTITY,
    ]


def test_part_without_a_name_is_named_by_its_number() -> None:
    nameless = CartLine(
        "k",
        Configuration(10, components=(BASE, OLIVES, ONIONS, Configuration(99))),
        1,
        "Margherita",
        "",
        Decimal(4),
        part_names=(PartName(12, 121, ""), PartName(99, 0, "")),
    )
    assert part_differences(PIZZA, nameless) == (PartDifference(PartChange.ADDED, ("product 99",)),)


def test_name_that_the_cart_leaves_out_is_ours() -> None:
    line = replace(pizza_there(BASE, ONIONS), part_names=(PartName(12, 121, ""),))
    assert part_differences(PIZZA, line) == (PartDifference(PartChange.MISSING, ("Olives",)),)


def test_carts_name_of_a_part_is_used() -> None:
    line = replace(pizza_there(BASE, ONIONS), part_names=(PartName(12, 121, "Black Olives"),))
    assert part_differences(PIZZA, line) == (PartDifference(PartChange.MISSING, ("Black Olives",)),)


TWO_HALVES = replace(
    PIZZA,
    components=(
        Component(12, 121, portion=Portion.LEFT, title="Olives"),
        Component(12, 122, portion=Portion.RIGHT, title="Olives"),
    ),
)


def test_halves_are_compared_with_their_own_half_first() -> None:
    there = pizza_there(
        Configuration(12, 122, quantity=2, portion=Portion.RIGHT),
        Configuration(12, 121, quantity=3, portion=Portion.LEFT),
    )
    assert part_differences(TWO_HALVES, there) == (
        PartDifference(PartChange.QUANTITY, ("Olives",), quantities=(1, 3)),
        PartDifference(PartChange.QUANTITY, ("Olives",), quantities=(1, 2)),
    )


def test_portion_counts_more_than_the_variant_in_pairing() -> None:
    there = pizza_there(
        Configuration(12, 121, portion=Portion.RIGHT), Configuration(12, 122, portion=Portion.LEFT)
    )
    assert [(one.change, one.portions) for one in part_differences(TWO_HALVES, there)] == [
        (PartChange.VARIANT, (Portion.WHOLE, Portion.WHOLE)),
        (PartChange.VARIANT, (Portion.WHOLE, Portion.WHOLE)),
    ]


def test_equal_parts_are_paired_before_any_other() -> None:
    there = pizza_there(Configuration(12, 122, portion=Portion.RIGHT))
    assert part_differences(TWO_HALVES, there) == (PartDifference(PartChange.MISSING, ("Olives",)),)


def test_one_of_two_equal_parts_may_be_missing() -> None:
    twice = replace(PIZZA, components=(PIZZA.components[2], PIZZA.components[2]))
    assert part_differences(twice, pizza_there(ONIONS)) == (PartDifference(PartChange.MISSING, ("Onions",)),)
    once = replace(PIZZA, components=(PIZZA.components[2],))
    assert part_differences(once, pizza_there(ONIONS, ONIONS)) == (
        PartDifference(PartChange.ADDED, ("Onions",)),
    )


def test_inner_bundle_ordered_as_on_the_menu_may_come_with_its_parts() -> None:
    deal = OrderItem(
        20, 0, "Two", "", Decimal(4), (Component(10, title="Margherita"), Component(30, title="Cola"))
    )
    there = CartLine(
        "k",
        Configuration(20, components=(Configuration(10, components=(BASE, OLIVES)), Configuration(30))),
        1,
        "Two",
        "",
        Decimal(4),
    )
    assert part_differences(deal, there) == ()


def test_item_ordered_as_on_the_menu_has_no_differences() -> None:
    assert part_differences(replace(PIZZA, components=()), pizza_there(BASE, OLIVES)) == ()


def test_cart_line_as_an_item_has_every_part_at_any_depth() -> None:
    inner = Configuration(10, 101, quantity=2, components=(OLIVES,))
    names = (PartName(10, 101, "Margherita"), PartName(12, 121, "Olives"))
    line = CartLine(
        "k",
        Configuration(20, 201, components=(inner, ONIONS)),
        3,
        "Two",
        "Large",
        Decimal(4),
        part_names=names,
    )
    assert as_item(line) == OrderItem(
        20,
        201,
        "Two",
        "Large",
        Decimal(4),
        (
            Component(
                10,
                101,
                2,
                title="Margherita",
                components=(Component(12, 121, portion=Portion.LEFT, title="Olives"),),
            ),
            Component(13, 131),
        ),
    )
