"""Placing from the session: durable at once, sent behind, on record, and open to one who may adopt it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.checkout import Checkout, DeliverySlot, PaymentMethod
from console.ordering.customer import Customer
from console.ordering.draft import AddLine, DraftLine, SetCheckout, SetQuantity
from console.ordering.edit_error import EditError
from console.services.events import PendingWork, ServiceError
from console.services.operator_session import OperatorSession
from console.services.orders import service as orders_service
from console.services.views import PlacementStatus, Retry
from console.storage import schema
from console.storage.database import Database
from tests.services.connections import TIMEOUT_SECONDS, RecordedEvents, connected, operator_session, sign_in
from tests.services.samples import GARLIC_BREAD, TOM
from tests.shops import SandboxBackend

pytestmark = pytest.mark.anyio

CASH = SetCheckout(Checkout(payment=PaymentMethod("COD", "COD", "0")))
MANAGER = ("maryam@sandbox.example", "manager-3")


@pytest.fixture
async def work(backend: SandboxBackend) -> AsyncIterator[tuple[OperatorSession, RecordedEvents]]:
    async with operator_session(backend) as (session, recorded):
        yield session, recorded


def tasks_of(draft_id: str) -> list[asyncio.Task[object]]:
    return [task for task in asyncio.all_tasks() if draft_id in task.get_name()]


async def lease_owner(backend: SandboxBackend, draft_id: str) -> str:
    """Who holds the right to send for a draft, as its file has it."""
    file = backend.paths.drafts_file
    async with await Database.open(file, migrations=schema.DRAFTS, synchronous="FULL") as database:
        query = "SELECT owner FROM lease WHERE draft_id = ?"
        return await database.run(lambda c: str(c.execute(query, (draft_id,)).fetchone()[0]))


async def ordered(session: OperatorSession, customer: Customer | None = TOM) -> str:
    draft_id = await session.orders.start_order(customer)
    session.orders.change(draft_id, AddLine(DraftLine(session.orders.new_line_id(), GARLIC_BREAD, 2)))
    session.orders.change(draft_id, CASH)
    return draft_id


async def test_an_order_is_placed_and_its_number_shown(
    work: tuple[OperatorSession, RecordedEvents], backend: SandboxBackend
) -> None:
    session, recorded = work
    draft_id = await ordered(session)
    view = await session.orders.place(draft_id, Decimal("1.500"))
    assert view.placement.quoted_total == Decimal("1.500")
    await recorded.until(lambda: session.orders.view(draft_id).placement.state is PlacementStatus.PLACED)
    assert session.orders.view(draft_id).placement.order_id > 0
    assert session.orders.open_orders == ()
    assert [view.draft_id for view in session.orders.outbox] == [draft_id]
    assert "order placed" in backend.paths.audit_file.read_text()
    assert await session.orders.start_order(TOM) != draft_id


async def test_nothing_works_on_an_order_that_is_placed(
    work: tuple[OperatorSession, RecordedEvents], backend: SandboxBackend
) -> None:
    session, recorded = work
    draft_id = await ordered(session)
    await session.orders.place(draft_id, Decimal("1.500"))
    await recorded.until(lambda: session.orders.view(draft_id).placement.state is PlacementStatus.PLACED)

    async with asyncio.timeout(TIMEOUT_SECONDS):
        await asyncio.gather(*tasks_of(draft_id))
    session.orders.retry_now()
    assert not tasks_of(draft_id)
    assert await lease_owner(backend, draft_id) == ""


async def test_of_the_placed_orders_the_latest_stay_in_the_outbox(
    work: tuple[OperatorSession, RecordedEvents], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders_service, "FINISHED_KEPT", 2)
    session, recorded = work
    placed = PlacementStatus.PLACED
    draft_ids: list[str] = []
    for _ in range(4):
        draft_ids.append(draft_id := await ordered(session))
        await session.orders.place(draft_id, Decimal("1.500"))
        await recorded.until(lambda d=draft_id: session.orders.view(d).placement.state is placed)

    await session.orders.start_order(None)

    assert [view.draft_id for view in session.orders.outbox] == draft_ids[2:]


async def test_order_begun_first_and_placed_last_stays_in_the_outbox(
    work: tuple[OperatorSession, RecordedEvents], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders_service, "FINISHED_KEPT", 1)
    session, recorded = work
    placed = PlacementStatus.PLACED
    first, second = await ordered(session, None), await ordered(session, None)
    for draft_id in (second, first):
        await session.orders.place(draft_id, Decimal("1.500"))
        await recorded.until(lambda d=draft_id: session.orders.view(d).placement.state is placed)

    await session.orders.start_order(None)

    assert [view.draft_id for view in session.orders.outbox] == [first]


async def test_what_an_order_lacks_is_said_before_anything_is_saved(
    work: tuple[OperatorSession, RecordedEvents],
) -> None:
    session, _ = work
    draft_id = await session.orders.start_order(TOM)
    with pytest.raises(ServiceError, match="nothing in this order"):
        await session.orders.place(draft_id, Decimal(0))
    session.orders.change(draft_id, AddLine(DraftLine("L1", GARLIC_BREAD, 1)))
    with pytest.raises(ServiceError, match="how the order is paid"):
        await session.orders.place(draft_id, Decimal("0.750"))


async def test_waiting_order_is_among_what_is_left_behind(
    work: tuple[OperatorSession, RecordedEvents], backend: SandboxBackend
) -> None:
    session, recorded = work
    draft_id = await ordered(session)
    await recorded.until(lambda: not session.orders.view(draft_id).is_pending)
    assert not session.orders.pending_work.has_work
    backend.go_offline()
    await session.orders.place(draft_id, Decimal("1.500"))
    assert session.orders.pending_work == PendingWork(lines=0, orders=1)
    backend.go_online()
    session.orders.retry_now()
    await recorded.until(lambda: session.orders.view(draft_id).placement.state is PlacementStatus.PLACED)
    assert not session.orders.pending_work.has_work


async def test_waiting_order_says_from_when_on_it_asks(
    work: tuple[OperatorSession, RecordedEvents], backend: SandboxBackend
) -> None:
    """Half an hour after it was asked for, by the profile's default."""
    session, recorded = work
    draft_id = await ordered(session)
    await recorded.until(lambda: not session.orders.view(draft_id).is_pending)
    backend.go_offline()
    await session.orders.place(draft_id, Decimal("1.500"))
    stored = await session.context.storage.drafts.load(draft_id)
    assert stored.placement_request is not None
    asks_from = session.orders.view(draft_id).placement.asks_from
    assert asks_from == stored.placement_request.requested_at + 30 * 60


async def test_order_to_be_placed_changes_only_after_withdrawal(
    work: tuple[OperatorSession, RecordedEvents], backend: SandboxBackend
) -> None:
    session, recorded = work
    draft_id = await ordered(session)
    await recorded.until(lambda: not session.orders.view(draft_id).is_pending)
    backend.go_offline()
    await session.orders.place(draft_id, Decimal("1.500"))
    line_id = session.orders.view(draft_id).draft.lines[0].line_id
    with pytest.raises(EditError, match="Withdraw it"):
        session.orders.change(draft_id, SetQuantity(line_id, 3))
    await recorded.until(lambda: session.orders.view(draft_id).placement.state is PlacementStatus.WAITING)
    await session.placement.withdraw(draft_id)
    view = session.orders.view(draft_id)
    assert view.placement.state is PlacementStatus.DRAFT
    session.orders.change(draft_id, SetQuantity(line_id, 3))
    with pytest.raises(ServiceError, match="needs no decision"):
        session.placement.decide(draft_id, Retry())


async def test_rejection_stops_the_order_until_it_is_decided(
    work: tuple[OperatorSession, RecordedEvents], backend: SandboxBackend
) -> None:
    """A refusal that was on the screen is no decision; making it as soon as possible is one."""
    session, recorded = work
    draft_id = await ordered(session)
    await recorded.until(lambda: not session.orders.view(draft_id).is_pending)
    full = Checkout(delivery_slot=DeliverySlot(1, "noon", 0.0), payment=PaymentMethod("COD", "COD", "0"))
    session.orders.change(draft_id, SetCheckout(full))
    await recorded.until(lambda: bool(session.orders.view(draft_id).rejected))
    await session.orders.place(draft_id, Decimal("1.500"))
    await recorded.until(
        lambda: session.orders.view(draft_id).placement.state is PlacementStatus.NEEDS_ATTENTION
    )
    assert session.orders.view(draft_id).placement_message.startswith("Slot: ")
    await session.placement.withdraw(draft_id)
    (rejected,) = session.orders.view(draft_id).rejected
    session.orders.decide_checkout(draft_id, replace(full, delivery_slot=None), rejected)
    await session.orders.place(draft_id, Decimal("1.500"))
    await recorded.until(lambda: session.orders.view(draft_id).placement.state is PlacementStatus.PLACED)


async def test_waiting_order_is_adopted_on_record_with_the_role(
    backend: SandboxBackend,
) -> None:
    """An order left waiting is adopted, on record, by an operator with the role."""
    async with operator_session(backend) as (session, recorded):
        draft_id = await ordered(session)
        await recorded.until(lambda: not session.orders.view(draft_id).is_pending)
        backend.go_offline()
        await session.orders.place(draft_id, Decimal("1.500"))
        assert await session.placement.adoptable_orders() == ()
    backend.go_online()
    async with connected(backend) as (connection, recorded):
        session = await sign_in(connection, *MANAGER)
        (waiting,) = await session.placement.adoptable_orders()
        assert (waiting.draft_id, waiting.customer_name, waiting.total) == (
            draft_id,
            "Tom Sawyer",
            Decimal("1.500"),
        )
        await session.orders.adopt(draft_id)
        await recorded.until(lambda: session.orders.view(draft_id).placement.state is PlacementStatus.PLACED)
    assert "order adopted" in backend.paths.audit_file.read_text()


async def test_without_the_role_nobody_adopts(work: tuple[OperatorSession, RecordedEvents]) -> None:
    session, _ = work
    assert not session.placement.may_adopt
    with pytest.raises(ServiceError, match="role"):
        await session.orders.adopt("D1")


async def test_order_changed_by_another_console_is_shown_first(
    work: tuple[OperatorSession, RecordedEvents],
) -> None:
    """An order changed by another console is shown as it is before it is placed."""
    session, recorded = work
    draft_id = await ordered(session)
    await recorded.until(lambda: session.orders.view(draft_id).is_saved)
    line_id = session.orders.view(draft_id).draft.lines[0].line_id
    await session.context.storage.drafts.append(draft_id, 2, SetQuantity(line_id, 5))
    with pytest.raises(ServiceError, match="changed before it could be placed"):
        await session.orders.place(draft_id, Decimal("1.500"))
    assert session.orders.view(draft_id).draft.lines[0].quantity == 5
