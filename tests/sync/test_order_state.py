"""The state of an order as it is read from storage."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.customer import Customer
from console.ordering.draft import AddLine, Draft, DraftLine, NameOrder, OrderItem
from console.storage.drafts.draft_store import DraftHeader, StoredDraft
from console.storage.drafts.placement_request import PlacementRequest
from console.sync.cart.ledger import CartLedger
from console.sync.cart.observed_cart import Configuration
from console.sync.cart.sync_state import SyncState, state_to_text
from console.sync.order_state import OrderState
from console.sync.placement.state import Placement, PlacementStage
from console.sync.placement.state_codec import placement_to_text
from console.sync.problems import Problem, ProblemCode

NOON = 1_700_000_000.0
ASHA = Customer("u-1", "asha", "Asha", "")
HEADER = DraftHeader("D1", "Shop", "op-1", "Ravi", 27299, ASHA, NOON, "")
DRAFT = Draft().apply(AddLine(DraftLine("L1", OrderItem(7, 0, "Cola", "", Decimal("0.500")), 1)))
SYNC = SyncState(CartLedger(owned={Configuration(7): 1}))
PLACEMENT = Placement(PlacementStage.SENT, "D1", Decimal("0.500"))
REQUEST = PlacementRequest(Decimal("0.500"), NOON, edit_count=1)
STORED = StoredDraft(
    HEADER,
    DRAFT,
    state_to_text(SYNC),
    NOON,
    placement_request=REQUEST,
    placement_text=placement_to_text(PLACEMENT),
)


def test_stored_draft_is_read_whole() -> None:
    assert OrderState.from_stored(STORED) == OrderState(HEADER, DRAFT, SYNC, PLACEMENT, REQUEST)
    assert OrderState.from_stored(STORED).draft_id == "D1"


def test_reloading_takes_everything_but_the_draft() -> None:
    newer = DRAFT.apply(NameOrder("blue coat"))
    before = OrderState(replace(HEADER, operator_id="op-9"), newer, corruption=Problem(ProblemCode.OFFLINE))
    assert before.reloaded(STORED) == OrderState(HEADER, newer, SYNC, PLACEMENT, REQUEST)


def test_damaged_draft_may_not_be_sent() -> None:
    state = OrderState.from_stored(replace(STORED, corruption="It is damaged."))
    assert state.corruption == Problem(ProblemCode.LOCAL_ERROR, message="It is damaged.")
    assert (state.sync, state.placement) == (SYNC, PLACEMENT)


@pytest.mark.parametrize("damage", [{"sync_text": "{"}, {"placement_text": "{"}])
def test_damaged_record_of_the_engine_stops_the_order(damage: dict[str, str]) -> None:
    state = OrderState.from_stored(replace(STORED, **damage))  # type: ignore[arg-type]
    assert state.corruption == Problem(ProblemCode.STATE_CORRUPTED)
    assert (state.header, state.placement_request) == (HEADER, REQUEST)


def test_damage_of_the_draft_is_said_before_that_of_the_record() -> None:
    state = OrderState.from_stored(replace(STORED, corruption="It is damaged.", sync_text="{"))
    assert state.corruption == Problem(ProblemCode.LOCAL_ERROR, message="It is damaged.")


@pytest.mark.parametrize(
    ("stage", "is_final", "is_unresolved"),
    [
        (PlacementStage.READY, False, False),
        (PlacementStage.SENT, False, True),
        (PlacementStage.NEEDS_DECISION, False, True),
        (PlacementStage.ACKNOWLEDGED, False, True),
        (PlacementStage.PLACED, True, False),
        (PlacementStage.ABANDONED, True, False),
    ],
)
def test_stage_says_whether_anything_may_be_sent(
    stage: PlacementStage, *, is_final: bool, is_unresolved: bool
) -> None:
    state = replace(OrderState.from_stored(STORED), placement=replace(PLACEMENT, stage=stage))
    assert (state.stage, state.is_final) == (stage, is_final)
    assert state.unresolved_placement == (state.placement if is_unresolved else None)


def test_order_without_a_placement_is_ready() -> None:
    state = OrderState(HEADER, DRAFT)
    assert (state.stage, state.is_final, state.unresolved_placement) == (PlacementStage.READY, False, None)


@pytest.mark.parametrize(
    ("customer", "is_without"), [(ASHA, False), (replace(ASHA, user_id=""), True), (None, False)]
)
def test_customer_without_account_is_one_who_has_none(customer: Customer | None, *, is_without: bool) -> None:
    state = OrderState(replace(HEADER, customer=customer), DRAFT)
    assert state.customer_without_account == (customer if is_without else None)
