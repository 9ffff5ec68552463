"""Ways through the console that several tests of screens begin with."""

from console.config.settings import SANDBOX_PROFILE
from screens.home.customer_search import CustomerSearchScreen
from screens.order.screen import OrderScreen
from tests.past_orders import GARLIC_BREAD, RANCH, half_and_half, place_order, side_item
from tests.screens.driving import OFFLINE, ConsolePilot


async def past_order(operator: ConsolePilot, quantity: int = 1, *, pizza: bool = False) -> int:
    """The number of an order of Tom's."""
    menu = operator.backend.store.menu
    base = menu.products[menu.bundles[RANCH].base_id]
    large = next(v.variant_id for v in base.variants if ("Size", "Large") in v.options)
    items = [side_item(quantity), *([half_and_half((base.product_id, large))] if pizza else [])]
    return await place_order(operator.backend.open_sandbox(SANDBOX_PROFILE).endpoint, *items)


async def open_the_day(operator: ConsolePilot) -> None:
    await operator.sign_in()
    await operator.keys("f5")
    await operator.see("Today at Salmiya")


async def open_the_order(operator: ConsolePilot, *, pizza: bool = False) -> int:
    number = await past_order(operator, 2, pizza=pizza)
    await open_the_day(operator)
    await operator.see(str(number))
    await operator.keys("enter")
    await operator.see(f"Order {number}", "Garlic Bread")
    return number


async def serve_tom(operator: ConsolePilot) -> None:
    await operator.sign_in()
    await operator.type("tom.s")
    await operator.see("tom.sawyer@")
    await operator.keys("enter")
    await operator.see("for Tom Sawyer", "Chicken Supreme")
    await operator.until(lambda: not operator.screen_of(OrderScreen).session.menu.is_fetching, "the menu")


async def sara_offline(operator: ConsolePilot) -> None:
    await operator.sign_in()
    menu = operator.screen_of(CustomerSearchScreen).session.menu
    await operator.until(lambda: not menu.is_fetching, "the menu")
    operator.backend.switch(OFFLINE)
    await operator.type("59991234")
    await operator.keys("f3")
    await operator.see("First name", "59991234")
    await operator.type("Sara", "enter")
    await operator.type("Dashti", "f2")


HERE, HAWALLI = 27299, 22612


def stock(operator: ConsolePilot, location_id: int, quantity: int) -> None:
    store = operator.backend.store
    with store.transaction():
        store.run("INSERT OR REPLACE INTO stock VALUES (?, ?, 0, ?)", location_id, GARLIC_BREAD, quantity)


async def to_the_stores(operator: ConsolePilot) -> None:
    """Two garlic breads, of which this store has one and Hawalli nine at another price."""
    await operator.start_walk_in()
    await operator.add("2*garlic bread")
    await operator.wait_until_sent()
    stock(operator, HERE, 1)
    stock(operator, HAWALLI, 9)
    with operator.backend.store.transaction():
        operator.backend.store.run(
            "INSERT INTO price VALUES (?, ?, 0, 1, '0.800', '0.800', '0')", HAWALLI, GARLIC_BREAD
        )
    await operator.keys("ctrl+t")
    await operator.see("stores have all of it.")


async def tom(operator: ConsolePilot) -> None:
    """Tom's session, with one line in the platform's cart."""
    await operator.sign_in()
    await operator.type("tom.sawyer", "enter")
    await operator.see("for Tom Sawyer", "Garlic Bread")
    await operator.add("garlic bread")
    await operator.see("Confirmed = KWD 0.750 ✓")


def placed(operator: ConsolePilot) -> int:
    row = operator.backend.store.row("SELECT count(*) AS n FROM placed_order WHERE order_id >= 7400001")
    assert row is not None
    return int(row["n"])
