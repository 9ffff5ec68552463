"""Placing an order exactly once: recorded, sent, acknowledged; or unknown until its outcome is proved.

From the record to the proof nothing else is sent for the draft.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Protocol

from pydantic import SecretStr

from console.api.errors import AlreadyExists, PlatformError, UnknownCode
from console.api.orders.requests import PaymentType, WirePayment
from console.api.transport.identity import ids_agree
from console.ordering.checkout import PaymentMethod
from console.ordering.draft import Draft
from console.storage.drafts.draft_store import DraftHeader
from console.storage.drafts.placement_request import PlacementRequest
from console.storage.drafts.placement_store import OtherDraft
from console.sync.cart.differences import CartComparison
from console.sync.cart.sync_state import SyncState
from console.sync.connection.platform_clock import PlatformClock
from console.sync.context import SyncContext
from console.sync.placement import order_lookup
from console.sync.placement.fulfilment_terms import terms_conflict, terms_from_checkout
from console.sync.placement.open_questions import unpaid_question, unresolved_question
from console.sync.placement.order_attributes import order_attributes
from console.sync.placement.order_lookup import SearchResult
from console.sync.placement.preconditions import overdue_problem, placement_blocker
from console.sync.placement.purchase import purchase_from_cart
from console.sync.placement.purchased_lines import cart_contents, same_contents
from console.sync.placement.rejection import RejectionSubject, rejection_subject
from console.sync.placement.state import Candidate, Placement, PlacementStage
from console.sync.placement.state_codec import UnreadablePlacementError, placement_from_text
from console.sync.problems import NeedsAttentionError, Problem, ProblemCode

POLL_SECONDS = 3.0
"""Between two searches for an order whose response was lost."""
ALREADY_AUTHORISED = 1043
"""The platform's code for a payment that was authorised before."""


class PlacementJournal(Protocol):
    """Durable record of what becomes of placing one draft. Each method returns once it is written."""

    async def mark_in_flight(self, placement_request: PlacementRequest, placement: Placement) -> None:
        """Record that Place Order may be sent from now on."""
        ...

    async def save(self, placement: Placement, *, in_flight: bool) -> None:
        """Record what is known so far."""
        ...

    async def close(self, placement: Placement) -> None:
        """Record that the order is placed or abandoned."""
        ...

    async def other_drafts(self) -> list[OtherDraft]:
        """Read what the other drafts on this machine became, or may be becoming."""
        ...


@dataclass(frozen=True, slots=True)
class ResolveResult:
    """The placement after a search, and the seconds to the next one, ``None`` for no more."""

    placement: Placement
    next_check_in: float | None = None


class Placer:
    """Places one draft."""

    def __init__(
        self,
        context: SyncContext,
        platform_clock: PlatformClock,
        header: DraftHeader,
        journal: PlacementJournal,
    ) -> None:
        self._api = context.api
        self._rules = context.rules
        self._clock = context.clock
        self._checkpoint = context.checkpoint
        self._platform_clock = platform_clock
        self._header = header
        self._journal = journal

    async def place(
        self,
        *,
        token: SecretStr,
        user_id: str,
        draft: Draft,
        placement_request: PlacementRequest,
        previous: Placement | None,
        refresh: Callable[[], Awaitable[tuple[SyncState, CartComparison]]],
        seconds_known: Callable[[], float],
    ) -> Placement:
        """Record the placement, send Place Order, and return the placement by then, which is durable.

        ``refresh`` synchronizes the cart once more and compares it with the draft. ``seconds_known`` is how
        long this process has known the request (monotonic: clocks jump).

        Raises:
            NeedsAttentionError: the cart does not match what the customer agreed to, or the request is old.
            PlatformError: connection or platform failed, or refused; the record says what may have landed.
        """
        if previous is None:
            self._check_age(placement_request, seconds_known())
        state, comparison = await refresh()
        self._check_preconditions(draft, comparison, placement_request)
        if previous is not None and (found := await self._find_placed(previous)) is not None:
            return await self._record_order_id(*found)
        self._check_age(placement_request, seconds_known())
        around = await self._platform_clock.now()
        prior_order_ids = await order_lookup.existing_order_ids(
            self._api, self._header, user_id=user_id, around=around
        )
        if attributes := order_attributes(self._rules, draft, self._header.draft_id):
            # The same for every try of this draft, so one that lands late changes nothing.
            await self._api.carts.add_attributes(token=token, attributes=attributes)
        await self._send_note(token, draft, state)
        state, comparison = await refresh()
        self._check_preconditions(draft, comparison, placement_request)
        self._check_age(placement_request, seconds_known())
        if state.cart is None or comparison.totals is None or draft.checkout.payment is None:
            raise NeedsAttentionError(Problem(ProblemCode.NOT_IN_SYNC))
        payment = draft.checkout.payment
        placement = Placement(
            stage=PlacementStage.SENT,
            reference=self._header.draft_id,
            quoted_total=placement_request.quoted_total,
            total=comparison.totals.total,
            lines=cart_contents(state.cart.lines),
            user_id=user_id,
            sent_at=await self._platform_clock.now(),
            prior_order_ids=tuple(
                sorted({*prior_order_ids, *(previous.prior_order_ids if previous else ())})
            ),
            payment_kind=payment.kind,
            terms=terms_from_checkout(draft.checkout, state.cart.checkout),
            purchased=purchase_from_cart(state.cart, draft),
            owner_proved=ids_agree(state.cart.user_id, user_id),
        )
        self._checkpoint("before the record")
        await self._journal.mark_in_flight(placement_request, placement)
        self._checkpoint("before placing")
        try:
            order_id = await self._send(token, placement, payment)
        except PlatformError as error:
            if rejection_subject(error) is RejectionSubject.LINES:
                # Only the cart says which line cannot be ordered any more.
                await refresh()
            raise
        self._checkpoint("after placing")
        return await self._record_order_id(placement, order_id)

    async def _send(self, token: SecretStr, placement: Placement, payment: PaymentMethod) -> int:
        """Send Place Order, and record what an error says about its outcome. Returns the order's number."""
        try:
            placed = await self._api.orders.place(
                token=token, payment=WirePayment(payment.option, payment.kind, payment.gateway_id)
            )
        except PlatformError as error:
            if not error.outcome_unknown:
                await self._journal.save(replace(placement, stage=PlacementStage.READY), in_flight=False)
            elif isinstance(error, UnknownCode):
                await self._journal.save(replace(placement, platform_message=error.reason), in_flight=True)
            raise
        return placed.order_id

    async def resolve(
        self, placement: Placement, *, seconds_waited: float, is_final: bool = False, attempts: int = 0
    ) -> ResolveResult:
        """Find out what became of a sent order: authorise it, search for it, or ask the operator.

        ``seconds_waited`` is the time since the request can have been sent (monotonic: clocks jump).
        ``is_final`` searches once more after the operator was asked; ``attempts`` counts failures in a row.

        Raises:
            NeedsAttentionError: it was not placed, and the platform said why.
            PlatformError: connection or platform failed.
        """
        if placement.stage is PlacementStage.ACKNOWLEDGED:
            return ResolveResult(await self._finish(placement))
        result = await self._search(placement, attempts=attempts)
        # Read after the search: what landed during it was recorded before.
        other_drafts = await self._journal.other_drafts()
        result = result.without(_order_ids(other_drafts))
        order_id = self._match(placement, result, other_drafts)
        if order_id:
            found = placement.found_as(order_id, result.candidates)
            return ResolveResult(await self._record_order_id(found, order_id))
        if seconds_waited < self._rules.settle_seconds and not is_final:
            return ResolveResult(placement, POLL_SECONDS)
        if self._proves_absence(placement, result):
            absent = replace(placement, stage=PlacementStage.READY, candidates=(), platform_message="")
            await self._journal.save(absent, in_flight=False)
            self._checkpoint("after the proof")
            if placement.platform_message:
                # So the unknown response was a refusal, and would be one again.
                raise NeedsAttentionError(
                    Problem(ProblemCode.PLATFORM_ERROR, message=placement.platform_message)
                )
            return ResolveResult(absent, 0.0)
        return ResolveResult(
            await self._request_decision(
                placement, unresolved_question(placement, result, self._rules), result.candidates
            )
        )

    async def confirm_order(self, placement: Placement, order_id: int) -> Placement:
        """Take over the operator's order number, unless another draft has it by now."""
        if order_id in _order_ids(await self._journal.other_drafts()):
            return placement
        return await self._record_order_id(placement.found_as(order_id, placement.candidates), order_id)

    async def retry(self, placement: Placement) -> Placement:
        """The operator knows that it was not placed: no candidate is this order."""
        excluded = {*placement.prior_order_ids, *(candidate.order_id for candidate in placement.candidates)}
        ready = replace(
            placement,
            stage=PlacementStage.READY,
            prior_order_ids=tuple(sorted(excluded)),
            candidates=(),
            problem=None,
            platform_message="",
        )
        await self._journal.save(ready, in_flight=False)
        return ready

    async def abandon(self, placement: Placement) -> None:
        """Close the draft. It stays in flight, so that its order is not taken for another draft's."""
        await self._journal.close(replace(placement, stage=PlacementStage.ABANDONED))

    async def _find_placed(self, previous: Placement) -> tuple[Placement, int] | None:
        """The order that an earlier try placed after all, by its reference, with its number."""
        if self._rules.reference is None or not previous.sent_at:
            return None
        result = await self._search(previous)
        if result.refusal:
            raise NeedsAttentionError(Problem(ProblemCode.PLATFORM_ERROR, message=result.refusal))
        order_id = self._match(previous, result, [])
        return (previous.found_as(order_id, result.candidates), order_id) if order_id else None

    async def _search(self, placement: Placement, *, attempts: int = 0) -> SearchResult:
        return await order_lookup.search_order(
            self._api,
            self._header,
            placement,
            rules=self._rules,
            other_order_ids=_order_ids(await self._journal.other_drafts()),
            attempts=attempts,
        )

    async def _send_note(self, token: SecretStr, draft: Draft, state: SyncState) -> None:
        """Send the note as the gift message, if the profile says so and the cart has another one."""
        checkout = draft.checkout
        known = state.cart.checkout.gift_message if state.cart is not None else ""
        if not self._rules.order_data.note_as_gift_message or checkout.notes == known:
            return
        slot = checkout.delivery_slot
        moment = slot.starts_at if slot else self._clock.now()
        await self._api.carts.set_gift_message(
            token=token,
            message=checkout.notes,
            slot_id=slot.slot_id if slot else 0,
            requested_time=self._rules.store_time.at(moment),
            location_id=self._header.location_id,
        )

    def _check_preconditions(
        self, draft: Draft, comparison: CartComparison, placement_request: PlacementRequest
    ) -> None:
        blocker = placement_blocker(draft, comparison, placement_request, self._rules)
        if blocker is not None:
            raise NeedsAttentionError(blocker)

    def _check_age(self, placement_request: PlacementRequest, seconds_known: float) -> None:
        overdue = overdue_problem(
            placement_request,
            now=self._clock.now(),
            seconds_known=seconds_known,
            max_age=self._rules.max_request_age,
        )
        if overdue is not None:
            raise NeedsAttentionError(overdue)

    async def _record_order_id(self, placement: Placement, order_id: int) -> Placement:
        acknowledged = replace(
            placement, stage=PlacementStage.ACKNOWLEDGED, order_id=order_id, candidates=(), problem=None
        )
        if placement.payment_kind != PaymentType.CASH_ON_DELIVERY:
            await self._journal.save(acknowledged, in_flight=True)
            self._checkpoint("before authorising")
        return await self._finish(acknowledged)

    async def _finish(self, placement: Placement) -> Placement:
        """Close the order: cash on delivery once it has a number, any other payment once it is authorised."""
        if placement.payment_kind != PaymentType.CASH_ON_DELIVERY:
            try:
                await self._authorise(placement)
            except PlatformError as error:
                if isinstance(error, order_lookup.TRANSIENT_ERRORS):
                    raise
                return await self._handle_unpaid(placement, error)
            self._checkpoint("after authorising")
        placed = replace(placement, stage=PlacementStage.PLACED)
        await self._journal.close(placed)
        self._checkpoint("after the order's number")
        return placed

    async def _handle_unpaid(self, placement: Placement, refusal: PlatformError) -> Placement:
        """The order cannot be authorised, for example because it was cancelled: the operator decides."""
        candidate = Candidate(placement.order_id, placement.total, matches=True)
        return await self._request_decision(
            replace(placement, order_id=0), unpaid_question(placement, refusal), (candidate,)
        )

    async def _request_decision(
        self, placement: Placement, question: Problem, candidates: tuple[Candidate, ...] = ()
    ) -> Placement:
        """Leave the outcome to the operator, with what was found and what the platform answered."""
        undecided = replace(
            placement,
            stage=PlacementStage.NEEDS_DECISION,
            candidates=candidates,
            problem=replace(question, reply=placement.platform_message),
        )
        await self._journal.save(undecided, in_flight=True)
        return undecided

    async def _authorise(self, placement: Placement) -> None:
        """Authorise the payment; sent again after a lost response, the platform says that it was done."""
        try:
            await self._api.orders.authorise(
                order_id=placement.order_id,
                payment_type=placement.payment_kind,
                gateway_response=SecretStr(placement.reference),
                day=self._rules.store_time.at(await self._platform_clock.now()).date(),
                comment=placement.reference,
            )
        except AlreadyExists as error:
            if error.code != ALREADY_AUTHORISED:
                raise

    def _proves_absence(self, placement: Placement, result: SearchResult) -> bool:
        """Return True if an order that had landed by now would have been found.

        It would carry the reference, in the history of the account whose cart it was. An equal order without
        any reference may be it all the same: the attribute may not have reached its cart.
        """
        return (
            self._rules.reference is not None
            and placement.owner_proved
            and result.complete
            and not result.referenced_ids
            and not result.has_unreferenced_match
        )

    def _match(self, placement: Placement, result: SearchResult, other_drafts: list[OtherDraft]) -> int:
        """The number of the order that this must be, 0 where that is not proved."""
        if self._rules.reference is not None:
            return result.referenced_ids[0] if len(result.referenced_ids) == 1 else 0
        if not self._rules.sole_console:
            # A console with another home may have placed an equal order.
            return 0
        rivals = [
            rival
            for other in other_drafts
            if (rival := _rival(other, placement, ignore_parts=result.lacks_parts))
        ]
        if len(result.matching_ids) != len(rivals) + 1:
            return 0
        # As many equal orders as equal drafts were sent: in whatever order, each is there once.
        position = sum(rival.sent_at < placement.sent_at for rival in rivals)
        return result.matching_ids[position]


def _order_ids(other_drafts: list[OtherDraft]) -> set[int]:
    """The orders that belong to other drafts."""
    return {other.order_id for other in other_drafts if other.order_id}


def _rival(other: OtherDraft, placement: Placement, *, ignore_parts: bool) -> Placement | None:
    """The equal placement of another draft that is not proved either, ``None`` if it is not equal."""
    if not other.is_in_flight or other.order_id:
        return None
    try:
        sent = placement_from_text(other.placement_text)
    except UnreadablePlacementError:
        # Unreadable, so it may be equal.
        return placement
    if sent is None or (sent.user_id, sent.total) != (placement.user_id, placement.total):
        return None
    if terms_conflict(sent.terms, placement.terms):
        return None
    return sent if same_contents(sent.lines, placement.lines, with_parts=not ignore_parts) else None
