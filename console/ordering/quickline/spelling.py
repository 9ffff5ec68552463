"""How a name or a value is written so that it is read back as just that one.

Used by the completions and by the writing of whole orders.
"""

from console.ordering.quickline.grammar import WrongError
from console.ordering.quickline.names import Attribute
from console.ordering.quickline.resolving import Lookup, find
from console.ordering.quickline.words import TokenKind, fold, is_letter, is_point, quote, tokens, words_of


def spelt(place: int, lookup: Lookup) -> str:
    """The title as plain words where they mean it, else in quotes, else the id."""
    named = lookup.index.named[place]
    for text in (plain(named.title), quote(named.title)):
        if text and _means(text, place, lookup):
            return text
    return f"#{named.product_id}"


def value_words(one: Attribute) -> str:
    """A value as one word, in quotes where it has none."""
    words = plain(one.value).replace(" ", "")
    read = tokens(words)
    if len(read) == 1 and one.level(read[0]) == 0:
        return words
    return quote(one.value)


def plain(title: str) -> str:
    """A title as it is typed: its words in small letters, without signs."""
    folded = fold(title)
    # What is folded away stays readable where lower case says the same.
    text = title.lower() if words_of(title.lower()) == words_of(title) else folded
    kept = (c if is_letter(c) or is_point(text, place) else " " for place, c in enumerate(text))
    return " ".join("".join(kept).split())


def _means(text: str, place: int, lookup: Lookup) -> bool:
    read = tokens(text)
    if not read or any(token.kind not in (TokenKind.WORD, TokenKind.QUOTED) for token in read):
        return False
    try:
        found = find(read, lookup)
    except WrongError:
        return False
    return found.place == place and not found.asked and not found.quantity
