"""Slips of the finger: which word may have been meant by which."""

import string

from hypothesis import given
from hypothesis import strategies as st

from console.storage.catalogue import typo_variants

LETTERS = string.ascii_lowercase
WORDS = st.text(LETTERS, min_size=3, max_size=12)


@given(WORDS, st.data())
def test_every_slip_leads_back_to_the_word(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    other = data.draw(st.sampled_from(LETTERS))
    slipped = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + word[at + 1 :],
                word[:at] + other + word[at + 1 :],
                word[:at] + other + word[at:],
                word + other,
            ]
        )
    )
    assert slipped == word or word in typo_variants.one_edit_variants(slipped, LETTERS)


@given(WORDS)
def test_a_word_is_no_slip_of_itself_and_none_is_named_twice(word: str) -> None:
    found = typo_variants.one_edit_variants(word, LETTERS)
    assert word not in found
    assert len(set(found)) == len(found)
    assert {abs(len(other) - len(word)) for other in found} <= {0, 1}


def test_only_letters_of_the_words_own_script_are_tried() -> None:
    letters = typo_variants.alphabet(["cola", "بيتزا"])
    assert "بيتزا" in typo_variants.one_edit_variants("بيتز", letters)
    assert not set("cola") & set("".join(typo_variants.one_edit_variants("بيتز", letters)))


def test_a_word_is_spelt_as_the_index_spells_it() -> None:
    assert typo_variants.normalize("Jalapen\u0303O") == "jalapeno"
    assert typo_variants.normalize("पिज़्ज़ा") != ""
