"""What the word under the cursor may become: names, sizes and strengths of the store's own menu.

Each completion is checked by reading it: what is inserted means what is said beside it.
"""

from collections.abc import Iterator, Sequence
from itertools import repeat

from console.ordering.quickline.forms import Asked, value_of
from console.ordering.quickline.grammar import WrongError
from console.ordering.quickline.names import Attribute
from console.ordering.quickline.resolving import Lookup, find, may_count
from console.ordering.quickline.spelling import spelt, value_words
from console.ordering.quickline.values import Completion
from console.ordering.quickline.watching import Context, PortionContext
from console.ordering.quickline.words import Token, fold, squash

MAX_COMPLETIONS = 8
_HALVES = {"l": "left half", "r": "right half", "w": "whole"}


def completions(context: Context | PortionContext | None) -> tuple[Completion, ...]:
    """What may stand where the cursor is, the likeliest first; nothing where the cursor is nowhere."""
    if context is None:
        return ()
    if isinstance(context, PortionContext):
        token = context.token
        halves = (h for h in _HALVES.items() if h[1].startswith(squash(token.text)))
        return tuple(Completion(text, meaning, token.start, token.end) for text, meaning in halves)
    at = next((t for t in context.tokens if t.start < context.cursor <= t.end), None)
    found = {one.text: one for one in (*_names(context, at), *_values(context, at))}
    typed = fold(at.text) if at else ""
    return tuple(one for text, one in found.items() if fold(text) != typed)[:MAX_COMPLETIONS]


def _names(context: Context, at: Token | None) -> Iterator[Completion]:
    """Names that the word begins, with the words beside it that name the same."""
    lookup = context.lookup
    others = tuple(token for token in context.tokens if token is not at)
    if at is None and (not lookup.offers or others):
        return
    mask = lookup.mask
    for token in others:
        mask &= _with(token, lookup)
    mask &= lookup.index.names(at) if at else mask
    before = context.tokens[: context.tokens.index(at)] if at else ()
    naming = tuple(lookup.index.names(token) for token in before)
    ranked: list[tuple[int, int, tuple[Token, ...]]] = []
    for place in lookup.index.of(mask):
        run = _run(context, at, place, naming)
        rank = lookup.index.named[place].rank(run) if run else 4
        if rank is not None:
            ranked.append((rank, place, run))
    for _, place, run in sorted(ranked, key=lambda one: one[:2])[:MAX_COMPLETIONS]:
        start = run[0].start if run else context.cursor
        end = run[-1].end if run else context.cursor
        title, price = lookup.index.named[place].title, lookup.price(place)
        yield Completion(spelt(place, lookup), f"{title}  {price}" if price else title, start, end)


def _with(token: Token, lookup: Lookup) -> int:
    """What goes with another word; everything goes with a quantity."""
    if lookup.counts and may_count(token):
        return lookup.index.all
    return lookup.index.names(token) | lookup.index.asks(token)


def _run(context: Context, at: Token | None, place: int, naming: Sequence[int]) -> tuple[Token, ...]:
    """The word under the cursor, and the words up to it that name the same together with it.

    ``naming`` has for each word before it what that names.
    """
    if at is None:
        return ()
    named = context.lookup.index.named[place]
    start, end = len(naming), len(naming) + 1
    while (
        start and naming[start - 1] >> place & 1 and named.rank(context.tokens[start - 1 : end]) is not None
    ):
        start -= 1
    return context.tokens[start:end]


def _values(context: Context, at: Token | None) -> Iterator[Completion]:
    """Sizes, crusts and other options that the word begins, or that were not said yet."""
    others = tuple(token for token in context.tokens if token is not at)
    if at is None and not others:
        return
    mask = context.lookup.mask
    asked: Asked = {}
    if others:
        try:
            found = find(others, context.lookup)
        except WrongError:
            return
        mask, asked = 1 << found.place, found.asked
    start, end = (at.start, at.end) if at else (context.cursor, context.cursor)
    for one in _attributes(context.lookup, mask):
        if not value_of(asked, one.name) and (at is None or _begins(at, one)):
            yield Completion(value_words(one), f"{one.name} {one.value}", start, end)


def _begins(token: Token, one: Attribute) -> bool:
    """Whether a word may become this value, though it is too short to mean it yet."""
    typed = squash(token.text)
    return one.level(token) is not None or (bool(typed) and any(map(str.startswith, one.keys, repeat(typed))))


def _attributes(lookup: Lookup, mask: int) -> Iterator[Attribute]:
    if mask.bit_count() == 1:
        for _, values in lookup.forms(mask.bit_length() - 1).options:
            yield from values
    else:
        yield from lookup.index.attributes(mask)
