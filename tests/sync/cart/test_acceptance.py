"""Accepting a difference: the draft equals the cart afterwards, and nothing is left to send."""

from dataclasses import replace
from decimal import Decimal

from console.ordering.draft import Component, Draft, OrderItem
from console.sync.cart.acceptance import acceptance_edits, keep_edits, removal_edits
from console.sync.cart.differences import CartComparison, LineStatus, compare
from console.sync.cart.ledger import CartLedger, update_ledger
from console.sync.cart.observed_cart import CartLine, Configuration, ObservedCart
from console.sync.cart.reconcile import InSync, next_step
from tests.sync.cart.single_lines import COLA, KWD, cart_line, ordered, seen
from tests.sync.fake_cart import NO_TOTALS

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


def test_unexpected_line_is_kept_or_removed_but_not_a_gift() -> None:
    cart = ObservedCart((cart_line(COLA), cart_line(COLA, free=True)), NO_TOTALS)
    unexpected, gift = compare(Draft(), cart, update_ledger(CartLedger(), cart), KWD).unexpected
    for edits in (keep_edits(unexpected), removal_edits(unexpected)):
        assert compare(Draft.replay(edits), cart, update_ledger(CartLedger(), cart), KWD).differences == 0
    assert keep_edits(gift) == removal_edits(gift) == ()
