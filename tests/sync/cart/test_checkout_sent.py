"""The checkout against the sandbox: the cart gets the draft's checkout, or shows why not."""

import json
from dataclasses import replace

import pytest

from console.ordering.checkout import Address, Checkout, DeliveryMode
from console.ordering.draft import SetCheckout, SetQuantity
from console.sandbox.switches import FaultKind
from console.services.orders.problem_texts import checkout_rejection_text
from console.sync.cart.differences import LineStatus
from console.sync.status import PlacementStatus
from tests.sync.cart.sent_checkouts import HOME, SLOT
from tests.sync.counter import COD, GARLIC_BREAD, TOM, UMM_ALI, Console, Machine, add, cart_contents, fault
from tests.sync.problem_texts import text_of

pytestmark = pytest.mark.anyio

AWAY = Address("Desert Road 1", pin="99999", city_code="846")


async def request_checkout(console: Console, checkout: Checkout) -> None:
    """Order two with this checkout and wait until they are in sync."""
    await console.start_order()
    await console.edit(add("L1", GARLIC_BREAD, quantity=2), SetCheckout(checkout))
    await console.wait_until_settled()


def reported(console: Console) -> tuple[str, ...]:
    rejected = console.engine.compare("D1", console.current_drafts["D1"]).rejected
    return tuple(checkout_rejection_text(one) for one in rejected)


async def test_address_slot_and_voucher_reach_cart_and_order(machine: Machine) -> None:
    async with machine.console() as console:
        checkout = Checkout(DeliveryMode.DELIVERY, HOME, SLOT, "TENOFF", payment=COD)
        await request_checkout(console, checkout)
        (cart,) = machine.carts()
        assert reported(console) == ()
        assert (cart.mode, cart.shipping_cost, cart.discount) == (
            "H",
            *map(type(cart.discount), ("0.5", "0.15")),
        )
        totals = console.status["D1"].comparison.totals
        assert totals is not None
        assert totals.total == cart.order_total
        await console.place(str(totals.total))
        await console.wait_for_placing_state(PlacementStatus.PLACED)
        (row,) = machine.backend.store.rows("SELECT * FROM placed_order")
        assert (row["mode"], row["slot_id"]) == ("H", SLOT.slot_id)
        assert "Salem Street 5" in row["record"]


async def test_a_change_from_pickup_to_delivery_puts_the_lines_in_anew(machine: Machine) -> None:
    async with machine.console() as console:
        await request_checkout(console, Checkout())
        await console.edit(SetCheckout(Checkout(DeliveryMode.DELIVERY, HOME)))
        await console.wait_until_settled()
        (cart,) = machine.carts()
        assert cart.mode == "H"
        assert cart_contents(cart) == {(GARLIC_BREAD, 0): 2}


@pytest.mark.parametrize("kind", [FaultKind.DROP_BEFORE, FaultKind.DROP_AFTER, FaultKind.STATUS_500])
@pytest.mark.parametrize("operation", ["update_address", "set_slot", "apply_voucher"])
async def test_lost_response_causes_another_look(machine: Machine, operation: str, kind: FaultKind) -> None:
    async with machine.console() as console:
        machine.switch(fault(kind, f"carts.{operation}"))
        await request_checkout(console, Checkout(DeliveryMode.DELIVERY, HOME, SLOT, "TENOFF"))
        assert reported(console) == ()
        assert len(console.port.times_of(f"carts.{operation}")) <= 2


async def test_what_is_no_longer_requested_is_taken_back(machine: Machine) -> None:
    async with machine.console() as console:
        await request_checkout(console, Checkout(delivery_slot=SLOT, voucher="TENOFF"))
        await console.edit(SetCheckout(Checkout()))
        await console.wait_until_settled()
        cart = (await console.drafts.load("D1")).sync_text
        assert '"slot_id":0' in cart
        assert '"vouchers":[]' in cart
        assert machine.carts()[0].discount == 0


@pytest.mark.parametrize(
    ("checkout", "sentence"),
    [
        (Checkout(DeliveryMode.DELIVERY, AWAY), "Address: No delivery to this PIN code."),
        (Checkout(voucher="SUMMER19"), "Voucher: The voucher has expired."),
        (Checkout(voucher="HALFDINAR"), "Voucher: The order is too small for this voucher."),
        (Checkout(delivery_slot=SLOT), "Slot: The delivery slot is not on offer. Choose another."),
    ],
    ids=["address", "expired", "too small", "full"],
)
async def test_a_refusal_is_a_sentence_and_nothing_loops(
    machine: Machine, checkout: Checkout, sentence: str
) -> None:
    machine.switch(full_slots=frozenset({SLOT.slot_id}))
    async with machine.console() as console:
        await request_checkout(console, checkout)
        (text,) = reported(console)
        assert text.startswith(sentence)
        assert console.line_comparisons()[0].state is LineStatus.CONFIRMED
        asked = len(console.port.requests)
        console.engine.try_again()
        await console.wait_until_settled()
        assert len(console.port.requests) <= asked + 1


async def test_rejected_checkout_is_not_placed_without_consent(machine: Machine) -> None:
    async with machine.console() as console:
        await request_checkout(console, Checkout(voucher="SUMMER19", payment=COD))
        await console.place("1.500")
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        assert text_of(placing.problem).startswith("Voucher: The voucher has expired.")
        assert machine.orders() == []


async def test_address_without_area_does_not_take_the_previous_one(machine: Machine) -> None:
    async with machine.console() as console:
        await request_checkout(console, Checkout(DeliveryMode.DELIVERY, replace(HOME, area="Block 2")))
        assert machine.carts()[0].area == "Block 2"
        await console.edit(SetCheckout(Checkout(DeliveryMode.DELIVERY, replace(HOME, street="Gulf Road 1"))))
        await console.wait_until_settled()
        (cart,) = machine.carts()
        assert (cart.street, cart.area, reported(console)) == ("Gulf Road 1", "-", ())


def recorded(machine: Machine) -> dict[str, str]:
    """Where the sandbox's own record of the order has it go."""
    (row,) = machine.backend.store.rows("SELECT record FROM placed_order")
    record: dict[str, str] = json.loads(row["record"])
    return {key.removeprefix("Ship_"): value for key, value in record.items() if key.startswith("Ship_")}


async def test_previous_address_leaves_nothing_when_it_changes(machine: Machine) -> None:
    grandmother = replace(
        HOME, first_name="Mona", last_name="Haddad", phone="22000009", email="mona@example.com"
    )
    async with machine.console() as console:
        await console.start_order(replace(TOM, mobile="+965 5551 2345", email="tom@example.com"))
        await console.edit(
            add("L1", GARLIC_BREAD), SetCheckout(Checkout(DeliveryMode.DELIVERY, grandmother, payment=COD))
        )
        await console.wait_until_settled()
        work = Address("Gulf Road 17", area="Salmiya", city_code="846")
        await console.edit(SetCheckout(Checkout(DeliveryMode.DELIVERY, work, payment=COD)))
        await console.wait_until_settled()
        assert reported(console) == ()
        totals = console.status["D1"].comparison.totals
        assert totals is not None
        await console.place(str(totals.total))
        await console.wait_for_placing_state(PlacementStatus.PLACED)
    ship = recorded(machine)
    assert (ship["Address1"], ship["PostCode"]) == ("Gulf Road 17", "0")
    assert (ship["FirstName"], ship["LastName"], ship["Email"]) == ("Tom", "Sawyer", "tom@example.com")
    assert ship["Mobile"] == ship["Telephone"] == "96555512345"


@pytest.mark.parametrize("earlier", [HOME, AWAY], ids=["told another before", "told none"])
async def test_an_order_is_never_placed_for_an_address_that_is_refused(
    machine: Machine, earlier: Address
) -> None:
    async with machine.console() as console:
        await request_checkout(console, Checkout(DeliveryMode.DELIVERY, earlier, payment=COD))
        await console.edit(SetCheckout(Checkout(DeliveryMode.DELIVERY, AWAY, payment=COD)))
        await console.wait_until_settled()
        # The refusal was on the screen, and the key is pressed all the same.
        await console.place("2.000")
        placing = await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        assert text_of(placing.problem).startswith("Address: No delivery to this PIN code.")
        assert machine.orders() == []


async def test_voucher_for_larger_orders_counts_once_order_grows(machine: Machine) -> None:
    async with machine.console() as console:
        await request_checkout(console, Checkout(voucher="HALFDINAR"))
        await console.edit(SetQuantity("L1", 4), add("L2", UMM_ALI))
        await console.wait_until_settled()
        assert reported(console) == ()
        assert machine.carts()[0].discount > 0


async def test_rejection_is_retried_once_on_the_operators_request(machine: Machine) -> None:
    machine.switch(full_slots=frozenset({SLOT.slot_id}), refuse=frozenset({UMM_ALI}))
    async with machine.console() as console:
        await request_checkout(console, Checkout(delivery_slot=SLOT))
        await console.edit(add("L2", UMM_ALI))
        await console.wait_until_settled()
        assert len(reported(console)) == 1
        machine.switch()
        console.engine.try_again()
        await console.until(lambda: not reported(console) and console.is_settled())
        assert cart_contents(machine.carts()[0]) == {(GARLIC_BREAD, 0): 2, (UMM_ALI, 0): 1}
