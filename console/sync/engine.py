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
from console.sync.background import background
from console.sync.differences import CartFacts, facts
from console.sync.job import Job
from console.sync.link import Link
from console.sync.memory import Memory
from console.sync.placing import StoppedError
from console.sync.placing_state import OVER, Decision, Stage
from console.sync.refused_order import RefusedFor, refused_for
from console.sync.rules import Rules
from console.sync.sending import Sender
from console.sync.sessions import Sessions
from console.sync.setbacks import AT_ONCE_AGAIN, SHORTEST_PAUSE, SendingError, setback
from console.sync.settle import CartUnreadableError
from console.sync.status import Activity, OrderStatus, placing_status
from console.sync.timer import Timer
from console.sync.turns import Turns

LEASE_SECONDS = 30.0
EXPIRED_SESSIONS = 3
"""So many sessions in a row that end at once are a fault, not an idle customer."""
AT_ONCE = 8
"""So many orders at most are sent for at the same time."""
OFFLINE = "The line is down. The order is kept and sent by itself."
BROKEN = "A fault of this program stopped the sending of this order. It is kept; try again to go on."


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
        outbox: PlacementStore,
        link: Link,
        sessions: Sessions,
        rules: Rules,
        timer: Timer,
        random: Random,
        owner: str,
        report: Callable[[OrderStatus], None],
        crash: Callable[[str], None],
    ) -> None:
        self._drafts = drafts
        self._link = link
        self._sessions = sessions
        self._rules = rules
        self._timer = timer
        self._random = random
        self._owner = owner
        self._report = report
        self._sender = Sender(
            api=api,
            drafts=drafts,
            outbox=outbox,
            link=link,
            sessions=sessions,
            rules=rules,
            timer=timer,
            random=random,
            crash=crash,
            tell=self._tell,
        )
        self._jobs: dict[str, Job] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._turns = Turns()

    def take(self, stored: StoredDraft) -> None:
        """Begin to look after a draft, as it was kept."""
        draft_id = stored.header.draft_id
        if draft_id not in self._jobs:
            job = self._jobs[draft_id] = Job.of(stored, now=self._timer.elapsed())
            self._start(job)

    def wish(self, draft_id: str, draft: Draft) -> None:
        """The operator wishes something else now; it is durable already."""
        if (job := self._jobs.get(draft_id)) is not None:
            job.wish = draft
            self._start(job)

    def place(self, draft_id: str, told: PlacementRequest | None) -> None:
        """The operator wishes it placed, or with ``None`` not any more; it is durable already.

        Of an order that was let go meanwhile, whoever takes it up next reads it.
        """
        if (job := self._jobs.get(draft_id)) is None:
            return
        job.told = told
        is_new = job.activity in (Activity.IDLE, Activity.NEEDS_YOU)
        self._tell(job, Activity.SENDING if is_new else job.activity, "" if is_new else job.problem)
        self._start(job)

    def decide(self, draft_id: str, decision: Decision) -> None:
        """What the operator says became of an order whose placing could not be proved."""
        job = self._jobs.get(draft_id)
        if job is not None and job.stage is Stage.ASKING:
            job.decision = decision
            self._start(job)

    def status(self, draft_id: str) -> OrderStatus:
        """How far an order has come by what is kept of it, before anything was done for it here."""
        job = self._jobs[draft_id]
        placing = placing_status(job.told, job.placing, Activity.IDLE, "")
        shown = job.facts(job.wish, self._rules.currency)
        return OrderStatus(draft_id, Activity.IDLE, shown, "", placing, job.header.customer)

    def give(self, draft_id: str, customer: Customer | None) -> None:
        """The order is another customer's now; it is durable already."""
        if (job := self._jobs.get(draft_id)) is not None:
            job.header, job.no_account = replace(job.header, customer=customer), ""
            self._start(job)

    def wake(self) -> None:
        """Try every order again now: the operator signed in, or asked for it."""
        for job in self._jobs.values():
            self._start(job)

    def try_again(self) -> None:
        """The operator asks for it: what was refused is asked once more too."""
        for job in self._jobs.values():
            job.asks_anew = True
            self._start(job)

    def facts(self, draft_id: str, draft: Draft) -> CartFacts:
        """What the platform last had of a draft, which may be newer than the latest durable wish."""
        if (job := self._jobs.get(draft_id)) is not None:
            return job.facts(draft, self._rules.currency)
        # A screen may still be painted while its order is let go.
        return facts(draft, None, Memory(), self._rules.currency)

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

    async def _stop(self, job: Job) -> None:
        if job.task is not None:
            job.task.cancel()
            await asyncio.gather(job.task, return_exceptions=True)
        if job.lease is not None:
            try:
                await self._drafts.release(job.lease)
            except StorageError as error:
                # The lease ends with this process all the same.
                self._tell(job, Activity.RETRYING, error.message)

    def _start(self, job: Job) -> None:
        """Let its task run now, or again where a fault had ended it."""
        job.failures = 0
        job.wake.set()
        if job.task is None or job.task.done():
            broken = partial(self._tell, job, Activity.NEEDS_YOU, BROKEN)
            job.task = background(self._run(job), name=f"send order {job.header.draft_id}", broken=broken)

    async def _run(self, job: Job) -> None:
        while True:
            await job.wake.wait()
            if (early := job.not_before - self._timer.now()) > 0:
                # Bounded, because the clock may have been set back.
                await self._timer.sleep(min(early, SHORTEST_PAUSE))
            job.wake.clear()
            pause = await self._attempt(job)
            if pause is not None:
                await self._pause(job, pause)

    async def _attempt(self, job: Job) -> float | None:
        """One try at settling and placing a draft; how long to pause then, ``None`` to wait for a wake."""
        if job.stage in OVER:
            return None
        if not self._sessions.serves(job.header):
            self._tell(job, Activity.NOT_SERVED)
            return None
        try:
            async with self._slots:
                lease = await self._hold(job)
                pause = await self._sender.go_on(job, lease)
        except StoppedError as stopped:
            self._tell(job, Activity.NEEDS_YOU, stopped.sentence)
            return None
        except (LocalError, CartUnreadableError, PlatformError) as error:
            return await self._failed(job, error)
        job.failures = job.expired = 0
        if self._turns.over(now=self._timer.elapsed()):
            self._wake_waiting()
        if pause is None:
            self._tell(job, Activity.NEEDS_YOU if job.stage is Stage.ASKING else Activity.IDLE)
            return self._sender.last_look(job) if job.stage is Stage.READY else None
        return pause

    async def _failed(self, job: Job, error: SendingError) -> float | None:
        """What to do about it; the pause before the next try, ``None`` to wait for the operator."""
        if isinstance(error, PlatformError) and error.outcome_unknown:
            # It was kept as sent before, but may have left only now: until then a line can be slow.
            job.lost_since = self._timer.elapsed()
        if isinstance(error, Unreachable | TimedOut):
            self._link.failed()
            self._tell(job, Activity.OFFLINE, OFFLINE)
            await self._link.online()
            job.failures += 1
            if job.failures <= AT_ONCE_AGAIN:
                return 0.0
            back = setback(error, failures=job.failures - AT_ONCE_AGAIN, random=self._random)
            self._tell(job, back.activity, back.sentence)
            return back.pause
        if isinstance(error, PlatformError):
            self._link.worked()
        if isinstance(error, SessionExpired):
            self._sessions.expired(job.header.draft_id)
            job.expired += 1
            if job.expired <= EXPIRED_SESSIONS:
                return 0.0
        if isinstance(error, LeaseLost):
            job.lease = None
        job.failures += 1
        job.not_before = self._timer.now() + SHORTEST_PAUSE
        back = setback(error, failures=job.failures, random=self._random)
        self._tell(job, back.activity, back.sentence, refused_for(error))
        if back.pause is None or not isinstance(error, PlatformError):
            return back.pause
        return self._turns.pause(now=self._timer.elapsed(), at_least=back.pause)

    def _wake_waiting(self) -> None:
        """The platform is well again: what waited for it to be goes on."""
        for job in self._jobs.values():
            if job.activity is Activity.RETRYING:
                job.wake.set()

    async def _hold(self, job: Job) -> Lease:
        """Hold the lease on the draft, or get it now and go on from what is kept.

        Raises:
            LeaseLost: another console has it.
            UnreadableRecord: the draft, or what was kept about sending it, is damaged.
        """
        now, draft_id = self._timer.now(), job.header.draft_id
        if job.damage:
            raise UnreadableRecord(job.damage)
        if job.lease is not None and await self._drafts.renew(job.lease, now=now, seconds=LEASE_SECONDS):
            return job.lease
        job.lease = await self._drafts.acquire(draft_id, self._owner, now=now, seconds=LEASE_SECONDS)
        if job.lease is None:
            raise LeaseLost(draft_id)
        # Another console may have sent for it in between, into the cart of a token of its own.
        self._sessions.expired(draft_id)
        known = job.wish
        stored = await self._drafts.load(draft_id)
        job.read(stored)
        # Whoever had it may have sent something a moment ago.
        job.lost_since = self._timer.elapsed()
        if job.damage:
            raise UnreadableRecord(job.damage)
        if job.wish is known:
            job.wish = stored.draft
        return job.lease

    async def _pause(self, job: Job, seconds: float) -> None:
        """Wait so long, or until the operator changes the order."""
        waking = asyncio.create_task(job.wake.wait())
        sleeping = asyncio.create_task(self._timer.sleep(seconds))
        try:
            await asyncio.wait((waking, sleeping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            waking.cancel()
            sleeping.cancel()
        job.wake.set()

    def _tell(
        self, job: Job, activity: Activity, problem: str = "", refused: RefusedFor | None = None
    ) -> None:
        job.activity, job.problem = activity, problem
        placing = placing_status(job.told, job.placing, activity, problem, refused)
        header, shown = job.header, job.facts(job.wish, self._rules.currency)
        self._report(OrderStatus(header.draft_id, activity, shown, problem, placing, header.customer))
