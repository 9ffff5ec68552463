"""A delivery taken offline, key by key: no total is claimed before its fee is known, and one is in sight."""

from pathlib import Path

import pytest

from console.sandbox.switches import Switches
from tests.screens.driving import OFFLINE, run_console

pytestmark = pytest.mark.anyio


async def test_delivery_without_a_known_fee_is_asked_about_once(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.see("F4 All: 68")
        await operator.add("garlic bread")
        await operator.see("Confirmed = KWD 0.750 ✓")
        assert "Estimate" not in operator.screen
        operator.backend.switch(OFFLINE)
        await operator.keys("f10", "d")
        await operator.see("Street, house")
        await operator.type("Coastal Road 4", "enter")
        await operator.type("Rumaithiya", "f2")
        await operator.see("~ KWD 0.750 plus delivery …")
        assert "Confirmed" not in operator.screen
        await operator.keys("f10")
        await operator.see("about KWD 0.750 plus", "delivery, Cash?")
        await operator.keys("enter")
        await operator.see("Customer was told  KWD 0.750 plus delivery")
        operator.backend.switch(Switches())
        await operator.keys("f6")
        await operator.see("Delivery is KWD 0.750: the total is KWD 1.500.")
        await operator.keys("enter")
        await operator.see("Customer was told  = KWD 0.750 plus delivery", "Now  = KWD 1.500")
        await operator.keys("enter")
        await operator.see("instead of KWD 0.750 plus", "Delivery is KWD 0.750.")
        await operator.keys("enter")
        await operator.see("placed, 7400001", "Total  KWD 1.500")
