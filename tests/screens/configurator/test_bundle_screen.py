"""Customise: one key each for left, right, whole, stronger, weaker and off; the price moves with the key."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.configuration import default_configuration, put_topping, remove_topping
from console.ordering.configuration.bundle import Bundle, BundleItem
from console.ordering.draft import Portion
from screens.configurator.bundle_screen import BundleScreen
from screens.dialogs.confirm import ConfirmScreen
from tests.ordering.menus import (
    BARBECUE,
    BEEF,
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
from tests.screens.configurator.building import ConfiguratorPilot, run_configurator

pytestmark = pytest.mark.anyio

REGULAR = {product: variant_id(product, "Medium") for product in (OLIVES, ONIONS, MUSHROOMS, BEEF, CHEESE)}


def figures(hands: ConfiguratorPilot) -> list[str]:
    """The price and the difference to the menu's."""
    return hands.rows[-5].split("~ KWD ")[1].split()


@pytest.mark.parametrize(
    ("keys", "lies"),
    [
        (["left"], ["L"]),
        (["right"], ["R"]),
        (["space"], ["W"]),
        (["left", "left"], []),
        (["space", "space"], []),
        (["left", "right"], ["L", "R"]),
        (["left", "right", "left"], ["R"]),
        (["left", "right", "space"], ["W"]),
        (["space", "left"], ["L"]),
        (["space", "delete"], []),
        (["left", "right", "f8"], []),
        (["left", "backspace"], []),
    ],
)
async def test_one_key_lays_a_topping_or_takes_it_off(keys: list[str], lies: list[str]) -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.type("olives")
        await hands.keys(*keys)
        assert sorted(portion for portion, _ in hands.positions_of(OLIVES)) == lies


@pytest.mark.parametrize(
    ("keys", "form"),
    [
        (["left", "plus"], "Extra"),
        (["left", "minus"], "Light"),
        (["plus"], "Regular"),
        (["plus", "plus"], "Extra"),
    ],
)
async def test_plus_and_minus_change_the_strength(keys: list[str], form: str) -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.type("olives")
        await hands.keys(*keys)
        assert [variant for _, variant in hands.positions_of(OLIVES)] == [variant_id(OLIVES, "Medium", form)]


async def test_topping_on_both_halves_changes_the_last_touched_half() -> None:
    """A topping on both halves: the half touched last changes its strength."""
    async with run_configurator(MARGHERITA) as hands:
        await hands.type("olives", "left", "right", "minus")
        assert hands.positions_of(OLIVES) == [
            ("L", variant_id(OLIVES, "Medium")),
            ("R", variant_id(OLIVES, "Medium", "Light")),
        ]
        assert "◐◑  Olives" in hands.screen
        assert "regular/…" in hands.screen


async def test_the_same_on_both_halves_offers_to_become_whole() -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.type("olives", "left", "right")
        assert hands.message == "Olives on both halves: F6 makes it whole."
        await hands.keys("f6")
        assert hands.positions_of(OLIVES) == [("W", REGULAR[OLIVES])]
        await hands.keys("f6")
        assert hands.message == "No topping is on both halves."


async def test_price_and_difference_move_with_the_key() -> None:
    async with run_configurator(MARGHERITA) as hands:
        assert figures(hands) == ["2.500"]
        await hands.type("beef", "space")
        assert figures(hands) == ["3.200", "+0.700"]
        await hands.keys("left")
        assert figures(hands) == ["2.850", "+0.350"]
        await hands.keys("f4", "f4")
        assert figures(hands)[1].startswith("-")


async def test_each_topping_says_what_it_costs_or_would() -> None:
    async with run_configurator(MARGHERITA) as hands:
        row = next(row for row in hands.rows if "Beef Pepperoni" in row)
        assert row.endswith("+0.700")
        await hands.type("beef", "space")
        row = next(row for row in hands.rows if "●   Beef Pepperoni" in row)
        assert row.endswith(" 0.700")


async def test_groups_count_what_is_on_and_what_is_free() -> None:
    async with run_configurator(MARGHERITA) as hands:
        assert "Vegetables: 1 of 3, 1 free left" in hands.screen
        await hands.type("olives", "left")
        assert "Vegetables: 2 of 3, 0 free left" in hands.screen


async def test_the_pizza_shows_what_lies_where() -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.type("olives", "left", *"mushrooms", "right", "plus", *"onions", "delete")
        drawn = " ".join(row[:32] for row in hands.rows)
        assert "no Onions" in drawn
        assert "│ extra" in drawn
        assert "left: Olives, right: extra Mushrooms, no Onions" in hands.screen


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        (("t", "o", "m", "left"), "Tomato Sauce goes on the whole only."),
        ((*"cheese", "plus", "plus"), "Cheese has no stronger form."),
        (("o", "l", "delete"), "Olives is not on it."),
        (("f7",), "Nothing to undo."),
        (("z",), "No topping matches z."),
        (
            (*"olives", "space", *"mush", "space", *"corn", "space"),
            "Vegetables takes 3 at most, and 3 are on it.",
        ),
    ],
)
async def test_what_is_refused_is_said_by_its_rule(keys: tuple[str, ...], sentence: str) -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.keys(*keys)
        assert hands.message == sentence


async def test_one_sauce_takes_the_place_of_the_other() -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.type("bar", "space")
        assert (hands.positions_of(TOMATO), [portion for portion, _ in hands.positions_of(BARBECUE)]) == (
            [],
            ["W"],
        )


# Finding a topping


@pytest.mark.parametrize(
    ("typed", "title"),
    [("c", "Cheese"), ("co", "Corn"), ("pep", "Beef Pepperoni"), ("beefpep", "Beef Pepperoni")],
)
async def test_letters_jump_to_the_topping_they_begin(typed: str, title: str) -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.type(typed)
        assert hands.message == f"Find {typed}"
        assert any("▸" in row and title in row for row in hands.rows)


async def test_what_finds_nothing_changes_nothing() -> None:
    async with run_configurator(MARGHERITA) as hands:
        begun = hands.first.components
        await hands.type("olix", "left")
        assert hands.message == "No topping matches olix. Nothing changed."
        assert hands.first.components == begun


async def test_a_slip_is_taken_back_and_the_topping_found() -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.type("olix", "backspace", "left")
        assert [portion for portion, _ in hands.positions_of(OLIVES)] == ["L"]


async def test_letters_begin_anew_after_a_move_and_after_an_action() -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.type("mu", "down", *"on")
        assert hands.message == "Find on"
        await hands.type("", "left", *"ol")
        assert hands.message == "Find ol"


async def test_backspace_and_escape_take_back_what_was_typed() -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.type("mus", "backspace")
        assert hands.message == "Find mu"
        await hands.keys("escape")
        assert (hands.message, hands.app.results) == ("", [])


# Size and crust


async def test_size_and_crust_go_round_and_toppings_follow() -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.type("olives", "left", "f4")
        assert hands.positions_of(OLIVES) == [("L", variant_id(OLIVES, "Large"))]
        await hands.keys("f5")
        assert "F4 Large  F5 Pan" in hands.screen
        await hands.keys("f5", "f4")
        assert "F4 Small  F5 Classic" in hands.screen


async def test_size_without_the_crust_is_skipped_and_said() -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.keys("f5", "f5", "f4")
        assert "F4 Small  F5 Thin" in hands.screen
        assert hands.message == "Large Margherita does not come as Thin: Classic, Pan."


async def test_what_a_size_has_not_is_named_before_it_is_dropped() -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.type("corn", "left", "f4", "f4")
        assert isinstance(hands.top, ConfirmScreen)
        assert "Small has no Corn." in hands.screen
        await hands.keys("escape")
        assert "F4 Large" in hands.screen
        assert hands.positions_of(CORN)
        await hands.keys("f4", "enter")
        assert "F4 Small" in hands.screen
        assert not hands.positions_of(CORN)


async def test_another_recipe_goes_on_the_right_half() -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.keys("slash")
        assert "Right half of Margherita" in hands.screen
        await hands.type("pep", "enter")
        assert [portion for portion, _ in hands.positions_of(ONIONS)] == ["L"]
        assert [portion for portion, _ in hands.positions_of(BEEF)] == ["R"]
        assert [portion for portion, _ in hands.positions_of(CHEESE)] == ["W"]


async def test_what_is_typed_ahead_of_a_choice_narrows_it() -> None:
    async with run_configurator(MARGHERITA) as hands:
        begun = hands.first.components
        await hands.burst(["slash", *"zz", "enter"])
        assert hands.top is not hands.first
        assert hands.first.components == begun
        await hands.keys("escape")
        await hands.burst(["slash", *"pep", "enter"])
        await hands.pilot.pause()
        assert [portion for portion, _ in hands.positions_of(BEEF)] == ["R"]


async def test_keys_faster_than_anything_keep_their_order() -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.burst(
            [*"oli", "left", "minus", *"mush", "right", *"on", "delete", *"beef", "space", "enter"]
        )
        (item,) = hands.app.results
        assert item is not None
        assert item.details == "Beef Pepperoni, left: light Olives, right: Mushrooms, no Onions"


async def test_without_another_recipe_there_is_nothing_to_choose() -> None:
    async with run_configurator(MARGHERITA, {MARGHERITA: menu()[MARGHERITA]}) as hands:
        await hands.keys("slash")
        assert hands.message == "No other recipe is known."


# Done and back


async def test_enter_returns_the_item_as_it_stands() -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.type("olives", "left", "minus", "enter")
        (item,) = hands.app.results
        assert item is not None
        assert (item.title, item.options, item.details) == (
            "Margherita",
            "Medium Classic",
            "left: light Olives",
        )
        assert item.components == hands.first.components
        assert item.unit_price == Decimal("2.500")


async def test_what_is_missing_is_said_instead_of_done() -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.type("tom", "delete")
        assert "! Choose 1 of Sauces." in hands.screen
        await hands.keys("enter")
        assert (hands.message, hands.app.results) == ("Choose 1 of Sauces.", [])


@pytest.mark.parametrize("back", ["escape", "f12"])
async def test_back_returns_nothing_and_says_where_it_was_left(back: str) -> None:
    async with run_configurator(MARGHERITA) as hands:
        await hands.type("olives", "left", back)
        assert hands.app.results == [None]
        assert hands.saved == [hands.first.components]


async def test_reopened_bundle_resumes_and_undo_returns_to_order() -> None:
    """The screen resumes where it was left, and undo leads back to the order."""
    bundles = menu()
    begun = default_configuration(bundles[MARGHERITA], bundles)
    left = put_topping(bundles[MARGHERITA], begun, OLIVES, Portion.LEFT)
    async with run_configurator(MARGHERITA, unfinished=left) as hands:
        assert hands.message.startswith("Continued where you left it.")
        assert hands.positions_of(OLIVES)
        await hands.keys("f7")
        assert hands.first.components == begun


async def test_a_line_that_is_there_is_opened_as_it_is() -> None:
    bundles = menu()
    changed = remove_topping(bundles[MARGHERITA], default_configuration(bundles[MARGHERITA], bundles), ONIONS)
    async with run_configurator(MARGHERITA, components=changed) as hands:
        assert "no Onions" in hands.screen
        await hands.keys("enter")
        (result,) = hands.app.results
        assert result is not None
        assert result.components == changed


async def test_undo_takes_back_one_change_at_a_time() -> None:
    async with run_configurator(MARGHERITA) as hands:
        begun = hands.first.components
        await hands.type("olives", "left", "minus", "f4", "f7", "f7", "f7")
        assert hands.first.components == begun


# What is not to be ordered, and bundles in bundles


async def test_an_item_of_unknown_group_is_shown_with_why() -> None:
    bundles = dict(menu())
    bundles[MARGHERITA] = replace(bundles[MARGHERITA], unplaced=(BundleItem(77, "Truffles"),))
    async with run_configurator(MARGHERITA, bundles) as hands:
        assert "Not available: group unknown" in hands.screen
        await hands.type("truf", "space")
        assert hands.message.startswith("The menu names no group")
        assert all(component.product_id != 77 for component in hands.first.components)


async def test_a_bundle_in_a_bundle_is_opened_by_enter() -> None:
    bundles = dict(menu())
    host: Bundle = bundles[MARGHERITA]
    extra = replace(
        host.groups[-1],
        group_id=9,
        title="Beside it",
        items=(BundleItem(PEPPERONI, "Pepperoni", is_bundle=True),),
    )
    bundles[MARGHERITA] = replace(host, groups=(*host.groups, extra))
    async with run_configurator(MARGHERITA, bundles) as hands:
        await hands.keys("end", "space", "enter")
        assert isinstance(hands.top, BundleScreen)
        assert hands.top is not hands.first
        await hands.type("olives", "left", "enter")
        assert hands.top is hands.first
        inner = next(c for c in hands.first.components if c.product_id == PEPPERONI)
        assert (OLIVES, Portion.LEFT) in [(c.product_id, c.portion) for c in inner.components]


async def test_it_works_without_colour_and_in_plain_signs() -> None:
    async with run_configurator(MARGHERITA, plain=True) as hands:
        await hands.type("olives", "left", *"onions", "right")
        assert hands.screen.isascii()
        assert "L   Olives" in hands.screen
        assert "R   Onions" in hands.screen
