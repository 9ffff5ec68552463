"""Any checkout and any cart end equal or with a rejection, however the platform behaves."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from console.ordering.checkout import Address, Checkout, DeliveryMode, DeliverySlot
from console.ordering.draft import Draft, SetCheckout
from console.services.orders.problem_texts import checkout_rejection_text
from console.sync.cart.checkout import (
    CheckoutLedger,
    checkout_rejections,
    fingerprint_of,
    next_checkout_change,
    record_pending,
    record_rejection,
    record_response,
)
from console.sync.cart.differences import compare
from console.sync.cart.ledger import CartLedger, update_ledger
from console.sync.cart.observed_cart import ObservedCart, ObservedCheckout
from console.sync.cart.reconcile import InSync, Observe, next_step
from console.sync.cart.reconcile import record_pending as line_before
from console.sync.cart.reconcile import record_response as record_line_response
from console.sync.problems import Aspect, CheckoutRejection, Rejection, RejectionCode
from tests.sync.cart.reconciling import KWD, MANY_STEPS, PLATFORMS, draft_of
from tests.sync.fake_cart import FakeCart
from tests.sync.fake_checkout import FakePlatform

REFUSED = Rejection(RejectionCode.REFUSED, message="It does not.")
HOME = Address("Salem Street 5", city="Hawalli", pin="22001", city_code="846")
WORK = Address("Gulf Road 12", city_code="846")

CHECKOUTS = st.builds(
    Checkout,
    mode=st.sampled_from(DeliveryMode),
    address=st.sampled_from([None, HOME, WORK]),
    delivery_slot=st.sampled_from(
        [None, DeliverySlot(33466, "10:00", 1.7e9), DeliverySlot(33480, "13:00", 1.7e9)]
    ),
    voucher=st.sampled_from(["", "SUMMER", "winter "]),
)
DRAFTS = st.builds(
    lambda requested_lines, checkout: draft_of(*requested_lines).apply(SetCheckout(checkout)),
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4)), max_size=4),
    CHECKOUTS,
)
STALE = st.builds(
    ObservedCheckout,
    slot_id=st.sampled_from([0, 33466, 99]),
    street=st.sampled_from(["", "Elsewhere 1", HOME.street]),
    city=st.sampled_from(["", "846", "851"]),
    pin=st.sampled_from(["", "22001"]),
    vouchers=st.sampled_from([(), ("summer",), ("others",)]),
)
ASPECTS = st.frozensets(st.sampled_from(Aspect), max_size=3)
WORLDS = st.builds(FakePlatform, PLATFORMS, ASPECTS, ASPECTS, STALE)
FATES = st.lists(st.sampled_from(["answered", "lost on the way", "answer lost"]), max_size=8)


class Sync:
    """What the engine does, without its clock, over one platform."""

    def __init__(self, world: FakePlatform, fates: list[str]) -> None:
        self.world, self.fates = world, list(fates)
        self.ledger, self.checkout = update_ledger(CartLedger(), world.observe()), CheckoutLedger()
        self.steps = 0

    def settle(self, draft: Draft) -> ObservedCart:
        while self.steps < MANY_STEPS:
            self.steps += 1
            cart = self.world.observe()
            self.ledger = update_ledger(self.ledger, cart)
            if not isinstance(next_step(draft, cart, self.ledger), InSync):
                self._write(draft, cart)
            elif next_checkout_change(draft, cart, self.checkout) is not None:
                self._tell(draft, cart)
            elif self.ledger.has_other_mode(draft.checkout.mode) and self.ledger.pending_adds:
                # The settle time has passed: nothing pending can land any more.
                self.ledger = self.ledger.without_any_pending()
            else:
                return cart
        raise AssertionError("no end in sight")

    def _write(self, draft: Draft, cart: ObservedCart) -> None:
        step = next_step(draft, cart, self.ledger)
        assert not isinstance(step, (InSync, Observe))
        self.ledger = line_before(self.ledger, step)
        fate = self.fates.pop(0) if self.fates else "answered"
        if fate != "lost on the way":
            self.world.cart.write(step)
        if fate == "answered":
            self.ledger = record_line_response(self.ledger, draft, step, self.world.observe())

    def _tell(self, draft: Draft, cart: ObservedCart) -> None:
        change = next_checkout_change(draft, cart, self.checkout)
        assert change is not None
        previous, fingerprint = self.checkout, fingerprint_of(change, draft, cart)
        self.checkout = record_pending(previous, change, fingerprint)
        fate = self.fates.pop(0) if self.fates else "answered"
        taken = fate != "lost on the way" and self.world.accepts(change)
        if fate == "answered" and taken:
            self.checkout = record_response(
                previous, self.checkout, change, fingerprint, self.world.observe()
            )
        elif fate == "answered":
            self.checkout = record_rejection(self.checkout, change, fingerprint, REFUSED)


def equal(there: ObservedCheckout, requested: Checkout) -> dict[Aspect, bool]:
    """The aspects of a checkout that the cart shows, by a reading of the test's own."""
    delivered = requested.mode is DeliveryMode.DELIVERY and requested.address is not None
    address = requested.address or HOME
    return {
        Aspect.ADDRESS: not delivered or (there.street == address.street and address.pin in ("", there.pin)),
        Aspect.DELIVERY_SLOT: there.slot_id
        == (requested.delivery_slot.slot_id if requested.delivery_slot else 0),
        Aspect.VOUCHER: not requested.voucher or requested.voucher.strip().casefold() in there.vouchers,
    }


@given(DRAFTS, WORLDS, FATES)
def test_it_ends_in_equality_or_in_a_sentence(draft: Draft, world: FakePlatform, fates: list[str]) -> None:
    sync = Sync(world, fates)
    cart = sync.settle(draft)
    shown = compare(draft, cart, sync.ledger, KWD, sync.checkout)
    assert shown.in_sync
    if draft.is_empty:
        return
    reported = " ".join(checkout_rejection_text(one) for one in shown.rejected)
    for aspect, is_equal in equal(cart.checkout, draft.checkout).items():
        assert is_equal or f"{aspect.value.capitalize()}: " in reported


@given(DRAFTS, CHECKOUTS, WORLDS, FATES)
def test_changed_request_leaves_nothing_of_the_first(
    draft: Draft, checkout: Checkout, world: FakePlatform, fates: list[str]
) -> None:
    world = replace(world, rejected=frozenset(), ignored=frozenset(), checkout=ObservedCheckout())
    sync = Sync(world, fates)
    sync.settle(draft)
    second = draft.apply(SetCheckout(checkout))
    cart = sync.settle(second)
    if not draft.is_empty:
        assert all(equal(cart.checkout, checkout).values())
        assert {checkout.voucher.strip().casefold()} - {""} == set(cart.checkout.vouchers)
        assert not sync.ledger.has_other_mode(checkout.mode)


@given(DRAFTS, WORLDS)
def test_settled_again_tells_nothing(draft: Draft, world: FakePlatform) -> None:
    sync = Sync(world, [])
    sync.settle(draft)
    steps = sync.steps
    sync.settle(draft)
    assert sync.steps == steps + 1


def test_voucher_too_large_is_retried_once_the_order_grows() -> None:
    world = FakePlatform(FakeCart(seed=1), rejected=frozenset({Aspect.VOUCHER}))
    sync, draft = Sync(world, []), draft_of((1, 1)).apply(SetCheckout(Checkout(voucher="SUMMER")))
    cart = sync.settle(draft)
    assert checkout_rejections(draft, cart, sync.checkout) == (CheckoutRejection(Aspect.VOUCHER, REFUSED),)
    larger = replace(cart, totals=replace(cart.totals, products=cart.totals.products + 5))
    assert next_checkout_change(draft, cart, sync.checkout) is None
    assert next_checkout_change(draft, larger, sync.checkout) is not None


def test_unexpected_voucher_is_reported_and_stays() -> None:
    world = FakePlatform(FakeCart(seed=1), checkout=ObservedCheckout(vouchers=("others",)))
    sync, draft = Sync(world, []), draft_of((1, 1))
    cart = sync.settle(draft)
    assert cart.checkout.vouchers == ("others",)
    assert checkout_rejections(draft, cart, sync.checkout) == (
        CheckoutRejection(None, Rejection(RejectionCode.UNEXPECTED_VOUCHER, subject="others")),
    )


def test_unexpected_voucher_is_adopted_or_removed_on_request() -> None:
    """A voucher applied elsewhere is adopted by requesting it, and removed after that."""
    world = FakePlatform(FakeCart(seed=1), checkout=ObservedCheckout(vouchers=("others",)))
    sync, draft = Sync(world, []), draft_of((1, 1))
    taken_up = draft.apply(SetCheckout(Checkout(voucher="OTHERS")))
    assert sync.settle(taken_up).checkout.vouchers == ("others",)
    taken_out = taken_up.apply(SetCheckout(Checkout()))
    cart = sync.settle(taken_out)
    assert cart.checkout.vouchers == ()
    assert checkout_rejections(taken_out, cart, sync.checkout) == ()
