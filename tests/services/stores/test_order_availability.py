"""Stock for the whole order: who has it, at which price, and moving the order there with nothing lost."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from decimal import Decimal

import pytest

from console.ordering.draft import AddLine, DraftLine, NameOrder, OrderItem
from console.sandbox.switches import Switches
from console.services.events import ServiceError
from console.services.operator_session import OperatorSession
from tests.past_orders import GARLIC_BREAD, ONION_RINGS
from tests.services.connections import RecordedEvents, connected, operator_session, sign_in
from tests.services.samples import TOM
from tests.shops import LOCATION_ID, SandboxBackend

pytestmark = pytest.mark.anyio

BREAD = OrderItem(GARLIC_BREAD, 0, "Garlic Bread", "", Decimal("0.750"))
RINGS = OrderItem(ONION_RINGS, 0, "Onion Rings", "", Decimal("0.900"))
HAWALLI = 22612


@dataclass
class Work:
    session: OperatorSession
    recorded: RecordedEvents
    draft_id: str


@pytest.fixture
async def work(backend: SandboxBackend) -> AsyncIterator[Work]:
    """An order of Omar's, who is assigned to both stores."""
    async with connected(backend) as (connection, recorded):
        session = await sign_in(connection, "omar@sandbox.example", "counter-2")
        draft_id = await session.orders.start_order(TOM)
        for item in (BREAD, RINGS):
            session.orders.change(draft_id, AddLine(DraftLine(session.orders.new_line_id(), item, 2)))
        await recorded.until(lambda: not session.orders.view(draft_id).is_pending)
        yield Work(session, recorded, draft_id)


def stock(backend: SandboxBackend, location_id: int, product_id: int, quantity: int) -> None:
    with backend.store.transaction():
        backend.store.run(
            "INSERT OR REPLACE INTO stock VALUES (?, ?, 0, ?)", location_id, product_id, quantity
        )


async def test_every_store_says_what_it_lacks_of_the_order(backend: SandboxBackend, work: Work) -> None:
    stock(backend, LOCATION_ID, GARLIC_BREAD, 1)
    stock(backend, HAWALLI, GARLIC_BREAD, 9)
    stock(backend, HAWALLI, ONION_RINGS, 9)
    found = {
        o.location.location_id: o
        for o in await work.session.order_availability.availability_by_store(
            work.session.orders.view(work.draft_id)
        )
    }
    assert [lack.text for lack in found[LOCATION_ID].shortages] == ["Garlic Bread: 1 of 2"]
    assert found[HAWALLI].has_all
    assert len(found) == len(backend.store.merchant.locations)
    for offer in found.values():
        levels = [backend.store.stock(offer.location.location_id, p) for p in (GARLIC_BREAD, ONION_RINGS)]
        assert offer.has_all == (min(levels) >= 2)


async def there(backend: SandboxBackend, work: Work) -> str:
    """The order at the other store, where garlic bread costs more."""
    stock(backend, HAWALLI, GARLIC_BREAD, 9)
    stock(backend, HAWALLI, ONION_RINGS, 9)
    with backend.store.transaction():
        backend.store.run(
            "INSERT INTO price VALUES (?, ?, 0, 1, '0.800', '0.800', '0')", HAWALLI, GARLIC_BREAD
        )
    view = work.session.orders.view(work.draft_id)
    stores = {
        o.location.location_id: o.location
        for o in await work.session.order_availability.availability_by_store(view)
    }
    prices = await work.session.order_availability.prices_at(view, stores[HAWALLI])
    assert [(line.title, line.current_price, line.other_price) for line in prices.changed_lines] == [
        ("Garlic Bread", Decimal("0.750"), Decimal("0.800"))
    ]
    assert prices.total == Decimal("3.400")
    return await work.session.orders.move_to_store(work.draft_id, prices)


async def test_the_order_goes_there_at_the_prices_that_were_shown(
    backend: SandboxBackend, work: Work
) -> None:
    moved = await there(backend, work)
    await work.recorded.until(lambda: not work.session.orders.view(moved).is_pending)
    view = work.session.orders.view(moved)
    assert (view.customer, view.differences) == (TOM, 0)
    assert view.totals is not None
    assert view.totals.total == Decimal("3.400")
    assert [(line.item.title, line.quantity) for line in view.draft.lines] == [
        ("Garlic Bread", 2),
        ("Onion Rings", 2),
    ]
    assert view.draft.edits[-1] == NameOrder("at Hawalli")


async def test_moved_order_can_move_back_and_keeps_parked_name(backend: SandboxBackend, work: Work) -> None:
    """A moved order can be moved back and keeps the name it was parked under."""
    work.session.orders.change(work.draft_id, NameOrder("blue coat"))
    moved = await there(backend, work)
    view = work.session.orders.view(moved)
    assert view.draft.name == "blue coat, at Hawalli"
    stock(backend, LOCATION_ID, GARLIC_BREAD, 9)
    offers = await work.session.order_availability.availability_by_store(view)
    assert offers[0].location.location_id == HAWALLI
    here = next(offer.location for offer in offers if offer.location.location_id == LOCATION_ID)
    back = await work.session.orders.move_to_store(
        moved, await work.session.order_availability.prices_at(view, here)
    )
    assert work.session.orders.view(back).store == here
    assert work.session.orders.view(back).draft.name == "blue coat, at Salmiya"


async def test_the_order_here_is_emptied_and_can_be_brought_back(backend: SandboxBackend, work: Work) -> None:
    await there(backend, work)
    assert work.session.orders.view(work.draft_id).draft.is_empty
    work.session.orders.undo(work.draft_id)
    assert len(work.session.orders.undo(work.draft_id).draft.lines) == 2


async def test_line_that_is_left_out_there_counts_on_neither_side(
    backend: SandboxBackend, work: Work
) -> None:
    """Rings alone cost 1.800 here and there; the bread is asked for and quietly not added."""
    view = work.session.orders.view(work.draft_id)
    offers = await work.session.order_availability.availability_by_store(view)
    hawalli = next(o.location for o in offers if o.location.location_id == HAWALLI)
    for product_id in (GARLIC_BREAD, ONION_RINGS):
        stock(backend, HAWALLI, product_id, 9)
    backend.switch(Switches(refuse=frozenset({GARLIC_BREAD})))
    prices = await work.session.order_availability.prices_at(view, hawalli)
    assert (prices.total, prices.current_total) == (Decimal("1.800"), Decimal("1.800"))
    assert [(line.title, line.quantity, line.requested) for line in prices.lacking_lines] == [
        ("Garlic Bread", 0, 2)
    ]
    assert prices.changed_lines == ()
    moved = await work.session.orders.move_to_store(work.draft_id, prices)
    assert [line.item.title for line in work.session.orders.view(moved).draft.lines] == [
        "Garlic Bread",
        "Onion Rings",
    ]


async def test_moved_order_has_the_menu_and_stock_of_its_store(backend: SandboxBackend, work: Work) -> None:
    moved = await there(backend, work)
    session = work.session.at_store(work.session.orders.view(moved).store)
    assert session.location.location_id == HAWALLI
    await work.recorded.until(lambda: session.menu.product(GARLIC_BREAD) is not None)
    bread = session.menu.product(GARLIC_BREAD)
    assert bread is not None
    assert (bread.price, bread.stock) == (Decimal("0.800"), 9)
    assert bread in (await session.menu.search("garlic bread")).products
    report = await session.stock.fetch_report(GARLIC_BREAD, 0)
    assert report.levels[0].location.location_id == HAWALLI
    assert session.at_store(work.session.location).menu is work.session.menu
    assert work.session.at_store(session.location).menu is session.menu


async def test_a_store_that_lacks_something_gives_no_prices(backend: SandboxBackend, work: Work) -> None:
    view = work.session.orders.view(work.draft_id)
    stores = {
        o.location.location_id: o.location
        for o in await work.session.order_availability.availability_by_store(view)
    }
    stock(backend, HAWALLI, GARLIC_BREAD, 0)
    with pytest.raises(ServiceError):
        await work.session.order_availability.prices_at(view, stores[HAWALLI])


async def test_order_at_a_store_of_others_says_who_can_take_it(backend: SandboxBackend) -> None:
    """Layla is assigned to one store only."""
    async with operator_session(backend) as (session, recorded):
        draft_id = await session.orders.start_order(TOM)
        session.orders.change(draft_id, AddLine(DraftLine(session.orders.new_line_id(), BREAD, 2)))
        session.orders.change(draft_id, AddLine(DraftLine(session.orders.new_line_id(), RINGS, 2)))
        moved = await there(backend, Work(session, recorded, draft_id))
        await recorded.until(lambda: bool(session.orders.view(moved).problem))
        problem = session.orders.view(moved).problem
        assert problem.startswith("You are not assigned to this store")
