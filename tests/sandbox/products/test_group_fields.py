"""Groups of bundle items, if a switch asks for them: the keys are the sandbox's own."""

from typing import Any

import pytest

from console.sandbox.switches import Switches
from tests.sandbox.sandbox_calls import Caller

pytestmark = pytest.mark.anyio

SUPREME, BARBECUE, BOGOF, PARTY_BOX, LUNCH = 13047273, 13047277, 13047461, 8293532, 13047471
ONIONS, SAUCE, BEEF = 13047239, 13047257, 13047237
OWN = {
    "GroupId", "GroupName", "Minimum", "Maximum", "Free", "IsDefaultBundleItem", "DefaultQuantity",
    "Included", "WholeOnly", "IsPrimaryProduct", "SlotPrices", "Extra",
}  # fmt: skip


async def response(caller: Caller, product_id: int, default: str = "") -> Any:
    return await caller.ask("GET", f"Product/GetBundleItemsbyBundleProductId/{{M}}/{product_id}{default}")


async def rows(caller: Caller, product_id: int, choice: int) -> list[Any]:
    caller.switch(Switches(group_data=True))
    return [row for row in (await response(caller, product_id))["BundleItems"] if row["ProductId"] == choice]


async def test_without_the_switch_nothing_of_it_is_there(caller: Caller) -> None:
    for product_id, default in ((SUPREME, ""), (SUPREME, "/true"), (BOGOF, "")):
        plain = await response(caller, product_id, default)
        assert sorted(plain) == ["BundleItems", "ErrorCode", "Message", "messageCode"]
        assert not any(OWN & row.keys() for row in plain["BundleItems"])


async def test_rows_with_a_default_quantity_are_the_default_items(caller: Caller) -> None:
    caller.switch(Switches(group_data=True))
    everything = (await response(caller, SUPREME))["BundleItems"]
    default = (await response(caller, SUPREME, "/true"))["BundleItems"]
    unasked = [row for row in everything if row["IsDefaultBundleItem"]]
    assert sorted(row["VariantSKU"] for row in unasked) == sorted(row["VariantSKU"] for row in default)
    assert {row["DefaultQuantity"] for row in unasked} == {1}
    assert {row["DefaultQuantity"] for row in everything if row not in unasked} == {0}


async def test_a_topping_is_included_or_costs_its_own_price(caller: Caller) -> None:
    assert {row["Included"] for row in await rows(caller, SUPREME, SAUCE)} == {0.0}
    assert not any("Included" in row for row in await rows(caller, SUPREME, BEEF))
    assert not any("Included" in row for row in await rows(caller, SUPREME, ONIONS))


async def test_a_sauce_is_exclusive_and_for_the_whole_pizza(caller: Caller) -> None:
    sauces, onions = await rows(caller, BARBECUE, SAUCE), await rows(caller, BARBECUE, ONIONS)
    assert {(row["Minimum"], row["Maximum"], row["Free"], row["WholeOnly"]) for row in sauces} == {
        (1, 1, 0, True)
    }
    assert {(row["Minimum"], row["Maximum"], row["Free"], row["WholeOnly"]) for row in onions} == {
        (0, 8, 1, False)
    }


async def test_only_the_base_is_primary(caller: Caller) -> None:
    caller.switch(Switches(group_data=True))
    everything = (await response(caller, SUPREME))["BundleItems"]
    assert {row["ProductId"] for row in everything if row["IsPrimaryProduct"]} == {13047215}


async def test_a_choice_in_two_slots_has_a_priced_row_for_each(caller: Caller) -> None:
    first, second = await rows(caller, BOGOF, SUPREME)
    assert (first["GroupId"], first["SlotPrices"]) == (13317, {"Medium": 3.25, "Large": 4.25})
    assert (second["GroupId"], second["SlotPrices"]) == (13319, {"Medium": 0.0, "Large": 1.0})
    assert (first["DefaultQuantity"], second["DefaultQuantity"]) == (1, 0)


async def test_a_choice_says_what_it_costs_on_top_of_the_deal(caller: Caller) -> None:
    (wedges,) = await rows(caller, PARTY_BOX, 13047609)
    (wings,) = await rows(caller, PARTY_BOX, 8293826)
    assert (wedges["Extra"], wedges["SlotPrices"], wedges["DefaultQuantity"]) == (0.2, {}, 0)
    assert (wings["Extra"], wings["Minimum"], wings["Maximum"], wings["DefaultQuantity"]) == (0.0, 4, 4, 4)


@pytest.mark.parametrize(
    ("product_id", "price", "floor"), [(SUPREME, 0.0, 0.0), (PARTY_BOX, 5.9, 0.0), (LUNCH, 0.0, 2.0)]
)
async def test_a_bundle_has_its_own_price_and_its_minimum_price(
    caller: Caller, product_id: int, price: float, floor: float
) -> None:
    caller.switch(Switches(group_data=True))
    whole = await response(caller, product_id)
    assert (whole["BundlePrice"], whole["Floor"]) == (price, floor)
