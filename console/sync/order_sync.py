"""One try at an order: its customer's account, its cart made equal to the draft, and the order placed.

The engine decides when it is tried, and what an error means.
"""

from collections.abc import Callable
from functools import partial

from console.ordering.customer import Customer
from console.storage.drafts.draft_store import DraftHeader, DraftStore, Lease
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import PlacementStore
from console.sync.account_creation import AccountCreator
from console.sync.cart.cart_client import CartClient
from console.sync.cart.differences import CartComparison
from console.sync.cart.sync_state import SyncState
from console.sync.cart.synchronizer import CartSynchronizer
from console.sync.connection.customer_sessions import CustomerSessions
from console.sync.connection.monitor import ConnectionMonitor
from console.sync.connection.platform_clock import PlatformClock
from console.sync.context import SyncContext
from console.sync.journals import OrderCartJournal, OrderPlacementJournal
from console.sync.order_task import OrderTask
from console.sync.placement.placer import Placer
from console.sync.placement.preconditions import may_still_change
from console.sync.placement.state import Abandon, ConfirmOrder, Placement, PlacementStage, Retry
from console.sync.platform_rules import PlatformCartOwner
from console.sync.status import Activity

MIN_CHECK_SECONDS = 0.1
"""Shortest wait before a settled order is looked at again: shorter ones no clock would show."""


class OrderSyncer:
    """Moves orders on, one step list for each try. ``report`` takes the activity of an order."""

    def __init__(
        self,
        context: SyncContext,
        *,
        drafts: DraftStore,
        placements: PlacementStore,
        monitor: ConnectionMonitor,
        sessions: CustomerSessions,
        report: Callable[[OrderTask, Activity], None],
    ) -> None:
        self._context = context
        self._rules = context.rules
        self._clock = context.clock
        self._drafts = drafts
        self._placements = placements
        self._monitor = monitor
        self._sessions = sessions
        self._report = report
        self._platform_clock = PlatformClock(context.api, context.clock)
        self._account_creator = AccountCreator(context, drafts)

    async def advance(self, order: OrderTask, lease: Lease) -> float | None:
        """Do the next of what is missing for an order; its draft, cart and placement say what that is.

        Returns the seconds to the next try, or ``None`` to wait until the order is woken.

        Raises:
            PlatformError, LocalError, CartUnreadableError: it failed; the next try finds out what landed.
            NeedsAttentionError: the operator has to do something first.
        """
        if (customer := order.state.customer_without_account) is not None:
            delay = await self._ensure_account(order, lease, customer)
            if delay is not None:
                return delay
        placer = self._placer(order, lease)
        await self._apply_decision(order, placer)
        if (placement := order.state.unresolved_placement) is not None:
            return await self._resolve(order, placer, placement)
        if order.state.is_final:
            return None
        self._forget_rejections(order)
        await self._synchronize_cart(order, lease)
        if (request := order.state.placement_request) is not None:
            return await self._place(order, lease, placer, request)
        return None

    def next_check_in(self, order: OrderTask) -> float | None:
        """Seconds until a lost write has landed or never will; ``None`` where no response was lost."""
        if order.state.sync.uncertain_write_at is None:
            return None
        return max(self._rules.settle_seconds - self._seconds_since_uncertain_write(order), MIN_CHECK_SECONDS)

    async def _ensure_account(self, order: OrderTask, lease: Lease, customer: Customer) -> float | None:
        """Find or create the customer's account; the seconds to wait where one may still appear."""
        self._report(order, Activity.SENDING)
        journal = self._cart_journal(order, lease)
        delay = await self._account_creator.ensure_account(order, customer, lease, journal)
        self._monitor.succeeded()
        return delay

    async def _apply_decision(self, order: OrderTask, placer: Placer) -> None:
        """Record what the operator decided about an unresolved placement."""
        placement, decision = order.state.placement, order.decision
        if placement is None or decision is None:
            return
        match decision:
            case ConfirmOrder(order_id):
                await placer.confirm_order(placement, order_id)
            case Retry():
                await placer.retry(placement)
            case Abandon():
                await placer.abandon(placement)
        order.decision = None

    async def _resolve(self, order: OrderTask, placer: Placer, placement: Placement) -> float | None:
        """Find out what became of a placement; the seconds to the next search."""
        self._report(order, Activity.SENDING)
        result = await placer.resolve(
            placement,
            seconds_waited=self._seconds_since_uncertain_write(order),
            is_final=placement.stage is PlacementStage.NEEDS_DECISION,
            attempts=order.failures,
        )
        self._monitor.succeeded()
        return result.next_check_in

    def _forget_rejections(self, order: OrderTask) -> None:
        """Send once more what the platform rejected, where the operator asked for it."""
        if order.retries_rejected:
            order.set_sync(order.state.sync.without_rejections())
            order.retries_rejected = False

    async def _synchronize_cart(self, order: OrderTask, lease: Lease) -> None:
        """Make the cart equal to the draft. An order that was never sent needs no cart while it is empty."""
        if order.state.draft.is_empty and order.state.sync == SyncState():
            return
        self._report(order, Activity.SENDING)
        header = order.state.header
        token, is_new = await self._sessions.token(header)
        if is_new and self._has_own_cart(header):
            # A new token has a new cart: lines of the previous one, still shown, would count as unexpected.
            order.set_sync(SyncState(order.state.sync.ledger.for_new_cart()))
        client = CartClient(self._context, header, token, user_id=self._sessions.user_id(header))
        synchronizer = CartSynchronizer(self._context, client, self._cart_journal(order, lease))
        await synchronizer.run(order.state.sync, lambda: order.state.draft)
        self._monitor.succeeded()

    async def _place(
        self, order: OrderTask, lease: Lease, placer: Placer, request: PlacementRequest
    ) -> float | None:
        """Place the order, or wait while a lost write may still change its cart."""

        async def refresh() -> tuple[SyncState, CartComparison]:
            await self._synchronize_cart(order, lease)
            return order.state.sync, order.compare(order.state.draft, self._rules.currency)

        # This try sees every change up to now: if it stops, the same change must not wake it again.
        order.wake.clear()
        token, _ = await self._sessions.token(order.state.header)
        if may_still_change(order.state.draft, order.state.sync):
            # It could land between the last read of the cart and its becoming an order.
            return self.next_check_in(order)
        await placer.place(
            token=token,
            user_id=self._sessions.user_id(order.state.header),
            draft=order.state.draft,
            placement_request=request,
            previous=order.state.placement,
            refresh=refresh,
            seconds_known=lambda: self._clock.monotonic() - order.request_known_since,
        )
        return None

    def _placer(self, order: OrderTask, lease: Lease) -> Placer:
        journal = OrderPlacementJournal(
            self._placements, order, lease, clock=self._clock, on_saved=self._saved(order)
        )
        return Placer(self._context, self._platform_clock, order.state.header, journal)

    def _cart_journal(self, order: OrderTask, lease: Lease) -> OrderCartJournal:
        return OrderCartJournal(self._drafts, order, lease, clock=self._clock, on_saved=self._saved(order))

    def _saved(self, order: OrderTask) -> Callable[[], None]:
        return partial(self._report, order, Activity.SENDING)

    def _seconds_since_uncertain_write(self, order: OrderTask) -> float:
        """Seconds since a write without a response can have been sent (monotonic: clocks jump)."""
        return self._clock.monotonic() - order.last_uncertain_write

    def _has_own_cart(self, header: DraftHeader) -> bool:
        return header.customer is None or self._rules.cart_owner is PlatformCartOwner.TOKEN
