"""Changes that the platform made to a line in its cart: shown on the line, and accepted."""

from dataclasses import replace
from decimal import Decimal

import pytest

from console.api.errors import CartRefused, InvalidInput, VoucherRefused
from console.operations import OPERATIONS_BY_NAME
from console.ordering.draft import Draft, OrderItem
from console.sync.cart.acceptance import acceptance_edits
from console.sync.cart.differences import LineStatus, SuggestedDeal, compare
from console.sync.cart.ledger import CartLedger, update_ledger
from console.sync.cart.observed_cart import CartLine, Configuration, ObservedCart
from console.sync.cart.reconcile import InSync, RemoveCartLine, next_step
from console.sync.placement.rejection import RejectionSubject, rejection_subject
from console.sync.problems import Rejection, RejectionCode
from tests.sync.cart.single_lines import COLA, KWD, cart_line, ordered, seen
from tests.sync.fake_cart import NO_TOTALS
from tests.sync.problem_texts import note_of

BOX = OrderItem(8, 0, "Party Box", "", Decimal(5))
PLACE, SLOT = OPERATIONS_BY_NAME["orders.place"], OPERATIONS_BY_NAME["carts.set_slot"]


def made_a_deal(draft: Draft, line: CartLine) -> tuple[CartLedger, ObservedCart]:
    """The cart in which the draft's only line, once confirmed, became the deal of this line."""
    memory, _ = seen(draft, cart_line(COLA, 2))
    cart = ObservedCart((line,), NO_TOTALS, converted_deals=((COLA.product_id, BOX.product_id),))
    return update_ledger(memory, cart), cart


def test_a_confirmed_line_that_became_a_deal_is_not_sent_again() -> None:
    draft = ordered(COLA, 2)
    memory, cart = made_a_deal(draft, cart_line(BOX, 2))
    assert next_step(draft, cart, memory) == InSync()
    shown = compare(draft, cart, memory, KWD)
    assert note_of(shown.lines[0]) == "the platform made the deal Party Box of it; price was 1.000, is 5.000"
    assert shown.unexpected == ()


def test_of_a_deal_only_what_our_line_became_is_ours() -> None:
    draft = ordered(COLA, 2)
    memory, cart = made_a_deal(draft, cart_line(BOX, 3))
    assert memory.owned == {Configuration.of(BOX): 2}
    assert [line.quantity for line in compare(draft, cart, memory, KWD).unexpected] == [1]


def test_accepting_a_deal_leaves_nothing_to_send() -> None:
    draft = ordered(COLA, 2)
    memory, cart = made_a_deal(draft, cart_line(BOX, 2))
    for edit in acceptance_edits(draft.lines[0], compare(draft, cart, memory, KWD).lines[0]):
        draft = draft.apply(edit)
    assert next_step(draft, cart, memory) == InSync()
    assert compare(draft, cart, memory, KWD).differences == 0


def test_suggested_deal_belongs_to_the_line_of_its_product() -> None:
    draft, other = ordered(COLA, 2), replace(COLA, product_id=4, title="Diet Cola")
    memory, cart = seen(draft, cart_line(other, 2))
    cart = replace(cart, suggested_deals=((other.product_id, BOX.product_id), (99, BOX.product_id)))
    shown = compare(draft, cart, memory, KWD)
    assert shown.suggested_deals == (SuggestedDeal("L1", BOX.product_id),)
    assert compare(ordered(BOX), cart, CartLedger(), KWD).suggested_deals == ()


def test_a_suggested_deal_is_no_difference_and_nothing_to_send() -> None:
    draft = ordered(COLA, 2)
    memory, cart = seen(draft, cart_line(COLA, 2))
    cart = replace(cart, suggested_deals=((COLA.product_id, BOX.product_id),))
    shown = compare(draft, cart, memory, KWD)
    assert (shown.differences, shown.in_sync, next_step(draft, cart, memory)) == (0, True, InSync())


def test_unavailable_item_is_refused_and_accepting_removes_it() -> None:
    draft = ordered(COLA, 2)
    memory, cart = seen(draft, cart_line(COLA, 2))
    cart = replace(
        cart,
        unavailable=(
            (COLA.product_id, 0, Rejection(RejectionCode.REFUSED, message="The product is not available.")),
        ),
    )
    (fact,) = compare(draft, cart, memory, KWD).lines
    assert (fact.state, fact.unavailable) == (LineStatus.REJECTED, True)
    assert note_of(fact) == "not available any more: The product is not available."
    for edit in acceptance_edits(draft.lines[0], fact):
        draft = draft.apply(edit)
    assert draft.is_empty
    assert isinstance(next_step(draft, cart, memory), RemoveCartLine)


def test_unavailable_variant_does_not_affect_another() -> None:
    large, draft = replace(COLA, variant_id=7), ordered(replace(COLA, variant_id=7))
    memory, cart = seen(draft, cart_line(large))
    cart = replace(
        cart, unavailable=((COLA.product_id, 6, Rejection(RejectionCode.REFUSED, message="Gone.")),)
    )
    assert compare(draft, cart, memory, KWD).differences == 0


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (InvalidInput(operation=PLACE, code=1044, sent=False), RejectionSubject.DELIVERY_SLOT),
        (VoucherRefused(operation=PLACE, code=3008, sent=False), RejectionSubject.VOUCHER),
        (CartRefused(operation=PLACE, code=5003, sent=False), RejectionSubject.STORE),
        (CartRefused(operation=PLACE, code=1022, sent=False), RejectionSubject.LINES),
        (InvalidInput(operation=PLACE, code=1016, sent=False), RejectionSubject.ORDER),
        (InvalidInput(operation=PLACE, code=1044, sent=True), None),
        (InvalidInput(operation=SLOT, code=1044, sent=False), None),
        (ValueError(), None),
    ],
)
def test_refusal_is_reported_by_its_documented_code(error: Exception, what: RejectionSubject | None) -> None:
    assert rejection_subject(error) is what
