"""Vouchers' codes: sent and shown as they were typed, or as the cart spells them; compared in any case."""

import pytest

from console.ordering.checkout import Checkout
from console.sync.cart.checkout import (
    ApplyVoucher,
    CheckoutLedger,
    RemoveVoucher,
    checkout_rejections,
    fingerprint_of,
    next_checkout_change,
    record_rejection,
)
from console.sync.cart.observed_cart import ObservedCheckout
from console.sync.placement.purchase import purchase_from_cart
from console.sync.problems import Rejection, RejectionCode
from tests.sync.cart.test_checkout_rules import NO, cart, change_for, draft

CODES = ["SmokeAutomation", "smokeautomation", "TENOFF", "ŞUBAT10", "straße"]


@pytest.mark.parametrize("code", CODES)
def test_voucher_is_sent_as_typed(code: str) -> None:
    assert change_for(draft(Checkout(voucher=code))) == ApplyVoucher(code)


@pytest.mark.parametrize("code", CODES)
def test_voucher_in_another_case_is_applied_already(code: str) -> None:
    assert change_for(draft(Checkout(voucher=code)), ObservedCheckout(vouchers=(code.swapcase(),))) is None


@pytest.mark.parametrize("code", CODES)
def test_voucher_is_removed_as_the_cart_spells_it(code: str) -> None:
    order = draft(Checkout(voucher=code.swapcase()), Checkout())
    assert change_for(order, ObservedCheckout(vouchers=(code,))) == RemoveVoucher(code)


@pytest.mark.parametrize("code", CODES)
def test_unexpected_voucher_is_named_and_kept_as_the_cart_spells_it(code: str) -> None:
    (found,) = checkout_rejections(draft(), cart(ObservedCheckout(vouchers=(code,))), CheckoutLedger())
    assert found.rejection == Rejection(RejectionCode.UNEXPECTED_VOUCHER, subject=code)
    kept = found.accepted(Checkout())
    assert kept is not None
    assert kept.voucher == code


def test_refused_voucher_is_sent_again_in_another_case() -> None:
    """The platform may tell capitals from small letters."""
    refused, again = draft(Checkout(voucher="summer")), draft(Checkout(voucher="SUMMER"))
    change = ApplyVoucher("summer")
    ledger = record_rejection(CheckoutLedger(), change, fingerprint_of(change, refused, cart()), NO)
    assert next_checkout_change(refused, cart(), ledger) is None
    assert next_checkout_change(again, cart(), ledger) == ApplyVoucher("SUMMER")


def test_record_has_the_voucher_as_the_cart_spells_it() -> None:
    bought = purchase_from_cart(cart(ObservedCheckout(vouchers=("SmokeAutomation", "tenOff"))), draft())
    assert bought.voucher == "SmokeAutomation, tenOff"
