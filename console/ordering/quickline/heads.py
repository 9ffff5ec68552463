"""The words of a line or a slot that say what it is: product, quantity, size and crust, a second recipe.

Used by the reading for lines and by the deals for their slots.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from console.ordering.bundle import CRUST, SIZE, Bundle, BundleItem, option
from console.ordering.menu import Variant
from console.ordering.pizza import ConfigureError, Refit, base_variant, with_base
from console.ordering.pizza.base import Components, base_variants
from console.ordering.quickline.forms import Asked, fitting
from console.ordering.quickline.grammar import Entry, WrongError
from console.ordering.quickline.resolving import Lookup, NothingError, find
from console.ordering.quickline.watching import Watch
from console.ordering.quickline.words import Token, TokenKind


@dataclass(frozen=True, slots=True)
class Head:
    """What the words of an entry mean: a place of the index, forms, quantity (0: not said).

    ``variant_id`` is the one named behind an id, 0 for none; ``other`` the place of the second recipe.
    """

    place: int
    asked: Asked
    quantity: int = 0
    variant_id: int = 0
    other: int | None = None


def head_of(entry: Entry, lookup: Lookup, watch: Watch, *, halves: int) -> Head:
    """What the words of an entry mean; ``halves`` are the places of what may lie on half of a base.

    Raises:
        NothingError: they mean nothing here.
        WrongError: they mean several things, or contradict each other.
    """
    if entry.other is None:
        watch.words(entry.start, entry.words_until, entry.words, lookup)
        return _head(entry, entry.words, lookup)
    everything, lookup = lookup, replace(lookup, within=halves)
    border = entry.words[-1].end if entry.words else entry.start
    watch.words(entry.start, border, entry.words, lookup)
    watch.words(border + 1, entry.words_until, entry.other, replace(lookup, offers=True))
    left, right = (_half(entry, tokens, lookup, everything) for tokens in (entry.words, entry.other))
    start, end = entry.other[0].start, entry.other[-1].end
    if left.quantity and right.quantity:
        raise WrongError(start, end, "The quantity is said twice.")
    if set(left.asked) & set(right.asked):
        raise WrongError(start, end, "Both recipes are on one base; say its size and crust once.")
    return Head(
        left.place,
        {**left.asked, **right.asked},
        left.quantity or right.quantity,
        left.variant_id,
        right.place,
    )


def named_variant(tokens: Sequence[Token]) -> int:
    """The variant's id of ``#product.variant``, 0 where none is named."""
    for token in tokens:
        number = token.text.partition(".")[2]
        if token.kind is TokenKind.NUMBER_SIGN and number.isdecimal():
            return int(number)
    return 0


def chosen(variants: Sequence[Variant], head: Head, usual: Variant | None) -> Variant | None:
    """The variant that is meant: the one named, else of those that fit the one most like the usual one."""
    named = next((v for v in variants if head.variant_id and v.variant_id == head.variant_id), None)
    if named:
        return named
    fit = fitting(variants, head.asked)
    if usual is None:
        return fit[0] if fit else None
    return max(fit, key=lambda v: (v == usual, len(set(v.options) & set(usual.options))), default=None)


def rebased(bundle: Bundle, components: Components, head: Head, slot: BundleItem | None) -> Refit:
    """The bundle on the base that is asked for; as it is where none is.

    Raises:
        ConfigureError: there is no such base.
    """
    now = base_variant(bundle, components)
    variant = chosen(base_variants(bundle, slot), head, now)
    if variant is None and head.asked:
        # What is asked for left and right of a slash goes together on some bases only.
        wanted = " ".join(value.value for values in head.asked.values() for value in values)
        raise ConfigureError(f"{bundle.title} does not come as {wanted}.")
    if variant is None or variant == now:
        return Refit(components)
    refit = with_base(bundle, components, size=option(variant, SIZE), crust=option(variant, CRUST), slot=slot)
    base = refit.components[0]
    return Refit((replace(base, variant_id=variant.variant_id), *refit.components[1:]), refit.dropped)


def _half(entry: Entry, tokens: tuple[Token, ...], lookup: Lookup, everything: Lookup) -> Head:
    """One of two recipes; what means something that has no halves is not called unknown."""
    try:
        return _head(entry, tokens, lookup)
    except NothingError as nothing:
        try:
            whole = everything.index.named[find(tokens, everything).place]
        except WrongError:
            raise nothing from None
        raise NothingError(
            tokens[0].start, tokens[-1].end, f"{whole.title} does not come in halves."
        ) from None


def _unsaid(entry: Entry) -> str:
    """What is missing where no word says what it is."""
    if entry.other is not None:
        return f"Say what is on the {'right' if entry.words else 'left'} half."
    if entry.slots is not None:
        return "Say which deal the brackets fill."
    return "Say what it goes on." if entry.changes and entry.changes[0].adds else "Say what."


def _head(entry: Entry, tokens: tuple[Token, ...], lookup: Lookup) -> Head:
    if not tokens:
        raise WrongError(entry.start, entry.end, _unsaid(entry))
    found = find(tokens, lookup)
    several = next((values for values in found.asked.values() if len(values) > 1), None)
    if several:
        choices = tuple(value.value for value in several)
        raise WrongError(tokens[0].start, tokens[-1].end, f"Say which: {', '.join(choices)}.", choices)
    return Head(found.place, found.asked, found.quantity, named_variant(tokens))
