"""What a simulated operator does about what the platform does not take: the keys of the list of conflicts.

Used by ``fault_operator.py``.
"""

from collections.abc import Callable
from dataclasses import replace

from benchmarks.faults.log import OperatorLogWriter
from benchmarks.faults.screen_watch import ScreenWatch, is_settled
from benchmarks.faults.terms import CheckoutGenerator
from console.ordering.checkout import Checkout
from console.ordering.draft import AddLine, DraftLine, EditError, RemoveLine, SetCheckout
from console.services.events import ServiceError
from console.services.orders.placement import PlacementService
from console.services.orders.problem_texts import checkout_rejection_text, line_note
from console.services.orders.service import OrderService
from console.services.views import Aspect, LineStatus, OrderView, RejectionSubject

ASPECT_OF_REJECTION = {
    RejectionSubject.DELIVERY_SLOT: Aspect.DELIVERY_SLOT,
    RejectionSubject.VOUCHER: Aspect.VOUCHER,
}


class ConflictKeys:
    """Changes an order so that the platform takes it. ``line`` draws another line."""

    def __init__(
        self,
        orders: OrderService,
        placement: PlacementService,
        *,
        log: OperatorLogWriter,
        watch: ScreenWatch,
        terms: CheckoutGenerator,
        new_line: Callable[[], DraftLine],
    ) -> None:
        self._orders = orders
        self._placement = placement
        self._log = log
        self._watch = watch
        self._terms = terms
        self._new_line = new_line

    async def fix_conflicts(self, draft_id: str) -> bool:
        """Give up what the platform does not take, and what nobody here ordered; whether there was any."""
        view = self._orders.view(draft_id)
        if not open_conflicts(view):
            return False
        rejected = [fact for fact in view.comparisons if fact.state is LineStatus.REJECTED]
        unexpected = [line for line in view.unexpected if line.needs_resolution]
        aspects = _rejected_aspects(view)
        checkout = await self._checkout_without(view, aspects)
        try:
            self._log.write_withdrawn(draft_id)
            await self._placement.withdraw(draft_id)
            if rejected and len(rejected) == len(view.draft.lines):
                self._orders.change(draft_id, AddLine(self._new_line()))
            for fact in rejected:
                self._log.write_fixed(draft_id, line_note(fact, view.currency))
                self._orders.change(draft_id, RemoveLine(fact.line_id))
            for line in unexpected:
                self._log.write_fixed(draft_id, f"{line.title} was added by nobody here")
                self._orders.remove_unexpected(draft_id, line)
            for sentence in aspects.values():
                self._log.write_fixed(draft_id, sentence)
            if checkout != view.draft.checkout:
                self._orders.change(draft_id, SetCheckout(checkout))
            elif aspects:
                self._orders.retry_now()
        except (ServiceError, EditError):
            # It is on its way by now, or another console changed it: the screen will say.
            return False
        await self._watch.log_when_saved(draft_id)
        await self._watch.until(draft_id, is_settled, patience=20.0)
        return True

    async def _checkout_without(self, view: OrderView, aspects: dict[Aspect | None, str]) -> Checkout:
        """The checkout without what is refused of it."""
        checkout = view.draft.checkout
        if Aspect.ADDRESS in aspects:
            checkout = replace(checkout, address=await self._terms.address(view.customer))
        if Aspect.DELIVERY_SLOT in aspects:
            checkout = replace(checkout, delivery_slot=await self._terms.slot(view.draft_id))
        if Aspect.VOUCHER in aspects:
            checkout = replace(checkout, voucher="")
        elif view.unexpected_voucher:
            # It is the customer's, from an order that was never placed: let it count for this one.
            checkout = replace(checkout, voucher=view.unexpected_voucher)
        return checkout


def open_conflicts(view: OrderView) -> set[Aspect | str | None]:
    """What the screen shows that the platform does not take, or that nobody here ordered."""
    is_rejected = any(fact.state is LineStatus.REJECTED for fact in view.comparisons)
    has_unexpected = any(line.needs_resolution for line in view.unexpected)
    return {*_rejected_aspects(view), *(("lines",) if is_rejected or has_unexpected else ())}


def _rejected_aspects(view: OrderView) -> dict[Aspect | None, str]:
    """What of the checkout is refused, each with why; a refusal at placing as one at telling."""
    aspects = {rejected.aspect: checkout_rejection_text(rejected) for rejected in view.rejected}
    at_placing = ASPECT_OF_REJECTION.get(view.placement.rejection) if view.placement.rejection else None
    if at_placing is not None:
        aspects.setdefault(at_placing, view.placement_message)
    return aspects
