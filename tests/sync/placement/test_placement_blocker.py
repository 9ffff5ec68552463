"""The rule that stops an order: every part of the checkout that differs, unless exactly that was decided."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.checkout import Address, Checkout, DeliveryMode
from console.ordering.draft import DecideCheckout, Draft, SetCheckout
from console.storage.drafts.placement_request import PlacementRequest
from console.sync.cart.checkout import CheckoutLedger, RejectedChange, SetAddress, fingerprint_of
from console.sync.cart.differences import CartComparison, compare
from console.sync.cart.ledger import QuantityRejection
from console.sync.cart.observed_cart import Configuration, ObservedCart, ObservedCheckout
from console.sync.placement.preconditions import placement_blocker
from console.sync.platform_rules import PlatformRules
from console.sync.problems import Aspect, ProblemCode, Rejection, RejectionCode
from tests.sync.cart.single_lines import COLA, KWD, cart_line, ordered, seen
from tests.sync.counter import COD

PAID = Checkout(payment=COD)
REFUSED = Rejection(RejectionCode.REFUSED, message="No.")


def blocker(draft: Draft, comparison: CartComparison, quoted: str = "0") -> ProblemCode | None:
    request = PlacementRequest(Decimal(quoted), 0.0, len(draft.edits))
    problem = placement_blocker(draft, comparison, request, PlatformRules(KWD))
    return problem.code if problem else None


def with_voucher_that_stays(code: str) -> tuple[Draft, ObservedCart, CheckoutLedger]:
    """The operator removed a voucher, and the platform keeps it in the cart."""
    draft = ordered(COLA).apply(SetCheckout(replace(PAID, voucher=code.upper()))).apply(SetCheckout(PAID))
    _, cart = seen(ordered(COLA), cart_line(COLA))
    cart = replace(cart, checkout=ObservedCheckout(vouchers=(code,)))
    ledger = CheckoutLedger(
        vouchers=(code,), rejected={Aspect.VOUCHER_REMOVAL: RejectedChange(code, REFUSED)}
    )
    return draft, cart, ledger


def test_voucher_that_is_not_removed_stops_the_order_until_exactly_that_is_accepted() -> None:
    draft, cart, ledger = with_voucher_that_stays("old")
    memory, _ = seen(ordered(COLA), cart_line(COLA))
    before = compare(draft, cart, memory, KWD, ledger)
    assert blocker(draft, before) is ProblemCode.CHECKOUT_REJECTED
    (rejected,) = before.rejected
    accepted = draft.apply(DecideCheckout(draft.checkout, rejected.identity))
    assert blocker(accepted, compare(accepted, cart, memory, KWD, ledger)) is None
    _, other_cart, other_ledger = with_voucher_that_stays("other")
    other = replace(other_ledger, vouchers=("old", "other"))
    after = compare(accepted, other_cart, memory, KWD, other)
    assert blocker(accepted, after) is ProblemCode.CHECKOUT_REJECTED


def test_rejected_address_is_never_accepted() -> None:
    delivery = replace(PAID, mode=DeliveryMode.DELIVERY, address=Address("Coastal Road 4", pin="54501"))
    draft = ordered(COLA).apply(SetCheckout(delivery))
    memory, cart = seen(ordered(COLA), cart_line(COLA))
    memory = memory.with_delivery_mode(DeliveryMode.DELIVERY)
    assert delivery.address is not None
    fingerprint = fingerprint_of(SetAddress(delivery.address), draft, cart)
    ledger = CheckoutLedger(rejected={Aspect.ADDRESS: RejectedChange(fingerprint, REFUSED)})
    (rejected,) = compare(draft, cart, memory, KWD, ledger).rejected
    accepted = draft.apply(DecideCheckout(delivery, rejected.identity))
    comparison = compare(accepted, cart, memory, KWD, ledger)
    assert blocker(accepted, comparison) is ProblemCode.ADDRESS_REJECTED


@pytest.mark.parametrize(
    ("modes", "subject"),
    [
        ({DeliveryMode.DELIVERY}, "H"),
        ({DeliveryMode.DELIVERY, DeliveryMode.PICKUP}, ""),
    ],
    ids=["one other", "both"],
)
def test_mode_that_the_cart_does_not_change_stops_the_order(modes: set[DeliveryMode], subject: str) -> None:
    """With a single mode in the cart, going back to it is the way out, and the rejection says which."""
    draft = ordered(COLA).apply(SetCheckout(PAID))
    memory, cart = seen(ordered(COLA), cart_line(COLA))
    stuck = replace(memory, delivery_modes=frozenset(modes)).with_unremovable(
        Configuration.of(COLA), QuantityRejection(0, 1, REFUSED)
    )
    comparison = compare(draft, cart, stuck, KWD)
    assert [one.subject for one in comparison.rejected] == [subject]
    assert comparison.unexpected == ()
    assert blocker(draft, comparison) is ProblemCode.NOT_IN_SYNC
