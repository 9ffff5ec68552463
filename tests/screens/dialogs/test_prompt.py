"""A question for a figure stays open, with the reason, until the figure can be used."""

from pathlib import Path

import pytest

from tests.screens.driving import run_console
from tests.screens.walks import tom

pytestmark = pytest.mark.anyio


async def test_cash_is_the_amount_that_was_typed_or_is_asked_for_again(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await tom(operator)
        await operator.keys("f10", "c")
        await operator.type("1e3", "enter")
        await operator.see("Cash given for KWD 0.750", "1e3 is not an amount.")
        await operator.keys("end", "backspace", "backspace", "backspace")
        await operator.type("10,5", "enter")
        await operator.see("10.500  change 9.750")
        await operator.keys("c")
        await operator.type("\u0661\u0661", "enter")
        await operator.see("11.000  change 10.250")
