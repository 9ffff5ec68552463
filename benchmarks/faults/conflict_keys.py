"""Fix conflicts with the keys of the conflicts screen, as a simulated operator does."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from benchmarks.faults.log import OperatorLogWriter
from benchmarks.faults.screen_watch import ScreenWatch, is_settled
from benchmarks.faults.terms import CheckoutGenerator
from console.ordering.checkout import Checkout, DeliveryMode
from console.ordering.draft import AddLine, DraftLine, RemoveLine, SetCheckout, SetQuantity
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
    refusal_subject,
)

ACCEPT_PROBABILITY = 0.7
"""Probability that a customer takes what the platform has in place of a line."""
AS_IT_IS_PROBABILITY = 0.3
"""Probability that a refused order is placed again as it is."""
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
        refused = _refused_subjects(view)
        if refused and self._random.random() >= AS_IT_IS_PROBABILITY:
            checkout = await self._checkout_for(view, checkout, refused)
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
            for subject in refused:
                self._log.write_fixed(draft_id, f"refused: {subject}")
                self._change_lines(draft_id, subject)
            if checkout != view.draft.checkout:
                self._orders.change(draft_id, SetCheckout(checkout))
            elif aspects or refused:
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

    def _change_lines(self, draft_id: str, subject: RejectionSubject) -> None:
        """Change the lines of an order that was refused for its total or for an item."""
        lines = self._orders.view(draft_id).draft.lines
        if subject is RejectionSubject.AMOUNT and self._random.random() < ACCEPT_PROBABILITY:
            self._orders.change(draft_id, AddLine(self._new_line()))
        elif subject is RejectionSubject.LINES and lines:
            line = self._random.choice(lines)
            self._orders.change(draft_id, SetQuantity(line.line_id, 1 if line.quantity > 1 else 2))

    async def _checkout_for(
        self, view: OrderView, checkout: Checkout, refused: tuple[RejectionSubject, ...]
    ) -> Checkout:
        """Return the checkout as a person changes it where the order was refused for it."""
        delivers = checkout.mode is DeliveryMode.DELIVERY
        if RejectionSubject.ADDRESS in refused and delivers:
            checkout = replace(checkout, address=await self._terms.address(view.customer))
        if RejectionSubject.MODE in refused and delivers:
            checkout = replace(checkout, mode=DeliveryMode.PICKUP)
        if RejectionSubject.PAYMENT in refused:
            payment = await self._terms.other_payment(view.draft_id, checkout.payment)
            checkout = replace(checkout, payment=payment)
        if RejectionSubject.DELIVERY_SLOT in refused:
            checkout = replace(checkout, delivery_slot=await self._terms.slot(view.draft_id))
        return checkout

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
    """Return the conflicts on the screen: rejected aspects, and words for what is no aspect."""
    return {
        *_rejected_aspects(view),
        *(("lines",) if view.differences else ()),
        *(("refused",) if view.refusals else ()),
    }


def _undecided_lines(view: OrderView) -> list[LineComparison]:
    """Return the lines that the platform rejects, or has otherwise than requested."""
    undecided = (LineStatus.DIFFERS, LineStatus.REJECTED)
    return [fact for fact in view.comparisons if fact.state in undecided]


def _rejected_aspects(view: OrderView) -> dict[Aspect | None, str]:
    """Return the rejected aspects of the checkout, each with its reason.

    A rejection at placement counts like one of the cart.
    """
    aspects = {rejected.aspect: checkout_rejection_text(rejected) for rejected in view.rejected}
    rejected = _refused_subjects(view) or (view.placement.rejection,)
    for subject in rejected:
        at_placing = ASPECT_OF_REJECTION.get(subject) if subject else None
        if at_placing is not None:
            aspects.setdefault(at_placing, view.placement_message)
    return aspects


def _refused_subjects(view: OrderView) -> tuple[RejectionSubject, ...]:
    """Return the parts of an order that Place Order was refused for, as the screen names them."""
    return tuple(dict.fromkeys(refusal_subject(one.refusal) for one in view.refusals))
