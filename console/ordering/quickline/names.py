"""The index of a menu's words: what a typed word may name, and how well it names it.

Made once for a menu and for each group of a bundle; searched by ``resolving`` and ``completion``.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from console.ordering.quickline.words import Token, TokenKind, fold, squash, words_of

_LAST = "\U0010ffff"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Attribute:
    """One value of an option that a word may ask for: Size, Large.

    ``keys`` are what a word may be the beginning of, of ``least`` letters; ``short`` what it may be in full:
    the initials of a value of several words, ``xl`` for Extra Large, ``x`` for extra.
    """

    name: str
    value: str
    keys: tuple[str, ...]
    short: tuple[str, ...]
    least: int = 1

    def level(self, token: Token) -> int | None:
        """How well a token names it: 0 in full, 1 by its beginning, 2 by a later word, ``None`` not."""
        if token.kind is TokenKind.QUOTED:
            return 0 if fold(token.text) == fold(self.value) else None
        typed = squash(token.text)
        if token.kind is not TokenKind.WORD or not typed:
            return None
        if is_number(token):
            return 0 if typed in words_of(self.value) else 2 if typed in _numbers(self.value) else None
        if self.keys and (typed == self.keys[0] or typed in self.short):
            return 0
        begun = (min(1, n) + 1 for n, key in enumerate(self.keys) if key.startswith(typed))
        return next(begun, None) if len(typed) >= self.least else None


@lru_cache(maxsize=4096)
def attribute(name: str, value: str, short_form: str = "", least: int = 1) -> Attribute:
    """The attribute with what it may be called, ``short_form`` besides."""
    words = words_of(value)
    initials = "".join(word[0] for word in words) if len(words) > 1 else ""
    short = {initials, short_form, "x" + initials[1:] if words[:1] == ("extra",) else ""} - {""}
    return Attribute(name, value, _tails(words), tuple(sorted(short)), least)


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name: a product of the menu, or an item of a group."""

    product_id: int
    title: str
    codes: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()

    def rank(self, typed: Sequence[Token]) -> int | None:
        """How well these words name it together, 0 the best; ``None`` where they do not.

        0 its code or its whole title; 1 whole words that begin its title; 2 whole words of it;
        3 the beginning of its title; 4 the beginnings of words of it.
        """
        if len(typed) == 1:
            return self._rank_of_one(typed[0])
        parts = [squash(token.text) for token in typed]
        if not all(parts) or any(token.kind is not TokenKind.WORD for token in typed):
            return None
        words = words_of(self.title)
        together, whole = "".join(parts), "".join(words)
        if together == whole:
            return 0
        in_order = len(parts) <= len(words) and all(map(str.startswith, words, parts))
        begins = in_order or whole.startswith(together)
        if _each_has_one(parts, words):
            return 1 if begins else 2
        if begins:
            return 3
        return 4 if _each_has_one(parts, _tails(words), beginnings=True) else None

    def _rank_of_one(self, token: Token) -> int | None:
        """The same for one word, which short words ask of half a menu at every key."""
        if self._is_called(token):
            return 0
        part = squash(token.text)
        if not part or token.kind is not TokenKind.WORD:
            return None
        words = words_of(self.title)
        tails = _tails(words)
        whole = tails[0] if tails else ""
        if part == whole:
            return 0
        begins = whole.startswith(part)
        if part in words:
            return 1 if begins else 2
        if begins:
            return 3
        return 4 if any(tail.startswith(part) for tail in tails) else None

    def _is_called(self, token: Token) -> bool:
        if token.kind is TokenKind.NUMBER_SIGN:
            return token.text.partition(".")[0] == str(self.product_id)
        wanted = fold(token.text)
        return wanted in self.codes or (token.kind is TokenKind.QUOTED and wanted == fold(self.title))


class Index:
    """Things with names, found by the beginnings of their words.

    A set of them is the bits of an integer, so that what fits several words is one ``&``.
    """

    def __init__(self, named: Iterable[Named]) -> None:
        self.named = tuple(named)
        self.all = (1 << len(self.named)) - 1
        self._words = _Beginnings(
            (key, place) for place, one in enumerate(self.named) for key in _tails(words_of(one.title))
        )
        self._called: dict[str, int] = {}
        self._with: dict[Attribute, int] = {}
        for place, one in enumerate(self.named):
            for name in {f"#{one.product_id}", f'"{fold(one.title)}', *one.codes}:
                self._called[name] = self._called.get(name, 0) | 1 << place
            for attribute_ in one.attributes:
                self._with[attribute_] = self._with.get(attribute_, 0) | 1 << place

    def names(self, token: Token) -> int:
        """What has a word that begins with the token, or is called just so."""
        if token.kind is TokenKind.NUMBER_SIGN:
            return self._called.get("#" + token.text.partition(".")[0], 0)
        wanted = fold(token.text)
        called = self._called.get(wanted, 0)
        if token.kind is TokenKind.QUOTED:
            return called | self._called.get(f'"{wanted}', 0)
        return called | self._words.mask(squash(token.text))

    def asks(self, token: Token) -> int:
        """What comes in a form that the token may ask for."""
        found = 0
        for attribute_, mask in self._with.items():
            if attribute_.level(token) is not None:
                found |= mask
        return found

    def attributes(self, mask: int) -> Iterator[Attribute]:
        """The forms that anything of a set comes in."""
        return (attribute_ for attribute_, own in self._with.items() if own & mask)

    def of(self, mask: int) -> Iterator[int]:
        """The places of a set, in the menu's order."""
        while mask:
            lowest = mask & -mask
            yield lowest.bit_length() - 1
            mask ^= lowest

    def nearest(self, token: Token) -> int:
        """What has a word with the longest beginning in common with the token, two letters at least."""
        typed = squash(token.text)
        return next((m for size in range(len(typed) - 1, 1, -1) if (m := self._words.mask(typed[:size]))), 0)


def is_number(token: Token) -> bool:
    """Whether a token is a bare number, which may be a quantity."""
    return token.kind is TokenKind.WORD and token.text.isascii() and bool(_NUMBER.fullmatch(token.text))


class _Beginnings:
    """Keys in order, each with a place."""

    def __init__(self, entries: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(entries)
        self._keys = [key for key, _ in ordered]
        self._bits = [1 << place for _, place in ordered]

    def mask(self, beginning: str) -> int:
        """The places of the keys that begin so."""
        if not beginning:
            return 0
        found = 0
        low = bisect_left(self._keys, beginning)
        for bit in self._bits[low : bisect_right(self._keys, beginning + _LAST, lo=low)]:
            found |= bit
        return found


@lru_cache(maxsize=16384)
def _tails(words: tuple[str, ...]) -> tuple[str, ...]:
    """What is left of the words from each of them on, written as one: a typed word begins one of these."""
    return tuple("".join(words[place:]) for place in range(len(words)))


@lru_cache(maxsize=4096)
def _numbers(value: str) -> tuple[str, ...]:
    """The numbers that words of a value begin with: 500 of ``500ml``."""
    return tuple(found[0] for word in words_of(value) if (found := _NUMBER.match(word)))


def _each_has_one(parts: Sequence[str], words: Sequence[str], *, beginnings: bool = False) -> bool:
    """Whether each part is a word of its own, or begins one."""
    taken: dict[int, int] = {}

    def place_for(part: int, tried: set[int]) -> bool:
        for place, word in enumerate(words):
            fits = word.startswith(parts[part]) if beginnings else word == parts[part]
            if fits and place not in tried:
                tried.add(place)
                if place not in taken or place_for(taken[place], tried):
                    taken[place] = part
                    return True
        return False

    return all(parts) and len(parts) <= len(words) and all(place_for(n, set()) for n in range(len(parts)))
