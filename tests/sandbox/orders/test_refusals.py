"""Refusals of Place Order: the documented shape, on request, and each by a rule of the merchant's own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from console.sandbox.switches import Fault, FaultKind, HoursOfDay, PlacingRefusal, Switches
from tests.sandbox.places.test_slots import EVENING, set_slot
from tests.sandbox.sandbox_calls import GARLIC_BREAD, Caller, code, item
from tests.sandbox.sandbox_orders import COD, TRANSFER, place, refused, search

pytestmark = pytest.mark.anyio

SALMIYA = 27299
STREET = {"ShipAddress1": "Gulf Road 5", "ShipCountryCode": "KW"}
ASKS = {"skipDeliveryAreaValidation": True}
ABROAD = {"BillCountryCode": "IN"}


@dataclass(frozen=True)
class Rule:
    """A rule, and what breaks it: switches, an address, a voucher, a slot or the request."""

    validator: str
    kind: int
    message: str = ""
    switches: Mapping[str, Any] = field(default_factory=dict)
    address: Mapping[str, str] = field(default_factory=dict)
    voucher: str = ""
    payment: Mapping[str, Any] = field(default_factory=dict)


RULES = {
    "mobile number": Rule("CapillaryPGValidator", 4, address={"BillMobile": "12"}, payment=TRANSFER),
    "area": Rule("DeliveryAreaValidator", 14, address={"ShipAddress2": "Jahra"}, payment=ASKS),
    "mode": Rule("DeliveryModeValidator", 16, switches={"closed_locations": frozenset({SALMIYA})}),
    "voucher": Rule(
        "DiscountVoucherValidator", 7, switches={"expired_vouchers": frozenset({"tenoff"})}, voucher="TENOFF"
    ),
    "gift voucher": Rule(
        "GiftVoucherValidator", 7, switches={"expired_vouchers": frozenset({"giftcard"})}, voucher="GIFTCARD"
    ),
    "transaction": Rule("MerchantTransactionValidator", 15, payment={"PaymentType": "OBT"}),
    "least amount": Rule("OrderAmountValidator", 9, "Min", switches={"minimum_order": Decimal(5)}),
    "greatest amount": Rule("OrderAmountValidator", 9, "Max", switches={"maximum_order": Decimal(1)}),
    "both amounts": Rule(
        "OrderAmountValidator",
        9,
        "Both",
        switches={"minimum_order": Decimal(5), "maximum_order": Decimal(1)},
    ),
    "payment details": Rule("OrderInputValidator", 0, payment={"GateWayId": ""}),
    "several payments": Rule("PartialOrderValidator", 5, payment={"PaymentOption": "COD,OnlineBankTransfer"}),
    "payment country": Rule(
        "PaymentoptionValidator", 21, address={"BillCountryCode": "IN"}, payment=TRANSFER
    ),
    "PIN code": Rule("PincodeServiceablityValidator", 17, address={"ShipZip": "99999"}, payment=ASKS),
    "address": Rule("ShippingAddressValidator", 18, address={"ShipAddress1": "", "ShipAddress2": "Block 2"}),
    "shipping profile": Rule("ShippingValidator", 1, address={"ShipCountryCode": "IN"}),
    "quantity": Rule("StockValidator", 13, "Garlic Bread", switches={"order_quantities": {GARLIC_BREAD: 1}}),
    "stock": Rule("StockValidator", 2, "Garlic Bread", switches={"stock_changes": {GARLIC_BREAD: 1}}),
    "store hours": Rule(
        "StoreTimingsValidator",
        19,
        "DeliveryslotNotInStoreTime",
        switches={"store_hours": {SALMIYA: HoursOfDay(0, 0)}},
    ),
}


@pytest.fixture(autouse=True)
async def _cart(caller: Caller) -> None:
    await caller.serve_customer()
    await caller.add(item(GARLIC_BREAD, quantity=2))


async def set_address(caller: Caller, **address: str) -> None:
    assert code(await caller.input("carts/UpdateAddress/{M}", {"Cart": {**STREET, **address}})) == 1004


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
async def test_each_rule_refuses_by_its_validator_until_it_is_met(caller: Caller, rule: Rule) -> None:
    if rule.address:
        await set_address(caller, **rule.address)
    if rule.voucher:
        assert code(await caller.ask("GET", f"Carts/ApplyVoucher/{{M}}/{rule.voucher}")) == 1004
    caller.switch(Switches(**rule.switches))
    before = await caller.cart()
    assert refused(await place(caller, COD | dict(rule.payment))) == [
        (rule.validator, rule.kind, rule.message)
    ]
    assert await search(caller) == []
    assert (await caller.cart())["CartItems"] == before["CartItems"]

    caller.switch(Switches())
    if rule.address:
        await set_address(caller, BillMobile="96555512345", BillCountryCode="KW", ShipZip="22001")
    assert code(await place(caller)) == 1004
    assert len(await search(caller)) == 1


@pytest.mark.parametrize("refusal", PlacingRefusal)
async def test_each_refusal_can_be_asked_for_by_name(caller: Caller, refusal: PlacingRefusal) -> None:
    caller.switch(Switches(refuse_orders=frozenset({refusal})))
    assert len(refused(await place(caller))) == 1
    fault = Fault("orders.place", FaultKind.INVALID_ORDER, times=1, refusal=refusal)
    by_switch = await place(caller)
    caller.switch(Switches(faults=(fault,)))
    assert await place(caller) == by_switch
    assert code(await place(caller)) == 1004


async def test_a_fault_without_a_name_draws_all_of_them(caller: Caller) -> None:
    caller.switch(Switches(faults=(Fault("orders.place", FaultKind.INVALID_ORDER),)))
    drawn = {refused(await place(caller))[0][:2] for _ in range(200)}
    assert len(drawn) == 17
    assert await search(caller) == []


async def test_rules_that_are_broken_together_are_told_together(caller: Caller) -> None:
    caller.switch(Switches(minimum_order=Decimal(5), stock_changes={GARLIC_BREAD: 0}))
    names = [name for name, _, _ in refused(await place(caller))]
    assert names == ["OrderAmountValidator", "StockValidator"]


async def test_a_slot_outside_the_hours_is_refused_and_one_inside_is_placed(caller: Caller) -> None:
    await set_slot(caller, EVENING)
    caller.switch(Switches(store_hours={SALMIYA: HoursOfDay.parse("10:00", "21:59")}))
    assert [name for name, _, _ in refused(await place(caller))] == ["StoreTimingsValidator"]
    caller.switch(Switches(store_hours={SALMIYA: HoursOfDay.parse("19:00", "22:00")}))
    assert code(await place(caller)) == 1004


async def test_requests_to_place_are_on_record(caller: Caller) -> None:
    caller.switch(Switches(refuse_orders=frozenset({PlacingRefusal.STOCK})))
    await place(caller)
    caller.switch(Switches())
    await place(caller)
    attempts = caller.app.state.switches.placing_attempts
    assert [attempt.refusals for attempt in attempts] == [("StockValidator 2",), ()]
    assert {attempt.user_id for attempt in attempts} != {""}
