"""Deals: slots as a checklist, each opened by Enter, and Escape comes back with what was set."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.catalogue import ProductType
from console.ordering.configuration.bundle import BundleGroup, BundleItem, Bundles
from console.ordering.draft import Component, Portion
from screens.configurator.bundle_screen import BundleScreen
from screens.configurator.deal_screen import DealScreen
from tests.ordering.menus import BOGO, MARGHERITA, OLIVES, PEPPERONI, PEPSI, TOMATO, menu
from tests.screens.configurator.building import ConfiguratorPilot, run_configurator

pytestmark = pytest.mark.anyio

FAMILY = 9
FILLED = ("p", "enter", "down", "m", "enter")
"""A Pepperoni first, then a Margherita."""


def family() -> Bundles:
    """A deal with a deal in it."""
    bundles = dict(menu())
    inner = BundleGroup(
        900, "Two pizzas", (BundleItem(BOGO, "Two for One", is_bundle=True),), minimum=1, maximum=1
    )
    bundles[FAMILY] = replace(
        bundles[BOGO], product_id=FAMILY, title="Family", groups=(inner,), product_type=ProductType.DEAL
    )
    return bundles


def olives(components: tuple[Component, ...]) -> list[Portion]:
    """Where olives lie in a configuration, at any depth."""
    here = [part.portion for part in components if part.product_id == OLIVES]
    return here + [portion for part in components for portion in olives(part.components)]


def slot(hands: ConfiguratorPilot, title: str) -> str:
    return next(row for row in hands.rows if title in row[:24])


async def test_the_checklist_says_what_is_missing() -> None:
    async with run_configurator(BOGO) as hands:
        assert slot(hands, "First Pizza").startswith("▸!○")
        assert "Choose 1 of First Pizza." in slot(hands, "First Pizza")
        assert "May stay empty." in slot(hands, "Drink")
        await hands.keys("f2")
        assert (hands.message, hands.app.results) == ("Choose 1 of First Pizza.", [])


async def test_a_letter_begins_to_choose_what_fills_a_slot() -> None:
    async with run_configurator(BOGO) as hands:
        await hands.keys("p", "enter")
        assert "●  First Pizza           Medium Classic Pepperoni" in hands.screen


async def test_size_outside_the_deal_does_not_affect_the_pizza() -> None:
    bundles = dict(menu())
    first, *others = bundles[BOGO].groups
    medium = tuple(replace(item, base_prices={"Medium": Decimal(2)}) for item in first.items)
    bundles[BOGO] = replace(bundles[BOGO], groups=(replace(first, items=medium), *others))
    async with run_configurator(BOGO, bundles) as hands:
        await hands.keys("m", "enter", "enter", "f4")
        assert hands.message == "This deal takes one size only."


async def test_a_filled_deal_is_taken() -> None:
    async with run_configurator(BOGO) as hands:
        await hands.keys(*FILLED, "f2")
        (item,) = hands.app.results
        assert item is not None
        assert [part.product_id for part in item.components] == [PEPPERONI, MARGHERITA]
        assert item.unit_price == Decimal("3.500")


async def test_enter_opens_a_slot_and_done_goes_on_to_what_is_missing() -> None:
    async with run_configurator(BOGO) as hands:
        await hands.keys("m", "enter", "enter")
        assert isinstance(hands.top, BundleScreen)
        assert hands.rows[1].startswith("First Pizza: Margherita")
        await hands.type("olives", "left", "enter")
        assert hands.top is hands.first
        assert olives(hands.first.components) == [Portion.LEFT]
        assert "left: Olives" in hands.screen
        assert slot(hands, "Second Pizza").startswith("▸!○")


async def test_escape_comes_back_with_what_was_set() -> None:
    async with run_configurator(BOGO) as hands:
        await hands.keys("m", "enter", "enter")
        await hands.type("olives", "right", "escape")
        assert hands.top is hands.first
        assert olives(hands.first.components) == [Portion.RIGHT]
        await hands.keys("enter")
        assert "◑   Olives" in hands.screen


async def test_an_unfinished_slot_says_what_it_needs() -> None:
    async with run_configurator(BOGO) as hands:
        await hands.keys(*FILLED, "up", "enter")
        await hands.type("tom", "delete", "escape")
        assert "! Choose 1 of Sauces." in hands.screen
        await hands.keys("down", "f2")
        assert hands.message == "Pepperoni: Choose 1 of Sauces."
        assert slot(hands, "First Pizza").startswith("▸!◐")
        await hands.keys("enter")
        await hands.type("tom", "space", "enter")
        assert TOMATO in {part.product_id for part in hands.first.components[0].components}


async def test_the_price_of_the_deal_moves_inside_a_slot() -> None:
    async with run_configurator(BOGO) as hands:
        await hands.keys(*FILLED, "up", "enter", "f4")
        assert "~ KWD 4.000  +0.500" in hands.screen


async def test_sizes_that_the_slot_does_not_take_are_not_offered() -> None:
    async with run_configurator(BOGO) as hands:
        await hands.keys("m", "enter", "enter", "f4", "f4")
        assert "F4 Medium" in hands.screen


async def test_a_choice_says_what_it_costs_more() -> None:
    async with run_configurator(BOGO) as hands:
        await hands.keys("m", "enter", "enter", "f4", "enter")  # a large one, above the deal's floor
        await hands.keys("end", "f4")
        choice = next(row for row in hands.rows if "▸ Pepsi" in row)
        assert choice.rstrip(" │").endswith("+0.250")


async def test_an_optional_slot_is_emptied_and_filled_again() -> None:
    async with run_configurator(BOGO) as hands:
        await hands.keys("end", "enter", "enter")
        assert PEPSI in {part.product_id for part in hands.first.components}
        await hands.keys("delete")
        assert hands.message == "Drink is empty. F7 undoes it."
        assert PEPSI not in {part.product_id for part in hands.first.components}
        await hands.keys("f7")
        assert PEPSI in {part.product_id for part in hands.first.components}


async def test_another_choice_in_a_slot_can_be_taken_back() -> None:
    async with run_configurator(BOGO) as hands:
        await hands.keys("m", "enter", "enter")
        await hands.type("olives", "left", "enter")
        unchanged = hands.first.components
        await hands.keys("home", "p", "enter")
        assert hands.first.components[0].product_id == PEPPERONI
        await hands.keys("f7")
        assert hands.first.components == unchanged


async def test_the_same_choice_again_keeps_what_was_configured() -> None:
    async with run_configurator(BOGO) as hands:
        await hands.keys("m", "enter", "enter")
        await hands.type("olives", "left", "enter")
        await hands.keys("home", "m", "enter")
        assert olives(hands.first.components) == [Portion.LEFT]


async def test_a_bundle_in_a_deal_in_a_deal() -> None:
    async with run_configurator(FAMILY, family()) as hands:
        await hands.keys("t", "enter", "enter")
        assert isinstance(hands.top, DealScreen)
        assert hands.top is not hands.first
        await hands.keys(*FILLED, "up", "enter")
        assert isinstance(hands.top, BundleScreen)
        await hands.type("olives", "left", "enter", "f2", "f2")
        (item,) = hands.app.results
        assert item is not None
        assert olives(item.components) == [Portion.LEFT]


async def test_back_tells_where_the_deal_was_left() -> None:
    async with run_configurator(BOGO) as hands:
        await hands.keys("m", "enter", "escape")
        assert hands.app.results == [None]
        assert [part.product_id for part in hands.saved[-1]] == [MARGHERITA]
