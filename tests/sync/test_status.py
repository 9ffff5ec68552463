"""The decision table for the status of an order: every stage and activity has a row, the first one counts."""

from decimal import Decimal
from itertools import product

import pytest

from console.storage.drafts.placement_request import PlacementRequest
from console.sync.placement.rejection import RejectionSubject
from console.sync.placement.state import Placement, PlacementStage
from console.sync.problems import Problem, ProblemCode
from console.sync.status import Activity, PlacementStatus, PlacementView, placement_view

REQUEST = PlacementRequest(Decimal("1.500"), 0.0, 1)
REPORTED, QUESTION = Problem(ProblemCode.RESPONSE_LOST), Problem(ProblemCode.ONE_MATCH)
WORKING = (Activity.IDLE, Activity.SENDING, Activity.OFFLINE, Activity.RETRYING)
BY_ACTIVITY = {
    Activity.IDLE: PlacementStatus.SENDING,
    Activity.SENDING: PlacementStatus.SENDING,
    Activity.OFFLINE: PlacementStatus.WAITING,
    Activity.RETRYING: PlacementStatus.WAITING,
    Activity.LEASED_ELSEWHERE: PlacementStatus.LEASED_ELSEWHERE,
    Activity.NEEDS_ATTENTION: PlacementStatus.NEEDS_ATTENTION,
    Activity.NOT_SIGNED_IN: PlacementStatus.NOT_SIGNED_IN,
}


def view_of(stage: PlacementStage, activity: Activity) -> PlacementView:
    placement = Placement(stage, "D1", Decimal("1.400"), problem=QUESTION)
    return placement_view(REQUEST, placement, activity, REPORTED, RejectionSubject.ORDER)


@pytest.mark.parametrize(("stage", "activity"), product(PlacementStage, Activity))
def test_status_of_every_stage_and_activity(stage: PlacementStage, activity: Activity) -> None:
    view = view_of(stage, activity)
    if stage in (PlacementStage.PLACED, PlacementStage.ABANDONED):
        assert (view.state.value, view.problem) == (stage.value, None)
    elif stage is PlacementStage.NEEDS_DECISION:
        assert (view.state, view.problem) == (PlacementStatus.NEEDS_ATTENTION, QUESTION)
        assert view.needs_decision
    elif stage is not PlacementStage.READY and activity in WORKING:
        assert view.state is PlacementStatus.OUTCOME_UNKNOWN
        is_offline = activity is Activity.OFFLINE
        assert view.problem == (Problem(ProblemCode.SEARCH_POSTPONED) if is_offline else REPORTED)
    else:
        assert (view.state, view.problem) == (BY_ACTIVITY[activity], REPORTED)
    assert (view.rejection is not None) == (view.state is PlacementStatus.NEEDS_ATTENTION)
    assert view.quoted_total == REQUEST.quoted_total


def test_order_without_request_is_a_draft() -> None:
    assert placement_view(None, None, Activity.OFFLINE, REPORTED) == PlacementView()
    ready = Placement(PlacementStage.READY, "D1", Decimal("1.400"))
    assert placement_view(None, ready, Activity.OFFLINE, REPORTED) == PlacementView()


def test_sent_order_keeps_its_quoted_total_without_a_request() -> None:
    sent = Placement(PlacementStage.SENT, "D1", Decimal("1.400"))
    assert placement_view(None, sent, Activity.SENDING, None).quoted_total == Decimal("1.400")
