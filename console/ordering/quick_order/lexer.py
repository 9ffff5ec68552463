"""Lexer of the one-line order: how names are compared, and how a text is cut into tokens."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from unicodedata import category, normalize

from console.ordering.name_form import typed_alike
from console.ordering.number_input import with_ascii_digits

_ACCENTS = re.compile("[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]")
"""Accents of Latin, Greek and Cyrillic, Arabic vowel signs and the tatweel. Vowel signs of other scripts
count as letters and stay."""


class TokenKind(StrEnum):
    """Kind of a token. Each sign is a kind of its own."""

    WORD = "word"
    QUOTED = "quoted"
    """``"Any title"``; the text is without the quotes."""
    NUMBER_SIGN = "#"
    """``#13047633`` or ``#13047633.9758597``; the text is without the sign."""
    PLUS = "+"
    MINUS = "-"
    COLON = ":"
    SLASH = "/"
    COMMA = ","
    SEMICOLON = ";"
    OPEN = "["
    CLOSE = "]"


SIGNS = {str(kind): kind for kind in TokenKind if len(kind) == 1 and kind is not TokenKind.NUMBER_SIGN} | {
    "؛": TokenKind.SEMICOLON,
    "،": TokenKind.COMMA,
    "\N{MINUS SIGN}": TokenKind.MINUS,
    "\N{EN DASH}": TokenKind.MINUS,
}
"""Each sign, as Arabic keyboards and phones write it too."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token. ``start`` and ``end`` are its offsets in the text."""

    kind: TokenKind
    text: str
    start: int
    end: int
    is_closed: bool = True
    """False for a quote that is still open."""


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Remove case, accents and compatibility forms from a text; digits of every script become ASCII's."""
    if text.isascii():
        return text.lower()
    folded = _ACCENTS.sub("", normalize("NFKD", typed_alike(text)).casefold())
    return with_ascii_digits(_ACCENTS.sub("", normalize("NFKD", folded)))


@lru_cache(maxsize=16384)
def split_words(text: str) -> tuple[str, ...]:
    """The folded words of a title or an option: runs of letters, digits, combining marks and emoji.

    A point between two digits is part of the number: ``2.25``.
    """
    words: list[str] = []
    word = ""
    folded = fold(text)
    for place, character in enumerate(folded):
        if is_letter(character) or is_decimal_point(folded, place):
            word += character
        elif word:
            words.append(word)
            word = ""
    return (*words, word) if word else tuple(words)


def is_letter(character: str) -> bool:
    """Return True if a character is part of a word: letter, digit, combining mark or emoji."""
    return character.isalnum() or category(character) in {"Mn", "Mc", "So", "Co", "Sk"}


def is_decimal_point(text: str, place: int) -> bool:
    """Return True if the character at ``place`` is the point of a number."""
    if text[place] != "." or not 0 < place < len(text) - 1:
        return False
    return text[place - 1].isdigit() and text[place + 1].isdigit()


def squash(text: str) -> str:
    """Join the folded words: ``500 ml`` becomes ``500ml``."""
    return "".join(split_words(text))


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a text, from left to right. Every text can be read.

    A minus is a sign only where a word could begin, so that ``7-up`` stays one word; the same goes for a
    number sign. ``3*coke`` is two words, as in the search of the menu.
    """
    found: list[Token] = []
    place = 0
    while place < len(text):
        character = text[place]
        if character.isspace():
            place += 1
        elif character == '"':
            found.append(token := _quoted_token(text, place))
            place = token.end
        elif character in SIGNS:
            found.append(Token(SIGNS[character], character, place, place + 1))
            place += 1
        else:
            end = _word_end(text, place)
            if character == "#":
                found.append(Token(TokenKind.NUMBER_SIGN, text[place + 1 : end], place, end))
            else:
                found.append(Token(TokenKind.WORD, text[place:end], place, end))
            place = end
    return tuple(found)


def quote(text: str) -> str:
    """Quote a name."""
    return '"' + text.replace('"', '""') + '"'


def _quoted_token(text: str, start: int) -> Token:
    place = start + 1
    content = ""
    while place < len(text):
        if text[place] != '"':
            content += text[place]
            place += 1
        elif text.startswith('""', place):
            content += '"'
            place += 2
        else:
            return Token(TokenKind.QUOTED, content, start, place + 1)
    return Token(TokenKind.QUOTED, content, start, len(text), is_closed=False)


def _word_end(text: str, start: int) -> int:
    end = start + 1
    while end < len(text):
        character = text[end]
        if (
            character.isspace()
            or character == '"'
            or SIGNS.get(character, TokenKind.MINUS) is not TokenKind.MINUS
        ):
            break
        end += 1
        if character == "*" and text[start : end - 1].isdecimal():
            break
    return end
