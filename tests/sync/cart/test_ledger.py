"""The cart ledger, one rule a test, with two configurations where only one is meant."""

from decimal import Decimal

from console.ordering.checkout import DeliveryMode
from console.sync.cart.ledger import CartLedger, QuantityRejection, update_ledger
from console.sync.cart.observed_cart import CartLine, Configuration, ObservedCart
from console.sync.problems import Rejection, RejectionCode
from tests.sync.fake_cart import NO_TOTALS

A, B, D = Configuration(1), Configuration(2), Configuration(4)
PICKUP, DELIVERY = DeliveryMode.PICKUP, DeliveryMode.DELIVERY
REFUSED = QuantityRejection(2, 1, Rejection(RejectionCode.REFUSED, "No."))


def cart(*lines: tuple[Configuration, int], deals: tuple[tuple[int, int], ...] = ()) -> ObservedCart:
    return ObservedCart(
        tuple(CartLine(f"k{n}", c, q, "", "", Decimal(1)) for n, (c, q) in enumerate(lines)),
        NO_TOTALS,
        converted_deals=deals,
    )


def test_pending_adds_of_one_configuration_add_up() -> None:
    ledger = CartLedger().with_pending_add(A, 2).with_pending_add(B, 5).with_pending_add(A, 1)
    assert ledger.pending_adds == {A: 3, B: 5}


def test_latest_pending_add_is_last() -> None:
    ledger = CartLedger().with_pending_add(A, 2).with_pending_add(B, 5).with_pending_add(A, 1)
    assert list(ledger.pending_adds) == [B, A]


def test_pending_removals_of_one_configuration_add_up() -> None:
    ledger = CartLedger().with_pending_removal(A, 2).with_pending_removal(B, 5).with_pending_removal(A, 1)
    assert ledger.pending_removals == {A: 3, B: 5}


def test_dropped_pending_is_of_its_configuration_and_direction() -> None:
    ledger = CartLedger(pending_adds={A: 3, B: 3}, pending_removals={A: 3, B: 3})
    assert ledger.without_pending(A, adds=1) == CartLedger(
        pending_adds={A: 2, B: 3}, pending_removals={A: 3, B: 3}
    )
    assert ledger.without_pending(B, removals=2) == CartLedger(
        pending_adds={A: 3, B: 3}, pending_removals={A: 3, B: 1}
    )


def test_pending_that_is_all_dropped_is_gone() -> None:
    ledger = CartLedger(pending_adds={A: 1, B: 1}, pending_removals={A: 1})
    assert ledger.without_pending(A, adds=1, removals=1) == CartLedger(pending_adds={B: 1})
    assert ledger.without_any_pending() == CartLedger()


def test_a_new_cart_keeps_what_the_platform_makes_of_a_request_only() -> None:
    ledger = CartLedger(
        observed={A: 1},
        owned={A: 1},
        substitutions={A: B},
        pending_adds={A: 1},
        pending_removals={A: 1},
        rejected={A: REFUSED},
        unremovable={B: REFUSED},
        delivery_modes=frozenset({PICKUP}),
    )
    assert ledger.for_new_cart() == CartLedger(substitutions={A: B})


def test_target_is_the_substitution_or_the_request_itself() -> None:
    ledger = CartLedger(substitutions={A: B})
    assert (ledger.target(A), ledger.target(B), ledger.target(D)) == (B, B, D)


def test_rejections_of_two_configurations_stay() -> None:
    later = QuantityRejection(3, 3, Rejection(RejectionCode.NOT_SHOWN))
    ledger = CartLedger().with_rejection(A, REFUSED).with_rejection(B, REFUSED).with_rejection(A, later)
    assert (ledger.rejected, ledger.unremovable) == ({A: later, B: REFUSED}, {})
    stuck = CartLedger().with_unremovable(A, REFUSED).with_unremovable(B, REFUSED)
    assert (stuck.unremovable, stuck.rejected) == ({A: REFUSED, B: REFUSED}, {})


# Delivery modes


def test_modes_add_up_while_anything_is_owned() -> None:
    ledger = CartLedger(owned={A: 1}, delivery_modes=frozenset({PICKUP})).with_delivery_mode(DELIVERY)
    assert ledger.delivery_modes == {PICKUP, DELIVERY}
    assert ledger.has_other_mode(DELIVERY)
    assert ledger.has_other_mode(PICKUP)


def test_modes_add_up_while_anything_is_pending() -> None:
    ledger = CartLedger(pending_adds={A: 1}, delivery_modes=frozenset({PICKUP})).with_delivery_mode(DELIVERY)
    assert ledger.delivery_modes == {PICKUP, DELIVERY}
    assert ledger.has_other_mode(DELIVERY)


def test_modes_begin_anew_with_nothing_owned_or_pending() -> None:
    ledger = CartLedger(delivery_modes=frozenset({PICKUP}))
    assert not ledger.has_other_mode(DELIVERY)
    assert ledger.with_delivery_mode(DELIVERY).delivery_modes == {DELIVERY}


def test_one_mode_is_no_other_mode() -> None:
    assert not CartLedger(owned={A: 1}, delivery_modes=frozenset({PICKUP})).has_other_mode(PICKUP)


# An observation


def test_what_was_there_before_is_not_gained() -> None:
    ledger = update_ledger(CartLedger(observed={A: 2}, pending_adds={A: 2}), cart((A, 3)))
    assert (ledger.owned, ledger.pending_adds, ledger.observed) == ({A: 1}, {A: 1}, {A: 3})


def test_what_vanished_is_owned_no_more() -> None:
    ledger = update_ledger(CartLedger(observed={A: 2, B: 1}, owned={A: 2, B: 1}), cart((A, 1)))
    assert (ledger.owned, ledger.observed) == ({A: 1}, {A: 1})


def test_removal_that_landed_is_pending_no_more() -> None:
    before = CartLedger(observed={A: 3, B: 1}, owned={A: 3}, pending_removals={A: 2, B: 1})
    ledger = update_ledger(before, cart((A, 1), (B, 1)))
    assert (ledger.owned, ledger.pending_removals) == ({A: 1}, {B: 1})


def test_deal_is_owned_in_place_of_its_single_product() -> None:
    before = CartLedger(observed={A: 2}, owned={A: 2})
    ledger = update_ledger(before, cart((D, 2), deals=((1, 4),)))
    assert (ledger.owned, ledger.substitutions) == ({D: 2}, {A: D})


def test_what_an_observation_says_nothing_of_stays() -> None:
    before = CartLedger(
        rejected={A: REFUSED},
        unremovable={B: REFUSED},
        delivery_modes=frozenset({PICKUP}),
        substitutions={D: B},
    )
    after = update_ledger(before, cart((A, 1)))
    assert (after.rejected, after.unremovable) == ({A: REFUSED}, {B: REFUSED})
    assert (after.delivery_modes, after.substitutions) == ({PICKUP}, {D: B})


def test_free_line_is_not_observed() -> None:
    free = CartLine("k", A, 1, "", "", Decimal(0), free=True)
    ledger = update_ledger(CartLedger(pending_adds={A: 1}), ObservedCart((free,), NO_TOTALS))
    assert (ledger.owned, ledger.observed, ledger.pending_adds) == ({}, {}, {A: 1})
