"""What came back otherwise than it was ordered: said on the line, and settled with one key."""

from decimal import Decimal
from pathlib import Path

import pytest

from console.sandbox.half_rules import HalfRule
from console.sandbox.switches import Switches
from tests.screens.driving import at_the_counter

pytestmark = pytest.mark.anyio
GARLIC_BREAD, WEDGES = 13047603, 13047609


async def test_another_price_is_accepted_with_one_key_and_taken_back_with_another(tmp_path: Path) -> None:
    async with at_the_counter(tmp_path) as operator:
        await operator.walk_in()
        operator.box.switch(Switches(price_changes={GARLIC_BREAD: Decimal("0.900")}))
        await operator.add("garlic bread")
        await operator.see("price was 0.750, is 0.900", "1 line differs")
        await operator.keys("exclamation_mark")
        await operator.see("Accepted what the platform has for Garlic Bread.", "Confirmed = KWD 0.900 ✓")
        await operator.keys("f7")
        await operator.see("price was 0.750, is 0.900")


async def test_a_refused_line_goes_once_that_is_accepted(tmp_path: Path) -> None:
    async with at_the_counter(tmp_path) as operator:
        operator.box.switch(Switches(refuse=frozenset({GARLIC_BREAD})))
        await operator.walk_in()
        await operator.add("garlic bread")
        await operator.see("1 line differs")
        await operator.keys("exclamation_mark")
        await operator.see("Nothing ordered yet.")


async def test_another_product_in_its_place_is_accepted(tmp_path: Path) -> None:
    async with at_the_counter(tmp_path) as operator:
        operator.box.switch(Switches(substitute={GARLIC_BREAD: WEDGES}))
        await operator.walk_in()
        await operator.add("garlic bread")
        await operator.see("the platform put Potato Wedges in", "its place")
        await operator.keys("exclamation_mark")
        await operator.see("Potato Wedges            0.850  =", "✓")
        await operator.keys("exclamation_mark")
        await operator.see("There is nothing to accept here.")


async def test_another_rule_for_half_a_topping_is_a_difference_of_the_lines_price(tmp_path: Path) -> None:
    async with at_the_counter(tmp_path) as operator:
        operator.box.switch(Switches(group_data=True, half_rule=HalfRule.FULL))
        await operator.walk_in()
        await operator.add("margherita")
        await operator.keys("slash")
        await operator.see("Done")
        await operator.keys(*"beef", "left", "f2")
        await operator.see("left: Beef", "price was 2.700, is 2.900", "1 line differs")
        await operator.keys("exclamation_mark")
        await operator.see("Confirmed = KWD 2.900 ✓")
