"""The engine: one task for each order under way, woken by a change, making its cart equal to its draft.

Run by the desk. It sleeps while there is nothing to send and asks nothing while the line is down.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from console.api.errors import PlatformError, RateLimited, SessionExpired, TimedOut, Unreachable
from console.api.service import Api
from console.local.drafts import DraftHeader, DraftStore, Lease, LeaseLost, StoredDraft
from console.ordering.draft import Draft
from console.sync.differences import CartFacts, facts
from console.sync.journal import SyncState, UnreadableJournalError, from_text, to_text
from console.sync.link import Link
from console.sync.rules import CartOwner, Rules
from console.sync.sessions import Sessions
from console.sync.settle import CartUnreadableError, Settler
from console.sync.status import Activity, OrderStatus
from console.sync.timer import Timer

LEASE_SECONDS = 30.0
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
EXPIRED_SESSIONS = 3
"""So many sessions in a row that end at once are a fault, not an idle customer."""
DAMAGED = "What was kept about sending this order is damaged. It is shown, and not sent any further."
LOST = "An answer was lost. The cart is looked at again before anything else is sent."


@dataclass(slots=True)
class _Job:
    """An order under way. ``wish`` is its latest draft, ``state`` what was last made durable."""

    header: DraftHeader
    wish: Draft
    state: SyncState
    damage: str = ""
    lease: Lease | None = None
    failures: int = 0
    expired: int = 0
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None


class Engine:
    """Sends for the drafts it was given until their carts equal them.

    ``owner`` names this console among those that share the machine's drafts; ``crash`` is called at
    named points, so that a test can end the process there; ``report`` takes every change of status.
    """

    def __init__(
        self,
        *,
        api: Api,
        drafts: DraftStore,
        link: Link,
        sessions: Sessions,
        rules: Rules,
        timer: Timer,
        random: Random,
        owner: str,
        report: Callable[[OrderStatus], None],
        crash: Callable[[str], None],
    ) -> None:
        self._api = api
        self._drafts = drafts
        self._link = link
        self._sessions = sessions
        self._rules = rules
        self._timer = timer
        self._random = random
        self._owner = owner
        self._report = report
        self._crash = crash
        self._jobs: dict[str, _Job] = {}

    def take(self, stored: StoredDraft) -> None:
        """Begin to look after a draft, as it was kept."""
        header = stored.header
        if header.draft_id in self._jobs:
            return
        try:
            job = _Job(header, stored.draft, from_text(stored.sync), damage=stored.damage)
        except UnreadableJournalError:
            job = _Job(header, stored.draft, SyncState(), damage=DAMAGED)
        self._jobs[header.draft_id] = job
        job.wake.set()
        job.task = asyncio.create_task(self._run(job), name=f"send order {header.draft_id}")

    def wish(self, draft_id: str, draft: Draft) -> None:
        """The operator wishes something else now; it is durable already."""
        job = self._jobs[draft_id]
        job.wish = draft
        job.failures = 0
        job.wake.set()

    def wake(self) -> None:
        """Try every order again now: the operator signed in, or asked for it."""
        for job in self._jobs.values():
            job.failures = 0
            job.wake.set()

    def facts(self, draft_id: str, draft: Draft) -> CartFacts:
        """What the platform last had of a draft, which may be newer than the latest durable wish."""
        job = self._jobs[draft_id]
        return facts(draft, job.state.cart, job.state.memory, self._rules.currency)

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
            await self._stop(job)

    async def _stop(self, job: _Job) -> None:
        if job.task is not None:
            job.task.cancel()
            await asyncio.gather(job.task, return_exceptions=True)
        if job.lease is not None:
            await self._drafts.release(job.lease)

    async def _run(self, job: _Job) -> None:
        while True:
            await job.wake.wait()
            job.wake.clear()
            pause = await self._attempt(job)
            if pause is not None:
                await self._pause(job, pause)

    async def _attempt(self, job: _Job) -> float | None:
        """One try at settling a draft; how long to pause before the next, ``None`` to wait for a wake."""
        if job.damage:
            self._tell(job, Activity.NEEDS_YOU, job.damage)
        elif not self._sessions.serves(job.header):
            self._tell(job, Activity.NOT_SERVED)
        else:
            try:
                await self._hold(job)
                await self._settle(job)
            except (LeaseLost, CartUnreadableError, PlatformError) as error:
                return await self._failed(job, error)
            job.failures = job.expired = 0
            self._link.worked()
            self._tell(job, Activity.IDLE)
        return None

    async def _failed(
        self, job: _Job, error: LeaseLost | CartUnreadableError | PlatformError
    ) -> float | None:
        """What to do about it; the pause before the next try, ``None`` to wait for the operator."""
        pause: float | None = 0.0
        match error:
            case LeaseLost():
                job.lease = None
                self._tell(job, Activity.ELSEWHERE, "Another console on this machine has this order.")
                pause = LEASE_SECONDS / 2
            case CartUnreadableError():
                self._tell(job, Activity.NEEDS_YOU, error.sentence)
                pause = None
            case Unreachable() | TimedOut():
                self._link.failed()
                self._tell(job, Activity.OFFLINE, "The line is down. The order is kept and sent by itself.")
                await self._link.online()
            case SessionExpired() if job.expired < EXPIRED_SESSIONS:
                self._link.worked()
                self._sessions.expired(job.header.draft_id)
                job.expired += 1
            case _:
                self._link.worked()
                job.failures += 1
                self._tell(job, Activity.RETRYING, LOST if error.outcome_unknown else error.sentence)
                pause = self._backoff(job, error)
        return pause

    async def _settle(self, job: _Job) -> None:
        if job.wish.is_empty and job.state == SyncState():
            return
        self._tell(job, Activity.SENDING)
        token, is_new = await self._sessions.token(job.header)
        if is_new and self._has_a_cart_of_its_own(job.header):
            job.state = SyncState(job.state.memory.for_new_cart(), job.state.cart)

        async def save(state: SyncState) -> None:
            lease = job.lease
            if lease is None:
                raise LeaseLost(job.header.draft_id)
            await self._drafts.save_sync(job.header.draft_id, lease.fence, to_text(state))
            job.state = state
            self._tell(job, Activity.SENDING)

        settler = Settler(
            api=self._api,
            rules=self._rules,
            timer=self._timer,
            header=job.header,
            save=save,
            crash=self._crash,
        )
        await settler.run(token, job.state, lambda: job.wish)

    def _has_a_cart_of_its_own(self, header: DraftHeader) -> bool:
        return header.customer is None or self._rules.cart_owner is CartOwner.TOKEN

    async def _hold(self, job: _Job) -> None:
        """Hold the lease on the draft, or get it now.

        Raises:
            LeaseLost: another console has it.
        """
        now = self._timer.now()
        if job.lease is not None and await self._drafts.renew(job.lease, now=now, seconds=LEASE_SECONDS):
            return
        draft_id = job.header.draft_id
        job.lease = await self._drafts.acquire(draft_id, self._owner, now=now, seconds=LEASE_SECONDS)
        if job.lease is None:
            raise LeaseLost(draft_id)

    def _backoff(self, job: _Job, error: PlatformError) -> float:
        """Doubling, with jitter of half; a pause the platform asks for is kept."""
        if isinstance(error, RateLimited) and error.retry_after is not None:
            return min(error.retry_after, LONGEST_PAUSE)
        pause = min(FIRST_PAUSE * 2 ** (job.failures - 1), LONGEST_PAUSE)
        return pause * (0.5 + self._random.random() / 2)

    async def _pause(self, job: _Job, seconds: float) -> None:
        """Wait so long, or until the operator changes the order."""
        waking = asyncio.create_task(job.wake.wait())
        sleeping = asyncio.create_task(self._timer.sleep(seconds))
        try:
            await asyncio.wait((waking, sleeping), return_when=asyncio.FIRST_COMPLETED)
        finally:
            waking.cancel()
            sleeping.cancel()
        job.wake.set()

    def _tell(self, job: _Job, activity: Activity, problem: str = "") -> None:
        shown = facts(job.wish, job.state.cart, job.state.memory, self._rules.currency)
        self._report(OrderStatus(job.header.draft_id, activity, shown, problem))
