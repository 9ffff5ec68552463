"""Completions for the word at the cursor: names, sizes and strengths of the store's own menu.

Each completion is checked by reading it: the inserted text means what its description says.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import repeat

from console.ordering.quick_order.cursor_tracker import PortionContext, WordContext
from console.ordering.quick_order.lexer import Token, fold, quote, squash
from console.ordering.quick_order.name_index import OptionTerm
from console.ordering.quick_order.parser import Mistake, QuickOrderError
from console.ordering.quick_order.quoting import name_text, plain_title, value_text
from console.ordering.quick_order.resolver import LookupContext, find_match, may_be_quantity
from console.ordering.quick_order.result import Completion
from console.ordering.quick_order.variant_options import RequestedOptions, requested_values

MAX_COMPLETIONS = 8
MAX_CORRECTIONS = 3
"""Choices of a mistake that are offered to Tab."""
MAX_CORRECTED_LETTERS = 100
"""Longest text in which a mistake is corrected."""
_HALVES = {"l": "left half", "r": "right half", "w": "whole"}


def completions(cursor_context: WordContext | PortionContext | None) -> tuple[Completion, ...]:
    """The completions at the cursor, the most likely first; none without a cursor."""
    if cursor_context is None:
        return ()
    if isinstance(cursor_context, PortionContext):
        token = cursor_context.token
        halves = (h for h in _HALVES.items() if h[1].startswith(squash(token.text)))
        return tuple(Completion(text, meaning, token.start, token.end) for text, meaning in halves)
    current = next((t for t in cursor_context.tokens if t.start < cursor_context.cursor <= t.end), None)
    found = {
        one.text: one
        for one in (
            *_name_completions(cursor_context, current),
            *_option_completions(cursor_context, current),
        )
    }
    typed = fold(current.text) if current else ""
    return tuple(one for text, one in found.items() if fold(text) != typed)[:MAX_COMPLETIONS]


def corrections(text: str, mistake: Mistake, read: Callable[[str], Mistake | None]) -> tuple[Completion, ...]:
    """The choices of a mistake that mend it in the place of what is wrong, as reading them shows.

    ``read`` returns the first mistake of a text. Nothing is offered in a long text: each choice costs time.
    """
    if not mistake.is_replaceable or len(text) > MAX_CORRECTED_LETTERS:
        return ()
    typed = text[mistake.start : mistake.end]
    found: list[Completion] = []
    for choice in mistake.choices[:MAX_CORRECTIONS]:
        title, _, number = choice.removesuffix(")").rpartition(" (#")
        replacements = (
            (f"#{number}",) if title else (plain_title(choice), quote(choice), choice, typed + choice)
        )
        for replacement in filter(None, replacements):
            end = mistake.start + len(replacement)
            left = read(f"{text[: mistake.start]}{replacement}{text[mistake.end :]}")
            if left is None or left.start >= end:
                found.append(Completion(replacement, choice, mistake.start, mistake.end))
                break
    return tuple(found)


def _name_completions(context: WordContext, current: Token | None) -> Iterator[Completion]:
    """Names that the word begins, together with the words before it."""
    lookup = context.lookup
    others = tuple(token for token in context.tokens if token is not current)
    if current is None and (not lookup.suggests_all or others):
        return
    mask = lookup.mask
    for token in others:
        mask &= _compatible_mask(token, lookup)
    mask &= lookup.index.matching_names(current) if current else mask
    before = context.tokens[: context.tokens.index(current)] if current else ()
    naming = tuple(lookup.index.matching_names(token) for token in before)
    ranked: list[tuple[int, int, tuple[Token, ...]]] = []
    for place in lookup.index.positions(mask):
        run = _name_tokens(context, current, place, naming)
        rank = lookup.index.entries[place].rank(run) if run else 4
        if rank is not None:
            ranked.append((rank, place, run))
    for _, place, run in sorted(ranked, key=lambda one: one[:2])[:MAX_COMPLETIONS]:
        start = run[0].start if run else context.cursor
        end = run[-1].end if run else context.cursor
        title, price = lookup.index.entries[place].title, lookup.price(place)
        yield Completion(name_text(place, lookup), f"{title}  {price}" if price else title, start, end)


def _compatible_mask(token: Token, lookup: LookupContext) -> int:
    """Everything that goes with another word; a quantity goes with all."""
    if lookup.allows_quantity and may_be_quantity(token):
        return lookup.index.all_mask
    return lookup.index.matching_names(token) | lookup.index.matching_options(token)


def _name_tokens(
    context: WordContext, current: Token | None, place: int, naming: Sequence[int]
) -> tuple[Token, ...]:
    """The word at the cursor and the words before it that name the same together.

    ``naming`` has the mask of matches for each word before it.
    """
    if current is None:
        return ()
    named = context.lookup.index.entries[place]
    start, end = len(naming), len(naming) + 1
    while (
        start and naming[start - 1] >> place & 1 and named.rank(context.tokens[start - 1 : end]) is not None
    ):
        start -= 1
    return context.tokens[start:end]


def _option_completions(context: WordContext, current: Token | None) -> Iterator[Completion]:
    """Sizes, crusts and other options that the word begins, or that are not given yet."""
    others = tuple(token for token in context.tokens if token is not current)
    if current is None and not others:
        return
    mask = context.lookup.mask
    requested: RequestedOptions = {}
    if others:
        try:
            found = find_match(others, context.lookup)
        except QuickOrderError:
            return
        mask, requested = 1 << found.position, found.requested
    start, end = (current.start, current.end) if current else (context.cursor, context.cursor)
    for one in _option_terms(context.lookup, mask):
        if not requested_values(requested, one.name) and (current is None or _may_become(current, one)):
            yield Completion(value_text(one), f"{one.name} {one.value}", start, end)


def _may_become(token: Token, one: OptionTerm) -> bool:
    """Return True if the word, even if too short yet, begins this value."""
    typed = squash(token.text)
    return one.match_level(token) is not None or (
        bool(typed) and any(map(str.startswith, one.keys, repeat(typed)))
    )


def _option_terms(lookup: LookupContext, mask: int) -> Iterator[OptionTerm]:
    if mask.bit_count() == 1:
        for _, values in lookup.variant_options(mask.bit_length() - 1).options:
            yield from values
    else:
        yield from lookup.index.option_terms(mask)
