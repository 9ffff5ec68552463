"""The one operation to send now, and what its response leaves in the ledger: one rule a test."""

from decimal import Decimal

import pytest

from console.ordering.checkout import Checkout, DeliveryMode
from console.ordering.draft import AddLine, Draft, DraftLine, Resolution, ResolveUnexpected, SetCheckout
from console.sync.cart.ledger import CartLedger, QuantityRejection
from console.sync.cart.observed_cart import CartLine, Configuration, ObservedCart
from console.sync.cart.reconcile import (
    AddCartLine,
    InSync,
    Observe,
    RemoveCartLine,
    SetCartLineQuantity,
    Write,
    claim_removals,
    next_step,
    quantity_change,
    record_pending,
    record_rejection,
    record_response,
    requested_quantities,
    target_quantities,
    unexpected_decisions,
    unremovable_quantity,
)
from console.sync.problems import Rejection, RejectionCode
from tests.sync.cart.reconciling import draft_of, item
from tests.sync.fake_cart import NO_TOTALS

A, B, D = Configuration(1), Configuration(2), Configuration(4)
PICKUP, DELIVERY = DeliveryMode.PICKUP, DeliveryMode.DELIVERY
NO = Rejection(RejectionCode.REFUSED, "No.")
LATER = Rejection(RejectionCode.REFUSED, "Later.")


def line(key: str, configuration: Configuration, quantity: int, *, free: bool = False) -> CartLine:
    return CartLine(key, configuration, quantity, "", "", Decimal(1), free)


def cart(*lines: CartLine, rejected: tuple[tuple[int, Rejection], ...] = ()) -> ObservedCart:
    return ObservedCart(lines, NO_TOTALS, rejected=rejected)


def owning(*lines: CartLine, **more: object) -> CartLedger:
    counts = dict(cart(*lines).counts())
    return CartLedger(observed=counts, owned=counts, **more)  # type: ignore[arg-type]


def add(product_id: int, quantity: int, mode: DeliveryMode = PICKUP) -> AddCartLine:
    return AddCartLine(item(product_id), Configuration(product_id), quantity, mode)


# What to send


def test_nothing_is_sent_without_an_observation() -> None:
    assert next_step(draft_of((1, 1)), None, CartLedger()) == Observe()


def test_first_missing_line_is_added_with_its_whole_quantity() -> None:
    assert next_step(draft_of((1, 2), (2, 5)), cart(), CartLedger()) == add(1, 2)


def test_lines_of_one_configuration_are_added_together() -> None:
    assert next_step(draft_of((1, 2), (2, 5), (1, 4)), cart(), CartLedger()) == add(1, 6)
    assert requested_quantities(draft_of((1, 2), (2, 5), (1, 4))) == {A: 6, B: 5}


def test_lines_are_added_with_the_drafts_delivery_mode() -> None:
    draft = draft_of((1, 2)).apply(SetCheckout(Checkout(DELIVERY)))
    assert next_step(draft, cart(), CartLedger()) == add(1, 2, DELIVERY)


def test_second_line_is_added_once_the_first_is_there() -> None:
    there = line("k", A, 2)
    assert next_step(draft_of((1, 2), (2, 5)), cart(there), owning(there)) == add(2, 5)


def test_smallest_owned_line_is_increased_by_what_is_missing() -> None:
    lines = line("big", A, 3), line("small", A, 1), line("other", B, 1)
    step = next_step(draft_of((1, 6), (2, 1)), cart(*lines), owning(*lines))
    assert step == SetCartLineQuantity("small", A, 3, 2)


def test_of_two_equal_lines_the_first_key_is_increased() -> None:
    lines = line("k2", A, 1), line("k1", A, 1)
    assert next_step(draft_of((1, 3)), cart(*lines), owning(*lines)) == SetCartLineQuantity("k1", A, 2, 1)


def test_line_of_another_session_is_left_alone() -> None:
    ledger = CartLedger(observed={A: 1})
    assert next_step(draft_of((1, 2)), cart(line("theirs", A, 1)), ledger) == add(1, 2)


def test_substituted_line_is_increased_as_what_was_asked_for() -> None:
    there = line("k", B, 1)
    ledger = owning(there, substitutions={A: B})
    assert next_step(draft_of((1, 3)), cart(there), ledger) == SetCartLineQuantity("k", A, 3, 2)


def test_excess_is_removed_before_anything_is_added() -> None:
    there = line("k", B, 1)
    step = next_step(draft_of((1, 1)), cart(there), owning(there))
    assert step == RemoveCartLine("k", B, 1)


def test_a_part_of_a_line_is_taken_out() -> None:
    there = line("k", A, 5)
    step = next_step(draft_of((1, 2)), cart(there), owning(there))
    assert step == SetCartLineQuantity("k", A, 2, -3)


def test_whole_lines_go_first_the_smallest_first() -> None:
    lines = line("big", A, 3), line("small", A, 1)
    assert next_step(draft_of((1, 3)), cart(*lines), owning(*lines)) == RemoveCartLine("small", A, 1)
    assert next_step(draft_of((1, 2)), cart(*lines), owning(*lines)) == RemoveCartLine("small", A, 1)
    assert next_step(Draft(), cart(lines[0]), owning(lines[0])) == RemoveCartLine("big", A, 3)


def test_owned_excess_that_is_not_in_the_cart_is_looked_for() -> None:
    assert next_step(Draft(), cart(), CartLedger(owned={A: 1})) == Observe()


def test_lines_of_another_mode_are_removed_before_they_are_added() -> None:
    there = line("k", A, 2)
    ledger = owning(there, delivery_modes=frozenset({DELIVERY}))
    assert next_step(draft_of((1, 2)), cart(there), ledger) == RemoveCartLine("k", A, 2)
    assert target_quantities(draft_of((1, 2)), ledger) == {}


# Rejections


def test_rejected_quantity_is_not_sent_again_and_others_are() -> None:
    ledger = CartLedger(rejected={A: QuantityRejection(2, 2, NO)})
    assert next_step(draft_of((1, 2), (2, 5)), cart(), ledger) == add(2, 5)


def test_rejection_of_a_part_leaves_the_rest_to_send() -> None:
    ledger = CartLedger(rejected={A: QuantityRejection(3, 1, NO)})
    assert next_step(draft_of((1, 3)), cart(), ledger) == add(1, 2)
    assert target_quantities(draft_of((1, 3)), ledger) == {A: 2}


def test_rejection_of_another_quantity_does_not_hold() -> None:
    ledger = CartLedger(rejected={A: QuantityRejection(3, 3, NO)})
    assert next_step(draft_of((1, 2)), cart(), ledger) == add(1, 2)


def test_rejected_configuration_is_not_added_for_another_with_the_same_target() -> None:
    """Both 1 and 2 are stored as 2, and the platform takes no more of 1."""
    ledger = CartLedger(substitutions={A: B}, rejected={A: QuantityRejection(1, 1, NO)})
    assert next_step(draft_of((1, 1), (2, 2)), cart(), ledger) == add(2, 2)


def test_targets_of_two_requests_add_up() -> None:
    assert target_quantities(draft_of((1, 1), (2, 2)), CartLedger(substitutions={A: B})) == {B: 3}


def test_unremovable_quantity_is_left_there_for_this_goal_only() -> None:
    there = line("k", A, 3)
    stuck = owning(there, unremovable={A: QuantityRejection(1, 2, NO)})
    assert next_step(draft_of((1, 1)), cart(there), stuck) == InSync()
    assert next_step(draft_of((1, 2)), cart(there), stuck) == SetCartLineQuantity("k", A, 2, -1)
    assert next_step(Draft(), cart(there), stuck) == RemoveCartLine("k", A, 3)
    assert unremovable_quantity(stuck, B, 1) == 0


def test_unremovable_part_leaves_the_rest_to_remove() -> None:
    there = line("k", A, 3)
    stuck = owning(there, unremovable={A: QuantityRejection(0, 1, NO)})
    assert next_step(Draft(), cart(there), stuck) == SetCartLineQuantity("k", A, 1, -2)


# Unexpected lines


def test_later_decision_about_a_line_counts() -> None:
    draft = Draft.replay(
        [
            ResolveUnexpected(item(1), Resolution.KEEP),
            ResolveUnexpected(item(2), Resolution.KEEP),
            ResolveUnexpected(item(1), Resolution.REMOVE),
        ]
    )
    decided = {
        configuration: one.resolution for (configuration, _), one in unexpected_decisions(draft).items()
    }
    assert decided == {A: Resolution.REMOVE, B: Resolution.KEEP}


def test_line_decided_to_be_removed_is_taken_over_whole() -> None:
    """Two beyond the one that is ours, as decided."""
    draft = Draft().apply(ResolveUnexpected(item(1), Resolution.REMOVE, 2))
    ledger = CartLedger(observed={A: 3, B: 1}, owned={A: 1})
    there = cart(line("k", A, 3), line("l", B, 1))
    assert claim_removals(ledger, draft, there).owned == {A: 3}


@pytest.mark.parametrize("quantity", [2, 4])
def test_line_of_another_quantity_than_decided_is_not_taken_over(quantity: int) -> None:
    draft = Draft().apply(ResolveUnexpected(item(1), Resolution.REMOVE, 3))
    assert claim_removals(CartLedger(), draft, cart(line("k", A, quantity))) == CartLedger()


def test_gift_is_not_taken_over() -> None:
    draft = Draft().apply(ResolveUnexpected(item(1), Resolution.REMOVE, 3, free=True))
    assert claim_removals(CartLedger(), draft, cart(line("k", A, 3, free=True))) == CartLedger()
    assert claim_removals(CartLedger(), draft, cart(line("k", A, 3))) == CartLedger()


def test_line_decided_to_be_kept_is_not_taken_over() -> None:
    draft = Draft().apply(ResolveUnexpected(item(1), Resolution.KEEP, 3))
    assert claim_removals(CartLedger(), draft, cart(line("k", A, 3))) == CartLedger()


def test_line_that_is_not_there_is_not_taken_over() -> None:
    draft = Draft().apply(ResolveUnexpected(item(1), Resolution.REMOVE, 3))
    assert claim_removals(CartLedger(), draft, cart(line("k", B, 3))) == CartLedger()


def test_nothing_is_taken_over_while_an_add_is_pending() -> None:
    """What is there may be ours by then."""
    draft = Draft().apply(ResolveUnexpected(item(1), Resolution.REMOVE, 3))
    ledger = CartLedger(pending_adds={B: 1})
    assert claim_removals(ledger, draft, cart(line("k", A, 3))) == ledger


# Before and after a write


WRITES: list[tuple[Write, int]] = [
    (add(1, 2), 2),
    (SetCartLineQuantity("k", A, 5, 3), 3),
    (SetCartLineQuantity("k", A, 1, -3), -3),
    (RemoveCartLine("k", A, 4), -4),
]


@pytest.mark.parametrize(("write", "change"), WRITES)
def test_write_is_pending_by_its_change(write: Write, change: int) -> None:
    ledger = record_pending(CartLedger(), write)
    assert quantity_change(write) == change
    expected = ({A: change}, {}) if change > 0 else ({}, {A: -change})
    assert (ledger.pending_adds, ledger.pending_removals) == expected


def test_only_an_added_line_sets_a_delivery_mode() -> None:
    assert record_pending(CartLedger(), add(1, 2, DELIVERY)).delivery_modes == {DELIVERY}
    assert record_pending(CartLedger(), SetCartLineQuantity("k", A, 5, 3)).delivery_modes == set()


def test_add_that_landed_is_owned() -> None:
    ledger = record_pending(CartLedger(), add(1, 2))
    after = record_response(ledger, draft_of((1, 2)), add(1, 2), cart(line("k", A, 2)))
    assert (after.owned, after.pending_adds, after.rejected) == ({A: 2}, {}, {})


def test_add_that_landed_in_part_is_rejected_for_the_rest() -> None:
    ledger = record_pending(CartLedger(), add(1, 3))
    after = record_response(ledger, draft_of((1, 3)), add(1, 3), cart(line("k", A, 2)))
    assert (after.owned, after.pending_adds) == ({A: 2}, {})
    assert after.rejected == {A: QuantityRejection(3, 1, Rejection(RejectionCode.NOT_SHOWN))}


def test_platforms_reason_is_that_of_this_product_the_first_one() -> None:
    ledger = record_pending(CartLedger(), add(1, 2))
    reasons = ((2, LATER), (1, NO), (1, LATER))
    after = record_response(ledger, draft_of((1, 2)), add(1, 2), cart(rejected=reasons))
    assert after.rejected == {A: QuantityRejection(2, 2, NO)}


def test_reason_is_the_echos_where_the_cart_that_was_read_names_none() -> None:
    ledger = record_pending(CartLedger(), add(1, 2))
    after = record_response(ledger, draft_of((1, 2)), add(1, 2), cart(), cart(rejected=((1, NO),)))
    assert after.rejected[A].reason == NO


def test_removal_that_was_ignored_is_unremovable_at_this_goal() -> None:
    there = line("k", A, 3)
    write = SetCartLineQuantity("k", A, 1, -2)
    ledger = record_pending(owning(there), write)
    after = record_response(ledger, draft_of((1, 1)), write, cart(there))
    assert (after.pending_removals, after.rejected) == ({}, {})
    assert after.unremovable == {A: QuantityRejection(1, 2, Rejection(RejectionCode.NOT_SHOWN))}


def test_removal_that_landed_in_part_is_unremovable_for_the_rest() -> None:
    before, left = line("k", A, 3), line("k", A, 2)
    write = RemoveCartLine("k", A, 3)
    after = record_response(record_pending(owning(before), write), Draft(), write, cart(left))
    assert (after.owned, after.pending_removals) == ({A: 2}, {})
    assert after.unremovable == {A: QuantityRejection(0, 2, Rejection(RejectionCode.NOT_SHOWN))}


def test_removal_that_landed_leaves_nothing_rejected() -> None:
    write = RemoveCartLine("k", A, 3)
    after = record_response(record_pending(owning(line("k", A, 3)), write), Draft(), write, cart())
    assert after == CartLedger()


def test_earlier_pending_add_stays_pending_after_a_rejection() -> None:
    """An earlier request for the same product had no response: it may still land."""
    ledger = record_pending(CartLedger(pending_adds={A: 1, B: 1}), add(1, 2))
    after = record_rejection(ledger, draft_of((1, 3)), add(1, 2), NO)
    assert after.pending_adds == {A: 1, B: 1}
    assert after.rejected == {A: QuantityRejection(3, 2, NO)}


def test_rejected_removal_is_recorded_for_what_the_cart_should_have() -> None:
    write = RemoveCartLine("k", A, 2)
    ledger = record_pending(owning(line("k", A, 5), pending_removals={A: 1}), write)
    after = record_rejection(ledger, draft_of((1, 3)), write, NO)
    assert (after.pending_removals, after.rejected) == ({A: 1}, {})
    assert after.unremovable == {A: QuantityRejection(3, 2, NO)}


def test_rejection_is_never_of_more_than_is_requested_by_now() -> None:
    """The operator asked for less while the add was under way."""
    after = record_rejection(record_pending(CartLedger(), add(1, 5)), draft_of((1, 2)), add(1, 5), NO)
    assert after.rejected == {A: QuantityRejection(2, 2, NO)}


def test_shortfall_counts_all_lines_of_the_configuration() -> None:
    draft = draft_of((1, 2), (2, 9)).apply(AddLine(DraftLine("L9", item(1), 1)))
    after = record_rejection(record_pending(CartLedger(), add(1, 3)), draft, add(1, 3), NO)
    assert after.rejected == {A: QuantityRejection(3, 3, NO)}
