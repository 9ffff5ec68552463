"""Differences between a requested bundle and the cart's, part by part."""

from dataclasses import replace
from decimal import Decimal

from console.ordering.draft import Component, OrderItem, Portion
from console.ordering.money import Currency
from console.services.orders.problem_texts import line_difference_text
from console.sync.cart.bundle_differences import as_item, part_differences
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
