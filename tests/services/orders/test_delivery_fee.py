"""The delivery fee of an order that is taken offline: remembered, or named before it is placed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.checkout import Address, Checkout, DeliveryMode, PaymentMethod
from console.ordering.draft import AddLine, DraftLine, SetCheckout
from console.sandbox.orders.records import read_orders
from console.sandbox.switches import Switches
from console.services.operator_session import OperatorSession
from console.services.stores.delivery_fees import NOT_SAVED, DeliveryFeeService
from console.services.views import CartTotals, OrderView, PlacementStatus
from console.storage.catalogue.fee_store import DeliveryFeeStore
from console.storage.errors import StorageError
from tests.services.connections import RecordedEvents, operator_session
from tests.services.samples import GARLIC_BREAD
from tests.shops import LOCATION_ID, SandboxBackend

pytestmark = pytest.mark.anyio

SALMIYA = Address("Baghdad Street 5", city="Hawalli", area="Salmiya", pin="22001", mobile="99887766")
RUMAITHIYA = replace(SALMIYA, area="Rumaithiya")
CASH = PaymentMethod("COD", "COD", "0")


class Counter:
    """One operator at one counter."""

    def __init__(self, session: OperatorSession, recorded: RecordedEvents, backend: SandboxBackend) -> None:
        self.session, self.recorded, self.backend = session, recorded, backend

    async def order(self, address: Address | None, quantity: int = 3) -> str:
        """Start a walk-in's order: delivered there, or collected."""
        orders = self.session.orders
        draft_id = await orders.start_order(None)
        orders.change(draft_id, AddLine(DraftLine(orders.new_line_id(), GARLIC_BREAD, quantity)))
        mode = DeliveryMode.PICKUP if address is None else DeliveryMode.DELIVERY
        orders.change(draft_id, SetCheckout(Checkout(mode, address, payment=CASH)))
        return draft_id

    def view(self, draft_id: str) -> OrderView:
        return self.session.orders.view(draft_id)

    async def confirmed(self, draft_id: str) -> OrderView:
        await self.recorded.until(lambda: self.view(draft_id).is_confirmed)
        return self.view(draft_id)

    async def place_as_shown(self, draft_id: str) -> OrderView:
        """Place at the total in sight."""
        view = self.view(draft_id)
        return await self.session.orders.place(draft_id, view.total, view)

    async def back_online(self, draft_id: str, switches: Switches | None = None) -> OrderView:
        """Reconnect, and wait until the order is placed or waits for the operator."""
        self.backend.switch(switches or Switches())
        self.session.orders.retry_now()
        final = (PlacementStatus.PLACED, PlacementStatus.NEEDS_ATTENTION)
        await self.recorded.until(lambda: self.view(draft_id).placement.state in final)
        return self.view(draft_id)


@pytest.fixture
async def counter(backend: SandboxBackend) -> AsyncIterator[Counter]:
    async with operator_session(backend) as (session, recorded):
        yield Counter(session, recorded, backend)


async def test_offline_delivery_with_remembered_fee_places_by_itself(counter: Counter) -> None:
    seen = await counter.confirmed(await counter.order(SALMIYA))
    assert (seen.totals and seen.totals.shipping, seen.total_text) == (Decimal("0.500"), "KWD 2.750")
    counter.backend.go_offline()
    draft_id = await counter.order(SALMIYA, quantity=1)
    assert counter.view(draft_id).total_text == "KWD 1.250"
    await counter.place_as_shown(draft_id)
    assert (await counter.back_online(draft_id)).placement.state is PlacementStatus.PLACED
    (order,) = read_orders(counter.backend.store)
    assert (order.shipping, order.total) == (Decimal("0.500"), Decimal("1.250"))


async def test_offline_delivery_with_changed_fee_asks_once_and_names_both(counter: Counter) -> None:
    await counter.confirmed(await counter.order(SALMIYA))
    counter.backend.go_offline()
    draft_id = await counter.order(SALMIYA)
    await counter.place_as_shown(draft_id)
    dearer = Switches(delivery_fees={LOCATION_ID: Decimal("0.900")})
    stopped = await counter.back_online(draft_id, dearer)
    assert stopped.placement_message == (
        "Delivery was KWD 0.500, is KWD 0.900: the total was KWD 2.750, is KWD 3.150."
        " Tell the customer, and place it again."
    )
    assert stopped.totals is not None
    await counter.session.orders.place(draft_id, stopped.totals.total, stopped)
    assert (await counter.back_online(draft_id, dearer)).placement.state is PlacementStatus.PLACED


async def test_offline_delivery_with_unknown_fee_claims_no_total(counter: Counter) -> None:
    counter.backend.go_offline()
    draft_id = await counter.order(RUMAITHIYA)
    view = await counter.place_as_shown(draft_id)
    assert view.total_text == "KWD 2.250 plus delivery"
    assert (view.placement.quoted_total, view.placement.quoted_delivery) == (Decimal("2.250"), None)
    stopped = await counter.back_online(draft_id)
    assert stopped.placement_message == (
        "Delivery is KWD 0.750: the total is KWD 3.000. Tell the customer, and place it again."
    )
    assert read_orders(counter.backend.store) == []
    assert stopped.totals is not None
    await counter.session.orders.place(draft_id, stopped.totals.total, stopped)
    assert (await counter.back_online(draft_id)).placement.state is PlacementStatus.PLACED


async def test_offline_delivery_with_unknown_fee_that_is_nothing_places_by_itself(counter: Counter) -> None:
    counter.backend.go_offline()
    draft_id = await counter.order(SALMIYA)
    await counter.place_as_shown(draft_id)
    free = Switches(delivery_fees={LOCATION_ID: Decimal(0)})
    assert (await counter.back_online(draft_id, free)).placement.state is PlacementStatus.PLACED


async def test_fee_is_remembered_by_area_and_mode(counter: Counter) -> None:
    await counter.confirmed(await counter.order(SALMIYA))
    counter.backend.go_offline()
    texts = [counter.view(await counter.order(address)).total_text for address in (SALMIYA, RUMAITHIYA, None)]
    assert texts == ["KWD 2.750", "KWD 2.250 plus delivery", "KWD 2.250"]


async def test_delivery_without_an_address_is_plus_delivery(counter: Counter) -> None:
    counter.backend.go_offline()
    draft_id = await counter.order(None)
    counter.session.orders.change(draft_id, SetCheckout(Checkout(DeliveryMode.DELIVERY, payment=CASH)))
    assert counter.view(draft_id).total_text == "KWD 2.250 plus delivery"


async def test_free_delivery_of_a_large_order_keeps_the_fee_of_small_ones(counter: Counter) -> None:
    await counter.confirmed(await counter.order(SALMIYA))
    large = await counter.confirmed(await counter.order(SALMIYA, quantity=40))
    assert large.total_text == "KWD 30.000"
    counter.backend.go_offline()
    totals = [counter.view(await counter.order(SALMIYA, quantity)).total_text for quantity in (1, 40)]
    assert totals == ["KWD 1.250", "KWD 30.000"]


async def test_remembered_fee_survives_a_restart(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, recorded):
        counter = Counter(session, recorded, backend)
        await counter.confirmed(await counter.order(SALMIYA))
    async with operator_session(backend) as (session, recorded):
        again = Counter(session, recorded, backend)
        backend.go_offline()
        assert again.view(await again.order(SALMIYA)).total_text == "KWD 2.750"


@pytest.mark.parametrize(
    ("products", "shipping", "discount"), [("2.250", "0", "0.225"), ("0", "0", "0"), ("0", "0.900", "0")]
)
async def test_fee_of_an_empty_or_discounted_cart_teaches_nothing(
    counter: Counter, products: str, shipping: str, discount: str
) -> None:
    """Nothing to pay beside a discount may be the voucher's doing."""
    fees = DeliveryFeeService(counter.session.context)
    checkout = Checkout(DeliveryMode.DELIVERY, SALMIYA)
    fees.observe(LOCATION_ID, checkout, cart_totals("2.250", "0.500", "0"))
    fees.observe(LOCATION_ID, checkout, cart_totals(products, shipping, discount))
    assert fees.expected(LOCATION_ID, checkout, Decimal("2.250")) == Decimal("0.500")
    await fees.end()


async def test_fees_that_cannot_be_saved_are_said_once_and_block_nothing(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> None:
        raise StorageError

    monkeypatch.setattr(DeliveryFeeStore, "save", refuse)
    fees = DeliveryFeeService(counter.session.context)
    checkout = Checkout(DeliveryMode.DELIVERY, SALMIYA)
    for shipping in ("0.500", "0.900"):
        fees.observe(LOCATION_ID, checkout, cart_totals("2.250", shipping, "0"))
        await fees.end()
    assert fees.expected(LOCATION_ID, checkout, Decimal("2.250")) == Decimal("0.900")
    assert counter.recorded.notifications.count(NOT_SAVED) == 1


def cart_totals(products: str, shipping: str, discount: str) -> CartTotals:
    amounts = [Decimal(text) for text in (products, shipping, "0", discount)]
    return CartTotals("KWD", *amounts, total=amounts[0] + amounts[1] - amounts[3])
