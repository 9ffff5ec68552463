"""Orders: painted at once, saved behind, then sent; what this machine refuses is reported."""

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from console.ordering.checkout import Checkout
from console.ordering.draft import (
    AddLine,
    DraftLine,
    OrderItem,
    RemoveLine,
    SetCheckout,
    SetQuantity,
)
from console.ordering.edit_error import EditError
from console.services.events import Notification, ServiceError
from console.services.operator_session import OperatorSession
from console.services.orders.checkout import CASH
from console.services.views import Activity, LineStatus, OrderView
from console.storage import schema
from console.storage.database import Database
from console.storage.drafts.draft_store import DraftStore
from tests.services.connections import RecordedEvents, operator_session
from tests.services.samples import GARLIC_BREAD, TOM
from tests.shops import SandboxBackend

pytestmark = pytest.mark.anyio

ONION_RINGS = OrderItem(13047613, 0, "Onion Rings", "", Decimal("0.900"))


@dataclass
class Work:
    """A session, the events it reported, and the order that a test is about."""

    backend: SandboxBackend
    session: OperatorSession
    recorded: RecordedEvents
    draft_id: str = ""

    def view(self) -> OrderView:
        return self.session.orders.view(self.draft_id)

    def add(self, item: OrderItem = GARLIC_BREAD, quantity: int = 1) -> OrderView:
        line = DraftLine(self.session.orders.new_line_id(), item, quantity)
        return self.session.orders.change(self.draft_id, AddLine(line))

    async def saved(self) -> None:
        await self.recorded.until(lambda: self.view().is_saved)

    async def sent(self) -> None:
        await self.recorded.until(lambda: not self.view().is_pending)

    @property
    def database(self) -> Database:
        return self.session.context.storage.drafts._database


@pytest.fixture
async def work(backend: SandboxBackend) -> AsyncIterator[Work]:
    async with operator_session(backend) as (session, recorded):
        work = Work(backend, session, recorded)
        work.draft_id = await session.orders.start_order(TOM)
        yield work


def carts(backend: SandboxBackend) -> list[dict[str, int]]:
    return [
        {line.title: line.quantity for line in cart.lines} for cart in backend.store.carts() if cart.lines
    ]


async def test_a_line_is_there_at_once_though_nothing_is_written_yet(work: Work) -> None:
    stuck = threading.Event()
    writing = asyncio.ensure_future(work.database.run(lambda _: stuck.wait()))
    view = work.add(quantity=2)
    assert [line.item.title for line in view.draft.lines] == ["Garlic Bread"]
    assert view.estimate == Decimal("1.500")
    assert view.comparisons[0].state is LineStatus.PENDING
    assert (view.is_saved, view.is_pending, view.pending_lines) == (False, True, 1)
    stuck.set()
    await writing
    await work.saved()


async def test_what_was_written_is_sent_and_confirmed(work: Work) -> None:
    work.add(quantity=2)
    await work.sent()
    view = work.view()
    assert (view.customer_name, view.is_saved, view.pending_lines, view.problem) == (
        "Tom Sawyer",
        True,
        0,
        "",
    )
    assert view.comparisons[0].state is LineStatus.CONFIRMED
    assert view.totals is not None
    assert carts(work.backend) == [{"Garlic Bread": 2}]


async def test_quantity_removal_and_undo(work: Work) -> None:
    work.add(quantity=2)
    work.add(ONION_RINGS)
    first, second = work.view().draft.lines
    work.session.orders.change(work.draft_id, SetQuantity(first.line_id, 5))
    work.session.orders.change(work.draft_id, RemoveLine(second.line_id))
    view = work.session.orders.undo(work.draft_id)
    assert [line.quantity for line in view.draft.lines] == [5, 1]
    await work.sent()
    assert carts(work.backend) == [{"Garlic Bread": 5, "Onion Rings": 1}]


async def test_there_is_nothing_to_undo_in_an_untouched_order(work: Work) -> None:
    assert work.session.orders.undo(work.draft_id).draft.edits == ()


async def test_an_edit_that_does_not_fit_changes_nothing(work: Work) -> None:
    with pytest.raises(EditError):
        work.session.orders.change(work.draft_id, RemoveLine("nowhere"))
    assert work.view().is_saved


async def test_failed_local_write_is_reported_and_retried(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts = work.session.context.storage.drafts
    append, timer = drafts.append, work.session.orders._write_behind._clock
    await work.database.run(lambda connection: connection.execute("PRAGMA query_only = 1"))
    retried = asyncio.Event()

    class Retry:
        now = staticmethod(timer.now)

        async def sleep(self, seconds: float) -> None:
            await retried.wait()

    monkeypatch.setattr(work.session.orders._write_behind, "_clock", Retry())
    work.add()
    await work.recorded.until(lambda: "Not saved yet" in work.view().problem)
    assert not work.view().is_saved
    notices = [event for event in work.recorded.events if isinstance(event, Notification)]
    (unsaved,) = [notice for notice in notices if "Not saved yet" in notice.message]
    assert unsaved.is_current()
    await work.database.run(lambda connection: connection.execute("PRAGMA query_only = 0"))
    retried.set()
    await work.sent()
    assert (work.view().problem, drafts.append) == ("", append)
    assert not unsaved.is_current()


async def test_leaving_an_order_with_nothing_in_it_closes_it(work: Work) -> None:
    await work.session.orders.close_if_done(work.draft_id)
    assert work.session.orders.open_orders == ()


async def test_order_empty_here_but_not_elsewhere_stays_open(work: Work) -> None:
    async with await Database.open(
        work.backend.paths.drafts_file, migrations=schema.DRAFTS, synchronous="FULL"
    ) as database:
        await DraftStore(database).append(work.draft_id, 0, AddLine(DraftLine("E1", ONION_RINGS, 2)))
    await work.session.orders.close_if_done(work.draft_id)
    assert [line.quantity for line in work.view().draft.lines] == [2]
    await work.sent()
    assert carts(work.backend) == [{"Onion Rings": 2}]


async def test_leaving_an_emptied_order_closes_it_with_its_cart(work: Work) -> None:
    """Leaving an emptied order closes it once its cart is empty."""
    work.add()
    await work.sent()
    work.session.orders.undo(work.draft_id)
    await work.session.orders.close_if_done(work.draft_id)
    assert len(work.session.orders.open_orders) == 1
    await work.recorded.until(lambda: carts(work.backend) == [] and work.view().activity is Activity.IDLE)
    await work.session.orders.close_if_done(work.draft_id)
    assert work.session.orders.open_orders == ()


async def test_leaving_an_order_with_lines_keeps_it_open(work: Work) -> None:
    work.add()
    await work.saved()
    await work.session.orders.close_if_done(work.draft_id)
    assert len(work.session.orders.open_orders) == 1


async def test_several_orders_are_open_at_once_the_latest_first(work: Work) -> None:
    work.add()
    walk_in = await work.session.orders.start_order(None)
    another = await work.session.orders.start_order(None)
    work.session.orders.change(walk_in, AddLine(DraftLine("L1", ONION_RINGS, 3)))
    await work.recorded.until(lambda: not any(view.is_pending for view in work.session.orders.open_orders))
    assert {view.draft_id for view in work.session.orders.open_orders} == {work.draft_id, walk_in, another}
    assert [view.created_at for view in work.session.orders.open_orders] == sorted(
        (view.created_at for view in work.session.orders.open_orders), reverse=True
    )
    assert sorted(map(str, carts(work.backend))) == ["{'Garlic Bread': 1}", "{'Onion Rings': 3}"]


async def test_a_customer_with_an_open_order_goes_on_with_that_one(work: Work) -> None:
    assert await work.session.orders.start_order(TOM) == work.draft_id
    assert await work.session.orders.start_order(None) != work.draft_id


async def test_the_next_start_shows_every_order_as_it_was(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, recorded):
        work = Work(backend, session, recorded, await session.orders.start_order(TOM))
        work.add(quantity=2)
        work.add(ONION_RINGS)
        await work.saved()
        before = work.view().draft
    async with operator_session(backend) as (session, recorded):
        (view,) = session.orders.open_orders
        assert view.draft == before
        assert view.customer == TOM
        await Work(backend, session, recorded, view.draft_id).sent()


async def test_what_is_typed_right_before_the_end_is_written(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, recorded):
        work = Work(backend, session, recorded, await session.orders.start_order(TOM))
        for _ in range(20):
            work.add()
    async with operator_session(backend) as (session, _):
        assert len(session.orders.open_orders[0].draft.lines) == 20


async def damage(drafts: Path) -> None:
    """Spoil the second edit of the only draft."""
    async with await Database.open(drafts, migrations=schema.DRAFTS, synchronous="FULL") as database:
        await database.run(lambda c: c.execute("UPDATE edit SET edit = '{' WHERE seq = 1"))


async def test_a_damaged_order_is_shown_and_neither_sent_nor_changed(backend: SandboxBackend) -> None:
    async with operator_session(backend) as (session, recorded):
        work = Work(backend, session, recorded, await session.orders.start_order(TOM))
        work.add()
        work.add(ONION_RINGS)
        await work.sent()
    await damage(backend.paths.drafts_file)
    before = carts(backend)
    async with operator_session(backend) as (session, recorded):
        work = Work(backend, session, recorded, session.orders.open_orders[0].draft_id)
        await recorded.until(lambda: work.view().activity is Activity.NEEDS_ATTENTION)
        assert [line.item.title for line in work.view().draft.lines] == ["Garlic Bread"]
        assert work.view().problem
        with pytest.raises(EditError):
            work.add()
        assert len(session.orders.undo(work.draft_id).draft.lines) == 1
        await session.orders.close_if_done(work.draft_id)
        assert len(session.orders.open_orders) == 1
    assert carts(backend) == before


async def test_orders_are_written_again_if_their_file_is_destroyed(
    backend: SandboxBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if SQLite had none of the pages in memory: then nothing is left of the file.
    monkeypatch.setattr("console.storage.replacement._copy", lambda *_: False)
    async with operator_session(backend) as (session, recorded):
        work = Work(backend, session, recorded, await session.orders.start_order(TOM))
        other = await session.orders.start_order(None)
        for draft_id in (work.draft_id, other):
            line = DraftLine(session.orders.new_line_id(), GARLIC_BREAD, 1)
            session.orders.change(draft_id, AddLine(line))
        await work.sent()
        drafts = backend.paths.drafts_file
        for file in (drafts, drafts.with_name(f"{drafts.name}-wal")):
            file.write_bytes(b"")
        work.add(ONION_RINGS)
        written = "The open orders were written again from memory."
        await recorded.until(lambda: written in recorded.notifications)
        await work.sent()
        assert any("is set aside as" in message for message in recorded.notifications)
    async with operator_session(backend) as (session, _):
        orders = {order.draft_id: order for order in session.orders.open_orders}
        assert [line.item.title for line in orders[work.draft_id].draft.lines] == [
            "Garlic Bread",
            "Onion Rings",
        ]
        assert [line.item.title for line in orders[other].draft.lines] == ["Garlic Bread"]


async def test_order_changed_elsewhere_is_shown_as_saved(work: Work) -> None:
    work.add()
    await work.saved()
    async with await Database.open(
        work.backend.paths.drafts_file, migrations=schema.DRAFTS, synchronous="FULL"
    ) as database:
        elsewhere = AddLine(DraftLine("E1", ONION_RINGS, 2))
        await DraftStore(database).append(work.draft_id, 1, elsewhere)
    work.add(quantity=9)
    await work.recorded.until(lambda: any("changed elsewhere" in s for s in work.recorded.notifications))
    assert [line.quantity for line in work.view().draft.lines] == [1, 2]
    await work.sent()
    assert carts(work.backend) == [{"Garlic Bread": 1, "Onion Rings": 2}]


async def test_order_changed_elsewhere_is_not_placed_unseen(work: Work) -> None:
    work.add()
    await work.sent()
    async with await Database.open(
        work.backend.paths.drafts_file, migrations=schema.DRAFTS, synchronous="FULL"
    ) as database:
        await DraftStore(database).append(work.draft_id, 1, AddLine(DraftLine("E1", ONION_RINGS, 2)))
    work.session.orders.change(work.draft_id, SetCheckout(Checkout(payment=CASH)))
    with pytest.raises(ServiceError, match="Review it"):
        await work.session.orders.place(work.draft_id, Decimal("0.750"))
    assert [line.quantity for line in work.view().draft.lines] == [1, 2]
    assert work.view().placement.quoted_total is None


async def test_error_while_writing_is_reported_and_retried(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _loop, what: broken.append(what["exception"]))
    fault = ZeroDivisionError()

    async def breaks(*_: object) -> None:
        raise fault

    drafts = work.session.context.storage.drafts
    with monkeypatch.context() as patched:
        patched.setattr(drafts, "append", breaks)
        work.add()
        await work.recorded.until(lambda: "fault of this program" in work.view().problem)
    assert broken == [fault]
    work.session.orders.retry_now()
    await work.sent()


async def test_order_that_cannot_be_saved_is_not_begun(work: Work) -> None:
    await work.database.run(lambda connection: connection.execute("PRAGMA query_only = 1"))
    with pytest.raises(ServiceError):
        await work.session.orders.start_order(None)
    await work.database.run(lambda connection: connection.execute("PRAGMA query_only = 0"))
    assert len(work.session.orders.open_orders) == 1


async def test_killed_consoles_edits_are_sent_by_the_next_one(
    backend: SandboxBackend,
) -> None:
    async with operator_session(backend) as (session, recorded):
        work = Work(backend, session, recorded, await session.orders.start_order(TOM))
        work.add()
        await work.sent()
    await leave_as_if_killed(backend)
    async with operator_session(backend) as (session, recorded):
        work = Work(backend, session, recorded, session.orders.open_orders[0].draft_id)
        work.add(ONION_RINGS)
        await work.sent()
        assert not (backend.paths.data / "consoles" / "killed").exists()


async def leave_as_if_killed(backend: SandboxBackend) -> None:
    """Its file without a lock, and every lease in its name for a long time yet."""
    (backend.paths.data / "consoles" / "killed").touch()
    async with await Database.open(
        backend.paths.drafts_file, migrations=schema.DRAFTS, synchronous="FULL"
    ) as database:
        await database.run(
            lambda connection: connection.execute("UPDATE lease SET owner = 'killed', expires_at = 9e9")
        )
