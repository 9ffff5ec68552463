"""Resolver of words: which named thing they mean, where each word is a quantity, an option or a name.

The same for the products of a line, the choices of a slot and the toppings of a pizza.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from console.ordering.draft import MAX_QUANTITY
from console.ordering.number_input import with_ascii_digits
from console.ordering.quick_order.lexer import Token, TokenKind, split_words, squash
from console.ordering.quick_order.name_index import IndexEntry, NameIndex, is_number
from console.ordering.quick_order.parser import QuickOrderError
from console.ordering.quick_order.variant_options import RequestedOptions, VariantOptions

MAX_WORDS = 12
"""More words than this match nothing."""
MAX_ASSIGNMENTS = 40
"""Role assignments that are tried, besides the one in which every word is of the name."""
MAX_CHOICES = 9
"""Choices that are listed at most."""
_QUANTITY = re.compile(r"(\d+)[x*]?|x(\d+)", re.IGNORECASE)
"""Ways to write a quantity, in the digits of any script: ``3``, ``3x``, ``x3``, ``3*``."""


class NoMatchError(QuickOrderError):
    """The words match nothing here; they may elsewhere."""


class Role(StrEnum):
    """The role of a word."""

    QUANTITY = "quantity"
    OPTION = "option"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class LookupContext:
    """The entries of an index that words are looked up in: those whose bits are in ``within``.

    ``variant_options`` gives the options of an entry, ``price`` its price. ``allows_quantity``: a number may
    be a quantity. ``suggests_all``: all entries are offered before a letter is typed.
    """

    index: NameIndex
    variant_options: Callable[[int], VariantOptions]
    price: Callable[[int], str]
    within: int = -1
    allows_quantity: bool = True
    suggests_all: bool = True

    @property
    def mask(self) -> int:
        """The positions that may be meant."""
        return self.within & self.index.all_mask


@dataclass(frozen=True, slots=True)
class PhraseMatch:
    """The meaning of words: a position in the index, options, the quantity (0 if not given)."""

    position: int
    requested: RequestedOptions
    quantity: int = 0


@dataclass(frozen=True, slots=True)
class _RoleAssignment:
    """One assignment of a role to each word, and what matches all of them."""

    roles: tuple[Role, ...]
    mask: int

    def tokens_with(self, tokens: Sequence[Token], role: Role) -> tuple[Token, ...]:
        """The words of a role."""
        return tuple(token for token, own in zip(tokens, self.roles, strict=True) if own is role)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """The meaning of an assignment: the positions of the best rank, several if it is ambiguous."""

    assignment: _RoleAssignment
    rank: int
    positions: tuple[int, ...]

    @property
    def is_unambiguous(self) -> bool:
        """Return True if it is one thing."""
        return len(self.positions) == 1


def find_match(tokens: Sequence[Token], lookup: LookupContext) -> PhraseMatch:
    """Find what the words mean.

    Raises:
        NoMatchError: they match nothing.
        QuickOrderError: they match several things, or the quantity is out of bounds.
    """
    if len(tokens) > MAX_WORDS:
        raise QuickOrderError(tokens[0].start, tokens[-1].end, "Too many words for one thing.")
    assignments = dict.fromkeys(
        (*islice(_assignments(tokens, lookup), MAX_ASSIGNMENTS), _name_only_assignment(tokens, lookup))
    )
    meanings = [m for one in assignments if (m := _candidate(one, tokens, lookup)).positions]
    if not meanings:
        return _match_by_kind(tokens, lookup)
    meaning = next((m for m in meanings if m.rank == 0), meanings[0])
    if not meaning.is_unambiguous and meaning.rank:
        # A word that is spelled out in full may be a name even if it matches an option too.
        plain = (
            m for m in meanings if m.is_unambiguous and _is_spelled_in_full(m, meaning, tokens, lookup.index)
        )
        meaning = next(plain, meaning)
    place = meaning.positions[0]
    if not meaning.is_unambiguous:
        names = meaning.assignment.tokens_with(tokens, Role.NAME)
        typed = " ".join(token.text for token in names)
        choices = _titles(lookup.index, meaning.positions)
        raise QuickOrderError(
            names[0].start, names[-1].end, f"{typed} is several things; say which.", choices
        )
    requested = (
        lookup.variant_options(place).narrow(meaning.assignment.tokens_with(tokens, Role.OPTION)) or {}
    )
    return PhraseMatch(place, requested, _quantity(meaning.assignment.tokens_with(tokens, Role.QUANTITY)))


def _match_by_kind(tokens: Sequence[Token], lookup: LookupContext) -> PhraseMatch:
    """Find what the words mean where some say only what kind of thing it is.

    ``family deal`` is a deal called family, ``extra cheese`` the cheese among the toppings.

    Raises:
        QuickOrderError: as ``find_match``.
    """
    of_kind = [token for token in tokens if lookup.index.of_kind(token)]
    mask = lookup.mask
    for token in of_kind:
        mask &= lookup.index.of_kind(token)
    others = [token for token in tokens if token not in of_kind]
    if not of_kind or not mask:
        raise _no_match_error(tokens, lookup)
    narrowed = replace(lookup, within=mask)
    if any(not may_be_quantity(token) and lookup.index.matching_names(token) & mask for token in others):
        return find_match(others, narrowed)
    title, *others_of_kind = _titles(lookup.index, tuple(lookup.index.positions(mask)))
    if others_of_kind:
        typed = " ".join(token.text for token in of_kind)
        start, end = of_kind[0].start, of_kind[-1].end
        raise QuickOrderError(start, end, f"{typed} is several things; say which.", (title, *others_of_kind))
    # The title in the place of the first word of its kind; the other words are options and the quantity.
    first = of_kind[0]
    named = Token(TokenKind.QUOTED, title, first.start, first.end)
    words = [named if token is first else token for token in tokens if token in (first, *others)]
    return find_match(words, narrowed)


def _assignments(tokens: Sequence[Token], lookup: LookupContext) -> Iterator[_RoleAssignment]:
    """The assignments that something matches, those with options first."""
    sets = [(lookup.index.matching_options(token), lookup.index.matching_names(token)) for token in tokens]

    def assign(place: int, mask: int, roles: tuple[Role, ...]) -> Iterator[_RoleAssignment]:
        if place == len(tokens):
            if Role.NAME in roles:
                yield _RoleAssignment(roles, mask)
            return
        option_mask, name_mask = sets[place]
        is_count = lookup.allows_quantity and Role.QUANTITY not in roles and may_be_quantity(tokens[place])
        if is_count and place == 0:
            yield from assign(place + 1, mask, (*roles, Role.QUANTITY))
        if mask & option_mask:
            yield from assign(place + 1, mask & option_mask, (*roles, Role.OPTION))
        if mask & name_mask:
            yield from assign(place + 1, mask & name_mask, (*roles, Role.NAME))
        if is_count and place > 0:
            yield from assign(place + 1, mask, (*roles, Role.QUANTITY))

    return assign(0, lookup.mask, ())


def _name_only_assignment(tokens: Sequence[Token], lookup: LookupContext) -> _RoleAssignment:
    """The assignment in which every word is of the name."""
    mask = lookup.mask
    for token in tokens:
        mask &= lookup.index.matching_names(token)
    return _RoleAssignment((Role.NAME,) * len(tokens), mask)


def _candidate(assignment: _RoleAssignment, tokens: Sequence[Token], lookup: LookupContext) -> _Candidate:
    """The positions of the best rank in this assignment that come in the requested options."""
    names, options = assignment.tokens_with(tokens, Role.NAME), assignment.tokens_with(tokens, Role.OPTION)
    ranked: dict[int, list[int]] = {}
    for place in lookup.index.positions(assignment.mask):
        rank = lookup.index.entries[place].rank(names)
        if rank is not None:
            ranked.setdefault(rank, []).append(place)
    for rank in sorted(ranked):
        places: list[int] = []
        for place in ranked[rank]:
            if not options or lookup.variant_options(place).narrow(options) is not None:
                places.append(place)
                if len(places) > MAX_CHOICES:
                    break
        if places:
            return _Candidate(assignment, rank, tuple(places))
    return _Candidate(assignment, 0, ())


def _is_spelled_in_full(
    meaning: _Candidate, other: _Candidate, tokens: Sequence[Token], index: NameIndex
) -> bool:
    """Return True if each word that is a name only in this meaning is a whole word of that name."""
    words = split_words(index.entries[meaning.positions[0]].title)
    return all(
        squash(token.text) in words
        for token, role, before in zip(tokens, meaning.assignment.roles, other.assignment.roles, strict=True)
        if role is Role.NAME and before is not Role.NAME
    )


def may_be_quantity(token: Token) -> bool:
    """Return True if a word may be a quantity; longer numbers are codes."""
    return 0 < len(_quantity_digits(token)) <= 3


def _quantity_digits(token: Token) -> str:
    """The digits of a quantity, empty if the word is none."""
    found = _QUANTITY.fullmatch(with_ascii_digits(token.text)) if token.kind is TokenKind.WORD else None
    return found[1] or found[2] if found else ""


def _quantity(tokens: Sequence[Token]) -> int:
    if not tokens:
        return 0
    quantity = int(_quantity_digits(tokens[0]))
    if not 1 <= quantity <= MAX_QUANTITY:
        raise QuickOrderError(tokens[0].start, tokens[0].end, f"A quantity is 1 to {MAX_QUANTITY}.")
    return quantity


def _no_match_error(tokens: Sequence[Token], lookup: LookupContext) -> NoMatchError:
    """Explain why the words match nothing, at the first one that fits neither alone nor with those before."""
    index, mask = lookup.index, lookup.mask
    fitting: list[str] = []
    for token in tokens:
        fits = (index.matching_options(token) | index.matching_names(token)) & lookup.mask
        if (
            not fits
            and lookup.allows_quantity
            and (is_number(token) or _quantity_digits(token))
            and not may_be_quantity(token)
        ):
            return NoMatchError(token.start, token.end, f"A quantity is 1 to {MAX_QUANTITY}.")
        if lookup.allows_quantity and may_be_quantity(token):
            continue
        if not fits:
            near = _titles(index, tuple(index.positions(index.nearest(token) & lookup.mask)))
            return NoMatchError(token.start, token.end, f"Nothing here is called {token.text}.", near)
        if not mask & fits:
            sentence = f"{token.text} does not go with {' '.join(fitting)}."
            rest = _titles(index, tuple(index.positions(mask))) if mask.bit_count() <= MAX_CHOICES else ()
            return NoMatchError(token.start, token.end, sentence, rest)
        fitting.append(token.text)
        mask &= fits
    return _no_combination_error(tokens, lookup, mask)


def _no_combination_error(tokens: Sequence[Token], lookup: LookupContext, mask: int) -> NoMatchError:
    """Explain why nothing matches all words together: no name is given, or not in this option."""
    start, end = tokens[0].start, tokens[-1].end
    typed = " ".join(token.text for token in tokens)
    named = [token for token in tokens if lookup.index.matching_names(token) & mask]
    if not named or len(tokens) == 1:
        return NoMatchError(start, end, f"{typed} names nothing here.")
    if mask.bit_count() == 1:
        place = mask.bit_length() - 1
        title = lookup.index.entries[place].title
        forms = [token for token in tokens if token not in named and not may_be_quantity(token)]
        values = tuple(one.value for _, values in lookup.variant_options(place).options for one in values)
        if forms:
            requested_text = " ".join(token.text for token in forms)
            sentence = f"{title} does not come as {requested_text}."
            return NoMatchError(forms[0].start, forms[-1].end, sentence, values[:MAX_CHOICES])
    choices = _titles(lookup.index, tuple(lookup.index.positions(mask)))
    return NoMatchError(start, end, f"Nothing here matches all of this: {typed}.", choices)


def _titles(index: NameIndex, positions: Sequence[int]) -> tuple[str, ...]:
    """The first titles at these positions; with the id if two are alike."""
    shown = [index.entries[place] for place in positions[:MAX_CHOICES]]
    titles = [one.title for one in shown]
    return tuple(_title_with_id(one) if titles.count(one.title) > 1 else one.title for one in shown)


def _title_with_id(one: IndexEntry) -> str:
    return f"{one.title} (#{one.product_id})"
