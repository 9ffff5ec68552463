"""What the platform offers an order before it is placed: addresses, who delivers, slots, ways to pay."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.checkout import Address, DeliveryMode
from console.ordering.customer import Customer
from console.ordering.draft import AddLine, DraftLine, OrderItem
from console.services.events import ServiceError
from console.services.operator_session import OperatorSession
from console.services.orders.checkout import CASH
from tests.services.connections import operator_session
from tests.shops import LOCATION_ID, SandboxBackend

pytestmark = pytest.mark.anyio
TOM = Customer("2fbb775a-863b-4e87-a99e-ec725fd7a2d1", "tom.sawyer@example.com", "Tom", "Sawyer")


@pytest.fixture
async def order(backend: SandboxBackend) -> AsyncIterator[tuple[OperatorSession, str]]:
    """Tom's order with one line in the platform's cart."""
    async with operator_session(backend) as (session, recorded):
        draft_id = await session.orders.start_order(TOM)
        bread = OrderItem(13047603, 0, "Garlic Bread", "", Decimal("0.750"))
        session.orders.change(draft_id, AddLine(DraftLine("L1", bread, 1)))
        await recorded.until(lambda: not session.orders.view(draft_id).is_pending)
        yield session, draft_id


async def test_the_merchants_ways_to_pay_are_offered(order: tuple[OperatorSession, str]) -> None:
    session, draft_id = order
    assert session.checkout.known_payment_options == (CASH,)
    options = {
        (payment.option, payment.gateway_id) for payment in await session.checkout.payment_options(draft_id)
    }
    assert options == {("COD", "0"), ("OnlineBankTransfer", "10961")}
    assert len(session.checkout.known_payment_options) == 2


async def test_slots_come_in_the_order_of_time_with_what_they_take(
    order: tuple[OperatorSession, str],
) -> None:
    session, draft_id = order
    offered = await session.checkout.delivery_slots(draft_id)
    times = [slot.delivery_slot.starts_at for slot in offered]
    assert times == sorted(times)
    assert any(not slot.is_full and slot.capacity for slot in offered)


async def test_new_address_is_saved_and_then_changed_in_place(
    order: tuple[OperatorSession, str],
) -> None:
    """A new address is saved with the customer and changed in place."""
    session, _ = order
    before = await session.checkout.addresses(TOM)
    typed = Address("Amman Street 5", city="Hawalli", city_code="846", state="KW2", country="KW", pin="22001")
    saved = await session.checkout.save_address(TOM, typed)
    await session.checkout.save_address(TOM, replace(saved, street="Amman Street 7"))
    after = await session.checkout.addresses(TOM)
    assert len(after) == len(before) + 1
    assert [a.street for a in after if a.address_id == saved.address_id] == ["Amman Street 7"]


async def test_address_reports_its_store_or_another_that_delivers(
    order: tuple[OperatorSession, str],
) -> None:
    """The store that delivers to an address is reported, this one or another."""
    session, _ = order
    near = await session.checkout.delivery_coverage(
        Address("Salem Al Mubarak Street", pin="22001"), session.location
    )
    assert near is not None
    assert near.includes_order_store
    far = await session.checkout.delivery_coverage(Address("Coastal Road", pin="54501"), session.location)
    assert far is not None
    assert not far.includes_order_store
    assert LOCATION_ID not in [store.location_id for store in far.stores]
    there = far.stores[0]
    seen_there = await session.checkout.delivery_coverage(Address("Coastal Road", pin="54501"), there)
    assert seen_there is not None
    assert seen_there.includes_order_store


async def test_listed_area_reports_the_stores_that_serve_it(order: tuple[OperatorSession, str]) -> None:
    session, _ = order
    rumaithiya = await session.checkout.delivery_coverage(
        Address("Street 1", area="Rumaithiya"), session.location
    )
    qibla = await session.checkout.delivery_coverage(
        Address("Street 1", area="Qibla", city="Al Asimah"), session.location
    )
    assert rumaithiya is not None
    assert qibla is not None
    assert [store.name for store in rumaithiya.stores] == ["Salmiya", "Hawalli"]
    assert (rumaithiya.includes_order_store, qibla.includes_order_store) == (True, False)


@pytest.mark.parametrize(
    "address",
    [Address("Salmiya Street 4"), Address("Street 4", city="Hawalli"), Address("Street 4", area="Salm")],
)
async def test_nobody_is_said_to_deliver_where_no_area_is_known(
    order: tuple[OperatorSession, str], address: Address
) -> None:
    session, _ = order
    assert await session.checkout.delivery_coverage(address, session.location) is None


async def test_address_is_saved_with_the_number_in_its_one_form(order: tuple[OperatorSession, str]) -> None:
    session, _ = order
    typed = Address("Amman Street 5", area="Salmiya", pin="22001", mobile="(555) 12345")
    saved = await session.checkout.save_address(TOM, typed)
    (stored,) = await session.context.api.customers.addresses(user_id=TOM.user_id)
    (shown,) = await session.checkout.addresses(TOM)
    assert (stored.mobile, shown.mobile) == ("96555512345", "+965 555 12345")
    assert shown.address_id == saved.address_id


async def test_how_long_it_takes_depends_on_the_way(order: tuple[OperatorSession, str]) -> None:
    session, _ = order
    times = {mode: await session.checkout.estimated_time(mode, session.location) for mode in DeliveryMode}
    assert all(time.endswith(" min") for time in times.values())
    assert times[DeliveryMode.PICKUP] != times[DeliveryMode.DELIVERY]


async def test_offline_cash_is_still_offered(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, _):
        draft_id = await session.orders.start_order(TOM)
        backend.go_offline()
        with pytest.raises(ServiceError):
            await session.checkout.payment_options(draft_id)
        assert session.checkout.known_payment_options == (CASH,)
