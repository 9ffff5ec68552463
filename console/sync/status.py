"""How far an order has come, as the engine reports it and the screens show it."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from console.ordering.customer import Customer
from console.storage.drafts.placement_request import PlacementRequest
from console.sync.differences import CartFacts
from console.sync.placing_state import OVER, Candidate, Placing, Stage
from console.sync.refused_order import RefusedFor


class Activity(StrEnum):
    """What is being done for an order right now."""

    IDLE = "idle"
    """Nothing is left to send."""
    SENDING = "sending"
    OFFLINE = "offline"
    """Waiting for the line; it goes on by itself."""
    RETRYING = "retrying"
    """The platform failed; it is asked again by and by."""
    ELSEWHERE = "elsewhere"
    """Another console on this machine sends for this order."""
    NEEDS_YOU = "needs-you"
    """It goes on only after the operator did something; the status says what."""
    NOT_SERVED = "not-served"
    """Its operator is not signed in."""


class PlacingState(StrEnum):
    """Where an order stands in the outbox."""

    DRAFT = "draft"
    """Nobody has asked to place it."""
    SENDING = "sending"
    WAITING = "waiting for the line"
    UNKNOWN = "sent-unknown"
    """Place Order was sent, its answer was lost, and the platform is being looked through for it."""
    NEEDS_YOU = "needs you"
    PLACED = "placed"
    LEFT = "left"
    """Put away without knowing what became of it."""
    NOT_SERVED = "not served"
    """Its operator is not signed in."""
    ELSEWHERE = "elsewhere"
    """Another console on this machine has it."""


@dataclass(frozen=True, slots=True)
class PlacingView:
    """How far the placing of an order is. ``message`` is for the operator, empty while all is well.

    ``told`` is what the customer was told, ``None`` while it is not to be placed. ``order_id`` is the
    platform's number, 0 while it has none; ``reference`` is ours. With ``undecided`` the operator is asked
    for a decision, and ``candidates`` is what was seen on the platform. ``refused`` is what the platform
    refused the order for, ``None`` while it did not.
    """

    state: PlacingState = PlacingState.DRAFT
    told: Decimal | None = None
    order_id: int = 0
    reference: str = ""
    sentence: str = ""
    candidates: tuple[Candidate, ...] = ()
    undecided: bool = False
    refused: RefusedFor | None = None


@dataclass(frozen=True, slots=True)
class OrderStatus:
    """One report. ``problem`` is a sentence for the operator, empty while all is well.

    ``customer`` is whose order it is: who was made offline has an account by and by.
    """

    draft_id: str
    activity: Activity
    facts: CartFacts = field(default_factory=CartFacts)
    problem: str = ""
    placing: PlacingView = field(default_factory=PlacingView)
    customer: Customer | None = None


_WHILE_TO_BE_PLACED = {
    Activity.IDLE: PlacingState.SENDING,
    Activity.SENDING: PlacingState.SENDING,
    Activity.OFFLINE: PlacingState.WAITING,
    Activity.RETRYING: PlacingState.WAITING,
    Activity.ELSEWHERE: PlacingState.ELSEWHERE,
    Activity.NEEDS_YOU: PlacingState.NEEDS_YOU,
    Activity.NOT_SERVED: PlacingState.NOT_SERVED,
}
SEARCHED_LATER = "The line is down. The order is searched for once it is back."
_STILL_TRYING = frozenset({Activity.IDLE, Activity.SENDING, Activity.OFFLINE, Activity.RETRYING})


def placing_status(
    wish: PlacementRequest | None,
    placing: Placing | None,
    activity: Activity,
    problem: str,
    refused: RefusedFor | None = None,
) -> PlacingView:
    """Where an order stands, by the wish to place it, what is known of that, and what is being done."""
    stage = placing.stage if placing else Stage.READY
    if stage is Stage.READY and wish is None:
        return PlacingView()
    state, sentence = _WHILE_TO_BE_PLACED[activity], problem
    if stage in OVER:
        state, sentence = PlacingState(stage), ""
    elif placing is not None and stage is Stage.ASKING:
        state, sentence = PlacingState.NEEDS_YOU, placing.why
    elif stage in (Stage.SENT, Stage.ANSWERED) and activity in _STILL_TRYING:
        state = PlacingState.UNKNOWN
        sentence = SEARCHED_LATER if activity is Activity.OFFLINE else problem
    return PlacingView(
        state=state,
        told=wish.quoted_total if wish else placing.told if placing else None,
        order_id=placing.order_id if placing else 0,
        reference=placing.reference if placing else "",
        sentence=sentence,
        candidates=placing.candidates if placing else (),
        undecided=stage is Stage.ASKING,
        refused=refused if state is PlacingState.NEEDS_YOU else None,
    )
