"""The way into the builder on a real store: what a product is made of is read, configured and handed on."""

import json
from pathlib import Path

import pytest

from console.ordering.draft import OrderItem, Portion
from console.sandbox.switches import Fault, FaultKind, Switches
from console.sync.cart.mapping import item_request
from screens.configurator.bundle_screen import BundleScreen
from screens.configurator.deal_screen import DealScreen
from screens.configurator.open import configure_product
from screens.order.screen import OrderScreen
from tests.paths import API_SAMPLES
from tests.screens.driving import ConsolePilot, run_console

pytestmark = pytest.mark.anyio

PLATFORM = Switches(group_data=True)


async def open_on(operator: ConsolePilot, text: str, item: OrderItem | None = None) -> list[OrderItem]:
    """Open the builder on what is found by a text; what it hands on arrives in the list."""
    screen = operator.screen_of(OrderScreen)
    product = ((await screen.session.menu.search(text)).products)[0]
    taken: list[OrderItem] = []

    async def configure() -> None:
        if (configured := await configure_product(screen, product, item)) is not None:
            taken.append(configured)

    screen.run_worker(configure)
    await operator.until(lambda: operator.app.screen is not screen, "the builder")
    await operator.pilot.pause()
    return taken


def documented_children() -> list[tuple[int, set[tuple[int, int]]]]:
    """What the documented customised deal is made of: each pizza with its products and their forms."""
    body = (API_SAMPLES / "carts.add_items.customized_deal.request.txt").read_text(encoding="utf-8")
    (deal,) = json.loads(body.partition("InputData=")[2])["cart"]["Item"]
    return [
        (
            pizza["ProductID"],
            {(child["productId"], child["variantProductId"]) for child in pizza["ChildItem"]},
        )
        for pizza in deal["ChildItem"]
    ]


def documented_groups() -> list[set[tuple[int, int]]]:
    """The group that each part of it travels under, pizza by pizza."""
    body = (API_SAMPLES / "carts.add_items.customized_deal.request.txt").read_text(encoding="utf-8")
    (deal,) = json.loads(body.partition("InputData=")[2])["cart"]["Item"]
    return [
        {(child["productId"], child["groupId"]) for child in pizza["ChildItem"]}
        for pizza in deal["ChildItem"]
    ]


@pytest.mark.parametrize(
    "switches", [PLATFORM, Switches()], ids=["told by the platform", "learnt from an echo"]
)
async def test_the_documented_deal_is_built_by_keys(tmp_path: Path, switches: Switches) -> None:
    async with run_console(tmp_path) as operator:
        operator.backend.switch(switches)
        await operator.start_walk_in()
        taken = await open_on(operator, "buy one get one")
        assert isinstance(operator.app.screen, DealScreen)
        await operator.keys("down", "enter", "f5", "enter", "f2")
        (item,) = taken
        built = [
            (pizza.product_id, {(part.product_id, part.variant_id) for part in pizza.components})
            for pizza in item.components
        ]
        assert built == documented_children()


async def test_the_deal_built_by_keys_is_accepted(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        operator.backend.switch(PLATFORM)
        await operator.start_walk_in()
        await operator.keys(*"buy")
        await operator.see("▸ BUY ONE")
        await operator.keys("enter")
        await operator.see("Added 1 BUY ONE")
        await operator.keys("slash")
        await operator.see("2 of 2 slots filled")
        await operator.keys("down", "enter", "f5", "enter", "f2")
        await operator.see("2: Medium Pan", "Confirmed = KWD 5.650 ✓")
        (line,) = operator.screen_of(OrderScreen).view.draft.lines
        sent = item_request(line.item, 1, 0)
        assert [
            {(part.product_id, part.group_id) for part in pizza.children} for pizza in sent.children
        ] == documented_groups()


async def test_half_and_half_with_one_topping_light_on_the_left(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        operator.backend.switch(PLATFORM)
        await operator.start_walk_in()
        taken = await open_on(operator, "margherita")
        assert isinstance(operator.app.screen, BundleScreen)
        await operator.keys("f4", "slash")
        await operator.see("Right half of Margherita")
        await operator.keys(*"veg", "enter")
        await operator.until(lambda: isinstance(operator.app.screen, BundleScreen), "the pizza")
        await operator.see("◑ right")
        await operator.keys(*"jal", "left", "minus", "enter")
        (item,) = taken
        assert item.options == "Large Classic"
        assert item.details.startswith("left: light Jalapeno, right: ")
        assert {part.portion for part in item.components} == set(Portion)


async def test_back_reports_no_change_and_reopening_resumes(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        operator.backend.switch(PLATFORM)
        await operator.start_walk_in()
        taken = await open_on(operator, "margherita")
        await operator.keys(*"jal", "left", "escape")
        await operator.see("Margherita is unchanged. Open it again to continue where you left it.")
        assert taken == []
        await open_on(operator, "margherita")
        await operator.see("Continued where you left it.", "◐   Jalapeno")
        await operator.keys("f7", "escape")
        await open_on(operator, "margherita")
        assert "◐   Jalapeno" not in operator.screen


async def test_a_line_that_is_there_is_opened_as_it_was_configured(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        operator.backend.switch(PLATFORM)
        await operator.start_walk_in()
        taken = await open_on(operator, "margherita")
        await operator.keys(*"jal", "left", "enter")
        again = await open_on(operator, "margherita", taken[0])
        assert "◐   Jalapeno" in operator.screen
        await operator.keys("enter")
        assert again == taken


@pytest.mark.fetches_menu
async def test_offline_an_unknown_bundle_cannot_be_configured(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        operator.backend.switch(Switches(faults=(Fault("products.*bundle*", FaultKind.DROP_BEFORE),)))
        await operator.start_walk_in()
        await operator.see("Showing the saved menu.")
        screen = operator.screen_of(OrderScreen)
        product = ((await screen.session.menu.search("margherita")).products)[0]
        screen.run_worker(configure_product(screen, product, None))
        await operator.until(lambda: any(row.startswith("✗ ") for row in operator.rows), "a sentence")
        assert operator.app.screen is screen


async def test_a_plain_product_has_nothing_to_choose(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        screen = operator.screen_of(OrderScreen)
        product = ((await screen.session.menu.search("garlic bread")).products)[0]
        screen.run_worker(configure_product(screen, product, None))
        await operator.see("Garlic Bread has nothing to choose")
