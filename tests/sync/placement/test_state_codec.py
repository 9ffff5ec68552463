"""A stored placement comes back as it was, or is refused; never in part."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.checkout import DeliveryMode
from console.ordering.draft import Portion
from console.ordering.money import ZERO
from console.ordering.placed.past_orders import PastLine
from console.ordering.placed.purchased_order import PurchasedOrder
from console.sync.placement.state import Candidate, FulfilmentTerms, Placement, PlacementStage, PurchasedLine
from console.sync.placement.state_codec import (
    UnreadablePlacementError,
    placement_from_text,
    placement_to_text,
)
from console.sync.problems import Aspect, CheckoutRejection, Problem, ProblemCode, Rejection, RejectionCode

REJECTED = CheckoutRejection(Aspect.VOUCHER, Rejection(RejectionCode.REFUSED, message="It has expired."))
BOUGHT = PurchasedOrder(
    (
        PastLine(
            1, 600, 0, "Infinity & NaN", 2, Decimal("0.3335"),
            options="Large Pan", is_free=True, cancelled_quantity=1,
            parts=(PastLine(0, 7, 71, "Olives", 1, ZERO, strength="Extra", portion=Portion.LEFT),),
        ),
    ),
    Decimal("0.667"),
    delivery=None,
    mode=DeliveryMode.DELIVERY,
    address="Block 4",
    tendered=Decimal("5.000"),
    draft_digest="d",
)  # fmt: skip
PLACEMENT = Placement(
    stage=PlacementStage.NEEDS_DECISION,
    reference="D1",
    quoted_total=Decimal("1.500"),
    total=Decimal("1.500"),
    lines=(PurchasedLine(1, 2, 3, parts=(PurchasedLine(4, 0, 1),)),),
    candidates=(Candidate(7400001, Decimal("1.500"), matches=True, purchased=BOUGHT),),
    problem=Problem(ProblemCode.NO_MATCH, counts=(30,), checkout=REJECTED, reply="Code 7777."),
    terms=FulfilmentTerms(slot_id=7, cash_on_delivery=True),
    purchased=BOUGHT,
)


@pytest.mark.parametrize("placement", [PLACEMENT, replace(PLACEMENT, problem=None)])
def test_placement_written_and_read_is_equal(placement: Placement) -> None:
    assert placement_from_text(placement_to_text(placement)) == placement


def test_empty_text_is_no_placement() -> None:
    assert placement_from_text("") is None


def test_placement_with_an_amount_as_a_number_is_refused() -> None:
    """A number would have come by way of a float, and lost digits."""
    text = placement_to_text(PLACEMENT).replace('"0.3335"', "0.3335")
    with pytest.raises(UnreadablePlacementError):
        placement_from_text(text)


def test_placement_of_an_older_version_is_refused() -> None:
    record = json.loads(placement_to_text(PLACEMENT))
    with pytest.raises(UnreadablePlacementError):
        placement_from_text(json.dumps({**record, "version": record["version"] - 1}))
