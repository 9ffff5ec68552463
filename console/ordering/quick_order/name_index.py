"""Index of a menu's words: which names a typed word matches, and how well."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from console.ordering.number_input import with_ascii_digits
from console.ordering.quick_order.lexer import Token, TokenKind, fold, split_words, squash

_LAST = "\U0010ffff"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class OptionTerm:
    """One value of an option that a word may ask for: Size, Large.

    A word of at least ``min_letters`` matches as the beginning of one of the ``keys``. ``abbreviations``
    match in full only: the initials of a value of several words, ``xl`` for Extra Large, ``x`` for extra.
    """

    name: str
    value: str
    keys: tuple[str, ...]
    abbreviations: tuple[str, ...]
    min_letters: int = 1

    def match_level(self, token: Token) -> int | None:
        """Grade a match: 0 in full, 1 as its beginning, 2 as a later word, ``None`` for none."""
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
def option_term(
    name: str, value: str, abbreviations: tuple[str, ...] = (), min_letters: int = 1
) -> OptionTerm:
    """Make an option term, with ``abbreviations`` besides the usual ones."""
    words = split_words(value)
    initials = "".join(word[0] for word in words) if len(words) > 1 else ""
    short = {initials, *abbreviations, "x" + initials[1:] if words[:1] == ("extra",) else ""} - {""}
    return OptionTerm(name, value, _suffixes(words), tuple(sorted(short)), min_letters)


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A named thing: a product of the menu, or an item of a group.

    ``kinds`` are folded words for what it is, such as those of its category. They are no part of its name.
    """

    product_id: int
    title: str
    codes: tuple[str, ...] = ()
    option_terms: tuple[OptionTerm, ...] = ()
    kinds: tuple[str, ...] = ()

    def rank(self, tokens: Sequence[Token]) -> int | None:
        """Rank how well the words match this name together, 0 is best; ``None`` if they do not.

        0: its code or its whole title; 1: whole words at its beginning; 2: whole words of it;
        3: the beginning of the title; 4: the beginnings of its words.
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
        """The rank of one word: faster, as a short word is checked against half a menu at every key."""
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
        name = fold(token.text)
        return name in self.codes or (token.kind is TokenKind.QUOTED and name == fold(self.title))


class NameIndex:
    """Named things, found by the beginnings of their words.

    A set of them is an integer with a bit for each, so that an intersection is one ``&``.
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
        self._masks_by_kind: dict[str, int] = {}
        for place, one in enumerate(self.entries):
            for name in {f"#{one.product_id}", f'"{fold(one.title)}', *one.codes}:
                self._exact_names[name] = self._exact_names.get(name, 0) | 1 << place
            for kind in one.kinds:
                self._masks_by_kind[kind] = self._masks_by_kind.get(kind, 0) | 1 << place
            for term in one.option_terms:
                self._masks_by_term[term] = self._masks_by_term.get(term, 0) | 1 << place

    def matching_names(self, token: Token) -> int:
        """The entries with a word that begins with the token, or with exactly this name."""
        if token.kind is TokenKind.NUMBER_SIGN:
            return self._exact_names.get("#" + token.text.partition(".")[0], 0)
        name = fold(token.text)
        exact = self._exact_names.get(name, 0)
        if token.kind is TokenKind.QUOTED:
            return exact | self._exact_names.get(f'"{name}', 0)
        return exact | self._prefixes.mask(squash(token.text))

    def has_beginning(self, text: str) -> bool:
        """Return True if the folded text begins words of a name or an option, one after the other."""
        if self._prefixes.mask(text):
            return True
        return any(key.startswith(text) for term in self._masks_by_term for key in term.keys)

    def of_kind(self, token: Token) -> int:
        """The entries of the kind that the token names as a whole word: ``deal``, ``pizza``."""
        return self._masks_by_kind.get(squash(token.text), 0) if token.kind is TokenKind.WORD else 0

    def matching_options(self, token: Token) -> int:
        """The entries that come in an option that the token may ask for."""
        found = 0
        for term, mask in self._masks_by_term.items():
            if term.match_level(token) is not None:
                found |= mask
        return found

    def option_terms(self, mask: int) -> Iterator[OptionTerm]:
        """The options of the entries of a set."""
        return (term for term, own in self._masks_by_term.items() if own & mask)

    def positions(self, mask: int) -> Iterator[int]:
        """The positions of a set, in the menu's order."""
        while mask:
            lowest = mask & -mask
            yield lowest.bit_length() - 1
            mask ^= lowest

    def nearest(self, token: Token) -> int:
        """The entries with a word that shares the longest beginning with the token, at least two letters."""
        typed = squash(token.text)
        return next(
            (m for size in range(len(typed) - 1, 1, -1) if (m := self._prefixes.mask(typed[:size]))), 0
        )


def is_number(token: Token) -> bool:
    """Return True if a token is a bare number, which may be a quantity."""
    text = with_ascii_digits(token.text)
    return token.kind is TokenKind.WORD and text.isascii() and bool(_NUMBER.fullmatch(text))


class _PrefixIndex:
    """Sorted keys, each with a position."""

    def __init__(self, entries: Iterable[tuple[str, int]]) -> None:
        ordered = sorted(entries)
        self._keys = [key for key, _ in ordered]
        self._bits = [1 << place for _, place in ordered]

    def mask(self, prefix: str) -> int:
        """The positions of the keys with this prefix."""
        if not prefix:
            return 0
        found = 0
        low = bisect_left(self._keys, prefix)
        for bit in self._bits[low : bisect_right(self._keys, prefix + _LAST, lo=low)]:
            found |= bit
        return found


@lru_cache(maxsize=16384)
def _suffixes(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words joined from each one to the end: a typed word is a prefix of one of these."""
    return tuple("".join(words[place:]) for place in range(len(words)))


@lru_cache(maxsize=4096)
def _leading_numbers(value: str) -> tuple[str, ...]:
    """The numbers at the beginning of a value's words: 500 of ``500ml``."""
    return tuple(found[0] for word in split_words(value) if (found := _NUMBER.match(word)))


def _match_distinct_words(parts: Sequence[str], words: Sequence[str], *, prefixes: bool = False) -> bool:
    """Return True if each part is a different word, or begins one (bipartite matching)."""
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
