"""A simulated operator who is asked what became of an order: looks at the platform's, and says the truth.

Used by ``fault_operator.py``. Nothing is known here but what the screens show.
"""

from collections.abc import Iterable
from random import Random

from fault_log import SeenLog
from fault_record import Contents, Part, together, wished
from fault_watch import Watch, is_settled

from console.desk.changes import Trouble
from console.desk.desk import Desk
from console.desk.values import (
    Decision,
    ItIs,
    LeaveIt,
    OrderView,
    PlaceAgain,
)
from console.ordering.past import PastLine, PastOrder

HUNG_UP = 0.15
"""How often the customer of an order that is not on the platform does not want it any more."""

IT_IS, AGAIN, AWAY = "it is an order", "placed again", "put away"


class Deciding:
    """Answers what an order that cannot be proved became."""

    def __init__(self, desk: Desk, *, log: SeenLog, watch: Watch, random: Random) -> None:
        self._desk = desk
        self._log = log
        self._watch = watch
        self._random = random

    async def decide(self, draft_id: str) -> bool:
        """Say what became of it; whether anything could be said."""
        # What was seen when the question was put may be old: the key to look again is pressed first.
        self._desk.orders.try_again()
        view = await self._watch.until(draft_id, is_settled, patience=20.0)
        if not view.placing.undecided:
            return True
        try:
            decision = await self._truth(view)
            self._log.decided(draft_id, *_said(decision))
            self._desk.orders.decide(draft_id, decision)
        except Trouble:
            # The line failed while the orders were read, or the question is answered by now.
            return False
        await self._watch.until(draft_id, lambda view: not view.placing.undecided, patience=20.0)
        return True

    async def _truth(self, view: OrderView) -> Decision:
        """What the orders on the screen say, each opened and read down to its toppings."""
        for candidate in view.placing.candidates:
            if candidate.total == view.placing.told:
                order = await self._desk.history.order(candidate.order_id)
                if _is_it(order, view):
                    return ItIs(candidate.order_id)
        return LeaveIt() if self._random.random() < HUNG_UP else PlaceAgain()


def _said(decision: Decision) -> tuple[str, int]:
    match decision:
        case ItIs(order_id):
            return IT_IS, order_id
        case PlaceAgain():
            return AGAIN, 0
        case LeaveIt():
            return AWAY, 0


def _is_it(order: PastOrder, view: OrderView) -> bool:
    """Whether an order is what was wished, as far as it can be read."""
    checkout = view.draft.checkout
    address = checkout.address if checkout.mode == "H" else None
    return (
        _read(order.lines or ()) == wished(view.draft)
        and order.mode is checkout.mode
        and (address is None or address.street in order.address)
        and (checkout.payment is None or checkout.payment.option == order.payment)
        and bool(order.wanted) == bool(checkout.slot)
    )


def _read(lines: Iterable[PastLine]) -> Contents:
    return together(
        Part(line.product_id, line.variant_id, line.quantity, line.portion.value, _read(line.parts))
        for line in lines
    )
