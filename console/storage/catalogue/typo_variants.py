"""The words that one slip of the finger makes of another: a letter too many, missing, wrong, or swapped.

Used by the menu's search where nothing fits what was typed.
"""

import unicodedata
from collections.abc import Iterable

MIN_LENGTH = 3
"""Letters of a word that may hold a slip; of anything shorter, too much would be meant."""
MIN_PREFIX_LENGTH = 4
"""Letters from which on a word may be the beginning of another one as well."""
_ACCENTS_BELOW = 0x0530
"""The index takes the marks off Latin, Greek and Cyrillic letters, which are all below this."""


def normalize(word: str) -> str:
    """A typed word as the index spells it: small letters, without accents."""
    letters = unicodedata.normalize("NFD", word.lower())
    letters_kept: list[str] = []
    for letter in letters:
        is_mark = unicodedata.category(letter) == "Mn"
        if not (is_mark and letters_kept and ord(letters_kept[-1]) < _ACCENTS_BELOW):
            letters_kept.append(letter)
    return unicodedata.normalize("NFC", "".join(letters_kept))


def alphabet(terms: Iterable[str]) -> str:
    """Every letter that the words are written with."""
    return "".join(sorted(set[str]().union(*terms)))


def one_edit_variants(word: str, letters: str) -> list[str]:
    """The words that are one slip away from ``word``, each once; ``letters`` are those of its script only.

    The first letter is the one that is rarest wrong, so those that keep it come first.
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
