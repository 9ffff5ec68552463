"""The words that one slip of the finger makes of another: a letter too many, missing, wrong, or swapped.

Used by the menu's search where nothing fits what was typed.
"""

import unicodedata
from collections.abc import Iterable

FEWEST = 3
"""Letters of a word that may hold a slip; of anything shorter, too much would be meant."""
FEWEST_OF_A_BEGINNING = 4
"""Letters from which on a word may be the beginning of another one as well."""
_LAST_WITH_MARKS = 0x0530
"""The index takes the marks off Latin, Greek and Cyrillic letters, which are all below this."""


def plain(word: str) -> str:
    """A typed word as the index spells it: small letters, without accents."""
    letters = unicodedata.normalize("NFD", word.lower())
    kept: list[str] = []
    for letter in letters:
        is_mark = unicodedata.category(letter) == "Mn"
        if not (is_mark and kept and ord(kept[-1]) < _LAST_WITH_MARKS):
            kept.append(letter)
    return unicodedata.normalize("NFC", "".join(kept))


def alphabet(terms: Iterable[str]) -> str:
    """Every letter that the words are written with."""
    return "".join(sorted(set[str]().union(*terms)))


def slips(word: str, letters: str) -> list[str]:
    """The words that are one slip away from ``word``, each once; ``letters`` are those of its script only.

    The first letter is the one that is rarest wrong, so those that keep it come first.
    """
    pages = {ord(letter) >> 8 for letter in word}
    usual = [letter for letter in letters if ord(letter) >> 8 in pages]
    found: dict[str, None] = {}
    for at in range(len(word) - 1, -1, -1):
        before, letter, after = word[:at], word[at], word[at + 1 :]
        if after and after[0] != letter:
            found[before + after[0] + letter + after[1:]] = None
        found[before + after] = None
        for other in usual:
            found[before + other + after] = None
            found[before + letter + other + after] = None
    for other in usual:
        found[other + word] = None
    found.pop(word, None)
    return list(found)
