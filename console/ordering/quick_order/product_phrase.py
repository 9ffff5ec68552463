"""The product phrase of an order line or a slot: product, quantity, size, crust, second recipe."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from console.ordering.catalogue import Variant
from console.ordering.configuration import BaseChange, ConfigureError, base_variant, with_base
from console.ordering.configuration.base import Components, base_variants
from console.ordering.configuration.bundle import CRUST, SIZE, Bundle, BundleItem, option_value
from console.ordering.quick_order.cursor_tracker import CursorTracker
from console.ordering.quick_order.lexer import Token, TokenKind
from console.ordering.quick_order.parser import Entry, QuickOrderError
from console.ordering.quick_order.resolver import LookupContext, NoMatchError, find_match
from console.ordering.quick_order.variant_options import RequestedOptions, matching_variants


@dataclass(frozen=True, slots=True)
class ProductPhrase:
    """The meaning of an entry's words: a position in the index, options, quantity (0 if not given).

    ``variant_id`` is the one named behind an id, 0 for none; ``second_position`` is the second recipe.
    """

    position: int
    requested: RequestedOptions
    quantity: int = 0
    variant_id: int = 0
    second_position: int | None = None


def parse_phrase(
    entry: Entry, lookup: LookupContext, cursor_tracker: CursorTracker, *, half_mask: int
) -> ProductPhrase:
    """Find what the words of an entry mean; ``half_mask`` has the positions that can be one half.

    Raises:
        NoMatchError: they match nothing here.
        QuickOrderError: they match several things, or contradict each other.
    """
    if entry.second_half is None:
        cursor_tracker.track_words(entry.start, entry.words_end, entry.words, lookup)
        return _parse_words(entry, entry.words, lookup)
    full_lookup, lookup = lookup, replace(lookup, within=half_mask)
    slash_offset = entry.words[-1].end if entry.words else entry.start
    cursor_tracker.track_words(entry.start, slash_offset, entry.words, lookup)
    cursor_tracker.track_words(
        slash_offset + 1, entry.words_end, entry.second_half, replace(lookup, suggests_all=True)
    )
    left, right = (
        _parse_half(entry, tokens, lookup, full_lookup) for tokens in (entry.words, entry.second_half)
    )
    start, end = entry.second_half[0].start, entry.second_half[-1].end
    if left.quantity and right.quantity:
        raise QuickOrderError(start, end, "The quantity is given twice.")
    if set(left.requested) & set(right.requested):
        raise QuickOrderError(start, end, "Both recipes share one base. Give its size and crust once.")
    return ProductPhrase(
        left.position,
        {**left.requested, **right.requested},
        left.quantity or right.quantity,
        left.variant_id,
        right.position,
    )


def variant_id_of(tokens: Sequence[Token]) -> int:
    """The variant id of ``#product.variant``, 0 if there is none."""
    for token in tokens:
        number = token.text.partition(".")[2]
        if token.kind is TokenKind.NUMBER_SIGN and number.isdecimal():
            return int(number)
    return 0


def choose_variant(
    variants: Sequence[Variant], phrase: ProductPhrase, default: Variant | None
) -> Variant | None:
    """The named variant, else the matching one that is most like the default one."""
    named = next((v for v in variants if phrase.variant_id and v.variant_id == phrase.variant_id), None)
    if named:
        return named
    matching = matching_variants(variants, phrase.requested)
    if default is None:
        return matching[0] if matching else None
    return max(
        matching, key=lambda v: (v == default, len(set(v.options) & set(default.options))), default=None
    )


def with_requested_base(
    bundle: Bundle, components: Components, phrase: ProductPhrase, deal_slot: BundleItem | None
) -> BaseChange:
    """The bundle on the requested base; unchanged if none is requested.

    Raises:
        ConfigureError: there is no such base.
    """
    current = base_variant(bundle, components)
    variant = choose_variant(base_variants(bundle, deal_slot), phrase, current)
    if variant is None and phrase.requested:
        # Options from both sides of the slash may not go together on any base.
        requested_text = " ".join(value.value for values in phrase.requested.values() for value in values)
        raise ConfigureError(f"{bundle.title} does not come as {requested_text}.")
    if variant is None or variant == current:
        return BaseChange(components)
    change = with_base(
        bundle,
        components,
        size=option_value(variant, SIZE),
        crust=option_value(variant, CRUST),
        deal_slot=deal_slot,
    )
    base = change.components[0]
    return BaseChange(
        (replace(base, variant_id=variant.variant_id), *change.components[1:]), change.dropped_titles
    )


def _parse_half(
    entry: Entry, tokens: tuple[Token, ...], lookup: LookupContext, full_lookup: LookupContext
) -> ProductPhrase:
    """Parse one of two recipes. A product that has no halves is not called unknown."""
    try:
        return _parse_words(entry, tokens, lookup)
    except NoMatchError as no_match:
        try:
            whole = full_lookup.index.entries[find_match(tokens, full_lookup).position]
        except QuickOrderError:
            raise no_match from None
        raise NoMatchError(
            tokens[0].start, tokens[-1].end, f"{whole.title} does not come in halves."
        ) from None


def _missing_phrase_text(entry: Entry) -> str:
    """Say what is missing in an entry without words."""
    if entry.second_half is not None:
        return f"Say what is on the {'right' if entry.words else 'left'} half."
    if entry.slots is not None:
        return "Say which deal the brackets fill."
    return "Say what it goes on." if entry.changes and entry.changes[0].is_addition else "Say what."


def _parse_words(entry: Entry, tokens: tuple[Token, ...], lookup: LookupContext) -> ProductPhrase:
    if not tokens:
        raise QuickOrderError(entry.start, entry.end, _missing_phrase_text(entry))
    found = find_match(tokens, lookup)
    ambiguous = next((values for values in found.requested.values() if len(values) > 1), None)
    if ambiguous:
        choices = tuple(value.value for value in ambiguous)
        raise QuickOrderError(tokens[0].start, tokens[-1].end, f"Say which: {', '.join(choices)}.", choices)
    return ProductPhrase(found.position, found.requested, found.quantity, variant_id_of(tokens))
