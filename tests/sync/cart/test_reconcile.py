"""Any draft and any cart end equal or with a rejection, however the platform behaves."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from console.ordering.draft import AddLine, Draft, DraftLine, Resolution, ResolveUnexpected
from console.ordering.draft import RemoveLine as DropLine
from console.sync.cart.differences import LineStatus, compare
from console.sync.cart.ledger import CartLedger, update_ledger
from console.sync.cart.observed_cart import CartLine, Configuration, ObservedCart
from console.sync.cart.reconcile import (
    InSync,
    Observe,
    claim_removals,
    next_step,
    record_pending,
    record_response,
    requested_quantities,
)
from tests.sync.cart.reconciling import KWD, MANY_STEPS, PLATFORMS, draft_of, item
from tests.sync.fake_cart import NO_TOTALS, FakeCart
from tests.sync.problem_texts import note_of


def settle(
    draft: Draft, platform: FakeCart, memory: CartLedger, fates: list[str] | None = None
) -> CartLedger:
    """Reconcile as the engine does, without its clock; ``fates`` are of the writes, in order."""
    fates = list(fates or [])
    cart: ObservedCart | None = None
    for _ in range(MANY_STEPS):
        if cart is None:
            cart = platform.observe()
            memory = update_ledger(memory, cart)
        memory = claim_removals(memory, draft, cart)
        step = next_step(draft, cart, memory)
        if isinstance(step, InSync):
            return memory
        assert not isinstance(step, Observe), "a whole cart was just looked at"
        memory = record_pending(memory, step)
        fate = fates.pop(0) if fates else "answered"
        if fate != "lost on the way":
            platform.write(step)
        if fate == "answered":
            cart = platform.observe()
            memory = record_response(memory, draft, step, cart)
        else:
            cart = None
    raise AssertionError("no end in sight")


DRAFTS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4)), max_size=5).map(lambda w: draft_of(*w))
FATES = st.lists(st.sampled_from(["answered", "lost on the way", "answer lost"]), max_size=8)


@given(DRAFTS, PLATFORMS, FATES)
def test_cart_ends_with_requested_and_unexpected_lines(
    draft: Draft, platform: FakeCart, fates: list[str]
) -> None:
    """The cart ends with what was requested and what others put there."""
    others = Counter(platform.counts())
    settle(draft, platform, update_ledger(CartLedger(), platform.observe()), fates)
    mine: Counter[Configuration] = Counter()
    for configuration, quantity in requested_quantities(draft).items():
        mine[platform.as_stored(configuration)] += quantity
    assert Counter(platform.counts()) == others + mine


@given(DRAFTS, DRAFTS, PLATFORMS, FATES)
def test_an_order_that_changes_takes_back_only_what_it_put_there(
    first: Draft, second: Draft, platform: FakeCart, fates: list[str]
) -> None:
    others = Counter(platform.counts())
    memory = settle(first, platform, update_ledger(CartLedger(), platform.observe()), fates)
    memory = settle(second, platform, memory, fates)
    settle(Draft(), platform, memory)
    assert Counter(platform.counts()) == others


@given(DRAFTS, PLATFORMS)
def test_settled_again_sends_nothing(draft: Draft, platform: FakeCart) -> None:
    memory = settle(draft, platform, update_ledger(CartLedger(), platform.observe()))
    cart = platform.observe()
    assert next_step(draft, cart, update_ledger(memory, cart)) == InSync()


@given(DRAFTS, PLATFORMS)
def test_a_vanished_cart_is_filled_again(draft: Draft, platform: FakeCart) -> None:
    memory = settle(draft, platform, update_ledger(CartLedger(), platform.observe()))
    platform.lines.clear()
    settle(draft, platform, memory.for_new_cart())
    requested = sum(line.quantity for line in draft.lines)
    assert sum(platform.counts().values()) == requested


@given(DRAFTS, st.frozensets(st.integers(1, 5)), FATES)
@settings(max_examples=60)
def test_what_the_platform_does_not_take_is_refused_in_words(
    draft: Draft, refuse: frozenset[int], fates: list[str]
) -> None:
    platform = FakeCart(seed=1, rejected=refuse)
    memory = settle(draft, platform, CartLedger(), fates)
    shown = compare(draft, platform.observe(), memory, KWD)
    for line, fact in zip(draft.lines, shown.lines, strict=True):
        refused = line.item.product_id in refuse
        assert fact.state is (LineStatus.REJECTED if refused else LineStatus.CONFIRMED)
        assert bool(note_of(fact)) is refused


def test_a_write_that_lands_late_is_taken_back() -> None:
    draft, platform = draft_of((1, 1)), FakeCart(seed=1)
    memory = settle(draft, platform, CartLedger(), ["lost on the way"])
    platform.add_quantity(Configuration(1), 1)
    settle(draft, platform, memory)
    assert platform.counts() == {Configuration(1): 1}


def test_an_incomplete_look_permits_no_write() -> None:
    cart = ObservedCart((), NO_TOTALS, complete=False)
    assert next_step(draft_of((1, 1)), cart, CartLedger()) == Observe()


def test_substitute_is_a_difference_and_not_sent_again() -> None:
    draft, platform = draft_of((1, 2)), FakeCart(seed=1, substitute={1: 7})
    memory = settle(draft, platform, CartLedger())
    (fact,) = compare(draft, platform.observe(), memory, KWD).lines
    assert (fact.state, fact.quantity) == (LineStatus.DIFFERS, 2)
    assert "in its place" in note_of(fact)


def test_default_bundle_with_its_children_is_no_difference() -> None:
    draft, platform = draft_of((1, 1)), FakeCart(seed=1, expand=frozenset({1}))
    memory = settle(draft, platform, CartLedger())
    (fact,) = compare(draft, platform.observe(), memory, KWD).lines
    assert fact.state is LineStatus.CONFIRMED


def test_another_price_is_shown_as_a_difference() -> None:
    draft = draft_of((1, 1))
    cart = ObservedCart((CartLine("k", Configuration(1), 1, "Product 1", "", Decimal("1.250")),), NO_TOTALS)
    memory = update_ledger(CartLedger().with_pending_add(Configuration(1), 1), cart)
    (fact,) = compare(draft, cart, memory, KWD).lines
    assert (fact.state, note_of(fact)) == (LineStatus.DIFFERS, "price was 1.000, is 1.250")


def test_lines_that_nobody_here_added_are_shown() -> None:
    line = CartLine("k", Configuration(3), 2, "Cola", "500 ml", Decimal(1))
    cart = ObservedCart((line,), NO_TOTALS)
    shown = compare(Draft(), cart, update_ledger(CartLedger(), cart), KWD)
    assert [(s.title, s.quantity) for s in shown.unexpected] == [("Cola", 2)]
    assert shown.in_sync


@given(DRAFTS, PLATFORMS, FATES, st.integers(1, 9))
def test_removal_removes_any_origin_and_nothing_else(
    draft: Draft, platform: FakeCart, fates: list[str], out: int
) -> None:
    """What the operator removes goes, whoever put it there, and nothing else does."""
    assume(Configuration(out) not in requested_quantities(draft))
    others = Counter(platform.counts())
    others.pop(Configuration(out), None)
    found = platform.counts().get(Configuration(out), 0)
    ruled = draft.apply(ResolveUnexpected(item(out), Resolution.REMOVE, found))
    settle(ruled, platform, update_ledger(CartLedger(), platform.observe()), fates)
    mine: Counter[Configuration] = Counter()
    for configuration, quantity in requested_quantities(draft).items():
        mine[platform.as_stored(configuration)] += quantity
    assume(Configuration(out) not in mine)
    assert Counter(platform.counts()) == others + mine


def test_line_kept_by_operator_is_shown_and_not_open() -> None:
    """What the operator keeps is shown and is no open question any more."""
    cart = ObservedCart((CartLine("k", Configuration(3), 2, "Cola", "", Decimal(1)),), NO_TOTALS)
    memory = update_ledger(CartLedger(), cart)
    assert compare(Draft(), cart, memory, KWD).differences == 1
    kept = Draft().apply(ResolveUnexpected(item(3), Resolution.KEEP, 2))
    shown = compare(kept, cart, memory, KWD)
    assert (shown.differences, [line.quantity for line in shown.unexpected]) == (0, [2])
    assert claim_removals(memory, kept, cart) == memory


def test_free_items_are_shown_and_never_counted_as_ours() -> None:
    draft = draft_of((3, 1))
    free = CartLine("k", Configuration(3), 1, "Cola", "", Decimal(0), free=True)
    cart = ObservedCart((free,), NO_TOTALS)
    memory = update_ledger(CartLedger(), cart)
    assert not isinstance(next_step(draft, cart, memory), InSync)
    assert compare(draft, cart, memory, KWD).unexpected[0].free


def test_rejected_line_is_retried_after_a_new_quantity() -> None:
    draft, platform = draft_of((1, 2)), FakeCart(seed=1, rejected=frozenset({1}))
    memory = settle(draft, platform, CartLedger())
    platform.rejected = frozenset()
    more = draft.apply(DropLine("L0")).apply(AddLine(DraftLine("L9", item(1), 3)))
    settle(more, platform, memory)
    assert platform.counts() == {Configuration(1): 3}


def test_a_removal_that_the_platform_ignores_is_asked_once() -> None:
    draft, platform = draft_of((1, 1)), FakeCart(seed=1)
    memory = settle(draft, platform, CartLedger())
    stuck = platform.observe()
    step = next_step(Draft(), stuck, memory)
    assert not isinstance(step, Observe | InSync)
    memory = record_response(record_pending(memory, step), Draft(), step, replace(stuck))
    assert next_step(Draft(), stuck, memory) == InSync()
    shown = compare(Draft(), stuck, memory, KWD)
    assert [line.quantity for line in shown.unexpected] == [1]
    assert shown.in_sync


def test_rejection_is_shown_only_for_the_rejected_request() -> None:
    draft, platform = draft_of((1, 2)), FakeCart(seed=1, rejected=frozenset({1}))
    memory = settle(draft, platform, CartLedger())
    (fact,) = compare(draft_of((1, 3)), platform.observe(), memory, KWD).lines
    assert fact.state is LineStatus.PENDING


def test_late_arrival_is_not_taken_for_a_later_request() -> None:
    early, later = Configuration(1), Configuration(2)
    line = CartLine("k", early, 1, "Early", "", Decimal(1))
    memory = update_ledger(
        CartLedger().with_pending_add(early, 1).with_pending_add(later, 3), ObservedCart((line,), NO_TOTALS)
    )
    assert (memory.owned, memory.pending_adds, memory.substitutions) == ({early: 1}, {later: 3}, {})


def test_late_bundle_is_not_taken_for_a_different_one() -> None:
    """A bundle that landed late is not taken for the same one configured differently."""
    early, later = (Configuration(1, components=(Configuration(topping),)) for topping in (7, 8))
    line = CartLine("k", early, 1, "Early", "", Decimal(1))
    memory = update_ledger(
        CartLedger().with_pending_add(early, 1).with_pending_add(later, 1), ObservedCart((line,), NO_TOTALS)
    )
    assert (memory.owned, memory.pending_adds, memory.substitutions) == ({early: 1}, {later: 1}, {})


def test_product_that_is_not_replaced_any_more_is_not_sent_for_ever() -> None:
    """It was stored as another product at first; added again, it is there as it was sent."""
    draft = draft_of((1, 1), (2, 1))
    platform = FakeCart(seed=1, substitute={1: 6})
    memory = settle(draft, platform, CartLedger())
    without = draft.apply(DropLine("L0"))
    memory = settle(without, platform, memory)
    platform.substitute = {}
    again = without.apply(AddLine(DraftLine("L9", item(1), 1)))
    settle(again, platform, memory)
    assert platform.counts() == {Configuration(1): 1, Configuration(2): 1}
