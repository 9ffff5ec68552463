"""Fix conflicts with the keys of the conflicts screen, as a simulated operator does."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from benchmarks.faults.log import OperatorLogWriter
from benchmarks.faults.screen_watch import ScreenWatch, is_settled
from benchmarks.faults.terms import CheckoutGenerator
from console.ordering.checkout import Checkout
from console.ordering.draft import AddLine, DraftLine, RemoveLine, SetCheckout
from console.ordering.edit_error import EditError
from console.services.events import ServiceError
from console.services.orders.placement import PlacementService
from console.services.orders.problem_texts import checkout_rejection_text, line_note
from console.services.orders.service import OrderService
from console.services.views import (
    Aspect,
    LineComparison,
    LineStatus,
    OrderView,
    RejectionSubject,
    UnexpectedLine,
)

ACCEPT_PROBABILITY = 0.7
"""Probability that a customer takes what the platform has in place of a line."""
KEEP_PROBABILITY = 0.4
"""Probability that a line which somebody else added is kept."""

ASPECT_OF_REJECTION = {
    RejectionSubject.DELIVERY_SLOT: Aspect.DELIVERY_SLOT,
    RejectionSubject.VOUCHER: Aspect.VOUCHER,
}


class ConflictKeys:
    """Changes an order so that the platform accepts it. ``new_line`` draws a replacement line."""

    def __init__(
        self,
        orders: OrderService,
        placement: PlacementService,
        *,
        log: OperatorLogWriter,
        watch: ScreenWatch,
        terms: CheckoutGenerator,
        new_line: Callable[[], DraftLine],
        random: Random,
    ) -> None:
        self._orders = orders
        self._placement = placement
        self._log = log
        self._watch = watch
        self._terms = terms
        self._new_line = new_line
        self._random = random

    async def fix_conflicts(self, draft_id: str) -> bool:
        """Decide each difference, one by one; return True if the order was changed."""
        view = self._orders.view(draft_id)
        if not open_conflicts(view):
            return False
        undecided = _undecided_lines(view)
        removed = [fact for fact in undecided if not self._accepts(fact)]
        unexpected = [line for line in view.unexpected if line.needs_resolution]
        aspects = _rejected_aspects(view)
        checkout = await self._checkout_without(view, aspects)
        try:
            self._log.write_withdrawn(draft_id)
            await self._placement.withdraw(draft_id)
            if removed and len(removed) == len(view.draft.lines):
                self._orders.change(draft_id, AddLine(self._new_line()))
            for fact in undecided:
                self._decide_line(draft_id, fact, line_note(fact, view.currency), accept=fact not in removed)
            for line in unexpected:
                self._decide_unexpected(draft_id, line)
            for reason in aspects.values():
                self._log.write_fixed(draft_id, f"changed: {reason}")
            if checkout != view.draft.checkout:
                self._orders.change(draft_id, SetCheckout(checkout))
            elif aspects:
                self._orders.retry_now()
        except (ServiceError, EditError):
            # The order is in flight by now, or another console changed it: the screen will show it.
            return False
        await self._watch.log_when_saved(draft_id)
        await self._watch.until(draft_id, is_settled, patience=20.0)
        return True

    def _accepts(self, fact: LineComparison) -> bool:
        """Draw whether the customer takes what the platform has of a line; of nothing there is no taking."""
        return fact.quantity > 0 and not fact.unavailable and self._random.random() < ACCEPT_PROBABILITY

    def _decide_line(self, draft_id: str, fact: LineComparison, reason: str, *, accept: bool) -> None:
        if accept:
            self._log.write_fixed(draft_id, f"accepted: {reason}")
            self._orders.accept_line(draft_id, fact)
        else:
            self._log.write_fixed(draft_id, f"removed: {reason}")
            self._orders.change(draft_id, RemoveLine(fact.line_id))

    def _decide_unexpected(self, draft_id: str, line: UnexpectedLine) -> None:
        if self._random.random() < KEEP_PROBABILITY or not self._orders.remove_unexpected(draft_id, line):
            self._log.write_fixed(draft_id, f"kept: unexpected line {line.title}")
            self._orders.keep_unexpected(draft_id, line)
        else:
            self._log.write_fixed(draft_id, f"removed: unexpected line {line.title}")

    async def _checkout_without(self, view: OrderView, aspects: dict[Aspect | None, str]) -> Checkout:
        """Return the checkout without its rejected parts."""
        checkout = view.draft.checkout
        if Aspect.ADDRESS in aspects:
            checkout = replace(checkout, address=await self._terms.address(view.customer))
        if Aspect.DELIVERY_SLOT in aspects:
            checkout = replace(checkout, delivery_slot=await self._terms.slot(view.draft_id))
        if Aspect.VOUCHER in aspects:
            checkout = replace(checkout, voucher="")
        elif view.unexpected_voucher:
            # The voucher is in the customer's cart from an order that was never placed: use it for this one.
            checkout = replace(checkout, voucher=view.unexpected_voucher)
        return checkout


def open_conflicts(view: OrderView) -> set[Aspect | str | None]:
    """Return the conflicts on the screen: rejected aspects, and "lines" for any that is not decided."""
    return {*_rejected_aspects(view), *(("lines",) if view.differences else ())}


def _undecided_lines(view: OrderView) -> list[LineComparison]:
    """Return the lines that the platform rejects, or has otherwise than requested."""
    undecided = (LineStatus.DIFFERS, LineStatus.REJECTED)
    return [fact for fact in view.comparisons if fact.state in undecided]


def _rejected_aspects(view: OrderView) -> dict[Aspect | None, str]:
    """Return the rejected aspects of the checkout, each with its reason.

    A rejection at placement counts like one of the cart.
    """
    aspects = {rejected.aspect: checkout_rejection_text(rejected) for rejected in view.rejected}
    at_placing = ASPECT_OF_REJECTION.get(view.placement.rejection) if view.placement.rejection else None
    if at_placing is not None:
        aspects.setdefault(at_placing, view.placement_message)
    return aspects
