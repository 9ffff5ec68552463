"""What the operator typed, as a full-text query that can mean nothing but words.

Used by the catalogue's search.
"""

import unicodedata


def folded(text: str) -> str:
    """Text as it is indexed and asked for: composed, so that two spellings of one letter are one."""
    return unicodedata.normalize("NFC", text).replace("\0", " ")


def words(text: str) -> list[str]:
    """The words typed, without those that are punctuation only."""
    return [word for word in folded(text).split() if any(_is_letter(character) for character in word)]


def query(typed: list[str]) -> str:
    """An FTS5 query: every word must begin a word of the text, in any order and any column."""
    # Quoted, a word is a word whatever FTS5 would otherwise read in it: AND, NEAR, a column's name, a star.
    return " ".join('"' + word.replace('"', '""') + '"*' for word in typed)


def is_ranked(typed: list[str]) -> bool:
    """Whether to order by relevance: a one-letter word is in nearly everything, and dear to rank."""
    return all(sum(map(_is_letter, word)) >= 2 for word in typed)


def _is_letter(character: str) -> bool:
    # The categories that the index is told to make words of.
    category = unicodedata.category(character)
    return category[0] in "LN" or category in {"Co", "Mn", "Mc"}
