"""What was bought is on record before Place Order is sent, and an order that is found replaces it."""

from decimal import Decimal

import pytest
from pydantic import SecretStr

from console.api.carts.checkout_requests import OrderAttribute
from console.api.carts.requests import WireDeliveryMode
from console.api.orders.models import WireOrder
from console.api.orders.requests import WirePayment
from console.ordering.checkout import Address, Checkout, DeliveryMode
from console.ordering.draft import AddLine, Draft, DraftLine, OrderItem, SetCheckout, SetQuantity
from console.ordering.money import ZERO, Currency
from console.ordering.placed.past_orders import PastLine
from console.ordering.vocabulary import Vocabulary
from console.sandbox.switches import FaultKind
from console.sync.placement.purchase import (
    draft_digest,
    nest_lines,
    purchase_from_cart,
    purchase_from_order,
    ship_address,
)
from console.sync.placement.state import ConfirmOrder
from console.sync.placement.state_codec import placement_from_text
from console.sync.status import PlacementStatus
from tests.past_orders import side_item
from tests.shops import LAYLAS_ID, LAYLAS_PASSWORD, LOCATION_ID
from tests.sync.cart.test_mapping import documented, look
from tests.sync.counter import COD, GARLIC_BREAD, ONION_RINGS, PAID_IN_CASH, TOM, Console, Machine, add, fault
from tests.sync.crash_points import CrashAt
from tests.sync.placement.bread_order import BREAD, FIELD, QUOTED, ready, with_reference

pytestmark = pytest.mark.anyio

KWD = Currency("KWD")
WORDS = Vocabulary()


def order(*lines: dict[str, object], **fields: object) -> WireOrder:
    return WireOrder.model_validate({"OrderId": 7, "OrderLineId": list(lines), **fields})


def row(line_id: int, product_id: object, quantity: object = 1, parent: int = 0) -> dict[str, object]:
    return {
        "OrderLineId": line_id, "ProductId": product_id, "Quantity": quantity,
        "ParentReDetailsId": str(parent), "ProductTitle": f"P{product_id}", "ProductPrice": "0.3335",
    }  # fmt: skip


def walk(lines: tuple[PastLine, ...]) -> list[PastLine]:
    return [line for one in lines for line in (one, *walk(one.parts))]


@pytest.mark.parametrize("pin", ["0", "000000", "-", "NA", ""])
def test_address_of_a_record_has_its_area_and_no_placeholder(pin: str) -> None:
    record = order(ShipAddress1="Street 12", ShipAddress2="Salmiya", ShipCity="Hawalli", ShipZip=pin)
    assert ship_address(record) == "Street 12, Salmiya, Hawalli"
    assert ship_address(record.model_copy(update={"ship_area": "-", "ship_pin": "00001"})) == (
        "Street 12, Hawalli, 00001"
    )


def test_documented_deal_is_bought_with_its_names_and_charges() -> None:
    checkout = Checkout(DeliveryMode.DELIVERY, Address("Block 4"), payment=COD, notes="ring twice")
    draft = Draft().apply(SetCheckout(checkout))
    bought = purchase_from_cart(look(documented("carts.add_items.customized_deal")), draft)
    (deal,) = bought.lines
    assert (deal.title, deal.quantity, deal.total) == ("BUY ONE GET ONE FREE- Medium", 1, Decimal("5.650"))
    assert [part.title for part in deal.parts] == ["Chicken Supreme", "Classic Pepperoni"]
    names = [(part.title, part.options, part.strength, part.is_base) for part in deal.parts[0].parts[:2]]
    assert names == [
        ("Chicken Supreme", "Classic Medium", "", True),
        ("Mozarella", "", "Regular", False),
    ]
    assert (bought.delivery, bought.total) == (Decimal("0.500"), Decimal("6.150"))
    assert (bought.mode, bought.address, bought.payment) == (DeliveryMode.DELIVERY, "Block 4", "Cash")
    assert bought.notes == "ring twice"


def test_untitled_line_has_the_name_it_was_ordered_by() -> None:
    cart = look({"CartItems": [{"ProductId": 5, "Quantity": 1, "CartReferenceKey": "k", "WebPrice": 1}]})
    draft = Draft().apply(AddLine(DraftLine("L1", OrderItem(5, 0, "Umm Ali", "", ZERO), 1)))
    assert [line.title for line in purchase_from_cart(cart, draft).lines] == ["Umm Ali"]
    assert [line.title for line in purchase_from_cart(cart, Draft()).lines] == ["Product 5"]


def test_draft_digest_follows_what_would_be_ordered() -> None:
    draft = Draft().apply(BREAD)
    other = draft.apply(SetQuantity("L1", 3))
    assert draft_digest(other) != draft_digest(draft) == draft_digest(other.undo())


@pytest.mark.parametrize("odd", [row(2, "NA"), row(2, 8, "NA"), row(2, 8, 1.5), {"OrderLineId": 2}, "text"])
def test_line_that_cannot_be_read_costs_that_line(odd: dict[str, object]) -> None:
    found = order(row(1, 5, 4), odd, row(3, 9, 1, parent=2), TotalAmount=2)
    assert found.unreadable_lines == 1
    assert [(line.product_id, line.quantity) for line in nest_lines(found, WORDS)] == [(5, 4)]
    bought = purchase_from_order(found, None, KWD, WORDS)
    assert (bought.unreadable_lines, bought.lines[0].total) == (1, Decimal("1.3340"))


def test_part_whose_line_is_missing_becomes_a_line() -> None:
    assert [line.product_id for line in nest_lines(order(row(1, 5), row(3, 9, 1, parent=2)), WORDS)] == [5, 9]


def test_line_of_nothing_was_not_bought() -> None:
    assert [line.product_id for line in nest_lines(order(row(1, 5, 0), row(2, 6)), WORDS)] == [6]


@pytest.mark.parametrize("point", ["before placing", "after placing", "after the order's number"])
async def test_what_was_bought_outlives_the_process(machine: Machine, point: str) -> None:
    crash = CrashAt(point, 1)
    async with machine.console("one", checkpoint=crash) as console:
        await ready(console)
        await console.place(QUOTED)
        await console.until(lambda: crash.happened)
    async with machine.console("two") as console:
        placement = placement_from_text((await console.drafts.load("D1")).placement_text)
        assert placement is not None
        assert placement.purchased is not None
        (line,) = placement.purchased.lines
        assert (line.title, line.quantity, line.total) == ("Garlic Bread", 2, Decimal("1.500"))
        assert placement.purchased.total == Decimal("1.500")


async def test_rejected_line_is_not_among_what_was_bought(machine: Machine) -> None:
    async with machine.console() as console:
        machine.switch(refuse=frozenset({GARLIC_BREAD}))
        await console.order(BREAD, add("L2", ONION_RINGS), PAID_IN_CASH)
        purchased = console.engine.purchase("D1", console.current_drafts["D1"])
        assert purchased is not None
        assert [line.product_id for line in purchased.lines] == [ONION_RINGS]


async def test_order_that_the_operator_names_is_what_was_bought(machine: Machine) -> None:
    async with machine.console() as console:
        await ready(console)
        machine.switch(fault(FaultKind.DROP_BEFORE, "orders.place"))
        await console.place(QUOTED)
        await console.wait_for_placing_state(PlacementStatus.NEEDS_ATTENTION)
        other = await place_bread(machine, 5)
        console.engine.try_again()
        await console.until(lambda: bool(console.status["D1"].placement.candidates))
        console.engine.decide("D1", ConfirmOrder(other))
        placing = await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert placing.purchased is not None
        assert [line.quantity for line in placing.purchased.lines] == [5]
        assert placing.purchased.payment == "Cash"


async def test_draft_edited_after_a_withdrawn_request_is_not_what_was_bought(machine: Machine) -> None:
    """An order that landed after its request was withdrawn is the one of then, not of now."""
    with_reference(machine)
    crash = CrashAt("after the proof", 1)
    async with machine.console("one", checkpoint=crash) as console:
        await ready(console)
        machine.switch(fault(FaultKind.DROP_BEFORE, "orders.place"), order_attributes=frozenset({FIELD}))
        await console.place(QUOTED)
        await console.until(lambda: crash.happened)
    await place_bread(machine, 2, reference="D1")
    async with machine.console("two") as console:
        await console.placement_store.withdraw("D1")
        await console.resume_order()
        await console.edit(SetQuantity("L1", 5))
        await console.wait_until_settled()
        await console.place("3.750")
        placing = await console.wait_for_placing_state(PlacementStatus.PLACED)
        assert placing.purchased is not None
        assert [line.quantity for line in placing.purchased.lines] == [2]
        assert placing.purchased.draft_digest != draft_digest(console.current_drafts["D1"])


async def place_bread(machine: Machine, quantity: int, *, reference: str = "") -> int:
    """The number of an order of Tom's that no console knows of."""
    async with machine.console("late") as console:
        token = await late_token(console)
        carts = console.api.carts
        await carts.add_items(token=token, items=[side_item(quantity)], delivery_mode=WireDeliveryMode.PICKUP)
        attribute = OrderAttribute(77, FIELD, reference, is_predefined=False, is_mandatory=False)
        if reference:
            await carts.add_attributes(token=token, attributes=[attribute])
        return (await console.api.orders.place(token=token, payment=WirePayment())).order_id


async def late_token(console: Console) -> SecretStr:
    started = await console.api.customers.start_session(
        user_name=TOM.user_name,
        operator_id=LAYLAS_ID,
        password=SecretStr(LAYLAS_PASSWORD),
        location_id=LOCATION_ID,
        token=(await console.api.customers.access_token()).access_token,
    )
    return started.access_token


def test_address_of_an_order_has_no_placeholders() -> None:
    found = order(ShipAddress1="Block 4", ShipAddress2="-", ShipZip="0", DeliveryOption="ship")
    assert purchase_from_order(found, None, KWD, WORDS).address == "Block 4"
    assert purchase_from_order(order(ShipAddress1="Block 4"), None, KWD, WORDS).address == ""


@pytest.mark.parametrize(
    ("printed", "title", "options", "strength", "is_base"),
    [
        ("Roast Chicken(Strength=Extra;Size=Medium)", "Roast Chicken", "", "Extra", False),
        ("Ranch Pizza Crust(Crust=Pan;Size=Medium)", "Ranch Pizza Crust", "Pan Medium", "", True),
        ("Kola(Boy=Şişe (1 L))", "Kola", "Şişe (1 L)", "", False),
        ("Wings (6 pieces)", "Wings (6 pieces)", "", "", False),
        ("1+1=3", "1+1=3", "", "", False),
    ],
)
def test_variant_in_a_title_is_its_options(
    printed: str, title: str, options: str, strength: str, is_base: bool
) -> None:
    """Orders of real platforms print a variant behind the title."""
    (line,) = nest_lines(order(row(1, 5) | {"ProductTitle": printed}), WORDS)
    assert (line.title, line.options, line.strength, line.is_base) == (title, options, strength, is_base)
