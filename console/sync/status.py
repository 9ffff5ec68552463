"""How far an order has come, as the engine reports it and the screens show it."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from console.ordering.customer import Customer
from console.storage.drafts.placement_request import PlacementRequest
from console.sync.cart.differences import CartComparison
from console.sync.placement.rejection import RejectionSubject
from console.sync.placement.state import FINAL_STAGES, Candidate, Placement, PlacementStage


class Activity(StrEnum):
    """What is being done for an order right now."""

    IDLE = "idle"
    """Nothing is left to send."""
    SENDING = "sending"
    OFFLINE = "offline"
    """Waiting for the line; it goes on by itself."""
    RETRYING = "retrying"
    """The platform failed; it is asked again by and by."""
    LEASED_ELSEWHERE = "elsewhere"
    """Another console on this machine sends for this order."""
    NEEDS_ATTENTION = "needs-you"
    """It goes on only after the operator did something; the status says what."""
    NOT_SIGNED_IN = "not-served"
    """Its operator is not signed in."""


class PlacementStatus(StrEnum):
    """Where an order stands in the outbox."""

    DRAFT = "draft"
    """Nobody has asked to place it."""
    SENDING = "sending"
    WAITING = "waiting for the line"
    OUTCOME_UNKNOWN = "sent-unknown"
    """Place Order was sent, its answer was lost, and the platform is being looked through for it."""
    NEEDS_ATTENTION = "needs you"
    PLACED = "placed"
    ABANDONED = "left"
    """Put away without knowing what became of it."""
    NOT_SIGNED_IN = "not served"
    """Its operator is not signed in."""
    LEASED_ELSEWHERE = "elsewhere"
    """Another console on this machine has it."""


@dataclass(frozen=True, slots=True)
class PlacementView:
    """How far the placing of an order is. ``message`` is for the operator, empty while all is well.

    ``told`` is what the customer was told, ``None`` while it is not to be placed. ``order_id`` is the
    platform's number, 0 while it has none; ``reference`` is ours. With ``undecided`` the operator is asked
    for a decision, and ``candidates`` is what was seen on the platform. ``refused`` is what the platform
    refused the order for, ``None`` while it did not.
    """

    state: PlacementStatus = PlacementStatus.DRAFT
    quoted_total: Decimal | None = None
    order_id: int = 0
    reference: str = ""
    message: str = ""
    candidates: tuple[Candidate, ...] = ()
    needs_decision: bool = False
    rejection: RejectionSubject | None = None


@dataclass(frozen=True, slots=True)
class OrderStatus:
    """One report. ``problem`` is a sentence for the operator, empty while all is well.

    ``customer`` is whose order it is: who was made offline has an account by and by.
    """

    draft_id: str
    activity: Activity
    comparison: CartComparison = field(default_factory=CartComparison)
    problem: str = ""
    placement: PlacementView = field(default_factory=PlacementView)
    customer: Customer | None = None


_STATUS_BY_ACTIVITY = {
    Activity.IDLE: PlacementStatus.SENDING,
    Activity.SENDING: PlacementStatus.SENDING,
    Activity.OFFLINE: PlacementStatus.WAITING,
    Activity.RETRYING: PlacementStatus.WAITING,
    Activity.LEASED_ELSEWHERE: PlacementStatus.LEASED_ELSEWHERE,
    Activity.NEEDS_ATTENTION: PlacementStatus.NEEDS_ATTENTION,
    Activity.NOT_SIGNED_IN: PlacementStatus.NOT_SIGNED_IN,
}
SEARCHED_LATER = "The line is down. The order is searched for once it is back."
_STILL_TRYING = frozenset({Activity.IDLE, Activity.SENDING, Activity.OFFLINE, Activity.RETRYING})


def placement_view(
    placement_request: PlacementRequest | None,
    placement: Placement | None,
    activity: Activity,
    problem: str,
    rejection: RejectionSubject | None = None,
) -> PlacementView:
    """Where an order stands, by the wish to place it, what is known of that, and what is being done."""
    stage = placement.stage if placement else PlacementStage.READY
    if stage is PlacementStage.READY and placement_request is None:
        return PlacementView()
    state, message = _STATUS_BY_ACTIVITY[activity], problem
    if stage in FINAL_STAGES:
        state, message = PlacementStatus(stage), ""
    elif placement is not None and stage is PlacementStage.NEEDS_DECISION:
        state, message = PlacementStatus.NEEDS_ATTENTION, placement.question
    elif stage in (PlacementStage.SENT, PlacementStage.ACKNOWLEDGED) and activity in _STILL_TRYING:
        state = PlacementStatus.OUTCOME_UNKNOWN
        message = SEARCHED_LATER if activity is Activity.OFFLINE else problem
    return PlacementView(
        state=state,
        quoted_total=placement_request.quoted_total
        if placement_request
        else placement.quoted_total
        if placement
        else None,
        order_id=placement.order_id if placement else 0,
        reference=placement.reference if placement else "",
        message=message,
        candidates=placement.candidates if placement else (),
        needs_decision=stage is PlacementStage.NEEDS_DECISION,
        rejection=rejection if state is PlacementStatus.NEEDS_ATTENTION else None,
    )
