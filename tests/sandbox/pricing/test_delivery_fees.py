"""Delivery charges of the sandbox: by store and area, nothing for large orders, as a switch says."""

from decimal import Decimal

import pytest

from console.sandbox.data.merchant import load_merchant
from console.sandbox.switches import Switches
from tests.sandbox.sandbox_calls import GARLIC_BREAD, Caller, item

SALMIYA_STORE, HAWALLI_STORE = 27299, 22612


@pytest.mark.parametrize(
    ("mode", "store", "area", "goods", "fee"),
    [
        ("H", SALMIYA_STORE, "Salmiya", "5", "0.500"),
        ("H", SALMIYA_STORE, "", "5", "0.500"),
        ("H", SALMIYA_STORE, " RUMAITHIYA ", "5", "0.750"),
        ("H", HAWALLI_STORE, "Rumaithiya", "5", "0.600"),
        ("H", SALMIYA_STORE, "Rumaithiya", "24.999", "0.750"),
        ("H", SALMIYA_STORE, "Rumaithiya", "25", "0"),
        ("S", SALMIYA_STORE, "Rumaithiya", "5", "0"),
    ],
)
def test_fee_is_by_store_area_mode_and_goods(mode: str, store: int, area: str, goods: str, fee: str) -> None:
    fees = load_merchant().delivery_fees
    assert fees.fee(mode=mode, location_id=store, area=area, goods=Decimal(goods)) == Decimal(fee)


@pytest.mark.anyio
async def test_cart_costs_its_areas_fee_or_the_switched_one(caller: Caller) -> None:
    await caller.serve_customer()
    await caller.add(item(GARLIC_BREAD))
    await caller.input("carts/UpdateAddress/{M}", {"Cart": {"ShipAddress2": "Rumaithiya"}})
    cart = await caller.cart()
    assert (cart["ShippingCost"], cart["OrderTotal"]) == (0.75, 1.5)
    caller.switch(Switches(delivery_fees={SALMIYA_STORE: Decimal("0.900")}))
    assert (await caller.cart())["ShippingCost"] == 0.9
