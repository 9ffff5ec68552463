"""The order read to the customer: every line in words, the total last, one key on and one back."""

from pathlib import Path

import pytest

from tests.screens.driving import OFFLINE, run_console

pytestmark = pytest.mark.anyio


async def test_the_order_is_read_back_with_its_confirmed_total(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("2*garlic bread")
        await operator.see("Confirmed = KWD 1.500 ✓")
        await operator.keys("colon")
        await operator.see("Two Garlic Bread.", "Together KWD 1.500, as soon as possible.")
        await operator.see("To be collected at Salmiya.")
        await operator.keys("enter", "enter", "enter")
        await operator.see("Menu  name or SKU")


async def test_a_total_that_is_an_estimate_is_read_as_one(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.see("F4 All: 68")
        operator.backend.switch(OFFLINE)
        await operator.add("garlic bread")
        await operator.keys("colon")
        await operator.see("One Garlic Bread.", "An estimate: the platform has not confirmed")
        await operator.keys("escape")
        await operator.see("Menu  name or SKU")
