"""Each step of the ledger's update, by the example in its docstring."""

from dataclasses import replace

from console.sync.cart.attribution import Attribution
from console.sync.cart.observed_cart import Configuration

A, B, D = Configuration(1), Configuration(2), Configuration(4)
A_WITH_PARTS = Configuration(1, components=(Configuration(90),))
NOTHING = Attribution(gained={}, owned={}, pending_adds={}, pending_removals={}, substitutions={})


def test_a_deal_takes_over_what_was_owned() -> None:
    result = replace(NOTHING, gained={A: -2, D: 2}, owned={A: 2}).with_deals([(1, 4)])
    assert (result.owned, result.substitutions, result.gained) == ({A: 0, D: 2}, {A: D}, {A: 0, D: 0})


def test_an_exact_add_explains_its_own_quantity() -> None:
    result = replace(NOTHING, gained={A: 3}, pending_adds={A: 2}).with_exact_adds()
    assert (result.owned, result.pending_adds, result.gained) == ({A: 2}, {A: 0}, {A: 1})


def test_a_known_substitution_explains_a_gain() -> None:
    result = replace(NOTHING, gained={B: 1}, pending_adds={A: 1}, substitutions={A: B})
    assert result.with_substituted_adds().owned[B] == 1


def test_a_bundle_with_its_parts_is_what_was_added() -> None:
    result = replace(NOTHING, gained={A_WITH_PARTS: 1}, pending_adds={B: 1, A: 1}).with_substituted_adds()
    assert (result.owned[A_WITH_PARTS], result.substitutions) == (1, {A: A_WITH_PARTS})


def test_another_product_is_attributed_to_the_latest_add_only() -> None:
    result = replace(NOTHING, gained={D: 1}, pending_adds={A: 1, B: 1}).with_substituted_adds()
    assert (result.substitutions, result.pending_adds) == ({B: D}, {A: 1, B: 0})


def test_a_loss_beyond_the_pending_removal_stays_owned() -> None:
    result = replace(NOTHING, gained={A: -2}, owned={A: 3}, pending_removals={A: 1}).with_removals()
    assert (result.owned, result.pending_removals) == ({A: 2}, {A: 0})
