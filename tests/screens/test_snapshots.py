"""A picture of every screen in both sizes. After a change on purpose: ``--snapshot-update``, and look."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from textual.pilot import Pilot

from console.sandbox.switches import Switches
from console.services.settings import SettingsService
from tests.past_orders import GARLIC_BREAD
from tests.screens.driving import HIGH, LOW, OFFLINE, ConsolePilot, create_backend
from tests.screens.walks import open_the_day, sara_offline, serve_tom, to_the_stores
from tests.screens.walks import past_order as a_past_order

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=ZoneInfo("Asia/Kuwait"))

Walk = Callable[[ConsolePilot], Awaitable[None]]
Picture = Callable[..., None]


@pytest.fixture
def picture(
    tmp_path: Path, snap_compare: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Picture]:
    """Compare what the console shows after a walk; the clock and what names this machine are fixed."""

    async def description(_: SettingsService) -> str:
        return "Secrets are in the system's keyring (keyring.backends.SecretService)."

    monkeypatch.setattr(SettingsService, "file", "/home/layla/.config/store-console/settings.toml")
    monkeypatch.setattr(SettingsService, "describe_secret_storage", description)

    def compare(walk: Walk, size: tuple[int, int]) -> None:
        box = create_backend(tmp_path)
        app = box.console()

        async def go(pilot: Pilot[None]) -> None:
            await walk(ConsolePilot(pilot, app, box))
            await pilot.pause()

        assert snap_compare(app, terminal_size=size, run_before=go)
        box.store.close()

    with time_machine.travel(NOON, tick=True):
        yield compare


async def sign_in(operator: ConsolePilot) -> None:
    await operator.see("F2 fills in")


async def choose_store(operator: ConsolePilot) -> None:
    await operator.see("F2 fills in")
    await operator.type("ravi@sandbox.example", "enter", *"callcentre-4", "enter")
    await operator.see("Which store")


async def customers_empty(operator: ConsolePilot) -> None:
    await operator.sign_in()
    await operator.see("Type a number")


async def customers_found(operator: ConsolePilot) -> None:
    await operator.sign_in()
    await operator.type("tom")
    await operator.see("Tommy Fernandes", "Groups   none")


async def customers_hostile(operator: ConsolePilot) -> None:
    await operator.sign_in()
    await operator.type("markup@")
    await operator.see("▸ [red]x[/ Bracket", "Groups   none")


async def new_customer(operator: ConsolePilot) -> None:
    await operator.sign_in()
    await operator.type("96551234567", "f3")
    await operator.see("First name")
    await operator.type("", "f2")
    await operator.see("Enter a first name")


async def whose(operator: ConsolePilot) -> None:
    await sara_offline(operator)
    await operator.see("for Sara Dashti", "○ offline", "Chicken Supreme")
    await operator.keys("ctrl+g")
    await operator.see("Reassign to")


async def order_empty(operator: ConsolePilot) -> None:
    await operator.start_walk_in()
    await operator.see("F4 All: 68")


async def order(operator: ConsolePilot) -> None:
    await order_empty(operator)
    await operator.type("2*garlic bread", "enter", *"pepsi", "enter")
    await operator.see("Variant")
    await operator.type("bottle", "enter")
    await operator.see("Added 1 Pepsi")
    await operator.type("new spicy", "enter")
    await operator.see("Added 1 New Spicy", "✓")
    await operator.see_gone("unsent")
    await operator.keys("tab")


async def order_differs(operator: ConsolePilot) -> None:
    await order_empty(operator)
    session = operator.session
    bread, *_ = (await session.menu.search("garlic bread")).products
    greek, *_ = (await session.menu.search("greek")).products
    operator.backend.switch(
        Switches(price_changes={bread.product_id: Decimal("0.900")}, refuse=frozenset({greek.product_id}))
    )
    await operator.type("2*garlic bread", "enter", *"greek", "enter", *"fattoush", "enter")
    await operator.see("2 lines differ", "Confirmed =")
    await operator.see_gone("unsent")


async def conflicts(operator: ConsolePilot) -> None:
    await order_empty(operator)
    await operator.type("2*garlic bread", "enter", *"greek", "enter", *"fattoush", "enter")
    await operator.wait_until_sent()
    session = operator.session
    bread, *_ = (await session.menu.search("garlic bread")).products
    greek, *_ = (await session.menu.search("greek")).products
    await operator.keys("f10", "v")
    await operator.type("TENOFF", "enter")
    await operator.see("discount -")
    operator.backend.switch(
        Switches(
            price_changes={bread.product_id: Decimal("0.900")},
            delisted=frozenset({greek.product_id}),
            expired_vouchers=frozenset({"tenoff"}),
        )
    )
    await operator.keys("f10")
    await operator.see("Place for Walk-in")
    await operator.keys("enter")
    await operator.see("Press Enter to review")
    await operator.keys("enter")
    await operator.see("Customer was told")


async def order_offline(operator: ConsolePilot) -> None:
    await order_empty(operator)
    operator.backend.switch(OFFLINE)
    await operator.add("2*garlic bread")
    await operator.see("! Offline: saved here", "○ offline", "1 unsent")


async def variants(operator: ConsolePilot) -> None:
    await order_empty(operator)
    await operator.type("pepsi")
    await operator.see("▸ Pepsi ")
    await operator.keys("enter")
    await operator.see("Variant")


async def category(operator: ConsolePilot) -> None:
    await order_empty(operator)
    await operator.keys("f4")
    await operator.see("Products")


async def stock(operator: ConsolePilot) -> None:
    await order_empty(operator)
    await operator.type("5*garlic bread")
    await operator.see("F4 All: 2")
    await operator.keys("f3")
    await operator.see("As of 12:00", "this store")
    await operator.see_gone("Asking")


async def open_orders(operator: ConsolePilot) -> None:
    await order(operator)
    await operator.keys("f12")
    await operator.see("order is kept open")
    await operator.keys("f4")
    await operator.see("Open orders")


async def settings(operator: ConsolePilot) -> None:
    await operator.keys("f9")
    await operator.see("Offline sign-in")


async def profile(operator: ConsolePilot) -> None:
    await settings(operator)
    await operator.keys("n")
    await operator.type("", "f2")
    await operator.see("Name is needed")


async def preferences(operator: ConsolePilot) -> None:
    await settings(operator)
    await operator.keys("p")
    await operator.type("", "down", "ctrl+u", "1", "2", "f2")
    await operator.see("Ticket width is a whole number")


async def keys_page(operator: ConsolePilot) -> None:
    await order_empty(operator)
    await operator.keys("f1")
    await operator.see("Keys: Order")


async def palette(operator: ConsolePilot) -> None:
    await order_empty(operator)
    await operator.keys("ctrl+p")
    await operator.see("Commands")


async def confirm(operator: ConsolePilot) -> None:
    await order_offline(operator)
    await operator.keys("ctrl+q")
    await operator.see("Quit?")


async def past_orders(operator: ConsolePilot) -> None:
    for quantity in (1, 2, 3):
        await a_past_order(operator, quantity, pizza=quantity == 3)
    await open_the_day(operator)
    await operator.see("Today at Salmiya: 3")


async def past_order(operator: ConsolePilot) -> None:
    await past_orders(operator)
    await operator.keys("enter")
    await operator.see("left: Onions, right: extra Tomatoes")


async def quick_line(operator: ConsolePilot) -> None:
    await order_empty(operator)
    await operator.until(lambda: bool(operator.session.menu.bundles), "pizzas in parts")
    await operator.keys("semicolon")
    await operator.type("l pan marg+oliv:l lt; 2 garlic bread; zzz")
    await operator.see("^^^", "light Sliced Black Olives", "so far")


async def read_back(operator: ConsolePilot) -> None:
    await order(operator)
    await operator.keys("colon")
    await operator.see("Two Garlic Bread.", "Together KWD")


async def checkout(operator: ConsolePilot) -> None:
    await order(operator)
    await operator.keys("f10", "c")
    await operator.type("20", "enter")
    await operator.see("change ", "As soon as possible, ")


async def placed(operator: ConsolePilot) -> None:
    await checkout(operator)
    await operator.keys("f10", "enter")
    await operator.see("Order sent to the store.", "Change")


async def outbox(operator: ConsolePilot) -> None:
    await placed(operator)
    await operator.keys("enter", "f2")
    await operator.see("for Walk-in", "Nothing ordered yet.")
    await operator.add("fattoush")
    await operator.wait_until_sent()
    operator.backend.switch(OFFLINE)
    await operator.keys("f10", "f10", "enter")
    await operator.see("offline, waiting")
    await operator.keys("f4")
    await operator.see("offline, waiting", "placed, 7400001")


async def repeat(operator: ConsolePilot) -> None:
    await a_past_order(operator, 2, pizza=True)
    operator.backend.switch(Switches(price_changes={GARLIC_BREAD: Decimal("0.900")}))
    await serve_tom(operator)
    await operator.keys("percent_sign")
    await operator.see("! was 0.750, is 0.900", "Something changed")


async def stores_for_the_order(operator: ConsolePilot) -> None:
    await to_the_stores(operator)


async def ticket(operator: ConsolePilot) -> None:
    await past_order(operator)
    await operator.keys("p", "tab")
    await operator.see("KITCHEN", "a duplicate")


WALKS: tuple[Walk, ...] = (
    sign_in,
    choose_store,
    customers_empty,
    customers_found,
    customers_hostile,
    new_customer,
    whose,
    order_empty,
    order,
    order_differs,
    conflicts,
    order_offline,
    variants,
    category,
    stock,
    open_orders,
    past_orders,
    past_order,
    ticket,
    quick_line,
    read_back,
    checkout,
    placed,
    outbox,
    repeat,
    stores_for_the_order,
    settings,
    profile,
    preferences,
    keys_page,
    palette,
    confirm,
)


# What changed since the last order is seen only on a menu that is fetched after the change.
@pytest.mark.parametrize(
    "walk",
    [
        pytest.param(walk, id=walk.__name__, marks=[pytest.mark.fetches_menu] if walk is repeat else [])
        for walk in WALKS
    ],
)
@pytest.mark.parametrize(
    "size",
    [pytest.param(LOW, id="80x24"), pytest.param(HIGH, id="120x36", marks=pytest.mark.slow)],
)
def test_screen(picture: Picture, walk: Walk, size: tuple[int, int]) -> None:
    picture(walk, size)


def test_a_window_that_is_too_small(picture: Picture) -> None:
    picture(sign_in_small, (70, 20))


async def sign_in_small(operator: ConsolePilot) -> None:
    await operator.see("This console needs 80x24")


def test_without_colour(picture: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    picture(order_differs, LOW)
