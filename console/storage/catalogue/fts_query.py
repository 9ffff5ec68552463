"""Build full-text queries from typed text, so that no word is read as an operator."""

import unicodedata
from collections.abc import Iterable, Sequence

from console.ordering.name_form import typed_alike


def normalize_text(text: str) -> str:
    """Compose the text, so that two spellings of a letter are one, in index and query."""
    return unicodedata.normalize("NFC", text).replace("\0", " ")


def typed_words(text: str) -> list[str]:
    """Split the text into words, without those that are punctuation only."""
    return [word for word in normalize_text(text).split() if any(_is_letter(character) for character in word)]


def indexed_text(text: str) -> str:
    """The text as it is indexed: with the letters that people type for others."""
    return typed_alike(normalize_text(text))


def spellings(word: str) -> list[str]:
    """The word as it is indexed, and as it was by earlier versions: as it was typed."""
    return list(dict.fromkeys((indexed_text(word), word)))


def prefix_term(word: str) -> str:
    """An FTS5 term for words that begin with this one."""
    return f"{exact_term(word)}*"


def exact_term(word: str) -> str:
    """An FTS5 term for the word itself."""
    # Quoted, AND, NEAR, a column's name or a star is a plain word.
    return '"' + word.replace('"', '""') + '"'


def match_query(terms: Iterable[Sequence[str]]) -> str:
    """An FTS5 query: one term of each word must occur, in any order and column."""
    return " AND ".join(f"({' OR '.join(choice)})" for choice in terms)


def is_ranked(words: list[str]) -> bool:
    """Return True if results are ranked: a one-letter word matches nearly all, which is slow to rank."""
    return all(sum(map(_is_letter, word)) >= 2 for word in words)


def is_word(text: str) -> bool:
    """Return True if the text is letters only, without digits or signs."""
    return all(unicodedata.category(character)[0] in "LM" for character in text)


def _is_letter(character: str) -> bool:
    # The categories that the index makes words of (schema.CATALOGUE).
    category = unicodedata.category(character)
    return category[0] in "LN" or category in {"Co", "Mn", "Mc"}
