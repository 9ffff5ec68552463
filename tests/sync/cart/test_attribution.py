"""Each step of the ledger's update, by the example in its docstring."""

from collections import Counter
from dataclasses import replace

from console.sync.cart.attribution import Attribution
from console.sync.cart.observed_cart import Configuration

A, B, D, E = Configuration(1), Configuration(2), Configuration(4), Configuration(5)
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


# One of two


def test_a_deal_takes_over_its_own_product_only() -> None:
    before = replace(NOTHING, gained={A: -2, B: -2, D: 2}, owned={A: 2, B: 2})
    result = before.with_deals([(1, 4)])
    assert (result.owned, result.substitutions) == ({A: 0, B: 2, D: 2}, {A: D})


def test_a_deal_of_another_product_takes_over_nothing() -> None:
    before = replace(NOTHING, gained={A: -2, D: 2}, owned={A: 2})
    assert before.with_deals([(2, 4)]) == before.with_deals([(1, 2)]) == before


def test_a_deal_takes_over_what_shrank_and_no_more() -> None:
    result = replace(NOTHING, gained={A: -1, D: 3}, owned={A: 2}).with_deals([(1, 4)])
    assert (result.owned, result.gained) == ({A: 1, D: 1}, {A: 0, D: 2})


def test_a_deal_takes_over_what_was_owned_and_no_more() -> None:
    result = replace(NOTHING, gained={A: -3, D: 3}, owned={A: 1}).with_deals([(1, 4)])
    assert (result.owned, result.gained) == ({A: 0, D: 1}, {A: -2, D: 2})


def test_a_deal_takes_over_what_appeared_and_no_more() -> None:
    result = replace(NOTHING, gained={A: -3, D: 1}, owned={A: 3}).with_deals([(1, 4)])
    assert (result.owned, result.gained) == ({A: 2, D: 1}, {A: -2, D: 0})


def test_a_deal_needs_a_product_that_shrank_and_one_that_appeared() -> None:
    grown = replace(NOTHING, gained={A: 1, D: 2}, owned={A: 2})
    gone = replace(NOTHING, gained={A: -2, D: -1}, owned={A: 2})
    foreign = replace(NOTHING, gained={A: -2, D: 2}, owned={A: 0})
    assert [one.with_deals([(1, 4)]) for one in (grown, gone, foreign)] == [grown, gone, foreign]


def test_two_conversions_are_both_taken_over() -> None:
    before = replace(NOTHING, gained={A: -1, B: -2, D: 1, E: 2}, owned={A: 1, B: 2})
    result = before.with_deals([(1, 4), (2, 5)])
    assert (result.owned, result.substitutions) == ({A: 0, B: 0, D: 1, E: 2}, {A: D, B: E})


def test_a_deal_of_a_substitute_is_what_was_first_asked_for() -> None:
    """A is stored as B, and the platform makes deal D of B: then A is stored as D."""
    before = replace(NOTHING, gained={B: -1, D: 1}, owned={B: 1}, substitutions={E: A, A: B})
    assert before.with_deals([(2, 4)]).substitutions == {E: A, A: D}


def test_exact_adds_explain_two_configurations() -> None:
    before = replace(NOTHING, gained={A: 1, B: 2, D: 4}, pending_adds={A: 1, B: 3})
    result = before.with_exact_adds()
    assert (result.owned, result.pending_adds) == ({A: 1, B: 2}, {A: 0, B: 1})
    assert result.gained == {A: 0, B: 0, D: 4}


def test_exact_add_is_added_to_what_is_owned() -> None:
    result = replace(NOTHING, gained={A: 1}, owned={A: 2, B: 1}, pending_adds={A: 1}).with_exact_adds()
    assert result.owned == {A: 3, B: 1}


def test_a_loss_explains_no_add() -> None:
    before = replace(NOTHING, gained={A: -2}, owned={A: 2}, pending_adds={A: 1})
    assert before.with_exact_adds() == before


def test_a_known_substitution_explains_no_more_than_is_pending() -> None:
    before = replace(NOTHING, gained={B: 3, D: 1}, pending_adds={A: 1}, substitutions={A: B})
    result = before.with_substituted_adds()
    assert (result.owned, result.gained, result.substitutions) == ({B: 1}, {B: 2, D: 1}, {A: B})


def test_a_known_substitution_goes_before_the_same_product() -> None:
    before = replace(NOTHING, gained={A_WITH_PARTS: 1, B: 1}, pending_adds={A: 1}, substitutions={A: B})
    assert before.with_substituted_adds().owned == {B: 1}


def test_the_same_product_goes_before_any_other() -> None:
    result = replace(NOTHING, gained={D: 1, A_WITH_PARTS: 1}, pending_adds={A: 1}).with_substituted_adds()
    assert (+Counter(result.owned), result.substitutions) == ({A_WITH_PARTS: 1}, {A: A_WITH_PARTS})


def test_one_add_may_be_stored_as_two_configurations() -> None:
    more_parts = Configuration(1, components=(Configuration(91),))
    before = replace(NOTHING, gained={A_WITH_PARTS: 1, more_parts: 1}, pending_adds={A: 2})
    result = before.with_substituted_adds()
    assert (+Counter(result.owned), result.pending_adds) == ({A_WITH_PARTS: 1, more_parts: 1}, {A: 0})


def test_what_was_landed_already_is_not_substituted() -> None:
    before = replace(NOTHING, gained={D: 1}, pending_adds={A: 0})
    assert before.with_substituted_adds().substitutions == {}


def test_what_shrank_is_no_substitute() -> None:
    before = replace(NOTHING, gained={A_WITH_PARTS: -1, D: -1}, pending_adds={A: 1})
    assert before.with_substituted_adds().substitutions == {}


def test_removals_of_two_configurations_are_told_apart() -> None:
    before = replace(
        NOTHING, gained={A: -1, B: -3, D: 2}, owned={A: 3, B: 3, D: 1}, pending_removals={A: 2, B: 1, D: 1}
    )
    result = before.with_removals()
    assert (result.owned, result.pending_removals) == ({A: 2, B: 2, D: 1}, {A: 1, B: 0, D: 1})


def test_a_loss_without_a_pending_removal_explains_nothing() -> None:
    before = replace(NOTHING, gained={A: -1}, owned={A: 3})
    assert before.with_removals() == before


def test_a_deal_is_one_configuration_where_one_was_owned() -> None:
    """The second configuration of the deal is another session's."""
    theirs = Configuration(4, components=(Configuration(90),))
    result = replace(NOTHING, gained={A: -1, D: 1, theirs: 1}, owned={A: 1}).with_deals([(1, 4)])
    assert (result.owned, result.substitutions) == ({A: 0, D: 1}, {A: D})


def test_a_deal_needs_the_single_product_to_have_been_observed() -> None:
    before = replace(NOTHING, gained={D: 2}, owned={A: 1})
    assert before.with_deals([(1, 4)]) == before


def test_an_earlier_add_is_not_stored_as_another_product() -> None:
    result = replace(NOTHING, gained={D: 2}, pending_adds={A: 1, B: 1}).with_substituted_adds()
    assert (result.substitutions, result.pending_adds, result.gained[D]) == ({B: D}, {A: 1, B: 0}, 1)
