"""The engine: one task for each order under way, woken by a change, making its cart equal to its draft.

Run by the desk. It sleeps while there is nothing to send and asks nothing while the line is down.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from random import Random

from console.api.errors import PlatformError, SessionExpired, TimedOut, Unreachable
from console.api.service import Api
from console.local.drafts import DraftHeader, DraftStore, Lease, LeaseLost, StoredDraft
from console.local.errors import LocalError, StorageError, UnreadableRecord
from console.ordering.draft import Draft
from console.sync.background import background
from console.sync.differences import CartFacts, facts
from console.sync.journal import SyncState, UnreadableJournalError, from_text, to_text
from console.sync.link import Link
from console.sync.memory import Memory
from console.sync.rules import CartOwner, Rules
from console.sync.sessions import Sessions
from console.sync.setbacks import SHORTEST_PAUSE, SendingError, setback
from console.sync.settle import CartUnreadableError, Settler
from console.sync.status import Activity, OrderStatus
from console.sync.timer import Timer

LEASE_SECONDS = 30.0
EXPIRED_SESSIONS = 3
"""So many sessions in a row that end at once are a fault, not an idle customer."""
DAMAGED = "What was kept about sending this order is damaged. It is shown, and not sent any further."
OFFLINE = "The line is down. The order is kept and sent by itself."
BROKEN = "A fault of this program stopped the sending of this order. It is kept; try again to go on."


@dataclass(slots=True)
class _Job:
    """An order under way. ``wish`` is its latest draft, ``state`` what was last made durable.

    ``damage`` is why it may not be sent; ``not_before`` is when it may be tried again, in Unix seconds.
    ``shown`` are the latest facts, with what they were worked out from.
    """

    header: DraftHeader
    wish: Draft
    state: SyncState
    damage: str = ""
    lease: Lease | None = None
    failures: int = 0
    expired: int = 0
    not_before: float = 0.0
    shown: tuple[Draft, SyncState, CartFacts] | None = None
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
        if header.draft_id not in self._jobs:
            state, damage = _read(stored)
            job = self._jobs[header.draft_id] = _Job(header, stored.draft, state, damage)
            self._start(job)

    def wish(self, draft_id: str, draft: Draft) -> None:
        """The operator wishes something else now; it is durable already."""
        job = self._jobs[draft_id]
        job.wish = draft
        self._start(job)

    def wake(self) -> None:
        """Try every order again now: the operator signed in, or asked for it."""
        for job in self._jobs.values():
            self._start(job)

    def facts(self, draft_id: str, draft: Draft) -> CartFacts:
        """What the platform last had of a draft, which may be newer than the latest durable wish."""
        if (job := self._jobs.get(draft_id)) is not None:
            return self._facts(job, draft)
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
            await self._stop(job)

    async def _stop(self, job: _Job) -> None:
        if job.task is not None:
            job.task.cancel()
            await asyncio.gather(job.task, return_exceptions=True)
        if job.lease is not None:
            try:
                await self._drafts.release(job.lease)
            except StorageError as error:
                # The lease ends with this process all the same.
                self._tell(job, Activity.RETRYING, error.sentence)

    def _start(self, job: _Job) -> None:
        """Let its task run now, or again where a fault had ended it."""
        job.failures = 0
        job.wake.set()
        if job.task is None or job.task.done():
            broken = partial(self._tell, job, Activity.NEEDS_YOU, BROKEN)
            job.task = background(self._run(job), name=f"send order {job.header.draft_id}", broken=broken)

    async def _run(self, job: _Job) -> None:
        while True:
            await job.wake.wait()
            if (early := job.not_before - self._timer.now()) > 0:
                # Bounded, because the clock may have been set back.
                await self._timer.sleep(min(early, SHORTEST_PAUSE))
            job.wake.clear()
            pause = await self._attempt(job)
            if pause is not None:
                await self._pause(job, pause)

    async def _attempt(self, job: _Job) -> float | None:
        """One try at settling a draft; how long to pause before the next, ``None`` to wait for a wake."""
        if not self._sessions.serves(job.header):
            self._tell(job, Activity.NOT_SERVED)
            return None
        try:
            await self._hold(job)
            await self._settle(job)
        except (LocalError, CartUnreadableError, PlatformError) as error:
            return await self._failed(job, error)
        job.failures = job.expired = 0
        self._tell(job, Activity.IDLE)
        return self._last_look(job.state)

    async def _failed(self, job: _Job, error: SendingError) -> float | None:
        """What to do about it; the pause before the next try, ``None`` to wait for the operator."""
        if isinstance(error, Unreachable | TimedOut):
            self._link.failed()
            self._tell(job, Activity.OFFLINE, OFFLINE)
            await self._link.online()
            return 0.0
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
        self._tell(job, back.activity, back.sentence)
        return back.pause

    def _last_look(self, state: SyncState) -> float | None:
        """When to look again though nothing is left to send: a lost write may have landed by then."""
        if state.lost_at is None:
            return None
        until = state.lost_at + self._rules.settle_seconds - self._timer.now()
        return min(max(until, 0.0), self._rules.settle_seconds)

    async def _settle(self, job: _Job) -> None:
        if job.wish.is_empty and job.state == SyncState():
            return
        self._tell(job, Activity.SENDING)
        token, is_new = await self._sessions.token(job.header)
        if is_new and self._has_a_cart_of_its_own(job.header):
            job.state = SyncState(job.state.memory.for_new_cart(), job.state.cart)

        settler = Settler(
            api=self._api,
            rules=self._rules,
            timer=self._timer,
            header=job.header,
            save=partial(self._save, job),
            crash=self._crash,
        )
        await settler.run(token, job.state, lambda: job.wish)
        self._link.worked()

    async def _save(self, job: _Job, state: SyncState) -> None:
        if job.lease is None:
            raise LeaseLost(job.header.draft_id)
        await self._drafts.save_sync(job.header.draft_id, job.lease.fence, to_text(state))
        job.state = state
        self._tell(job, Activity.SENDING)

    def _has_a_cart_of_its_own(self, header: DraftHeader) -> bool:
        return header.customer is None or self._rules.cart_owner is CartOwner.TOKEN

    async def _hold(self, job: _Job) -> None:
        """Hold the lease on the draft, or get it now and go on from what is kept.

        Raises:
            LeaseLost: another console has it.
            UnreadableRecord: the draft, or what was kept about sending it, is damaged.
        """
        now, draft_id = self._timer.now(), job.header.draft_id
        if job.damage:
            raise UnreadableRecord(job.damage)
        if job.lease is not None and await self._drafts.renew(job.lease, now=now, seconds=LEASE_SECONDS):
            return
        job.lease = await self._drafts.acquire(draft_id, self._owner, now=now, seconds=LEASE_SECONDS)
        if job.lease is None:
            raise LeaseLost(draft_id)
        # Another console may have sent for it in between, into the cart of a token of its own.
        self._sessions.expired(draft_id)
        known = job.wish
        stored = await self._drafts.load(draft_id)
        job.state, job.damage = _read(stored)
        if job.damage:
            raise UnreadableRecord(job.damage)
        if job.wish is known:
            job.wish = stored.draft

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
        self._report(OrderStatus(job.header.draft_id, activity, self._facts(job, job.wish), problem))

    def _facts(self, job: _Job, draft: Draft) -> CartFacts:
        """Worked out once for a draft and a state, both immutable: every header counts all orders' lines."""
        if job.shown is None or job.shown[0] is not draft or job.shown[1] is not job.state:
            shown = facts(draft, job.state.cart, job.state.memory, self._rules.currency)
            job.shown = (draft, job.state, shown)
        return job.shown[2]


def _read(stored: StoredDraft) -> tuple[SyncState, str]:
    """How far a draft has been sent, and why it may not be sent any further."""
    try:
        return from_text(stored.sync), stored.damage
    except UnreadableJournalError:
        return SyncState(), stored.damage or DAMAGED
