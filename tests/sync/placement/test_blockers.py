"""What keeps an order from being placed, one blocker a test, and the bounds at which there is none."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.checkout import Address, Checkout, DeliveryMode, DeliverySlot
from console.ordering.draft import AddLine, Draft, DraftLine, NameOrder, OrderItem, SetCheckout
from console.ordering.money import Currency
from console.storage.drafts.placement_request import PlacementRequest
from console.sync.cart.checkout import CheckoutLedger
from console.sync.cart.differences import CartComparison, LineComparison, LineStatus
from console.sync.cart.ledger import CartLedger
from console.sync.cart.observed_cart import CartTotals, Configuration, ObservedCart
from console.sync.cart.sync_state import SyncState
from console.sync.placement.preconditions import may_still_change, missing_for_placement, placement_blocker
from console.sync.platform_rules import PlatformRules
from console.sync.problems import Aspect, CheckoutRejection, Problem, ProblemCode, Rejection, RejectionCode
from tests.sync.counter import COD
from tests.sync.fake_cart import NO_TOTALS
from tests.sync.virtual_time import NOON

TOTAL = Decimal("1.500")
HOME = Address("Salem Street 5", area="Salmiya", city_code="846")
STREET_ONLY = Address("Salem Street 5", city="Hawalli", city_code="846")
LINE = AddLine(DraftLine("L1", OrderItem(7, 0, "Bread", "", Decimal("0.750")), 2))
DRAFT = Draft.replay([LINE, SetCheckout(Checkout(payment=COD))])
REQUEST = PlacementRequest(TOTAL, NOON, edit_count=2)
TOTALS = CartTotals("KWD", TOTAL, Decimal(0), Decimal(0), Decimal(0), TOTAL)
CONFIRMED = LineComparison("L1", LineStatus.CONFIRMED, 2, Decimal("0.750"), requested=2)
SYNCED = CartComparison((CONFIRMED,), totals=TOTALS, in_sync=True)
EXACT = PlatformRules(Currency("KWD"))
TOLERANT = replace(EXACT, price_tolerance=Decimal("0.010"))
NO = Rejection(RejectionCode.REFUSED, "No.")


def blocker(
    *,
    draft: Draft = DRAFT,
    comparison: CartComparison = SYNCED,
    request: PlacementRequest = REQUEST,
    rules: PlatformRules = EXACT,
) -> ProblemCode | None:
    problem = placement_blocker(draft, comparison, request, rules)
    return problem.code if problem else None


def totalling(total: str) -> CartComparison:
    return replace(SYNCED, totals=replace(TOTALS, total=Decimal(total)))


def test_order_that_matches_its_request_may_be_placed() -> None:
    assert blocker() is None


@pytest.mark.parametrize("edit_count", [1, 3])
def test_request_for_other_edits_is_refused(edit_count: int) -> None:
    assert blocker(request=replace(REQUEST, edit_count=edit_count)) is ProblemCode.DRAFT_CHANGED
    assert blocker(draft=DRAFT.apply(NameOrder("blue coat"))) is ProblemCode.DRAFT_CHANGED


def test_cart_that_is_not_in_sync_or_unknown_is_refused() -> None:
    assert blocker(comparison=replace(SYNCED, in_sync=False)) is ProblemCode.NOT_IN_SYNC
    assert blocker(comparison=replace(SYNCED, totals=None)) is ProblemCode.NOT_IN_SYNC


def test_rejected_address_is_refused_first() -> None:
    slot, address = (CheckoutRejection(aspect, NO) for aspect in (Aspect.DELIVERY_SLOT, Aspect.ADDRESS))
    rejected = replace(SYNCED, rejected=(slot, address))
    assert placement_blocker(DRAFT, rejected, REQUEST, EXACT) == Problem(
        ProblemCode.ADDRESS_REJECTED, checkout=address
    )
    assert blocker(comparison=replace(SYNCED, rejected=(slot,))) is ProblemCode.CHECKOUT_REJECTED


@pytest.mark.parametrize("total", ["1.490", "1.500", "1.510"])
def test_total_within_the_tolerance_is_accepted(total: str) -> None:
    assert blocker(comparison=totalling(total), rules=TOLERANT) is None


@pytest.mark.parametrize("total", ["1.489", "1.511"])
def test_total_beyond_the_tolerance_is_refused_with_both(total: str) -> None:
    assert placement_blocker(DRAFT, totalling(total), REQUEST, TOLERANT) == Problem(
        ProblemCode.TOTAL_CHANGED, was=TOTAL, now=Decimal(total)
    )


def test_quoted_total_is_compared_in_whole_coins() -> None:
    assert blocker(request=replace(REQUEST, quoted_total=Decimal("1.5004"))) is None
    assert blocker(request=replace(REQUEST, quoted_total=Decimal("1.5006"))) is ProblemCode.TOTAL_CHANGED


# What is missing


@pytest.mark.parametrize(
    ("draft", "missing"),
    [
        (Draft(), ProblemCode.EMPTY_ORDER),
        (Draft().apply(SetCheckout(Checkout(payment=COD))), ProblemCode.EMPTY_ORDER),
        (Draft().apply(LINE), ProblemCode.NO_PAYMENT),
        (
            Draft.replay([LINE, SetCheckout(Checkout(DeliveryMode.DELIVERY, payment=COD))]),
            ProblemCode.NO_ADDRESS,
        ),
        (
            Draft.replay([LINE, SetCheckout(Checkout(DeliveryMode.DELIVERY, STREET_ONLY, payment=COD))]),
            ProblemCode.NO_AREA,
        ),
        (Draft.replay([LINE, SetCheckout(Checkout(DeliveryMode.DELIVERY, HOME, payment=COD))]), None),
        (DRAFT, None),
    ],
)
def test_what_an_order_lacks_is_said(draft: Draft, missing: ProblemCode | None) -> None:
    problem = missing_for_placement(draft)
    assert (problem.code if problem else None) is missing


# What may still land


PENDING = SyncState(
    ledger=CartLedger(pending_adds={Configuration(7): 1}),
    cart=ObservedCart((), NO_TOTALS),
    uncertain_write_at=NOON,
)


def test_pending_add_or_removal_may_still_change_the_cart() -> None:
    assert may_still_change(DRAFT, PENDING)
    assert may_still_change(
        DRAFT, replace(PENDING, ledger=CartLedger(pending_removals={Configuration(7): 1}))
    )


def test_nothing_pending_changes_nothing() -> None:
    assert not may_still_change(DRAFT, replace(PENDING, ledger=CartLedger()))


def test_answered_writes_and_an_unread_cart_change_nothing_that_is_known() -> None:
    assert not may_still_change(DRAFT, replace(PENDING, uncertain_write_at=None))
    assert not may_still_change(DRAFT, replace(PENDING, cart=None))


def test_pending_change_of_the_checkout_counts_if_it_is_not_ours() -> None:
    slot = DeliverySlot(7, "10:00", 1.7e9)
    ledger = CheckoutLedger(pending=((Aspect.DELIVERY_SLOT, str(slot)),))
    state = replace(PENDING, ledger=CartLedger(), checkout_ledger=ledger)
    wanted = DRAFT.apply(SetCheckout(Checkout(payment=COD, delivery_slot=slot)))
    assert may_still_change(DRAFT, state)
    assert not may_still_change(wanted, state)
