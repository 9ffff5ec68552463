"""Words that are one typing error away: a letter too many, missing, wrong, or swapped."""

import unicodedata
from collections.abc import Iterable

MIN_LENGTH = 3
"""Shortest word that is corrected: shorter ones match too much."""
MIN_PREFIX_LENGTH = 4
"""Shortest word that is corrected as the beginning of another."""
_ACCENTS_BELOW = 0x0530
"""The index strips accents from Latin, Greek and Cyrillic letters, which are all below this."""


def normalize(word: str) -> str:
    """Spell a word as the index does: lower case, without accents."""
    letters = unicodedata.normalize("NFD", word.lower())
    result: list[str] = []
    for letter in letters:
        is_mark = unicodedata.category(letter) == "Mn"
        if not (is_mark and result and ord(result[-1]) < _ACCENTS_BELOW):
            result.append(letter)
    return unicodedata.normalize("NFC", "".join(result))


def alphabet(terms: Iterable[str]) -> str:
    """Every letter that occurs in the words."""
    return "".join(sorted(set[str]().union(*terms)))


def one_edit_variants(word: str, letters: str) -> list[str]:
    """The words that are one edit away from ``word``, using the ``letters`` of its script only.

    The first letter is rarely wrong, so the variants that keep it come first.
    """
    pages = {ord(letter) >> 8 for letter in word}
    same_script = [letter for letter in letters if ord(letter) >> 8 in pages]
    variants: dict[str, None] = {}
    for position in range(len(word) - 1, -1, -1):
        before, letter, after = word[:position], word[position], word[position + 1 :]
        if after and after[0] != letter:
            variants[before + after[0] + letter + after[1:]] = None
        variants[before + after] = None
        for other in same_script:
            variants[before + other + after] = None
            variants[before + letter + other + after] = None
    for other in same_script:
        variants[other + word] = None
    variants.pop(word, None)
    return list(variants)
