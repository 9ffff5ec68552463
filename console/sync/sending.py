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
from console.sync.as_told import may_still_change
from console.sync.differences import CartFacts
from console.sync.draft_journal import DraftJournal
from console.sync.job import Job
from console.sync.journal import SyncState, to_text
from console.sync.link import Link
from console.sync.new_customers import NewCustomers
from console.sync.placing import Placer
from console.sync.placing_state import OVER, Decision, ItIs, LeaveIt, PlaceAgain, Placing, Stage
from console.sync.platform_clock import PlatformClock
from console.sync.rules import CartOwner, Rules
from console.sync.sessions import Sessions
from console.sync.settle import Settler
from console.sync.status import Activity
from console.sync.timer import Timer

SHORTEST_LOOK = 0.1
"""Seconds."""


class Sender:
    """Goes on with orders whose lease is held. ``tell`` takes what is being done for one."""

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
        crash: Callable[[str], None],
        tell: Callable[[Job, Activity], None],
    ) -> None:
        self._api = api
        self._drafts = drafts
        self._outbox = outbox
        self._link = link
        self._sessions = sessions
        self._rules = rules
        self._timer = timer
        self._crash = crash
        self._tell = tell
        self._clock = PlatformClock(api, timer)
        self._new_customers = NewCustomers(
            api=api, drafts=drafts, rules=rules, timer=timer, random=random, crash=crash
        )

    async def go_on(self, job: Job, lease: Lease) -> float | None:
        """Find out about what was marked, or settle the cart and place it where that is wished.

        Answers how many seconds to wait before the next try, ``None`` to wait for a wake.

        Raises:
            SendingError: it failed; what may have been sent is found out about at the next try.
            StoppedError: it is not placed before the operator did something.
        """
        if (customer := job.newcomer) is not None:
            self._tell(job, Activity.SENDING)
            pause = await self._new_customers.settle(job, customer, lease, save=partial(self._save, job))
            self._link.worked()
            if pause is not None:
                return pause
        placer = self._placer(job, lease)
        if job.placing is not None and job.decision is not None:
            await self._decided(placer, job.placing, job.decision)
            job.decision = None
        if job.placing is not None and job.stage in (Stage.SENT, Stage.ASKING, Stage.ANSWERED):
            self._tell(job, Activity.SENDING)
            asked = job.stage is Stage.ASKING
            found = await placer.find_out(
                job.placing, waited=self._quiet_for(job), last=asked, tries=job.failures
            )
            self._link.worked()
            return found.pause
        if job.stage in OVER:
            return None
        if job.asks_anew:
            job.state, job.asks_anew = job.state.without_refusals(), False
        await self._settle(job)
        if job.told is None:
            return None
        return await self._place(job, placer, job.told)

    def last_look(self, job: Job) -> float | None:
        """In how many seconds to look again with nothing left to send: a lost write may have landed by then.

        ``None`` where none was lost.
        """
        if job.state.lost_at is None:
            return None
        # Never so short that no clock would show it.
        return max(self._rules.settle_seconds - self._quiet_for(job), SHORTEST_LOOK)

    async def _place(self, job: Job, placer: Placer, told: PlacementRequest) -> float | None:
        async def look_again() -> tuple[SyncState, CartFacts]:
            await self._settle(job)
            return job.state, job.facts(job.wish, self._rules.currency)

        # What it was woken for by now is looked at here: stopped, it is not tried a second time at once.
        job.wake.clear()
        token, _ = await self._sessions.token(job.header)
        if may_still_change(job.wish, job.state):
            # It could land between the last look at the cart and its becoming an order.
            return self.last_look(job)
        await placer.place(
            token=token,
            user_id=self._sessions.user_id(job.header),
            draft=job.wish,
            wish=told,
            known=job.placing,
            look_again=look_again,
        )
        return None

    async def _decided(self, placer: Placer, placing: Placing, decision: Decision) -> None:
        match decision:
            case ItIs(order_id):
                await placer.it_is(placing, order_id)
            case PlaceAgain():
                await placer.again(placing)
            case LeaveIt():
                await placer.leave(placing)

    def _placer(self, job: Job, lease: Lease) -> Placer:
        def keep(placing: Placing) -> None:
            if placing.stage is Stage.SENT:
                job.lost_since = self._timer.elapsed()
            job.placing = placing
            self._tell(job, Activity.SENDING)

        return Placer(
            api=self._api,
            rules=self._rules,
            clock=self._clock,
            header=job.header,
            journal=DraftJournal(self._outbox, job.header, lease, keep=keep),
            crash=self._crash,
        )

    def _quiet_for(self, job: Job) -> float:
        """For how many seconds nothing can have been sent for it that was not answered: clocks jump."""
        return self._timer.elapsed() - job.lost_since

    async def _settle(self, job: Job) -> None:
        if job.wish.is_empty and job.state == SyncState():
            return
        self._tell(job, Activity.SENDING)
        token, is_new = await self._sessions.token(job.header)
        if is_new and self._has_a_cart_of_its_own(job.header):
            # What the last one held is not in this one: shown on, it would be nobody's.
            job.state = SyncState(job.state.memory.for_new_cart())
        settler = Settler(
            api=self._api,
            rules=self._rules,
            timer=self._timer,
            header=job.header,
            save=partial(self._save, job),
            quiet_for=lambda: self._quiet_for(job),
            crash=self._crash,
        )
        await settler.run(token, job.state, lambda: job.wish)
        self._link.worked()

    async def _save(self, job: Job, state: SyncState) -> None:
        if job.lease is None:
            raise LeaseLost(job.header.draft_id)
        await self._drafts.save_sync(job.header.draft_id, job.lease.fence, to_text(state))
        if state.lost_at != job.state.lost_at:
            job.lost_since = self._timer.elapsed()
        job.state = state
        self._tell(job, Activity.SENDING)

    def _has_a_cart_of_its_own(self, header: DraftHeader) -> bool:
        return header.customer is None or self._rules.cart_owner is CartOwner.TOKEN
