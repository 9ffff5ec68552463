"""An order whose response was lost: its total meanwhile, and the question what became of it."""

from pathlib import Path

import pytest

from console.sandbox.switches import Fault, FaultKind, Switches
from tests.screens.driving import SETTINGS, ConsolePilot, run_console

pytestmark = pytest.mark.anyio

ASKS_AT_ONCE = f"{SETTINGS}\n[profiles.placing]\nsettle_seconds = 0\n"
LOST = Fault("orders.place", FaultKind.DROP_BEFORE)
LOST_RESPONSE = Fault("orders.place", FaultKind.DROP_AFTER)
UNSEEN = Fault("orders.information", FaultKind.DROP_BEFORE)


async def delivered(operator: ConsolePilot) -> None:
    """Tom's garlic bread, brought to him: 0.750 and 0.500 for the way."""
    await operator.sign_in()
    await operator.type("tom.sawyer", "enter")
    await operator.see("for Tom Sawyer", "Garlic Bread")
    await operator.add("garlic bread")
    await operator.wait_until_sent()
    await operator.keys("f10", "d")
    await operator.see("Another address")
    await operator.type("another", "enter")
    await operator.see("Street, house")
    await operator.type("Amman Street 3", "enter")
    await operator.type("Salmiya", "f2")
    await operator.see("This store delivers there.", "= KWD 1.250")


async def test_until_found_it_costs_what_the_customer_was_quoted(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await delivered(operator)
        operator.backend.switch(Switches(faults=(LOST_RESPONSE, UNSEEN)))
        await operator.keys("f10", "enter")
        await operator.see("sent, not confirmed yet", "Customer was told  KWD 1.250")
        await operator.see("Offline: searched for once the connection is back.")
        await operator.keys("f4")
        await operator.see("~ KWD 1.250", "sent, not confirmed yet")
        assert "sent by itself" not in operator.screen


async def test_resolve_dialog_shows_all_observations_and_choices(tmp_path: Path) -> None:
    async with run_console(tmp_path, settings=ASKS_AT_ONCE) as operator:
        await delivered(operator)
        operator.backend.switch(Switches(faults=(LOST,)))
        await operator.keys("f10", "enter")
        await operator.see("! needs you")
        await operator.keys("f4", "f4")
        await operator.see("The order for Tom Sawyer", "Was it placed?")
        await operator.see("Not placed: place it again", "Abandon it: nothing is sent")
        assert "…" not in operator.screen
