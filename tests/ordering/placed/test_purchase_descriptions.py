"""What was bought, in the menu's words where the menu knows its parts, else in the platform's."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from console.ordering.configuration import default_configuration, put_topping, remove_topping, with_base
from console.ordering.configuration.base import Components
from console.ordering.configuration.bundle import Bundle
from console.ordering.configuration.deal import fill_place
from console.ordering.descriptions import build_order_item, item_details
from console.ordering.draft import Component, Portion
from console.ordering.money import ZERO, Currency
from console.ordering.placed.past_orders import PastLine
from console.ordering.placed.purchase_descriptions import described_item, menu_components, read_back_purchase
from console.ordering.placed.purchased_order import PurchasedOrder
from console.ordering.pricing.half_rule import HalfRule
from tests.ordering.menus import (
    BOGO,
    DRINK,
    FIRST,
    MARGHERITA,
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

KWD, MENU = Currency("KWD"), menu()
PIZZA, DEAL = MENU[MARGHERITA], MENU[BOGO]
BREAD = PastLine(1, 500, 0, "Garlic Bread", 2, Decimal("0.750"))


def bought(bundle: Bundle, components: Components, quantity: int = 1) -> PastLine:
    """The line that the platform has for a configuration: it names no group."""
    return PastLine(1, bundle.product_id, 0, bundle.title, quantity, Decimal(4), parts=_parts(components))


def _parts(components: tuple[Component, ...]) -> tuple[PastLine, ...]:
    return tuple(
        PastLine(
            0, c.product_id, c.variant_id, c.title, c.quantity, ZERO,
            portion=c.portion, parts=_parts(c.components),
        )
        for c in components
    )  # fmt: skip


@given(any_pizzas(), RANDOM_EDITS)
def test_bought_pizza_is_described_as_it_was_ordered(pizza: Bundle, edits: list[RandomEdit]) -> None:
    bundles = {pizza.product_id: pizza}
    components = apply_edits(pizza, bundles, edits)
    item = build_order_item(pizza, components, bundles=bundles, currency=KWD, half_rule=HalfRule.HALF)
    found = described_item(bought(pizza, components), bundles)
    assert (found.options, sorted(found.details)) == (item.options, sorted(item.details))


def test_halves_and_removed_toppings_are_said_in_the_menus_words() -> None:
    made = with_base(PIZZA, default_configuration(PIZZA, MENU), size="Large", crust="Pan").components
    made = remove_topping(PIZZA, put_topping(PIZZA, made, OLIVES, Portion.LEFT), ONIONS)
    order = PurchasedOrder((bought(PIZZA, made, 2),), Decimal(8))
    assert read_back_purchase(order, KWD, "as soon as possible", MENU) == (
        "Two Large Pan Margherita, left half Olives, without Onions.",
        "Together KWD 8.000, as soon as possible.",
    )


def test_deal_is_read_back_with_what_is_in_it() -> None:
    made = fill_place(DEAL, MENU, (), FIRST, 0, MARGHERITA)
    made = fill_place(DEAL, MENU, fill_place(DEAL, MENU, made, SECOND, 0, PEPPERONI), DRINK, 0, PEPSI)
    line = bought(DEAL, made)
    assert item_details(described_item(line, MENU), MENU) == (
        "1: Medium Classic Margherita; 2: Medium Classic Pepperoni; Pepsi"
    )


def test_part_that_the_menu_does_not_know_lists_all_by_name() -> None:
    made = default_configuration(PIZZA, MENU)
    line = bought(PIZZA, made)
    unknown = replace(line, parts=(*line.parts, PastLine(0, 99_999, 0, "Truffle", 1, ZERO)))
    assert menu_components(line, MENU) == made
    assert menu_components(unknown, MENU) is None
    assert "Truffle" in described_item(unknown, MENU).details


def test_gift_cancelled_and_unreadable_lines_are_said() -> None:
    lines = (
        replace(BREAD, is_free=True),
        replace(BREAD, cancelled_quantity=2),
        replace(BREAD, cancelled_quantity=1),
    )
    order = PurchasedOrder(lines, Decimal(0), unreadable_lines=2)
    assert read_back_purchase(order, KWD, "", MENU) == (
        "Two Garlic Bread, free.",
        "Two Garlic Bread, cancelled.",
        "One Garlic Bread.",
        "2 entries cannot be read.",
        "Together KWD 0.000.",
    )


def test_nothing_bought_says_so() -> None:
    assert read_back_purchase(PurchasedOrder((), ZERO), KWD, "", MENU) == ("Nothing ordered yet.",)
