"""A stored sync state comes back as it was, or is refused; never in part."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ordering.draft import Portion
from console.sync.cart.ledger import CartLedger, QuantityRejection
from console.sync.cart.observed_cart import CartLine, CartTotals, Configuration, ObservedCart
from console.sync.cart.sync_state import SyncState, UnreadableStateError, state_from_text, state_to_text
from console.sync.problems import Rejection, RejectionCode

IDS = st.integers(0, 2**31)
AMOUNTS = st.decimals(min_value=0, max_value=10**6, places=3)
CONFIGURATIONS = st.recursive(
    st.builds(Configuration, IDS, IDS, st.integers(1, 9), st.sampled_from(Portion)),
    lambda inner: st.builds(
        Configuration, IDS, IDS, st.just(1), st.just(Portion.WHOLE), st.lists(inner, max_size=3).map(tuple)
    ),
    max_leaves=4,
)
COUNTS = st.dictionaries(CONFIGURATIONS, st.integers(1, 99), max_size=3)
REASONS = st.builds(Rejection, st.sampled_from(RejectionCode), st.text(max_size=20), st.text(max_size=20))
REFUSALS = st.dictionaries(CONFIGURATIONS, st.builds(QuantityRejection, IDS, IDS, REASONS), max_size=2)
MEMORIES = st.builds(
    CartLedger,
    observed=COUNTS,
    owned=COUNTS,
    substitutions=st.dictionaries(CONFIGURATIONS, CONFIGURATIONS, max_size=2),
    pending_adds=COUNTS,
    pending_removals=COUNTS,
    rejected=REFUSALS,
    unremovable=REFUSALS,
)
LINES = st.builds(
    CartLine,
    st.uuids().map(str),
    CONFIGURATIONS,
    st.integers(1, 9),
    st.text(),
    st.text(),
    AMOUNTS,
    st.booleans(),
    promotion=st.text(max_size=20),
)
CARTS = st.builds(
    ObservedCart,
    st.lists(LINES, max_size=3).map(tuple),
    st.builds(CartTotals, st.just("KWD"), AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS, AMOUNTS),
    st.booleans(),
    st.just(((7, Rejection(RejectionCode.REFUSED, message="not today")),)),
    st.floats(0, 4e9),
    suggested_deals=st.lists(st.tuples(IDS, IDS), max_size=2).map(tuple),
)
STATES = st.builds(SyncState, MEMORIES, st.none() | CARTS, st.none() | st.floats(0, 4e9))


@given(STATES)
def test_saved_state_is_read_back(state: SyncState) -> None:
    assert state_from_text(state_to_text(state)) == state


@given(CARTS)
def test_older_saved_state_without_deals_and_causes_is_read(
    cart: ObservedCart,
) -> None:
    """A state saved before deals were suggested and gifts named their cause is read."""
    saved = json.loads(state_to_text(SyncState(cart=cart)))
    del saved["cart"]["suggested_deals"]
    for line in saved["cart"]["lines"]:
        del line["promotion"]
    bare = tuple(replace(line, promotion="") for line in cart.lines)
    assert state_from_text(json.dumps(saved)).cart == replace(cart, lines=bare, suggested_deals=())


def test_a_draft_that_nothing_was_sent_for_has_an_empty_state() -> None:
    assert state_from_text("") == SyncState()


@pytest.mark.parametrize("text", ["{", "[]", '{"version":1}', '{"version":99}', "null"])
def test_damage_is_refused(text: str) -> None:
    with pytest.raises(UnreadableStateError):
        state_from_text(text)


def test_state_of_an_older_version_is_refused() -> None:
    record = json.loads(state_to_text(SyncState()))
    with pytest.raises(UnreadableStateError):
        state_from_text(json.dumps({**record, "version": record["version"] - 1}))
