"""The index of a menu's words: what a typed word may name, and how well it names it.

Made once for a menu and for each group of a bundle; searched by ``resolving`` and ``completion``.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from console.ordering.quick_order.lexer import Token, TokenKind, fold, split_words, squash

_LAST = "\U0010ffff"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class OptionTerm:
    """One value of an option that a word may ask for: Size, Large.

    ``keys`` are what a word may begin, with ``min_letters``; ``abbreviations`` what it may be in full:
    the initials of a value of several words, ``xl`` for Extra Large, ``x`` for extra.
    """

    name: str
    value: str
    keys: tuple[str, ...]
    abbreviations: tuple[str, ...]
    min_letters: int = 1

    def match_level(self, token: Token) -> int | None:
        """How well a token names it: 0 in full, 1 by its beginning, 2 by a later word, ``None`` not."""
        if token.kind is TokenKind.QUOTED:
            return 0 if fold(token.text) == fold(self.value) else None
        typed = squash(token.text)
        if token.kind is not TokenKind.WORD or not typed:
            return None
        if is_number(token):
            return (
                0
                if typed in split_words(self.value)
                else 2
                if typed in _leading_numbers(self.value)
                else None
            )
        if self.keys and (typed == self.keys[0] or typed in self.abbreviations):
            return 0
        begun = (min(1, n) + 1 for n, key in enumerate(self.keys) if key.startswith(typed))
        return next(begun, None) if len(typed) >= self.min_letters else None


@lru_cache(maxsize=4096)
def option_term(name: str, value: str, abbreviation: str = "", min_letters: int = 1) -> OptionTerm:
    """The attribute with what it may be called, ``abbreviation`` besides."""
    words = split_words(value)
    initials = "".join(word[0] for word in words) if len(words) > 1 else ""
    short = {initials, abbreviation, "x" + initials[1:] if words[:1] == ("extra",) else ""} - {""}
    return OptionTerm(name, value, _suffixes(words), tuple(sorted(short)), min_letters)


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """Something with a name: a product of the menu, or an item of a group."""

    product_id: int
    title: str
    codes: tuple[str, ...] = ()
    option_terms: tuple[OptionTerm, ...] = ()

    def rank(self, tokens: Sequence[Token]) -> int | None:
        """How well these words name it together, 0 the best; ``None`` where they do not.

        0 its code or its whole title; 1 whole words that begin its title; 2 whole words of it;
        3 the beginning of its title; 4 the beginnings of words of it.
        """
        if len(tokens) == 1:
            return self._rank_of_token(tokens[0])
        parts = [squash(token.text) for token in tokens]
        if not all(parts) or any(token.kind is not TokenKind.WORD for token in tokens):
            return None
        words = split_words(self.title)
        together, whole = "".join(parts), "".join(words)
        if together == whole:
            return 0
        in_order = len(parts) <= len(words) and all(map(str.startswith, words, parts))
        begins = in_order or whole.startswith(together)
        if _match_distinct_words(parts, words):
            return 1 if begins else 2
        if begins:
            return 3
        return 4 if _match_distinct_words(parts, _suffixes(words), prefixes=True) else None

    def _rank_of_token(self, token: Token) -> int | None:
        """The same for one word, which short words ask of half a menu at every key."""
        if self._is_named_by(token):
            return 0
        part = squash(token.text)
        if not part or token.kind is not TokenKind.WORD:
            return None
        words = split_words(self.title)
        tails = _suffixes(words)
        whole = tails[0] if tails else ""
        if part == whole:
            return 0
        begins = whole.startswith(part)
        if part in words:
            return 1 if begins else 2
        if begins:
            return 3
        return 4 if any(tail.startswith(part) for tail in tails) else None

    def _is_named_by(self, token: Token) -> bool:
        if token.kind is TokenKind.NUMBER_SIGN:
            return token.text.partition(".")[0] == str(self.product_id)
        wanted = fold(token.text)
        return wanted in self.codes or (token.kind is TokenKind.QUOTED and wanted == fold(self.title))


class NameIndex:
    """Things with names, found by the beginnings of their words.

    A set of them is the bits of an integer, so that what fits several words is one ``&``.
    """

    def __init__(self, entries: Iterable[IndexEntry]) -> None:
        self.entries = tuple(entries)
        self.all_mask = (1 << len(self.entries)) - 1
        self._prefixes = _PrefixIndex(
            (key, place)
            for place, one in enumerate(self.entries)
            for key in _suffixes(split_words(one.title))
        )
        self._exact_names: dict[str, int] = {}
        self._masks_by_term: dict[OptionTerm, int] = {}
        for place, one in enumerate(self.entries):
            for name in {f"#{one.product_id}", f'"{fold(one.title)}', *one.codes}:
                self._exact_names[name] = self._exact_names.get(name, 0) | 1 << place
            for attribute_ in one.option_terms:
                self._masks_by_term[attribute_] = self._masks_by_term.get(attribute_, 0) | 1 << place

    def matching_names(self, token: Token) -> int:
        """What has a word that begins with the token, or is called just so."""
        if token.kind is TokenKind.NUMBER_SIGN:
            return self._exact_names.get("#" + token.text.partition(".")[0], 0)
        wanted = fold(token.text)
        called = self._exact_names.get(wanted, 0)
        if token.kind is TokenKind.QUOTED:
            return called | self._exact_names.get(f'"{wanted}', 0)
        return called | self._prefixes.mask(squash(token.text))

    def matching_options(self, token: Token) -> int:
        """What comes in a form that the token may ask for."""
        found = 0
        for attribute_, mask in self._masks_by_term.items():
            if attribute_.match_level(token) is not None:
                found |= mask
        return found

    def option_terms(self, mask: int) -> Iterator[OptionTerm]:
        """The forms that anything of a set comes in."""
        return (attribute_ for attribute_, own in self._masks_by_term.items() if own & mask)

    def positions(self, mask: int) -> Iterator[int]:
        """The places of a set, in the menu's order."""
        while mask:
            lowest = mask & -mask
            yield lowest.bit_length() - 1
            mask ^= lowest

    def nearest(self, token: Token) -> int:
        """What has a word with the longest beginning in common with the token, two letters at least."""
        typed = squash(token.text)
        return next(
            (m for size in range(len(typed) - 1, 1, -1) if (m := self._prefixes.mask(typed[:size]))), 0
        )


def is_number(token: Token) -> bool:
    """Whether a token is a bare number, which may be a quantity."""
    return token.kind is TokenKind.WORD and token.text.isascii() and bool(_NUMBER.fullmatch(token.text))


class _PrefixIndex:
    """Keys in order, each with a place."""

    def __init__(self, entries: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(entries)
        self._keys = [key for key, _ in ordered]
        self._bits = [1 << place for _, place in ordered]

    def mask(self, prefix: str) -> int:
        """The places of the keys that begin so."""
        if not prefix:
            return 0
        found = 0
        low = bisect_left(self._keys, prefix)
        for bit in self._bits[low : bisect_right(self._keys, prefix + _LAST, lo=low)]:
            found |= bit
        return found


@lru_cache(maxsize=16384)
def _suffixes(words: tuple[str, ...]) -> tuple[str, ...]:
    """What is left of the words from each of them on, written as one: a typed word begins one of these."""
    return tuple("".join(words[place:]) for place in range(len(words)))


@lru_cache(maxsize=4096)
def _leading_numbers(value: str) -> tuple[str, ...]:
    """The numbers that words of a value begin with: 500 of ``500ml``."""
    return tuple(found[0] for word in split_words(value) if (found := _NUMBER.match(word)))


def _match_distinct_words(parts: Sequence[str], words: Sequence[str], *, prefixes: bool = False) -> bool:
    """Whether each part is a word of its own, or begins one."""
    taken: dict[int, int] = {}

    def place_for(part: int, tried: set[int]) -> bool:
        for place, word in enumerate(words):
            fits = word.startswith(parts[part]) if prefixes else word == parts[part]
            if fits and place not in tried:
                tried.add(place)
                if place not in taken or place_for(taken[place], tried):
                    taken[place] = part
                    return True
        return False

    return all(parts) and len(parts) <= len(words) and all(place_for(n, set()) for n in range(len(parts)))
