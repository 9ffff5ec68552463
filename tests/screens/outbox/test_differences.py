"""What came back unlike the order: said on its line and resolved with one key."""

from decimal import Decimal
from pathlib import Path

import pytest

from console.sandbox.menu.half_rule import SandboxHalfRule
from console.sandbox.switches import Switches
from tests.screens.driving import ConsolePilot, run_console

pytestmark = pytest.mark.anyio
GARLIC_BREAD, WEDGES, CHICKEN_SUPREME = 13047603, 13047609, 13047273
TWO_FOR_ONE, PARTY_BOX = 13047461, 8293532
BREAD_ON_THE_HOUSE = 41689


async def test_new_price_is_accepted_and_undone_by_keys(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        operator.backend.switch(Switches(price_changes={GARLIC_BREAD: Decimal("0.900")}))
        await operator.add("garlic bread")
        await operator.see("price was 0.750, is 0.900", "1 line differs")
        await operator.keys("exclamation_mark")
        await operator.see("Accepted the platform's Garlic Bread.", "Confirmed = KWD 0.900 ✓")
        await operator.keys("f7")
        await operator.see("price was 0.750, is 0.900")


async def test_a_refused_line_goes_once_that_is_accepted(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        operator.backend.switch(Switches(refuse=frozenset({GARLIC_BREAD})))
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.see("1 line differs")
        await operator.keys("exclamation_mark")
        await operator.see("Nothing ordered yet.")


async def test_another_product_in_its_place_is_accepted(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        operator.backend.switch(Switches(substitute={GARLIC_BREAD: WEDGES}))
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.see("the platform put Potato Wedges in", "its place")
        await operator.keys("exclamation_mark")
        await operator.see("Potato Wedges            0.850  =", "✓")
        await operator.keys("exclamation_mark")
        await operator.see("Nothing to accept here.")


async def test_other_half_rule_is_a_price_difference_of_the_line(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        operator.backend.switch(Switches(group_data=True, half_rule=SandboxHalfRule.FULL))
        await operator.start_walk_in()
        await operator.add("margherita")
        await operator.keys("slash")
        await operator.see("Done")
        await operator.keys(*"beef", "left", "f2")
        await operator.see("left: Beef", "price was 2.700, is 2.900", "1 line differs")
        await operator.keys("exclamation_mark")
        await operator.see("Confirmed = KWD 2.900 ✓")


async def test_line_turned_into_a_deal_is_named_and_resolved(
    tmp_path: Path,
) -> None:
    """A line that the platform made a deal of says so and is accepted or removed."""
    async with run_console(tmp_path) as operator:
        operator.backend.switch(Switches(convert_deals={GARLIC_BREAD: PARTY_BOX}))
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.see("the platform made the deal Party", "Box of it", "1 line differs")
        await operator.keys("exclamation_mark")
        await operator.see("Party Box", "Confirmed = KWD 5.900 ✓")
        await operator.see_gone("differs")
        await operator.keys("f7")
        await operator.see("the platform made the deal Party", "Confirmed = KWD 5.900 !")
        await operator.keys("f8")
        await operator.see("Nothing ordered yet.")
        await operator.until(lambda: in_the_cart(operator) == {}, "an empty cart")


async def test_confirmed_line_turned_into_a_deal_is_said_once(tmp_path: Path) -> None:
    """A confirmed line that becomes a deal is said once and stays one line."""
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.see("Confirmed = KWD 0.750 ✓")
        operator.backend.switch(Switches(convert_deals={GARLIC_BREAD: PARTY_BOX}))
        await operator.add("potato wedges")
        await operator.see("the platform made the deal Party", "1 line differs", "Confirmed = KWD 6.750 !")
        assert in_the_cart(operator) == {GARLIC_BREAD: 1, WEDGES: 1}
        await operator.keys("f2", "home", "exclamation_mark")
        await operator.see("Confirmed = KWD 6.750 ✓")


async def test_suggested_deal_replaces_its_line_or_is_dismissed(
    tmp_path: Path,
) -> None:
    """A suggested deal replaces its line with one key and goes with another."""
    async with run_console(tmp_path) as operator:
        operator.backend.switch(Switches(combo_suggestions={CHICKEN_SUPREME: TWO_FOR_ONE}))
        await operator.start_walk_in()
        await operator.add("garlic bread")
        await operator.add("chicken supreme")
        await operator.see(" ,  BUY ONE GET ONE FREE- Medium", "deal, replaces Chicken Supreme")
        await operator.keys("comma")
        await operator.see("replaces Chicken Supreme. F7 undoes it.")
        await operator.see_gone("deal, replaces")
        await operator.see("Confirmed = KWD 6.400 ✓")
        assert in_the_cart(operator) == {GARLIC_BREAD: 1, TWO_FOR_ONE: 1}
        await operator.keys("f7")
        await operator.see("deal, replaces Chicken Supreme", "Confirmed = KWD 5.450 ✓")
        assert in_the_cart(operator) == {GARLIC_BREAD: 1, CHICKEN_SUPREME: 1}


async def test_promotional_gift_is_named_and_goes_with_its_cause(tmp_path: Path) -> None:
    async with run_console(tmp_path) as operator:
        await operator.start_walk_in()
        await operator.add("chicken supreme")
        await operator.keys("plus", "plus")
        await operator.see("Confirmed = KWD 14.100 ✓")
        operator.backend.store.run(
            "INSERT INTO line (cart_id, key, location_id, product_id, variant_id, quantity, parts, title,"
            " options, free) SELECT cart_id, 'f4e5e6b8-0000-4000-8000-000000000001', location_id, ?, 0, 1,"
            " '[]', 'Garlic Bread', '', ? FROM line",
            GARLIC_BREAD,
            BREAD_ON_THE_HOUSE,
        )
        await operator.keys("plus")
        await operator.see("free: promotion Bread on the", "house", "1 line differs")
        await operator.keys("f2", "end", "f8")
        await operator.see("Free from the platform: it goes when its item goes.")
        await operator.keys("exclamation_mark")
        await operator.see("Garlic Bread stays in the order.", "Confirmed = KWD 18.800 ✓")
        await operator.see_gone("differs")


def in_the_cart(operator: ConsolePilot) -> dict[int, int]:
    """How many of each product the platform's cart holds."""
    rows = operator.backend.store.rows("SELECT product_id, quantity FROM line")
    return {int(row["product_id"]): int(row["quantity"]) for row in rows}
