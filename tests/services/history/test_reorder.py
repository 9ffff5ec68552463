"""The last order once more: by the menu of today, with what changed since, and orderable as it is."""

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from console.ordering.draft import AddLine, DraftLine
from console.sandbox.switches import Switches
from console.services.events import ServiceError
from console.services.operator_session import OperatorSession
from console.sync.cart.observed_cart import Configuration
from tests.past_orders import GARLIC_BREAD, RANCH, half_and_half, place_order, side_item
from tests.saved_menu import menu_fetched
from tests.services.connections import RecordedEvents, operator_session
from tests.services.samples import TOM, large_base
from tests.shops import SandboxBackend

pytestmark = pytest.mark.anyio


@pytest.fixture
async def work(backend: SandboxBackend) -> AsyncIterator[tuple[OperatorSession, RecordedEvents]]:
    async with operator_session(backend) as (session, recorded):
        await menu_fetched(session.menu)
        yield session, recorded


async def test_the_last_order_comes_back_as_it_was(
    backend: SandboxBackend, work: tuple[OperatorSession, RecordedEvents]
) -> None:
    session, _ = work
    await place_order(backend.endpoint(), side_item(9))
    number = await place_order(
        backend.endpoint(), side_item(2), half_and_half(large_base(backend)), side_item(1, RANCH)
    )
    repeat = await session.reorder.preview_last(TOM)
    assert repeat.order.number == number
    assert [(line.quantity, line.past_line.title) for line in repeat.lines] == [
        (2, "Garlic Bread"),
        (1, "New Spicy Chicken Ranch"),
        (1, "New Spicy Chicken Ranch"),
    ]
    assert repeat.is_unchanged


async def test_reordered_items_are_confirmed_unchanged(
    backend: SandboxBackend, work: tuple[OperatorSession, RecordedEvents]
) -> None:
    session, recorded = work
    await place_order(backend.endpoint(), side_item(2), half_and_half(large_base(backend), 2))
    repeat = await session.reorder.preview_last(TOM)
    draft_id = await session.orders.start_order(TOM)
    for number, line in enumerate(repeat.lines):
        assert line.item is not None
        session.orders.change(draft_id, AddLine(DraftLine(f"L{number}", line.item, line.quantity)))
    await recorded.until(lambda: not session.orders.view(draft_id).is_pending)
    view = session.orders.view(draft_id)
    assert view.differences == 0
    assert view.totals is not None
    assert view.totals.total == repeat.order.total
    (again,) = [c for c in backend.store.carts() if c.lines]
    assert [line.quantity for line in again.lines] == [2, 2]
    assert Configuration.of(view.draft.lines[1].item).components


async def test_changed_price_and_stock_are_reported(
    backend: SandboxBackend, work: tuple[OperatorSession, RecordedEvents]
) -> None:
    session, _ = work
    await place_order(backend.endpoint(), side_item(2))
    backend.switch(Switches(price_changes={GARLIC_BREAD: Decimal("0.900")}))
    with backend.store.transaction():
        backend.store.run("UPDATE stock SET quantity = 1 WHERE product_id = ?", GARLIC_BREAD)
    session.menu.refresh()
    await menu_fetched(session.menu)
    (line,) = (await session.reorder.preview_last(TOM)).lines
    assert line.changes == ("was 0.750, is 0.900", "this store has only 1")


async def test_who_never_ordered_has_nothing_to_repeat(work: tuple[OperatorSession, RecordedEvents]) -> None:
    session, _ = work
    with pytest.raises(ServiceError, match="Tom Sawyer has no past orders"):
        await session.reorder.preview_last(TOM)
