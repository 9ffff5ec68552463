"""Placing an order exactly once: marked, sent, answered; or unknown until it is proved what became of it.

Run by the engine under the draft's lease. From the mark to the proof nothing else is sent for the draft.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from pydantic import SecretStr

from console.api.carts.checkout_requests import OrderAttribute
from console.api.client import ApiClient
from console.api.errors import AlreadyExists, PlatformError, UnknownCode
from console.api.orders.requests import PaymentType, WirePayment
from console.ordering.draft import Draft
from console.storage.drafts.draft_store import DraftHeader
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import OtherDraft
from console.sync import lookup
from console.sync.as_told import UNSETTLED, obstacle
from console.sync.bought import are_alike, in_cart
from console.sync.differences import CartFacts
from console.sync.journal import SyncState
from console.sync.lookup import Sighting
from console.sync.placing_state import Candidate, Placing, Stage
from console.sync.placing_text import UnreadablePlacingError, placing_from_text
from console.sync.platform_clock import PlatformClock
from console.sync.refused_order import RefusedFor, refused_for
from console.sync.rules import Rules
from console.sync.terms import contradict, terms_of
from console.sync.undecided import why_not_paid, why_undecided

POLL_SECONDS = 3.0
"""Between two looks for an order whose answer was lost."""
ALREADY_AUTHORISED = 1043


class StoppedError(Exception):
    """Nothing is placed before the operator has said something; ``sentence`` says what about."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Journal(Protocol):
    """Makes durable what becomes of one draft. Each returns only once it is."""

    async def mark(self, wish: PlacementRequest, placing: Placing) -> None:
        """It may have been sent from now on."""
        ...

    async def save(self, placing: Placing, *, marked: bool) -> None:
        """What is known by now."""
        ...

    async def close(self, placing: Placing) -> None:
        """It is placed, or put away."""
        ...

    async def others(self) -> list[OtherDraft]:
        """What the other drafts of this machine became, or may be becoming."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up came to: the record by now, and the seconds to the next look, ``None`` for no more."""

    placing: Placing
    pause: float | None = None


class Placer:
    """Places one draft. ``look_again`` settles its cart once more and gives what the platform has."""

    def __init__(
        self,
        *,
        api: ApiClient,
        rules: Rules,
        clock: PlatformClock,
        header: DraftHeader,
        journal: Journal,
        crash: Callable[[str], None],
    ) -> None:
        self._api = api
        self._rules = rules
        self._clock = clock
        self._header = header
        self._journal = journal
        self._crash = crash

    async def place(
        self,
        *,
        token: SecretStr,
        user_id: str,
        draft: Draft,
        wish: PlacementRequest,
        known: Placing | None,
        look_again: Callable[[], Awaitable[tuple[SyncState, CartFacts]]],
    ) -> Placing:
        """Mark it and send it; the answer is the record by then, which is durable.

        Raises:
            StoppedError: it is not as the customer was told.
            PlatformError: the line or the platform failed, or refused; the record says what may have landed.
        """
        _, facts = await look_again()
        self._check(draft, facts, wish)
        if known is not None and (order_id := await self._landed(known)):
            return await self._numbered(known, order_id)
        around = await self._clock.now()
        before = await lookup.numbers(self._api, self._header, user_id=user_id, around=around)
        if self._rules.reference is not None:
            await self._attach_reference(token)
        state, facts = await look_again()
        self._check(draft, facts, wish)
        if state.cart is None or facts.totals is None or draft.checkout.payment is None:
            raise StoppedError(UNSETTLED)
        payment = draft.checkout.payment
        placing = Placing(
            stage=Stage.SENT,
            reference=self._header.draft_id,
            told=wish.quoted_total,
            total=facts.totals.total,
            lines=in_cart(state.cart.lines),
            user_id=user_id,
            marked_at=await self._clock.now(),
            before=tuple(sorted({*before, *(known.before if known else ())})),
            payment_kind=payment.kind,
            terms=terms_of(draft.checkout, state.cart.checkout),
        )
        self._crash("before the mark")
        await self._journal.mark(wish, placing)
        self._crash("before placing")
        try:
            placed = await self._api.orders.place(
                token=token, payment=WirePayment(payment.option, payment.kind, payment.gateway_id)
            )
        except PlatformError as error:
            if not error.outcome_unknown:
                await self._journal.save(replace(placing, stage=Stage.READY), marked=False)
                if refused_for(error) is RefusedFor.LINES:
                    # Only the cart says which line cannot be had any more.
                    await look_again()
            elif isinstance(error, UnknownCode):
                await self._journal.save(replace(placing, said=error.reason), marked=True)
            raise
        self._crash("after placing")
        return await self._numbered(placing, placed.order_id)

    async def find_out(self, placing: Placing, *, waited: float, last: bool = False, tries: int = 0) -> Found:
        """Go on with what was marked: look for it, authorise it, or ask.

        ``waited`` is for how many seconds it was waited since the request can have been sent, as this
        process has counted them: clocks jump. ``last`` looks once more after the operator was asked;
        ``tries`` is how often in a row it failed.

        Raises:
            StoppedError: it was not placed, and the platform said why.
            PlatformError: the line or the platform failed.
        """
        if placing.stage is Stage.ANSWERED:
            return Found(await self._finish(placing))
        sighting = await self._sight(placing, tries=tries)
        # Read after the look: what landed in the middle of it was marked before.
        others = await self._journal.others()
        sighting = sighting.without(_numbers(others))
        order_id = self._ours(placing, sighting, others)
        if order_id:
            return Found(await self._numbered(placing, order_id))
        if waited < self._rules.settle_seconds and not last:
            return Found(placing, POLL_SECONDS)
        if self._rules.reference is not None and sighting.complete and not sighting.referenced:
            # By the profile nothing can land any more, and what had landed would carry the reference.
            absent = replace(placing, stage=Stage.READY, candidates=(), said="")
            await self._journal.save(absent, marked=False)
            self._crash("after the proof")
            if placing.said:
                # So it was a refusal: it would be one again.
                raise StoppedError(placing.said)
            return Found(absent, 0.0)
        return Found(await self._ask(placing, why_undecided(sighting, self._rules), sighting.orders))

    async def it_is(self, placing: Placing, order_id: int) -> Placing:
        """The operator knows the number; one that another draft has by now is looked at once more instead."""
        if order_id in _numbers(await self._journal.others()):
            return placing
        return await self._numbered(placing, order_id)

    async def again(self, placing: Placing) -> Placing:
        """The operator knows that it was not placed, and that what was seen is not it."""
        not_it = {*placing.before, *(candidate.order_id for candidate in placing.candidates)}
        ready = replace(
            placing, stage=Stage.READY, before=tuple(sorted(not_it)), candidates=(), why="", said=""
        )
        await self._journal.save(ready, marked=False)
        return ready

    async def leave(self, placing: Placing) -> None:
        """The operator does not want to know: it stays marked, so that nothing else is taken for it."""
        await self._journal.close(replace(placing, stage=Stage.LEFT))

    async def _landed(self, known: Placing) -> int:
        """The number of an order that an earlier try placed after all, by its reference; 0 for none."""
        if self._rules.reference is None or not known.marked_at:
            return 0
        sighting = await self._sight(known)
        if sighting.refusal:
            raise StoppedError(sighting.refusal)
        return self._ours(known, sighting, [])

    async def _sight(self, placing: Placing, *, tries: int = 0) -> Sighting:
        return await lookup.sight(
            self._api,
            self._header,
            placing,
            currency=self._rules.currency,
            reference=self._rules.reference,
            not_ours=_numbers(await self._journal.others()),
            tries=tries,
        )

    async def _attach_reference(self, token: SecretStr) -> None:
        reference = self._rules.reference
        if reference is not None:
            # The same for every try of this draft: one that lands late changes nothing.
            attribute = OrderAttribute(
                reference.field_id,
                reference.name,
                self._header.draft_id,
                is_predefined=False,
                is_mandatory=False,
            )
            await self._api.carts.add_attributes(token=token, attributes=[attribute])

    def _check(self, draft: Draft, facts: CartFacts, wish: PlacementRequest) -> None:
        why = obstacle(
            draft, facts, wish, currency=self._rules.currency, tolerance=self._rules.price_tolerance
        )
        if why:
            raise StoppedError(why)

    async def _numbered(self, placing: Placing, order_id: int) -> Placing:
        answered = replace(placing, stage=Stage.ANSWERED, order_id=order_id, candidates=(), why="")
        if placing.payment_kind != PaymentType.CASH_ON_DELIVERY:
            await self._journal.save(answered, marked=True)
            self._crash("before authorising")
        return await self._finish(answered)

    async def _finish(self, placing: Placing) -> Placing:
        """Placed is what is paid at the door once it has a number, and what else there is once authorised."""
        if placing.payment_kind != PaymentType.CASH_ON_DELIVERY:
            try:
                await self._authorise(placing)
            except PlatformError as error:
                if isinstance(error, lookup.MAY_PASS):
                    raise
                return await self._not_paid(placing, error)
            self._crash("after authorising")
        placed = replace(placing, stage=Stage.PLACED)
        await self._journal.close(placed)
        self._crash("after the order's number")
        return placed

    async def _not_paid(self, placing: Placing, refusal: PlatformError) -> Placing:
        """It is an order that cannot be authorised, such as one that was cancelled: the operator decides."""
        seen = Candidate(placing.order_id, placing.total, fits=True)
        return await self._ask(replace(placing, order_id=0), why_not_paid(placing, refusal), (seen,))

    async def _ask(self, placing: Placing, why: str, candidates: tuple[Candidate, ...] = ()) -> Placing:
        """The operator decides, with what was seen and what the platform said."""
        why = f"{placing.said} {why}".strip()
        asking = replace(placing, stage=Stage.ASKING, candidates=candidates, why=why)
        await self._journal.save(asking, marked=True)
        return asking

    async def _authorise(self, placing: Placing) -> None:
        """Sent again after a lost answer: the platform says by itself that it was done already."""
        try:
            await self._api.orders.authorise(
                order_id=placing.order_id,
                payment_type=placing.payment_kind,
                gateway_response=SecretStr(placing.reference),
                day=datetime.fromtimestamp(await self._clock.now(), UTC).date(),
                comment=placing.reference,
            )
        except AlreadyExists as error:
            if error.code != ALREADY_AUTHORISED:
                raise

    def _ours(self, placing: Placing, sighting: Sighting, others: list[OtherDraft]) -> int:
        """The number of the one order that it must be, 0 where that is not proved."""
        if self._rules.reference is not None:
            return sighting.referenced[0] if len(sighting.referenced) == 1 else 0
        rivals = [rival for other in others if (rival := _rival(other, placing, vague=sighting.vague))]
        if len(sighting.fitting) != len(rivals) + 1:
            return 0
        # As many alike as were sent alike: whichever is whose, each is there once.
        place = sum(rival.marked_at < placing.marked_at for rival in rivals)
        return sighting.fitting[place]


def _numbers(others: list[OtherDraft]) -> set[int]:
    """The orders that are other drafts'."""
    return {other.order_id for other in others if other.order_id}


def _rival(other: OtherDraft, placing: Placing, *, vague: bool) -> Placing | None:
    """What another draft sent that is just like this one, and not proved either."""
    if not other.is_in_flight or other.order_id:
        return None
    try:
        sent = placing_from_text(other.placement_text)
    except UnreadablePlacingError:
        # Nobody can say that it is not alike.
        return placing
    if sent is None or (sent.user_id, sent.total) != (placing.user_id, placing.total):
        return None
    if contradict(sent.terms, placing.terms):
        return None
    return sent if are_alike(sent.lines, placing.lines, whole=not vague) else None
