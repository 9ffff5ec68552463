"""The orders' service: drafts changed at once, made durable behind, and handed to sync.

Called by the order and session screens. No rule of an order lives here.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from random import Random

from console.audit import AuditRecorder
from console.desk.changes import Change, OrderChange, Trouble, Unsent
from console.desk.locations import LocationsDesk
from console.desk.open_order import OpenOrder
from console.desk.order_view import view_of
from console.desk.outbox import OutboxDesk
from console.desk.values import Decision, OrderView, PlacementStatus, WaitingOrder
from console.desk.words import remembering
from console.desk.write_behind import RETRY_SECONDS, WriteBehind, finish
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
from console.storage.drafts.draft_store import DraftHeader, DraftStore, StoredDraft
from console.storage.errors import DraftError, PlacementOutdated
from console.storage.ulid import new_ulid
from console.sync.cart.acceptance import accepting, keep_edits, removal_edits
from console.sync.cart.differences import UnexpectedLine
from console.sync.clock import Clock
from console.sync.engine import Engine
from console.sync.status import Activity, OrderStatus

NOT_SAVED = "The order is not saved yet: try it again in a moment."


class OrdersDesk:
    """The operator's open orders."""

    def __init__(
        self,
        *,
        drafts: DraftStore,
        outbox: OutboxDesk,
        engine: Engine,
        profile: str,
        operator: Operator,
        location: Location,
        locations: LocationsDesk,
        currency: Currency,
        timer: Clock,
        random: Random,
        tell: Callable[[Change], None],
        note: AuditRecorder,
    ) -> None:
        self._drafts = drafts
        self._outbox = outbox
        self._engine = engine
        self._profile = profile
        self._operator = operator
        self._location = location
        self._locations = locations
        self.currency = currency
        self._timer = timer
        self._random = random
        self._tell = tell
        self._note = note
        self._open: dict[str, OpenOrder] = {}
        self._writing = WriteBehind(drafts=drafts, engine=engine, timer=timer, tell=tell)

    async def begin(self) -> None:
        """Take up this operator's orders as they were last saved.

        Raises:
            Trouble: they cannot be read.
        """
        with remembering():
            kept = await self._drafts.open_drafts(self._profile, self._operator.operator_id)
        for stored in kept:
            self._take(stored)

    async def end(self) -> None:
        """Write what is not written yet and stop sending.

        Only what this machine still refuses to write is given up; the operator was told of it.
        """
        await finish([order.writer for order in self._open.values() if order.writer is not None])
        await self._engine.close()
        self._open.clear()

    @property
    def all(self) -> tuple[OrderView, ...]:
        """The open orders, the latest first."""
        return tuple(
            self.view(id_) for id_ in sorted(self._open, reverse=True) if not self._open[id_].is_over
        )

    @property
    def outbox(self) -> tuple[OrderView, ...]:
        """Every order that has something in it, with those placed since the sign-in, the oldest first."""
        return tuple(self.view(id_) for id_ in sorted(self._open) if not self._open[id_].draft.is_empty)

    @property
    def unsent(self) -> int:
        """How many lines of all open orders the platform does not have yet."""
        return sum(
            self._engine.compare(id_, order.draft).pending_lines
            for id_, order in self._open.items()
            if not order.is_over
        )

    @property
    def left_behind(self) -> Unsent:
        """What stays on this machine where its operator leaves now."""
        to_place = [view for view in self.all if view.placement.state is not PlacementStatus.DRAFT]
        needing = [view for view in to_place if view.placement.state is PlacementStatus.NEEDS_ATTENTION]
        return Unsent(self.unsent, len(to_place), len(needing))

    def view(self, draft_id: str) -> OrderView:
        """An order as it is now."""
        order = self._open[draft_id]
        facts = self._engine.compare(draft_id, order.draft)
        location_id, here = order.header.location_id, self._location
        store = here if location_id == here.location_id else self._locations.known(location_id)
        return view_of(order, facts, store=store, currency=self.currency)

    async def start(self, customer: Customer | None) -> str:
        """Begin an order for a customer, or for a walk-in; the answer is its id.

        A customer who has an open order at this store goes on with that one.

        Raises:
            Trouble: it cannot be kept on this machine.
        """
        if customer is not None and (open_one := self._of(customer)) is not None:
            return open_one
        return await self._begin(customer, self._location.location_id)

    async def moved(self, draft_id: str, prices: StorePrices) -> str:
        """Begin the order anew at another store, at its prices, and empty it here; the answer is its id.

        The new one is durable before the old one is touched: whatever happens, nothing is lost. Its name
        goes along and says where it is. A slot and a voucher are this store's and do not. A wish to place
        it here is taken back first.

        Raises:
            Trouble: it cannot be kept on this machine, or is on its way.
            EditError: the order is damaged or placed; nothing is changed.
        """
        old = self._open[draft_id]
        if old.status.placement.quoted_total is not None and not old.is_over:
            await self._outbox.withdraw(old)
        if old.fixed:
            raise EditError(old.fixed)
        draft, customer = old.draft, old.header.customer
        new_id = await self._begin(customer, prices.location.location_id)
        there = {line.line_id: line.other_price for line in prices.lines}
        for line in draft.lines:
            price = there.get(line.line_id, line.item.unit_price)
            item = replace(line.item, unit_price=price)
            self.change(new_id, AddLine(DraftLine(self.new_line_id(), item, line.quantity)))
        self.change(new_id, SetCheckout(replace(draft.checkout, delivery_slot=None, voucher="")))
        own = draft.name.removesuffix(_at(self.view(draft_id).store)).removesuffix(", ")
        self.change(new_id, NameOrder(", ".join(part for part in (own, _at(prices.location)) if part)))
        if (writer := self._open[new_id].writer) is not None:
            await writer
        for line in draft.lines:
            self.change(draft_id, RemoveLine(line.line_id))
        self._note("order moved", order=draft_id, to=new_id, location=prices.location.location_id)
        return new_id

    async def _begin(self, customer: Customer | None, location_id: int) -> str:
        now = self._timer.now()
        header = DraftHeader(
            draft_id=new_ulid(self._timer.now, self._random.randbytes),
            profile=self._profile,
            operator_id=self._operator.operator_id,
            operator_name=self._operator.name,
            location_id=location_id,
            customer=customer,
            created_at=now,
            name="",
        )
        with remembering():
            await self._drafts.create(header)
        self._note("order begun", order=header.draft_id, customer=customer.user_id if customer else None)
        self._take(StoredDraft(header, Draft(), "", now))
        return header.draft_id

    def change(self, draft_id: str, edit: Edit) -> OrderView:
        """Apply an edit at once; it is written behind, and sent once it is written.

        Raises:
            EditError: the edit does not fit, or the draft is damaged or on its way; nothing is changed.
        """
        order = self._open[draft_id]
        if order.fixed:
            raise EditError(order.fixed)
        order.draft = order.draft.apply(edit)
        self._writing.write(order, edit)
        return self.view(draft_id)

    def undo(self, draft_id: str) -> OrderView:
        """Take back the last edit, if there is one."""
        order = self._open[draft_id]
        if order.draft.edits and not order.fixed:
            order.draft = order.draft.undo()
            self._writing.write(order, None)
        return self.view(draft_id)

    def accept(self, draft_id: str, line_id: str) -> bool:
        """Wish for what the platform has in place of this line; false where they agree already."""
        view = self.view(draft_id)
        pairs = zip(view.draft.lines, view.facts, strict=True)
        edits = [edit for line, fact in pairs if line.line_id == line_id for edit in accepting(line, fact)]
        return self._change_all(draft_id, edits)

    def keep(self, draft_id: str, strange: UnexpectedLine) -> bool:
        """Let what somebody else put into the cart stay there; false where that is settled already."""
        return self._change_all(draft_id, keep_edits(strange))

    def take_out(self, draft_id: str, strange: UnexpectedLine) -> bool:
        """Have it taken out of the cart; false for what the platform gives free."""
        return self._change_all(draft_id, removal_edits(strange))

    def _change_all(self, draft_id: str, edits: Iterable[Edit]) -> bool:
        changed = False
        for edit in edits:
            self.change(draft_id, edit)
            changed = True
        return changed

    def new_line_id(self) -> str:
        """An id for a line that is about to be added."""
        return new_ulid(self._timer.now, self._random.randbytes)

    async def place(self, draft_id: str, told: Decimal, shown: OrderView | None = None) -> OrderView:
        """Have an order placed at the total that the customer was told: now, or once the line is there.

        It is durable when this returns, and nothing waits for the network. Placing it again, with another
        total, is a second word about what differs: about what ``shown`` has, the order as the operator saw
        it, or without that about what there is now.

        Raises:
            Trouble: it lacks something, is not saved, or is on its way already.
        """
        order = self._open[draft_id]
        wished = order.draft
        await self._saved(order)
        if order.draft != wished:
            # Another console's edits came first: what is there now was not seen.
            raise Trouble(PlacementOutdated.default_message)
        try:
            await self._outbox.place(order, told, shown)
        except DraftError as error:
            await self._begin_again(order, error)
            raise Trouble(error.message) from error
        return self.view(draft_id)

    async def withdraw(self, draft_id: str) -> OrderView:
        """Take back the wish to place an order, which only waits.

        Raises:
            Trouble: it is on its way already.
        """
        await self._outbox.withdraw(self._open[draft_id])
        return self.view(draft_id)

    def decide(self, draft_id: str, decision: Decision) -> OrderView:
        """Say what became of an order that the platform could not be made to tell of.

        Raises:
            Trouble: nobody asked.
        """
        self._outbox.decide(self._open[draft_id], decision)
        return self.view(draft_id)

    @property
    def may_adopt(self) -> bool:
        """Whether this operator's role lets them go on with another's orders."""
        return self._outbox.may_adopt

    async def adoptable(self) -> tuple[WaitingOrder, ...]:
        """The other operators' orders on this machine that are not placed; none where the role forbids it.

        Raises:
            Trouble: they cannot be read.
        """
        return await self._outbox.adoptable()

    async def adopt(self, draft_id: str) -> OrderView:
        """Go on with another operator's order under this session, on record.

        Raises:
            Trouble: the role does not allow it, or a console that is running has the order.
        """
        self._take(await self._outbox.adopt(draft_id))
        return self.view(draft_id)

    async def give(self, draft_id: str, customer: Customer | None) -> OrderView:
        """Let an order whose customer has no account yet be another's, or with ``None`` a walk-in's.

        Raises:
            Trouble: somebody's open order would be theirs twice, or as ``OutboxDesk.give`` says.
        """
        order = self._open[draft_id]
        await self._saved(order)
        if customer is not None and self._of(customer, but=draft_id) is not None:
            raise Trouble(f"{customer.name} has an open order already: go on with that one.")
        await self._outbox.give(order, customer)
        return self.view(draft_id)

    async def _begin_again(self, order: OpenOrder, error: DraftError) -> None:
        """Show an order as another console has made it, and send it so."""
        await self._writing.begin_again(order, error.message)
        self._engine.update_draft(order.header.draft_id, order.draft)

    async def _saved(self, order: OpenOrder) -> None:
        """Wait a moment for what is being written."""
        if order.writer is not None and not order.writer.done():
            await asyncio.wait([order.writer], timeout=RETRY_SECONDS)
        if order.unsaved:
            raise Trouble(order.trouble or NOT_SAVED)

    def _of(self, customer: Customer, *, but: str = "") -> str | None:
        """The open order of a customer at this store, if there is one."""
        for id_, order in self._open.items():
            known, here = order.header.customer, order.header.location_id == self._location.location_id
            if known and known.is_same_person(customer) and here and not order.is_over and id_ != but:
                return id_
        return None

    async def leave(self, draft_id: str) -> None:
        """Close an order with nothing in it, here and in the platform's cart; any other stays open.

        One that is placed is shown no more.
        """
        order = self._open.get(draft_id)
        if order is not None and order.is_over:
            del self._open[draft_id]
            await self._engine.drop(draft_id)
            return
        if order is None or not order.draft.is_empty or order.unsaved or order.waits_for_account:
            return
        facts = self._engine.compare(draft_id, order.draft)
        if not order.damage and (facts.in_sync or facts.totals is None):
            try:
                with remembering():
                    await self._drafts.close(draft_id, "left empty")
            except DraftError as error:
                await self._begin_again(order, error)
                return
            del self._open[draft_id]
            await self._engine.drop(draft_id)
            self._note("order closed", order=draft_id, reason="left empty")

    def try_again(self) -> None:
        """Write and send what waits, now."""
        for order in self._open.values():
            self._writing.go_on(order)
        self._engine.try_again()

    def heard(self, status: OrderStatus) -> None:
        """The engine reports; whoever shows the order is told if that is news."""
        order = self._open.get(status.draft_id)
        if order is not None and order.status != status:
            was_over, order.status = order.is_over, status
            order.header = replace(order.header, customer=status.customer)
            if order.is_over and not was_over:
                self._outbox.placed(order)
            self._tell(OrderChange(status.draft_id))

    def _take(self, stored: StoredDraft) -> None:
        draft_id = stored.header.draft_id
        if draft_id not in self._open:
            quiet = OrderStatus(draft_id, Activity.IDLE)
            order = OpenOrder(stored.header, stored.draft, quiet, damage=stored.corruption)
            self._open[draft_id] = order
            self._engine.add(stored)
            order.status = self._engine.status(draft_id)


def _at(store: Location) -> str:
    return f"at {store.name}"
