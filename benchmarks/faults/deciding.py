"""Resolve an order with an unknown outcome: the simulated operator looks at the platform's orders.

Only what the screens show is used.
"""

from collections.abc import Iterable
from random import Random

from benchmarks.faults.log import OperatorLogWriter
from benchmarks.faults.order_record import (
    Contents,
    Part,
    draft_contents,
    kept_contents,
    merge_equal,
    without_kept,
)
from benchmarks.faults.other_home import OtherHome
from benchmarks.faults.screen_watch import ScreenWatch, is_settled
from console.ordering.placed.past_orders import PastLine, PastOrder
from console.services.events import ServiceError
from console.services.operator_session import OperatorSession
from console.services.views import Abandon, ConfirmOrder, Decision, OrderView, Retry

ABANDON_PROBABILITY = 0.15
"""Probability that an order that is not on the platform is abandoned, not retried."""

CONFIRMED, RETRIED, ABANDONED = "confirmed", "retried", "abandoned"


class OutcomeResolver:
    """Decides about orders whose placement the console cannot prove."""

    def __init__(
        self,
        session: OperatorSession,
        *,
        log: OperatorLogWriter,
        watch: ScreenWatch,
        random: Random,
        other_home: OtherHome | None,
    ) -> None:
        self._session = session
        self._log = log
        self._watch = watch
        self._random = random
        self._other_home = other_home

    async def resolve(self, draft_id: str) -> bool:
        """Decide about an order; return False if that failed."""
        # The candidates on the screen may be old, so search again first.
        self._session.orders.retry_now()
        view = await self._watch.until(draft_id, is_settled, patience=20.0)
        if not view.placement.needs_decision:
            return True
        try:
            decision = await self._find_resolution(view)
            if decision is None:
                return False
            self._log.write_resolution(draft_id, *_log_entry(decision), cause=_cause(view))
            self._session.placement.decide(draft_id, decision)
        except ServiceError:
            # The connection failed while the orders were read, or the order is resolved by now.
            return False
        await self._watch.until(draft_id, lambda view: not view.placement.needs_decision, patience=20.0)
        return True

    async def _find_resolution(self, view: OrderView) -> Decision | None:
        """Open each candidate on the screen and compare it down to its toppings.

        With another home, its operator is asked whose it is; ``None`` while that operator waits as well.
        """
        other = self._other_home
        if other is not None and view.customer and other.is_placing_for(view.customer.user_id):
            return None
        for candidate in view.placement.candidates:
            if candidate.total == view.placement.quoted_total:
                order = await self._session.history.order(candidate.order_id)
                if is_same_order(order, view) and self._is_ours(candidate.order_id, view.draft_id):
                    return ConfirmOrder(candidate.order_id)
        return Abandon() if self._random.random() < ABANDON_PROBABILITY else Retry()

    def _is_ours(self, order_id: int, draft_id: str) -> bool:
        """Return True if no order of the other home has this number; it is claimed for the draft."""
        other = self._other_home
        return other is None or (not other.has(order_id) and other.claim(order_id, draft_id))


def _cause(view: OrderView) -> str:
    """Return why the operator was asked, empty if the screen does not say."""
    return view.placement.problem.code.value if view.placement.problem else ""


def _log_entry(decision: Decision) -> tuple[str, int]:
    match decision:
        case ConfirmOrder(order_id):
            return CONFIRMED, order_id
        case Retry():
            return RETRIED, 0
        case Abandon():
            return ABANDONED, 0


def is_same_order(order: PastOrder, view: OrderView) -> bool:
    """Return True if an order matches the draft and what was kept, as far as the screen shows it."""
    checkout, contents = view.draft.checkout, draft_contents(view.draft)
    address = checkout.address if checkout.mode == "H" else None
    return (
        without_kept(_contents_of(order.lines or ()), contents, kept_contents(view.draft)) == contents
        and order.mode is checkout.mode
        and (address is None or address.street in order.address)
        and (checkout.payment is None or checkout.payment.option == order.payment)
        and bool(order.wanted_time) == bool(checkout.delivery_slot)
    )


def _contents_of(lines: Iterable[PastLine]) -> Contents:
    return merge_equal(
        Part(line.product_id, line.variant_id, line.quantity, line.portion.value, _contents_of(line.parts))
        for line in lines
    )
