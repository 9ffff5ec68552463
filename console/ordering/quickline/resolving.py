"""Which of the things with names some words mean: every word is a quantity, asks for a form, or names.

Used for the products of a line, the choices of a slot and the toppings of a pizza alike.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from console.ordering.draft import MAX_QUANTITY
from console.ordering.quickline.forms import Asked, Forms
from console.ordering.quickline.grammar import WrongError
from console.ordering.quickline.names import Index, Named, is_number
from console.ordering.quickline.words import Token, TokenKind, squash, words_of

MAX_WORDS = 12
"""More words than this name nothing."""
MAX_WAYS = 40
"""Ways to take the words that are looked at, besides the one in which all of them are of the name."""
MAX_CHOICES = 9
"""More choices than this are not listed."""
_COUNT = re.compile(r"(\d+)[x*]?|x(\d+)", re.ASCII | re.IGNORECASE)
"""A quantity as people write it: ``3``, ``3x``, ``x3``, ``3*``."""


class NothingError(WrongError):
    """The words mean nothing here; they may elsewhere."""


class Role(StrEnum):
    """What a word is for."""

    QUANTITY = "quantity"
    FORM = "form"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Lookup:
    """What words are looked up in: those of an index whose bits are in ``within``.

    ``forms`` says what a place of it comes in and ``price`` what it costs. ``counts`` says whether a number
    may be a quantity, ``offers`` whether all of it may be offered before a letter is typed.
    """

    index: Index
    forms: Callable[[int], Forms]
    price: Callable[[int], str]
    within: int = -1
    counts: bool = True
    offers: bool = True

    @property
    def mask(self) -> int:
        """The places that may be meant."""
        return self.within & self.index.all


@dataclass(frozen=True, slots=True)
class Found:
    """What was meant: a place of the index, the forms asked for, the quantity, 0 where none was said."""

    place: int
    asked: Asked
    quantity: int = 0


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to take the words: the role of each, and what fits all of them."""

    roles: tuple[Role, ...]
    mask: int

    def of(self, tokens: Sequence[Token], role: Role) -> tuple[Token, ...]:
        """The words of a role."""
        return tuple(token for token, own in zip(tokens, self.roles, strict=True) if own is role)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a way to take the words means: the places of the best rank, several where it is not plain."""

    way: _Way
    rank: int
    places: tuple[int, ...]

    @property
    def is_plain(self) -> bool:
        """Whether it is one thing."""
        return len(self.places) == 1


def find(tokens: Sequence[Token], lookup: Lookup) -> Found:
    """What the words mean.

    Raises:
        NothingError: they mean nothing.
        WrongError: they mean several things, or the quantity is none.
    """
    if len(tokens) > MAX_WORDS:
        raise WrongError(tokens[0].start, tokens[-1].end, "Too many words for one thing.")
    ways = dict.fromkeys((*islice(_ways(tokens, lookup), MAX_WAYS), _all_named(tokens, lookup)))
    meanings = [m for way in ways if (m := _meaning(way, tokens, lookup)).places]
    if not meanings:
        raise _nothing(tokens, lookup)
    meaning = next((m for m in meanings if m.rank == 0), meanings[0])
    if not meaning.is_plain and meaning.rank:
        # A word spelt out in full may be meant as a name although it asks for a form too.
        plain = (m for m in meanings if m.is_plain and _in_full(m, meaning, tokens, lookup.index))
        meaning = next(plain, meaning)
    place = meaning.places[0]
    if not meaning.is_plain:
        names = meaning.way.of(tokens, Role.NAME)
        said = " ".join(token.text for token in names)
        choices = _titles(lookup.index, meaning.places)
        raise WrongError(names[0].start, names[-1].end, f"{said} is several things; say which.", choices)
    asked = lookup.forms(place).narrow(meaning.way.of(tokens, Role.FORM)) or {}
    return Found(place, asked, _quantity(meaning.way.of(tokens, Role.QUANTITY)))


def _ways(tokens: Sequence[Token], lookup: Lookup) -> Iterator[_Way]:
    """The ways to take the words that something fits, those that ask for forms first."""
    sets = [(lookup.index.asks(token), lookup.index.names(token)) for token in tokens]

    def go(place: int, mask: int, roles: tuple[Role, ...]) -> Iterator[_Way]:
        if place == len(tokens):
            if Role.NAME in roles:
                yield _Way(roles, mask)
            return
        asks, names = sets[place]
        counts = lookup.counts and Role.QUANTITY not in roles and may_count(tokens[place])
        if counts and place == 0:
            yield from go(place + 1, mask, (*roles, Role.QUANTITY))
        if mask & asks:
            yield from go(place + 1, mask & asks, (*roles, Role.FORM))
        if mask & names:
            yield from go(place + 1, mask & names, (*roles, Role.NAME))
        if counts and place > 0:
            yield from go(place + 1, mask, (*roles, Role.QUANTITY))

    return go(0, lookup.mask, ())


def _all_named(tokens: Sequence[Token], lookup: Lookup) -> _Way:
    """The way in which every word is of the name."""
    mask = lookup.mask
    for token in tokens:
        mask &= lookup.index.names(token)
    return _Way((Role.NAME,) * len(tokens), mask)


def _meaning(way: _Way, tokens: Sequence[Token], lookup: Lookup) -> _Meaning:
    """The places of the best rank this way that come in the forms asked for."""
    names, asks = way.of(tokens, Role.NAME), way.of(tokens, Role.FORM)
    ranked: dict[int, list[int]] = {}
    for place in lookup.index.of(way.mask):
        rank = lookup.index.named[place].rank(names)
        if rank is not None:
            ranked.setdefault(rank, []).append(place)
    for rank in sorted(ranked):
        places: list[int] = []
        for place in ranked[rank]:
            if not asks or lookup.forms(place).narrow(asks) is not None:
                places.append(place)
                if len(places) > MAX_CHOICES:
                    break
        if places:
            return _Meaning(way, rank, tuple(places))
    return _Meaning(way, 0, ())


def _in_full(meaning: _Meaning, other: _Meaning, tokens: Sequence[Token], index: Index) -> bool:
    """Whether each word that names something only in this meaning is a whole word of that name."""
    words = words_of(index.named[meaning.places[0]].title)
    return all(
        squash(token.text) in words
        for token, role, before in zip(tokens, meaning.way.roles, other.way.roles, strict=True)
        if role is Role.NAME and before is not Role.NAME
    )


def may_count(token: Token) -> bool:
    """Whether a word may be a quantity; longer numbers are codes."""
    return 0 < len(_counted(token)) <= 3


def _counted(token: Token) -> str:
    """The figures of a quantity, empty where a word is none."""
    found = _COUNT.fullmatch(token.text) if token.kind is TokenKind.WORD else None
    return found[1] or found[2] if found else ""


def _quantity(tokens: Sequence[Token]) -> int:
    if not tokens:
        return 0
    quantity = int(_counted(tokens[0]))
    if not 1 <= quantity <= MAX_QUANTITY:
        raise WrongError(tokens[0].start, tokens[0].end, f"A quantity is 1 to {MAX_QUANTITY}.")
    return quantity


def _nothing(tokens: Sequence[Token], lookup: Lookup) -> NothingError:
    """Why the words mean nothing, at the first of them that fits neither alone nor with those before it."""
    index, mask = lookup.index, lookup.mask
    said: list[str] = []
    for token in tokens:
        fits = (index.asks(token) | index.names(token)) & lookup.mask
        if not fits and lookup.counts and (is_number(token) or _counted(token)) and not may_count(token):
            return NothingError(token.start, token.end, f"A quantity is 1 to {MAX_QUANTITY}.")
        if lookup.counts and may_count(token):
            continue
        if not fits:
            near = _titles(index, tuple(index.of(index.nearest(token) & lookup.mask)))
            return NothingError(token.start, token.end, f"Nothing here is called {token.text}.", near)
        if not mask & fits:
            sentence = f"{token.text} does not go with {' '.join(said)}."
            rest = _titles(index, tuple(index.of(mask))) if mask.bit_count() <= MAX_CHOICES else ()
            return NothingError(token.start, token.end, sentence, rest)
        said.append(token.text)
        mask &= fits
    return _not_so(tokens, lookup, mask)


def _not_so(tokens: Sequence[Token], lookup: Lookup, mask: int) -> NothingError:
    """Each word fits, and yet nothing is all of it: no name is said, or something does not come like that."""
    start, end = tokens[0].start, tokens[-1].end
    said = " ".join(token.text for token in tokens)
    named = [token for token in tokens if lookup.index.names(token) & mask]
    if not named or len(tokens) == 1:
        return NothingError(start, end, f"{said} does not say what.")
    if mask.bit_count() == 1:
        place = mask.bit_length() - 1
        title = lookup.index.named[place].title
        forms = [token for token in tokens if token not in named and not may_count(token)]
        values = tuple(one.value for _, values in lookup.forms(place).options for one in values)
        if forms:
            wanted = " ".join(token.text for token in forms)
            sentence = f"{title} does not come as {wanted}."
            return NothingError(forms[0].start, forms[-1].end, sentence, values[:MAX_CHOICES])
    choices = _titles(lookup.index, tuple(lookup.index.of(mask)))
    return NothingError(start, end, f"Nothing here is all of this: {said}.", choices)


def _titles(index: Index, places: Sequence[int]) -> tuple[str, ...]:
    """The titles at these places, the first few of them; with the id where two are alike."""
    shown = [index.named[place] for place in places[:MAX_CHOICES]]
    titles = [one.title for one in shown]
    return tuple(_told_apart(one) if titles.count(one.title) > 1 else one.title for one in shown)


def _told_apart(one: Named) -> str:
    return f"{one.title} (#{one.product_id})"
