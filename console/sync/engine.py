"""The engine: one task for each order under way, woken by a change, trying until its cart equals its draft.

Run by the desk. It sleeps while there is nothing to send and asks nothing while the line is down.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random

from console.api.client import ApiClient
from console.api.errors import PlatformError, SessionExpired, TimedOut, Unreachable
from console.ordering.customer import Customer
from console.ordering.draft import Draft
from console.storage.drafts.draft_store import DraftStore, Lease, LeaseLost, StoredDraft
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import PlacementStore
from console.storage.errors import LocalError, StorageError, UnreadableRecord
from console.sync.background_task import spawn
from console.sync.cart.differences import CartComparison, compare
from console.sync.cart.ledger import CartLedger
from console.sync.cart.synchronizer import CartUnreadableError
from console.sync.clock import Clock
from console.sync.connection.customer_sessions import CustomerSessions
from console.sync.connection.monitor import ConnectionMonitor
from console.sync.order_job import OrderJob
from console.sync.order_sync import OrderSyncer
from console.sync.placement.placer import NeedsAttentionError
from console.sync.placement.rejection import RejectionSubject, rejection_subject
from console.sync.placement.state import FINAL_STAGES, Decision, PlacementStage
from console.sync.platform_rules import PlatformRules
from console.sync.retry.policy import IMMEDIATE_RETRIES, SHORTEST_PAUSE, SyncError, decide_retry
from console.sync.retry.queue import RetryQueue
from console.sync.status import Activity, OrderStatus, placement_view

LEASE_SECONDS = 30.0
MAX_EXPIRED_SESSIONS = 3
"""So many sessions in a row that end at once are a fault, not an idle customer."""
CONCURRENCY = 8
"""So many orders at most are sent for at the same time."""
OFFLINE = "The line is down. The order is kept and sent by itself."
SYNC_FAULT = "A fault of this program stopped the sending of this order. It is kept; try again to go on."


class Engine:
    """Sends for the drafts it was given until their carts equal them.

    ``owner`` names this console among those that share the machine's drafts; ``crash`` is called at
    named points, so that a test can end the process there; ``report`` takes every change of status.
    """

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
        owner: str,
        report: Callable[[OrderStatus], None],
        checkpoint: Callable[[str], None],
    ) -> None:
        self._drafts = drafts
        self._monitor = monitor
        self._sessions = sessions
        self._rules = rules
        self._clock = clock
        self._random = random
        self._owner = owner
        self._report = report
        self._order_syncer = OrderSyncer(
            api=api,
            drafts=drafts,
            placement_store=placement_store,
            monitor=monitor,
            sessions=sessions,
            rules=rules,
            clock=clock,
            random=random,
            checkpoint=checkpoint,
            report=self._report_status,
        )
        self._jobs: dict[str, OrderJob] = {}
        self._semaphore = asyncio.Semaphore(CONCURRENCY)
        self._retry_queue = RetryQueue()

    def add(self, stored: StoredDraft) -> None:
        """Begin to look after a draft, as it was kept."""
        draft_id = stored.header.draft_id
        if draft_id not in self._jobs:
            job = self._jobs[draft_id] = OrderJob.from_stored(stored, now=self._clock.monotonic())
            self._start(job)

    def update_draft(self, draft_id: str, draft: Draft) -> None:
        """The operator wishes something else now; it is durable already."""
        if (job := self._jobs.get(draft_id)) is not None:
            job.draft = draft
            self._start(job)

    def place(self, draft_id: str, placement_request: PlacementRequest | None) -> None:
        """The operator wishes it placed, or with ``None`` not any more; it is durable already.

        Of an order that was let go meanwhile, whoever takes it up next reads it.
        """
        if (job := self._jobs.get(draft_id)) is None:
            return
        job.placement_request = placement_request
        is_new = job.activity in (Activity.IDLE, Activity.NEEDS_ATTENTION)
        self._report_status(job, Activity.SENDING if is_new else job.activity, "" if is_new else job.problem)
        self._start(job)

    def decide(self, draft_id: str, decision: Decision) -> None:
        """What the operator says became of an order whose placing could not be proved."""
        job = self._jobs.get(draft_id)
        if job is not None and job.stage is PlacementStage.NEEDS_DECISION:
            job.decision = decision
            self._start(job)

    def status(self, draft_id: str) -> OrderStatus:
        """How far an order has come by what is kept of it, before anything was done for it here."""
        job = self._jobs[draft_id]
        placement = placement_view(job.placement_request, job.placement, Activity.IDLE, "")
        comparison = job.compare(job.draft, self._rules.currency)
        return OrderStatus(draft_id, Activity.IDLE, comparison, "", placement, job.header.customer)

    def reassign(self, draft_id: str, customer: Customer | None) -> None:
        """The order is another customer's now; it is durable already."""
        if (job := self._jobs.get(draft_id)) is not None:
            job.header, job.account_error = replace(job.header, customer=customer), ""
            self._start(job)

    def wake(self) -> None:
        """Try every order again now: the operator signed in, or asked for it."""
        for job in self._jobs.values():
            self._start(job)

    def try_again(self) -> None:
        """The operator asks for it: what was refused is asked once more too."""
        for job in self._jobs.values():
            job.retries_rejected = True
            self._start(job)

    def compare(self, draft_id: str, draft: Draft) -> CartComparison:
        """What the platform last had of a draft, which may be newer than the latest durable wish."""
        if (job := self._jobs.get(draft_id)) is not None:
            return job.compare(draft, self._rules.currency)
        # A screen may still be painted while its order is let go.
        return compare(draft, None, CartLedger(), self._rules.currency)

    async def drop(self, draft_id: str) -> None:
        """Look after this draft no longer, and let other consoles have it."""
        job = self._jobs.pop(draft_id, None)
        if job is not None:
            await self._stop(job)

    async def close(self) -> None:
        """Stop all work. What was sent without an answer is settled at the next start."""
        jobs = list(self._jobs.values())
        self._jobs.clear()
        for job in jobs:
            # All at once: none goes on to send while another one ends.
            if job.task is not None:
                job.task.cancel()
        for job in jobs:
            await self._stop(job)

    async def _stop(self, job: OrderJob) -> None:
        if job.task is not None:
            job.task.cancel()
            await asyncio.gather(job.task, return_exceptions=True)
        if job.lease is not None:
            try:
                await self._drafts.release(job.lease)
            except StorageError as error:
                # The lease ends with this process all the same.
                self._report_status(job, Activity.RETRYING, error.message)

    def _start(self, job: OrderJob) -> None:
        """Let its task run now, or again where a fault had ended it."""
        job.failures = 0
        job.wake.set()
        if job.task is None or job.task.done():
            on_failure = partial(self._report_status, job, Activity.NEEDS_ATTENTION, SYNC_FAULT)
            job.task = spawn(self._run(job), name=f"send order {job.header.draft_id}", on_failure=on_failure)

    async def _run(self, job: OrderJob) -> None:
        while True:
            await job.wake.wait()
            if (early := job.not_before - self._clock.now()) > 0:
                # Bounded, because the clock may have been set back.
                await self._clock.sleep(min(early, SHORTEST_PAUSE))
            job.wake.clear()
            pause = await self._attempt(job)
            if pause is not None:
                await self._wait(job, pause)

    async def _attempt(self, job: OrderJob) -> float | None:
        """One try at settling and placing a draft; how long to pause then, ``None`` to wait for a wake."""
        if job.stage in FINAL_STAGES:
            return None
        if not self._sessions.is_signed_in_for(job.header):
            self._report_status(job, Activity.NOT_SIGNED_IN)
            return None
        try:
            async with self._semaphore:
                lease = await self._ensure_lease(job)
                pause = await self._order_syncer.advance(job, lease)
        except NeedsAttentionError as stopped:
            self._report_status(job, Activity.NEEDS_ATTENTION, stopped.message)
            return None
        except (LocalError, CartUnreadableError, PlatformError) as error:
            return await self._handle_error(job, error)
        job.failures = job.expired_sessions = 0
        if self._retry_queue.reset_if_long(now=self._clock.monotonic()):
            self._wake_retrying()
        if pause is None:
            self._report_status(
                job, Activity.NEEDS_ATTENTION if job.stage is PlacementStage.NEEDS_DECISION else Activity.IDLE
            )
            return self._order_syncer.next_check_in(job) if job.stage is PlacementStage.READY else None
        return pause

    async def _handle_error(self, job: OrderJob, error: SyncError) -> float | None:
        """What to do about it; the pause before the next try, ``None`` to wait for the operator."""
        if isinstance(error, PlatformError) and error.outcome_unknown:
            # It was kept as sent before, but may have left only now: until then a line can be slow.
            job.last_uncertain_write = self._clock.monotonic()
        if isinstance(error, Unreachable | TimedOut):
            self._monitor.failed()
            self._report_status(job, Activity.OFFLINE, OFFLINE)
            await self._monitor.wait_online()
            job.failures += 1
            if job.failures <= IMMEDIATE_RETRIES:
                return 0.0
            retry = decide_retry(error, failures=job.failures - IMMEDIATE_RETRIES, random=self._random)
            self._report_status(job, retry.activity, retry.message)
            return retry.delay
        if isinstance(error, PlatformError):
            self._monitor.succeeded()
        if isinstance(error, SessionExpired):
            self._sessions.expire(job.header.draft_id)
            job.expired_sessions += 1
            if job.expired_sessions <= MAX_EXPIRED_SESSIONS:
                return 0.0
        if isinstance(error, LeaseLost):
            job.lease = None
        job.failures += 1
        job.not_before = self._clock.now() + SHORTEST_PAUSE
        retry = decide_retry(error, failures=job.failures, random=self._random)
        self._report_status(job, retry.activity, retry.message, rejection_subject(error))
        if retry.delay is None or not isinstance(error, PlatformError):
            return retry.delay
        return self._retry_queue.delay(now=self._clock.monotonic(), at_least=retry.delay)

    def _wake_retrying(self) -> None:
        """The platform is well again: what waited for it to be goes on."""
        for job in self._jobs.values():
            if job.activity is Activity.RETRYING:
                job.wake.set()

    async def _ensure_lease(self, job: OrderJob) -> Lease:
        """Hold the lease on the draft, or get it now and go on from what is kept.

        Raises:
            LeaseLost: another console has it.
            UnreadableRecord: the draft, or what was kept about sending it, is damaged.
        """
        now, draft_id = self._clock.now(), job.header.draft_id
        if job.corruption:
            raise UnreadableRecord(job.corruption)
        if job.lease is not None and await self._drafts.renew(job.lease, now=now, seconds=LEASE_SECONDS):
            return job.lease
        job.lease = await self._drafts.acquire(draft_id, self._owner, now=now, seconds=LEASE_SECONDS)
        if job.lease is None:
            raise LeaseLost(draft_id)
        # Another console may have sent for it in between, into the cart of a token of its own.
        self._sessions.expire(draft_id)
        previous = job.draft
        stored = await self._drafts.load(draft_id)
        job.reload(stored)
        # Whoever had it may have sent something a moment ago.
        job.last_uncertain_write = self._clock.monotonic()
        if job.corruption:
            raise UnreadableRecord(job.corruption)
        if job.draft is previous:
            job.draft = stored.draft
        return job.lease

    async def _wait(self, job: OrderJob, seconds: float) -> None:
        """Wait so long, or until the operator changes the order."""
        waking = asyncio.create_task(job.wake.wait())
        sleeping = asyncio.create_task(self._clock.sleep(seconds))
        try:
            await asyncio.wait((waking, sleeping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            waking.cancel()
            sleeping.cancel()
        job.wake.set()

    def _report_status(
        self, job: OrderJob, activity: Activity, problem: str = "", rejection: RejectionSubject | None = None
    ) -> None:
        job.activity, job.problem = activity, problem
        placement = placement_view(job.placement_request, job.placement, activity, problem, rejection)
        header, comparison = job.header, job.compare(job.draft, self._rules.currency)
        self._report(OrderStatus(header.draft_id, activity, comparison, problem, placement, header.customer))
