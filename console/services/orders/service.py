"""The operator's open orders: changed at once, written behind, then handed to sync."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from console.ordering.checkout import Checkout
from console.ordering.customer import Customer, Operator
from console.ordering.draft import (
    AddLine,
    DecideCheckout,
    Draft,
    DraftLine,
    Edit,
    EditError,
    NameOrder,
    RemoveLine,
    SetCheckout,
)
from console.ordering.order_availability import StorePrices
from console.ordering.stores import Location
from console.services.error_mapping import storage_errors
from console.services.events import Notification, OrderChanged, PendingWork, ServiceError
from console.services.orders.open_order import OpenOrder
from console.services.orders.open_orders import OpenOrders
from console.services.orders.placement import PlacementService
from console.services.orders.purchase_reader import PurchaseReader
from console.services.orders.write_behind import RETRY_SECONDS, WriteBehind, drain_writers
from console.services.session_context import SessionContext
from console.services.stores.delivery_fees import DeliveryFeeService
from console.services.views import OrderView, PlacementStatus
from console.storage.drafts.draft_store import DraftHeader, StoredDraft
from console.storage.errors import DraftError, LocalError, PlacementOutdated
from console.sync.background_task import spawn
from console.sync.cart.acceptance import (
    acceptance_edits,
    keep_edits,
    line_removal_edits,
    removal_edits,
)
from console.sync.cart.differences import LineComparison
from console.sync.cart.unexpected import UnexpectedLine
from console.sync.engine import Engine
from console.sync.problems import CheckoutRejection
from console.sync.status import OrderStatus

PLACED_SECONDS = 12 * 3600.0
"""How long a placed order is shown after another start: a shift."""
FINISHED_KEPT = 20
"""Finished orders that stay in the outbox, the latest; the past orders have all of them."""
NOT_RESTORED = "The open orders could not be written again."
NOT_SAVED = "The order is not saved yet. Try again in a moment."


class OrderService:
    """Starts, changes, places and closes orders. No rule of an order lives here."""

    def __init__(
        self,
        context: SessionContext,
        operator: Operator,
        location: Location,
        *,
        open_orders: OpenOrders,
        placement: PlacementService,
        purchases: PurchaseReader,
        engine: Engine,
        fees: DeliveryFeeService,
    ) -> None:
        self._context = context
        self._drafts = context.storage.drafts
        self._audit = context.audit
        self._operator = operator
        self._location = location
        self._orders = open_orders
        self._placement = placement
        self._purchases = purchases
        self._engine = engine
        self._fees = fees
        self._write_behind = WriteBehind(context, engine)
        self._restoration: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Open this operator's orders as they were last saved, those placed lately too.

        Raises:
            ServiceError: they cannot be read.
        """
        with storage_errors():
            stored_drafts = await self._drafts.open_drafts(
                self._context.profile.name, self._operator.operator_id
            )
            placed_drafts = await self._drafts.placed_drafts(
                self._context.profile.name,
                self._operator.operator_id,
                since=self._context.clock.now() - PLACED_SECONDS,
                limit=FINISHED_KEPT,
            )
        await self._fees.begin()
        for stored in stored_drafts:
            self._orders.add(stored)
        for stored in placed_drafts:
            self._orders.add_placed(stored)
        self._drafts.watch_rebuilt(self._on_rebuilt)

    async def end(self) -> None:
        """Write what is not written yet and stop syncing.

        Only edits that this machine still refuses are lost; the operator has been notified of them.
        """
        await drain_writers([order.writer for order in self._orders if order.writer is not None])
        await self._purchases.close()
        await self._engine.close()
        await self._fees.end()
        self._orders.clear()

    @property
    def open_orders(self) -> tuple[OrderView, ...]:
        """The unfinished orders, the latest first."""
        unfinished = [order for order in self._orders if not order.is_finished]
        return tuple(self.view(order.header.draft_id) for order in reversed(unfinished))

    @property
    def outbox(self) -> tuple[OrderView, ...]:
        """Every unfinished order with content, and the latest finished ones, the oldest first."""
        return tuple(
            self.view(order.header.draft_id)
            for order in self._orders
            if not order.draft.is_empty or order.status.placement.purchased is not None
        )

    @property
    def pending_lines(self) -> int:
        """Lines of the unfinished orders that the platform does not have yet."""
        return sum(
            self._engine.compare(order.header.draft_id, order.draft).pending_lines
            for order in self._orders
            if not order.is_finished
        )

    @property
    def pending_work(self) -> PendingWork:
        """The work that stays on this machine if the operator leaves now."""
        to_place = [view for view in self.open_orders if view.placement.state is not PlacementStatus.DRAFT]
        needs_attention = [
            view for view in to_place if view.placement.state is PlacementStatus.NEEDS_ATTENTION
        ]
        return PendingWork(self.pending_lines, len(to_place), len(needs_attention))

    def view(self, draft_id: str) -> OrderView:
        """Return an order as a screen shows it now."""
        return self._orders.view(draft_id)

    async def start_order(self, customer: Customer | None) -> str:
        """Start an order for a customer, or for a walk-in, and return its draft id.

        A customer who has an open order at this store gets that one.

        Raises:
            ServiceError: it cannot be saved on this machine.
        """
        location_id = self._location.location_id
        if customer is not None and (order := self._orders.of_customer(customer, location_id)) is not None:
            return order.header.draft_id
        await self._orders.remove_finished(keep=FINISHED_KEPT)
        return await self._create_order(customer, location_id)

    async def move_to_store(self, draft_id: str, prices: StorePrices) -> str:
        """Start the order anew at another store, at its prices, and empty it here; return the new id.

        The new order is durable before the old one is touched, so nothing is lost whatever happens. The
        name goes along, with the store's. The slot and the voucher belong to the old store and do not. A
        queued order is withdrawn first.

        Raises:
            ServiceError: it cannot be saved on this machine, or is in flight.
            EditError: the order is damaged or placed; nothing is changed.
        """
        old = self._orders[draft_id]
        if old.is_queued and not old.is_finished:
            await self._placement.withdraw(draft_id)
        if old.locked_reason:
            raise EditError(old.locked_reason)
        draft = old.draft
        new_id = await self._create_order(old.header.customer, prices.location.location_id)
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
        if (writer := self._orders[new_id].writer) is not None:
            await writer
        for line in draft.lines:
            self.change(draft_id, RemoveLine(line.line_id))
        self._audit("order moved", order=draft_id, to=new_id, location=prices.location.location_id)
        return new_id

    async def _create_order(self, customer: Customer | None, location_id: int) -> str:
        now = self._context.clock.now()
        header = DraftHeader(
            draft_id=self._context.new_id(),
            profile=self._context.profile.name,
            operator_id=self._operator.operator_id,
            operator_name=self._operator.name,
            location_id=location_id,
            customer=customer,
            created_at=now,
            name="",
        )
        with storage_errors():
            await self._drafts.create(header)
        self._audit("order started", order=header.draft_id, customer=customer.user_id if customer else None)
        self._orders.add(StoredDraft(header, Draft(), "", now))
        return header.draft_id

    def change(self, draft_id: str, edit: Edit) -> OrderView:
        """Apply an edit at once; it is written behind, and sent once it is written.

        Raises:
            EditError: the edit does not fit, or the order is locked; nothing is changed.
        """
        order = self._orders[draft_id]
        if order.locked_reason:
            raise EditError(order.locked_reason)
        order.draft = order.draft.apply(edit)
        self._write_behind.write(order, edit)
        return self.view(draft_id)

    def undo(self, draft_id: str) -> OrderView:
        """Undo the last edit, if there is one and the order is not locked."""
        order = self._orders[draft_id]
        if order.draft.edits and not order.locked_reason:
            order.draft = order.draft.undo()
            self._write_behind.write(order, None)
        return self.view(draft_id)

    def accept_line(self, draft_id: str, shown: LineComparison) -> bool:
        """Decide a line as the platform has it.

        Returns False if they agree already, or if the difference is not the one that was shown any more.
        """
        line = self._line_as_shown(draft_id, shown)
        return line is not None and self._change_all(draft_id, acceptance_edits(line, shown))

    def remove_line(self, draft_id: str, shown: LineComparison) -> bool:
        """Decide to do without a line that differs; returns False as ``accept_line`` does."""
        line = self._line_as_shown(draft_id, shown)
        return line is not None and self._change_all(draft_id, line_removal_edits(line, shown))

    def keep_unexpected(self, draft_id: str, shown: UnexpectedLine) -> bool:
        """Keep an unexpected cart line, as it was shown. Returns False if it is decided, or has changed."""
        return self._is_as_shown(draft_id, shown) and self._change_all(draft_id, keep_edits(shown))

    def remove_unexpected(self, draft_id: str, shown: UnexpectedLine) -> bool:
        """Have an unexpected line removed from the cart; returns False for a gift too."""
        return self._is_as_shown(draft_id, shown) and self._change_all(draft_id, removal_edits(shown))

    def decide_checkout(self, draft_id: str, checkout: Checkout, shown: CheckoutRejection) -> bool:
        """Decide a rejected part of the checkout, which becomes ``checkout``.

        Where that changes nothing, the difference itself is accepted: no checkout can express it. Returns
        False if it was decided before.
        """
        view = self.view(draft_id)
        accepted = shown.identity if checkout == view.draft.checkout else ""
        if accepted and shown not in view.rejected:
            return False
        return self._change_all(draft_id, [DecideCheckout(checkout, accepted)])

    def _line_as_shown(self, draft_id: str, shown: LineComparison) -> DraftLine | None:
        """Return the order line of a comparison, None if the platform has changed it by now."""
        view = self.view(draft_id)
        pairs = zip(view.draft.lines, view.comparisons, strict=True)
        return next((line for line, fact in pairs if fact == shown), None)

    def _is_as_shown(self, draft_id: str, shown: UnexpectedLine) -> bool:
        return shown in self.view(draft_id).unexpected

    def _change_all(self, draft_id: str, edits: Iterable[Edit]) -> bool:
        changed = False
        for edit in edits:
            self.change(draft_id, edit)
            changed = True
        return changed

    def new_line_id(self) -> str:
        """Return an id for a line that is about to be added."""
        return self._context.new_id()

    async def place(
        self, draft_id: str, quoted_total: Decimal, shown_view: OrderView | None = None
    ) -> OrderView:
        """Place an order at the quoted total: now, or once the connection is back.

        The request is durable when this returns, and nothing waits for the network. A difference between the
        order and its cart that is not decided by then stops it. ``shown_view`` is the order as the operator
        saw it, by default as it is now.

        Raises:
            ServiceError: the order lacks something, is not saved, or is in flight already.
        """
        order = self._orders[draft_id]
        draft_to_place = order.draft
        await self._wait_saved(order)
        if order.draft != draft_to_place:
            # Another console's edits came first: the operator has not seen them.
            raise ServiceError(PlacementOutdated.default_message)
        try:
            await self._placement.place(order, quoted_total, shown_view)
        except DraftError as error:
            await self._reload(order, error)
            raise ServiceError(error.message) from error
        return self.view(draft_id)

    async def adopt(self, draft_id: str) -> OrderView:
        """Take over another operator's order in this session, on record.

        Raises:
            ServiceError: the role does not allow it, or a running console has the order.
        """
        self._orders.add(await self._placement.adopt(draft_id))
        return self.view(draft_id)

    async def reassign(self, draft_id: str, customer: Customer | None) -> OrderView:
        """Reassign an order whose customer has no account yet; None makes it a walk-in's.

        Raises:
            ServiceError: the customer has an open order, or as ``PlacementService.reassign`` says.
        """
        order = self._orders[draft_id]
        await self._wait_saved(order)
        location_id = order.header.location_id
        if (
            customer is not None
            and self._orders.of_customer(customer, location_id, exclude=draft_id) is not None
        ):
            raise ServiceError(f"{customer.name} has an open order already. Open that one.")
        await self._placement.reassign(order, customer)
        return self.view(draft_id)

    async def _reload(self, order: OpenOrder, error: DraftError) -> None:
        """Show and sync an order as another console has saved it."""
        await self._write_behind.reload(order, error.message)
        self._engine.update_draft(order.header.draft_id, order.draft)

    async def _wait_saved(self, order: OpenOrder) -> None:
        """Wait up to RETRY_SECONDS for the writer."""
        if order.writer is not None and not order.writer.done():
            await asyncio.wait([order.writer], timeout=RETRY_SECONDS)
        if order.unsaved_edits:
            raise ServiceError(order.save_error or NOT_SAVED)

    async def close_if_done(self, draft_id: str) -> None:
        """Close an order that is finished, or empty both here and in the cart; any other stays open."""
        order = self._orders.find(draft_id)
        if order is not None and order.is_finished:
            self._purchases.forget(draft_id)
            await self._orders.remove(draft_id)
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
            await self._orders.remove(draft_id)
            self._audit("order closed", order=draft_id, reason="left empty")

    def _on_rebuilt(self) -> None:
        self._restoration = spawn(
            self._restore(), name="restore the open orders", on_failure=lambda: self._report(NOT_RESTORED)
        )

    async def _restore(self) -> None:
        """Write the open orders from memory: another program destroyed the file that they were saved in."""
        try:
            for order in [order for order in self._orders if not order.is_finished]:
                draft_id = order.header.draft_id
                await self._drafts.restore(order.header, order.draft.edits, may_be_placed=order.is_queued)
                order.corruption = (await self._drafts.load(draft_id)).corruption
                self._context.publish(OrderChanged(draft_id))
        except LocalError as error:
            self._report(f"{NOT_RESTORED} {error.message}")
        else:
            self._report("The open orders were written again from memory.")

    def _report(self, message: str) -> None:
        self._context.publish(Notification(message, is_error=True))

    def retry_now(self) -> None:
        """Write and send at once whatever is waiting for a retry."""
        for order in self._orders:
            self._write_behind.resume(order)
        self._engine.try_again()
        self._purchases.resume()

    def on_order_status(self, status: OrderStatus) -> None:
        """Take a status from the engine and publish it if it is news."""
        order = self._orders.find(status.draft_id)
        if order is not None and order.status != status:
            was_finished, order.status = order.is_finished, status
            order.header = replace(order.header, customer=status.customer)
            if order.is_finished and not was_finished:
                order.finished_at = self._context.clock.monotonic()
                self._placement.record_placed(order)
                if number := status.placement.order_id:
                    self._purchases.read(status.draft_id, number)
            self._observe_fee(order)
            self._context.publish(OrderChanged(status.draft_id))

    def _observe_fee(self, order: OpenOrder) -> None:
        """Remember the delivery fee of a cart that is as the order wants it."""
        comparison = self._engine.compare(order.header.draft_id, order.draft)
        if comparison.in_sync and comparison.totals is not None and not comparison.rejected:
            self._fees.observe(order.header.location_id, order.draft.checkout, comparison.totals)


def _store_suffix(store: Location) -> str:
    return f"at {store.name}"
