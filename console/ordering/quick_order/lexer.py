"""The words of the one-line order: how text is compared, and how a line is cut into tokens with places.

Used by the grammar, and by the index of the menu's names, so that what is typed and what is on the menu
are folded alike.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from unicodedata import category, normalize

_ACCENTS = re.compile("[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]")
"""Accents of Latin, Greek and Cyrillic, Arabic vowel signs and the tatweel. Vowel signs of other scripts are
letters to their readers and stay."""


class TokenKind(StrEnum):
    """What a token is. A sign is its own kind."""

    WORD = "word"
    QUOTED = "quoted"
    """``"Any title"``; the text is what is between the quotes."""
    NUMBER_SIGN = "#"
    """``#13047633`` or ``#13047633.9758597``; the text is what is behind the sign."""
    PLUS = "+"
    MINUS = "-"
    COLON = ":"
    SLASH = "/"
    COMMA = ","
    SEMICOLON = ";"
    OPEN = "["
    CLOSE = "]"


SIGNS = {str(kind): kind for kind in TokenKind if len(kind) == 1 and kind is not TokenKind.NUMBER_SIGN}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line. ``start`` and ``end`` are its place in the text."""

    kind: TokenKind
    text: str
    start: int
    end: int
    is_closed: bool = True
    """Whether a quote that was opened is closed."""


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """The text without case, accents and differences of writing that nobody types."""
    if text.isascii():
        return text.lower()
    folded = _ACCENTS.sub("", normalize("NFKD", text).casefold())
    return _ACCENTS.sub("", normalize("NFKD", folded))


@lru_cache(maxsize=16384)
def split_words(text: str) -> tuple[str, ...]:
    """The folded words of a title or an option: runs of letters, digits, marks and pictures.

    A point between two digits belongs to the number: ``2.25``.
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
    """Whether a character belongs to a word: letters, digits, marks and pictures do."""
    return character.isalnum() or category(character) in {"Mn", "Mc", "So", "Co", "Sk"}


def is_decimal_point(text: str, place: int) -> bool:
    """Whether a character is the point of a number."""
    if text[place] != "." or not 0 < place < len(text) - 1:
        return False
    return text[place - 1].isdigit() and text[place + 1].isdigit()


def squash(text: str) -> str:
    """The folded words without anything between them: ``500 ml`` becomes ``500ml``."""
    return "".join(split_words(text))


def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a line, from left to right; every text has some.

    A minus takes off only where a word could begin, so that ``7-up`` stays one word, and a number sign
    names an id only there. ``3*coke`` is two words, as in the menu's search.
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
    """The text as a quoted name."""
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
        if character.isspace() or character == '"' or (character in SIGNS and character != "-"):
            break
        end += 1
        if character == "*" and text[start : end - 1].isdecimal():
            break
    return end
