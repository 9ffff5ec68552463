"""Orders with the same lines and another address, slot or payment are distinguished."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from console.api.orders.models import WireOrder
from console.ordering.checkout import Checkout, DeliveryMode, DeliverySlot
from console.ordering.draft import SetCheckout
from console.sandbox.switches import FaultKind
from console.storage.record_format import with_check
from console.sync.cart.observed_cart import ObservedCheckout
from console.sync.placement.fulfilment_terms import terms_conflict, terms_from_checkout, terms_from_order
from console.sync.placement.state import FulfilmentTerms, Placement, PlacementStage
from console.sync.placement.state_codec import placement_from_text, placement_to_text
from console.sync.status import PlacementStatus
from tests.sync.cart.sent_checkouts import HOME, SLOT
from tests.sync.counter import COD, GARLIC_BREAD, TOM, TRANSFER, Console, Machine, add, fault

pytestmark = pytest.mark.anyio

WORK = replace(HOME, street="Gulf Road 17")
LATER = DeliverySlot(SLOT.slot_id + 14, "Wed, 16:00 to 19:00", SLOT.starts_at + 3 * 3600)
PICKED_UP = Checkout(payment=COD)
DELIVERED = Checkout(DeliveryMode.DELIVERY, HOME, payment=COD)
TOTAL = Decimal("1.500")
HOMEWARDS = FulfilmentTerms(DeliveryMode.DELIVERY, HOME.street, HOME.pin, SLOT.slot_id, cash_on_delivery=True)


async def ready(console: Console, draft_id: str, checkout: Checkout) -> str:
    """Order two breads with this checkout and wait until they are in sync; their total."""
    await console.start_order(TOM, draft_id)
    await console.edit(add("L1", GARLIC_BREAD, quantity=2), SetCheckout(checkout), draft_id=draft_id)
    await console.wait_until_settled(draft_id)
    totals = console.engine.compare(draft_id, console.current_drafts[draft_id]).totals
    assert totals is not None
    return str(totals.total)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (DELIVERED, replace(DELIVERED, address=WORK)),
        (replace(PICKED_UP, delivery_slot=SLOT), replace(PICKED_UP, delivery_slot=LATER)),
        (PICKED_UP, replace(PICKED_UP, payment=TRANSFER)),
    ],
    ids=["address", "slot", "payment"],
)
async def test_two_orders_differing_only_in_terms_are_found_apart(
    machine: Machine, one: Checkout, other: Checkout
) -> None:
    """Of two orders that differ in their terms alone, each is found as itself."""
    async with machine.console() as console:
        total = await ready(console, "D1", one)
        assert await ready(console, "D2", other) == total
        machine.switch(fault(FaultKind.DROP_BEFORE, "orders.place"))
        await console.place(total, "D1")
        await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION, "D1")
        machine.switch(fault(FaultKind.DROP_AFTER, "orders.place"))
        await console.place(total, "D2")
        placing = await console.wait_for_placing_state(PlacementStatus.PLACED, "D2")
        assert list(machine.placed_orders()) == [placing.order_id]
        console.engine.try_again()
        await console.until(lambda: console.status["D1"].placement.candidates == ())
        assert console.status["D1"].placement.needs_decision


async def test_other_order_that_goes_elsewhere_is_not_this_one(machine: Machine) -> None:
    async with machine.console("elsewhere") as other:
        total = await ready(other, "D2", replace(DELIVERED, address=WORK))
        async with machine.console() as console:
            await ready(console, "D1", DELIVERED)
            machine.switch(fault(FaultKind.DROP_BEFORE, "orders.place"))
            await console.place(total, "D1")
            await console.until(console.is_uncertain)
            await other.place(total, "D2")
            placed = await other.wait_for_placing_state(PlacementStatus.PLACED, "D2")
            await other.drafts.delete_closed(machine.clock.now() + 1)
            placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION, "D1")
    assert placing.needs_decision
    assert [(found.order_id, found.matches) for found in placing.candidates] == [(placed.order_id, False)]


@pytest.mark.parametrize(
    ("reported", "is_other"),
    [
        ({}, False),
        ({"DeliveryOption": "ship", "ShipAddress1": "salem street 5", "ShipAddress2": "Salmiya"}, False),
        ({"ShipAddress1": "Salem Street 5, Salmiya, flat 2"}, False),
        ({"ShipAddress1": "Salem Street 15"}, True),
        ({"ShipZip": "0", "deliveryslots": None, "PaymentDetails": None, "DeliveryOption": "courier"}, False),
        ({"ShipZip": "22002"}, True),
        ({"DeliveryOption": "pickup"}, True),
        ({"deliveryslots": {"DeliverySlotId": str(LATER.slot_id)}}, True),
        ({"PaymentDetails": [{"PaymentType": "OBT", "PaymentOption": "OnlineBankTransfer"}]}, True),
        ({"PaymentDetails": [{"PaymentType": "COD", "PaymentOption": "COD"}]}, False),
    ],
)
def test_only_what_an_order_really_tells_can_speak_against_it(
    reported: dict[str, object], *, is_other: bool
) -> None:
    order = WireOrder.model_validate({"OrderId": 1, **reported})
    assert terms_conflict(terms_from_order(order), HOMEWARDS) is is_other


ONE = FulfilmentTerms(DeliveryMode.PICKUP, "Salem Street 5", "22 001", 7, cash_on_delivery=True)


@pytest.mark.parametrize(
    "other",
    [
        replace(ONE, mode=DeliveryMode.DELIVERY),
        replace(ONE, cash_on_delivery=False),
        replace(ONE, slot_id=8),
        replace(ONE, pin="22002"),
        replace(ONE, street="Gulf Road 17"),
    ],
    ids=["mode", "payment", "slot", "pin", "street"],
)
def test_each_known_term_alone_is_a_conflict(other: FulfilmentTerms) -> None:
    assert terms_conflict(ONE, other)
    assert terms_conflict(other, ONE)
    assert not terms_conflict(other, other)


@pytest.mark.parametrize(
    "unknown",
    [{"mode": None}, {"cash_on_delivery": None}, {"slot_id": 0}, {"pin": ""}, {"street": ""}],
    ids=["mode", "payment", "slot", "pin", "street"],
)
def test_term_known_to_one_only_is_no_conflict(unknown: dict[str, object]) -> None:
    other = replace(ONE, **unknown)  # type: ignore[arg-type]
    assert not terms_conflict(ONE, other)
    assert not terms_conflict(other, ONE)


def test_spelling_of_street_and_pin_is_no_conflict() -> None:
    assert not terms_conflict(ONE, replace(ONE, street="SALEM street 5,Salmiya", pin="22  001"))


def test_terms_of_a_delivery_have_the_carts_address() -> None:
    cart = ObservedCheckout(slot_id=7, street="Salem Street 5", pin="22001")
    terms = FulfilmentTerms(DeliveryMode.DELIVERY, "Salem Street 5", "22001", 7, cash_on_delivery=True)
    assert terms_from_checkout(DELIVERED, cart) == terms


def test_terms_of_a_pickup_have_no_address_and_no_payment_unless_chosen() -> None:
    cart = ObservedCheckout(slot_id=7, street="Salem Street 5", pin="22001")
    terms = FulfilmentTerms(DeliveryMode.PICKUP, slot_id=7, cash_on_delivery=False)
    assert terms_from_checkout(Checkout(), cart) == terms
    assert terms_from_checkout(Checkout(payment=TRANSFER), cart) == terms
    assert terms_from_checkout(PICKED_UP, cart) == replace(terms, cash_on_delivery=True)


def test_terms_of_an_order_are_what_it_shows() -> None:
    order = WireOrder.model_validate(
        {
            "OrderId": 1,
            "DeliveryOption": "SHIP",
            "ShipAddress1": "Salem Street 5",
            "ShipAddress2": "Salmiya",
            "ShipZip": "22001",
            "deliveryslots": {"DeliverySlotId": "7"},
            "PaymentDetails": [{"PaymentType": ""}, {"PaymentType": "OBT"}, {"PaymentType": "COD"}],
        }
    )
    assert terms_from_order(order) == FulfilmentTerms(
        DeliveryMode.DELIVERY, "Salem Street 5 Salmiya", "22001", 7, cash_on_delivery=True
    )


def test_terms_that_an_order_does_not_show_are_unknown() -> None:
    silent = {
        "OrderId": 1,
        "ShipAddress2": "Salmiya",
        "ShipZip": "0",
        "PaymentDetails": [{"PaymentType": ""}],
    }
    assert terms_from_order(WireOrder.model_validate(silent)) == FulfilmentTerms()


def test_order_saved_without_terms_contradicts_nothing() -> None:
    record = json.loads(placement_to_text(Placement(PlacementStage.SENT, "D1", TOTAL)))
    del record["value"]["terms"], record["check"]
    placing = placement_from_text(with_check(json.dumps(record)))
    assert placing is not None
    assert not terms_conflict(placing.terms, HOMEWARDS)
