"""How a name or a value is written so that it is read back as just that one.

Used by the completions and by the writing of whole orders.
"""

from console.ordering.quick_order.lexer import (
    TokenKind,
    fold,
    is_decimal_point,
    is_letter,
    quote,
    split_words,
    tokenize,
)
from console.ordering.quick_order.name_index import OptionTerm
from console.ordering.quick_order.parser import QuickOrderError
from console.ordering.quick_order.resolver import LookupContext, find_match


def name_text(position: int, lookup: LookupContext) -> str:
    """The title as plain words where they mean it, else in quotes, else the id."""
    named = lookup.index.entries[position]
    for text in (plain_title(named.title), quote(named.title)):
        if text and _resolves_to(text, position, lookup):
            return text
    return f"#{named.product_id}"


def value_text(term: OptionTerm) -> str:
    """A value as one word, in quotes where it has none."""
    words = plain_title(term.value).replace(" ", "")
    read = tokenize(words)
    if len(read) == 1 and term.match_level(read[0]) == 0:
        return words
    return quote(term.value)


def plain_title(title: str) -> str:
    """A title as it is typed: its words in small letters, without signs."""
    folded = fold(title)
    # What is folded away stays readable where lower case says the same.
    text = title.lower() if split_words(title.lower()) == split_words(title) else folded
    kept = (c if is_letter(c) or is_decimal_point(text, place) else " " for place, c in enumerate(text))
    return " ".join("".join(kept).split())


def _resolves_to(text: str, position: int, lookup: LookupContext) -> bool:
    read = tokenize(text)
    if not read or any(token.kind not in (TokenKind.WORD, TokenKind.QUOTED) for token in read):
        return False
    try:
        found = find_match(read, lookup)
    except QuickOrderError:
        return False
    return found.position == position and not found.requested and not found.quantity
