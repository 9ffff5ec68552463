"""The comparison of a draft with its cart, one rule a test, with two lines where only one is meant."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.checkout import Address, Checkout, DeliveryMode
from console.ordering.draft import Draft, Resolution, ResolveUnexpected, SetCheckout
from console.sync.cart.acceptance import acceptance_edits
from console.sync.cart.checkout import CheckoutLedger
from console.sync.cart.differences import (
    CartComparison,
    LineStatus,
    MadeIntoDeal,
    PriceChanged,
    Substituted,
    SuggestedDeal,
    compare,
)
from console.sync.cart.ledger import CartLedger, QuantityRejection
from console.sync.cart.observed_cart import CartLine, Configuration, ObservedCart, ObservedCheckout
from console.sync.problems import Aspect, Rejection, RejectionCode
from tests.sync.cart.reconciling import KWD, draft_of, item
from tests.sync.fake_cart import NO_TOTALS

A, B, D = Configuration(1), Configuration(2), Configuration(4)
NO = Rejection(RejectionCode.REFUSED, "No.")
LATER = Rejection(RejectionCode.REFUSED, "Later.")


def line(configuration: Configuration, quantity: int, *, price: str = "1", free: bool = False) -> CartLine:
    title, key = f"Product {configuration.product_id}", f"k{configuration.product_id}"
    return CartLine(key, configuration, quantity, title, "500 ml", Decimal(price), free, promotion="Summer")


def cart(*lines: CartLine, **more: object) -> ObservedCart:
    return ObservedCart(lines, NO_TOTALS, observed_at=7.0, **more)  # type: ignore[arg-type]


def owning(**owned: int) -> CartLedger:
    """A ledger that owns these quantities: ``a=2, b=1``."""
    names = {"a": A, "b": B, "d": D}
    return CartLedger(owned={names[name]: quantity for name, quantity in owned.items()})


def states(comparison: CartComparison) -> list[tuple[str, LineStatus, int, int]]:
    return [(one.line_id, one.state, one.quantity, one.requested) for one in comparison.lines]


# Lines


def test_without_a_cart_every_line_is_pending() -> None:
    comparison = compare(draft_of((1, 2), (2, 1)), None, owning(a=2), KWD)
    assert states(comparison) == [("L0", LineStatus.PENDING, 0, 2), ("L1", LineStatus.PENDING, 0, 1)]
    assert (comparison.totals, comparison.in_sync, comparison.unexpected) == (None, False, ())
    assert comparison.pending_lines == 2


def test_confirmed_line_has_the_carts_price_and_item() -> None:
    comparison = compare(draft_of((1, 2), (2, 1)), cart(line(A, 2), line(B, 1)), owning(a=2, b=1), KWD)
    assert states(comparison) == [("L0", LineStatus.CONFIRMED, 2, 2), ("L1", LineStatus.CONFIRMED, 1, 1)]
    assert [one.unit_price for one in comparison.lines] == [1, 1]
    assert [one.item.product_id for one in comparison.lines if one.item] == [1, 2]
    assert (comparison.totals, comparison.in_sync, comparison.observed_at) == (NO_TOTALS, True, 7.0)
    assert (comparison.pending_lines, comparison.differences) == (0, 0)


def test_line_that_is_there_in_part_is_pending_without_a_price() -> None:
    comparison = compare(draft_of((1, 3)), cart(line(A, 2)), owning(a=2), KWD)
    (pending,) = comparison.lines
    assert states(comparison) == [("L0", LineStatus.PENDING, 2, 3)]
    assert (pending.unit_price, pending.item, comparison.in_sync) == (None, None, False)


def test_two_lines_of_one_configuration_share_what_is_there() -> None:
    comparison = compare(draft_of((1, 2), (1, 2)), cart(line(A, 3)), owning(a=3), KWD)
    assert states(comparison) == [("L0", LineStatus.CONFIRMED, 2, 2), ("L1", LineStatus.PENDING, 1, 2)]


def test_line_of_another_session_does_not_confirm_ours() -> None:
    comparison = compare(draft_of((1, 1)), cart(line(A, 1)), CartLedger(), KWD)
    assert states(comparison) == [("L0", LineStatus.PENDING, 0, 1)]


def test_rejection_is_of_its_own_line_and_quantity() -> None:
    ledger = replace(
        owning(a=1), rejected={A: QuantityRejection(3, 2, NO), B: QuantityRejection(9, 1, LATER)}
    )
    comparison = compare(draft_of((1, 3), (2, 1)), cart(line(A, 1)), ledger, KWD)
    assert states(comparison) == [("L0", LineStatus.REJECTED, 1, 3), ("L1", LineStatus.PENDING, 0, 1)]
    assert [one.rejection for one in comparison.lines] == [NO, None]
    assert comparison.differences == 1


def test_rejection_of_nothing_is_none() -> None:
    ledger = CartLedger(rejected={A: QuantityRejection(3, 0, NO)})
    assert states(compare(draft_of((1, 3)), cart(line(B, 1)), ledger, KWD))[0][1] is LineStatus.PENDING


def test_rejected_rest_does_not_reject_the_line_that_is_there() -> None:
    ledger = replace(owning(a=2), rejected={A: QuantityRejection(3, 1, NO)})
    comparison = compare(draft_of((1, 2), (1, 1)), cart(line(A, 2)), ledger, KWD)
    assert [one[1] for one in states(comparison)] == [LineStatus.CONFIRMED, LineStatus.REJECTED]


@pytest.mark.parametrize(
    ("unavailable", "is_rejected"),
    [((1, 0, NO), True), ((1, 5, NO), False), ((2, 0, NO), False)],
    ids=["product", "another variant", "another product"],
)
def test_item_that_cannot_be_ordered_any_more_is_rejected(
    unavailable: tuple[int, int, Rejection], *, is_rejected: bool
) -> None:
    there = cart(line(A, 2), unavailable=(unavailable,))
    (one,) = compare(draft_of((1, 2)), there, owning(a=2), KWD).lines
    assert one.unavailable is is_rejected
    assert (one.state, one.quantity, one.rejection) == (
        (LineStatus.REJECTED, 0, NO) if is_rejected else (LineStatus.CONFIRMED, 2, None)
    )


def test_variant_that_cannot_be_ordered_any_more_is_rejected() -> None:
    large = Configuration(1, 7)
    draft = draft_of().apply(ResolveUnexpected(item(9), Resolution.KEEP))
    draft = replace(draft, lines=tuple(replace(one, item=item(1, 7)) for one in draft_of((1, 2)).lines))
    there = cart(line(large, 2), unavailable=((1, 7, NO),))
    (one,) = compare(draft, there, CartLedger(owned={large: 2}), KWD).lines
    assert (one.unavailable, one.rejection) == (True, NO)


# Differences


def test_another_price_is_a_difference_in_whole_coins() -> None:
    def differences(price: str) -> tuple[object, ...]:
        (one,) = compare(draft_of((1, 1)), cart(line(A, 1, price=price)), owning(a=1), KWD).lines
        return one.differences

    assert differences("1.250") == (PriceChanged(Decimal("1.000"), Decimal("1.250")),)
    assert differences("1.00001") == ()


@pytest.mark.parametrize("stored", [Configuration(1, 5), Configuration(2)], ids=["variant", "product"])
def test_another_product_or_variant_is_a_substitute(stored: Configuration) -> None:
    ledger = CartLedger(owned={stored: 1}, substitutions={A: stored})
    (one,) = compare(draft_of((1, 1)), cart(line(stored, 1)), ledger, KWD).lines
    assert (one.state, one.differences) == (
        LineStatus.DIFFERS,
        (Substituted(f"Product {stored.product_id}", "500 ml"),),
    )


def test_deal_is_called_one_only_where_the_platform_made_it() -> None:
    ledger = CartLedger(owned={D: 1}, substitutions={A: D})
    made = cart(line(D, 1), converted_deals=((1, 4),))
    (one,) = compare(draft_of((1, 1)), made, ledger, KWD).lines
    assert one.differences == (MadeIntoDeal("Product 4"),)
    other = cart(line(D, 1), converted_deals=((2, 4), (1, 5)))
    (one,) = compare(draft_of((1, 1)), other, ledger, KWD).lines
    assert one.differences == (Substituted("Product 4", "500 ml"),)


def test_deals_are_suggested_for_the_lines_of_their_product() -> None:
    there = cart(line(A, 1), line(B, 1), suggested_deals=((1, 4), (2, 5), (9, 6)))
    comparison = compare(draft_of((1, 1), (2, 1)), there, owning(a=1, b=1), KWD)
    assert comparison.suggested_deals == (SuggestedDeal("L0", 4), SuggestedDeal("L1", 5))


# Unexpected lines


def test_quantity_beyond_ours_is_unexpected() -> None:
    comparison = compare(draft_of((1, 2)), cart(line(A, 5), line(B, 1)), owning(a=2), KWD)
    found = [(one.title, one.options, one.quantity, one.free) for one in comparison.unexpected]
    assert found == [("Product 1", "500 ml", 3, False), ("Product 2", "500 ml", 1, False)]
    assert [one.item.product_id for one in comparison.unexpected] == [1, 2]
    assert comparison.differences == 2


def test_ours_is_taken_from_the_first_of_two_equal_lines() -> None:
    comparison = compare(draft_of((1, 3)), cart(line(A, 2), line(A, 2)), owning(a=3), KWD)
    assert [one.quantity for one in comparison.unexpected] == [1]


def test_decision_is_of_its_own_line() -> None:
    draft = Draft.replay([ResolveUnexpected(item(1), Resolution.KEEP, 1)])
    comparison = compare(draft, cart(line(A, 1), line(B, 1)), CartLedger(), KWD)
    assert [one.resolution for one in comparison.unexpected] == [Resolution.KEEP, None]
    assert [one.needs_resolution for one in comparison.unexpected] == [False, True]
    assert comparison.differences == 1


def test_free_line_is_shown_with_its_promotion_and_needs_a_decision() -> None:
    comparison = compare(draft_of((1, 1)), cart(line(A, 1), line(A, 1, free=True)), owning(a=1), KWD)
    (gift,) = comparison.unexpected
    assert (gift.free, gift.promotion, gift.needs_resolution, gift.quantity) == (True, "Summer", True, 1)
    assert comparison.lines[0].state is LineStatus.CONFIRMED
    assert comparison.differences == 1


def test_decision_about_a_gift_is_apart_from_the_line_that_is_paid_for() -> None:
    there = cart(line(A, 1), line(A, 1, free=True))
    for free in (False, True):
        draft = Draft.replay([ResolveUnexpected(item(1), Resolution.KEEP, 1, free=free)])
        comparison = compare(draft, there, CartLedger(), KWD)
        assert [one.free for one in comparison.unexpected if not one.needs_resolution] == [free]
        assert comparison.differences == 1


def test_decision_to_remove_a_gift_decides_nothing() -> None:
    draft = Draft.replay([ResolveUnexpected(item(1), Resolution.REMOVE, 1, free=True)])
    (gift,) = compare(draft, cart(line(A, 1, free=True)), CartLedger(), KWD).unexpected
    assert gift.resolution is None


def test_unremovable_rest_is_unexpected_and_no_longer_ours() -> None:
    ledger = replace(owning(a=3), unremovable={A: QuantityRejection(1, 2, NO)})
    comparison = compare(draft_of((1, 1)), cart(line(A, 3)), ledger, KWD)
    assert [one.quantity for one in comparison.unexpected] == [2]
    assert (comparison.in_sync, comparison.lines[0].state) == (True, LineStatus.CONFIRMED)


# In sync


def test_excess_that_is_still_ours_is_not_in_sync() -> None:
    assert not compare(draft_of((1, 1)), cart(line(A, 2)), owning(a=2), KWD).in_sync


def test_pending_line_is_not_in_sync() -> None:
    assert not compare(draft_of((1, 1), (2, 1)), cart(line(A, 1)), owning(a=1), KWD).in_sync


def test_rejected_line_is_in_sync() -> None:
    ledger = CartLedger(rejected={A: QuantityRejection(1, 1, NO)})
    assert compare(draft_of((1, 1)), cart(line(B, 1)), ledger, KWD).in_sync


def test_checkout_still_to_send_is_not_in_sync() -> None:
    draft = draft_of((1, 1)).apply(SetCheckout(Checkout(voucher="SUMMER")))
    assert not compare(draft, cart(line(A, 1)), owning(a=1), KWD).in_sync
    applied = ObservedCheckout(vouchers=("summer",), voucher_discount=Decimal(1))
    assert compare(draft, cart(line(A, 1), checkout=applied), owning(a=1), KWD).in_sync


def test_line_of_another_mode_is_not_in_sync_unless_it_is_stuck() -> None:
    ledger = replace(owning(a=1), delivery_modes=frozenset({DeliveryMode.DELIVERY}))
    draft = draft_of((1, 1))
    moving = compare(draft, cart(line(A, 1)), ledger, KWD)
    assert (moving.in_sync, moving.rejected) == (False, ())
    stuck = replace(ledger, unremovable={A: QuantityRejection(0, 1, NO)})
    codes = [one.rejection.code for one in compare(draft, cart(line(A, 1)), stuck, KWD).rejected]
    assert codes == [RejectionCode.MODE_NOT_CHANGED]


def test_stuck_line_of_the_same_mode_is_no_rejected_mode() -> None:
    ledger = replace(owning(a=2), unremovable={A: QuantityRejection(1, 1, NO)})
    assert compare(draft_of((1, 1)), cart(line(A, 2)), ledger, KWD).rejected == ()


def test_rejected_parts_of_the_checkout_are_in_the_comparison() -> None:
    home = Address("Salem Street 5", city_code="846")
    draft = draft_of((1, 1)).apply(SetCheckout(Checkout(DeliveryMode.DELIVERY, home, voucher="SUMMER")))
    others = ObservedCheckout(vouchers=("others", "summer"), voucher_discount=Decimal(1))
    there = cart(line(A, 1), checkout=others)
    comparison = compare(draft, there, owning(a=1), KWD, CheckoutLedger())
    assert [one.rejection.code for one in comparison.rejected] == [RejectionCode.UNEXPECTED_VOUCHER]
    assert all(one.aspect is not Aspect.ADDRESS for one in comparison.rejected)


# Acceptance


def accepted(draft: Draft, comparison: CartComparison) -> Draft:
    for one, there in zip(draft.lines, comparison.lines, strict=True):
        for edit in acceptance_edits(one, there):
            draft = draft.apply(edit)
    return draft


def test_accepted_part_of_a_quantity_is_the_new_quantity() -> None:
    ledger = replace(owning(a=1, b=1), rejected={A: QuantityRejection(3, 2, NO)})
    draft = draft_of((1, 3), (2, 1))
    after = accepted(draft, compare(draft, cart(line(A, 1), line(B, 1)), ledger, KWD))
    assert [(one.line_id, one.quantity) for one in after.lines] == [("L0", 1), ("L1", 1)]


def test_accepted_rejection_of_all_removes_the_line() -> None:
    ledger = replace(owning(b=1), rejected={A: QuantityRejection(3, 3, NO)})
    draft = draft_of((1, 3), (2, 1))
    after = accepted(draft, compare(draft, cart(line(B, 1)), ledger, KWD))
    assert [one.line_id for one in after.lines] == ["L1"]


def test_pending_line_has_nothing_to_accept() -> None:
    draft = draft_of((1, 3))
    comparison = compare(draft, cart(line(A, 1)), owning(a=1), KWD)
    assert accepted(draft, comparison) == draft
