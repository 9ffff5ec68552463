"""Write a name or a value so that it is read back as exactly that one."""

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
    """The title as plain words if they are unambiguous, else quoted, else the id."""
    named = lookup.index.entries[position]
    for text in (plain_title(named.title), quote(named.title)):
        if text and _resolves_to(text, position, lookup):
            return text
    return f"#{named.product_id}"


def value_text(term: OptionTerm) -> str:
    """A value as one word, else quoted."""
    words = plain_title(term.value).replace(" ", "")
    read = tokenize(words)
    if len(read) == 1 and term.match_level(read[0]) == 0:
        return words
    return quote(term.value)


def plain_title(title: str) -> str:
    """A title as it is typed: lower case, without signs."""
    folded = fold(title)
    # Prefer lower case to the folded title, which has no accents, if both have the same words.
    text = title.lower() if split_words(title.lower()) == split_words(title) else folded
    characters = (c if is_letter(c) or is_decimal_point(text, place) else " " for place, c in enumerate(text))
    return " ".join("".join(characters).split())


def _resolves_to(text: str, position: int, lookup: LookupContext) -> bool:
    read = tokenize(text)
    if not read or any(token.kind not in (TokenKind.WORD, TokenKind.QUOTED) for token in read):
        return False
    try:
        found = find_match(read, lookup)
    except QuickOrderError:
        return False
    return found.position == position and not found.requested and not found.quantity
