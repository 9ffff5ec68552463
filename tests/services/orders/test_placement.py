"""Placing from the desk: durable at once, sent behind, on record, and open to one who may adopt it."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from console.ordering.checkout import Checkout, DeliverySlot, PaymentMethod
from console.ordering.draft import AddLine, DraftLine, EditError, SetCheckout, SetQuantity
from console.services.events import PendingWork, ServiceError
from console.services.operator_session import OperatorSession
from console.services.views import PlacementStatus, Retry
from tests.services.connections import RecordedEvents, connected, operator_session, sign_in
from tests.services.samples import GARLIC_BREAD, TOM
from tests.shops import SandboxBackend

pytestmark = pytest.mark.anyio

CASH = SetCheckout(Checkout(payment=PaymentMethod("COD", "COD", "0")))
MANAGER = ("maryam@sandbox.example", "manager-3")


@pytest.fixture
async def work(backend: SandboxBackend) -> AsyncIterator[tuple[OperatorSession, RecordedEvents]]:
    async with operator_session(backend) as (desk, heard):
        yield desk, heard


async def ordered(desk: OperatorSession) -> str:
    draft_id = await desk.orders.start_order(TOM)
    desk.orders.change(draft_id, AddLine(DraftLine(desk.orders.new_line_id(), GARLIC_BREAD, 2)))
    desk.orders.change(draft_id, CASH)
    return draft_id


async def test_an_order_is_placed_and_its_number_shown(
    work: tuple[OperatorSession, RecordedEvents], backend: SandboxBackend
) -> None:
    desk, heard = work
    draft_id = await ordered(desk)
    view = await desk.orders.place(draft_id, Decimal("1.500"))
    assert view.placement.quoted_total == Decimal("1.500")
    await heard.until(lambda: desk.orders.view(draft_id).placement.state is PlacementStatus.PLACED)
    assert desk.orders.view(draft_id).placement.order_id > 0
    assert desk.orders.open_orders == ()
    assert [view.draft_id for view in desk.orders.outbox] == [draft_id]
    assert "order placed" in backend.paths.audit_file.read_text()
    assert await desk.orders.start_order(TOM) != draft_id


async def test_what_an_order_lacks_is_said_before_anything_is_kept(
    work: tuple[OperatorSession, RecordedEvents],
) -> None:
    desk, _ = work
    draft_id = await desk.orders.start_order(TOM)
    with pytest.raises(ServiceError, match="nothing in this order"):
        await desk.orders.place(draft_id, Decimal(0))
    desk.orders.change(draft_id, AddLine(DraftLine("L1", GARLIC_BREAD, 1)))
    with pytest.raises(ServiceError, match="how the order is paid"):
        await desk.orders.place(draft_id, Decimal("0.750"))


async def test_an_order_that_waits_to_be_placed_is_among_what_is_left_behind(
    work: tuple[OperatorSession, RecordedEvents], backend: SandboxBackend
) -> None:
    desk, heard = work
    draft_id = await ordered(desk)
    await heard.until(lambda: not desk.orders.view(draft_id).is_pending)
    assert not desk.orders.pending_work.has_work
    backend.go_offline()
    await desk.orders.place(draft_id, Decimal("1.500"))
    assert desk.orders.pending_work == PendingWork(lines=0, orders=1)
    backend.go_online()
    desk.orders.retry_now()
    await heard.until(lambda: desk.orders.view(draft_id).placement.state is PlacementStatus.PLACED)
    assert not desk.orders.pending_work.has_work


async def test_an_order_that_is_to_be_placed_changes_only_once_that_is_taken_back(
    work: tuple[OperatorSession, RecordedEvents], backend: SandboxBackend
) -> None:
    desk, heard = work
    draft_id = await ordered(desk)
    await heard.until(lambda: not desk.orders.view(draft_id).is_pending)
    backend.go_offline()
    await desk.orders.place(draft_id, Decimal("1.500"))
    line_id = desk.orders.view(draft_id).draft.lines[0].line_id
    with pytest.raises(EditError, match="Withdraw it"):
        desk.orders.change(draft_id, SetQuantity(line_id, 3))
    await heard.until(lambda: desk.orders.view(draft_id).placement.state is PlacementStatus.WAITING)
    await desk.placement.withdraw(draft_id)
    view = desk.orders.view(draft_id)
    assert view.placement.state is PlacementStatus.DRAFT
    desk.orders.change(draft_id, SetQuantity(line_id, 3))
    with pytest.raises(ServiceError, match="needs no decision"):
        desk.placement.decide(draft_id, Retry())


async def test_what_is_refused_while_the_operator_reads_the_question_has_not_been_seen(
    work: tuple[OperatorSession, RecordedEvents], backend: SandboxBackend
) -> None:
    desk, heard = work
    draft_id = await ordered(desk)
    await heard.until(lambda: not desk.orders.view(draft_id).is_pending)
    shown = desk.orders.view(draft_id)
    full = Checkout(delivery_slot=DeliverySlot(1, "noon", 0.0), payment=PaymentMethod("COD", "COD", "0"))
    desk.orders.change(draft_id, SetCheckout(full))
    await heard.until(lambda: bool(desk.orders.view(draft_id).rejected))
    await desk.orders.place(draft_id, Decimal("1.500"), shown)
    await heard.until(lambda: desk.orders.view(draft_id).placement.state is PlacementStatus.NEEDS_ATTENTION)
    assert desk.orders.view(draft_id).placement_message.startswith("Slot: ")
    # As it is on the screen by now, it is as soon as possible.
    await desk.orders.place(draft_id, Decimal("1.500"), desk.orders.view(draft_id))
    await heard.until(lambda: desk.orders.view(draft_id).placement.state is PlacementStatus.PLACED)


async def test_an_order_left_waiting_is_adopted_on_record_by_one_with_the_role(
    backend: SandboxBackend,
) -> None:
    async with operator_session(backend) as (desk, heard):
        draft_id = await ordered(desk)
        await heard.until(lambda: not desk.orders.view(draft_id).is_pending)
        backend.go_offline()
        await desk.orders.place(draft_id, Decimal("1.500"))
        assert await desk.placement.adoptable_orders() == ()
    backend.go_online()
    async with connected(backend) as (door, heard):
        desk = await sign_in(door, *MANAGER)
        (waiting,) = await desk.placement.adoptable_orders()
        assert (waiting.draft_id, waiting.customer_name, waiting.total) == (
            draft_id,
            "Tom Sawyer",
            Decimal("1.500"),
        )
        await desk.orders.adopt(draft_id)
        await heard.until(lambda: desk.orders.view(draft_id).placement.state is PlacementStatus.PLACED)
    assert "order adopted" in backend.paths.audit_file.read_text()


async def test_without_the_role_nobody_adopts(work: tuple[OperatorSession, RecordedEvents]) -> None:
    desk, _ = work
    assert not desk.placement.may_adopt
    with pytest.raises(ServiceError, match="role"):
        await desk.orders.adopt("D1")


async def test_an_order_that_another_console_changed_is_shown_as_it_is_before_it_is_placed(
    work: tuple[OperatorSession, RecordedEvents],
) -> None:
    desk, heard = work
    draft_id = await ordered(desk)
    await heard.until(lambda: desk.orders.view(draft_id).is_saved)
    line_id = desk.orders.view(draft_id).draft.lines[0].line_id
    await desk.context.storage.drafts.append(draft_id, 2, SetQuantity(line_id, 5))
    with pytest.raises(ServiceError, match="changed before it could be placed"):
        await desk.orders.place(draft_id, Decimal("1.500"))
    assert desk.orders.view(draft_id).draft.lines[0].quantity == 5
