"""The orders that are open in this session, and their views."""

from collections.abc import Iterator

from console.ordering.customer import Customer
from console.ordering.money import ZERO
from console.ordering.placed.purchased_order import PurchasedOrder, reconciled
from console.ordering.stores import Location
from console.services.orders.amounts import estimate_goods
from console.services.orders.open_order import OpenOrder
from console.services.orders.platform_records import PlatformRecords
from console.services.orders.problem_texts import problem_text
from console.services.session_context import SessionContext
from console.services.stores.delivery_fees import DeliveryFeeService
from console.services.views import OrderView
from console.storage.drafts.draft_store import StoredDraft
from console.sync.engine import Engine
from console.sync.placement.state_codec import UnreadablePlacementError, placement_from_text
from console.sync.status import Activity, OrderStatus, placement_view

DIFFERENT_RECORD = "The platform's record differs: {}."
CHANGED_SINCE = "Placed as it was before the last changes: they are not ordered."


class OpenOrders:
    """Open orders by draft id. The engine syncs each of them from ``add`` on."""

    def __init__(
        self,
        context: SessionContext,
        location: Location,
        engine: Engine,
        *,
        fees: DeliveryFeeService,
        platform_records: PlatformRecords,
    ) -> None:
        self._locations = context.locations
        self._currency = context.currency
        self._store_time = context.store_time
        self._clock = context.clock
        self._location = location
        self._engine = engine
        self._fees = fees
        self._platform_records = platform_records
        self._orders: dict[str, OpenOrder] = {}

    def __getitem__(self, draft_id: str) -> OpenOrder:
        """Return an order that is known to be open."""
        return self._orders[draft_id]

    def __iter__(self) -> Iterator[OpenOrder]:
        """Iterate over the orders, the oldest first: ULIDs sort by time."""
        return (self._orders[draft_id] for draft_id in sorted(self._orders))

    def find(self, draft_id: str) -> OpenOrder | None:
        """Return an order, or None if it is not open."""
        return self._orders.get(draft_id)

    def of_customer(self, customer: Customer, location_id: int, *, exclude: str = "") -> OpenOrder | None:
        """Return the customer's unfinished order at a store, except the draft ``exclude``."""
        return next(
            (
                order
                for order in self
                if order.header.customer is not None
                and order.header.customer.is_same_person(customer)
                and order.header.location_id == location_id
                and order.header.draft_id != exclude
                and not order.is_finished
            ),
            None,
        )

    def add(self, stored: StoredDraft) -> None:
        """Open a stored draft and hand it to sync; one that is open already stays as it is."""
        draft_id = stored.header.draft_id
        if draft_id in self._orders:
            return
        idle = OrderStatus(draft_id, Activity.IDLE)
        order = OpenOrder(stored.header, stored.draft, idle, corruption=stored.corruption)
        self._orders[draft_id] = order
        self._engine.add(stored)
        order.status = self._engine.status(draft_id)

    def add_placed(self, stored: StoredDraft) -> None:
        """Show an order that was placed before this session, by its record; sync has nothing to do for it."""
        draft_id = stored.header.draft_id
        try:
            placement = placement_from_text(stored.placement_text)
        except UnreadablePlacementError:
            # The platform's past orders show it.
            return
        view = placement_view(None, placement, Activity.IDLE, None)
        if view.purchased is None or draft_id in self._orders:
            return
        status = OrderStatus(draft_id, Activity.IDLE, placement=view, customer=stored.header.customer)
        self._orders[draft_id] = OpenOrder(stored.header, stored.draft, status, is_earlier=True)

    async def remove(self, draft_id: str) -> None:
        """Show and sync an order no more."""
        del self._orders[draft_id]
        await self._engine.drop(draft_id)

    async def remove_finished(self, *, keep: int) -> None:
        """Remove the finished orders but the last ``keep``, in the order of finishing: one may be shown."""
        finished = sorted((order for order in self if order.is_finished), key=lambda order: order.finished_at)
        for order in finished[: max(0, len(finished) - keep)]:
            await self.remove(order.header.draft_id)

    def clear(self) -> None:
        """Forget every order, once the engine is closed."""
        self._orders.clear()

    def view(self, draft_id: str) -> OrderView:
        """Return an order as a screen shows it now."""
        order = self._orders[draft_id]
        header, draft = order.header, order.draft
        comparison = self._engine.compare(draft_id, draft)
        record, notes = self._record(order)
        now = self._clock.now()
        is_here = header.location_id == self._location.location_id
        goods = estimate_goods(draft, comparison.lines, comparison.unexpected, self._currency)
        fee = self._fees.expected(header.location_id, draft.checkout, goods) if goods else ZERO
        return OrderView(
            draft_id=draft_id,
            store=self._location if is_here else self._locations.get(header.location_id),
            customer=header.customer,
            created_at=header.created_at,
            draft=draft,
            currency=self._currency,
            store_time=self._store_time,
            estimate=goods + (fee or ZERO),
            comparisons=comparison.lines,
            unexpected=comparison.unexpected,
            totals=comparison.totals,
            pending_lines=comparison.pending_lines,
            differences=comparison.differences,
            activity=order.status.activity,
            problem=order.save_error
            or problem_text(order.status.problem, self._currency, now=now, store_time=self._store_time),
            is_saved=not order.unsaved_edits,
            rejected=comparison.rejected,
            placement=order.status.placement,
            suggested_deals=comparison.suggested_deals,
            estimated_delivery=fee,
            record=record,
            record_notes=notes,
            is_earlier=order.is_earlier,
            shown_at=now,
        )

    def _record(self, order: OpenOrder) -> tuple[PurchasedOrder | None, tuple[str, ...]]:
        """The order by the platform's record, with what the operator has to know about it."""
        placing = order.status.placement
        sent = placing.purchased
        if sent is None:
            # Edits that are not durable yet are in no cart.
            draft_id = order.header.draft_id
            return (None if order.unsaved_edits else self._engine.purchase(draft_id, order.draft)), ()
        read = self._platform_records.find(placing.order_id)
        record, differences = reconciled(sent, read, self._currency) if read else (sent, ())
        notes = [DIFFERENT_RECORD.format(", ".join(differences))] if differences else []
        if sent.draft_digest != order.draft_digest:
            notes.append(CHANGED_SINCE)
        return record, tuple(notes)
