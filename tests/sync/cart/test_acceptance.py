"""Accepting a difference: the draft equals the cart afterwards, and nothing is left to send."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.ordering.draft import Component, Draft, OrderItem, Resolution, ResolveUnexpected
from console.sync.cart.acceptance import acceptance_edits, keep_edits, removal_edits
from console.sync.cart.differences import CartComparison, LineStatus, PriceChanged, compare
from console.sync.cart.ledger import CartLedger, QuantityRejection, update_ledger
from console.sync.cart.observed_cart import CartLine, Configuration, ObservedCart
from console.sync.cart.reconcile import InSync, next_step
from console.sync.problems import Rejection, RejectionCode
from tests.sync.cart.single_lines import COLA, KWD, cart_line, ordered, seen
from tests.sync.fake_cart import NO_TOTALS
from tests.sync.problem_texts import note_of

PIZZA = OrderItem(
    10, 0, "Margherita", "Large", Decimal(4), (Component(11, 111), Component(12, title="Olives"))
)


def accepted(draft: Draft, line: CartLine) -> tuple[Draft, CartComparison]:
    memory, cart = seen(draft, line)
    before = compare(draft, cart, memory, KWD)
    for edit in acceptance_edits(draft.lines[0], before.lines[0]):
        draft = draft.apply(edit)
    assert next_step(draft, cart, memory) == InSync()
    return draft, compare(draft, cart, memory, KWD)


def test_another_price_is_accepted_and_the_line_keeps_its_words() -> None:
    dearer = replace(COLA, unit_price=Decimal("1.250"))
    draft, now = accepted(ordered(replace(COLA, details="cold")), cart_line(dearer))
    assert draft.lines[0].item == replace(COLA, unit_price=Decimal("1.250"), details="cold")
    assert now.lines[0].state is LineStatus.CONFIRMED


def test_substitute_product_becomes_the_request() -> None:
    diet = OrderItem(4, 0, "Diet Cola", "", Decimal(1))
    draft, now = accepted(ordered(COLA), cart_line(diet))
    assert draft.lines[0].item == diet
    assert now.differences == 0


def test_pizza_without_a_part_becomes_the_request() -> None:
    plain = replace(PIZZA, components=PIZZA.components[:1])
    draft, now = accepted(ordered(PIZZA), cart_line(plain))
    assert Configuration.of(draft.lines[0].item) == Configuration.of(plain)
    assert now.differences == 0


def test_a_line_that_agrees_has_nothing_to_accept() -> None:
    memory, cart = seen(ordered(COLA), cart_line(COLA))
    (fact,) = compare(ordered(COLA), cart, memory, KWD).lines
    assert acceptance_edits(ordered(COLA).lines[0], fact) == ()


def test_unexpected_line_is_kept_or_removed_and_gift_is_kept_or_left_open() -> None:
    cart = ObservedCart((cart_line(COLA), cart_line(COLA, free=True)), NO_TOTALS)
    unexpected, gift = compare(Draft(), cart, update_ledger(CartLedger(), cart), KWD).unexpected
    assert removal_edits(gift) == ()
    for edits in (keep_edits(unexpected), removal_edits(unexpected)):
        decided = Draft.replay((*edits, *keep_edits(gift)))
        assert compare(decided, cart, update_ledger(CartLedger(), cart), KWD).differences == 0


def test_decision_about_what_is_paid_for_is_none_about_the_gift() -> None:
    cart = ObservedCart((cart_line(COLA), cart_line(COLA, free=True)), NO_TOTALS)
    paid, gift = compare(Draft(), cart, update_ledger(CartLedger(), cart), KWD).unexpected
    for one, other in ((paid, gift), (gift, paid)):
        after = compare(Draft.replay(keep_edits(one)), cart, update_ledger(CartLedger(), cart), KWD)
        assert [line.free for line in after.unexpected if line.needs_resolution] == [other.free]


@pytest.mark.parametrize(
    "later",
    [cart_line(COLA, 3), cart_line(replace(COLA, unit_price=Decimal("1.500")), 2), None],
    ids=["more of it", "another price", "gone"],
)
@pytest.mark.parametrize("free", [False, True], ids=["paid", "gift"])
def test_kept_line_that_changes_needs_another_decision(later: CartLine | None, *, free: bool) -> None:
    cart = ObservedCart((cart_line(COLA, 2, free=free),), NO_TOTALS)
    (line,) = compare(Draft(), cart, update_ledger(CartLedger(), cart), KWD).unexpected
    kept = Draft.replay(keep_edits(line))
    assert compare(kept, cart, update_ledger(CartLedger(), cart), KWD).differences == 0
    changed = ObservedCart(() if later is None else (replace(later, free=free),), NO_TOTALS)
    (again,) = compare(kept, changed, update_ledger(CartLedger(), changed), KWD).unexpected
    assert (again.needs_resolution, again.kept) == (True, 2)
    decided = Draft.replay((*kept.edits, *keep_edits(again)))
    assert compare(decided, changed, update_ledger(CartLedger(), changed), KWD).differences == 0


def test_kept_line_that_the_platform_splits_stays_decided() -> None:
    cart = ObservedCart((cart_line(COLA, 3),), NO_TOTALS)
    (line,) = compare(Draft(), cart, update_ledger(CartLedger(), cart), KWD).unexpected
    split = ObservedCart((cart_line(COLA, 1), replace(cart_line(COLA, 2), key="other")), NO_TOTALS)
    after = compare(Draft.replay(keep_edits(line)), split, update_ledger(CartLedger(), split), KWD)
    assert (after.differences, [one.quantity for one in after.unexpected]) == (0, [3])


def test_line_that_the_platform_does_not_remove_is_not_decided_by_removing_it() -> None:
    cart = ObservedCart((cart_line(COLA, 2),), NO_TOTALS)
    owned = replace(update_ledger(CartLedger(), cart), owned={Configuration.of(COLA): 2})
    stuck = owned.with_unremovable(
        Configuration.of(COLA), QuantityRejection(0, 2, Rejection(RejectionCode.REFUSED))
    )
    removed = Draft.replay([ResolveUnexpected(COLA, Resolution.REMOVE, 2)])
    (line,) = compare(removed, cart, stuck, KWD).unexpected
    assert line.needs_resolution
    assert removal_edits(line) == ()
    assert compare(Draft.replay(keep_edits(line)), cart, stuck, KWD).differences == 0


def test_one_decision_is_one_edit_whatever_differs() -> None:
    draft, diet = ordered(COLA, 3), OrderItem(4, 0, "Diet Cola", "", Decimal("1.200"))
    memory, cart = seen(draft, cart_line(diet))
    short = memory.without_any_pending().with_rejection(
        Configuration.of(COLA), QuantityRejection(3, 2, Rejection(RejectionCode.REFUSED, message="Sold out."))
    )
    (fact,) = compare(draft, cart, short, KWD).lines
    assert note_of(fact) == (
        "1 of 3 added: Sold out.; the platform put Diet Cola in its place; price was 1.000, is 1.200"
    )
    decided = draft.apply(*acceptance_edits(draft.lines[0], fact))
    assert [(line.item, line.quantity) for line in decided.lines] == [(diet, 1)]
    assert compare(decided, cart, short, KWD).differences == 0
    assert decided.undo() == draft


def test_two_prices_of_one_line_are_a_difference_although_the_first_agrees() -> None:
    draft = ordered(COLA, 3)
    dearer = replace(cart_line(replace(COLA, unit_price=Decimal("1.300")), 1), key="other")
    memory, _ = seen(draft, cart_line(COLA, 3))
    cart = ObservedCart((cart_line(COLA, 2), dearer), NO_TOTALS)
    (fact,) = compare(draft, cart, update_ledger(memory, cart), KWD).lines
    assert fact.differences == (PriceChanged(Decimal("1.000"), Decimal("1.100")),)
    decided = draft.apply(*acceptance_edits(draft.lines[0], fact))
    assert compare(decided, cart, update_ledger(memory, cart), KWD).differences == 0
