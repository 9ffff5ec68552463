"""Past orders: found by customer, day, number, phone and name; shown whole, followed, cancelled."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from decimal import Decimal

import pytest

from console.api.carts.requests import WireDeliveryMode
from console.ordering.draft import Portion
from console.ordering.money import Currency
from console.ordering.placed.order_states import CANCELLED
from console.ordering.placed.past_orders import PastLine
from console.ordering.placed.purchased_order import balance, purchased_from_past, total_rows
from console.ordering.store_time import MACHINE_TIME
from console.sandbox.orders.records import read_orders
from console.services.events import ServiceError
from console.services.operator_session import OperatorSession
from console.services.views import NewCustomer
from tests.past_orders import RANCH, half_and_half, place_order, side_item
from tests.services.connections import TIMEOUT_SECONDS, operator_session
from tests.services.samples import TOM, large_base
from tests.shops import SandboxBackend

pytestmark = pytest.mark.anyio

TOMMY = "tommy.fernandes@example.com"


@pytest.fixture
async def session(backend: SandboxBackend) -> AsyncIterator[OperatorSession]:
    async with operator_session(backend) as (session, _):
        yield session


async def test_a_customers_orders_come_the_latest_first(
    backend: SandboxBackend, session: OperatorSession
) -> None:
    mine = [
        await place_order(backend.endpoint(), side_item()),
        await place_order(backend.endpoint(), side_item(2)),
    ]
    await place_order(backend.endpoint(), side_item(), customer=TOMMY)
    found = await session.history.of_customer(TOM)
    assert [order.number for order in found] == mine[::-1]
    assert {order.customer for order in found} == {"Tom Sawyer"}


async def test_a_customer_who_never_ordered_has_no_orders(session: OperatorSession) -> None:
    assert await session.history.of_customer(TOM) == ()
    assert await session.history.latest(TOM) is None


async def test_the_day_is_this_stores_and_of_today(backend: SandboxBackend, session: OperatorSession) -> None:
    now = backend.store.clock()
    yesterdays, here, elsewhere = [await place_order(backend.endpoint(), side_item()) for _ in range(3)]
    change = "UPDATE placed_order SET placed_at = ?, location_id = ? WHERE order_id = ?"
    with backend.store.transaction():
        backend.store.run(change, now - 86_400, 27299, yesterdays)
        backend.store.run(change, now, 22612, elsewhere)
    found = await session.history.of_today()
    assert [(order.number, order.customer) for order in found] == [(here, "Tom Sawyer")]


async def test_order_of_a_list_has_its_area_too(backend: SandboxBackend, session: OperatorSession) -> None:
    number = await place_order(backend.endpoint(), side_item(), mode=WireDeliveryMode.DELIVERY)
    with backend.store.transaction():
        backend.store.run(
            "UPDATE placed_order SET record = json_set(record, '$.Ship_Address1', 'Street 12',"
            " '$.Ship_Address2', 'Salmiya', '$.Ship_PostCode', '0') WHERE order_id = ?",
            number,
        )
    (found,) = await session.history.search("tom sawyer")
    assert found.address.startswith("Street 12, Salmiya")
    assert not found.address.endswith("0")


@pytest.mark.parametrize("typed", ["tom sawyer", "Tom", "sawyer", "740000", "7411639213"])
async def test_number_phone_and_name_find_an_order(
    backend: SandboxBackend, session: OperatorSession, typed: str
) -> None:
    number = await place_order(backend.endpoint(), side_item())
    (found,) = await session.history.search(typed)
    assert (found.number, found.customer) == (number, "Tom Sawyer")


async def test_order_is_found_wherever_the_last_name_begins(
    backend: SandboxBackend, session: OperatorSession
) -> None:
    mary = await session.customers.create(NewCustomer("Mary Ann", "Smith", mobile="59990001"))
    number = await place_order(backend.endpoint(), side_item(), customer=mary.user_name)
    found = await session.history.search("mary ann smith")
    assert [order.number for order in found] == [number]


@pytest.mark.parametrize("typed", ["00965 555 12345", "(555) 12345", "555/12345", "tel:+965-555-12345"])
async def test_order_is_found_by_its_number_however_it_is_typed(
    backend: SandboxBackend, session: OperatorSession, typed: str
) -> None:
    number = await place_order(backend.endpoint(), side_item(), customer=TOMMY)
    (found,) = await session.history.search(typed)
    assert (found.number, found.mobile) == (number, "+965 555 12345")
    assert await session.history.search("+966 555 12345") == ()


@pytest.mark.parametrize("typed", ["", "74", "nobody here"])
async def test_too_little_text_or_an_unknown_customer_finds_nothing(
    backend: SandboxBackend, session: OperatorSession, typed: str
) -> None:
    await place_order(backend.endpoint(), side_item())
    assert await session.history.search(typed) == ()


async def test_a_whole_order_has_its_parts_below_its_lines(
    backend: SandboxBackend, session: OperatorSession
) -> None:
    number = await place_order(backend.endpoint(), side_item(3), half_and_half(large_base(backend), 2))
    order = await session.history.order(number)
    assert order.lines is not None
    side, pizza = order.lines
    assert (side.title, side.quantity, side.parts) == ("Garlic Bread", 3, ())
    assert (pizza.quantity, [part.quantity for part in pizza.parts]) == (2, [1, 1, 1, 1])
    assert [(p.title, p.portion, p.strength, p.is_base) for p in pizza.parts[1:]] == [
        ("Onions", Portion.LEFT, "Regular", False),
        ("Tomatoes", Portion.RIGHT, "Extra", False),
        ("Pizza Sauce", Portion.WHOLE, "Regular", False),
    ]
    assert (pizza.parts[0].is_base, pizza.parts[0].options) == (True, "Classic Large")


async def test_the_lines_cost_together_what_the_order_did(
    backend: SandboxBackend, session: OperatorSession
) -> None:
    order = await session.history.order(
        await place_order(
            backend.endpoint(), side_item(2), half_and_half(large_base(backend), 2), side_item(1, RANCH)
        )
    )
    (record,) = read_orders(backend.store)
    rows = total_rows(purchased_from_past(order), Currency("KWD"))
    amounts = tuple(line.total for line in order.lines or ())
    assert (balance(amounts, rows), order.total) == (0, record.total)


async def test_an_order_that_is_not_there_says_so(session: OperatorSession) -> None:
    with pytest.raises(ServiceError):
        await session.history.order(1)


async def test_cancelling_gives_the_reason_and_is_on_record(
    backend: SandboxBackend, session: OperatorSession
) -> None:
    order = await session.history.order(await place_order(backend.endpoint(), side_item()))
    cancelled = await session.history.cancel(order, session.history.cancel_reasons[0])
    assert (cancelled.state, cancelled.payable) == (CANCELLED, 0)
    assert read_orders(backend.store)[0].cancelled_at is not None
    trail = backend.paths.audit_file.read_text()
    assert f'"event": "order cancelled", "number": {order.number}, "reason": "CPR"' in trail


async def test_every_documented_reason_can_be_given(
    backend: SandboxBackend, session: OperatorSession
) -> None:
    known = backend.store.fulfilment.cancel_reasons
    assert {reason.code for reason in session.history.cancel_reasons} == set(known)


async def test_an_order_cannot_be_cancelled_twice(backend: SandboxBackend, session: OperatorSession) -> None:
    order = await session.history.order(await place_order(backend.endpoint(), side_item()))
    await session.history.cancel(order, session.history.cancel_reasons[0])
    with pytest.raises(ServiceError):
        await session.history.cancel(order, session.history.cancel_reasons[0])


async def test_an_order_that_is_shown_is_followed_until_it_changes(
    backend: SandboxBackend, session: OperatorSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await session.history.order(await place_order(backend.endpoint(), side_item()))
    slept: list[float] = []

    class Quick:
        now = staticmethod(session.history._clock.now)

        async def sleep(self, seconds: float) -> None:
            slept.append(seconds)
            if len(slept) == 3:
                with backend.store.transaction():
                    backend.store.run(
                        "UPDATE placed_order SET cancelled_at = 1 WHERE order_id = ?", order.number
                    )

    monkeypatch.setattr(session.history, "_clock", Quick())
    async with asyncio.timeout(TIMEOUT_SECONDS):
        changed = await session.history.wait_for_change(order)
    assert changed.state == CANCELLED
    assert len(slept) == 3
    assert min(slept) >= 2


async def test_offline_nothing_is_requested_while_following(
    backend: SandboxBackend, session: OperatorSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await session.history.order(await place_order(backend.endpoint(), side_item()))
    backend.go_offline()
    with pytest.raises(ServiceError) as error:
        await session.history.of_today()
    assert error.value.offline
    asked: list[float] = []

    class Until:
        now = staticmethod(session.history._clock.now)

        async def sleep(self, seconds: float) -> None:
            asked.append(seconds)
            if len(asked) == 3:
                raise asyncio.CancelledError

    monkeypatch.setattr(session.history, "_clock", Until())

    async def status(*, order_id: int) -> None:
        raise AssertionError(f"{order_id} was asked about")

    monkeypatch.setattr(session.history._api.orders, "status", status)
    with pytest.raises(asyncio.CancelledError):
        await session.history.wait_for_change(order)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("07-20-2025 11:26:40", "2025-07-20 11:26:40"),
        ("20-07-2025 11:26:40", "2025-07-20 11:26:40"),
        ("03-04-2025 08:00:00", "2025-03-04 08:00:00"),
        ("12-07-2025 08:00:00", "2025-07-12 08:00:00"),
        ("soon", None),
        (None, None),
    ],
)
def test_local_time_is_read_in_either_order_never_in_future(text: str | None, read: str | None) -> None:
    july = datetime.fromisoformat("2025-07-25").timestamp()
    assert MACHINE_TIME.read(text, now=july) == (datetime.fromisoformat(read) if read else None)


def test_a_line_costs_what_its_parts_do_too() -> None:
    part = PastLine(3, 1, 0, "Onions", 2, price=Decimal(1))
    assert PastLine(2, 1, 0, "Pizza", 3, price=Decimal(2), parts=(part,)).total == Decimal(12)
