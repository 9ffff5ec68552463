"""The checkout's changes and rejections, one rule a test."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.checkout import Address, Checkout, DeliveryMode, DeliverySlot
from console.ordering.draft import Draft, SetCheckout
from console.sync.cart.checkout import (
    ApplyVoucher,
    CheckoutChange,
    CheckoutLedger,
    RejectedChange,
    RemoveVoucher,
    SetAddress,
    SetDeliverySlot,
    aspect_of,
    checkout_rejections,
    fingerprint_of,
    next_checkout_change,
    pending_change_conflicts,
    record_pending,
    record_rejection,
    record_response,
)
from console.sync.cart.observed_cart import CartLine, Configuration, ObservedCart, ObservedCheckout
from console.sync.problems import Aspect, CheckoutRejection, Rejection, RejectionCode
from tests.sync.cart.reconciling import draft_of
from tests.sync.fake_cart import NO_TOTALS

PICKUP, DELIVERY = DeliveryMode.PICKUP, DeliveryMode.DELIVERY
HOME = Address("Salem Street 5", area="Salmiya", city="Hawalli", pin="22001", city_code="846")
SLOT, LATER = DeliverySlot(7, "10:00", 1.7e9), DeliverySlot(8, "13:00", 1.7e9)
AT_HOME = ObservedCheckout(street="Salem Street 5", area="Salmiya", city="846", pin="22001")
NO = Rejection(RejectionCode.REFUSED, "No.")
SAID = CheckoutLedger(address=HOME)


def cart(checkout: ObservedCheckout | None = None, *, products: int = 0) -> ObservedCart:
    line = CartLine("k", Configuration(1), 1, "", "", Decimal(1))
    totals = replace(NO_TOTALS, products=Decimal(products))
    return ObservedCart((line,), totals, checkout=checkout or ObservedCheckout())


def draft(*checkouts: Checkout) -> Draft:
    result = draft_of((1, 1))
    for checkout in checkouts:
        result = result.apply(SetCheckout(checkout))
    return result


DELIVERED = draft(Checkout(DELIVERY, HOME))


def change_for(
    order: Draft, observed: ObservedCheckout | None = None, ledger: CheckoutLedger | None = None
) -> CheckoutChange | None:
    return next_checkout_change(order, cart(observed), ledger or CheckoutLedger())


# What to send


def test_nothing_is_sent_for_an_empty_draft_or_cart() -> None:
    voucher = SetCheckout(Checkout(voucher="SUMMER"))
    assert next_checkout_change(Draft().apply(voucher), cart(), CheckoutLedger()) is None
    assert (
        next_checkout_change(draft_of((1, 1)).apply(voucher), ObservedCart((), NO_TOTALS), CheckoutLedger())
        is None
    )


def test_address_is_sent_once_and_the_cart_is_believed() -> None:
    assert change_for(DELIVERED) == SetAddress(HOME)
    assert change_for(DELIVERED, AT_HOME, SAID) is None


def test_address_that_this_order_never_sent_is_sent() -> None:
    """The cart may have the same street from an earlier order, with another name and number."""
    assert change_for(DELIVERED, AT_HOME) == SetAddress(HOME)
    renamed = replace(SAID, address=replace(HOME, first_name="Asha"))
    assert change_for(DELIVERED, AT_HOME, renamed) == SetAddress(HOME)


@pytest.mark.parametrize(
    "observed",
    [
        replace(AT_HOME, street="Gulf Road 17"),
        replace(AT_HOME, area="Hawalli"),
        replace(AT_HOME, city="851"),
        replace(AT_HOME, pin="22002"),
        replace(AT_HOME, pin=""),
    ],
    ids=["street", "area", "city", "pin", "no pin"],
)
def test_each_part_of_the_address_counts(observed: ObservedCheckout) -> None:
    assert change_for(DELIVERED, observed, SAID) == SetAddress(HOME)


def test_spelling_and_an_area_that_is_not_echoed_are_no_difference() -> None:
    observed = replace(AT_HOME, street="SALEM  street 5", area="", pin=" 22001 ")
    assert change_for(DELIVERED, observed, SAID) is None


def test_city_counts_only_where_it_is_known() -> None:
    unknown = replace(HOME, city_code="")
    order = draft(Checkout(DELIVERY, unknown))
    assert change_for(order, replace(AT_HOME, city="851"), CheckoutLedger(address=unknown)) is None


def test_address_is_sent_for_a_delivery_only() -> None:
    assert change_for(draft(Checkout(PICKUP, HOME))) is None
    assert change_for(draft(Checkout(DELIVERY))) is None


def test_slot_is_sent_where_the_cart_has_another_or_none() -> None:
    order = draft(Checkout(delivery_slot=SLOT))
    assert change_for(order) == SetDeliverySlot(SLOT)
    assert change_for(order, ObservedCheckout(slot_id=8)) == SetDeliverySlot(SLOT)
    assert change_for(draft(Checkout()), ObservedCheckout(slot_id=8)) == SetDeliverySlot(None)


def test_slot_that_this_order_never_sent_is_sent() -> None:
    order = draft(Checkout(delivery_slot=SLOT))
    seven = ObservedCheckout(slot_id=7)
    assert change_for(order, seven) == SetDeliverySlot(SLOT)
    assert change_for(order, seven, CheckoutLedger(delivery_slot=LATER)) == SetDeliverySlot(SLOT)
    assert change_for(order, seven, CheckoutLedger(delivery_slot=SLOT)) is None


def test_as_soon_as_possible_needs_no_sending() -> None:
    assert change_for(draft(Checkout()), None, CheckoutLedger(delivery_slot=SLOT)) is None


def test_voucher_is_applied_once_without_its_spaces() -> None:
    order = draft(Checkout(voucher=" Summer "))
    assert change_for(order) == ApplyVoucher("Summer")
    assert change_for(order, ObservedCheckout(vouchers=("summer",))) is None


def test_own_voucher_is_removed_once_another_is_asked_for() -> None:
    order = draft(Checkout(voucher="WINTER"))
    ledger = CheckoutLedger(vouchers=("summer",))
    both = ObservedCheckout(vouchers=("summer", "winter"))
    assert change_for(order, both, ledger) == RemoveVoucher("summer")
    assert change_for(order, both) is None


def test_voucher_that_the_draft_ever_had_is_ours_to_remove() -> None:
    order = draft(Checkout(voucher=" SUMMER"), Checkout())
    assert change_for(order, ObservedCheckout(vouchers=("others", "summer"))) == RemoveVoucher("summer")


def test_changes_go_in_their_order() -> None:
    order = draft(Checkout(DELIVERY, HOME, SLOT, "WINTER"))
    ledger = CheckoutLedger(vouchers=("summer",))
    observed = ObservedCheckout(vouchers=("summer",))
    sent: list[CheckoutChange] = []
    while (change := change_for(order, observed, ledger)) is not None:
        sent.append(change)
        ledger = record_rejection(ledger, change, fingerprint_of(change, order, cart(observed)), NO)
    assert sent == [RemoveVoucher("summer"), SetAddress(HOME), SetDeliverySlot(SLOT), ApplyVoucher("WINTER")]


# A rejection holds for exactly what was requested


def rejecting(change: CheckoutChange, order: Draft, observed: ObservedCart) -> CheckoutLedger:
    return record_rejection(CheckoutLedger(), change, fingerprint_of(change, order, observed), NO)


def test_rejected_address_is_sent_again_once_it_differs() -> None:
    ledger = rejecting(SetAddress(HOME), DELIVERED, cart())
    assert change_for(DELIVERED, None, ledger) is None
    other = replace(HOME, street="Gulf Road 17")
    assert change_for(draft(Checkout(DELIVERY, other)), None, ledger) == SetAddress(other)


def test_rejected_slot_is_sent_again_once_it_differs() -> None:
    ledger = rejecting(SetDeliverySlot(SLOT), draft(), cart())
    assert change_for(draft(Checkout(delivery_slot=SLOT)), None, ledger) is None
    assert change_for(draft(Checkout(delivery_slot=LATER)), None, ledger) == SetDeliverySlot(LATER)


def test_rejected_voucher_is_sent_again_for_another_mode_or_a_larger_order() -> None:
    order = draft(Checkout(voucher="SUMMER"))
    ledger = rejecting(ApplyVoucher("SUMMER"), order, cart(products=1))
    assert next_checkout_change(order, cart(products=1), ledger) is None
    assert next_checkout_change(order, cart(products=2), ledger) == ApplyVoucher("SUMMER")
    delivered = draft(Checkout(DELIVERY, voucher="SUMMER"))
    assert next_checkout_change(delivered, cart(products=1), ledger) == ApplyVoucher("SUMMER")
    other = draft(Checkout(voucher="WINTER"))
    assert next_checkout_change(other, cart(products=1), ledger) == ApplyVoucher("WINTER")


def test_spaces_around_a_rejected_voucher_are_no_difference() -> None:
    ledger = rejecting(ApplyVoucher("SUMMER"), draft(), cart())
    assert change_for(draft(Checkout(voucher=" SUMMER ")), None, ledger) is None


def test_rejected_removal_holds_for_its_code() -> None:
    ledger = replace(rejecting(RemoveVoucher("a"), draft(), cart()), vouchers=("a", "b"))
    assert change_for(draft(), ObservedCheckout(vouchers=("a",)), ledger) is None
    assert change_for(draft(), ObservedCheckout(vouchers=("a", "b")), ledger) == RemoveVoucher("b")


# Before and after a change


CHANGES: list[tuple[CheckoutChange, Aspect]] = [
    (SetAddress(HOME), Aspect.ADDRESS),
    (SetDeliverySlot(SLOT), Aspect.DELIVERY_SLOT),
    (ApplyVoucher("SUMMER"), Aspect.VOUCHER),
    (RemoveVoucher("summer"), Aspect.VOUCHER_REMOVAL),
]


@pytest.mark.parametrize(("change", "aspect"), CHANGES)
def test_change_is_pending_once_by_its_aspect(change: CheckoutChange, aspect: Aspect) -> None:
    before = CheckoutLedger(pending=((Aspect.ADDRESS, "earlier"),))
    once = record_pending(before, change, "now")
    assert aspect_of(change) is aspect
    assert once.pending == ((Aspect.ADDRESS, "earlier"), (aspect, "now"))
    assert record_pending(once, change, "now") == once


def test_sent_voucher_is_ours_by_its_plain_code_once() -> None:
    ledger = record_pending(CheckoutLedger(vouchers=("winter",)), ApplyVoucher(" SUMMER"), "now")
    assert ledger.vouchers == ("winter", "summer")
    assert record_pending(ledger, ApplyVoucher("Summer"), "again").vouchers == ("winter", "summer")
    assert record_pending(ledger, RemoveVoucher("others"), "now").vouchers == ("winter", "summer")


def answered(
    change: CheckoutChange, observed: ObservedCheckout, previous: CheckoutLedger | None = None
) -> CheckoutLedger:
    before = previous or CheckoutLedger()
    return record_response(before, record_pending(before, change, "now"), change, "now", cart(observed))


def test_change_that_the_cart_shows_is_recorded() -> None:
    assert answered(SetAddress(HOME), AT_HOME) == CheckoutLedger(address=HOME)
    assert answered(SetDeliverySlot(SLOT), ObservedCheckout(slot_id=7)) == CheckoutLedger(delivery_slot=SLOT)
    assert (
        answered(SetDeliverySlot(None), ObservedCheckout(), CheckoutLedger(delivery_slot=SLOT))
        == CheckoutLedger()
    )
    applied = answered(ApplyVoucher("SUMMER"), ObservedCheckout(vouchers=("summer",)))
    assert applied == CheckoutLedger(vouchers=("summer",))
    assert answered(RemoveVoucher("SUMMER"), ObservedCheckout(vouchers=("winter",))) == CheckoutLedger()


@pytest.mark.parametrize(
    ("change", "observed"),
    [
        (SetDeliverySlot(SLOT), ObservedCheckout()),
        (SetAddress(HOME), ObservedCheckout()),
        (ApplyVoucher("SUMMER"), ObservedCheckout(vouchers=("winter",))),
        (RemoveVoucher("Summer"), ObservedCheckout(vouchers=("winter", "summer"))),
    ],
)
def test_change_that_the_cart_does_not_show_is_rejected(
    change: CheckoutChange, observed: ObservedCheckout
) -> None:
    ledger = answered(change, observed)
    reason = Rejection(RejectionCode.NOT_SHOWN)
    assert ledger.rejected == {aspect_of(change): RejectedChange("now", reason)}
    assert (ledger.pending, ledger.address, ledger.delivery_slot) == ((), None, None)


def test_address_stored_differently_is_said_as_it_is_stored() -> None:
    ledger = answered(SetAddress(HOME), replace(AT_HOME, street="Gulf Road 17", area=""))
    reason = Rejection(RejectionCode.STORED_DIFFERENTLY, subject="Gulf Road 17, 846, 22001")
    assert ledger.rejected == {Aspect.ADDRESS: RejectedChange("now", reason)}


def test_earlier_change_without_a_response_stays_pending() -> None:
    before = CheckoutLedger(pending=((Aspect.VOUCHER, "earlier"),))
    assert answered(SetAddress(HOME), AT_HOME, before).pending == before.pending
    assert answered(SetAddress(HOME), ObservedCheckout(), before).pending == before.pending


def test_applied_change_ends_the_rejection_of_its_aspect_only() -> None:
    rejected = {Aspect.ADDRESS: RejectedChange("was", NO), Aspect.VOUCHER: RejectedChange("was", NO)}
    ledger = answered(SetAddress(HOME), AT_HOME, CheckoutLedger(rejected=rejected))
    assert ledger.rejected == {Aspect.VOUCHER: RejectedChange("was", NO)}


def test_rejections_of_two_aspects_stay() -> None:
    ledger = record_rejection(CheckoutLedger(), SetAddress(HOME), "one", NO)
    ledger = record_rejection(ledger, ApplyVoucher("X"), "two", NO)
    assert ledger.rejected == {
        Aspect.ADDRESS: RejectedChange("one", NO),
        Aspect.VOUCHER: RejectedChange("two", NO),
    }


# What a pending change would do


def pending(*changes: CheckoutChange, order: Draft) -> CheckoutLedger:
    ledger = CheckoutLedger()
    for change in changes:
        ledger = record_pending(ledger, change, fingerprint_of(change, order, cart()))
    return ledger


def test_pending_change_that_the_draft_asks_for_is_harmless() -> None:
    order = draft(Checkout(DELIVERY, HOME, SLOT, "SUMMER"))
    changes = SetAddress(HOME), SetDeliverySlot(SLOT), ApplyVoucher("SUMMER")
    assert not pending_change_conflicts(order, cart(), pending(*changes, order=order))


@pytest.mark.parametrize(
    "change",
    [
        SetAddress(replace(HOME, street="Gulf Road 17")),
        SetDeliverySlot(LATER),
        ApplyVoucher("WINTER"),
        RemoveVoucher("summer"),
        RemoveVoucher("others"),
    ],
)
def test_pending_change_that_the_draft_does_not_ask_for_conflicts(change: CheckoutChange) -> None:
    order = draft(Checkout(DELIVERY, HOME, SLOT, "SUMMER"))
    assert pending_change_conflicts(order, cart(), pending(change, order=order))
    assert pending_change_conflicts(order, cart(), pending(SetAddress(HOME), change, order=order))


def test_pending_address_conflicts_with_a_draft_without_one() -> None:
    assert pending_change_conflicts(draft(), cart(), pending(SetAddress(HOME), order=draft()))


def test_pending_removal_of_an_own_earlier_voucher_is_harmless() -> None:
    order = draft(Checkout(voucher="WINTER"), Checkout(voucher="SUMMER"))
    assert not pending_change_conflicts(order, cart(), pending(RemoveVoucher("winter"), order=order))


# What is reported


def test_nothing_is_rejected_for_an_empty_draft_or_cart() -> None:
    others = ObservedCheckout(vouchers=("others",))
    assert checkout_rejections(Draft(), cart(others), CheckoutLedger()) == ()
    empty = ObservedCart((), NO_TOTALS, checkout=others)
    assert checkout_rejections(draft(), empty, CheckoutLedger()) == ()


def test_rejected_changes_are_reported_with_their_reasons() -> None:
    order = draft(Checkout(DELIVERY, HOME, SLOT))
    ledger = rejecting(SetAddress(HOME), order, cart())
    later = Rejection(RejectionCode.REFUSED, "Later.")
    both = record_rejection(
        ledger, SetDeliverySlot(SLOT), fingerprint_of(SetDeliverySlot(SLOT), order, cart()), later
    )
    assert checkout_rejections(order, cart(), ledger) == (CheckoutRejection(Aspect.ADDRESS, NO),)
    assert checkout_rejections(order, cart(), both) == (
        CheckoutRejection(Aspect.ADDRESS, NO),
        CheckoutRejection(Aspect.DELIVERY_SLOT, later),
    )


def test_change_still_to_send_is_not_reported() -> None:
    assert checkout_rejections(DELIVERED, cart(), CheckoutLedger()) == ()


@pytest.mark.parametrize(("discount", "is_reported"), [("0", True), ("0.5", False)])
def test_voucher_without_a_discount_is_reported(discount: str, *, is_reported: bool) -> None:
    observed = ObservedCheckout(vouchers=("summer",), voucher_discount=Decimal(discount))
    order = draft(Checkout(voucher=" SUMMER"))
    expected = CheckoutRejection(Aspect.VOUCHER, Rejection(RejectionCode.NO_DISCOUNT))
    assert checkout_rejections(order, cart(observed), CheckoutLedger()) == (
        (expected,) if is_reported else ()
    )


def test_voucher_that_is_not_there_has_no_missing_discount() -> None:
    order = draft(Checkout(voucher="SUMMER"))
    assert checkout_rejections(order, cart(), CheckoutLedger()) == ()


def test_only_vouchers_of_others_are_unexpected() -> None:
    observed = ObservedCheckout(vouchers=("summer", "mine", "one", "two"), voucher_discount=Decimal(1))
    order, ledger = draft(Checkout(voucher="SUMMER")), CheckoutLedger(vouchers=("mine",))
    assert checkout_rejections(order, cart(observed), ledger) == tuple(
        CheckoutRejection(None, Rejection(RejectionCode.UNEXPECTED_VOUCHER, subject=code))
        for code in ("one", "two")
    )
