"""What the operator typed, as a full-text query that can mean nothing but words.

Used by the menu's search.
"""

import unicodedata
from collections.abc import Iterable, Sequence


def normalize_text(text: str) -> str:
    """Text as it is indexed and asked for: composed, so that two spellings of one letter are one."""
    return unicodedata.normalize("NFC", text).replace("\0", " ")


def typed_words(text: str) -> list[str]:
    """The words typed, without those that are punctuation only."""
    return [word for word in normalize_text(text).split() if any(_is_letter(character) for character in word)]


def prefix_term(word: str) -> str:
    """An FTS5 term: something must begin with the word."""
    return f"{exact_term(word)}*"


def exact_term(word: str) -> str:
    """An FTS5 term: the word itself."""
    # Quoted, a word is a word whatever FTS5 would otherwise read in it: AND, NEAR, a column's name, a star.
    return '"' + word.replace('"', '""') + '"'


def match_query(terms: Iterable[Sequence[str]]) -> str:
    """An FTS5 query: of each word's terms one must be there, in any order and any column."""
    return " AND ".join(f"({' OR '.join(choice)})" for choice in terms)


def is_ranked(words: list[str]) -> bool:
    """Whether to order by relevance: a one-letter word is in nearly everything, and dear to rank."""
    return all(sum(map(_is_letter, word)) >= 2 for word in words)


def is_word(text: str) -> bool:
    """Whether it is letters only: no figure and no code."""
    return all(unicodedata.category(character)[0] in "LM" for character in text)


def _is_letter(character: str) -> bool:
    # The categories that the index is told to make words of.
    category = unicodedata.category(character)
    return category[0] in "LN" or category in {"Co", "Mn", "Mc"}
