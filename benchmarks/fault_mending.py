"""What a simulated operator does about what the platform does not take: the keys of the list of conflicts.

Used by ``fault_operator.py``.
"""

from collections.abc import Callable
from dataclasses import replace

from fault_log import SeenLog
from fault_terms import Terms
from fault_watch import Watch, is_settled

from console.desk.changes import Trouble
from console.desk.orders import OrdersDesk
from console.desk.values import Aspect, LineState, OrderView, RefusedFor
from console.ordering.checkout import Checkout
from console.ordering.draft import AddLine, EditError, Line, RemoveLine, SetCheckout

AT_PLACING = {RefusedFor.SLOT: Aspect.SLOT, RefusedFor.VOUCHER: Aspect.VOUCHER}
APPLIED = " applied "
"""Stands before the code in the sentence about a voucher that nobody here applied."""


class Mending:
    """Changes an order so that the platform takes it. ``line`` draws another line."""

    def __init__(
        self, orders: OrdersDesk, *, log: SeenLog, watch: Watch, terms: Terms, line: Callable[[], Line]
    ) -> None:
        self._orders = orders
        self._log = log
        self._watch = watch
        self._terms = terms
        self._line = line

    async def mend(self, draft_id: str) -> bool:
        """Give up what the platform does not take, and what nobody here ordered; whether there was any."""
        view = self._orders.view(draft_id)
        if not to_mend(view):
            return False
        refused = [fact for fact in view.facts if fact.state is LineState.REFUSED]
        strange = [line for line in view.strange if line.is_open]
        aspects = _aspects(view)
        checkout = await self._other(view, aspects)
        try:
            self._log.withdrawn(draft_id)
            await self._orders.withdraw(draft_id)
            if refused and len(refused) == len(view.draft.lines):
                self._orders.change(draft_id, AddLine(self._line()))
            for fact in refused:
                self._log.mended(draft_id, fact.note)
                self._orders.change(draft_id, RemoveLine(fact.line_id))
            for line in strange:
                self._log.mended(draft_id, f"{line.title} was added by nobody here")
                self._orders.take_out(draft_id, line)
            for sentence in aspects.values():
                self._log.mended(draft_id, sentence)
            if checkout != view.draft.checkout:
                self._orders.change(draft_id, SetCheckout(checkout))
            elif aspects:
                self._orders.try_again()
        except (Trouble, EditError):
            # It is on its way by now, or another console changed it: the screen will say.
            return False
        await self._watch.saved(draft_id)
        await self._watch.until(draft_id, is_settled, patience=20.0)
        return True

    async def _other(self, view: OrderView, aspects: dict[Aspect | None, str]) -> Checkout:
        """The checkout without what is refused of it."""
        checkout = view.draft.checkout
        if Aspect.ADDRESS in aspects:
            checkout = replace(checkout, address=await self._terms.address(view.customer))
        if Aspect.SLOT in aspects:
            checkout = replace(checkout, slot=await self._terms.slot(view.draft_id))
        if Aspect.VOUCHER in aspects:
            checkout = replace(checkout, voucher="")
        elif APPLIED in (sentence := aspects.get(None, "")):
            # It is the customer's, from an order that was never placed: let it count for this one.
            checkout = replace(checkout, voucher=sentence.partition(APPLIED)[2].rstrip("."))
        return checkout


def to_mend(view: OrderView) -> set[Aspect | str | None]:
    """What the screen shows that the platform does not take, or that nobody here ordered."""
    is_refused = any(fact.state is LineState.REFUSED for fact in view.facts)
    is_strange = any(line.is_open for line in view.strange)
    return {*_aspects(view), *(("lines",) if is_refused or is_strange else ())}


def _aspects(view: OrderView) -> dict[Aspect | None, str]:
    """What of the checkout is refused, each with why; a refusal at placing as one at telling."""
    aspects = {one.aspect: one.sentence for one in view.refused}
    at_placing = AT_PLACING.get(view.placing.refused) if view.placing.refused else None
    if at_placing is not None:
        aspects.setdefault(at_placing, view.placing.sentence)
    return aspects
