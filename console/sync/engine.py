"""The engine: one task for each open order, woken by a change, trying until the cart equals the draft.

It sleeps while there is nothing to send, and sends no request of its own while offline.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from pydantic import SecretStr

from console.api.errors import PlatformError, SessionExpired, TimedOut, Unreachable
from console.ordering.customer import Customer
from console.ordering.draft import Draft
from console.ordering.placed.purchased_order import PurchasedOrder
from console.storage.drafts.draft_store import DraftStore, Lease, LeaseLost, StoredDraft
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import PlacementStore
from console.storage.errors import LocalError, StorageError
from console.sync.background_task import spawn
from console.sync.cart.cart_client import CartUnreadableError
from console.sync.cart.differences import CartComparison, compare
from console.sync.cart.ledger import CartLedger
from console.sync.connection.customer_sessions import CustomerSessions
from console.sync.connection.monitor import ConnectionMonitor, ConnectionState
from console.sync.context import SyncContext
from console.sync.order_state import OrderState
from console.sync.order_sync import OrderSyncer
from console.sync.order_task import OrderTask
from console.sync.placement.rejection import RejectionSubject, rejection_subject
from console.sync.placement.state import Decision, PlacementStage
from console.sync.problems import NeedsAttentionError, Problem, ProblemCode
from console.sync.retry.policy import (
    IMMEDIATE_RETRIES,
    SHORTEST_PAUSE,
    SyncError,
    decide_retry,
    error_problem,
)
from console.sync.retry.queue import RetryQueue
from console.sync.status import Activity, OrderStatus, placement_view

LEASE_SECONDS = 30.0
MAX_EXPIRED_SESSIONS = 3
"""Sessions in a row that may end at once: more are a fault, not an idle customer."""
CONCURRENCY = 8
"""Orders that are worked on at the same time."""


class Engine:
    """Works on open orders until their carts equal their drafts, and places those that are to be placed.

    ``owner`` names this console among those that share the machine's drafts; ``report`` takes every
    change of an order's status.
    """

    def __init__(
        self,
        context: SyncContext,
        *,
        drafts: DraftStore,
        placement_store: PlacementStore,
        monitor: ConnectionMonitor,
        sessions: CustomerSessions,
        owner: str,
        report: Callable[[OrderStatus], None],
    ) -> None:
        self._drafts = drafts
        self._monitor = monitor
        self._sessions = sessions
        self._currency = context.rules.currency
        self._max_request_age = context.rules.max_request_age
        self._clock = context.clock
        self._random = context.random
        self._owner = owner
        self._report = report
        self._order_syncer = OrderSyncer(
            context,
            drafts=drafts,
            placements=placement_store,
            monitor=monitor,
            sessions=sessions,
            report=self._report_status,
        )
        self._orders: dict[str, OrderTask] = {}
        self._semaphore = asyncio.Semaphore(CONCURRENCY)
        self._retry_queue = RetryQueue()
        self._log_outs: set[asyncio.Task[None]] = set()

    def add(self, stored: StoredDraft) -> None:
        """Start working on a draft as it was stored."""
        draft_id = stored.header.draft_id
        if draft_id not in self._orders:
            # A request of the process before may still be under way.
            now = self._clock.monotonic()
            order = OrderTask(
                OrderState.from_stored(stored), last_uncertain_write=now, request_known_since=now
            )
            self._orders[draft_id] = order
            self._start(order)

    def update_draft(self, draft_id: str, draft: Draft) -> None:
        """Take over a changed draft, which is durable already."""
        if (order := self._orders.get(draft_id)) is not None:
            order.set_draft(draft)
            self._start(order)

    def place(self, draft_id: str, placement_request: PlacementRequest | None) -> None:
        """Take over a request to place an order, or with ``None`` its withdrawal; it is durable already.

        If the order was dropped in the meantime, the next owner reads the request from storage.
        """
        if (order := self._orders.get(draft_id)) is None:
            return
        order.set_placement_request(placement_request, known_since=self._clock.monotonic())
        if order.activity in (Activity.IDLE, Activity.NEEDS_ATTENTION):
            self._report_status(order, Activity.SENDING)
        else:
            self._report_status(order, order.activity, order.problem)
        self._start(order)

    def decide(self, draft_id: str, decision: Decision) -> None:
        """Take over what the operator decided about an order whose placing could not be proved."""
        order = self._orders.get(draft_id)
        if order is not None and order.state.stage is PlacementStage.NEEDS_DECISION:
            order.decision = decision
            self._start(order)

    def reassign(self, draft_id: str, customer: Customer | None) -> None:
        """Take over another customer for an order; it is durable already."""
        if (order := self._orders.get(draft_id)) is not None:
            header = replace(order.state.header, customer=customer)
            order.state, order.account_error = replace(order.state, header=header), None
            self._start(order)

    def try_again(self) -> None:
        """Try every order now, and send once more what the platform rejected."""
        for order in self._orders.values():
            order.retries_rejected = True
            self._start(order)

    def status(self, draft_id: str) -> OrderStatus:
        """The status of an order by its stored state, before anything was done for it here."""
        return self._status(self._orders[draft_id], Activity.IDLE)

    def compare(self, draft_id: str, draft: Draft) -> CartComparison:
        """Compare a draft, which may be newer than the one being sent, with the cart as last observed."""
        if (order := self._orders.get(draft_id)) is not None:
            return order.compare(draft, self._currency)
        # A screen may still be painted while its order is dropped.
        return compare(draft, None, CartLedger(), self._currency)

    def purchase(self, draft_id: str, draft: Draft) -> PurchasedOrder | None:
        """What Place Order would buy now; ``None`` while the cart is not known to be this draft's."""
        order = self._orders.get(draft_id)
        return order.purchase(draft, self._currency) if order is not None else None

    async def drop(self, draft_id: str) -> None:
        """Stop working on a draft and release its lease, so that another console can take it."""
        order = self._orders.pop(draft_id, None)
        if order is not None:
            await self._stop(order)
            self._end_session(order)

    async def close(self) -> None:
        """Stop all work. Writes without a response are resolved at the next start."""
        orders = list(self._orders.values())
        self._orders.clear()
        for order in orders:
            # All at once: none must go on sending while another one ends.
            if order.runner is not None:
                order.runner.cancel()
        for order in orders:
            await self._stop(order)
        for task in self._log_outs:
            task.cancel()
        await asyncio.gather(*self._log_outs, return_exceptions=True)

    async def _stop(self, order: OrderTask) -> None:
        if order.runner is not None:
            order.runner.cancel()
            await asyncio.gather(order.runner, return_exceptions=True)
        await self._release(order)

    async def _release(self, order: OrderTask) -> None:
        lease, order.lease = order.lease, None
        if lease is not None:
            try:
                await self._drafts.release(lease)
            except StorageError as error:
                # The lease ends with this process all the same.
                if not order.state.is_final:
                    self._report_status(order, Activity.RETRYING, error_problem(error))

    def _start(self, order: OrderTask) -> None:
        """Wake the order's runner, or start one where there is none or a fault ended it."""
        order.failures = 0
        order.wake.set()
        if order.state.is_final:
            return
        if order.runner is None or order.runner.done():
            fault = Problem(ProblemCode.SYNC_FAULT)
            on_failure = partial(self._report_status, order, Activity.NEEDS_ATTENTION, fault)
            order.runner = spawn(self._run(order), name=f"send order {order.draft_id}", on_failure=on_failure)

    async def _run(self, order: OrderTask) -> None:
        while not order.state.is_final:
            await order.wake.wait()
            if (early := order.not_before - self._clock.now()) > 0:
                # Bounded, because the clock may have been set back.
                await self._clock.sleep(min(early, SHORTEST_PAUSE))
            order.wake.clear()
            delay = await self._attempt(order)
            if delay is not None and not order.state.is_final:
                await self._wait(order, delay)
        self._end_session(order)
        await self._release(order)

    async def _attempt(self, order: OrderTask) -> float | None:
        """Try an order once. Returns the seconds to the next try, ``None`` to wait until it is woken."""
        if order.state.is_final:
            return None
        if not self._sessions.is_signed_in_for(order.state.header):
            self._report_status(order, Activity.NOT_SIGNED_IN)
            return None
        try:
            async with self._semaphore:
                lease = await self._ensure_lease(order)
                delay = await self._order_syncer.advance(order, lease)
        except NeedsAttentionError as stopped:
            self._report_status(order, Activity.NEEDS_ATTENTION, stopped.problem)
            return None
        except (LocalError, CartUnreadableError, PlatformError) as error:
            return await self._handle_error(order, error)
        order.failures = order.expired_sessions = 0
        if self._retry_queue.reset_if_long(now=self._clock.monotonic()):
            self._wake_retrying()
        if delay is not None:
            return delay
        needs_decision = order.state.stage is PlacementStage.NEEDS_DECISION
        self._report_status(order, Activity.NEEDS_ATTENTION if needs_decision else Activity.IDLE)
        return self._order_syncer.next_check_in(order) if order.state.stage is PlacementStage.READY else None

    async def _handle_error(self, order: OrderTask, error: SyncError) -> float | None:
        """Report an error. Returns the seconds to the next try, ``None`` to wait for the operator."""
        if isinstance(error, PlatformError) and error.outcome_unknown:
            # Recorded before it was sent, but it may have left only now: a connection can be slow.
            order.last_uncertain_write = self._clock.monotonic()
        if isinstance(error, Unreachable | TimedOut):
            if self._is_offline_after(error):
                return await self._wait_online(order, error)
        elif isinstance(error, PlatformError):
            self._monitor.succeeded()
        if isinstance(error, SessionExpired):
            self._sessions.expire(order.draft_id)
            order.expired_sessions += 1
            if order.expired_sessions <= MAX_EXPIRED_SESSIONS:
                return 0.0
        if isinstance(error, LeaseLost):
            order.lease = None
        order.failures += 1
        order.not_before = self._clock.now() + SHORTEST_PAUSE
        retry = decide_retry(error, failures=order.failures, random=self._random)
        self._report_status(order, retry.activity, retry.problem, rejection_subject(error))
        if retry.delay is None or not isinstance(error, PlatformError):
            return retry.delay
        return self._retry_queue.delay(now=self._clock.monotonic(), at_least=retry.delay)

    def _is_offline_after(self, error: Unreachable | TimedOut) -> bool:
        """Report the error to the monitor. A request that was sent and got no response may only be slow."""
        if isinstance(error, TimedOut) and error.sent:
            self._monitor.timed_out()
        else:
            self._monitor.failed()
        return self._monitor.state is ConnectionState.OFFLINE

    async def _wait_online(self, order: OrderTask, error: Unreachable | TimedOut) -> float | None:
        """Wait for the connection. An order that breaks it again and again waits longer each time."""
        self._report_status(order, Activity.OFFLINE, Problem(ProblemCode.OFFLINE))
        await self._monitor.wait_online()
        order.failures += 1
        if order.failures <= IMMEDIATE_RETRIES:
            return 0.0
        retry = decide_retry(error, failures=order.failures - IMMEDIATE_RETRIES, random=self._random)
        self._report_status(order, retry.activity, retry.problem)
        return retry.delay

    def _end_session(self, order: OrderTask) -> None:
        """Log the customer of a placed or abandoned order out, in the background: nothing waits for it."""
        token = self._sessions.remove(order.draft_id)
        if token is None or order.state.header.customer is None:
            # A walk-in's token is anonymous: there is no customer to log out.
            return
        # A defect goes to the event loop's handler; the operator has nothing to do about it.
        task = spawn(self._log_out(token), name=f"log out of order {order.draft_id}", on_failure=lambda: None)
        self._log_outs.add(task)
        task.add_done_callback(self._log_outs.discard)

    async def _log_out(self, token: SecretStr) -> None:
        try:
            await self._sessions.log_out(token)
        except PlatformError:
            # The order is over, and a session that is left open ends by itself: nobody needs to know.
            return

    def _wake_retrying(self) -> None:
        """Release the retry queue: the platform works again."""
        for order in self._orders.values():
            if order.activity is Activity.RETRYING:
                order.wake.set()

    async def _ensure_lease(self, order: OrderTask) -> Lease:
        """Renew the lease on the draft, or acquire it and reload what is stored.

        Raises:
            LeaseLost: another console has it.
            NeedsAttentionError: the draft, or its stored sync state, is corrupted.
        """
        now, draft_id = self._clock.now(), order.draft_id
        if order.state.corruption:
            raise NeedsAttentionError(order.state.corruption)
        if order.lease is not None and await self._drafts.renew(order.lease, now=now, seconds=LEASE_SECONDS):
            return order.lease
        order.lease = await self._drafts.acquire(draft_id, self._owner, now=now, seconds=LEASE_SECONDS)
        if order.lease is None:
            raise LeaseLost(draft_id)
        # Another console may have sent for it in between, into the cart of a token of its own.
        self._sessions.expire(draft_id)
        draft_before = order.state.draft
        stored = await self._drafts.load(draft_id)
        order.reload(stored, now=self._clock.monotonic())
        # The previous owner may have sent a write a moment ago.
        order.last_uncertain_write = self._clock.monotonic()
        if order.state.corruption:
            raise NeedsAttentionError(order.state.corruption)
        if order.state.draft is draft_before:
            order.set_draft(stored.draft)
        return order.lease

    async def _wait(self, order: OrderTask, seconds: float) -> None:
        """Wait for this long, or until the operator changes the order."""
        waking = asyncio.create_task(order.wake.wait())
        sleeping = asyncio.create_task(self._clock.sleep(seconds))
        try:
            await asyncio.wait((waking, sleeping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            waking.cancel()
            sleeping.cancel()
        order.wake.set()

    def _report_status(
        self,
        order: OrderTask,
        activity: Activity,
        problem: Problem | None = None,
        rejection: RejectionSubject | None = None,
    ) -> None:
        order.activity, order.problem = activity, problem
        self._report(self._status(order, activity, problem, rejection))

    def _status(
        self,
        order: OrderTask,
        activity: Activity,
        problem: Problem | None = None,
        rejection: RejectionSubject | None = None,
    ) -> OrderStatus:
        state = order.state
        placement = placement_view(
            state.placement_request,
            state.placement,
            activity,
            problem,
            rejection,
            max_request_age=self._max_request_age,
        )
        comparison = order.compare(state.draft, self._currency)
        return OrderStatus(order.draft_id, activity, comparison, problem, placement, state.header.customer)
