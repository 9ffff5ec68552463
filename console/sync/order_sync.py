"""One try at an order: its customer's account, its cart made equal to the draft, and the order placed.

Used by ``engine``, which decides when it is tried, and what an error means.
"""

from collections.abc import Callable
from functools import partial
from random import Random

from console.api.client import ApiClient
from console.storage.drafts.draft_store import DraftHeader, DraftStore, Lease, LeaseLost
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import PlacementStore
from console.sync.account_creation import AccountCreator
from console.sync.cart.differences import CartComparison
from console.sync.cart.sync_state import SyncState, state_to_text
from console.sync.cart.synchronizer import CartSynchronizer
from console.sync.clock import Clock
from console.sync.connection.customer_sessions import CustomerSessions
from console.sync.connection.monitor import ConnectionMonitor
from console.sync.connection.platform_clock import PlatformClock
from console.sync.order_job import OrderJob
from console.sync.placement.journal import DraftJournal
from console.sync.placement.placer import Placer
from console.sync.placement.preconditions import may_still_change
from console.sync.placement.state import (
    FINAL_STAGES,
    Abandon,
    ConfirmOrder,
    Decision,
    Placement,
    PlacementStage,
    Retry,
)
from console.sync.platform_rules import PlatformCartOwner, PlatformRules
from console.sync.status import Activity

MIN_CHECK_SECONDS = 0.1
"""Seconds."""


class OrderSyncer:
    """Goes on with orders whose lease is held. ``tell`` takes what is being done for one."""

    def __init__(
        self,
        *,
        api: ApiClient,
        drafts: DraftStore,
        placement_store: PlacementStore,
        monitor: ConnectionMonitor,
        sessions: CustomerSessions,
        rules: PlatformRules,
        clock: Clock,
        random: Random,
        checkpoint: Callable[[str], None],
        report: Callable[[OrderJob, Activity], None],
    ) -> None:
        self._api = api
        self._drafts = drafts
        self._placement_store = placement_store
        self._monitor = monitor
        self._sessions = sessions
        self._rules = rules
        self._clock = clock
        self._checkpoint = checkpoint
        self._report = report
        self._platform_clock = PlatformClock(api, clock)
        self._account_creator = AccountCreator(
            api=api, drafts=drafts, rules=rules, clock=clock, random=random, checkpoint=checkpoint
        )

    async def advance(self, job: OrderJob, lease: Lease) -> float | None:
        """Find out about what was marked, or settle the cart and place it where that is wished.

        Answers how many seconds to wait before the next try, ``None`` to wait for a wake.

        Raises:
            SendingError: it failed; what may have been sent is found out about at the next try.
            StoppedError: it is not placed before the operator did something.
        """
        if (customer := job.customer_without_account) is not None:
            self._report(job, Activity.SENDING)
            pause = await self._account_creator.ensure_account(
                job, customer, lease, save=partial(self._save, job)
            )
            self._monitor.succeeded()
            if pause is not None:
                return pause
        placer = self._make_placer(job, lease)
        if job.placement is not None and job.decision is not None:
            await self._apply_decision(placer, job.placement, job.decision)
            job.decision = None
        if job.placement is not None and job.stage in (
            PlacementStage.SENT,
            PlacementStage.NEEDS_DECISION,
            PlacementStage.ACKNOWLEDGED,
        ):
            self._report(job, Activity.SENDING)
            needs_decision = job.stage is PlacementStage.NEEDS_DECISION
            result = await placer.resolve(
                job.placement,
                seconds_waited=self._seconds_since_uncertain_write(job),
                is_final=needs_decision,
                attempts=job.failures,
            )
            self._monitor.succeeded()
            return result.next_check_in
        if job.stage in FINAL_STAGES:
            return None
        if job.retries_rejected:
            job.state, job.retries_rejected = job.state.without_rejections(), False
        await self._synchronize_cart(job)
        if job.placement_request is None:
            return None
        return await self._place(job, placer, job.placement_request)

    def next_check_in(self, job: OrderJob) -> float | None:
        """In how many seconds to look again with nothing left to send: a lost write may have landed by then.

        ``None`` where none was lost.
        """
        if job.state.uncertain_write_at is None:
            return None
        # Never so short that no clock would show it.
        return max(self._rules.settle_seconds - self._seconds_since_uncertain_write(job), MIN_CHECK_SECONDS)

    async def _place(
        self, job: OrderJob, placer: Placer, placement_request: PlacementRequest
    ) -> float | None:
        async def refresh() -> tuple[SyncState, CartComparison]:
            await self._synchronize_cart(job)
            return job.state, job.compare(job.draft, self._rules.currency)

        # What it was woken for by now is looked at here: stopped, it is not tried a second time at once.
        job.wake.clear()
        token, _ = await self._sessions.token(job.header)
        if may_still_change(job.draft, job.state):
            # It could land between the last look at the cart and its becoming an order.
            return self.next_check_in(job)
        await placer.place(
            token=token,
            user_id=self._sessions.user_id(job.header),
            draft=job.draft,
            placement_request=placement_request,
            previous=job.placement,
            refresh=refresh,
        )
        return None

    async def _apply_decision(self, placer: Placer, placement: Placement, decision: Decision) -> None:
        match decision:
            case ConfirmOrder(order_id):
                await placer.confirm_order(placement, order_id)
            case Retry():
                await placer.retry(placement)
            case Abandon():
                await placer.abandon(placement)

    def _make_placer(self, job: OrderJob, lease: Lease) -> Placer:
        def on_saved(placement: Placement) -> None:
            if placement.stage is PlacementStage.SENT:
                job.last_uncertain_write = self._clock.monotonic()
            job.placement = placement
            self._report(job, Activity.SENDING)

        return Placer(
            api=self._api,
            rules=self._rules,
            platform_clock=self._platform_clock,
            header=job.header,
            journal=DraftJournal(self._placement_store, job.header, lease, on_saved=on_saved),
            checkpoint=self._checkpoint,
        )

    def _seconds_since_uncertain_write(self, job: OrderJob) -> float:
        """For how many seconds nothing can have been sent for it that was not answered: clocks jump."""
        return self._clock.monotonic() - job.last_uncertain_write

    async def _synchronize_cart(self, job: OrderJob) -> None:
        if job.draft.is_empty and job.state == SyncState():
            return
        self._report(job, Activity.SENDING)
        token, is_new = await self._sessions.token(job.header)
        if is_new and self._has_own_cart(job.header):
            # What the last one held is not in this one: shown on, it would be nobody's.
            job.state = SyncState(job.state.ledger.for_new_cart())
        synchronizer = CartSynchronizer(
            api=self._api,
            rules=self._rules,
            clock=self._clock,
            header=job.header,
            save=partial(self._save, job),
            seconds_since_uncertain_write=lambda: self._seconds_since_uncertain_write(job),
            checkpoint=self._checkpoint,
        )
        await synchronizer.run(token, job.state, lambda: job.draft)
        self._monitor.succeeded()

    async def _save(self, job: OrderJob, state: SyncState) -> None:
        if job.lease is None:
            raise LeaseLost(job.header.draft_id)
        await self._drafts.save_sync(job.header.draft_id, job.lease.fence, state_to_text(state))
        if state.uncertain_write_at != job.state.uncertain_write_at:
            job.last_uncertain_write = self._clock.monotonic()
        job.state = state
        self._report(job, Activity.SENDING)

    def _has_own_cart(self, header: DraftHeader) -> bool:
        return header.customer is None or self._rules.cart_owner is PlatformCartOwner.TOKEN
