"""The orders' service: drafts changed at once, made durable behind, and handed to sync.

Called by the order and session screens. No rule of an order lives here.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from random import Random

from console.audit import AuditRecorder
from console.ordering.customer import Customer, Operator
from console.ordering.draft import (
    AddLine,
    Draft,
    DraftLine,
    Edit,
    EditError,
    NameOrder,
    RemoveLine,
    SetCheckout,
)
from console.ordering.money import Currency
from console.ordering.order_availability import StorePrices
from console.ordering.stores import Location
from console.services.error_mapping import storage_errors
from console.services.events import Event, OrderChanged, PendingWork, ServiceError
from console.services.orders.open_order import OpenOrder
from console.services.orders.placement import PlacementService
from console.services.orders.view import build_order_view
from console.services.orders.write_behind import RETRY_SECONDS, WriteBehind, drain_writers
from console.services.stores.locations import LocationService
from console.services.views import AdoptableOrder, Decision, OrderView, PlacementStatus
from console.storage.drafts.draft_store import DraftHeader, DraftStore, StoredDraft
from console.storage.errors import DraftError, PlacementOutdated
from console.storage.ulid import new_ulid
from console.sync.cart.acceptance import acceptance_edits, keep_edits, removal_edits
from console.sync.cart.differences import UnexpectedLine
from console.sync.clock import Clock
from console.sync.engine import Engine
from console.sync.status import Activity, OrderStatus

NOT_SAVED = "The order is not saved yet: try it again in a moment."


class OrderService:
    """The operator's open orders."""

    def __init__(
        self,
        *,
        drafts: DraftStore,
        placement: PlacementService,
        engine: Engine,
        profile: str,
        operator: Operator,
        location: Location,
        locations: LocationService,
        currency: Currency,
        clock: Clock,
        random: Random,
        publish: Callable[[Event], None],
        note: AuditRecorder,
    ) -> None:
        self._drafts = drafts
        self._placement = placement
        self._engine = engine
        self._profile = profile
        self._operator = operator
        self._location = location
        self._locations = locations
        self.currency = currency
        self._clock = clock
        self._random = random
        self._publish = publish
        self._note = note
        self._open: dict[str, OpenOrder] = {}
        self._write_behind = WriteBehind(drafts=drafts, engine=engine, clock=clock, publish=publish)

    async def begin(self) -> None:
        """Take up this operator's orders as they were last saved.

        Raises:
            ServiceError: they cannot be read.
        """
        with storage_errors():
            stored_drafts = await self._drafts.open_drafts(self._profile, self._operator.operator_id)
        for stored in stored_drafts:
            self._track(stored)

    async def end(self) -> None:
        """Write what is not written yet and stop sending.

        Only what this machine still refuses to write is given up; the operator was told of it.
        """
        await drain_writers([order.writer for order in self._open.values() if order.writer is not None])
        await self._engine.close()
        self._open.clear()

    @property
    def open_orders(self) -> tuple[OrderView, ...]:
        """The open orders, the latest first."""
        return tuple(
            self.view(id_) for id_ in sorted(self._open, reverse=True) if not self._open[id_].is_finished
        )

    @property
    def outbox(self) -> tuple[OrderView, ...]:
        """Every order that has something in it, with those placed since the sign-in, the oldest first."""
        return tuple(self.view(id_) for id_ in sorted(self._open) if not self._open[id_].draft.is_empty)

    @property
    def pending_lines(self) -> int:
        """How many lines of all open orders the platform does not have yet."""
        return sum(
            self._engine.compare(id_, order.draft).pending_lines
            for id_, order in self._open.items()
            if not order.is_finished
        )

    @property
    def pending_work(self) -> PendingWork:
        """What stays on this machine where its operator leaves now."""
        to_place = [view for view in self.open_orders if view.placement.state is not PlacementStatus.DRAFT]
        needs_attention = [
            view for view in to_place if view.placement.state is PlacementStatus.NEEDS_ATTENTION
        ]
        return PendingWork(self.pending_lines, len(to_place), len(needs_attention))

    def view(self, draft_id: str) -> OrderView:
        """An order as it is now."""
        order = self._open[draft_id]
        comparison = self._engine.compare(draft_id, order.draft)
        location_id, current = order.header.location_id, self._location
        store = current if location_id == current.location_id else self._locations.get(location_id)
        return build_order_view(order, comparison, store=store, currency=self.currency)

    async def start_order(self, customer: Customer | None) -> str:
        """Begin an order for a customer, or for a walk-in; the answer is its id.

        A customer who has an open order at this store goes on with that one.

        Raises:
            ServiceError: it cannot be kept on this machine.
        """
        if customer is not None and (open_order_id := self._open_order_of(customer)) is not None:
            return open_order_id
        return await self._create_order(customer, self._location.location_id)

    async def move_to_store(self, draft_id: str, prices: StorePrices) -> str:
        """Begin the order anew at another store, at its prices, and empty it here; the answer is its id.

        The new one is durable before the old one is touched: whatever happens, nothing is lost. Its name
        goes along and says where it is. A slot and a voucher are this store's and do not. A wish to place
        it here is taken back first.

        Raises:
            ServiceError: it cannot be kept on this machine, or is on its way.
            EditError: the order is damaged or placed; nothing is changed.
        """
        old = self._open[draft_id]
        if old.status.placement.quoted_total is not None and not old.is_finished:
            await self._placement.withdraw(old)
        if old.locked_reason:
            raise EditError(old.locked_reason)
        draft, customer = old.draft, old.header.customer
        new_id = await self._create_order(customer, prices.location.location_id)
        prices_by_line = {line.line_id: line.other_price for line in prices.lines}
        for line in draft.lines:
            price = prices_by_line.get(line.line_id, line.item.unit_price)
            item = replace(line.item, unit_price=price)
            self.change(new_id, AddLine(DraftLine(self.new_line_id(), item, line.quantity)))
        self.change(new_id, SetCheckout(replace(draft.checkout, delivery_slot=None, voucher="")))
        base_name = draft.name.removesuffix(_store_suffix(self.view(draft_id).store)).removesuffix(", ")
        self.change(
            new_id, NameOrder(", ".join(part for part in (base_name, _store_suffix(prices.location)) if part))
        )
        if (writer := self._open[new_id].writer) is not None:
            await writer
        for line in draft.lines:
            self.change(draft_id, RemoveLine(line.line_id))
        self._note("order moved", order=draft_id, to=new_id, location=prices.location.location_id)
        return new_id

    async def _create_order(self, customer: Customer | None, location_id: int) -> str:
        now = self._clock.now()
        header = DraftHeader(
            draft_id=new_ulid(self._clock.now, self._random.randbytes),
            profile=self._profile,
            operator_id=self._operator.operator_id,
            operator_name=self._operator.name,
            location_id=location_id,
            customer=customer,
            created_at=now,
            name="",
        )
        with storage_errors():
            await self._drafts.create(header)
        self._note("order begun", order=header.draft_id, customer=customer.user_id if customer else None)
        self._track(StoredDraft(header, Draft(), "", now))
        return header.draft_id

    def change(self, draft_id: str, edit: Edit) -> OrderView:
        """Apply an edit at once; it is written behind, and sent once it is written.

        Raises:
            EditError: the edit does not fit, or the draft is damaged or on its way; nothing is changed.
        """
        order = self._open[draft_id]
        if order.locked_reason:
            raise EditError(order.locked_reason)
        order.draft = order.draft.apply(edit)
        self._write_behind.write(order, edit)
        return self.view(draft_id)

    def undo(self, draft_id: str) -> OrderView:
        """Take back the last edit, if there is one."""
        order = self._open[draft_id]
        if order.draft.edits and not order.locked_reason:
            order.draft = order.draft.undo()
            self._write_behind.write(order, None)
        return self.view(draft_id)

    def accept_line(self, draft_id: str, line_id: str) -> bool:
        """Wish for what the platform has in place of this line; false where they agree already."""
        view = self.view(draft_id)
        pairs = zip(view.draft.lines, view.comparisons, strict=True)
        edits = [
            edit for line, fact in pairs if line.line_id == line_id for edit in acceptance_edits(line, fact)
        ]
        return self._change_all(draft_id, edits)

    def keep_unexpected(self, draft_id: str, unexpected: UnexpectedLine) -> bool:
        """Let what somebody else put into the cart stay there; false where that is settled already."""
        return self._change_all(draft_id, keep_edits(unexpected))

    def remove_unexpected(self, draft_id: str, unexpected: UnexpectedLine) -> bool:
        """Have it taken out of the cart; false for what the platform gives free."""
        return self._change_all(draft_id, removal_edits(unexpected))

    def _change_all(self, draft_id: str, edits: Iterable[Edit]) -> bool:
        changed = False
        for edit in edits:
            self.change(draft_id, edit)
            changed = True
        return changed

    def new_line_id(self) -> str:
        """An id for a line that is about to be added."""
        return new_ulid(self._clock.now, self._random.randbytes)

    async def place(
        self, draft_id: str, quoted_total: Decimal, shown_view: OrderView | None = None
    ) -> OrderView:
        """Have an order placed at the total that the customer was told: now, or once the line is there.

        It is durable when this returns, and nothing waits for the network. Placing it again, with another
        total, is a second word about what differs: about what ``shown_view`` has, the order as the operator saw
        it, or without that about what there is now.

        Raises:
            ServiceError: it lacks something, is not saved, or is on its way already.
        """
        order = self._open[draft_id]
        draft_to_place = order.draft
        await self._wait_saved(order)
        if order.draft != draft_to_place:
            # Another console's edits came first: what is there now was not seen.
            raise ServiceError(PlacementOutdated.default_message)
        try:
            await self._placement.place(order, quoted_total, shown_view)
        except DraftError as error:
            await self._reload(order, error)
            raise ServiceError(error.message) from error
        return self.view(draft_id)

    async def withdraw(self, draft_id: str) -> OrderView:
        """Take back the wish to place an order, which only waits.

        Raises:
            ServiceError: it is on its way already.
        """
        await self._placement.withdraw(self._open[draft_id])
        return self.view(draft_id)

    def decide(self, draft_id: str, decision: Decision) -> OrderView:
        """Say what became of an order that the platform could not be made to tell of.

        Raises:
            ServiceError: nobody asked.
        """
        self._placement.decide(self._open[draft_id], decision)
        return self.view(draft_id)

    @property
    def may_adopt(self) -> bool:
        """Whether this operator's role lets them go on with another's orders."""
        return self._placement.may_adopt

    async def adoptable_orders(self) -> tuple[AdoptableOrder, ...]:
        """The other operators' orders on this machine that are not placed; none where the role forbids it.

        Raises:
            ServiceError: they cannot be read.
        """
        return await self._placement.adoptable_orders()

    async def adopt(self, draft_id: str) -> OrderView:
        """Go on with another operator's order under this session, on record.

        Raises:
            ServiceError: the role does not allow it, or a console that is running has the order.
        """
        self._track(await self._placement.adopt(draft_id))
        return self.view(draft_id)

    async def reassign(self, draft_id: str, customer: Customer | None) -> OrderView:
        """Let an order whose customer has no account yet be another's, or with ``None`` a walk-in's.

        Raises:
            ServiceError: somebody's open order would be theirs twice, or as ``PlacementService.reassign`` says.
        """
        order = self._open[draft_id]
        await self._wait_saved(order)
        if customer is not None and self._open_order_of(customer, exclude=draft_id) is not None:
            raise ServiceError(f"{customer.name} has an open order already: go on with that one.")
        await self._placement.reassign(order, customer)
        return self.view(draft_id)

    async def _reload(self, order: OpenOrder, error: DraftError) -> None:
        """Show an order as another console has made it, and send it so."""
        await self._write_behind.reload(order, error.message)
        self._engine.update_draft(order.header.draft_id, order.draft)

    async def _wait_saved(self, order: OpenOrder) -> None:
        """Wait a moment for what is being written."""
        if order.writer is not None and not order.writer.done():
            await asyncio.wait([order.writer], timeout=RETRY_SECONDS)
        if order.unsaved_edits:
            raise ServiceError(order.save_error or NOT_SAVED)

    def _open_order_of(self, customer: Customer, *, exclude: str = "") -> str | None:
        """The open order of a customer at this store, if there is one."""
        for id_, order in self._open.items():
            known, is_at_location = (
                order.header.customer,
                order.header.location_id == self._location.location_id,
            )
            if (
                known
                and known.is_same_person(customer)
                and is_at_location
                and not order.is_finished
                and id_ != exclude
            ):
                return id_
        return None

    async def close_if_done(self, draft_id: str) -> None:
        """Close an order with nothing in it, here and in the platform's cart; any other stays open.

        One that is placed is shown no more.
        """
        order = self._open.get(draft_id)
        if order is not None and order.is_finished:
            del self._open[draft_id]
            await self._engine.drop(draft_id)
            return
        if order is None or not order.draft.is_empty or order.unsaved_edits or order.waits_for_account:
            return
        comparison = self._engine.compare(draft_id, order.draft)
        if not order.corruption and (comparison.in_sync or comparison.totals is None):
            try:
                with storage_errors():
                    await self._drafts.close(draft_id, "left empty")
            except DraftError as error:
                await self._reload(order, error)
                return
            del self._open[draft_id]
            await self._engine.drop(draft_id)
            self._note("order closed", order=draft_id, reason="left empty")

    def retry_now(self) -> None:
        """Write and send what waits, now."""
        for order in self._open.values():
            self._write_behind.resume(order)
        self._engine.try_again()

    def on_order_status(self, status: OrderStatus) -> None:
        """The engine reports; whoever shows the order is told if that is news."""
        order = self._open.get(status.draft_id)
        if order is not None and order.status != status:
            was_finished, order.status = order.is_finished, status
            order.header = replace(order.header, customer=status.customer)
            if order.is_finished and not was_finished:
                self._placement.record_placed(order)
            self._publish(OrderChanged(status.draft_id))

    def _track(self, stored: StoredDraft) -> None:
        draft_id = stored.header.draft_id
        if draft_id not in self._open:
            idle = OrderStatus(draft_id, Activity.IDLE)
            order = OpenOrder(stored.header, stored.draft, idle, corruption=stored.corruption)
            self._open[draft_id] = order
            self._engine.add(stored)
            order.status = self._engine.status(draft_id)


def _store_suffix(store: Location) -> str:
    return f"at {store.name}"
