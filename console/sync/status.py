"""The status of an order, as the engine reports it and the screens show it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from console.ordering.customer import Customer
from console.ordering.money import ZERO
from console.ordering.placed.purchased_order import PurchasedOrder
from console.storage.drafts.placement_request import PlacementRequest
from console.sync.cart.differences import CartComparison
from console.sync.placement.rejection import RejectionSubject
from console.sync.placement.state import Candidate, Placement, PlacementStage
from console.sync.problems import Problem, ProblemCode


class Activity(StrEnum):
    """The work that is being done for an order."""

    IDLE = "idle"
    """Nothing is left to send."""
    SENDING = "sending"
    OFFLINE = "offline"
    """Waiting for the connection; it goes on automatically."""
    RETRYING = "retrying"
    """The platform failed; the request is retried automatically."""
    LEASED_ELSEWHERE = "elsewhere"
    """Another console on this machine sends for this order."""
    NEEDS_ATTENTION = "needs-attention"
    """Blocked until the operator acts; ``problem`` says how."""
    NOT_SIGNED_IN = "not-signed-in"
    """Its operator is not signed in."""


class PlacementStatus(StrEnum):
    """The state of an order in the outbox."""

    DRAFT = "draft"
    """No request to place it."""
    SENDING = "sending"
    WAITING = "waiting"
    OUTCOME_UNKNOWN = "outcome-unknown"
    """Place Order was sent, its response was lost, and the platform is searched for the order."""
    NEEDS_ATTENTION = "needs-attention"
    PLACED = "placed"
    ABANDONED = "abandoned"
    """Closed without knowing what became of it."""
    NOT_SIGNED_IN = "not-signed-in"
    """Its operator is not signed in."""
    LEASED_ELSEWHERE = "elsewhere"
    """Another console on this machine has it."""


@dataclass(frozen=True, slots=True)
class PlacementView:
    """The progress of placing an order. ``problem`` is for the operator, ``None`` while all is well.

    ``quoted_total`` is ``None`` without a request to place it, and ``quoted_delivery`` where it was quoted
    without a delivery fee that nobody knew. ``order_id`` is the platform's number, 0
    while it has none; ``reference`` is ours. With ``needs_decision`` the operator decides what became of
    it, and ``candidates`` were found on the platform. ``rejection`` is what Place Order was rejected for.
    ``purchased`` is what was bought, from Place Order on. From ``asks_from`` on, in Unix seconds, it asks
    again instead of placing itself; 0 without a request.
    """

    state: PlacementStatus = PlacementStatus.DRAFT
    quoted_total: Decimal | None = None
    quoted_delivery: Decimal | None = ZERO
    order_id: int = 0
    reference: str = ""
    problem: Problem | None = None
    candidates: tuple[Candidate, ...] = ()
    needs_decision: bool = False
    rejection: RejectionSubject | None = None
    purchased: PurchasedOrder | None = None
    asks_from: float = 0.0


@dataclass(frozen=True, slots=True)
class OrderStatus:
    """One report. ``problem`` is for the operator, ``None`` while all is well.

    ``customer`` is reported because one entered offline gets an account later.
    """

    draft_id: str
    activity: Activity
    comparison: CartComparison = field(default_factory=CartComparison)
    problem: Problem | None = None
    placement: PlacementView = field(default_factory=PlacementView)
    customer: Customer | None = None


_ProblemRule = Callable[[Placement | None, Problem | None], Problem | None]


def _no_problem(_placement: Placement | None, _reported: Problem | None) -> None:
    return None


def _reported_problem(_placement: Placement | None, reported: Problem | None) -> Problem | None:
    return reported


def _open_question(placement: Placement | None, _reported: Problem | None) -> Problem | None:
    return placement.problem if placement else None


def _search_postponed(_placement: Placement | None, _reported: Problem | None) -> Problem:
    return Problem(ProblemCode.SEARCH_POSTPONED)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the decision table: it applies to these stages and activities."""

    stages: frozenset[PlacementStage]
    activities: frozenset[Activity]
    status: PlacementStatus
    problem: _ProblemRule = _reported_problem


_ANY_STAGE = frozenset(PlacementStage)
_ANY_ACTIVITY = frozenset(Activity)
_PLACED = frozenset({PlacementStage.PLACED})
_ABANDONED = frozenset({PlacementStage.ABANDONED})
_ASKED = frozenset({PlacementStage.NEEDS_DECISION})
_UNPROVED = frozenset({PlacementStage.SENT, PlacementStage.ACKNOWLEDGED})
_OFFLINE = frozenset({Activity.OFFLINE})
_WORKING = frozenset({Activity.IDLE, Activity.SENDING})
_RETRYING = frozenset({Activity.RETRYING})

_TABLE = (
    _Row(_PLACED, _ANY_ACTIVITY, PlacementStatus.PLACED, _no_problem),
    _Row(_ABANDONED, _ANY_ACTIVITY, PlacementStatus.ABANDONED, _no_problem),
    _Row(_ASKED, _ANY_ACTIVITY, PlacementStatus.NEEDS_ATTENTION, _open_question),
    _Row(_UNPROVED, _OFFLINE, PlacementStatus.OUTCOME_UNKNOWN, _search_postponed),
    _Row(_UNPROVED, _WORKING | _RETRYING, PlacementStatus.OUTCOME_UNKNOWN),
    _Row(_ANY_STAGE, _WORKING, PlacementStatus.SENDING),
    _Row(_ANY_STAGE, _OFFLINE | _RETRYING, PlacementStatus.WAITING),
    _Row(_ANY_STAGE, frozenset({Activity.LEASED_ELSEWHERE}), PlacementStatus.LEASED_ELSEWHERE),
    _Row(_ANY_STAGE, frozenset({Activity.NEEDS_ATTENTION}), PlacementStatus.NEEDS_ATTENTION),
    _Row(_ANY_STAGE, frozenset({Activity.NOT_SIGNED_IN}), PlacementStatus.NOT_SIGNED_IN),
)
"""The status by stage and activity: the first row that applies. Every pair has one."""


def placement_view(
    request: PlacementRequest | None,
    placement: Placement | None,
    activity: Activity,
    problem: Problem | None,
    rejection: RejectionSubject | None = None,
    *,
    max_request_age: float = 0.0,
) -> PlacementView:
    """Combine the request, what is known of the placement, and the activity into one view.

    ``max_request_age`` is the seconds after which a request asks again.
    """
    if request is None and (placement is None or placement.stage is PlacementStage.READY):
        return PlacementView()
    stage = placement.stage if placement else PlacementStage.READY
    row = next(row for row in _TABLE if stage in row.stages and activity in row.activities)
    source = request or placement
    return PlacementView(
        state=row.status,
        quoted_total=source.quoted_total if source else None,
        # Sent, the order had the platform's total, and its fee was no question any more.
        quoted_delivery=request.quoted_delivery if request and stage is PlacementStage.READY else ZERO,
        order_id=placement.order_id if placement else 0,
        reference=placement.reference if placement else "",
        problem=row.problem(placement, problem),
        candidates=placement.candidates if placement else (),
        needs_decision=stage is PlacementStage.NEEDS_DECISION,
        rejection=rejection if row.status is PlacementStatus.NEEDS_ATTENTION else None,
        purchased=placement.purchased if placement and stage is not PlacementStage.READY else None,
        asks_from=request.requested_at + max_request_age if request else 0.0,
    )
