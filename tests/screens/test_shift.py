"""Nothing of an order stays behind once it is placed: no screen, no task, no timer."""

import asyncio
import gc
from pathlib import Path

import pytest
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from tests.screens.driving import ConsolePilot, run_console

pytestmark = pytest.mark.anyio

WARM_UP = 2
"""Orders until everything is loaded that is loaded once."""


async def take_order(operator: ConsolePilot) -> None:
    """A walk-in's order from the first letter to the next customer, with a look at its ticket."""
    await operator.keys("f2")
    await operator.see("for Walk-in")
    await operator.add("garlic bread")
    await operator.wait_until_sent()
    await operator.keys("f10")
    await operator.see("Pickup at")
    await operator.keys("enter")
    await operator.see("Place for")
    await operator.keys("enter")
    await operator.see("Order sent to the store.")
    await operator.keys("t")
    await operator.see("Other copy")
    await operator.keys("escape")
    await operator.see("Order sent to the store.")
    await operator.keys("enter")
    await operator.see("Customer ", "F3 New")


def counts() -> dict[str, int]:
    """Objects of the kinds that must not pile up."""
    gc.collect()
    found = gc.get_objects()
    kinds = {"screens": Screen, "widgets": Widget, "timers": Timer}
    live = {name: sum(isinstance(one, kind) for one in found) for name, kind in kinds.items()}
    return live | {"tasks": sum(not task.done() for task in asyncio.all_tasks())}


async def after_orders(operator: ConsolePilot, orders: int) -> dict[str, int]:
    """The counts after some more orders, once nothing more is taken down."""
    for _ in range(orders):
        await take_order(operator)
    lowest = counts()
    for _ in range(20):
        for _ in range(20):
            await operator.pilot.pause()
        now = counts()
        if now == lowest:
            break
        lowest = {kind: min(count, now[kind]) for kind, count in lowest.items()}
    return lowest


async def check_shift(home: Path, orders: int) -> None:
    async with run_console(home) as operator:
        await operator.sign_in()
        await operator.until(lambda: not operator.session.menu.is_fetching, "the menu")
        before = await after_orders(operator, WARM_UP)
        after = await after_orders(operator, orders)
    # One screen more or less may be on its way, with a dozen widgets; each order opens five.
    assert after["screens"] <= before["screens"] + 1
    assert after["widgets"] <= before["widgets"] + 15
    assert after["timers"] <= before["timers"] + 2
    assert after["tasks"] <= before["tasks"] + 15


async def test_orders_leave_no_screen_task_or_timer_behind(tmp_path: Path) -> None:
    await check_shift(tmp_path, orders=3)


@pytest.mark.slow
async def test_thirty_orders_leave_no_more_than_three(tmp_path: Path) -> None:
    await check_shift(tmp_path, orders=30)
