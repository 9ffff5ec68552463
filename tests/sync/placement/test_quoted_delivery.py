"""The delivery fee as a precondition for placing: told and equal, told and changed, or not told."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.checkout import Checkout, PaymentMethod
from console.ordering.draft import SetCheckout
from console.storage.drafts.placement_request import PlacementRequest
from console.sync.cart.differences import compare
from console.sync.cart.observed_cart import CartTotals
from console.sync.placement.preconditions import placement_blocker
from console.sync.platform_rules import PlatformRules
from console.sync.problems import Problem, ProblemCode
from tests.sync.cart.single_lines import COLA, KWD, cart_line, ordered, seen

PAID = SetCheckout(Checkout(payment=PaymentMethod("COD", "COD", "0")))


def blocker(quoted: str, fee_told: str | None, fee: str, tolerance: str = "0") -> Problem | None:
    """What stops two colas at 1.000 with this fee, of which the customer was told so much."""
    draft = ordered(COLA, 2).apply(PAID)
    ledger, cart = seen(draft, cart_line(COLA, 2))
    goods, zero = Decimal("2.000"), Decimal(0)
    totals = CartTotals("KWD", goods, Decimal(fee), zero, zero, goods + Decimal(fee))
    told = None if fee_told is None else Decimal(fee_told)
    request = PlacementRequest(Decimal(quoted), 0.0, len(draft.edits), quoted_delivery=told)
    comparison = compare(draft, replace(cart, totals=totals), ledger, KWD)
    rules = PlatformRules(KWD, price_tolerance=Decimal(tolerance))
    return placement_blocker(draft, comparison, request, rules)


@pytest.mark.parametrize(("quoted", "told", "fee"), [("2.500", "0.5", "0.5"), ("2.000", None, "0")])
def test_order_whose_fee_is_as_told_is_not_stopped(quoted: str, told: str | None, fee: str) -> None:
    assert blocker(quoted, told, fee) is None


def test_order_whose_fee_was_not_told_is_stopped_within_any_tolerance() -> None:
    problem = blocker("2.000", None, "0.5", tolerance="1")
    assert problem is not None
    assert problem.code is ProblemCode.TOTAL_CHANGED
    assert (problem.delivery_was, problem.delivery_now) == (None, Decimal("0.5"))


def test_order_whose_fee_changed_is_stopped_with_both_fees() -> None:
    problem = blocker("2.500", "0.5", "0.9")
    assert problem is not None
    assert (problem.was, problem.now) == (Decimal("2.500"), Decimal("2.900"))
    assert (problem.delivery_was, problem.delivery_now) == (Decimal("0.5"), Decimal("0.9"))


def test_fee_that_changed_within_the_tolerance_does_not_stop() -> None:
    assert blocker("2.500", "0.5", "0.6", tolerance="0.1") is None
